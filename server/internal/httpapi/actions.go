package httpapi

import (
	"context"
	"net/http"
	"strings"

	"assay/server/internal/auth"
	"assay/server/internal/desk"
)

// action is something that a person does with a lead. It reads its members
// first, so that all faults of a body are told at once, and gives what does it.
type action func(a *API, m *members, p *auth.Person) act

type act func(ctx context.Context, lead string) (*desk.View, error)

// actions are those of POST /v1/leads/{id}/actions, by name.
var actions = []struct {
	name string
	read action
}{
	{"claim", doing("claim", nothing)},
	{"release", doing("release", nothing)},
	{"assign", assigning},
	{"merge", doing("merge", another)},
	{"unmerge", doing("unmerge", another)},
	{"accept", doing("accept", nothing)},
	{"reject", doing("reject", reason)},
	{"disqualify", doing("disqualify", reason)},
	{"reopen", doing("reopen", nothing)},
	{"pin", doing("pin", nothing)},
	{"unpin", doing("unpin", nothing)},
	{"nurture", doing("nurture", nothing)},
	{"converse", doing("converse", conversation)},
	{"answer", doing("answer", told)},
	{"note", doing("note", noted)},
	{"remind", doing("remind", reminder)},
	{"snooze", doing("snooze", snooze)},
	{"open_opportunity", doing("open_opportunity", deal)},
	{"update_opportunity", doing("update_opportunity", dealChange)},
	{"win", doing("win", nothing)},
	{"lose", doing("lose", optionalReason)},
	{"stop_scoring", doing("stop_scoring", objection)},
}

// postAction does something with a lead. What cannot be done as the lead stands
// is a 409 with the lead.
func (a *API) postAction(w http.ResponseWriter, r *http.Request, who *auth.Identity) error {
	m, err := a.callObject(w, r)
	if err != nil {
		return err
	}
	do, err := a.action(m, who.Person)
	if err != nil {
		return err
	}
	if !who.Person.Role.MayWork() {
		return forbidden("Your role reads only.")
	}
	view, err := do(r.Context(), leadID(r))
	return a.answerLead(w, r, who, http.StatusOK, view, err)
}

// answerLead answers with a lead as it is now, or with why it could not be
// changed and how it stands.
func (a *API) answerLead(w http.ResponseWriter, r *http.Request, who *auth.Identity, status int, view *desk.View, err error) error {
	if view != nil {
		a.name(r, who, view)
	}
	if p := refusal(err); p != nil {
		p.Lead = view
		return p
	}
	if err != nil {
		return err
	}
	return writeJSON(w, status, view)
}

// action reads which action is asked for, and its members.
func (a *API) action(m *members, p *auth.Person) (act, error) {
	name := m.required("action", maxID)
	var names []string
	for _, known := range actions {
		if names = append(names, known.name); known.name != name {
			continue
		}
		do := known.read(a, m, p)
		return do, a.sound(m)
	}
	if name != "" {
		return nil, problem(http.StatusUnprocessableEntity, "unknown_action", "This server does not know the action.").
			with(Fault{"/action", "unknown_action", "want " + strings.Join(names, ", ")})
	}
	return nil, a.sound(m)
}
