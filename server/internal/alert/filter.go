package alert

import (
	"slices"
	"time"

	"assay/server/internal/auth"
	"assay/server/internal/lead"
	"assay/shared/profile"
)

// people are a site's, by id.
type people map[string]*auth.Person

// facts are what decides who hears of a message.
type facts struct {
	kind, grade, form, owner string
	country                  uint32 // profile.Hash of what was said
	at                       time.Time
	loud                     bool // goes to all: what a lead alerts told of became, or an ask that nobody would hear
	people, roles, except    []string
}

func factsOf(e *Entry, l *lead.Lead) facts {
	f := facts{owner: l.Owner, country: territory(l.Field("country")), at: e.At, people: e.For, roles: e.Roles, except: e.Except}
	switch {
	case e.Alert != nil:
		f.kind, f.grade, f.form = e.Alert.Kind, e.Alert.Grade, e.Alert.Form
	case e.Change != nil:
		f.loud = true
	}
	return f
}

// territory makes countries comparable: case, accents and spaces do not matter.
func territory(country string) uint32 {
	return profile.Hash(profile.Country, []byte(country), profile.Whole)
}

// addressed reports whether a message is for some people alone, whatever their
// filters say.
func (f *facts) addressed() bool { return len(f.people)+len(f.roles) > 0 }

// asks reports whether somebody asked for something: a hand-raise, or what made
// a prospect, which nothing else does (domain rule 5).
func (f *facts) asks() bool { return f.kind == lead.KindHandRaise || f.kind == lead.KindProspect }

// hears reports whether a person gets a message (domain rule 16): first whom it
// is addressed to counts, then the person's filter. That a lead was taken, or
// stands elsewhere, everybody hears: whoever's screen shows an alert of it, by
// whatever filter or owner it passed then, must not show it as free. It holds no
// contact data.
func (f *facts) hears(p *auth.Person) bool {
	switch {
	case slices.Contains(f.except, p.ID):
		return false
	case f.loud:
		return true
	case f.addressed():
		return slices.Contains(f.people, p.ID) || slices.Contains(f.roles, string(p.Role))
	}
	return p.Filter.IsZero() || f.passes(p)
}

// passes asks a person's filter.
func (f *facts) passes(p *auth.Person) bool {
	w := &p.Filter
	switch {
	case len(w.Kinds) > 0 && !slices.Contains(w.Kinds, f.kind),
		len(w.Forms) > 0 && !slices.Contains(w.Forms, f.form),
		len(w.Grades) > 0 && !graded(w.Grades, f.grade),
		w.Mine && f.owner != "" && f.owner != p.ID,
		w.Hours != nil && !w.Hours.Include(f.at):
		return false
	}
	return f.within(w.Countries)
}

func (f *facts) within(countries []string) bool {
	return len(countries) == 0 || slices.ContainsFunc(countries, func(c string) bool { return territory(c) == f.country })
}

// graded reports whether a cell, or its letter, is among some.
func graded(grades []string, cell string) bool {
	return slices.ContainsFunc(grades, func(g string) bool { return g == cell || len(cell) > 0 && g == cell[:1] })
}

// allMiss reports whether an ask would reach nobody who can act on it: of all
// who belong to the site, and not only of those who are connected. One that is
// addressed to a program, or to somebody who left or only reads by now, does.
func (ps people) allMiss(f *facts) bool {
	if !f.asks() {
		return false
	}
	for _, p := range ps {
		if p.Role.MayWork() && f.hears(p) {
			return false
		}
	}
	return true
}
