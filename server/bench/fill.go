package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"assay/server/internal/catalog"
	"assay/server/internal/config"
	"assay/server/internal/demo"
	"assay/server/internal/desk"
	"assay/server/internal/intake"
	"assay/server/internal/lead"
	"assay/server/internal/sqlitestore"
)

// patterns is how many leads of the demo's generator are copied again and again.
const patterns = 400

// batch is how many leads share a unit of work while a store is filled.
const batch = 500

// Owners and a form that few leads have.
const (
	ownerOfMany = "person-of-many"
	ownerOfFew  = "person-of-few"
	rareForm    = "webinar"
)

// filler fills a store with leads: copies of the demo's samples, which went
// through intake and so are of every stage, grade and form, each with a name and
// address of its own. They are not marked sample.
type filler struct {
	store    *sqlitestore.Store
	patterns []*lead.Lead
	random   *mathrand.Rand
}

// fill makes a store of n leads in a folder. It does not sync: a power cut
// during a benchmark loses nothing that anybody wants.
func fill(ctx context.Context, s *settings, n int) (err error) {
	f := &filler{random: mathrand.New(mathrand.NewPCG(1, 1))}
	if f.patterns, err = makePatterns(ctx, s); err != nil {
		return err
	}
	if f.store, err = sqlitestore.Open(filepath.Join(s.dir, "assay"), sqlitestore.Options{Synchronous: "OFF"}); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.store.Close()) }()
	begun := time.Now()
	for done := 0; done < n; {
		many := min(batch, n-done)
		err := f.store.Update(ctx, demo.Key, func(tx lead.Tx) error { return f.add(tx, done, many) })
		if err != nil {
			return err
		}
		done += many
		if done%(100*batch) == 0 || done == n {
			fmt.Fprintf(os.Stderr, "  filled %d of %d leads, %.0f a second\n", done, n, float64(done)/time.Since(begun).Seconds())
		}
	}
	return nil
}

// makePatterns lets the demo's generator make leads in a store of their own.
func makePatterns(ctx context.Context, s *settings) (_ []*lead.Lead, err error) {
	store, err := sqlitestore.Open(filepath.Join(s.dir, "patterns"), sqlitestore.Options{Synchronous: "OFF"})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if _, err := demo.Ensure(ctx, store, demo.Options{Password: password}); err != nil {
		return nil, err
	}
	keys, err := config.LoadKeys(s.keys)
	if err != nil {
		return nil, err
	}
	site, err := catalog.New(store, nil, time.Now).Site(ctx, demo.Key)
	if err != nil {
		return nil, err
	}
	_, err = demo.AddSamples(ctx, store, intake.Keys{Session: keys.Session, Identity: keys.Identity}, site.Intake, patterns, time.Now())
	if err != nil {
		return nil, err
	}
	var all []*lead.Lead
	for q := (desk.Query{Limit: 200}); ; {
		page, err := store.Leads(ctx, demo.Key, q)
		if err != nil {
			return nil, err
		}
		all = append(all, page.Leads...)
		if q.Cursor = page.Next; q.Cursor == "" {
			return all, nil
		}
	}
}

func (f *filler) add(tx lead.Tx, from, many int) error {
	for i := from; i < from+many; i++ {
		if err := tx.SaveLead(f.lead(i)); err != nil {
			return err
		}
	}
	return nil
}

// lead makes the lead with a number. Its id is random, as all are.
func (f *filler) lead(i int) *lead.Lead {
	l := *f.patterns[f.random.IntN(len(f.patterns))]
	id := make([]byte, 15)
	_, _ = rand.Read(id) // never fails
	l.ID, l.Rev, l.Sample = base64.RawURLEncoding.EncodeToString(id), 0, false
	l.Profile = maps.Clone(l.Profile)
	l.Domain = fmt.Sprintf("company-%06d.test", i/3)
	l.Profile["email"] = fmt.Sprintf("person-%07d@%s", i, l.Domain)
	l.Profile["name"] = fmt.Sprintf("Person %07d", i)
	l.Profile["company"] = fmt.Sprintf("Company %06d", i/3)
	l.LastSeen = l.LastSeen.Add(-time.Duration(f.random.Int64N(int64(72 * time.Hour))))
	f.mark(&l, i)
	return &l
}

// mark gives some leads what samples do not have, and each prospect an alert.
func (f *filler) mark(l *lead.Lead, i int) {
	switch {
	case i%10 == 0:
		l.Owner = ownerOfMany
	case i%9973 == 0:
		l.Owner = ownerOfFew
	}
	switch {
	case i%20 == 1:
		l.Verdict = lead.Unverified
	case i%211 == 2:
		l.Verdict = lead.Corrected
	}
	if i%33 == 3 {
		l.Nurturing = true
	}
	if i%4999 == 4 {
		l.Form = rareForm
	}
	if l.Stage == "prospect" {
		l.Outbox = []lead.Event{{ID: "bench-" + l.ID, Type: lead.TypeAlert, Lead: l.ID, At: l.LastSeen, Alert: &lead.Alert{
			Kind: lead.KindProspect, Form: l.Form, Page: l.Page, Stage: l.Stage, Grade: l.Cell.Grade, Band: l.Cell.Band, Verdict: l.Verdict,
			Reasons:   []lead.Reason{{Label: "Asked for a demo", Points: 50}, {Label: "Company of the right size", Points: 20}, {Label: "Target industry", Points: 20}},
			Questions: []string{"What is the budget?", "Who decides?"}}}}
	}
}
