package lead

import (
	"errors"
	"slices"
	"time"
)

// Unmerge takes a contact out of the one that it was merged into, with all that
// was part of it then, and gives both back: the part is as it was, and saved;
// the rest is for the caller to save. Touches that came since stay with the
// rest. It is ErrApart when the two are not one, and ErrConflict while a touch is
// stored that is not marked yet as part of them.
func Unmerge(tx Tx, root *Lead, part, by string, r *Rater, now time.Time) (rest, out *Lead, err error) {
	out, err = tx.Lead(part)
	if err != nil {
		return nil, nil, err
	}
	top, path, err := climb(tx, out)
	if err != nil {
		return nil, nil, err
	}
	half := out.Merged == nil && root.Includes(part) // a crash came between the two writes
	mark := out.Merged
	if part == root.ID || top.ID != root.ID && !half {
		return nil, nil, ErrApart
	}
	leaving, err := record(tx, out, nil)
	if err != nil {
		return nil, nil, err
	}
	stays := toldApart(out, path)
	if !half {
		if out, err = leave(root, leaving, by, r, now); err != nil {
			return nil, nil, err
		}
	}
	rest, rec, err := without(tx, root, leaving, mark, path, r, now)
	if err != nil {
		return nil, nil, err
	}
	for _, m := range rec.Members {
		if !onWay(path, m) {
			stays = append(stays, m.StallTold)
		}
	}
	if root.StallTold == root.State.Since && !half && !slices.Contains(stays, root.StallTold) {
		out.knownToStay(r, now)
		rest.knownToStay(r, now)
	}
	if err := errors.Join(out.apart(root, r, now), rest.apart(root, r, now)); err != nil {
		return nil, nil, err
	}
	if !half { // only now: a store without transactions cannot take it back
		out.tell(ChangeMoved, now)
		if err := tx.SaveLead(out); err != nil {
			return nil, nil, err
		}
	}
	rest.tell(ChangeMoved, now)
	rest.record(ActionUnmerge, by, now, map[string]string{"other": part})
	return rest, out, nil
}

// leave rebuilds a contact that leaves a root, from its record.
func leave(root *Lead, leaving *Record, by string, r *Rater, now time.Time) (*Lead, error) {
	leaving.Root.heed(root)
	if root.objectedSince(leaving.Root.Merged.At) { // as one person: whose wish it was nobody knows by now
		leaving.Root.record(ActionStop, by, now, nil)
	}
	leaving.Root.Merged = nil
	return Replay(leaving, r, now)
}

// without rebuilds a root after a part of it left, which has no mark any more
// and need not be saved yet, and gives its record too. It is ErrConflict while a
// touch of either is not marked as theirs.
func without(tx Tx, root *Lead, leaving *Record, mark *Merged, path []*Lead, r *Rater, now time.Time) (*Lead, *Record, error) {
	rec, err := record(tx, root, []*Lead{leaving.Root})
	if err != nil {
		return nil, nil, err
	}
	if rec.awaits(now, leaving) {
		return nil, nil, ErrConflict
	}
	alone := *root
	alone.Standing = remains(rec, mark, path)
	rec.Root = &alone
	rest, err := Replay(rec, r, now)
	if err != nil {
		return nil, nil, err
	}
	rest.settle(root.State.Stage, ReasonUnmerged, r, now)
	return rest, rec, nil
}

// remains gives the standing of a root after a part of it left: what it was
// before the merge, if nothing happened since. Else it is the root's own, joined
// with that of the members that it still has; of those on the path from the part
// to the root, too, only what is their own counts.
func remains(rec *Record, mark *Merged, path []*Lead) Standing {
	root := rec.Root
	if mark != nil && mark.Into == root.ID && mark.Gave.same(&root.Standing) {
		return mark.Was
	}
	return root.own().with(rec.Members, func(m *Lead) Standing {
		if onWay(path, m) {
			return m.own()
		}
		return m.Standing
	})
}

func onWay(path []*Lead, m *Lead) bool {
	return slices.ContainsFunc(path, func(p *Lead) bool { return p.ID == m.ID })
}
