package alert

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"assay/server/internal/lead"
)

const (
	maxPresent = 500             // visitors told of in one site: a subscriber's queue holds them all
	clockSkew  = 2 * time.Second // by which clocks of servers that share a store may differ
)

// Presence is the data of a presence message: a visitor on a form now, or no
// longer. Who it is, is told when the browser is tied to a lead.
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

// here is somebody who is present.
type here struct {
	lead.Presence
	frame *Frame // what newcomers are told
}

// lookAround tells of those who came, changed or are gone, in all sites with
// listeners.
func (s *Service) lookAround(ctx context.Context) error {
	now := s.now()
	var fresh, known []string
	feeds := map[string]*feed{}
	for _, f := range s.listened() {
		feeds[f.site] = f
		if f.complete() {
			known = append(known, f.site)
		} else {
			fresh = append(fresh, f.site)
		}
	}
	found, err := s.seen(ctx, known, now.Add(-presenceEvery-clockSkew))
	if err != nil {
		return err
	}
	all, err := s.seen(ctx, fresh, now.Add(-lead.PresenceLife))
	if err != nil {
		return err
	}
	maps.Copy(found, all)
	present := 0
	for site, f := range feeds {
		n, err := s.tellPresence(ctx, f, found[site], now)
		if err != nil {
			return err
		}
		present += n
	}
	s.Stats.Present.Store(int64(present))
	return nil
}

func (s *Service) seen(ctx context.Context, sites []string, after time.Time) (map[string][]lead.Presence, error) {
	if len(sites) == 0 {
		return map[string][]lead.Presence{}, nil
	}
	return s.store.Presences(ctx, sites, after)
}

// tellPresence brings a site's list up to date, tells those who listen what
// changed, and gives how many are present.
func (s *Service) tellPresence(ctx context.Context, f *feed, seen []lead.Presence, now time.Time) (int, error) {
	f.turn.Lock()
	defer f.turn.Unlock()
	came, gone := f.differences(seen, now)
	people, err := s.dir.Roster(ctx, f.site)
	if err != nil {
		return 0, err
	}
	head, _ := f.heard()
	leads, err := s.known(ctx, f.site, came)
	if err != nil {
		return 0, err
	}
	var frames []*Frame
	for _, p := range append(came, gone...) {
		frame, err := s.presence(ctx, f.site, &p, leads[p.Lead], head, now)
		if err != nil {
			return 0, err
		}
		frames = append(frames, frame)
	}
	subs, n := f.replace(came, gone, frames)
	if len(frames) == 0 {
		return n, nil
	}
	s.deliver(subs, frames, 0, people)
	return n, nil
}

// known gives the leads of visitors who are tied to one.
func (s *Service) known(ctx context.Context, site string, list []lead.Presence) (map[string]*lead.Lead, error) {
	var ids []string
	for _, p := range list {
		if p.Lead != "" {
			ids = append(ids, p.Lead)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	slices.Sort(ids)
	return s.store.LeadsByID(ctx, site, slices.Compact(ids))
}

// presence makes the message that somebody is here, or is not any more.
func (s *Service) presence(ctx context.Context, site string, p *lead.Presence, l *lead.Lead, head int64, now time.Time) (*Frame, error) {
	d := Presence{Visit: p.Session, Here: isHere(p, now), Since: p.Since.UTC(), Form: shown(p.Form), FormKind: p.FormKind, Page: shown(p.Page),
		Grade: p.Grade, Band: p.Band, Verdict: p.Verdict}
	about := facts{kind: lead.KindLive, grade: p.Grade, form: p.Form, at: now}
	if l != nil {
		w := who(l)
		d.Lead, d.Who, d.Owner, d.OwnerName = l.ID, &w, l.Owner, s.dir.PersonName(ctx, site, l.Owner)
		about.owner, about.country = l.Owner, territory(w.Country)
	}
	id := fmt.Sprintf("%s-%d", p.Session, p.Seen.UnixMilli())
	if !d.Here {
		id += "-gone"
	}
	b, err := Message{Type: "presence", ID: id, Cursor: head, At: now.UTC(), Data: d}.Encode()
	if err != nil {
		return nil, err
	}
	return &Frame{Cursor: head, JSON: b, about: about}, nil
}

func isHere(p *lead.Presence, now time.Time) bool { return now.Sub(p.Seen) < lead.PresenceLife }
