package modeling

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"assay/shared/model"
	"assay/shared/profile"
)

// Lengths of a word that may begin or end with a star: the engine looks at no
// shorter part, and at no more letters of a word's end.
const (
	shortestPart  = 3
	longestSuffix = 40
)

// wordKey is all that the engine knows of a word; its hash begins with the
// field.
type wordKey struct {
	hash uint32
	mark profile.Mark
}

// owner is the first word with a key.
type owner struct {
	field profile.Field
	path  string
	text  string
}

func (c *compiler) wordLists(out *model.Source) {
	c.mail(out)
	c.territories(out)
	for _, name := range slices.Sorted(maps.Keys(c.a.Words)) {
		f := fieldOf(name)
		a := c.answersOf(f)
		for i, class := range c.a.Words[name] {
			path := at("/words", name, i)
			code := c.newClass(at(path, "class"), f, class.Class)
			for k, w := range class.Words {
				if word, ok := c.word(at(path, "words", k), f, w, code); ok {
					out.Words = append(out.Words, word)
					a.words[class.Class]++
				}
			}
		}
	}
	slices.SortFunc(out.Words, func(a, b model.Word) int { return cmp.Or(cmp.Compare(a.Hash, b.Hash), cmp.Compare(a.Mark, b.Mark)) })
}

// newClass adds a class, or gives 0 with a fault.
func (c *compiler) newClass(path string, f profile.Field, class string) profile.Code {
	a := c.answersOf(f)
	switch {
	case class == anyAnswer || class == otherAnswer:
		c.fault(path, "reserved_name", "want another name: %q and %q have a meaning of their own", anyAnswer, otherAnswer)
		return 0
	case slices.Contains(a.classes, class):
		c.fault(path, "twice", "want each class of %s once; %q stands above already", f, class)
		return 0
	}
	code := a.add(class)
	if code == 0 {
		c.fault(path, "too_many", "want at most %d classes and ranges of %s", profile.MaxCode-1, f)
	}
	return code
}

// word reads one word of a field, with its star.
func (c *compiler) word(path string, f profile.Field, text string, code profile.Code) (w model.Word, ok bool) {
	bare, mark, ok := c.mark(path, f, text)
	if !ok || code == 0 {
		return w, false
	}
	w = model.Word{Hash: profile.Hash(f, []byte(bare), mark), Mark: mark, Code: code}
	if w.Hash == profile.Hash(f, nil, mark) {
		c.fault(path, "unreadable", "want a word with letters or digits, got %q", text)
		return w, false
	}
	first, free := c.claim(w, owner{f, path, text})
	if !free && first.field == f {
		c.fault(path, "twice", "want each word of %s once; to the engine %q is the same as %q", f, text, first.text)
	}
	return w, free
}

// claim gives a word to its first owner. Once in some 16 million pairs two
// words of different fields have the same hash: then one of them must go, and
// both places are told.
func (c *compiler) claim(w model.Word, o owner) (first owner, free bool) {
	key := wordKey{w.Hash, w.Mark}
	first, taken := c.words[key]
	if !taken {
		c.words[key] = o
		return o, true
	}
	if first.field != o.field {
		for _, pair := range [2][2]owner{{first, o}, {o, first}} {
			c.fault(pair[0].path, "same_hash", "want another word here or at %s: to the engine %q of %s is the same as %q of %s",
				pair[1].path, pair[0].text, pair[0].field, pair[1].text, pair[1].field)
		}
	}
	return first, false
}

// mark takes the star off a word.
func (c *compiler) mark(path string, f profile.Field, text string) (bare string, m profile.Mark, ok bool) {
	bare, prefix := strings.CutSuffix(text, "*")
	bare, suffix := strings.CutPrefix(bare, "*")
	switch {
	case strings.Contains(bare, "*") || prefix && suffix:
		c.fault(path, "star", "want one star, at the word's beginning or end, got %q", text)
		return "", 0, false
	case !prefix && !suffix:
		return bare, profile.Whole, true
	case !titled(f):
		c.fault(path, "star", "want no star: only words of role, function and industry may have one")
		return "", 0, false
	}
	letters, parts := lettersOf(bare)
	if parts != 1 || letters < shortestPart || letters > longestSuffix {
		c.fault(path, "star", "want one word of %d to %d letters beside the star, got %q", shortestPart, longestSuffix, text)
		return "", 0, false
	}
	if prefix {
		return bare, profile.Prefix, true
	}
	return bare, profile.Suffix, true
}

// titled reports whether one word of a field's text can speak for all of it.
func titled(f profile.Field) bool {
	return f == profile.Role || f == profile.Function || f == profile.Industry
}

// lettersOf counts the letters of a text and the words that they make, as the
// engine parts them.
func lettersOf(text string) (letters, parts int) {
	space := profile.Hash(profile.Name, []byte("a b"), profile.Whole)
	inside := false
	for _, r := range text {
		if profile.Hash(profile.Name, []byte("a"+string(r)+"b"), profile.Whole) == space {
			inside = false
			continue
		}
		letters++
		if !inside {
			parts++
		}
		inside = true
	}
	return letters, parts
}
