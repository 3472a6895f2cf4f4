package profile

// latin folds U+00C0 to U+017F to the letter that a person without the accent
// would type; a space parts words.
const latin = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty" +
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll" +
	"lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"

// fold gives the letter or digit at text[i], folded, and the bytes it takes; 0
// stands for anything that parts words. Letters outside the table keep their
// own bytes: they compare exactly.
func fold(text []byte, i int) (b byte, width int) {
	c := text[i]
	switch {
	case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
		return c, 1
	case c >= 'A' && c <= 'Z':
		return c | 0x20, 1
	case c < 0x80:
		return 0, 1
	}
	if c >= 0xc3 && c <= 0xc5 && i+1 < len(text) && text[i+1]&0xc0 == 0x80 {
		if b := latin[int(c-0xc3)<<6|int(text[i+1]&0x3f)]; b != ' ' {
			return b, 2
		}
		return 0, 2
	}
	return c, 1
}
