package alert

import (
	"context"
	"fmt"
	"time"

	"assay/server/internal/lead"
)

// Presence is the data of a presence message: a visitor on a form now. Who it is,
// is told when the browser is tied to a lead.
type Presence struct {
	Visit     string       `json:"visit"` // the same in all messages of one
	Here      bool         `json:"here"`
	Since     time.Time    `json:"since"`
	Form      string       `json:"form"`
	FormKind  string       `json:"form_kind"`
	Page      string       `json:"page"`
	Grade     string       `json:"grade"`
	Band      string       `json:"band"`
	Verdict   lead.Verdict `json:"verdict"`
	Lead      string       `json:"lead,omitempty"`
	Who       *Who         `json:"who,omitempty"`
	Owner     string       `json:"owner"`
	OwnerName string       `json:"owner_name"`
}

// Gone is the data of a presence message that a visitor is on no form any more, or
// shows what the person's filter hides.
type Gone struct {
	Visit string `json:"visit"`
	Here  bool   `json:"here"` // false
}

// here is somebody who is present.
type here struct {
	lead.Presence
	message Message
	frame   *Frame // the message as it was told last
}

// at gives what newcomers are told, under the cursor that they have reached: with
// an older one they would come back for what they had, with a newer one never
// for what they had not. All who come at one cursor share it.
func (h *here) at(cursor int64) *Frame {
	if h.frame.Cursor == cursor {
		return h.frame
	}
	m := h.message
	m.Cursor = cursor
	if b, err := m.Encode(); err == nil { // it was encoded before
		h.frame = &Frame{Cursor: cursor, JSON: b, about: h.frame.about, visit: h.frame.visit}
	}
	return h.frame
}

// arrival makes the message that somebody is here, and what is told to who saw
// them and is not to see this.
func (s *Service) arrival(ctx context.Context, site string, p lead.Presence, l *lead.Lead, head int64, now time.Time) (*here, error) {
	d := Presence{Visit: p.Session, Here: true, Since: p.Since.UTC(), Form: shown(p.Form), FormKind: p.FormKind, Page: shown(p.Page),
		Grade: p.Grade, Band: p.Band, Verdict: p.Verdict}
	about := facts{kind: lead.KindLive, grade: p.Grade, form: p.Form, at: now}
	if l != nil {
		w := who(l)
		d.Lead, d.Who, d.Owner, d.OwnerName = l.ID, &w, l.Owner, s.dir.PersonName(ctx, site, l.Owner)
		about.owner, about.country = l.Owner, territory(w.Country)
	}
	m := Message{Type: "presence", ID: beatID(&p), Cursor: head, At: now.UTC(), Data: d}
	b, err := m.Encode()
	if err != nil {
		return nil, err
	}
	gone, err := departure(&p, head, now)
	if err != nil {
		return nil, err
	}
	return &here{p, m, &Frame{Cursor: head, JSON: b, about: about, visit: &visit{session: p.Session, gone: gone}}}, nil
}

// departure makes the message that somebody is not here any more.
func departure(p *lead.Presence, head int64, now time.Time) (*Frame, error) {
	b, err := Message{Type: "presence", ID: beatID(p) + "-gone", Cursor: head, At: now.UTC(), Data: Gone{Visit: p.Session}}.Encode()
	return &Frame{Cursor: head, JSON: b, visit: &visit{session: p.Session}}, err
}

func beatID(p *lead.Presence) string { return fmt.Sprintf("%s-%d", p.Session, p.Seen.UnixMilli()) }
