package mongostore

import (
	"testing"
	"time"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
	"assay/server/internal/modeling"
	"assay/server/internal/mongotest"
	"assay/shared/evidence"
)

// house is two servers over one database, with a clock that the test moves. The
// first one's writes can be cut.
type house struct {
	t      *testing.T
	first  *intake.Service
	second *intake.Service
	store  *Store // the second one's
	other  *Store // the first one's
	proxy  *mongotest.Server
	model  *modeling.Compiled
	site   intake.Site
	now    time.Time
}

func newHouse(t *testing.T) *house {
	t.Helper()
	model, err := modeling.Compile(modeling.StarterSource)
	if err != nil {
		t.Fatal(err)
	}
	server := mongotest.Start(t)
	h := &house{t: t, proxy: server, store: open(t, server.URI("house")), other: open(t, server.URI("house")), model: model}
	keys := intake.Keys{Session: make([]byte, 32), Identity: make([]byte, 32)}
	clock := func() time.Time { return h.now }
	quiet := func(string) {}
	h.first = intake.New(h.other, keys, clock, quiet)
	h.second = intake.New(h.store, keys, clock, quiet)
	return h
}

// begin starts anew in a site of its own.
func (h *house) begin(site string) {
	h.now = time.Date(2026, 11, 16, 10, 0, 0, 0, time.UTC)
	h.site = intake.Site{Key: site, Model: h.model, Kinds: map[string]string{"book": "demo"}}
}

var buyer = map[string]string{"email": "ada@works.test", "name": "Ada", "company": "Works", "role": "Head of Operations",
	"company_size": "51-200", "industry": "manufacturing", "country": "DE", "need": "stock", "timing": "now"}

// submit is a form sent half a minute into a visit, or without one.
func (h *house) submit(id, form string, profile map[string]string, session string) *intake.Submission {
	sub := &intake.Submission{ID: id, Type: "submit", At: h.now, Form: form, FormKind: "download", Page: "https://site.test/" + form, Profile: profile}
	if session != "" {
		v := intake.RawVisit{Session: session, HasSignals: true}
		for i, kind := range []evidence.Kind{2, 20, 21} {
			v.Signals = append(v.Signals, evidence.Signal{Kind: kind, Millis: uint32(i * 10_000)})
		}
		sub.Visitor, sub.Visits = "browser", []intake.RawVisit{v}
	}
	return sub
}

func (h *house) accept(s *intake.Service, sub *intake.Submission) {
	h.t.Helper()
	if err := s.Accept(bg, h.site, sub); err != nil {
		h.t.Fatalf("%s in %s: %v", sub.ID, h.site.Key, err)
	}
}

// contacts gives all contacts that are no part of another.
func (h *house) contacts() []*lead.Lead {
	h.t.Helper()
	list, err := h.store.LeadsAfter(bg, h.site.Key, "", 100)
	if err != nil {
		h.t.Fatal(err)
	}
	return list
}

// alerts gives the alerts of the whole feed, once all outboxes are collected.
func (h *house) alerts() []string {
	h.t.Helper()
	for more := true; more; {
		var err error
		if more, err = h.store.Collect(bg, h.site.Key); err != nil {
			h.t.Fatal(err)
		}
	}
	entries, err := h.store.Feed(bg, h.site.Key, 0, 100)
	if err != nil {
		h.t.Fatal(err)
	}
	alerts := []string{}
	for _, e := range entries {
		if e.Type == lead.TypeAlert {
			alerts = append(alerts, e.Alert.Kind)
		}
	}
	return alerts
}
