package lead

import "time"

// KindTest is the kind of an alert that somebody asked for, to see that alerts
// arrive. No filter and no model names it: who asked hears it, and nobody else.
const KindTest = "test"

// Try puts an alert into the outbox that goes to one person alone, without a
// sound, and reports whether it did: only samples are there to try things with.
func (l *Lead) Try(person string, r *Rater, now time.Time) (bool, error) {
	if !l.Sample {
		return false, nil
	}
	s, err := r.Rate(l, now)
	if err != nil {
		return false, err
	}
	a := l.alert(KindTest, s, r)
	a.Quiet = true
	l.Outbox = append(l.Outbox, Event{ID: eventID(l.ID, KindTest, person), Type: TypeAlert, Lead: l.ID, At: now, For: []string{person}, Alert: a})
	return true, nil
}
