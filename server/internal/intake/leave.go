package intake

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"assay/server/internal/lead"
	"assay/shared/profile"
)

// LeavesPerDay is how many left forms a site keeps of one UTC day: what programs
// send in bulk fills no store, and of so many people the first 5,000 show as well
// where they gave up. Whoever takes them from visitors bounds each one's share.
const LeavesPerDay = 5000

// ErrFull: the site has as many left forms of today as it keeps.
var ErrFull = errors.New("intake: the site has its left forms of today")

// Leave keeps that a visitor began a form and went without sending it: where the
// site wants to know and the visitor's consent stands, for sessions that this
// server signed and evidence that is plausible, of who did not object. Of
// anything else it takes no notice, but for Stats, and of a broken log it gives a
// *Fault. It gives nil once a power cut could not lose the record, also when its
// id is known already, and ErrFull.
//
// The evidence is what the record is believed for, and is not kept. No contact
// is made, found by it or changed.
func (s *Service) Leave(ctx context.Context, site Site, sub *Submission) error {
	outcome, err := s.leave(ctx, &site, sub, s.now())
	if errors.Is(err, ErrFull) {
		outcome = leaveFull
	}
	s.Stats.countLeave(outcome)
	return err
}

func (s *Service) leave(ctx context.Context, site *Site, sub *Submission, now time.Time) (leaveOutcome, error) {
	if !site.Leave || !site.allows(sub) || sub.Objected {
		return leaveUnwanted, nil
	}
	current, ok := s.current(site, sub, now)
	if !ok {
		return leaveUnsigned, nil
	}
	j, err := s.judge(site, sub, now)
	if err != nil {
		return leaveNone, err
	}
	if j.findings.suspect() {
		return leaveSuspect, nil
	}
	outcome, err := s.believes(ctx, site, sub.Visitor, j.visits, now)
	if err != nil || outcome != leaveNone {
		return outcome, err
	}
	l := &lead.Leave{ID: sub.ID, By: s.identity(site.Key, "visitor", sub.Visitor), At: sub.At.UTC(), Received: now.UTC().Truncate(time.Millisecond),
		Form: sub.Form, FormKind: site.kindOf(sub), Page: bare(sub.Page), Left: sub.Left}
	if l.By == "" {
		l.By = sessionIdentity(current.ID)
	}
	l.Left.Field = site.fieldOf(l.Left.Field)
	inserted, err := s.store.SaveLeave(ctx, site.Key, l, LeavesPerDay)
	switch {
	case err != nil:
		return leaveNone, err
	case !inserted:
		return leaveKnown, nil
	}
	return leaveKept, nil
}

// believes looks whether evidence goes on from what its contact's sessions sent
// before, and whether they objected: leaveNone when nothing speaks against it.
func (s *Service) believes(ctx context.Context, site *Site, visitor string, visits []lead.Visit, now time.Time) (outcome leaveOutcome, err error) {
	err = s.store.Update(ctx, site.Key, func(tx lead.Tx) error {
		outcome = leaveNone
		f := &finder{tx: tx, r: site.Model.Rater, now: now}
		who, err := s.find(f, &lead.Touch{Site: site.Key, Visitor: visitor, Visits: visits})
		switch {
		case err != nil:
			return err
		case who.objected():
			outcome = leaveUnwanted
		case slices.ContainsFunc(who.own(visits), who.diverges):
			outcome = leaveSuspect
		}
		return nil
	})
	return outcome, err
}

// fieldOf gives the name of a field as it may be kept: one that this product or
// the site's own settings know, or a place in the form. Any other is a page's
// text and left out.
func (s *Site) fieldOf(name string) string {
	if _, ok := profile.FieldOf(name); ok || slices.Contains(s.Answers, name) {
		return name
	}
	place, ok := strings.CutPrefix(name, "#")
	if n, err := strconv.ParseUint(place, 10, 16); !ok || err != nil || n < 1 || n > 999 {
		return ""
	}
	return name
}

// LeavesOf gives the forms that were left in the browsers of the person that an
// id stands for by now, oldest first: lead.ErrNotFound.
func (s *Service) LeavesOf(ctx context.Context, site Site, id string) ([]*lead.Leave, error) {
	p, err := s.person(ctx, site, id)
	if err != nil {
		return nil, err
	}
	return s.store.LeavesBy(ctx, site.Key, p.identities)
}

// Leaves gives a site's left forms in the order in which they came, after a
// place in it, and at most limit.
func (s *Service) Leaves(ctx context.Context, site string, after LeavePlace, limit int) ([]*lead.Leave, error) {
	return s.store.Leaves(ctx, site, after, limit)
}

// expireEvery is how often a site's left forms are looked at for old ones.
const expireEvery = time.Hour

// expireAtOnce is how many go in one step, so that nobody waits long for it.
const expireAtOnce = 1000

// Expire removes a site's left forms whose time is over, once an hour.
func (s *Service) Expire(ctx context.Context, site string) error {
	now := s.now()
	if last, ok := s.expired.Load(site); ok && now.Sub(last.(time.Time)) < expireEvery {
		return nil
	}
	for {
		n, err := s.store.DropLeaves(ctx, site, now.Add(-lead.LeaveLife), expireAtOnce)
		if err != nil {
			return err
		}
		if n < expireAtOnce {
			s.expired.Store(site, now)
			return nil
		}
	}
}
