package httpapi

import (
	"strings"
	"time"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
	"assay/shared/profile"
)

// Bounds of a touch.
const (
	maxID      = 64
	maxForm    = 200  // bytes of a form's name
	maxURL     = 2000 // bytes of an address
	maxUTM     = 2000 // bytes of one
	maxAnswers = 60
	maxAnswer  = 2000 // characters
	maxName    = 100  // bytes of an answer's name
	maxVisits  = 8
	maxPast    = 7 * 24 * time.Hour
)

var utmNames = []string{"source", "medium", "campaign", "term", "content", "id"}

// decodeTouch reads all members of a touch but its site. It fails with an
// invalid_touch problem that names every fault, and gives the touch's type alone
// then; unknown counts the members that mean nothing here.
func decodeTouch(m *members, now time.Time) (sub *intake.Submission, unknown int, err error) {
	sub = &intake.Submission{
		ID: m.id("id", true), Type: touchType(m), Visitor: m.id("visitor", false), At: touchTime(m, now),
		Form: m.required("form", maxForm), FormKind: m.formKind("form_kind"),
		Page: m.text("page", maxURL), Referrer: m.text("referrer", maxURL),
		Model: m.text("model", maxID),
	}
	sub.UTM, unknown = decodeUTM(m)
	var more int
	if sub.Type == typeLeave {
		sub.Left, more = decodeLeft(m)
	} else {
		more = decodeSaid(m, sub)
	}
	unknown += more
	sub.Visits, more = decodeVisits(m)
	unknown += more
	sub.Claim, more = decodeClaim(m)
	unknown += more
	sub.Consent = m.flag("consent")
	if objected := m.flag("objected"); objected != nil {
		sub.Objected = *objected
	}
	unknown += m.unknown()
	if len(m.faults.list) > 0 {
		return &intake.Submission{Type: sub.Type}, unknown, invalidTouch(m.faults.list...)
	}
	return sub, unknown, nil
}

// decodeSaid reads what was entered.
func decodeSaid(m *members, sub *intake.Submission) (unknown int) {
	sub.Profile, unknown = decodeProfile(m)
	if answers := m.object("answers"); answers != nil {
		sub.Answers = answers.texts(maxAnswers, maxName, maxAnswer)
	}
	return unknown
}

// id reads 1 to 64 of the characters that every id has.
func (m *members) id(name string, required bool) string {
	read := m.text
	if required {
		read = m.required
	}
	s := read(name, maxID)
	if !isID(s) {
		m.fault(name, "invalid_id", "want 1 to %d of A-Z, a-z, 0-9, _ and -", maxID)
		return ""
	}
	return s
}

func isID(s string) bool {
	for _, c := range []byte(s) {
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		if !letter && (c < '0' || c > '9') && c != '_' && c != '-' {
			return false
		}
	}
	return true
}

// Types of touches.
const (
	typeSubmit = "submit"
	typeLive   = "live"
	typeLeave  = "leave"
)

func touchType(m *members) string {
	switch t := m.required("type", maxID); t {
	case typeSubmit, typeLive, typeLeave, "":
		return t
	default:
		m.fault("type", "unknown_type", "want submit, leave or live")
	}
	return ""
}

func touchTime(m *members, now time.Time) time.Time {
	text := m.required("at", maxID)
	if text == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339, text)
	switch {
	case err != nil:
		m.fault("at", "invalid_time", "want a time such as 2026-11-22T10:00:00Z")
	case at.Before(now.Add(-maxPast)):
		m.fault("at", "too_old", "want a time within the last 7 days")
	case at.After(now): // a browser's clock may run ahead; its visitor's lead is not lost for it
		return now.UTC()
	default:
		return at.UTC()
	}
	return time.Time{}
}

func (m *members) formKind(name string) string {
	kind := m.text(name, maxID)
	if _, ok := profile.FormKindOf(kind); kind != "" && !ok {
		m.fault(name, "unknown_kind", "want demo, quote, appointment, trial, contact_sales, signup, download, subscription or other")
		return ""
	}
	return kind
}

func decodeUTM(m *members) (utm map[string]string, unknown int) {
	o := m.object("utm")
	if o == nil {
		return nil, 0
	}
	utm = map[string]string{}
	for _, name := range utmNames {
		if s := o.text(name, maxUTM); s != "" {
			utm[name] = s
		}
	}
	return utm, o.unknown()
}

func decodeProfile(m *members) (said map[string]string, unknown int) {
	o := m.object("profile")
	if o == nil {
		return nil, 0
	}
	said = map[string]string{}
	for f := range profile.Fields {
		if s := o.text(f.String(), profile.MaxText); s != "" {
			said[f.String()] = s
		}
	}
	if email := said["email"]; email != "" && !intake.ValidEmail(strings.TrimSpace(email)) {
		o.fault("email", "invalid_email", "want a mail address")
	}
	return said, o.unknown()
}

func decodeClaim(m *members) (claim *lead.Claim, unknown int) {
	o := m.object("claim")
	if o == nil {
		return nil, 0
	}
	claim = &lead.Claim{Engagement: o.percent("engagement"), Fit: o.percent("fit"), Band: o.required("band", maxID)}
	switch claim.Band {
	case "cold", "warm", "hot", "":
	default:
		o.fault("band", "unknown_band", "want cold, warm or hot")
	}
	return claim, o.unknown()
}
