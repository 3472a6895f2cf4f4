package install_test

import (
	"fmt"
	"testing"
	"time"

	"assay/server/internal/install"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func TestAWatchKeepsNothingOfASiteThatNobodyListensTo(t *testing.T) {
	var w install.Watch
	note := func(site string, at time.Time) { w.Note(site, install.Seen{At: at}, "page_seen", "https://a.test") }
	note("a", noon)
	_, next := w.Listen("a", -1, noon)
	note("a", noon.Add(time.Second))
	note("b", noon.Add(time.Second))
	if seen, _ := w.Listen("b", next, noon.Add(time.Second)); len(seen) != 0 {
		t.Errorf("of another site: %+v", seen)
	}
	if seen, _ := w.Listen("a", next, noon.Add(2*time.Second)); len(seen) != 1 {
		t.Errorf("of its own: %+v", seen)
	}
	if later := noon.Add(time.Hour); w.Wants("a", later) {
		t.Error("it listens for ever")
	} else if seen, _ := w.Listen("a", 0, later); len(seen) != 0 {
		t.Errorf("it kept %+v", seen)
	}
}

func TestAWatchKeepsTheNewestAndGoesOnAfterARestart(t *testing.T) {
	var w install.Watch
	w.Listen("a", -1, noon)
	for i := range 70 {
		w.Note("a", install.Seen{At: noon}, "page_seen", fmt.Sprint(i))
	}
	seen, next := w.Listen("a", 0, noon)
	if len(seen) != 50 || seen[49].N != 70 || next != 70 {
		t.Errorf("%d are kept, to %d", len(seen), next)
	}
	var restarted install.Watch
	restarted.Listen("a", next, noon)
	restarted.Note("a", install.Seen{At: noon}, "page_seen", "x")
	if seen, next := restarted.Listen("a", next, noon); len(seen) != 1 || next != 1 {
		t.Errorf("after a restart: %+v, %d", seen, next)
	}
}

func TestAWatchListensToSoManySitesAndNoMore(t *testing.T) {
	var w install.Watch
	for i := range 1001 {
		w.Listen(fmt.Sprint(i), -1, noon)
	}
	if !w.Wants("999", noon) || w.Wants("1000", noon) {
		t.Error("it has another bound")
	}
	if w.Listen("1000", -1, noon.Add(time.Minute)); !w.Wants("1000", noon.Add(time.Minute)) {
		t.Error("those who left keep their places")
	}
}
