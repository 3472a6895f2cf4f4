package modeling

import (
	"slices"
	"strings"
)

// deadCells finds letters, levels, cells and bands that no score has, and a
// hand-raise that nobody's fit is enough for.
func (l *linter) deadCells() {
	fit, engagement := min(100, l.fit.Max), min(100, l.engagement.Ever.Max)
	for i, least := range l.out.LetterMin {
		if name := "ABC"[i : i+1]; fit < int(least) {
			l.find(at("/thresholds", name), "never", "no fit is %s: it takes %s, and the rules give %d at most", name, pointsUnit(int(least)), fit)
		}
	}
	for i, least := range l.out.LevelMin {
		if name := "123"[i : i+1]; engagement < int(least) {
			l.find(at("/thresholds", name), "never", "no engagement has level %s: it takes %s, and the rules give %d at most", name, pointsUnit(int(least)), engagement)
		}
	}
	if fit < int(l.out.HandRaiseFit) {
		l.find("/thresholds/hand_raise_fit", "never", "no ask makes a prospect by itself: it takes a fit of %d, and the rules give %d at most", l.out.HandRaiseFit, fit)
	}
	l.deadLists(fit, engagement)
}

// deadLists finds cells of the grid that no score has.
func (l *linter) deadLists(fit, engagement int) {
	for _, list := range []struct {
		name  string
		cells []string
	}{{"hot", l.a.Grid.Hot}, {"warm", l.a.Grid.Warm}, {"prospect", l.a.Grid.Prospect}} {
		alive := 0
		for i, cell := range list.cells {
			if l.reachable(cell, fit, engagement) {
				alive++
			} else {
				l.find(at("/grid", list.name, i), "never", "no score is %s", cell)
			}
		}
		if alive == 0 {
			l.find(at("/grid", list.name), "never", "nobody is ever %s", map[string]string{"hot": "hot", "warm": "warm", "prospect": "over the thresholds"}[list.name])
		}
	}
	if slices.Contains(l.a.Grid.Prospect, "D1") {
		l.find("/grid/prospect", "odd", "D1 is over the thresholds: interest alone makes a prospect of who does not fit")
	}
}

// reachable reports whether a score may lie in a cell. Fit and engagement are
// the most that the rules give, each by itself: a cell that no score has may
// still be called reachable, but none that one has is called dead.
func (l *linter) reachable(cell string, fit, engagement int) bool {
	letter, level := strings.IndexByte("ABCD?", cell[0]), int(cell[1]-'1')
	switch {
	case level < 3 && engagement < int(l.out.LevelMin[level]), level == 3 && l.out.LevelMin[2] == 0:
		return false
	case letter < 4 && l.out.KnownMin > 0 && l.known(allFields) == 0:
		return false // there is nothing to know: every letter is ?
	case letter < 3:
		return fit >= int(l.out.LetterMin[letter])
	case letter == 3:
		return l.out.LetterMin[2] > 0
	}
	return l.out.KnownMin > 0 // something can always be left unsaid
}
