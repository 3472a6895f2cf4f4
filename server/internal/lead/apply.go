package lead

import (
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
	"time"

	"assay/shared/lifecycle"
	"assay/shared/model"
	"assay/shared/profile"
	"assay/shared/score"
)

// Bounds of what one lead keeps.
const (
	maxTouchRefs = 200              // newest touches named on a lead
	MaxSuspects  = 20               // suspect touches among them, until somebody releases one
	maxVisitors  = 20               // browsers
	Quiet        = 30 * time.Minute // after an alert, a further ask is covered by it
)

// New makes an empty contact.
func New(site, id string, now time.Time) *Lead {
	return &Lead{ID: id, Site: site, Stage: lifecycle.Anonymous.String(), FirstSeen: now,
		Profile: map[string]string{}, Answers: map[string]string{}}
}

// Apply makes a touch part of the lead: evidence, profile, score, stage and,
// where it makes a prospect or somebody raised a hand, an alert in the outbox.
// It changes nothing and gives false for a touch that is part of it already.
func (l *Lead) Apply(t *Touch, r *Rater, now time.Time) (changed bool, err error) {
	if l.has(t.ID) {
		return false, nil
	}
	if t.Verdict == Suspect {
		return l.suspect(t, r, now), nil
	}
	l.clearSuspicion(now)
	l.merge(t, now)
	l.refer(t)
	s, err := r.Rate(l, now)
	if err != nil {
		return false, err
	}
	l.Cell, l.ScoredAt, l.Model = CellOf(s), now, r.Version
	l.hold(s.Gates, now)
	promoted := l.advance(t, s, r, now)
	l.announce(t, s, r, promoted, now)
	return true, nil
}

func (l *Lead) has(touch string) bool {
	return slices.ContainsFunc(l.Touches, func(t TouchRef) bool { return t.ID == touch })
}

// Suspects gives how many suspect touches wait for a review.
func (l *Lead) Suspects() int {
	n := 0
	for _, ref := range l.Touches {
		if ref.Verdict == Suspect {
			n++
		}
	}
	return n
}

// suspect keeps a touch for review without letting it change anything. A
// contact that has nothing else is junk until somebody looks; what it said is
// shown to them, and forgotten with the first touch that counts.
func (l *Lead) suspect(t *Touch, r *Rater, now time.Time) bool {
	if l.Suspects() >= MaxSuspects {
		return false
	}
	if len(l.Touches) == 0 {
		l.merge(t, now)
		l.Visits, l.Forms = nil, 0
		if s, err := r.Alone(t); err == nil {
			l.Cell, l.ScoredAt, l.Model = CellOf(s), now, r.Version
		}
		l.Hold = &Hold{Reasons: Doubts(t.Findings), Since: now, Due: workingDays(now, 2)}
		l.move(lifecycle.Step{From: l.StageNow(), To: lifecycle.Junk, Reason: lifecycle.Suspicious}, CauseReview, r.Version, now)
	}
	l.refer(t)
	return true
}

// clearSuspicion begins a contact anew that knows nothing but suspect touches,
// before the first that counts: only its history stays.
func (l *Lead) clearSuspicion(now time.Time) {
	if l.Verdict != Suspect {
		return
	}
	fresh := New(l.Site, l.ID, now)
	fresh.Rev, fresh.Stage, fresh.Owner, fresh.Outbox = l.Rev, l.Stage, l.Owner, l.Outbox
	fresh.Touches, fresh.Transitions = l.Touches, l.Transitions
	*l = *fresh
}

// merge takes over what a touch says. Newer answers replace older ones; a touch
// that arrives late only fills what is empty.
func (l *Lead) merge(t *Touch, now time.Time) {
	at := t.At
	if at.After(now) {
		at = now
	}
	newest := !at.Before(l.LastSeen)
	fill(l.Profile, t.Profile, !at.Before(l.Said))
	fill(l.Answers, t.Answers, newest)
	if len(t.Profile) > 0 && at.After(l.Said) {
		l.Said = at
	}
	if newest {
		l.Form, l.FormKind, l.Page, l.LastSeen = t.Form, t.FormKind, t.Page, at
	}
	if newest {
		l.Verdict = t.Verdict
	}
	if at.Before(l.FirstSeen) {
		l.FirstSeen = at
	}
	if l.SourceAt.IsZero() || at.Before(l.SourceAt) {
		l.Source, l.SourceAt = source(t), at
	}
	if t.Visitor != "" && !slices.Contains(l.Visitors, t.Visitor) && len(l.Visitors) < maxVisitors {
		l.Visitors = append(l.Visitors, t.Visitor)
	}
	kind, _ := profile.FormKindOf(t.FormKind)
	l.Forms = uint16(profile.Forms(l.Forms).With(kind))
	l.Sample = l.Sample || t.Sample
	l.addVisits(t.Visits)
}

func fill(into, from map[string]string, replace bool) {
	for k, v := range from {
		if v != "" && (replace || into[k] == "") {
			into[k] = v
		}
	}
}

// source names where a contact came from.
func source(t *Touch) string {
	if s := t.UTM["source"]; s != "" {
		return s
	}
	if u, err := url.Parse(t.Referrer); err == nil && u.Host != "" {
		if page, err := url.Parse(t.Page); err != nil || page.Host != u.Host {
			return u.Hostname()
		}
	}
	return "direct"
}

func (l *Lead) refer(t *Touch) {
	l.Touches = append(l.Touches, TouchRef{ID: t.ID, At: t.At, Form: t.Form, FormKind: t.FormKind, Page: t.Page,
		Verdict: t.Verdict, Findings: t.Findings, Claim: t.Claim, Score: t.Score})
	if over := len(l.Touches) - maxTouchRefs; over > 0 {
		l.Touches = slices.Clone(l.Touches[over:])
	}
}

var gateNames = []struct {
	bit  model.GateBit
	name string
}{{model.GateHoneypot, "honeypot"}, {model.GateCompetitor, "competitor"},
	{model.GateDisposable, "disposable_mail"}, {model.GateCountry, "blocked_country"}}

// hold keeps a contact for review while a gate says so.
func (l *Lead) hold(gates model.GateBit, now time.Time) {
	if gates == 0 {
		l.Hold = nil
		return
	}
	if l.Hold == nil {
		l.Hold = &Hold{Since: now, Due: workingDays(now, 2)}
	}
	l.Hold.Reasons = nil
	for _, g := range gateNames {
		if gates&g.bit != 0 {
			l.Hold.Reasons = append(l.Hold.Reasons, g.name)
		}
	}
}

// workingDays gives the instant some working days (Monday to Friday) later.
func workingDays(t time.Time, days int) time.Time {
	for days > 0 {
		t = t.AddDate(0, 0, 1)
		if d := t.Weekday(); d != time.Saturday && d != time.Sunday {
			days--
		}
	}
	return t
}

// advance makes the moves that the policy asks for and reports whether the
// contact became a prospect.
func (l *Lead) advance(t *Touch, s *score.Result, r *Rater, now time.Time) bool {
	kind, _ := profile.FormKindOf(t.FormKind)
	var plan lifecycle.Plan
	lifecycle.Decide(&lifecycle.Facts{Stage: l.StageNow(), Form: kind, Score: s, HandRaiseFit: r.HandRaise}, &plan)
	promoted := false
	for _, step := range plan.Moves() {
		l.move(step, CauseRule, r.Version, now)
		promoted = promoted || step.To == lifecycle.Prospect
	}
	return promoted
}

func (l *Lead) move(s lifecycle.Step, cause, version string, now time.Time) {
	l.Stage = s.To.String()
	l.Transitions = append(l.Transitions, Transition{From: s.From.String(), To: s.To.String(), Cause: cause,
		At: now, Model: version, Reason: s.Reason.String()})
}

// announce puts an alert into the outbox: for a new prospect always, for a
// hand-raise below the gate quietly. An ask soon after an alert is covered by
// it; a sample never alerts.
func (l *Lead) announce(t *Touch, s *score.Result, r *Rater, promoted bool, now time.Time) {
	kind, _ := profile.FormKindOf(t.FormKind)
	asks := lifecycle.Asks(kind) && now.Sub(l.AlertedAt) >= Quiet
	if l.Sample || !promoted && !asks {
		return
	}
	a := &Alert{Kind: KindProspect, Form: t.Form, Page: t.Page, Stage: l.Stage, Grade: l.Cell.Grade, Band: l.Cell.Band,
		Verdict: t.Verdict, Reasons: r.Strongest(s, 3), Questions: r.Questions(s)}
	if !promoted {
		a.Kind, a.Quiet = KindHandRaise, true
	}
	if l.Hold != nil {
		a.Held = l.Hold.Reasons
	}
	l.AlertedAt = now
	l.Outbox = append(l.Outbox, Event{ID: eventID(l.ID, a.Kind, t.ID), Type: TypeAlert, Lead: l.ID, At: now, Alert: a})
}

// eventID is the same for the same cause, so that a repeat is recognised.
func eventID(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return base64.RawURLEncoding.EncodeToString(sum[:15])
}
