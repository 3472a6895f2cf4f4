package lead

import (
	"slices"
	"time"

	"assay/shared/lifecycle"
	"assay/shared/score"
)

// Meanwhile gives the score that a contact would have with visits that are under
// way. Nothing of the contact changes.
func (l *Lead) Meanwhile(visits []Visit, r *Rater, now time.Time) (*score.Result, error) {
	seen := *l
	seen.Visits = slices.Clone(l.Visits)
	seen.addVisits(visits)
	return r.Rate(&seen, now)
}

// TellLive puts an alert into the outbox that a hot contact is on a form now,
// with the score of this moment, and reports whether it did. Its id follows from
// the session: one that goes out again is recognised.
func (l *Lead) TellLive(p *Presence, s *score.Result, r *Rater, now time.Time) bool {
	switch {
	case s.Band != score.Hot, l.Verdict == Suspect, l.Sample, l.Objected, l.hushed(now), !r.Alerts.Sends(KindLive),
		l.State.Stage == lifecycle.Disqualified, l.State.Stage == lifecycle.Junk:
		return false
	}
	a := l.alert(KindLive, s, r)
	a.Form, a.Page, a.Verdict, a.Grade, a.Band = p.Form, p.Page, p.Verdict, p.Grade, p.Band
	l.send(a, p.Session, now, l.sleepers(now)...)
	return true
}
