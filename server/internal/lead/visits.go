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

// Without gives the part of some visits that came after what this lead knows
// of them: the evidence of somebody else who now uses the same browser.
func (l *Lead) Without(visits []Visit) []Visit {
	var rest []Visit
	for _, v := range visits {
		known := l.visit(v.Session)
		if known == nil {
			if v.Start > l.lastStart() {
				rest = append(rest, v)
			}
			continue
		}
		if log := after(v.Log, known.Log); log != nil {
			rest = append(rest, Visit{Session: v.Session, Start: v.Start, Log: log})
		}
	}
	return rest
}

// lastStart gives the start of the newest visit known.
func (l *Lead) lastStart() int64 {
	if len(l.Visits) == 0 {
		return 0
	}
	return l.Visits[len(l.Visits)-1].Start
}

// after gives a log of the signals that follow the first part of a log, or nil
// when none do.
func after(log, first []byte) []byte {
	skip, _, _ := evidence.Check(first)
	var r evidence.Reader
	var out evidence.Log
	r.Read(log)
	some := false
	for i := 0; ; i++ {
		s, ok := r.Next()
		if !ok {
			break
		}
		if i >= skip {
			_ = out.Append(s.Kind, s.Millis) // fits: it is a part of a log that does
			some = true
		}
	}
	if !some {
		return nil
	}
	return slices.Clone(out.Bytes())
}
