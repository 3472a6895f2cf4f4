package profile

// MaxWords is how many words a Lexicon can hold.
const MaxWords = 1024

// slots is a power of two, twice MaxWords: a probe rarely takes a second step.
const slots = 2048

// Mark says how an entry of a Lexicon meets a word.
type Mark uint8

// The marks. Parts count in fields that are titles alone, see titled.
const (
	Whole  Mark = 0  // the whole text, or in a title one word of it
	Prefix Mark = 32 // the beginning of a word, as "logisti" in "logistics" or "Logistikleiterin"
	Suffix Mark = 64 // the end of a word, as "leiter" in "Vertriebsleiter"
	marks  Mark = 96
)

// HashBits is how many bits of a hash a Lexicon compares: a word that no list
// holds is taken for one of 200 that it does once in 80,000 times, and each bit
// more would be paid by every visitor.
const HashBits = 24

const hashMask = 1<<HashBits - 1

// Lexicon is a model's words by hash. The zero value is empty.
type Lexicon struct {
	entries [slots]uint32 // hash in 24 bits, then mark and code; 0: free
	n       int32
}

// Reset empties the lexicon.
func (l *Lexicon) Reset() {
	clear(l.entries[:])
	l.n = 0
}

// Put adds a word's hash with its code and mark; more than MaxWords and words
// without a code are left out.
func (l *Lexicon) Put(hash uint32, entry uint8) {
	if entry&uint8(MaxCode) == 0 || l.n >= MaxWords {
		return
	}
	l.n++
	hash &= hashMask
	i := hash % slots
	for l.entries[i] != 0 {
		i = (i + 1) % slots
	}
	l.entries[i] = hash | uint32(entry)<<HashBits
}

// find gives the code of a hash under a mark, or Unknown.
func (l *Lexicon) find(hash uint32, m Mark) Code {
	hash &= hashMask
	for i := hash % slots; l.entries[i] != 0; i = (i + 1) % slots {
		if e := l.entries[i]; e&hashMask == hash && Mark(e>>HashBits)&marks == m {
			return Code(e>>HashBits) & MaxCode
		}
	}
	return Unknown
}
