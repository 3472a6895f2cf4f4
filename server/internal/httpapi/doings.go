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

// maxAction is the longest id of an action in bytes: a lead's and a hash.
const maxAction = 2 * maxID

// aboutTo gives what a person is about to do, and its request, by which a repeat
// is known.
func aboutTo(m *members, p *auth.Person, name string) lead.Doing {
	return lead.Doing{Do: name, By: p.ID, Request: m.text("request", maxID), Program: p.IsProgram(),
		Admin: p.Role == auth.Admin, Assigns: p.Role == auth.Admin || p.Role == auth.Marketer}
}

// doing is an action that the lead's history keeps, with the members that it
// takes.
func doing(name string, read func(m *members, do *lead.Doing, now time.Time)) action {
	return func(a *API, m *members, p *auth.Person) act {
		do := aboutTo(m, p, name)
		read(m, &do, a.now())
		return func(ctx context.Context, id string) (*desk.View, error) { return a.Desk.Act(ctx, p.Site, id, do) }
	}
}

// assigning gives the lead to a person of the site who works.
func assigning(a *API, m *members, p *auth.Person) act {
	do := aboutTo(m, p, lead.ActionAssign)
	do.Owner = m.required("owner", maxID)
	if m.has("from") {
		from := m.text("from", maxID)
		do.From = &from
	}
	return func(ctx context.Context, id string) (*desk.View, error) {
		people, err := a.Auth.Roster(ctx, p.Site)
		if err != nil {
			return nil, err
		}
		if to := people[do.Owner]; to == nil || !to.Role.MayWork() {
			return nil, invalidAction(Fault{"/owner", "unknown_person", "want the id of a person in your site who may work with leads"})
		}
		return a.Desk.Act(ctx, p.Site, id, do)
	}
}

func nothing(*members, *lead.Doing, time.Time) {}

func another(m *members, do *lead.Doing, _ time.Time) { do.Other = m.required("other", maxID) }

func noted(m *members, do *lead.Doing, _ time.Time) {
	m.required("text", lead.MaxText*utf8.UTFMax)
	if do.Text = m.note("text"); do.Text != "" && strings.TrimSpace(do.Text) == "" {
		m.fault("text", "required", "want more than space")
	}
}

func reminder(m *members, do *lead.Doing, now time.Time) {
	do.At, do.Reminder, do.Text = m.future("at", now), m.text("reminder", maxAction), m.note("text")
}

func snooze(m *members, do *lead.Doing, now time.Time) { do.At = m.future("until", now) }

func reason(m *members, do *lead.Doing, _ time.Time) {
	do.Reason, _ = lifecycle.CodeOf(m.oneOf("reason", reasonCodes()))
}

func optionalReason(m *members, do *lead.Doing, now time.Time) {
	if m.has("reason") {
		reason(m, do, now)
	}
}

func conversation(m *members, do *lead.Doing, now time.Time) {
	do.Channel = m.oneOf("channel", lead.Channels)
	do.Outcome, _ = lifecycle.OutcomeOf(m.oneOf("outcome", outcomes()))
	do.At, do.Text = m.past("at"), m.note("text")
	if do.At.After(now.Add(clockSlack)) {
		m.fault("at", "in_future", "want a time that has passed")
	}
}

func told(m *members, do *lead.Doing, _ time.Time) {
	criterion := m.oneOf("criterion", lead.CriterionNames[:])
	state := m.oneOf("state", lead.StateNames[:])
	do.Criterion = model.CriterionName(max(slices.Index(lead.CriterionNames[:], criterion), 0))
	do.State = score.State(max(slices.Index(lead.StateNames[:], state), 0))
	do.Text = m.note("text")
}

// objection is the contact's, or an admin's word that it was not.
func objection(m *members, do *lead.Doing, now time.Time) {
	if undo := m.flag("undo"); undo != nil && *undo {
		do.Undo = true
		noted(m, do, now)
	}
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
