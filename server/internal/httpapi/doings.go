package httpapi

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"assay/server/internal/auth"
	"assay/server/internal/desk"
	"assay/server/internal/lead"
	"assay/shared/lifecycle"
	"assay/shared/model"
	"assay/shared/score"
)

// clockSlack is how far ahead of ours a person's clock may be.
const clockSlack = time.Minute

// doing is an action that the lead's history keeps, with the members that it
// takes.
func doing(name string, read func(m *members, do *lead.Doing)) action {
	return func(a *API, m *members, p *auth.Person) act {
		do := lead.Doing{Do: name, By: p.ID, Admin: p.Role == auth.Admin}
		read(m, &do)
		if do.At.After(a.now().Add(clockSlack)) {
			m.fault("at", "in_future", "want a time that has passed")
		}
		return func(ctx context.Context, id string) (*desk.View, error) { return a.Desk.Act(ctx, p.Site, id, do) }
	}
}

func nothing(*members, *lead.Doing) {}

func reason(m *members, do *lead.Doing) {
	do.Reason, _ = lifecycle.CodeOf(m.oneOf("reason", reasonCodes()))
}

func optionalReason(m *members, do *lead.Doing) {
	if m.has("reason") {
		reason(m, do)
	}
}

func conversation(m *members, do *lead.Doing) {
	do.Channel = m.oneOf("channel", lead.Channels)
	do.Outcome, _ = lifecycle.OutcomeOf(m.oneOf("outcome", outcomes()))
	do.At, do.Text = m.past("at"), m.note("text")
}

func told(m *members, do *lead.Doing) {
	criterion := m.oneOf("criterion", lead.CriterionNames[:])
	state := m.oneOf("state", lead.StateNames[:])
	do.Criterion = model.CriterionName(max(slices.Index(lead.CriterionNames[:], criterion), 0))
	do.State = score.State(max(slices.Index(lead.StateNames[:], state), 0))
	do.Text = m.note("text")
}

func reasonCodes() (codes []string) {
	for r := range lifecycle.Reasons {
		if _, ok := lifecycle.CodeOf(r.String()); ok {
			codes = append(codes, r.String())
		}
	}
	return codes
}

func outcomes() (names []string) {
	for o := range lifecycle.Outcomes {
		names = append(names, o.String())
	}
	return names
}

// has reports whether a member is there, without reading it.
func (m *members) has(name string) bool {
	return slices.ContainsFunc(m.list, func(x member) bool { return x.name == name && string(x.value) != "null" })
}

// oneOf reads a text that must be one of some.
func (m *members) oneOf(name string, names []string) string {
	s := m.required(name, maxID)
	if s != "" && !slices.Contains(names, s) {
		m.fault(name, "unknown_value", "want %s", strings.Join(names, ", "))
	}
	return s
}

// note reads a text that a person wrote; a missing one is empty.
func (m *members) note(name string) string {
	s := m.text(name, lead.MaxText*utf8.UTFMax)
	if utf8.RuneCountInString(s) > lead.MaxText {
		m.fault(name, "too_long", "want at most %d characters", lead.MaxText)
	}
	return s
}

// past reads an instant; a missing one is zero, for now.
func (m *members) past(name string) time.Time {
	s := m.text(name, maxID)
	if s == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339, s)
	if err != nil || at.Year() < 1970 {
		m.fault(name, "invalid_time", "want a time as in 2026-11-22T10:00:00Z")
	}
	return at
}
