package lead

import (
	"errors"
	"slices"
	"time"
)

// Bounds of merging.
const (
	MaxMembers = 50   // contacts that are part of one
	maxReplay  = 1000 // touches of each that count and that a replay reads
)

// Find reads the contact that an id stands for by now: the one that it was
// merged into, however often. Where a crash left a merge half done, because the
// absorbed contact was marked and its survivor not written yet, Find ends it.
// An unknown id is ErrNotFound.
func Find(tx Tx, id string, r *Rater, now time.Time) (*Lead, error) {
	l, err := tx.Lead(id)
	if err != nil {
		return nil, err
	}
	root, path, err := climb(tx, l)
	if err != nil {
		return nil, err
	}
	var missing []*Lead
	for _, m := range path {
		if !root.Includes(m.ID) {
			missing = append(missing, m)
		}
	}
	if len(missing) == 0 {
		return root, nil
	}
	root, err = admit(tx, root, missing, r, now)
	if err != nil {
		return nil, err
	}
	return root, Save(tx, root, r)
}

// climb follows the marks from a contact to the one that has none, and gives
// those on the way. A contact whose survivor is gone stands for itself.
func climb(tx Tx, l *Lead) (root *Lead, path []*Lead, err error) {
	for l.Merged != nil && len(path) <= MaxMembers {
		up, err := tx.Lead(l.Merged.Into)
		if errors.Is(err, ErrNotFound) {
			l.Merged = nil
			break
		}
		if err != nil {
			return nil, nil, err
		}
		path = append(path, l)
		l = up
	}
	return l, path, nil
}

// admit makes contacts that are marked as merged into a root, directly or by
// way of each other, part of it.
func admit(tx Tx, root *Lead, came []*Lead, r *Rater, now time.Time) (*Lead, error) {
	rec, err := record(tx, root, came)
	if err == nil && rec.awaits(now) {
		err = ErrConflict
	}
	if err != nil {
		for _, m := range came {
			m.Merged = nil // nothing came of it
		}
		return nil, err
	}
	joined := *root
	joined.Standing = joined.Standing.with(came, func(m *Lead) Standing { return m.Standing })
	joined.State.At = max(joined.State.At, now.Unix())
	if root.Own == nil {
		own := root.Standing
		joined.Own = &own
	}
	rec.Root = &joined
	after, err := Replay(rec, r, now)
	if err != nil {
		return nil, err
	}
	if after.Owner != "" { // somebody has the whole; what was the root's own waits on, for an undo
		after.Standing.silence(Alarm.escalates)
		if err := after.schedule(r); err != nil {
			return nil, err
		}
	}
	after.settle(root.State.Stage, ReasonMerged, r, now)
	byPerson := func(m *Lead) bool { return m.Merged.By != "" }
	if slices.ContainsFunc(came, byPerson) { // else a touch is on its way, and decides
		if err := after.promote(r, now); err != nil {
			return nil, err
		}
	}
	after.tell(ChangeMoved, now) // wherever it stands, what came stands in no list of its own
	return after, nil
}

// record reads what a root and its members are rebuilt from: the members that
// it knows and those that came, with their own members, as far as their marks
// lead to the root. A mark is what counts; the root's list only names whom to ask.
func record(tx Tx, root *Lead, came []*Lead) (*Record, error) {
	known := map[string]*Lead{}
	for _, m := range came {
		known[m.ID] = m
	}
	ids := append([]string{}, root.Members...)
	for _, m := range came {
		ids = append(append(ids, m.ID), m.Members...)
	}
	rec := &Record{Root: root, Touches: map[string][]*Touch{}}
	for _, id := range ids {
		if known[id] == nil {
			m, err := tx.Lead(id)
			if errors.Is(err, ErrNotFound) {
				continue
			}
			if err != nil {
				return nil, err
			}
			known[id] = m
		}
	}
	for _, m := range known {
		if leads(known, m, root.ID) {
			rec.Members = append(rec.Members, m)
		}
	}
	for _, c := range rec.contacts() {
		touches, err := whole(tx, c.ID)
		if err != nil {
			return nil, err
		}
		rec.Touches[c.ID] = touches
	}
	return rec, nil
}

// whole reads all touches of a contact that count. Of whom there are too many,
// nothing may be rebuilt, since what the others said would be lost: ErrLong.
func whole(tx Tx, id string) ([]*Touch, error) {
	touches, err := tx.Touches(id, maxReplay+1)
	if err != nil {
		return nil, err
	}
	counting := 0
	for _, t := range touches {
		if t.Verdict != Suspect {
			counting++
		}
	}
	if counting > maxReplay {
		return nil, ErrLong
	}
	return touches, nil
}

// leads reports whether a contact's marks lead to another, by way of those known.
func leads(known map[string]*Lead, m *Lead, to string) bool {
	for range MaxMembers + 1 {
		if m == nil || m.Merged == nil {
			return false
		}
		if m.Merged.Into == to {
			return true
		}
		m = known[m.Merged.Into]
	}
	return false
}
