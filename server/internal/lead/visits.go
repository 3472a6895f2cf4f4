package lead

import (
	"cmp"
	"slices"

	"assay/shared/evidence"
	"assay/shared/score"
)

// SortVisits brings visits into the order that the engine wants: by start,
// then by session, so that the order of arrival never matters.
func SortVisits(visits []Visit) {
	slices.SortFunc(visits, func(a, b Visit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.Session, b.Session))
	})
}

// Diverges reports whether a visit's log neither extends what this lead knows
// of its session nor is a part of it.
func (l *Lead) Diverges(v Visit) bool {
	known := l.visit(v.Session)
	return known != nil && !evidence.Extends(v.Log, known.Log) && !evidence.Extends(known.Log, v.Log)
}

func (l *Lead) visit(session string) *Visit {
	for i := range l.Visits {
		if l.Visits[i].Session == session {
			return &l.Visits[i]
		}
	}
	return nil
}

// addVisits makes the union of what is known and what came: a signal is known
// by its session and place, so resending earns nothing. The newest visits that
// the engine can count are kept.
func (l *Lead) addVisits(came []Visit) {
	for _, v := range came {
		known := l.visit(v.Session)
		switch {
		case known == nil:
			l.Visits = append(l.Visits, v)
		case len(v.Log) > len(known.Log):
			known.Log = v.Log
		}
	}
	SortVisits(l.Visits)
	if over := len(l.Visits) - score.MaxVisits; over > 0 {
		l.Visits = slices.Clone(l.Visits[over:])
	}
}
