package main

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"sync"
	"time"
)

// settle ends the load, has the touches accepted that were not, and waits until
// every rep has seen what there is to see. What does not come is a violation.
func (w *world) settle() error {
	w.stop()
	w.load.Wait()
	if err := w.deliverRest(); err != nil {
		return err
	}
	if err := until("every alert is in the feed", w.alerted); err != nil {
		w.violate(&w.other, "%v", err) // which ones is found by check
	}
	if err := until("every touch is a lead's", w.placed); err != nil {
		w.violate(&w.other, "%v", err)
	}
	if err := until("every rep has seen the whole feed", w.caughtUp); err != nil {
		w.violate(&w.other, "%v", err)
	}
	return nil
}

// deliverRest delivers what was given up, each person's touches in order.
func (w *world) deliverRest() error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*patience)
	defer cancel()
	var all sync.WaitGroup
	turns := make(chan *person)
	for range 8 {
		rng := w.fork()
		all.Go(func() {
			for p := range turns {
				for _, t := range p.touches {
					if !t.accepted.Load() && !w.deliver(ctx, rng, t) {
						break
					}
				}
			}
		})
	}
	for _, p := range w.crowd.all() {
		turns <- p
	}
	close(turns)
	all.Wait()
	if ctx.Err() != nil {
		return fmt.Errorf("after the faults the servers do not accept everything within %s: %s", 2*patience, w.codes)
	}
	return nil
}

// alerted reports whether the feed has all the alerts that people called for.
func (w *world) alerted() (bool, error) {
	feed, err := w.feed()
	if err != nil {
		return false, err
	}
	want, got := 0, 0
	for _, p := range w.crowd.all() {
		want += len(p.plan.alerts)
	}
	for _, m := range feed {
		if m.Type == "alert" && m.Data.Escalation == "" {
			got++
		}
	}
	if got < want {
		pauseFor(context.Background(), 200*time.Millisecond) // the whole feed is dear to read
	}
	return got >= want, fmt.Errorf("%d alerts, want %d", got, want)
}

// placed reports whether all touches found their leads: those that a server left
// when it died are looked for every few seconds.
func (w *world) placed() (bool, error) {
	leads, err := w.contacts()
	if err != nil {
		return false, err
	}
	want, got := 0, 0
	for _, p := range w.crowd.all() {
		want += len(p.touches)
	}
	for _, l := range leads {
		got += len(l.Touches)
	}
	return got >= want, fmt.Errorf("%d touches, want %d", got, want)
}

// caughtUp reports whether all reps have reached what is the newest they hear of.
func (w *world) caughtUp() (bool, error) {
	feed, err := w.feed()
	if err != nil {
		return false, err
	}
	for _, r := range w.reps {
		if last := lastFor(feed, r); r.reached() < last {
			return false, fmt.Errorf("%s is at %d of %d", r.email, r.reached(), last)
		}
	}
	return true, nil
}

func lastFor(feed []message, r *rep) int64 {
	for _, m := range slices.Backward(feed) {
		if hears(r, &m) {
			return m.Cursor
		}
	}
	return 0
}

// hears reports whether a message is for a rep: all are, but for what admins
// alone are told.
func hears(r *rep, m *message) bool { return m.Data.Escalation != "admins" || r.role == "admin" }

// feed reads the whole history.
func (w *world) feed() (list []message, err error) {
	for after := "0"; ; {
		var page struct {
			Items []message
			Next  string `json:"next_cursor"`
		}
		if err := w.get(w.anyURL()+"/v1/alerts?limit=200&after="+after, w.reps[0].login(), &page); err != nil {
			return nil, err
		}
		if list, after = append(list, page.Items...), page.Next; len(page.Items) == 0 {
			return list, nil
		}
	}
}

// contact is a lead as the API shows it alone.
type contact struct {
	ID, Email, Owner string
	Touches          []struct{ ID string }
}

// contacts reads all leads, each with its touches.
func (w *world) contacts() ([]contact, error) {
	var ids []string
	for cursor := ""; ; {
		var page struct {
			Items []struct{ ID string }
			Next  string `json:"next_cursor"`
		}
		if err := w.get(w.anyURL()+"/v1/leads?limit=200&cursor="+url.QueryEscape(cursor), w.reps[0].login(), &page); err != nil {
			return nil, err
		}
		for _, l := range page.Items {
			ids = append(ids, l.ID)
		}
		if cursor = page.Next; cursor == "" {
			break
		}
	}
	list := make([]contact, len(ids))
	for i, id := range ids {
		if err := w.get(w.anyURL()+"/v1/leads/"+id, w.reps[0].login(), &list[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}
