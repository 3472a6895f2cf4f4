// Package intake takes a touch in and leaves a durable lead behind: it checks
// the signed sessions and whether the evidence is plausible, replays it through
// the engine that the browser ran, finds the person and applies the touch.
package intake

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"net/url"
	"slices"
	"sync"
	"time"

	"assay/server/internal/lead"
)

// Keys are 32 random bytes each. Servers that share a store share them.
type Keys struct {
	Session  []byte // signs sessions
	Identity []byte // hashes mail addresses and visitor ids
}

// Service takes touches in. It is safe for concurrent use.
type Service struct {
	Stats Stats

	store Store
	keys  Keys
	now   func() time.Time
	newID func() string
	kick  func(site string)
	beats beats

	expired sync.Map // by site: when its old left forms were last removed
}

// New makes a service. Kick is called after an outbox of a site was filled.
func New(store Store, keys Keys, now func() time.Time, kick func(site string)) *Service {
	s := &Service{store: store, keys: keys, now: now, kick: kick}
	s.newID = func() string { return orderedID(s.now()) }
	return s
}

// orderedID gives an id that nobody can guess, 80 random bits, after the
// instant: in a store's indexes, new records then stand side by side.
func orderedID(now time.Time) string {
	b := make([]byte, 10)
	_, _ = rand.Read(b) // never fails
	return orderedBy(now, b)
}

// orderedBy writes an instant and the first 80 of some bits as an id.
func orderedBy(at time.Time, bits []byte) string {
	b := make([]byte, 16)
	binary.BigEndian.PutUint64(b, uint64(at.UnixMilli())<<16)
	copy(b[6:], bits)
	return ordered.EncodeToString(b)
}

// ordered writes bytes so that texts sort as the bytes do.
var ordered = base32.NewEncoding("0123456789abcdefghijklmnopqrstuv").WithPadding(base32.NoPadding)

// Open starts a session: the signed token for a boot answer, and its start in
// unix seconds. The visitor may be empty.
func (s *Service) Open(site, visitor string) (token string, started int64) {
	started = s.now().Unix()
	return sign(s.keys.Session, session{ID: s.newID(), Site: site, Visitor: visitor, Start: started}), started
}

// Accept makes a submission durable and applies it. It gives nil once a power
// cut could not lose it, also when its id is known already; a *Fault when a
// member is wrong, and then nothing was stored; ErrBusy when the store is full.
func (s *Service) Accept(ctx context.Context, site Site, sub *Submission) error {
	now := s.now()
	t, j, err := s.touch(&site, sub, now)
	if err != nil {
		return err
	}
	alerted, taken := false, lead.Verdict("")
	err = s.store.Update(ctx, site.Key, func(tx lead.Tx) error {
		alerted, taken = false, ""
		f := &finder{tx: tx, r: site.Model.Rater, now: now}
		who, err := s.find(f, t)
		if err != nil {
			return err
		}
		stored := settle(t, j, who, site.Model.Rater)
		inserted, err := tx.InsertTouch(stored)
		if err != nil || !inserted {
			return err
		}
		taken = stored.Verdict
		alerted, err = s.apply(f, stored, who)
		return err
	})
	if err == nil {
		s.Stats.count(taken)
	}
	if err == nil && alerted {
		s.kick(site.Key)
	}
	return err
}

// Recover applies touches that were stored but, for a crash in between, are
// part of no lead five seconds later. It gives how many there were.
func (s *Service) Recover(ctx context.Context, site Site) (int, error) {
	now := s.now()
	left, err := s.store.Unapplied(ctx, site.Key, now.Add(-5*time.Second), 100)
	faults := []error{err}
	for _, t := range left {
		faults = append(faults, s.store.Update(ctx, site.Key, func(tx lead.Tx) error {
			f := &finder{tx: tx, r: site.Model.Rater, now: now, again: true}
			who, err := s.find(f, t)
			if err != nil {
				return err
			}
			_, err = s.apply(f, t, who)
			return err
		}))
	}
	if len(left) > 0 {
		s.kick(site.Key)
	}
	return len(left), errors.Join(faults...) // one that fails does not stop those behind it
}

// touch makes the record of a submission, its verdict still open.
func (s *Service) touch(site *Site, sub *Submission, now time.Time) (*lead.Touch, *judged, error) {
	kept := *sub
	if !site.allows(sub) {
		kept.Visitor, kept.Visits = "", nil
	}
	j, err := s.judge(site, &kept, now)
	if err != nil {
		return nil, nil, err
	}
	if len(sub.Visits) > len(kept.Visits) {
		j.findings.add(noConsent)
	}
	answers := map[string]string{}
	for _, name := range site.Answers {
		if v := kept.Answers[name]; v != "" {
			answers[name] = v
		}
	}
	return &lead.Touch{ID: kept.ID, Site: site.Key, Type: kept.Type, Visitor: kept.Visitor, At: kept.At.UTC(), Received: now.UTC(),
		Form: kept.Form, FormKind: site.kindOf(&kept), Page: bare(kept.Page), Referrer: bare(kept.Referrer), UTM: kept.UTM,
		Profile: kept.Profile, Answers: answers, Visits: j.visits, Model: kept.Model, Claim: kept.Claim, Objected: kept.Objected,
		Sample: kept.Sample}, j, nil
}

// bare leaves query and fragment out of an address: they may hold anything, and so
// may all of one that is no page's, such as data: or javascript:.
func bare(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Opaque != "" || !slices.Contains(pageSchemes, u.Scheme) {
		return ""
	}
	u.RawQuery, u.Fragment, u.User = "", "", nil
	return u.String()
}

// pageSchemes are those of addresses that visitors come from and go to: a page may
// give a path alone, and an app that somebody came from has a scheme of its own.
var pageSchemes = []string{"", "http", "https", "android-app"}

// settle gives a copy of the touch with its verdict, which depends on what the
// contact's sessions sent before. A claim under a retired or unknown model is
// held to the present one: where that makes a difference, it is corrected.
func settle(open *lead.Touch, j *judged, who *contact, r *lead.Rater) *lead.Touch {
	if who.objected() || open.Objected && !j.findings.suspect() {
		return unscored(open)
	}
	t, found := *open, slices.Clone(j.findings)
	own := who.own(t.Visits)
	if len(own) < len(t.Visits) {
		found.add(sessionOfAnotherContact)
	}
	for _, v := range own {
		if who.diverges(v) {
			found.add(logDiverges)
		}
	}
	if s, err := r.Alone(&t); err == nil {
		t.Score = lead.ClaimOf(s)
	} else { // instants out of range
		found.add(notScorable)
	}
	if t.Claim != nil && t.Model != r.Version {
		found.add(otherModel)
	}
	switch {
	case found.suspect():
		t.Verdict = lead.Suspect
	case len(own) == 0:
		t.Verdict = lead.Unverified
	case t.Claim != nil && *t.Claim != *t.Score:
		t.Verdict = lead.Corrected
	default:
		t.Verdict = lead.Verified
	}
	t.Findings, t.Visits = found, who.named(t.Visits)
	if found.suspect() && who.known != nil && who.known.Suspects() >= lead.MaxSuspects {
		t.Profile, t.Answers, t.Visits, t.UTM = nil, nil, nil, nil // nobody will review so many: its id is enough
	}
	return &t
}

// unscored gives a copy of the touch of somebody who objected: without evidence,
// claim and score, and judged by nothing.
func unscored(open *lead.Touch) *lead.Touch {
	t, found := *open, findings(nil)
	found.add(objection)
	t.Visits, t.Model, t.Claim, t.Score = nil, "", nil, nil
	t.Verdict, t.Findings = lead.Unverified, found
	return &t
}

// apply ties the touch's identities, makes it part of its lead and reports
// whether there is something to tell of.
func (s *Service) apply(f *finder, t *lead.Touch, who *contact) (alerted bool, err error) {
	if f.again && who.names(t) { // all but the mark was done
		return len(who.known.Outbox) > 0, f.tx.SetApplied(t.ID, who.known.ID)
	}
	l, err := s.lead(f, t, who)
	if err != nil {
		return false, err
	}
	changed, err := l.Apply(t, f.r, f.now)
	if err != nil {
		return false, err
	}
	alerted = len(l.Outbox) > 0
	if changed {
		if err := lead.Save(f.tx, l, f.r); err != nil {
			return false, err
		}
	}
	return alerted, f.tx.SetApplied(t.ID, l.ID)
}
