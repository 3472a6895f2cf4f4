package mongostore

import (
	"fmt"
	"testing"
	"time"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
	"assay/server/internal/mongotest"
)

// objecting are forms that object and that a dying server may leave half done.
var objecting = []crash{
	{
		name: "somebody new objects",
		touch: func(h *house, session string) *intake.Submission {
			sub := h.submit("t", "book", buyer, session)
			sub.Objected = true
			return sub
		},
		alerts: []string{"hand_raise"}, // an ask all the same, and no prospect
	},
	{
		name: "somebody known, who was scored, objects",
		before: func(h *house, session string) {
			h.accept(h.second, h.submit("known", "guide", map[string]string{"email": "ada@works.test"}, session))
			h.now = h.now.Add(time.Minute)
			h.accept(h.second, h.submit("look", "guide", nil, session))
			h.now = h.now.Add(time.Minute)
		},
		touch: func(h *house, session string) *intake.Submission {
			sub := h.submit("t", "book", buyer, session)
			sub.Objected = true
			return sub
		},
		alerts: []string{"hand_raise"},
	},
}

// Domain rule 31: an objection holds, whenever the server that took it dies.
func TestADeadServersObjectionHoldsAndIsRecordedOnce(t *testing.T) {
	for _, c := range objecting {
		t.Run(c.name, func(t *testing.T) {
			h := newHouse(t)
			h.dies(&c, "before", mongotest.CutBefore, 0)
			h.objectedOnce("before the first write")
			for writes := 0; h.dies(&c, fmt.Sprint("after", writes), mongotest.CutUnheard, writes); writes++ {
				h.objectedOnce(fmt.Sprint("after write ", writes))
				if writes > 50 {
					t.Fatal("there is no end of writes")
				}
			}
		})
	}
}

// objectedOnce checks that the only contact objected, and has no score and no evidence.
func (h *house) objectedOnce(when string) {
	h.t.Helper()
	list := h.contacts()
	if len(list) != 1 {
		h.t.Fatalf("%s: %d contacts", when, len(list))
	}
	l, stops := list[0], 0
	for _, a := range l.Actions {
		if a.Do == lead.ActionStop {
			stops++
		}
	}
	if !l.Objected || stops != 1 || len(l.Visits) != 0 || l.Cell != (lead.Cell{}) {
		h.t.Errorf("%s: objected %v, on record %d times, %d visits, scored %+v", when, l.Objected, stops, len(l.Visits), l.Cell)
	}
	for _, id := range []string{"t", "next"} {
		touches, err := h.touch(l.ID, id)
		if err != nil || len(touches.Visits) != 0 || touches.Score != nil {
			h.t.Errorf("%s: the touch %s is stored as %+v, %v", when, id, touches, err)
		}
	}
}

// touch gives a stored touch of a contact.
func (h *house) touch(of, id string) (*lead.Touch, error) {
	touches, err := h.store.Touches(bg, h.site.Key, of, 100)
	for _, t := range touches {
		if t.ID == id {
			return t, nil
		}
	}
	return new(lead.Touch), fmt.Errorf("no touch %s: %v", id, err)
}

// An objection stays through a merge, on a store without transactions too, until
// an admin takes it back.
func TestAnObjectionHoldsThroughAMergeUntilAnAdminTakesItBack(t *testing.T) {
	h := newHouse(t)
	h.begin("demo")
	ada := h.submit("ada", "book", buyer, "")
	ada.Objected = true
	h.accept(h.first, ada)
	h.now = h.now.Add(time.Second)
	h.accept(h.second, h.submit("eve", "guide", map[string]string{"email": "eve@third.test"}, ""))
	list := h.contacts()
	if err := h.merge(list[0].ID, list[1].ID); err != nil {
		t.Fatal(err)
	}
	whole := func() *lead.Lead {
		l, err := h.store.Lead(bg, "demo", list[0].ID)
		if err == nil && l.Merged != nil {
			l, err = h.store.Lead(bg, "demo", l.Merged.Into)
		}
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	if l := whole(); !l.Objected || l.Cell.Grade != "" || len(l.Members) != 1 {
		t.Errorf("as one: %+v", l)
	}
	err := h.store.Update(bg, "demo", func(tx lead.Tx) error {
		do := lead.Doing{Do: lead.ActionStop, Undo: true, Admin: true, By: "boss", Text: "It was not Ada."}
		l, err := lead.Unobject(tx, whole(), &do, h.model.Rater, h.now)
		if err != nil {
			return err
		}
		return lead.Save(tx, l, h.model.Rater)
	})
	if l := whole(); err != nil || l.Objected || l.Cell.Grade == "" {
		t.Errorf("taken back: %v, %+v", err, l)
	}
}
