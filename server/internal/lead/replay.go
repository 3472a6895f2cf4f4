package lead

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// Record is all that a contact is rebuilt from.
type Record struct {
	Root    *Lead               // whose id, revision, standing and outbox the result has
	Members []*Lead             // contacts that are merged into it
	Touches map[string][]*Touch // of each of them, by its id
}

// Replay rebuilds a contact from its record: facts from the touches of the root
// and its members in the order of arrival, owner and history from what people
// and rules did, the score from both under the rater's model at an instant. It
// changes nothing that it is given. A contact that was kept up to date touch by
// touch is its own replay.
func Replay(rec *Record, r *Rater, now time.Time) (*Lead, error) {
	root := rec.Root
	l := New(root.Site, root.ID, root.FirstSeen)
	l.LastSeen = root.LastSeen
	l.Rev, l.Merged, l.Outbox = root.Rev, root.Merged, root.Outbox
	l.Standing, l.Sample = root.Standing, root.Sample
	for _, m := range rec.Members {
		l.Members = append(l.Members, m.ID)
	}
	slices.Sort(l.Members)
	if len(l.Members) > 0 {
		own := root.own()
		l.Own = &own
	}
	l.history(rec)
	return l, l.recount(rec, r, now)
}

// history brings together what happened to the root and to its members.
func (l *Lead) history(rec *Record) {
	for _, of := range rec.contacts() {
		tag := of.ID
		if tag == l.ID {
			tag = ""
		}
		for _, a := range of.Actions {
			if a.Of == "" {
				a.Of = tag
				l.Actions = append(l.Actions, a)
			}
		}
		for _, t := range of.Transitions {
			if t.Of == "" {
				t.Of = tag
				l.Transitions = append(l.Transitions, t)
			}
		}
		l.Hold = longest(l.Hold, longest(of.Hold, of.own().Hold))
	}
	slices.SortStableFunc(l.Actions, func(a, b Action) int { return a.At.Compare(b.At) })
	slices.SortStableFunc(l.Transitions, func(a, b Transition) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(byMerge(a), byMerge(b)))
	})
	l.Owner = ownerOf(l.Actions)
	l.recall()
}

// byMerge puts what a merge did after all else of its instant.
func byMerge(t Transition) int {
	if t.Reason == ReasonMerged || t.Reason == ReasonUnmerged {
		return 1
	}
	return 0
}

// recount takes all touches anew and scores what they tell.
func (l *Lead) recount(rec *Record, r *Rater, now time.Time) error {
	if alone := l.gather(rec); alone != nil {
		l.scoreAlone(alone, r, now)
		return l.schedule(r)
	}
	if l.Objected { // what holds each of them is all that is known: no gate looks at the whole
		l.Hold = nil
		for _, of := range rec.contacts() {
			l.Hold = longest(l.Hold, of.own().Hold.gated(l.State.Cleared))
		}
	}
	if _, err := l.rescore(r, now); err != nil {
		return err
	}
	return l.schedule(r)
}

// gather makes all touches the facts. Where none of them counts, it gives the
// suspect one that is shown.
func (l *Lead) gather(rec *Record) (alone *Touch) {
	counts := l.added()
	for _, t := range rec.touches() {
		l.refer(t)
		switch {
		case t.Verdict != Suspect:
			counts = true
			l.take(t)
		case alone == nil:
			alone = t
		}
	}
	switch {
	case counts:
		return nil
	case alone != nil:
		l.show(alone)
	default: // heard of by people alone
		maps.Copy(l.Profile, rec.Root.Profile)
		maps.Copy(l.Answers, rec.Root.Answers)
	}
	return alone
}

// contacts gives the root and its members by id, whatever their order was.
func (rec *Record) contacts() []*Lead {
	all := append([]*Lead{rec.Root}, rec.Members...)
	slices.SortFunc(all, func(a, b *Lead) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// touches gives all touches in the order of arrival.
func (rec *Record) touches() []*Touch {
	var all []*Touch
	for _, c := range rec.contacts() {
		all = append(all, rec.Touches[c.ID]...)
	}
	slices.SortFunc(all, func(a, b *Touch) int {
		return cmp.Or(a.Received.Compare(b.Received), strings.Compare(a.ID, b.ID))
	})
	return all
}
