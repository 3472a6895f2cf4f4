package wsapi

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"

	"assay/server/internal/alert"
	"assay/server/internal/auth"
	"assay/server/internal/desk"
)

// request is what a client says.
type request struct {
	Type    string       `json:"type"`
	Lead    string       `json:"lead"`
	Filter  *auth.Filter `json:"filter"`
	Request string       `json:"request"` // the client's own number, given back
}

// parse reads a client's message; ok is false when it makes no sense.
func parse(body []byte) (q *request, ok bool) {
	if !utf8.Valid(body) || json.Unmarshal(body, &q) != nil || q == nil {
		return nil, false
	}
	switch q.Type {
	case "claim":
		return q, q.Lead != ""
	case "filter":
		return q, true
	}
	return nil, false
}

// result is the data of the answer to a request.
type result struct {
	Request string     `json:"request"`
	OK      bool       `json:"ok"`
	Code    string     `json:"code,omitempty"`
	Detail  string     `json:"detail,omitempty"`  // what was expected, for people
	Lead    string     `json:"lead,omitempty"`    // the id that was asked for
	Current *desk.View `json:"current,omitempty"` // that lead as it stands, if it is known
}

// hello is the data of the first message.
type hello struct {
	Protocol string    `json:"protocol"`
	Person   person    `json:"person"`
	Now      time.Time `json:"now"`
	Missed   int64     `json:"missed"` // entries after the client's cursor; a filter may hide some
}

type person struct {
	ID     string      `json:"id"`
	Email  string      `json:"email"`
	Name   string      `json:"name"`
	Role   auth.Role   `json:"role"`
	Site   string      `json:"site"`
	Filter auth.Filter `json:"filter"` // that holds, empty for none
}

func (c *conn) hello() []byte {
	p := c.person
	return c.message("hello", hello{Protocol, person{p.ID, p.Email, p.Name, p.Role, p.Site, p.Filter}, c.Now().UTC(), c.sub.Missed})
}

// message encodes one that is not of the feed; it carries the cursor reached,
// and so is made when everything up to there is on its way.
func (c *conn) message(kind string, data any) []byte {
	b, err := alert.Message{Type: kind, ID: rand.Text(), Cursor: c.sub.Reached(), At: c.Now().UTC(), Data: data}.Encode()
	if err != nil {
		panic(fmt.Errorf("wsapi: %w", err)) // all of it is plain structs
	}
	return b
}
