package sqlitestore

import (
	"context"
	"errors"
	"slices"

	"assay/server/internal/lead"
)

var _ lead.Tx = (*draft)(nil)

// draft is a unit of work that is done beside the writer, on what the readers
// see, by the goroutine that asked for it: several at a time. The writer then
// only looks whether anything that it read was written since (lately), and
// writes down what it came to. Where something was, or where a draft cannot
// tell, the writer runs the unit itself.
type draft struct {
	s    *Store
	wait context.Context // of the caller, for the time until there is a connection
	ctx  context.Context // never ends: SQLite's driver pays for one that can
	site string
	seen uint64            // commits that all of its reads saw
	read []uint64          // keys
	tied map[string]string // identities that it read or claimed; empty text for none

	touches []*heldTouch
	claims  []named
	saves   []*saved
}

// errWriter: only the writer can tell.
var errWriter = errors.New("sqlitestore: left to the writer")

// draft begins one. Its reads are short once they have a connection, and nothing
// waits for their end but the caller.
func (s *Store) draft(ctx context.Context, site string) *draft {
	return &draft{s: s, wait: ctx, ctx: context.WithoutCancel(ctx), site: site, seen: s.commits.Load(), tied: map[string]string{}}
}

// try runs a unit of work; false when the writer has to.
func (d *draft) try(fn func(lead.Tx) error) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false // the writer will see it, and tell of it
		}
		if !ok {
			d.undo()
		}
	}()
	return fn(d) == nil
}

// undo leaves the leads that were to be saved as the unit had them, since it
// runs again.
func (d *draft) undo() {
	for _, s := range slices.Backward(d.saves) {
		s.lead.Rev, s.lead.Outbox = s.before, s.outbox
	}
}

// InsertTouch is lead.Tx's. That the touch is new, the writer will see.
func (d *draft) InsertTouch(t *lead.Touch) (bool, error) {
	if d.held(t.ID) != nil {
		return false, nil
	}
	h, err := heldOf(t)
	if err != nil {
		return false, err
	}
	d.touches = append(d.touches, h)
	return true, nil
}

func (d *draft) held(id string) *heldTouch {
	for _, h := range d.touches {
		if h.id == id {
			return h
		}
	}
	return nil
}

// SetApplied is lead.Tx's.
func (d *draft) SetApplied(touchID, leadID string) error {
	h := d.held(touchID)
	if h == nil {
		return errWriter
	}
	h.lead = leadID
	return nil
}

// Touches is lead.Tx's.
func (d *draft) Touches(string, int) ([]*lead.Touch, error) { return nil, errWriter }

// Identities is lead.Tx's.
func (d *draft) Identities(hashes ...string) (map[string]string, error) {
	if err := d.look(hashes); err != nil {
		return nil, err
	}
	found := make(map[string]string, len(hashes))
	for _, hash := range hashes {
		if id := d.tied[hash]; id != "" {
			found[hash] = id
		}
	}
	return found, nil
}

// look reads identities that were not read yet.
func (d *draft) look(hashes []string) error {
	var unread []string
	for _, hash := range hashes {
		if _, known := d.tied[hash]; known {
			continue
		}
		d.tied[hash] = ""
		d.read = append(d.read, d.s.sieve.key(d.site, hash))
		unread = append(unread, hash)
	}
	return d.s.names(d.wait, d.ctx, d.site).read(unread, d.tied)
}

// ClaimIdentities is lead.Tx's.
func (d *draft) ClaimIdentities(leadID string, hashes ...string) (map[string]string, error) {
	if err := d.look(hashes); err != nil {
		return nil, err
	}
	owners := make(map[string]string, len(hashes))
	for _, hash := range hashes {
		if d.tied[hash] == "" {
			d.tied[hash] = leadID
			d.claims = append(d.claims, named{hash, leadID})
		}
		owners[hash] = d.tied[hash]
	}
	return owners, nil
}

// Owners is lead.Tx's: as of now, whatever happens meanwhile.
func (d *draft) Owners(domain string, limit int) (owners []string, err error) {
	if domain == "" || d.s.sieve.lacks(d.site, company(domain)) {
		return nil, nil
	}
	err = d.s.read.eachAfter(d.wait, d.ctx, func(r scanner) error {
		var owner string
		err := r.Scan(&owner)
		owners = append(owners, owner)
		return err
	}, selectOwners, d.site, domain, max(limit, 0))
	return owners, err
}

// Lead is lead.Tx's. What the unit itself has written, the writer reads.
func (d *draft) Lead(id string) (*lead.Lead, error) {
	for _, s := range d.saves {
		if s.id == id {
			return nil, errWriter
		}
	}
	d.read = append(d.read, d.s.sieve.leadKey(d.site, id))
	return scanLead(d.s.read.rowAfter(d.wait, d.ctx, selectLead, d.site, id), d.site)
}

// SaveLead is lead.Tx's.
func (d *draft) SaveLead(l *lead.Lead) error {
	save, err := newSaved(d.site, l)
	if err != nil {
		return err
	}
	d.read = append(d.read, d.s.sieve.leadKey(d.site, l.ID))
	save.lead, save.outbox = l, l.Outbox
	d.saves = append(d.saves, save)
	l.Rev++
	l.Outbox = nil
	return nil
}

// write puts a draft into the transaction. It gives false, and has written
// nothing, when its touch is known already. errStale is the transaction's.
func (d *draft) write(t *tx) (bool, error) {
	for _, h := range d.touches {
		if n, err := t.touch(h.id); err != nil || n > 0 {
			return false, err
		}
	}
	if err := t.insertTouches(d.touches, d.claims); err != nil {
		return false, err
	}
	for _, s := range d.saves {
		written, err := t.save(s)
		if err == nil && !written {
			err = errStale
		}
		if err != nil {
			return false, err
		}
	}
	return true, nil
}

// errStale: something was there that a draft had not seen, although nobody here
// wrote it. The transaction is taken back, and the writer runs its units itself.
var errStale = errors.New("sqlitestore: another process wrote meanwhile")
