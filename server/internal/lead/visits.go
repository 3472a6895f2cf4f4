package lead

import (
	"bytes"
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

// Includes reports whether a contact is this one or a part of it.
func (l *Lead) Includes(id string) bool {
	return id == "" || id == l.ID || slices.Contains(l.Members, id)
}

// longer orders logs of one session, so that one of them counts whatever the
// order in which they came.
func longer(a, b []byte) bool {
	return cmp.Or(cmp.Compare(len(a), len(b)), bytes.Compare(a, b)) > 0
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
// by its session and place, so resending earns nothing. What belongs to another
// contact is left out, unless that is a part of this one by now. The newest
// visits that the engine can count are kept.
func (l *Lead) addVisits(came []Visit) {
	for _, v := range came {
		if !l.Includes(v.Of) {
			continue
		}
		v.Of = ""
		known := l.visit(v.Session)
		switch {
		case known == nil:
			l.Visits = append(l.Visits, v)
		case longer(v.Log, known.Log):
			known.Log = v.Log
		}
	}
	SortVisits(l.Visits)
	if over := len(l.Visits) - score.MaxVisits; over > 0 {
		l.Visits = slices.Clone(l.Visits[over:])
	}
}
