package lead

import (
	"errors"
	"time"

	"assay/shared/lifecycle"
)

// TypeImport is the type of a touch that is a row of a file.
const TypeImport = "import"

// Import is what a row of a file says beside the profile.
type Import struct {
	Since  time.Time `json:"since,omitzero"`   // when the contact became known; zero: when the touch happened
	Stage  string    `json:"stage"`            // where the contact stands
	Reason string    `json:"reason,omitempty"` // why it is lost or out
	Alert  bool      `json:"alert,omitempty"`  // reps hear of it
	// Objected: the contact objected to being scored. A row that does not say so
	// takes no objection back.
	Objected bool `json:"objected,omitempty"`
}

// event is what the lifecycle judges of a row.
func (i *Import) event() lifecycle.Event {
	e := lifecycle.Event{Kind: lifecycle.OnImport, To: lifecycle.Lead}
	if to, ok := lifecycle.StageOf(i.Stage); ok {
		e.To = to
	}
	for r := range lifecycle.Reasons {
		if i.Reason != "" && r.String() == i.Reason {
			e.Reason = r
		}
	}
	return e
}

// bring makes a row of a file part of the lead: what it says of the profile, and
// where the contact stands, as far as that is not back and no person decided
// otherwise; then the rules have their say. A row is old news: unless it is to
// alert, nobody is told but who has the lead, and neither the stay in the stage
// that it brought the contact to nor the review that it is held for raises an
// alert for being long.
func (l *Lead) bring(t *Touch, r *Rater, now time.Time) error {
	if l.Verdict == Suspect {
		l.forget()
	}
	before := l.Standing
	l.take(t)
	l.refer(t)
	if t.Import.Objected {
		if _, err := l.objects(&Doing{Do: ActionStop}, r, now); err != nil {
			return err
		}
	}
	s, err := l.rescore(r, now)
	if err != nil {
		return err
	}
	var refused lifecycle.Refusal
	if _, err := l.happen(t.Import.event(), "", r, now); err != nil && !errors.As(err, &refused) {
		return err
	}
	if _, err := l.happen(lifecycle.Event{Kind: lifecycle.OnScore, Cell: lifecycle.CellOf(s)}, "", r, now); err != nil {
		return err
	}
	if l.Owner != "" && l.stands(&before) {
		l.tell(ChangeMoved, now)
	}
	if l.Hold != nil && before.Hold == nil && !t.Import.Alert {
		l.toldOfHold()
	}
	if t.Import.Alert {
		promoted := l.State.Stage == lifecycle.Prospect && before.State.Stage != lifecycle.Prospect
		l.announce(t, s, r, promoted, false, now)
	} else if l.State.Since != before.State.Since {
		since := l.State.Since
		l.stand(func(st *Standing) { st.StallTold = since })
	}
	return l.schedule(r)
}

// known gives when a touch says that its contact became known.
func (t *Touch) known(at time.Time) time.Time {
	if t.Import != nil && !t.Import.Since.IsZero() && t.Import.Since.Before(at) {
		return t.Import.Since
	}
	return at
}
