package apptest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// Touch is a touch as it goes over the wire.
type Touch map[string]any

// Submit makes a sound touch of somebody who asks for a demo, of whom an ICP
// dreams. It has no evidence.
func Submit(id string) Touch {
	return Touch{"id": id, "type": "submit", "site": "demo", "visitor": "v-" + id, "form": "book-a-demo", "form_kind": "demo",
		"at": time.Now().UTC().Format(time.RFC3339), "page": "http://localhost/demo/book-a-demo/",
		"profile": map[string]any{"email": id + "@northbeck.test", "name": "Lead " + id, "company": "Northbeck", "role": "Head of planning",
			"industry": "Manufacturing", "company_size": "250", "country": "Germany"}}
}

// With gives a copy with a member set; nil removes it.
func (t Touch) With(name string, v any) Touch {
	out := Touch{}
	for k, old := range t {
		out[k] = old
	}
	out[name] = v
	if v == nil {
		delete(out, name)
	}
	return out
}

// Send delivers touches, each of which must be taken.
func (c *Client) Send(touches ...Touch) {
	c.t.Helper()
	for _, touch := range touches {
		c.JSON("POST", "/v1/touches", touch).Want(http.StatusAccepted)
	}
}

// SendMany delivers n touches of n people with ids that begin with a prefix.
func (c *Client) SendMany(prefix string, n int) {
	c.t.Helper()
	for i := range n {
		c.Send(Submit(fmt.Sprintf("%s%d", prefix, i)))
	}
}

// Lead is a part of a lead.
type Lead struct {
	ID        string `json:"id"`
	Email     string `json:"email"`
	Stage     string `json:"stage"`
	Owner     string `json:"owner"`
	OwnerName string `json:"owner_name"`
}

// Leads lists leads, with a query such as "?stage=lead".
func (c *Client) Leads(query string) []Lead {
	c.t.Helper()
	var list struct{ Items []Lead }
	c.Get("/v1/leads" + query).Want(http.StatusOK).Into(&list)
	return list.Items
}

// Message is a message of the feed.
type Message struct {
	Type   string          `json:"type"`
	ID     string          `json:"id"`
	Cursor int64           `json:"cursor"`
	At     time.Time       `json:"at"`
	Data   json.RawMessage `json:"data"`
}

// Alerts reads history, with a query such as "?after=3".
func (c *Client) Alerts(query string) (items []Message, next string) {
	c.t.Helper()
	var list struct {
		Items []Message
		Next  string `json:"next_cursor"`
	}
	c.Get("/v1/alerts" + query).Want(http.StatusOK).Into(&list)
	return list.Items, list.Next
}

// PersonID gives the id of the person who is signed in.
func (c *Client) PersonID() string {
	c.t.Helper()
	var who struct{ Person struct{ ID string } }
	c.Get("/v1/session").Want(http.StatusOK).Into(&who)
	return who.Person.ID
}
