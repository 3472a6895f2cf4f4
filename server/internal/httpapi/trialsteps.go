package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"assay/server/internal/alert"
	"assay/server/internal/auth"
	"assay/server/internal/catalog"
	"assay/server/internal/install"
	"assay/server/internal/intake"
	"assay/server/internal/lead"
	"assay/shared/evidence"
)

// trial is a test event on its way.
type trial struct {
	*API
	who    *auth.Identity
	site   *catalog.Site
	token  string
	report *install.Trial

	session string // signed
	sent    bool   // something may be stored
	unsure  bool   // it may be stored, though no answer says so
	lead    string // id
}

func (t *trial) visitor() string { return install.TrialID + "v-" + t.token }

// boot asks for a session, as the page's script does first.
func (t *trial) boot(ctx context.Context) install.Outcome {
	if t.report.Origin == "" {
		return install.Came("origins_none")
	}
	answer := t.call(ctx, "GET", "/v1/sites/"+t.site.Key+"/boot?visitor="+t.visitor(), "")
	var b boot
	if answer.status != http.StatusOK || json.Unmarshal(answer.body.Bytes(), &b) != nil {
		return install.Came("boot_refused", t.report.Origin, answer.why())
	}
	t.session = b.Session
	return install.Came("boot_answered", t.report.Origin, b.Model)
}

// believe checks the session's signature, as intake will.
func (t *trial) believe(context.Context) install.Outcome {
	sub := &intake.Submission{Visitor: t.visitor(), Consent: new(true), Visits: []intake.RawVisit{{Session: t.session}}}
	if !t.Intake.Signed(t.site.Intake, sub) {
		return install.Came("session_doubted")
	}
	return install.Came("session_believed")
}

// send submits a form that a person could have sent in this moment: it answers
// nothing by hand, since nobody types so fast.
func (t *trial) send(ctx context.Context) install.Outcome {
	body, err := json.Marshal(map[string]any{
		"id": install.TrialID + t.token, "type": typeSubmit, "site": t.site.Key, "visitor": t.visitor(), "at": t.now().UTC().Format(time.RFC3339),
		"form": install.TrialForm, "form_kind": install.TrialKind, "page": t.report.Origin + "/", "consent": true,
		"profile": map[string]string{"name": "Test event", "company": "Assay", "email": t.report.Email},
		"visits": []any{map[string]any{"session": t.session, "signals": [][2]int{
			{int(evidence.PageViewed), 0}, {int(evidence.FormViewed), 0}, {int(evidence.AskSubmitted), 0}}}},
	})
	if err != nil {
		return install.Came("touch_refused", err)
	}
	t.sent = true
	if answer := t.call(ctx, "POST", "/v1/touches", string(body)); answer.status != http.StatusAccepted {
		t.unsure = answer.status >= http.StatusInternalServerError
		return install.Came("touch_refused", answer.why())
	}
	return install.Came("touch_accepted")
}

// find reads the lead that the touch made, as its mail address leads there.
func (t *trial) find(ctx context.Context) install.Outcome {
	id, err := t.Intake.LeadOf(ctx, t.site.Intake, t.report.Email)
	if err != nil {
		return install.Came("lead_missing", translate(err).Detail)
	}
	l, err := t.Desk.Lead(ctx, t.site.Key, id)
	if err != nil {
		return install.Came("lead_missing", translate(err).Detail)
	}
	t.lead = id
	if l.Verdict != lead.Verified {
		var findings []lead.Finding
		for _, touch := range l.Touches {
			findings = append(findings, touch.Findings...)
		}
		return install.Came("lead_unverified", doubts(findings))
	}
	return install.Came("lead_stored", l.Grade, strings.ReplaceAll(l.Stage, "_", "-"))
}

// alert listens to the feed as a rep's screen does, and asks for an alert to
// whoever sends the test.
func (t *trial) alert(ctx context.Context) install.Outcome {
	ctx, cancel := context.WithTimeout(ctx, alertTime)
	defer cancel()
	woken := make(chan struct{}, 1)
	sub, err := t.Alerts.Subscribe(ctx, t.who.Person, nil, func() {
		select {
		case woken <- struct{}{}:
		default:
		}
	})
	if err != nil {
		return install.Came("alert_failed")
	}
	defer sub.Close()
	for !sub.Live() { // so that the alert comes by way of all who listen, and is not read from the store
		if _, err := sub.Next(ctx); err != nil {
			return install.Came("alert_failed")
		}
	}
	if err := t.Desk.Try(ctx, t.site.Key, t.lead, t.who.Person.ID); err != nil {
		return install.Came("alert_failed")
	}
	for {
		frames, err := sub.Next(ctx)
		if slices.ContainsFunc(frames, t.about) {
			return install.Came("alert_arrived")
		}
		if err != nil {
			return install.Came("alert_missing")
		}
		if len(frames) > 0 { // there may be more
			continue
		}
		select {
		case <-woken:
		case <-ctx.Done():
			return install.Came("alert_missing")
		}
	}
}

// about reports whether a message of the feed is the test's alert.
func (t *trial) about(f *alert.Frame) bool {
	var m struct {
		Type string
		Data struct{ Lead, Kind string }
	}
	return json.Unmarshal(f.JSON, &m) == nil && m.Type == lead.TypeAlert && m.Data.Lead == t.lead && m.Data.Kind == lead.KindTest
}

// remove erases what was stored, also where a step before it failed. Of a touch that
// was made here the id need not stay: nobody can send it again.
func (t *trial) remove(ctx context.Context) install.Outcome {
	if !t.sent {
		return install.Came("removal_untouched")
	}
	switch _, err := t.Intake.EraseMail(ctx, t.site.Intake, t.report.Email); {
	case err == nil:
		if err := t.Intake.Forget(ctx, t.site.Intake, install.TrialID+t.token); err != nil {
			return install.Came("removal_partly")
		}
		return install.Came("removal_done")
	case errors.Is(err, lead.ErrNotFound) && !t.unsure:
		return install.Came("removal_untouched")
	}
	return install.Came("removal_failed")
}
