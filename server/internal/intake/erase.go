package intake

import (
	"context"
	"maps"
	"math"
	"slices"

	"assay/server/internal/lead"
)

// LeadOf gives the lead that a mail address stands for by now: lead.ErrNotFound.
func (s *Service) LeadOf(ctx context.Context, site Site, email string) (id string, err error) {
	hash := s.MailIdentity(site.Key, email)
	err = s.store.Update(ctx, site.Key, func(tx lead.Tx) error {
		tied, err := tx.Identities(hash)
		if err != nil {
			return err
		}
		l, err := lead.Find(tx, tied[hash], site.Model.Rater, s.now())
		if err == nil {
			id = l.ID
		}
		return err
	})
	return id, err
}

// Erase removes all that is kept of a person: the contact that an id stands for
// by now, those that were merged into it, their touches and their identities
// (domain rule 31). An unknown id is lead.ErrNotFound; what a crash left can be
// erased by calling it again. The ids of touches stay, so that none is taken in
// again; they say nothing of the person.
func (s *Service) Erase(ctx context.Context, site Site, id string) error {
	var leads, identities []string
	err := s.store.Update(ctx, site.Key, func(tx lead.Tx) error {
		l, err := lead.Find(tx, id, site.Model.Rater, s.now())
		if err != nil {
			return err
		}
		leads = append([]string{l.ID}, l.Members...)
		identities, err = s.identitiesOf(tx, site.Key, leads)
		return err
	})
	if err != nil {
		return err
	}
	return s.store.Erase(ctx, site.Key, leads, identities)
}

// identitiesOf gives what stands for some contacts: their mail addresses,
// browsers and sessions, as far as these are tied to none but them.
func (s *Service) identitiesOf(tx lead.Tx, site string, leads []string) ([]string, error) {
	all := map[string]bool{}
	for _, id := range leads {
		l, err := tx.Lead(id)
		if err != nil {
			return nil, err
		}
		touches, err := tx.Touches(id, math.MaxInt32)
		if err != nil {
			return nil, err
		}
		touches = append(touches, &lead.Touch{Site: site, Profile: l.Profile, Visits: l.Visits})
		for _, visitor := range l.Visitors {
			touches = append(touches, &lead.Touch{Site: site, Visitor: visitor})
		}
		for _, t := range touches {
			for _, hash := range s.hashesOf(t) {
				all[hash] = true
			}
		}
	}
	tied, err := tx.Identities(slices.Sorted(maps.Keys(all))...)
	if err != nil {
		return nil, err
	}
	var theirs []string
	for hash, id := range tied {
		if slices.Contains(leads, id) {
			theirs = append(theirs, hash)
		}
	}
	slices.Sort(theirs)
	return theirs, nil
}

// hashesOf gives all identities that a touch brings.
func (s *Service) hashesOf(t *lead.Touch) (list []string) {
	for _, hash := range []string{s.MailIdentity(t.Site, t.Profile["email"]), s.identity(t.Site, "visitor", t.Visitor)} {
		if hash != "" {
			list = append(list, hash)
		}
	}
	for _, v := range t.Visits {
		list = append(list, sessionIdentity(v.Session))
	}
	return list
}
