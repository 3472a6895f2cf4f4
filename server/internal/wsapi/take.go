package wsapi

import (
	"errors"
	"slices"
	"strings"

	"assay/server/internal/auth"
	"assay/server/internal/desk"
	"assay/server/internal/intake"
	"assay/server/internal/lead"
)

// take serves a client's message; false when it makes no sense.
func (c *conn) take(body []byte) bool {
	q, ok := parse(body)
	if !ok {
		return false
	}
	who, err := c.Auth.Check(c.ctx, c.session)
	if errors.Is(err, auth.ErrSignedOut) {
		c.finish(SignIn, "sign in again")
		return true
	}
	r := result{Request: q.Request, Lead: q.Lead}
	switch {
	case err != nil:
		c.fault(&r, err)
	case q.Type == "claim":
		c.claim(who, &r)
	case q.Type == "filter":
		c.filter(who, q, &r)
	}
	c.say(outgoing{kind: "result", data: r})
	return true
}

func (c *conn) claim(who *auth.Identity, r *result) {
	if !who.Person.Role.MayWork() {
		r.Code = "not_allowed"
		return
	}
	var err error
	r.Current, err = c.Desk.Claim(c.ctx, who.Person.Site, who.Person.ID, r.Lead)
	if r.Current != nil {
		r.Current.OwnerName = c.Auth.PersonName(c.ctx, who.Person.Site, r.Current.Owner)
	}
	c.fault(r, err)
}

// filter keeps what the person wants to hear. It counts for all of the person's
// streams, and stays.
func (c *conn) filter(who *auth.Identity, q *request, r *result) {
	if q.Filter == nil {
		r.Code, r.Detail = "invalid_filter", "want a filter"
		return
	}
	for _, kind := range q.Filter.Kinds {
		if !slices.Contains(lead.AlertKinds, kind) { // whoever waits for it would hear nothing
			r.Code, r.Detail = "invalid_filter", "kinds: want "+strings.Join(lead.AlertKinds, ", ")
			return
		}
	}
	c.fault(r, c.Auth.SaveFilter(c.ctx, who.Person.Site, who.Person.ID, *q.Filter))
}

// fault says how a request ended.
func (c *conn) fault(r *result, err error) {
	switch {
	case err == nil:
		r.OK = true
	case errors.Is(err, desk.ErrClaimed):
		r.Code = "already_claimed"
	case errors.Is(err, lead.ErrNotFound):
		r.Code = "unknown_lead"
	case errors.Is(err, auth.ErrFilter):
		r.Code, r.Detail = "invalid_filter", err.Error()
	case errors.Is(err, auth.ErrNotFound): // a program has no filter
		r.Code = "not_allowed"
	case errors.Is(err, intake.ErrBusy), errors.Is(err, intake.ErrUnavailable), errors.Is(err, lead.ErrConflict):
		r.Code = "busy"
	default:
		r.Code = "internal"
		c.Log.Error("request of a stream failed", "err", err)
	}
}
