package sqlitestore

import (
	"database/sql"
	"errors"

	"assay/server/internal/lead"
)

// heldTouch is a new touch that is written when its unit of work ends: nearly
// every touch is applied in the unit that inserts it, and is so written once,
// with its lead, and not twice.
type heldTouch struct {
	id, lead         string
	received, sample int64
	doc              string
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
	doc, err := encodeTouch(touch)
	if err != nil {
		return false, err
	}
	t.held = append(t.held, &heldTouch{
		id: touch.ID, received: touch.Received.UnixMilli(), sample: number(touch.Sample), doc: doc,
	})
	return true, nil
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

// flush writes what is held.
func (t *tx) flush() error {
	for _, h := range t.held {
		_, err := t.exec("insert touch", `INSERT INTO touches (site, id, lead, received, sample, doc)
			VALUES (?, ?, ?, ?, ?, ?)`, t.site, h.id, h.lead, h.received, h.sample, h.doc)
		if err != nil {
			return err
		}
	}
	return nil
}
