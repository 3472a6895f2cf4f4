package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/anishathalye/porcupine"
)

// check compares what is with all that was acknowledged.
func (w *world) check() error {
	feed, err := w.feed()
	if err != nil {
		return err
	}
	leads, err := w.contacts()
	if err != nil {
		return err
	}
	w.checkFeed(feed)
	for _, r := range w.reps {
		w.checkRep(r, feed)
	}
	w.checkTouches(leads)
	w.checkAlerts(leads, feed)
	w.checkOwners(leads, feed)
	return nil
}

// checkFeed: the cursor leaves no gap, and no id comes twice.
func (w *world) checkFeed(feed []message) {
	w.messagesIn(feed)
	ids := map[string]bool{}
	for i, m := range feed {
		if m.Cursor != int64(i+1) {
			w.violate(&w.lostAlerts, "the feed's entry %d has cursor %d", i+1, m.Cursor)
			return
		}
		if ids[m.ID] {
			w.violate(&w.twiceAlerts, "the feed has %s %s twice", m.Type, m.ID)
		}
		ids[m.ID] = true
	}
}

func (w *world) messagesIn(feed []message) {
	for _, m := range feed {
		if m.Type == "alert" {
			w.alerts.Add(1)
		}
	}
}

// checkRep: a rep has seen everything in the feed, in its order. That nothing
// came twice was seen when it came.
func (w *world) checkRep(r *rep, feed []message) {
	r.mu.Lock()
	defer r.mu.Unlock()
	at := 0
	for _, m := range feed {
		switch {
		case !hears(r, &m):
		case at < len(r.seen) && r.seen[at].ID == m.ID && r.seen[at].Cursor == m.Cursor:
			at++
		default:
			w.violate(&w.lostAlerts, "%s did not see %s %s with cursor %d in its place", r.email, m.Type, m.ID, m.Cursor)
			return
		}
	}
	if at < len(r.seen) && r.seen[at].Cursor <= int64(len(feed)) { // what is newer came meanwhile
		w.violate(&w.other, "%s saw %s %s, which the feed does not have", r.email, r.seen[at].Type, r.seen[at].ID)
	}
}

// checkTouches: each touch, all of which were accepted by now, is a touch of
// one lead, which is its person's.
func (w *world) checkTouches(leads []contact) {
	found := map[string][]string{} // leads' addresses by touch
	for _, l := range leads {
		for _, t := range l.Touches {
			found[t.ID] = append(found[t.ID], l.Email)
		}
	}
	seen := map[string]int{}
	for _, l := range leads {
		if seen[l.Email]++; seen[l.Email] == 2 {
			w.violate(&w.other, "%s is two leads", l.Email)
		}
	}
	for _, p := range w.crowd.all() {
		for _, t := range p.touches {
			switch at := found[t.id]; {
			case len(at) == 0:
				w.violate(&w.lostTouches, "touch %s of %s is no lead's", t.id, p.email)
			case len(at) > 1:
				w.violate(&w.twiceTouches, "touch %s of %s is there %d times: %v", t.id, p.email, len(at), at)
			case at[0] != p.email:
				w.violate(&w.other, "touch %s of %s is a touch of %s", t.id, p.email, at[0])
			}
		}
	}
}

// checkAlerts: the feed has the alerts that each person called for, and each
// escalation at most once.
func (w *world) checkAlerts(leads []contact, feed []message) {
	got, escalated := map[string][]string{}, map[string]bool{}
	for _, m := range feed {
		switch key := m.Data.Lead + " " + m.Data.Kind + " " + m.Data.Escalation; {
		case m.Type != "alert":
		case m.Data.Escalation == "":
			got[m.Data.Lead] = append(got[m.Data.Lead], m.Data.Kind)
		case escalated[key]:
			w.violate(&w.twiceAlerts, "escalated twice: %s", key)
		default:
			escalated[key] = true
		}
	}
	byEmail := map[string]string{}
	for _, l := range leads {
		byEmail[l.Email] = l.ID
	}
	for _, p := range w.crowd.all() {
		kinds := got[byEmail[p.email]]
		switch {
		case slices.Equal(kinds, p.plan.alerts):
		case len(kinds) < len(p.plan.alerts):
			w.violate(&w.lostAlerts, "%s, who %s, has alerts %v, want %v", p.email, p.plan.name, kinds, p.plan.alerts)
		default:
			w.violate(&w.twiceAlerts, "%s, who %s, has alerts %v, want %v", p.email, p.plan.name, kinds, p.plan.alerts)
		}
	}
}

// checkOwners: the claims of each lead can have come one after the other, and
// the feed told of the last owner last.
func (w *world) checkOwners(leads []contact, feed []message) {
	told := map[string]string{}
	for _, m := range feed {
		if m.Type == "lead" {
			told[m.Data.Lead] = m.Data.Owner
		}
	}
	claimed := w.history.claimed()
	for _, l := range leads {
		if told[l.ID] != l.Owner {
			w.violate(&w.lostAlerts, "lead %s belongs to %q, but the feed told of %q", l.ID, l.Owner, told[l.ID])
		}
		if claimed[l.ID] {
			w.history.begin(0, w.reps[0], l.ID, look)(outcome{known: true, done: true, owner: l.Owner})
		}
	}
	n := w.history.check(func(lead string, result porcupine.CheckResult, info porcupine.LinearizationInfo) {
		w.violate(&w.doubleClaims, "the claims of lead %s cannot have come one after the other: %s", lead, result)
		w.draw(lead, info)
	})
	w.histories.Add(int64(n))
}

// draw keeps a picture of claims for a browser.
func (w *world) draw(lead string, info porcupine.LinearizationInfo) {
	f, err := os.Create(filepath.Join(w.dir, "claims-"+lead+".html"))
	if err == nil {
		err = porcupine.Visualize(ownership, info, f)
		_ = f.Close()
	}
	if err != nil {
		w.violate(&w.other, "%v", fmt.Errorf("no picture of lead %s: %w", lead, err))
	}
}
