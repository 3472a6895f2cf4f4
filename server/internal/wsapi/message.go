package wsapi

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"assay/server/internal/alert"
	"assay/server/internal/auth"
	"assay/server/internal/desk"
	"assay/server/internal/intake"
	"assay/server/internal/lead"
)

// request is what a client says.
type request struct {
	Type    string `json:"type"`
	Lead    string `json:"lead"`
	Request string `json:"request"` // the client's own number, given back
}

// result is the data of the answer to a request.
type result struct {
	Request string     `json:"request"`
	OK      bool       `json:"ok"`
	Code    string     `json:"code,omitempty"`
	Lead    string     `json:"lead,omitempty"`    // the id that was asked for
	Current *desk.View `json:"current,omitempty"` // that lead as it stands, if it is known
}

// hello is the data of the first message.
type hello struct {
	Protocol string    `json:"protocol"`
	Person   person    `json:"person"`
	Now      time.Time `json:"now"`
	Missed   int64     `json:"missed"` // entries after the client's cursor that follow
}

type person struct {
	ID    string    `json:"id"`
	Email string    `json:"email"`
	Name  string    `json:"name"`
	Role  auth.Role `json:"role"`
	Site  string    `json:"site"`
}

func (c *conn) hello() []byte {
	p := c.who.Person
	return c.message("hello", hello{Protocol, person{p.ID, p.Email, p.Name, p.Role, p.Site}, c.Now().UTC(), c.sub.Missed})
}

// message encodes one that is not of the feed; it carries the cursor reached,
// and so is the writer's to make.
func (c *conn) message(kind string, data any) []byte {
	b, err := json.Marshal(alert.Message{Type: kind, ID: rand.Text(), Cursor: c.cursor, At: c.Now().UTC(), Data: data})
	if err != nil {
		panic(fmt.Errorf("wsapi: %w", err)) // all of it is plain structs
	}
	return b
}

// take serves a client's message; false when it makes no sense.
func (c *conn) take(body []byte) bool {
	var q request
	if json.Unmarshal(body, &q) != nil {
		return false
	}
	switch q.Type {
	case "claim":
		if q.Lead == "" {
			return false
		}
		c.reply(c.claim(&q))
	case "filter": // in the contract, but not served yet: better said than ignored
		c.reply(result{Request: q.Request, Code: "unsupported_type"})
	default:
		return false
	}
	return true
}

// reply waits for the writer: a client that does not read its results cannot
// ask for more.
func (c *conn) reply(r result) {
	select {
	case c.replies <- r:
	case <-c.ctx.Done():
	}
}

func (c *conn) claim(q *request) result {
	r := result{Request: q.Request, Lead: q.Lead}
	who, err := c.Auth.Check(c.ctx, c.who.Session.Hash)
	if errors.Is(err, auth.ErrSignedOut) {
		c.finish(SignIn, "sign in again")
		return r
	}
	if err == nil && !who.Person.Role.MayWork() {
		r.Code = "not_allowed"
		return r
	}
	if err == nil {
		r.Current, err = c.Desk.Claim(c.ctx, who.Person.Site, who.Person.ID, q.Lead)
	}
	if r.Current != nil {
		r.Current.OwnerName = c.Auth.PersonName(c.ctx, who.Person.Site, r.Current.Owner)
	}
	switch {
	case err == nil:
		r.OK = true
	case errors.Is(err, desk.ErrClaimed):
		r.Code = "already_claimed"
	case errors.Is(err, lead.ErrNotFound):
		r.Code = "unknown_lead"
	case errors.Is(err, intake.ErrBusy), errors.Is(err, lead.ErrConflict):
		r.Code = "busy"
	default:
		r.Code = "internal"
		c.Log.Error("claim failed", "err", err)
	}
	return r
}
