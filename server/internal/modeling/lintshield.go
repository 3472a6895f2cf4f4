package modeling

import (
	"slices"
	"strings"

	"assay/shared/profile"
)

// shields reports whether texts would be read as an answer that some rule asks
// for, were it not for a class: in a title its words outrank those of a class
// before it, and a whole word, phrase or domain goes before parts of it.
func (l *linter) shields(f profile.Field, class string, used uint32) bool {
	own := l.answersOf(f).codes[class]
	if titled(f) && own&-own > used&-used && used != 0 {
		return true
	}
	others := new(profile.Lexicon)
	mine := map[uint32]bool{}
	texts := l.textsOf(f, class)
	for _, text := range texts {
		mine[profile.Hash(f, []byte(text), profile.Whole)] = true
	}
	for _, w := range l.out.Words {
		if w.Mark != profile.Whole || !mine[w.Hash] {
			others.Put(w.Hash, uint8(w.Mark)|uint8(w.Code))
		}
	}
	return slices.ContainsFunc(texts, func(text string) bool {
		if f == profile.Email {
			text = "a@" + text
		}
		return used>>profile.Read(f, []byte(text), others, l.boundsOf(f))&1 == 1
	})
}

// textsOf gives a class's words without a star. Countries have none that goes
// before another.
func (l *linter) textsOf(f profile.Field, class string) (texts []string) {
	for _, m := range mailClasses {
		if f == profile.Email && m.name == class {
			return m.of(&l.a.Mail)
		}
	}
	for _, c := range l.a.Words[f.String()] {
		if c.Class == class {
			texts = slices.DeleteFunc(slices.Clone(c.Words), func(w string) bool { return strings.Contains(w, "*") })
		}
	}
	return texts
}

// boundsOf gives the ends of a field's ranges as the engine reads them.
func (l *linter) boundsOf(f profile.Field) (bounds []uint32) {
	for _, from := range l.answersOf(f).bounds {
		bounds = append(bounds, uint32(f)<<28|from)
	}
	return bounds
}
