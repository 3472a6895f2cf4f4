package alert

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"assay/server/internal/lead"
)

// Frame is a message as it goes over the wire. Subscribers share its bytes and
// do not change them.
type Frame struct {
	Cursor int64
	JSON   []byte
}

// Message is what history and stream give.
type Message struct {
	Type   string    `json:"type"`
	ID     string    `json:"id"`
	Cursor int64     `json:"cursor"`
	At     time.Time `json:"at"`
	Data   any       `json:"data"`
}

// Alert is the data of an alert message. Of a lead that was merged since, it
// names the survivor.
type Alert struct {
	Lead      string        `json:"lead"`
	Kind      string        `json:"kind"`
	Quiet     bool          `json:"quiet"`
	Who       Who           `json:"who"`
	Form      string        `json:"form"`
	Page      string        `json:"page"`
	Stage     string        `json:"stage"`
	Grade     string        `json:"grade"`
	Band      string        `json:"band"`
	Verdict   lead.Verdict  `json:"verdict"`
	Reasons   []lead.Reason `json:"reasons"`
	Questions []string      `json:"questions"`
	Held      []string      `json:"held,omitempty"`
	Owner     string        `json:"owner"`
	OwnerName string        `json:"owner_name"`
}

// Who is a lead's contact data, as of the delivery.
type Who struct {
	Name    string `json:"name"`
	Company string `json:"company"`
	Role    string `json:"role"`
	Email   string `json:"email"`
	Phone   string `json:"phone"`
	Country string `json:"country"`
}

// Change is the data of a lead message.
type Change struct {
	Lead string `json:"lead"`
	lead.Change
	OwnerName string `json:"owner_name"`
}

// frames hydrates entries and encodes them. Entries of leads that are gone are
// left out; their cursors stay unused.
func (s *Service) frames(ctx context.Context, site string, entries []Entry) ([]Frame, error) {
	leads, err := s.leads(ctx, site, entries)
	if err != nil {
		return nil, err
	}
	frames := make([]Frame, 0, len(entries))
	for _, e := range entries {
		l := leads[e.Lead]
		if l == nil {
			continue
		}
		m := Message{Type: e.Type, ID: e.ID, Cursor: e.Cursor, At: e.At.UTC()}
		switch {
		case e.Alert != nil:
			m.Data = s.alert(ctx, site, survivor(l, leads), e.Alert)
		case e.Change != nil:
			m.Data = Change{l.ID, *e.Change, s.dir.PersonName(ctx, site, e.Change.Owner)}
		default:
			continue
		}
		b, err := json.Marshal(m)
		if err != nil {
			return nil, fmt.Errorf("alert: message %s: %w", e.ID, err)
		}
		frames = append(frames, Frame{e.Cursor, b})
	}
	return frames, nil
}

func (s *Service) alert(ctx context.Context, site string, l *lead.Lead, a *lead.Alert) Alert {
	return Alert{
		Lead: l.ID, Kind: a.Kind, Quiet: a.Quiet, Form: a.Form, Page: a.Page, Stage: a.Stage, Grade: a.Grade,
		Band: a.Band, Verdict: a.Verdict, Held: a.Held,
		Reasons: append([]lead.Reason{}, a.Reasons...), Questions: append([]string{}, a.Questions...),
		Who: Who{Name: l.Field("name"), Company: l.Field("company"), Role: l.Field("role"),
			Email: l.Field("email"), Phone: l.Field("phone"), Country: l.Field("country")},
		Owner: l.Owner, OwnerName: s.dir.PersonName(ctx, site, l.Owner),
	}
}
