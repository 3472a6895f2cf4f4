package httpapi

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"assay/server/internal/auth"
	"assay/server/internal/desk"
	"assay/server/internal/lead"
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
	{"claim", func(a *API, _ *members, p *auth.Person) act {
		return func(ctx context.Context, id string) (*desk.View, error) { return a.Desk.Claim(ctx, p.Site, p.ID, id) }
	}},
	{"release", func(a *API, _ *members, p *auth.Person) act {
		return func(ctx context.Context, id string) (*desk.View, error) {
			return a.Desk.Release(ctx, p.Site, p.ID, id, p.Role == auth.Admin)
		}
	}},
	{"merge", func(a *API, m *members, p *auth.Person) act {
		other := m.required("other", maxID)
		return func(ctx context.Context, id string) (*desk.View, error) {
			return a.Desk.Merge(ctx, p.Site, p.ID, id, other)
		}
	}},
	{"unmerge", func(a *API, m *members, p *auth.Person) act {
		other := m.required("other", maxID)
		return func(ctx context.Context, id string) (*desk.View, error) {
			return a.Desk.Unmerge(ctx, p.Site, p.ID, id, other)
		}
	}},
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
	return writeJSON(w, http.StatusOK, view)
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

// refusal gives the answer to an action that cannot be done, nil for any other
// fault.
func refusal(err error) *Problem {
	switch {
	case errors.Is(err, desk.ErrClaimed):
		return problem(http.StatusConflict, "already_claimed", "Somebody else has this lead.")
	case errors.Is(err, desk.ErrNotOwner):
		return problem(http.StatusConflict, "not_owner", "Only its owner or an admin can release a lead.")
	case errors.Is(err, desk.ErrOther):
		return invalidAction(Fault{"/other", "unknown_lead", "want the id of another lead in your site"})
	case errors.Is(err, lead.ErrSame):
		return invalidAction(Fault{"/other", "same_lead", "want the id of another lead than this one"})
	case errors.Is(err, lead.ErrApart):
		return problem(http.StatusConflict, "not_merged", "The other lead is not part of this one.")
	case errors.Is(err, lead.ErrSample):
		return problem(http.StatusConflict, "sample", "A sample and a real lead stay apart: samples are removed together.")
	case errors.Is(err, lead.ErrMany):
		return problem(http.StatusConflict, "too_many_members", "A lead holds at most 50 merged ones.")
	}
	return nil
}

func invalidAction(faults ...Fault) *Problem {
	return problem(http.StatusUnprocessableEntity, "invalid_request", "Nothing was changed: a member is wrong.").with(faults...)
}
