package sqlitestore

import (
	"cmp"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"assay/server/internal/lead"
)

// heldTouch is a new touch that is written when its unit of work ends: nearly
// every touch is applied in the unit that inserts it, and is so written once,
// with its lead, and not twice.
type heldTouch struct {
	id, lead        string
	received        int64
	sample, suspect int64
	doc             string
}

func (t *tx) heldTouch(id string) *heldTouch {
	for _, h := range t.held {
		if h.id == id {
			return h
		}
	}
	return nil
}

// InsertTouch is lead.Tx's.
func (t *tx) InsertTouch(touch *lead.Touch) (bool, error) {
	if t.heldTouch(touch.ID) != nil {
		return false, nil
	}
	var there int
	err := t.c.row(`SELECT 1 FROM touches WHERE site = ? AND id = ?`, t.site, touch.ID).Scan(&there)
	if err == nil {
		return false, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return false, t.fault("look for touch", err)
	}
	h, err := heldOf(touch)
	if err != nil {
		return false, err
	}
	t.held = append(t.held, h)
	return true, nil
}

func heldOf(touch *lead.Touch) (*heldTouch, error) {
	doc, err := encodeTouch(touch)
	if err != nil {
		return nil, err
	}
	return &heldTouch{
		id: touch.ID, received: touch.Received.UnixMilli(), sample: number(touch.Sample),
		suspect: number(touch.Verdict == lead.Suspect), doc: doc,
	}, nil
}

// SetApplied is lead.Tx's. It fails with lead.ErrNotFound for an unknown touch.
func (t *tx) SetApplied(touchID, leadID string) error {
	if h := t.heldTouch(touchID); h != nil {
		h.lead = leadID
		return nil
	}
	n, err := t.exec("mark touch applied",
		`UPDATE touches SET lead = ? WHERE site = ? AND id = ?`, leadID, t.site, touchID)
	if err == nil && n == 0 {
		return lead.ErrNotFound
	}
	return err
}

// Touches is lead.Tx's.
func (t *tx) Touches(leadID string, limit int) ([]*lead.Touch, error) {
	if leadID == "" { // stands for none in the column
		return nil, nil
	}
	if err := t.flush(); err != nil {
		return nil, err
	}
	list, err := t.touches(selectCounting, leadID, limit)
	if err != nil {
		return nil, t.fault("read touches", err)
	}
	suspects, err := t.touches(selectSuspect, leadID, limit)
	if err != nil {
		return nil, t.fault("read suspect touches", err)
	}
	list = append(list, suspects...)
	slices.SortFunc(list, func(a, b *lead.Touch) int {
		return cmp.Or(cmp.Compare(a.Received.UnixMilli(), b.Received.UnixMilli()), strings.Compare(a.ID, b.ID))
	})
	return list, nil
}

const (
	selectCounting = `SELECT doc FROM touches INDEXED BY touches_lead WHERE site = ? AND lead = ? AND suspect = 0
		ORDER BY received DESC, id DESC LIMIT ?`
	selectSuspect = `SELECT doc FROM touches INDEXED BY touches_lead WHERE site = ? AND lead = ? AND suspect = 1
		ORDER BY received, id LIMIT ?`
)

// touches gives touches of a lead by a query for their texts.
func (t *tx) touches(q, leadID string, limit int) (list []*lead.Touch, err error) {
	rows, err := t.c.rows(q, t.site, leadID, max(limit, 0))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		touch, err := scanTouch(rows, t.site)
		if err != nil {
			return nil, err
		}
		list = append(list, touch)
	}
	return list, rows.Err()
}

const insertTouch = `INSERT INTO touches (site, id, lead, received, sample, suspect, doc)
	VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (site, id) DO NOTHING`

// flush writes what is held.
func (t *tx) flush() error {
	for _, h := range t.held {
		if _, err := t.insertTouch(h); err != nil {
			return err
		}
	}
	t.held = nil
	return nil
}

// insertTouch writes a touch and reports whether its id is new.
func (t *tx) insertTouch(h *heldTouch) (bool, error) {
	n, err := t.exec("insert touch", insertTouch, t.site, h.id, h.lead, h.received, h.sample, h.suspect, h.doc)
	return n == 1, err
}
