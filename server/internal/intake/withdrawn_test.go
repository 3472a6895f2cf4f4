package intake_test

import (
	"testing"
	"time"

	"assay/server/internal/lead"
)

// Where a site needs no consent, a visitor who had withdrawn theirs was followed
// all the same: browser, evidence and presence were kept.
func TestAWithdrawnConsentCountsWhereNoneIsNeeded(t *testing.T) {
	h, no := open(t), false
	h.site.Live = true
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	beat := h.beat("v1", h.visit(token, reading...))
	beat.Consent = &no
	h.live(beat)
	if n := len(h.present()); n != 0 {
		t.Errorf("%d are present", n)
	}
	sub := h.submit("t1", "v1", buyer, h.visit(token, reading...))
	sub.Consent = &no
	if h.Signed(h.site, sub) {
		t.Error("it counts as signed")
	}
	h.accept(sub)
	d := h.only()
	if d.Verdict != lead.Unverified || d.Touches[0].Findings[0].Code != "no_consent" {
		t.Errorf("%s, %v", d.Verdict, d.Touches[0].Findings)
	}
	h.now = h.now.Add(time.Minute)
	h.accept(h.submit("t2", "v1", map[string]string{"message": "hello"}))
	if n := len(h.leads()); n != 2 {
		t.Errorf("%d contacts: the browser is tied to who said no", n)
	}
}
