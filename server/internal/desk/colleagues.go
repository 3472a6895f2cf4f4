package desk

import (
	"context"
	"time"

	"assay/server/internal/lead"
)

// maxColleagues is how many people of one company a lead is shown with.
const maxColleagues = 20

// Colleague is another lead of the same company: of the same business mail
// domain.
type Colleague struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Role      string    `json:"role"`
	Stage     string    `json:"stage"`
	Owner     string    `json:"owner"`
	OwnerName string    `json:"owner_name"` // filled in by who knows people
	LastSeen  time.Time `json:"last_seen"`
}

// colleagues gives those who were seen last.
func (s *Service) colleagues(ctx context.Context, site string, l *lead.Lead) ([]Colleague, error) {
	list := []Colleague{}
	found, err := s.store.Colleagues(ctx, site, l.Domain, maxColleagues+1)
	if err != nil {
		return nil, err
	}
	for _, c := range found {
		if c.ID != l.ID && len(list) < maxColleagues {
			list = append(list, Colleague{ID: c.ID, Name: c.Field("name"), Role: c.Field("role"), Stage: c.Stage, Owner: c.Owner, LastSeen: c.LastSeen})
		}
	}
	return list, nil
}
