package intake_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"assay/server/internal/desk"
	"assay/server/internal/intake"
	"assay/server/internal/lead"
)

// together runs functions at the same moment.
func together(fs ...func()) {
	var all sync.WaitGroup
	start := make(chan struct{})
	for _, f := range fs {
		all.Go(func() { <-start; f() })
	}
	close(start)
	all.Wait()
}

// Domain rule 16: nothing is sent twice, however many servers run the clock.
func TestTwoServersTellOfAHundredDueLeadsAHundredTimes(t *testing.T) {
	h, ctx := open(t), context.Background()
	const leads = 100
	at := h.now.Add(time.Hour)
	for i := range leads {
		id := fmt.Sprintf("lead-%03d", i)
		err := h.store.Update(ctx, "demo", func(tx lead.Tx) error {
			do := lead.Doing{Do: lead.ActionAdd, By: "p1", Profile: map[string]string{"name": id}}
			l, err := lead.Add("demo", id, &do, h.site.Model.Rater, h.now)
			if err != nil {
				return err
			}
			remind := lead.Doing{Do: lead.ActionRemind, By: "p1", At: at, Text: "Call."}
			return errors.Join(l.Act(&remind, h.site.Model.Rater, h.now), lead.Save(tx, l, h.site.Model.Rater))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	other := intake.New(h.store, intake.Keys{Session: make([]byte, 32), Identity: make([]byte, 32)}, func() time.Time { return h.now }, func(string) {})
	h.now = at
	age := func(s *intake.Service) func() {
		return func() {
			for range 3 {
				if _, err := s.Age(ctx, h.site); err != nil {
					t.Error(err)
				}
			}
		}
	}
	together(age(h.Service), age(other), age(h.Service), age(other))
	alerts := h.feed(t)
	told := map[string]int{}
	for _, e := range alerts {
		told[e.Lead]++
		if e.Alert.Kind != lead.KindFollowUp || e.Alert.Why != lead.ReasonReminder || fmt.Sprint(e.For) != "[p1]" {
			t.Errorf("told %+v", e)
		}
	}
	if len(alerts) != leads || len(told) != leads {
		t.Errorf("%d alerts of %d leads, want %d of as many", len(alerts), len(told), leads)
	}
	l, err := h.store.Lead(ctx, "demo", "lead-042")
	if err != nil || l.Rev != 2 || len(l.Reminders()) != 1 || l.Reminders()[0].Waits {
		t.Errorf("at rev %d with reminders %+v, %v", l.Rev, l.Reminders(), err)
	}
}

// feed gives all alerts of the feed.
func (h *house) feed(t *testing.T) (alerts []lead.Event) {
	t.Helper()
	entries, err := h.store.Feed(context.Background(), "demo", 0, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Type == lead.TypeAlert {
			alerts = append(alerts, e.Event)
		}
	}
	return alerts
}

// won counts what came of attempts, of which only some faults are fine.
type won struct {
	mu   sync.Mutex
	by   []string
	lost int
}

func (w *won) note(t *testing.T, who string, v *desk.View, err error, fine ...error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case err == nil:
		w.by = append(w.by, who)
	case slices.ContainsFunc(fine, func(f error) bool { return errors.Is(err, f) }):
		if w.lost++; v == nil || v.Owner == "" {
			t.Errorf("%s lost without hearing who has it: %+v", who, v)
		}
	default:
		t.Errorf("%s: %v", who, err)
	}
}

func TestOfManyWhoClaimOrAssignALeadOneWins(t *testing.T) {
	h, ctx := open(t), context.Background()
	nobody := ""
	for round := range 10 {
		id := h.ask(fmt.Sprint("ann", round))
		var w won
		var acts []func()
		for i := range 16 {
			person := fmt.Sprint("p", i)
			d := lead.Doing{Do: "claim", By: person}
			if i%2 == 0 {
				d = lead.Doing{Do: "assign", By: "admin", Owner: person, From: &nobody, Assigns: true}
			}
			acts = append(acts, func() {
				v, err := h.desk.Act(ctx, "demo", id, d)
				w.note(t, person, v, err, desk.ErrClaimed)
			})
		}
		together(acts...)
		l, err := h.store.Lead(ctx, "demo", id)
		if err != nil || len(w.by) != 1 || w.lost != 15 || l.Owner != w.by[0] {
			t.Fatalf("won by %v, lost by %d, owned by %q, %v", w.by, w.lost, l.Owner, err)
		}
		if n := len(l.Actions); n != 1 {
			t.Errorf("%d actions are recorded", n)
		}
	}
}

// A claim and touches of the same contact: none of them is lost, whoever comes first.
func TestAClaimAndTouchesDoNotLoseEachOther(t *testing.T) {
	h, ctx := open(t), context.Background()
	for round := range 5 {
		name := fmt.Sprint("ann", round)
		id := h.ask(name)
		var w won
		var acts []func()
		for i := range 8 {
			person := fmt.Sprint("p", i)
			more := h.submit(fmt.Sprint(name, "-", i), "", map[string]string{"email": name + "@works.test", "budget": "approved"})
			acts = append(acts, func() {
				v, err := h.desk.Claim(ctx, "demo", person, id)
				w.note(t, person, v, err, desk.ErrClaimed)
			}, func() {
				if err := h.Accept(ctx, h.site, more); err != nil {
					t.Error(err)
				}
			})
		}
		together(acts...)
		l, err := h.store.Lead(ctx, "demo", id)
		if err != nil || len(w.by) != 1 || l.Owner != w.by[0] || len(l.Touches) != 9 {
			t.Fatalf("won by %v, owned by %q, %d touches, %v", w.by, l.Owner, len(l.Touches), err)
		}
	}
}

// Merges race with touches and claims of both contacts: what remains is one
// contact with all of it, and one owner.
func TestAMergeLosesNeitherTouchesNorTheOwner(t *testing.T) {
	h, ctx := open(t), context.Background()
	for round := range 5 {
		names := []string{fmt.Sprint("ann", round), fmt.Sprint("bob", round)}
		ids := []string{h.ask(names[0]), h.ask(names[1])}
		var acts []func()
		for i := range 6 {
			for k := range ids {
				more := h.submit(fmt.Sprint(names[k], "-", i), "", map[string]string{"email": names[k] + "@works.test"})
				acts = append(acts, func() {
					if err := h.Accept(ctx, h.site, more); err != nil {
						t.Error(err)
					}
				}, func() {
					if _, err := h.desk.Claim(ctx, "demo", fmt.Sprint("p", i), ids[k]); err != nil && !errors.Is(err, desk.ErrClaimed) {
						t.Error(err)
					}
				})
			}
			acts = append(acts, func() {
				if _, err := h.desk.Act(ctx, "demo", ids[i%2], lead.Doing{Do: "merge", By: "p1", Other: ids[1-i%2]}); err != nil {
					t.Error(err)
				}
			})
		}
		together(acts...)
		d, err := h.desk.Lead(ctx, "demo", ids[1])
		if err != nil || len(d.Members) != 1 || len(d.Touches) != 14 || d.Owner == "" {
			t.Fatalf("%d members, %d touches, owned by %q, %v", len(d.Members), len(d.Touches), d.Owner, err)
		}
	}
}

func TestARequestThatComesAgainChangesNothing(t *testing.T) {
	h, ctx := open(t), context.Background()
	id := h.ask("ann")
	var acts []func()
	for range 8 {
		acts = append(acts, func() {
			d := lead.Doing{Do: "note", By: "p1", Request: "r1", Text: "Once."}
			if _, err := h.desk.Act(ctx, "demo", id, d); err != nil {
				t.Error(err)
			}
		})
	}
	together(acts...)
	h.act(id, lead.Doing{Do: "note", By: "p2", Request: "r1", Text: "Another person's."})
	if _, err := h.desk.Act(ctx, "demo", id, lead.Doing{Do: "claim", By: "p1", Request: "r1"}); !errors.Is(err, lead.ErrRequest) {
		t.Errorf("a request that was another action: %v", err)
	}
	d := h.only()
	if len(d.Conversations) != 2 || d.Owner != "" {
		t.Errorf("%+v, owned by %q", d.Conversations, d.Owner)
	}
	other := h.ask("bob")
	for range 2 {
		h.act(id, lead.Doing{Do: "merge", By: "p1", Request: "m", Other: other})
	}
	merged := h.only()
	h.act(id, lead.Doing{Do: "unmerge", By: "p1", Request: "u", Other: other})
	for _, again := range []string{"m", "u"} {
		do := map[string]string{"m": "merge", "u": "unmerge"}[again]
		h.act(merged.ID, lead.Doing{Do: do, By: "p1", Request: again, Other: other})
	}
	if n := len(h.leads()); n != 2 {
		t.Errorf("the merge came again, and there are %d leads", n)
	}
}

// The same request adds one lead, and so does the same address.
func TestALeadIsAddedByHandOnce(t *testing.T) {
	h, ctx := open(t), context.Background()
	says := maps.Clone(buyer)
	add := func(request, email string) (*desk.View, error) {
		says["email"] = email
		mail := h.MailIdentity("demo", email)
		return h.desk.Add(ctx, "demo", mail, lead.Doing{By: "p1", Request: request, Profile: maps.Clone(says)})
	}
	v, err := add("r1", "ann@works.test")
	if err != nil || v.Stage != "lead" && v.Stage != "sales_ready" && v.Stage != "prospect" || v.Source != lead.SourceAdded || v.Verdict != lead.Unverified {
		t.Fatalf("%+v, %v", v, err)
	}
	if again, err := add("r1", "ann@works.test"); err != nil || again.ID != v.ID || again.Rev != v.Rev {
		t.Errorf("again: %+v, %v", again, err)
	}
	if other, err := add("r2", "Ann@works.test "); !errors.Is(err, desk.ErrTaken) || other.ID != v.ID {
		t.Errorf("the same address: %+v, %v", other, err)
	}
	if other, err := add("", ""); err != nil || other.ID == v.ID {
		t.Errorf("without an address: %+v, %v", other, err)
	}
	h.accept(h.submit("t1", "", map[string]string{"email": "ann@works.test", "budget": "approved"}))
	if d, err := h.desk.Lead(ctx, "demo", v.ID); err != nil || len(d.Touches) != 1 || d.Company != "Works" || d.Profile["budget"] != "approved" {
		t.Errorf("after its touch: %+v, %v", d, err)
	}
}
