package intake

import (
	"context"
	"slices"
	"time"

	"assay/server/internal/lead"
	"assay/shared/score"
)

// Live takes in that a visitor is on a form at this moment: where the site wants
// to know and the visitor's consent stands, for sessions that this server signed
// and evidence that is plausible. Of anything else it takes no notice, and of a
// broken log it gives a *Fault. A profile that came along is not looked at.
//
// Only of a visitor whose browser or session is tied to a contact there is
// somebody to tell of: when that contact, with this visit, is hot, an alert goes
// out by way of its outbox. All others are present, and nothing is kept of them.
func (s *Service) Live(ctx context.Context, site Site, sub *Submission) error {
	now := s.now()
	if !site.Live || !site.allows(sub) || sub.Objected {
		return nil
	}
	current, ok := s.current(&site, sub, now)
	if !ok {
		return nil
	}
	b, ok := s.beats.take(current.ID, now)
	if !ok {
		return nil
	}
	j, err := s.judge(&site, sub, now)
	if err != nil || j.findings.suspect() || len(j.visits) == 0 {
		return err
	}
	p := lead.Presence{Session: current.ID, Seen: now.UTC(), Since: time.Unix(current.Start, 0).UTC(), Form: sub.Form,
		FormKind: site.kindOf(sub), Page: bare(sub.Page), Verdict: lead.Verified}
	l := &live{Service: s, site: &site, now: now, visits: j.visits, p: &p, told: b.told.Load()}
	if err := l.rate(ctx, sub.Visitor); err != nil || !l.believed {
		return err
	}
	b.told.Store(l.told)
	return s.store.SavePresence(ctx, site.Key, p)
}

// current gives the newest session among those that a touch brings and that can
// be believed.
func (s *Service) current(site *Site, sub *Submission, now time.Time) (newest session, ok bool) {
	for _, v := range sub.Visits {
		one, found := verify(s.keys.Session, v.Session, site.Key, sub.Visitor, now)
		if found == plausible && (!ok || one.Start >= newest.Start) {
			newest, ok = one, true
		}
	}
	return newest, ok
}

// live is one beat on its way.
type live struct {
	*Service
	site   *Site
	now    time.Time
	visits []lead.Visit
	p      *lead.Presence

	told     bool // this session's alert went out
	believed bool // the evidence goes on from what the contact sent, who did not object
}

// rate scores the beat, with all that is known of whoever the visitor is.
func (l *live) rate(ctx context.Context, visitor string) error {
	r := l.site.Model.Rater
	alerted := false
	err := l.store.Update(ctx, l.site.Key, func(tx lead.Tx) error {
		alerted, l.believed, l.p.Lead = false, false, ""
		f := &finder{tx: tx, r: r, now: l.now}
		who, err := l.find(f, &lead.Touch{Site: l.site.Key, Visitor: visitor, Visits: l.visits})
		if err != nil {
			return err
		}
		contact, own := who.known, who.own(l.visits)
		if who.objected() || slices.ContainsFunc(own, who.diverges) {
			return nil
		}
		l.believed = true
		if contact == nil || contact.Verdict == lead.Suspect {
			s, err := r.Score(&score.Input{Now: l.now.Unix(), Said: l.now.Unix(), Visits: lead.Evidence(own)})
			l.shows(s)
			return err
		}
		s, err := contact.Meanwhile(own, r, l.now)
		if err != nil {
			return err
		}
		l.shows(s)
		l.p.Lead = contact.ID
		if l.told || !contact.TellLive(l.p, s, r, l.now) {
			return nil
		}
		alerted = true
		return lead.Save(tx, contact, r)
	})
	if err == nil && alerted {
		l.told = true
		l.kick(l.site.Key)
	}
	return err
}

func (l *live) shows(s *score.Result) { l.p.Grade, l.p.Band = s.Grade(), s.Band.String() }
