package lead

import (
	"maps"
	"slices"
	"strings"
	"time"

	"assay/shared/lifecycle"
)

// WasPrefix begins the name of the value that a correction replaced, among the
// members that its record keeps.
const WasPrefix = "was_"

// Add makes a contact that a person adds by hand, with what they know of it.
func Add(site, id string, d *Doing, r *Rater, now time.Time) (*Lead, error) {
	l := New(site, id, now.UTC())
	if _, err := l.happen(lifecycle.Event{Kind: lifecycle.OnAdd}, d.By, r, now); err != nil {
		return nil, err
	}
	return l, l.correct(d, r, now)
}

// correct replaces fields of the profile. A person's word outranks all that
// forms said before, and what they say after where it is only the old value
// again, as a browser fills it in; a new value from the contact is newer evidence.
// Facts of a score change with it: the rules have their say.
func (l *Lead) correct(d *Doing, r *Rater, now time.Time) error {
	args := map[string]string{}
	for field, value := range d.Profile {
		if was := l.Field(field); was != value {
			args[field], args[WasPrefix+field] = value, was
		}
	}
	if len(args) == 0 && d.Do != ActionAdd {
		return nil
	}
	if d.Do == ActionCorrect && l.corrected()+replaces(args) > MaxCorrected {
		return ErrFull
	}
	after := *l
	after.Profile, after.Stamps.Profile = maps.Clone(l.Profile), maps.Clone(l.Stamps.Profile)
	after.record(d.Do, d.By, l.newest(now), args)
	after.recall()
	if l.Verdict == Suspect { // a score that counts for nothing is that of its touch alone
		after.Domain = r.Company(after.Field("email"))
		*l = after
		return nil
	}
	s, err := after.rescore(r, now)
	if err != nil {
		return err
	}
	before := l.Standing
	plan, err := after.happen(lifecycle.Event{Kind: lifecycle.OnScore, Cell: lifecycle.CellOf(s)}, "", r, now)
	if err != nil {
		return err
	}
	*l = after
	return l.told(plan, &before, r, now)
}

// newest gives an instant, or the first one after all that is known so far, so
// that what is said at it counts whatever the clocks of servers say.
func (l *Lead) newest(now time.Time) time.Time {
	last := l.Stamps.Newest.At
	if n := len(l.Actions); n > 0 && l.Actions[n-1].At.After(last) {
		last = l.Actions[n-1].At
	}
	if !now.After(last) {
		now = last.Add(1)
	}
	return now
}

// recall brings back what follows from people's actions alone: the objection,
// and the corrections with the values that they replaced.
func (l *Lead) recall() {
	l.Objected, l.Replaced = objected(l.Actions), nil
	for i := range l.Actions {
		a := &l.Actions[i]
		switch a.Do {
		case ActionAdd:
			l.began(a)
		case ActionCorrect:
		default:
			continue
		}
		for field, value := range a.Args {
			if was, ok := strings.CutPrefix(field, WasPrefix); ok {
				if value != "" {
					l.replace(was, value)
				}
				continue
			}
			l.restate(field, value, Stamp{At: a.At, Touch: a.ID})
		}
	}
}

// SourceAdded is where a contact comes from that a person added.
const SourceAdded = "added"

// began says of a contact that a person added what only touches would.
func (l *Lead) began(a *Action) {
	if l.Verdict == "" {
		l.Verdict = Unverified
	}
	if l.Source == "" {
		l.Source = SourceAdded
	}
	if a.At.After(l.LastSeen) {
		l.LastSeen = a.At
	}
}

// added reports whether a person added the contact.
func (l *Lead) added() bool {
	return slices.ContainsFunc(l.Actions, func(a Action) bool { return a.Do == ActionAdd })
}

// restate takes a person's word for a field, unless something newer is known.
func (l *Lead) restate(field, value string, s Stamp) {
	if s.compare(l.Stamps.Profile[field]) < 0 {
		return
	}
	if l.Stamps.Profile == nil {
		l.Stamps.Profile = map[string]Stamp{}
	}
	l.Stamps.Profile[field] = s
	if s.At.After(l.Said) {
		l.Said = s.At
	}
	if value == "" {
		delete(l.Profile, field)
	} else {
		l.Profile[field] = value
	}
}

// replace notes that a person replaced a value of a field.
func (l *Lead) replace(field, value string) {
	if l.Replaced == nil {
		l.Replaced = map[string][]string{}
	}
	if !slices.Contains(l.Replaced[field], value) {
		l.Replaced[field] = append(l.Replaced[field], value)
	}
}

// stated gives what a form said of the profile, but for values that a person
// replaced.
func (l *Lead) stated(profile map[string]string) map[string]string {
	if len(l.Replaced) == 0 {
		return profile
	}
	kept := maps.Clone(profile)
	maps.DeleteFunc(kept, func(field, value string) bool { return slices.Contains(l.Replaced[field], value) })
	return kept
}
