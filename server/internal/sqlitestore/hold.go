package sqlitestore

import (
	"cmp"
	"slices"
	"strconv"
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
	n, err := t.touch(touch.ID)
	if err != nil || n > 0 {
		return false, err
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
	n, err := t.touch(touchID)
	if err == nil && n == 0 {
		return lead.ErrNotFound
	}
	if err == nil {
		_, err = t.exec("mark touch applied", `UPDATE touches SET lead = ? WHERE n = ?`, leadID, n)
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

const insertTouch = `INSERT INTO touches (site, id, lead, received, sample, suspect, doc) VALUES (?, ?, ?, ?, ?, ?, ?)`

// flush writes what is held.
func (t *tx) flush() error {
	held := t.held
	t.held = nil
	return t.insertTouches(held, nil)
}

// insertTouches writes touches that are new, and with their names others that are.
func (t *tx) insertTouches(list []*heldTouch, others []named) error {
	for _, h := range list {
		n, err := t.insert("insert touch", insertTouch, t.site, h.id, h.lead, h.received, h.sample, h.suspect, h.doc)
		if err != nil {
			return err
		}
		others = append(others, named{touchName(h.id), strconv.FormatInt(n, 10)})
	}
	return t.name(others)
}

// touch gives a touch's number; 0 for an unknown one.
func (t *tx) touch(id string) (int64, error) {
	n, err := t.names().touch(id)
	if err != nil {
		return 0, t.fault("look for touch", err)
	}
	return n, nil
}
