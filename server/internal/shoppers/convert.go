package shoppers

import (
	"cmp"
	"slices"

	"assay/shared/evidence"
)

// Start is the unix second at which every converted session begins: a UTC
// midnight. The data has no hour, the longest session takes less than 20 hours,
// and so no day's cap starts anew in the middle of a session by our choice.
const Start = 1514764800

// Mapping says which columns become signals; the package's comment has the table.
type Mapping uint8

// The mappings.
const (
	Behaviour      Mapping = iota // what visitors did, and nothing else
	WithPageValues                // and PageValues, which leaks the outcome
)

// viewed is the signal that a page of a kind makes.
var viewed = [PageKinds]evidence.Kind{evidence.PageViewed, evidence.DocsViewed, evidence.PlanViewed}

// Evidence gives the session's log. As in the browser, what comes after
// evidence.MaxSignals is lost. A session of more than evidence.MaxMillis, which
// no log can hold, gives evidence.ErrTime.
func (s *Session) Evidence(m Mapping) (*evidence.Log, error) {
	if s.AllMillis() > evidence.MaxMillis {
		return nil, evidence.ErrTime
	}
	log := new(evidence.Log)
	for _, signal := range s.signals(m) {
		if err := log.Append(signal.Kind, signal.Millis); err == evidence.ErrTooMany {
			break
		} else if err != nil {
			return nil, err
		}
	}
	return log, nil
}

// signals gives all that happened in order of time.
func (s *Session) signals(m Mapping) []evidence.Signal {
	var all []evidence.Signal
	if s.Returning {
		all = append(all, evidence.Signal{Kind: evidence.ReturnedWeek})
	}
	last := int64(0)
	for _, p := range s.pages() {
		all = append(all, evidence.Signal{Kind: viewed[p.kind], Millis: uint32(p.opened)})
		last = p.opened
	}
	if m == WithPageValues && s.PageValue {
		all = append(all, evidence.Signal{Kind: evidence.CartFilled, Millis: uint32(last)})
	}
	for _, reached := range []evidence.Signal{{Kind: evidence.Active60s, Millis: 60_000}, {Kind: evidence.Active180s, Millis: 180_000}} {
		if s.AllMillis() >= int64(reached.Millis) {
			all = append(all, reached)
		}
	}
	slices.SortStableFunc(all, func(a, b evidence.Signal) int { return cmp.Compare(a.Millis, b.Millis) })
	return all
}

// page is one page view.
type page struct {
	kind   PageKind
	place  int64 // where it stands in the session: 0 first, 1<<32 last
	opened int64 // ms after the session's start
}

// pages gives the page views in order. Of n pages of a kind the first stands at
// half of an nth of the session and the others follow an nth apart; each lasts an
// nth of the kind's time.
func (s *Session) pages() []page {
	all := make([]page, 0, s.AllPages())
	for kind, n := range s.Pages {
		for i := range n {
			all = append(all, page{kind: PageKind(kind), place: (2*i + 1) << 32 / (2 * n)})
		}
	}
	slices.SortStableFunc(all, func(a, b page) int { return cmp.Compare(a.place, b.place) })
	opened, seen := int64(0), [PageKinds]int64{}
	for i := range all {
		kind := all[i].kind
		all[i].opened = opened
		n, took := s.Pages[kind], s.Millis[kind]
		before := seen[kind]
		seen[kind]++
		opened += took*(before+1)/n - took*before/n // nothing is lost to rounding
	}
	return all
}
