package intake

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"assay/server/internal/lead"
)

// EraseMail erases whom a mail address stands for, as Erase does, and gives their
// id. Where a crash left the address alone, that goes.
func (s *Service) EraseMail(ctx context.Context, site Site, email string) (id string, err error) {
	id, err = s.LeadOf(ctx, site, email)
	switch {
	case err == nil:
		return id, s.erase(ctx, site, id, s.MailIdentity(site.Key, email))
	case errors.Is(err, lead.ErrNotFound) && id != "":
		return id, s.store.Erase(ctx, site.Key, nil, nil, []string{s.MailIdentity(site.Key, email)})
	}
	return "", err
}

// Forget removes the id that an erasure left of a touch: of one that nobody can send
// again.
func (s *Service) Forget(ctx context.Context, site Site, touch string) error {
	return s.store.Forget(ctx, site.Key, touch)
}

// LeadOf gives the lead that a mail address stands for by now: lead.ErrNotFound,
// with an id where there is no such lead any more.
func (s *Service) LeadOf(ctx context.Context, site Site, email string) (id string, err error) {
	hash := s.MailIdentity(site.Key, email)
	err = s.store.Update(ctx, site.Key, func(tx lead.Tx) error {
		tied, err := tx.Identities(hash)
		if err != nil {
			return err
		}
		id = tied[hash]
		l, err := lead.Find(tx, id, site.Model.Rater, s.now())
		if err == nil {
			id = l.ID
		}
		return err
	})
	return id, err
}

// eraseTries is how often an erasure begins again because somebody wrote one of
// the records meanwhile.
const eraseTries = 10

// Erase removes all that is kept of a person: the contact that an id stands for
// by now, those that were merged into it, their touches and their identities
// (domain rule 31). An unknown id is lead.ErrNotFound; what a crash left can be
// erased by calling it again. The ids of touches stay, so that none is taken in
// again; they say nothing of the person. What joins the person while it goes on
// is found and erased too; where that never ends, it is lead.ErrConflict.
func (s *Service) Erase(ctx context.Context, site Site, id string) error {
	return s.erase(ctx, site, id)
}

// erase erases a person, and the identity by which somebody asked for them: what
// a crash left may know of it no more.
func (s *Service) erase(ctx context.Context, site Site, id string, asked ...string) error {
	root := ""
	for try := 1; ; try++ {
		p, err := s.person(ctx, site, id)
		switch {
		case errors.Is(err, lead.ErrNotFound) && root != "" && id != root:
			id = root // the try before got as far as the member that was named
			continue
		case err != nil:
			return err
		}
		root = p.root
		err = s.store.Erase(ctx, site.Key, p.leads, p.identities, append(p.mails, asked...))
		if err == nil {
			return nil
		}
		if !errors.Is(err, lead.ErrConflict) || try == eraseTries {
			return fmt.Errorf("intake: an erasure is not finished: repeat it for %s: %w", root, err)
		}
	}
}

// person is all that a store keeps of somebody.
type person struct {
	root       string
	leads      []Revision // members before what they are part of, so that the root finds what a crash leaves
	identities []string   // of browsers and sessions
	mails      []string   // identities of mail addresses
}

// person reads it in one unit of work.
func (s *Service) person(ctx context.Context, site Site, id string) (p *person, err error) {
	err = s.store.Update(ctx, site.Key, func(tx lead.Tx) error {
		root, err := lead.Find(tx, id, site.Model.Rater, s.now())
		if err != nil {
			return err
		}
		p = &person{root: root.ID}
		leads, err := inward(tx, root)
		if err != nil {
			return err
		}
		for _, l := range leads {
			p.leads = append(p.leads, Revision{l.ID, l.Rev})
		}
		p.identities, p.mails, err = s.identitiesOf(tx, site.Key, leads)
		return err
	})
	return p, err
}

// inward gives a contact and its members, but for those that are gone: each
// before the one that it was merged into.
func inward(tx lead.Tx, root *lead.Lead) ([]*lead.Lead, error) {
	leads, into := []*lead.Lead{root}, map[string]string{}
	for _, id := range root.Members {
		m, err := tx.Lead(id)
		if errors.Is(err, lead.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if m.Merged != nil {
			into[id] = m.Merged.Into
		}
		leads = append(leads, m)
	}
	depth := func(l *lead.Lead) (n int) {
		for id := l.ID; id != root.ID && n <= len(leads); n++ {
			id = cmp.Or(into[id], root.ID)
		}
		return n
	}
	slices.SortStableFunc(leads, func(a, b *lead.Lead) int { return cmp.Compare(depth(b), depth(a)) })
	return leads, nil
}

// identitiesOf gives what stands for some contacts: their browsers and sessions,
// and their mail addresses, as far as these are tied to none but them.
func (s *Service) identitiesOf(tx lead.Tx, site string, leads []*lead.Lead) (identities, mails []string, err error) {
	isMail, whose := map[string]bool{}, map[string]bool{} // by identity, and by lead
	for _, l := range leads {
		whose[l.ID] = true
		touches, err := tx.Touches(l.ID, math.MaxInt32)
		if err != nil {
			return nil, nil, err
		}
		touches = append(touches, &lead.Touch{Site: site, Profile: l.Profile, Visits: l.Visits})
		for _, mail := range mailsOf(l) {
			touches = append(touches, &lead.Touch{Site: site, Profile: map[string]string{"email": mail}})
		}
		for _, visitor := range l.Visitors {
			touches = append(touches, &lead.Touch{Site: site, Visitor: visitor})
		}
		for _, t := range touches {
			mail := s.MailIdentity(site, t.Profile["email"])
			for _, hash := range s.hashesOf(t) {
				isMail[hash] = hash == mail
			}
		}
	}
	all := slices.Sorted(maps.Keys(isMail))
	tied, err := tx.Identities(all...)
	for _, hash := range all {
		switch {
		case !whose[tied[hash]]:
		case isMail[hash]:
			mails = append(mails, hash)
		default:
			identities = append(identities, hash)
		}
	}
	return identities, mails, err
}

// mailsOf gives the mail addresses that people said of a contact or replaced.
func mailsOf(l *lead.Lead) []string {
	mails := slices.Clone(l.Replaced["email"])
	for _, a := range l.Actions {
		mails = append(mails, a.Args["email"], a.Args[lead.WasPrefix+"email"])
	}
	return mails
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
