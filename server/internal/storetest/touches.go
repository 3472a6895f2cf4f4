package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"assay/server/internal/lead"
)

func touchOnce(t *testing.T, s Store) {
	insert(t, s, site, newTouch("t1"))
	other := newTouch("t1")
	other.Page = "/other"
	var inserted bool // as the run that counted was told
	update(t, s, site, func(tx lead.Tx) (err error) {
		inserted, err = tx.InsertTouch(other)
		return err
	})
	equal(t, "inserted again", inserted, false)
	update(t, s, "site-b", func(tx lead.Tx) error {
		for _, want := range []bool{true, false} {
			inserted, err := tx.InsertTouch(newTouch("t2"))
			if err != nil {
				return err
			}
			equal(t, "inserted in one unit", inserted, want)
		}
		return nil
	})
	list, err := s.Unapplied(bg, site, noon.Add(time.Second), 10)
	ok(t, err)
	same(t, "the touch", list, []*lead.Touch{newTouch("t1")})
}

func touchWhole(t *testing.T, s Store) {
	touch := newTouch("t1")
	touch.Page, touch.Referrer, touch.Model, touch.Sample = "/pricing", "https://search.test/", "m1", true
	touch.UTM, touch.Answers = map[string]string{"source": "ads"}, map[string]string{"how_heard": "a friend"}
	touch.Claim, touch.Score = &lead.Claim{Engagement: 40, Fit: 60, Band: "warm"}, &lead.Claim{Engagement: 41, Fit: 60, Band: "warm"}
	touch.Findings = []lead.Finding{{Code: "log_diverges", Weight: 100, Text: "not the log of before"}}
	touch.Received = noon.Add(123456789 * time.Nanosecond)
	insert(t, s, site, touch)
	update(t, s, site, func(tx lead.Tx) error { return tx.SetApplied("t1", "l1") })
	list, err := s.Touches(bg, site, "l1", 10)
	ok(t, err)
	same(t, "touches of the lead", list, []*lead.Touch{touch})
}

func unapplied(t *testing.T, s Store) {
	for i, id := range []string{"t3", "t1", "t4", "t2"} {
		touch := newTouch(id)
		touch.Received = noon.Add(time.Duration(i) * time.Second)
		insert(t, s, site, touch)
	}
	ids := func(before time.Time, limit int) []string {
		list, err := s.Unapplied(bg, site, before, limit)
		ok(t, err)
		return touchIDs(list)
	}
	equal(t, "all", ids(noon.Add(time.Minute), 10), []string{"t3", "t1", "t4", "t2"})
	equal(t, "two", ids(noon.Add(time.Minute), 2), []string{"t3", "t1"})
	equal(t, "those before the third", ids(noon.Add(2*time.Second), 10), []string{"t3", "t1"})
	update(t, s, site, func(tx lead.Tx) error { return errors.Join(tx.SetApplied("t3", "l1"), tx.SetApplied("t2", "l1")) })
	equal(t, "those left", ids(noon.Add(time.Minute), 10), []string{"t1", "t4"})
	list, err := s.Touches(bg, site, "l1", 10)
	ok(t, err)
	equal(t, "the lead's", touchIDs(list), []string{"t3", "t2"})
	list, err = s.Touches(bg, site, "l1", 1)
	ok(t, err)
	equal(t, "the lead's first", touchIDs(list), []string{"t3"})
	is(t, "an unknown touch", s.Update(bg, site, func(tx lead.Tx) error { return tx.SetApplied("none", "l1") }), lead.ErrNotFound)
}

func touchesOfLead(t *testing.T, s Store) {
	for i, id := range []string{"t3", "t1", "t4", "t2"} {
		touch := newTouch(id)
		touch.Received = noon.Add(time.Duration(i/2) * time.Second) // two at a time
		insert(t, s, site, touch)
		update(t, s, site, func(tx lead.Tx) error { return tx.SetApplied(id, "l1") })
	}
	update(t, s, "site-b", func(tx lead.Tx) error {
		_, err := tx.InsertTouch(newTouch("t9"))
		return errors.Join(err, tx.SetApplied("t9", "l1"))
	})
	update(t, s, site, func(tx lead.Tx) error {
		own := newTouch("t5")
		own.Received = noon.Add(time.Minute)
		_, err := tx.InsertTouch(own)
		if err = errors.Join(err, tx.SetApplied("t5", "l1")); err != nil {
			return err
		}
		all, err1 := tx.Touches("l1", 10)
		newest, err2 := tx.Touches("l1", 2)
		none, err3 := tx.Touches("l2", 10)
		unapplied, err4 := tx.Touches("", 10)
		if err := errors.Join(err1, err2, err3, err4); err != nil {
			return err
		}
		equal(t, "all, its own too", touchIDs(all), []string{"t1", "t3", "t2", "t4", "t5"})
		equal(t, "the newest two", touchIDs(newest), []string{"t4", "t5"})
		equal(t, "of another lead", len(none)+len(unapplied), 0)
		same(t, "the newest", all[4], own)
		return tx.SetApplied("t5", "l2")
	})
	for i := range 5 {
		touch := newTouch(fmt.Sprint("s", i))
		touch.Verdict, touch.Received = lead.Suspect, noon.Add(time.Duration(i)*time.Second)
		insert(t, s, site, touch)
		update(t, s, site, func(tx lead.Tx) error { return tx.SetApplied(touch.ID, "l1") })
	}
	update(t, s, site, func(tx lead.Tx) error {
		bounded, err := tx.Touches("l1", 2)
		if err != nil {
			return err
		}
		equal(t, "the newest two that count, the first two suspect", touchIDs(bounded), []string{"s0", "s1", "t2", "t4"})
		return nil
	})
	list, err := s.Touches(bg, site, "l2", 10)
	ok(t, err)
	equal(t, "applied to another lead later", touchIDs(list), []string{"t5"})
}
