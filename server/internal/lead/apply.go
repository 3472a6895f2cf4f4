package lead

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"time"

	"assay/shared/lifecycle"
	"assay/shared/profile"
	"assay/shared/score"
)

// Bounds of what one lead keeps.
const (
	maxTouchRefs = 200 // newest touches named on a lead
	MaxSuspects  = 20  // suspect touches among them, until somebody releases one
	maxVisitors  = 20  // browsers
)

// New makes an empty contact.
func New(site, id string, now time.Time) *Lead {
	l := &Lead{ID: id, Site: site, FirstSeen: now, Profile: map[string]string{}, Answers: map[string]string{}}
	l.set(lifecycle.State{})
	return l
}

// Apply makes a touch part of the lead: evidence, profile, score, stage and,
// where it makes a prospect or somebody raised a hand, an alert in the outbox.
// It changes nothing and gives false for a touch that is part of it already.
func (l *Lead) Apply(t *Touch, r *Rater, now time.Time) (changed bool, err error) {
	if l.has(t.ID) {
		return false, nil
	}
	if t.Verdict == Suspect {
		return l.suspect(t, r, now)
	}
	if t.Import != nil {
		return true, l.bring(t, r, now)
	}
	hot, err := l.cooled(r, now)
	if err != nil {
		return false, err
	}
	if l.Verdict == Suspect {
		l.forget() // all but its history: what suspects said counts for nothing
	}
	before := l.Standing
	l.take(t)
	l.refer(t)
	if t.Objected {
		if _, err := l.objects(&Doing{Do: ActionStop}, r, now); err != nil {
			return false, err
		}
	}
	s, err := l.rescore(r, now)
	if err != nil {
		return false, err
	}
	kind, _ := profile.FormKindOf(t.FormKind)
	plan, err := l.happen(lifecycle.Event{Kind: lifecycle.OnSubmit, Form: kind, Cell: lifecycle.CellOf(s)}, "", r, now)
	if err != nil {
		return false, err
	}
	if l.Rev > 0 && l.stands(&before) { // of a new contact, its alert tells
		l.tell(ChangeMoved, now)
	}
	heated := l.heated(before, hot, s, r, now)
	l.announce(t, s, r, reached(plan, lifecycle.Prospect), heated, now)
	return true, l.schedule(r)
}

// rescore brings cell and hold up to date with the facts.
func (l *Lead) rescore(r *Rater, now time.Time) (*score.Result, error) {
	s, err := r.Rate(l, now)
	if err == nil {
		l.scored(s, r, now)
	}
	return s, err
}

// scored takes a score of an instant over.
func (l *Lead) scored(s *score.Result, r *Rater, now time.Time) {
	l.Cell, l.ScoredAt, l.Model, l.Domain = CellOf(s), now, r.Version, r.Company(l.Field("email"))
	if l.Objected { // no gate was looked at, and who waits for a review still does
		l.Hold = l.Hold.gated(l.State.Cleared)
	} else {
		l.hold(s.Gates&^l.State.Cleared, now)
	}
}

// suspect keeps a touch for review without letting it change anything. A
// contact that has nothing else is junk until somebody looks; what the first of
// them said is shown, and forgotten with the first touch that counts.
func (l *Lead) suspect(t *Touch, r *Rater, now time.Time) (changed bool, err error) {
	fresh := len(l.Touches) == 0 && !l.added()
	if !l.refer(t) {
		return false, nil
	}
	if fresh || l.Verdict == Suspect && l.Touches[0].ID == t.ID {
		l.show(t)
		l.scoreAlone(t, r, now)
	}
	if fresh {
		l.Hold = &Hold{Reasons: Doubts(t.Findings), Since: now, Due: workingDays(now, 2)}
		if _, err = l.happen(lifecycle.Event{Kind: lifecycle.OnSuspect}, "", r, now); err != nil {
			return true, err
		}
	}
	return true, l.schedule(r)
}

// show makes a suspect touch alone the facts of a contact.
func (l *Lead) show(t *Touch) {
	l.forget()
	l.take(t)
	l.Visits, l.Forms = nil, 0
}

func (l *Lead) scoreAlone(t *Touch, r *Rater, now time.Time) {
	s, err := r.Alone(t)
	if err != nil {
		return
	}
	l.Cell, l.ScoredAt, l.Model, l.Domain = CellOf(s), now, r.Version, r.Company(l.Field("email"))
	if l.Objected {
		l.Cell = Cell{}
	}
}

// announce puts an alert into the outbox: for a new prospect and one that heated
// up, and for a hand-raise below the gate quietly. An ask soon after the alert
// for another is covered by it; a sample never alerts.
func (l *Lead) announce(t *Touch, s *score.Result, r *Rater, promoted, heated bool, now time.Time) {
	kind, _ := profile.FormKindOf(t.FormKind)
	asks := lifecycle.Asks(kind)
	askTold := asks && now.Sub(l.AskTold) < r.Alerts.Quiet
	var except []string
	a := l.alert("", s, r)
	a.Form, a.Page, a.Verdict = t.Form, t.Page, t.Verdict
	switch {
	case l.Sample:
		return
	case promoted && !l.Objected && r.Alerts.Sends(KindProspect):
		a.Kind = KindProspect
	case heated:
		a.Kind = KindHeated
		l.stand(func(st *Standing) { st.Heat.At = now })
		if !asks || askTold { // an ask reaches those too who want quiet
			except = l.sleepers(now)
		}
	case asks && !askTold:
		a.Kind, a.Quiet = KindHandRaise, true
	default:
		return
	}
	l.stand(func(st *Standing) {
		st.AlertedAt = now
		if asks {
			st.AskTold = now
		}
	})
	l.send(a, t.ID, now, except...)
}

// alert is what a rep needs of the lead as it stands.
func (l *Lead) alert(kind string, s *score.Result, r *Rater) *Alert {
	a := &Alert{Kind: kind, Form: l.Form, Page: l.Page, Stage: l.Stage, Grade: l.Cell.Grade, Band: l.Cell.Band,
		Verdict: l.Verdict, Reasons: r.Strongest(s, 3), Questions: r.Questions(s)}
	if l.Hold != nil {
		a.Held = l.Hold.Reasons
	}
	return a
}

// send puts an alert into the outbox, under an id made from its cause.
func (l *Lead) send(a *Alert, cause string, now time.Time, except ...string) {
	l.Outbox = append(l.Outbox, Event{ID: eventID(l.ID, a.Kind, cause), Type: TypeAlert, Lead: l.ID, At: now, Except: except, Alert: a, fresh: true})
}

// eventID is the same for the same cause, so that a repeat is recognised. It
// begins with the lead, whose events so stand side by side in a store's index.
func eventID(lead string, cause ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(cause, "\x00")))
	return lead + "." + base64.RawURLEncoding.EncodeToString(sum[:12])
}
