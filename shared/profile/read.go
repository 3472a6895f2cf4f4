package profile

// FNV-1a with 32 bits (Fowler, Noll, Vo): one multiplication a byte, no table.
const (
	fnvOffset uint32 = 2166136261
	fnvPrime  uint32 = 16777619
)

func mix(h uint32, b byte) uint32 { return (h ^ uint32(b)) * fnvPrime }

// seed starts a hash for a field, so that one word can mean two things in two
// fields.
func seed(f Field) uint32 { return mix(fnvOffset, byte(f)) }

// Hash gives the hash of a whole text in a field, as a Lexicon stores it: words
// folded and joined by one space. For Email it is the hash of a domain; with
// Suffix the text is hashed from its end.
func Hash(f Field, text []byte, m Mark) uint32 {
	if m == Suffix {
		return backwards(f, text) & hashMask
	}
	s := scanner{field: f}
	s.scan(text)
	return s.whole & hashMask
}

// backwards hashes one word from its end.
func backwards(f Field, text []byte) uint32 {
	var letters [maxLetters]byte
	n := 0
	for i := 0; i < len(text) && n < maxLetters; {
		b, width := fold(text, i)
		i += width
		if b != 0 {
			letters[n] = b
			n++
		}
	}
	h := seed(f)
	for n > 0 {
		n--
		h = mix(h, letters[n])
	}
	return h
}

// maxLetters is how much of a word is compared with suffixes.
const maxLetters = 40

// shortest is the fewest letters that can be a prefix or suffix.
const shortest = 3

// scanner hashes a text and, given words, looks each of its words up.
type scanner struct {
	field Field
	words *Lexicon // nil: only the whole text matters
	whole uint32
	best  Code // highest code of a word
	any   bool // there was a word

	word    uint32 // hash of the present word
	part    Code   // highest code of its beginnings
	n       int32  // its letters
	letters [maxLetters]byte
}

// scan reads a text to its end.
func (s *scanner) scan(text []byte) {
	s.whole = seed(s.field)
	for i := 0; i < len(text); {
		b, width := fold(text, i)
		i += width
		if b != 0 {
			s.letter(b)
		} else {
			s.end()
		}
	}
	s.end()
}

func (s *scanner) letter(b byte) {
	if s.n == 0 {
		if s.any {
			s.whole = mix(s.whole, ' ')
		}
		s.word, s.part, s.any = seed(s.field), Unknown, true
	}
	s.whole = mix(s.whole, b)
	if s.words == nil {
		s.n = 1
		return
	}
	s.word = mix(s.word, b)
	if s.n < maxLetters {
		s.letters[s.n] = b
		s.n++
	}
	if s.n >= shortest {
		s.part = max(s.part, s.words.find(s.word, Prefix))
	}
}

// end closes a word: its own code, else that of a beginning or ending of it.
func (s *scanner) end() {
	if s.words != nil && s.n > 0 {
		c := s.words.find(s.word, Whole)
		if c == Unknown {
			c = max(s.part, s.ending())
		}
		s.best = max(s.best, c)
	}
	s.n = 0
}

func (s *scanner) ending() (best Code) {
	h := seed(s.field)
	for i := s.n - 1; i >= 0; i-- {
		h = mix(h, s.letters[i])
		if s.n-i >= shortest {
			best = max(best, s.words.find(h, Suffix))
		}
	}
	return best
}

// Read gives the code of a field's text under a model's words and its bounds:
// for each field, ascending, the lowest number of each range, field in the top
// four bits. A number from a field's bound i up to the next has code 2+i. The
// text of Function is that of Role.
func Read(f Field, text []byte, words *Lexicon, bounds []uint32) Code {
	if len(text) > MaxText {
		text = text[:MaxText]
	}
	if f == Email {
		return mailClass(text, words)
	}
	s := scanner{field: f}
	if titled(f) {
		s.words = words
	}
	s.scan(text)
	if !s.any {
		return Unknown
	}
	if c := words.find(s.whole, Whole); c != Unknown {
		return c
	}
	if c := rangeOf(f, text, bounds); c != Unknown {
		return c
	}
	return max(s.best, Other)
}

// titled reports whether one word of a field's text can speak for all of it, as
// "director" does in a title. In a sentence it cannot: "no" in "we have no
// overview" or "now" in "not now" would be read as an answer.
func titled(f Field) bool { return f == Role || f == Function || f == Industry }

// mailClass reads the domain of an address: a class that the model lists for it
// or for a domain above it ("edu" for "mail.uni.edu"), Other for the rest (a
// business's own, most likely), Unknown for what is no address.
func mailClass(text []byte, words *Lexicon) Code {
	for len(text) > 0 && text[len(text)-1] <= ' ' {
		text = text[:len(text)-1]
	}
	at, dot := -1, -1
	for i, b := range text {
		switch {
		case b == '@':
			at, dot = i, -1
		case b == '.':
			dot = i
		case b <= ' ' && at >= 0:
			return Unknown
		}
	}
	if at < 1 || dot < at+2 || dot == len(text)-1 {
		return Unknown
	}
	for i := at; i < len(text); i++ {
		if i > at && text[i] != '.' {
			continue
		}
		if c := words.find(Hash(Email, text[i+1:], Whole), Whole); c != Unknown {
			return c
		}
	}
	return Other
}

// rangeOf gives the range that the first number of a text lies in.
func rangeOf(f Field, text []byte, bounds []uint32) Code {
	code, c := Unknown, Code(2)
	n, ok := uint32(0), false
	for _, bound := range bounds {
		if Field(bound>>28) != f {
			continue
		}
		if c == 2 {
			if n, ok = number(text); !ok {
				return Unknown
			}
			code = Other // below all ranges
		}
		if n >= bound&(1<<28-1) {
			code = c
		}
		c++
	}
	return code
}

// number reads the first whole number in a text; marks between groups of three
// digits belong to it, so that "1,000-5,000" is 1000.
func number(text []byte) (n uint32, ok bool) {
	for i := 0; i < len(text); i++ {
		if !digit(text, i) {
			if !ok {
				continue
			}
			width := group(text, i)
			if width == 0 {
				break
			}
			i += width - 1
			continue
		}
		ok = true
		if n > 100000000 {
			break
		}
		n = n*10 + uint32(text[i]-'0')
	}
	return n, ok
}

func digit(text []byte, i int) bool { return i < len(text) && text[i] >= '0' && text[i] <= '9' }

// group gives the bytes of a mark before exactly three digits, or 0. Beside the
// marks of ASCII it is any of U+0080 to U+00BF, where the space lies that does
// not break, and of U+2000 to U+2FFF whose last byte is not 90 to 98: the narrow
// spaces and the set apostrophe are marks there, dashes are none.
func group(text []byte, i int) int {
	width := 0
	switch text[i] {
	case ',', '.', '\'', ' ':
		width = 1
	case 0xc2:
		width = 2
	case 0xe2:
		if i+2 < len(text) && text[i+2]-0x90 > 8 {
			width = 3
		}
	}
	j := i + width
	if width == 0 || !digit(text, j) || !digit(text, j+1) || !digit(text, j+2) || digit(text, j+3) {
		return 0
	}
	return width
}
