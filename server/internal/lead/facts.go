package lead

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"assay/shared/profile"
)

// Facts are what touches alone tell of a contact: profile, answers, forms,
// visits, source, and when it was seen. They are a function of the set of its
// touches; the order in which those came never matters.

// take makes a touch that counts part of the facts.
func (l *Lead) take(t *Touch) {
	s := stampOf(t)
	fill(&l.Profile, l.stated(t.Profile), &l.Stamps.Profile, s)
	fill(&l.Answers, t.Answers, &l.Stamps.Answers, s)
	if len(t.Profile) > 0 && s.At.After(l.Said) {
		l.Said = s.At
	}
	if s.compare(l.Stamps.Newest) > 0 {
		l.Stamps.Newest = s
		l.Form, l.FormKind, l.Page, l.LastSeen, l.Verdict = t.Form, t.FormKind, t.Page, s.At, t.Verdict
	}
	if first := (Stamp{t.known(s.At), s.Touch}); l.Stamps.Source.Touch == "" || first.compare(l.Stamps.Source) < 0 {
		l.Stamps.Source = first
		l.Source, l.FirstSeen = source(t), first.At
	}
	l.sawIn(t.Visitor)
	if t.Import == nil {
		kind, _ := profile.FormKindOf(t.FormKind)
		l.Forms = uint16(profile.Forms(l.Forms).With(kind))
	}
	l.Sample = l.Sample || t.Sample
	if !l.Objected {
		l.addVisits(t.Visits)
	}
}

// sawIn notes a browser; of too many, those that sort first are kept.
func (l *Lead) sawIn(visitor string) {
	if visitor == "" || slices.Contains(l.Visitors, visitor) {
		return
	}
	l.Visitors = append(l.Visitors, visitor)
	slices.Sort(l.Visitors)
	l.Visitors = l.Visitors[:min(len(l.Visitors), maxVisitors)]
}

// forget leaves nothing of the facts but which touches there are.
func (l *Lead) forget() {
	fresh := New(l.Site, l.ID, l.FirstSeen)
	fresh.Rev, fresh.Standing, fresh.Own, fresh.Merged, fresh.Members = l.Rev, l.Standing, l.Own, l.Merged, l.Members
	fresh.Owner = l.Owner
	fresh.Cell, fresh.ScoredAt, fresh.Model, fresh.NextChange = l.Cell, l.ScoredAt, l.Model, l.NextChange
	fresh.Touches, fresh.Actions, fresh.Transitions, fresh.Outbox = l.Touches, l.Actions, l.Transitions, l.Outbox
	*l = *fresh
	l.recall()
}

// source names where a contact came from.
func source(t *Touch) string {
	if s := t.UTM["source"]; s != "" {
		return s
	}
	if t.Import != nil {
		return TypeImport
	}
	if u, err := url.Parse(t.Referrer); err == nil && u.Host != "" {
		if page, err := url.Parse(t.Page); err != nil || page.Host != u.Host {
			return u.Hostname()
		}
	}
	return "direct"
}

// refer names a touch on the lead, in the order of arrival, and reports whether
// there is room for it: old ones make room, and of suspect ones the first stay.
func (l *Lead) refer(t *Touch) bool {
	l.Touches = append(l.Touches, TouchRef{ID: t.ID, At: t.At, Received: t.Received, Form: t.Form, FormKind: t.FormKind, Page: t.Page,
		Verdict: t.Verdict, Findings: t.Findings, Claim: t.Claim, Score: t.Score})
	slices.SortFunc(l.Touches, func(a, b TouchRef) int {
		return cmp.Or(a.Received.Compare(b.Received), strings.Compare(a.ID, b.ID))
	})
	if l.Suspects() > MaxSuspects {
		last := len(l.Touches) - 1
		for l.Touches[last].Verdict != Suspect {
			last--
		}
		l.Touches = slices.Delete(l.Touches, last, last+1)
	}
	if over := len(l.Touches) - maxTouchRefs; over > 0 {
		l.Touches = slices.Clone(l.Touches[over:])
	}
	return l.has(t.ID)
}

func (l *Lead) has(touch string) bool {
	return slices.ContainsFunc(l.Touches, func(t TouchRef) bool { return t.ID == touch })
}

// Suspects gives how many suspect touches wait for a review.
func (l *Lead) Suspects() int {
	n := 0
	for _, ref := range l.Touches {
		if ref.Verdict == Suspect {
			n++
		}
	}
	return n
}
