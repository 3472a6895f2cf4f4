package modeling

import (
	"slices"

	"assay/shared/profile"
)

// deadWords finds classes that no text is read as, and words that every
// visitor loads for no rule.
func (l *linter) deadWords() {
	used := map[profile.Field]uint32{}
	l.everyAnswers(func(path, field string, w *Answers) {
		f := fieldOf(field)
		a := l.answersOf(f)
		for i, class := range w.Is {
			if slices.Contains(a.classes, class) {
				used[f] |= a.codes[class]
				if a.words[class] == 0 {
					l.find(at(path, "is", i), "empty_class", "no text is read as %q: it has no words", class)
				}
			}
		}
		if w.ranged() {
			used[f] |= a.span(*w)
		}
	})
	for f := range profile.Facts {
		l.unused(f, used[f])
	}
}

// unused finds the classes of a field that no rule asks for. A class may be
// there to keep its words out of another, so that is looked at too.
func (l *linter) unused(f profile.Field, used uint32) {
	a := l.answersOf(f)
	for i, class := range a.classes {
		if a.words[class] == 0 || a.codes[class]&used != 0 || l.asksOther(f) || l.shields(f, class, used) {
			continue
		}
		path := at("/words", f, i)
		switch f {
		case profile.Email:
			path = at("/mail", class)
		case profile.Country:
			path = at("/territories", i)
		}
		l.find(path, "unused_class", "no rule asks for %q: its %s cost every visitor bytes", class, count(a.words[class], "word"))
	}
}

// asksOther reports whether some rule counts what a field's classes leave over.
func (l *linter) asksOther(f profile.Field) bool {
	found := false
	l.everyAnswers(func(_, field string, w *Answers) {
		found = found || fieldOf(field) == f && slices.Contains(w.Is, otherAnswer)
	})
	return found
}

// deadFacts finds rules on answers that nothing fires.
func (l *linter) deadFacts() {
	for i := range l.out.Facts {
		r, path := &l.out.Facts[i], l.paths[factRule(i)]
		if r.Codes&l.readable(r.Field) == 0 {
			l.find(path, "never", "it never earns anything: no text of %s is read as one of its answers", r.Field)
		}
		if abs(int64(r.Points)) < 500 {
			l.find(path, "no_whole_point", "it never earns a whole point: %s rounds to 0", Points(r.Points))
		}
	}
}

// deadCriteria finds mappings that an earlier one always answers before, and
// criteria that no answer decides.
func (l *linter) deadCriteria() {
	type key struct {
		criterion string
		field     string
	}
	before, decided := map[key]uint32{}, map[string]bool{}
	for i, r := range l.a.Criteria {
		m := &l.out.Criteria[i]
		k := key{r.Criterion, r.Field}
		own := (m.Met | m.Part | m.Unmet) & l.readable(m.Field)
		switch {
		case own == 0:
			l.find(at("/criteria", i), "never", "it never decides: no text of %s is read as one of its answers", m.Field)
		case own&^before[k] == 0:
			l.find(at("/criteria", i), "shadowed", "it never decides: an earlier mapping of %s takes all its answers", r.Criterion)
		}
		if m.Met&l.readable(m.Field) != 0 {
			decided[r.Criterion] = true
		}
		before[k] |= m.Met | m.Part | m.Unmet
	}
	for _, name := range criterionNames {
		if name != "interest" && !decided[name] {
			l.find("/criteria", "undecided", "no answer ever meets %s: only a rep can", name)
		}
		if l.a.Questions[name] == "" {
			l.find(at("/questions", name), "no_question", "a rep is given no question while %s is open", name)
		}
	}
}

// deadGates finds gates that nothing closes, and those that close for all.
func (l *linter) deadGates() {
	for i := range l.out.Gates {
		g := &l.out.Gates[i]
		readable := l.readable(g.Field)
		switch {
		case g.Codes&readable == 0:
			l.find(at("/gates", i), "never", "it never closes: no text of %s is read as one of its answers", g.Field)
		case g.Codes&readable == readable:
			l.find(at("/gates", i), "always", "it holds everybody who says anything as %s", g.Field)
		}
	}
}
