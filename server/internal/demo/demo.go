// Package demo sets up the demo site and its people. Everything in it is made
// up, and all of it may be shown.
package demo

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"sync"

	"assay/server/internal/auth"
	"assay/server/internal/modeling"
)

// Key is the demo site's key.
const Key = "demo"

// Guide is whom the one-time link signs in: the rep whose feed the demo shows.
const Guide = "rep@demo.test"

// Options is what the set-up needs to know.
type Options struct {
	Origins  []string // of our own screens, which serve the demo's pages
	Password string   // of everybody; empty: a random one
}

// Accounts are the demo's people, who share a password.
type Accounts struct {
	People   []*auth.Person // admin, marketer, rep, rep2
	Password string
}

// Find gives a person by mail address, or nil.
func (a *Accounts) Find(email string) *auth.Person {
	for _, p := range a.People {
		if p.Email == email {
			return p
		}
	}
	return nil
}

// Ensure makes the demo site, with the starter model published, and its people
// able to sign in. It may be called again and again: people keep their ids, what
// was set of the site stays, and earlier models stay known.
func Ensure(ctx context.Context, store auth.Store, o Options) (*Accounts, error) {
	if err := ensureSite(ctx, store, o.Origins); err != nil {
		return nil, fmt.Errorf("demo site: %w", err)
	}
	a := &Accounts{Password: o.Password}
	if a.Password == "" {
		a.Password = rand.Text()[:16] // 80 bits
	}
	hash := sync.OnceValues(func() (string, error) { return auth.HashPassword(a.Password) })
	for _, who := range people {
		p, err := ensurePerson(ctx, store, who, a.Password, hash)
		if err != nil {
			return nil, fmt.Errorf("demo people: %w", err)
		}
		a.People = append(a.People, p)
	}
	return a, nil
}

// people are those of the contract; a name says what its bearer does.
var people = []auth.Person{
	{Email: "admin@demo.test", Name: "Demo admin", Role: auth.Admin},
	{Email: "marketer@demo.test", Name: "Demo marketer", Role: auth.Marketer},
	{Email: "rep@demo.test", Name: "Demo rep", Role: auth.Rep},
	{Email: "rep2@demo.test", Name: "Second demo rep", Role: auth.Rep},
}

// ensurePerson keeps who is there, and sets the password anew if it is another
// one. All share its hash: it is no secret that the password is the same.
func ensurePerson(ctx context.Context, store auth.Store, want auth.Person, password string, hash func() (string, error)) (*auth.Person, error) {
	p, err := store.PersonByEmail(ctx, want.Email)
	if errors.Is(err, auth.ErrNotFound) {
		want.ID, want.Site = rand.Text(), Key
		p = &want
	} else if err != nil {
		return nil, err
	}
	if p.Site != Key {
		return nil, fmt.Errorf("%s belongs to site %s already", p.Email, p.Site)
	}
	if p.Password != "" && auth.MatchPassword(password, p.Password) {
		return p, nil
	}
	if p.Password, err = hash(); err != nil {
		return nil, err
	}
	return p, store.SavePerson(ctx, Key, p)
}

// ensureSite makes the site, or has one that is there publish the starter model
// and allow all origins: whatever else people have set of it stays as it is.
func ensureSite(ctx context.Context, store auth.Store, origins []string) error {
	starter, err := modeling.Compile(modeling.StarterSource)
	if err != nil {
		return err
	}
	for {
		s, err := store.Site(ctx, Key)
		if errors.Is(err, auth.ErrNotFound) {
			s, err = site(), nil
		}
		if err != nil {
			return err
		}
		if !prepare(s, starter.Version, origins) {
			return nil
		}
		if err = store.SaveSite(ctx, s); !errors.Is(err, auth.ErrChanged) { // by another server that starts
			return err
		}
	}
}

// prepare puts into the site what a start needs; false where it has all of it.
func prepare(s *auth.Site, starter string, origins []string) (changed bool) {
	for _, o := range localOrigins {
		if !slices.Contains(s.Origins, o) {
			s.Origins, changed = append(s.Origins, o), true
		}
	}
	for _, o := range origins {
		if !auth.AllowsOrigin(s.Origins, o) {
			s.Origins, changed = append(s.Origins, o), true
		}
	}
	if s.Model == starter && s.Models[starter] != nil {
		return changed
	}
	if s.Models == nil {
		s.Models = map[string][]byte{}
	}
	s.Model, s.Models[starter] = starter, modeling.StarterSource
	return true
}

// localOrigins let pages of any port of this machine in.
var localOrigins = []string{"http://localhost:*", "https://localhost:*"}

// site is the demo site as its pages (web/demo) are written.
func site() *auth.Site {
	return &auth.Site{
		Key: Key, Name: "Fernhill (demo)",
		Consent: auth.ConsentNotRequired, AllowAutomation: true, Live: true,
		Forms: map[string]auth.Form{
			"book-a-demo": {Kind: "demo"}, "quick-demo": {Kind: "demo"}, "signup": {Kind: "signup"},
			"guide": {Kind: "download"}, "newsletter": {Kind: "subscription"},
		},
		Pages: []auth.PageRule{
			{Signal: "pricing_viewed", Path: "/demo/pricing"}, {Signal: "comparison_viewed", Path: "/demo/compare"},
			{Signal: "story_viewed", Path: "/demo/customers"}, {Signal: "docs_viewed", Path: "/demo/docs"},
			{Signal: "careers_viewed", Path: "/demo/careers"},
		},
		Answers: []string{"how_heard", "call_now", "plan"},
	}
}
