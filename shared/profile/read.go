package profile

// Lexicon is a model's list of words: entries of four bytes, a hash (24 bits,
// little endian) and a code, ascending by hash.
type Lexicon []byte

// EntryBytes is the length of one entry of a Lexicon.
const EntryBytes = 4

// At gives entry i.
func (l Lexicon) At(i int32) (hash uint32, code Code) {
	e := l[i*EntryBytes : i*EntryBytes+EntryBytes]
	return uint32(e[0]) | uint32(e[1])<<8 | uint32(e[2])<<16, Code(e[3])
}

// Find gives the code of a hash, or Unknown. It looks at the hash's 24 lower
// bits: a word that no list holds is taken for one of 150 that it does once in
// 100,000 times, and each bit more would be paid by every visitor.
func (l Lexicon) Find(hash uint32) Code {
	hash &= hashMask
	lo, hi := int32(0), int32(len(l)/EntryBytes)
	for lo < hi {
		mid := (lo + hi) / 2
		h, code := l.At(mid)
		if h == hash {
			return code
		}
		if h < hash {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return Unknown
}

// FNV-1a with 32 bits (Fowler, Noll, Vo): one multiplication a byte, no table.
const (
	fnvOffset uint32 = 2166136261
	fnvPrime  uint32 = 16777619
)

// hashMask leaves the bits of a hash that a Lexicon keeps.
const hashMask = 1<<24 - 1

func mix(h uint32, b byte) uint32 { return (h ^ uint32(b)) * fnvPrime }

// seed starts a hash for a field, so that one word can mean two things in two
// fields.
func seed(f Field) uint32 { return mix(fnvOffset, byte(f)) }

// Hash gives the hash of a whole text in a field, as a Lexicon stores it:
// words folded and joined by one space. For Email it is the hash of a domain.
func Hash(f Field, text []byte) uint32 {
	h, _, _ := scan(f, text, nil)
	return h & hashMask
}

// scan hashes a whole text and looks each of its words up; it gives the whole
// hash, the highest code of a word, and whether there was any word.
func scan(f Field, text []byte, words Lexicon) (whole uint32, best Code, any bool) {
	whole = seed(f)
	word, in := uint32(0), false
	for i := 0; i <= len(text); {
		b, width := byte(0), 1
		if i < len(text) {
			b, width = fold(text, i)
		}
		i += width
		if b != 0 {
			if !in {
				if any {
					whole = mix(whole, ' ')
				}
				word, in, any = seed(f), true, true
			}
			whole, word = mix(whole, b), mix(word, b)
			continue
		}
		if in {
			in = false
			if c := words.Find(word); c > best {
				best = c
			}
		}
	}
	return whole, best, any
}

// Read gives the code of a field's text under a model's words and its bounds of
// company size (ascending, at most MaxCode-1 of them; a size from bound i up to
// the next has code 2+i).
func Read(f Field, text []byte, words Lexicon, sizes []uint32) Code {
	if len(text) > MaxText {
		text = text[:MaxText]
	}
	switch f {
	case Email:
		return mailClass(text, words)
	case CompanySize:
		if n, ok := number(text); ok {
			return sizeBand(n, sizes)
		}
	}
	each := words
	if !titled(f) {
		each = nil
	}
	whole, best, any := scan(f, text, each)
	if !any {
		return Unknown
	}
	if c := words.Find(whole); c != Unknown {
		return c
	}
	if best != Unknown {
		return best
	}
	return Other
}

// titled reports whether one word of a field's text can speak for all of it, as
// "director" does in a title. In a sentence it cannot: "no" in "we have no
// overview" or "now" in "not now" would be read as an answer.
func titled(f Field) bool { return f == Role || f == Industry }

// mailClass reads the domain of an address: a class that the model lists, Other
// for the rest (a business's own, most likely), Unknown for what is no address.
func mailClass(text []byte, words Lexicon) Code {
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
	if c := words.Find(Hash(Email, text[at+1:])); c != Unknown {
		return c
	}
	return Other
}

// number reads the first whole number in a text; marks between groups of three
// digits belong to it, so that "1,000-5,000" is 1000.
func number(text []byte) (n uint32, ok bool) {
	for i := 0; i < len(text); i++ {
		if !digit(text, i) {
			if ok && !group(text, i) {
				return n, true
			}
			continue
		}
		ok = true
		if n > 100000000 {
			return n, true
		}
		n = n*10 + uint32(text[i]-'0')
	}
	return n, ok
}

func digit(text []byte, i int) bool { return i < len(text) && text[i] >= '0' && text[i] <= '9' }

func group(text []byte, i int) bool {
	mark := text[i] == ',' || text[i] == '.' || text[i] == '\'' || text[i] == ' '
	return mark && digit(text, i+1) && digit(text, i+2) && digit(text, i+3) && !digit(text, i+4)
}

func sizeBand(n uint32, sizes []uint32) Code {
	c := Other
	for i, from := range sizes {
		if n >= from {
			c = Code(2 + i)
		}
	}
	return c
}
