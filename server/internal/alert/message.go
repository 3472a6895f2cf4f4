package alert

import (
	"context"
	"time"

	"assay/server/internal/lead"
)

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
	Lead string `json:"lead"`
	lead.Alert
	For       []string `json:"for,omitempty"` // people whom it is addressed to
	Who       Who      `json:"who"`
	Owner     string   `json:"owner"`
	OwnerName string   `json:"owner_name"`
}

// Who is a lead's contact data, as of the delivery, each cut to maxShown.
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
func (s *Service) frames(ctx context.Context, site string, entries []Entry, people people) ([]*Frame, error) {
	leads, err := s.leads(ctx, site, entries)
	if err != nil {
		return nil, err
	}
	frames := make([]*Frame, 0, len(entries))
	for i := range entries {
		e := &entries[i]
		l := leads[e.Lead]
		if l == nil {
			continue
		}
		now := survivor(l, leads)
		m := Message{Type: e.Type, ID: e.ID, Cursor: e.Cursor, At: e.At.UTC()}
		f := &Frame{Cursor: e.Cursor, entry: true, about: factsOf(e, now)}
		switch {
		case e.Alert != nil:
			m.Data = s.alert(ctx, site, now, e)
			f.about.loud = people.allMiss(&f.about)
		case e.Change != nil:
			m.Data = Change{l.ID, *e.Change, s.dir.PersonName(ctx, site, e.Change.Owner)}
		default:
			continue
		}
		if f.JSON, err = m.Encode(); err != nil {
			return nil, err
		}
		frames = append(frames, f)
	}
	return frames, nil
}

func (s *Service) alert(ctx context.Context, site string, l *lead.Lead, e *Entry) Alert {
	a := *e.Alert
	a.Form, a.Page = shown(a.Form), shown(a.Page)
	a.Reasons, a.Questions = append([]lead.Reason{}, a.Reasons...), append([]string{}, a.Questions...)
	return Alert{Lead: l.ID, Alert: a, For: e.For, Who: who(l), Owner: l.Owner, OwnerName: s.dir.PersonName(ctx, site, l.Owner)}
}

func who(l *lead.Lead) Who {
	said := func(field string) string { return shown(l.Field(field)) }
	return Who{Name: said("name"), Company: said("company"), Role: said("role"),
		Email: said("email"), Phone: said("phone"), Country: said("country")}
}
