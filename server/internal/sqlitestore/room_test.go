package sqlitestore

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
)

// A log that fills a disk can never be folded.
func TestTheLogIsAPartOfTheRoom(t *testing.T) {
	for _, c := range []struct {
		bytes int64
		known bool
		want  int
	}{
		{0, false, mostLog},
		{0, true, leastLog},
		{10 << 20, true, leastLog},
		{64 << 20, true, 4096}, // 16 MB in pages of 4 KB
		{1 << 40, true, mostLog},
		{math.MaxInt64, true, mostLog},
	} {
		if got := logPages(c.bytes, c.known, mostLog); got != c.want {
			t.Errorf("of %d bytes (known: %t) the log gets %d pages, want %d", c.bytes, c.known, got, c.want)
		}
	}
}

func TestOnASmallDiskTheLogStaysShort(t *testing.T) {
	dir := smallDisk(t, "32m")
	s := openIn(t, dir, Options{})
	commit := must(strconv.Atoi(pragma(t, s, "wal_autocheckpoint")))(t)
	if commit < 1800 || commit > 2048 { // a quarter of the disk
		t.Errorf("a commit folds a log of %d pages", commit)
	}
	if beside := s.folder.limit; beside > commit/2 {
		t.Errorf("beside the writer it begins anew after %d", beside)
	}
}

// What the log takes is given back to a disk that is full, which has room for what is
// in the log then.
func TestAFullDiskGetsTheRoomOfTheLogBack(t *testing.T) {
	dir := t.TempDir()
	s := openIn(t, dir, Options{})
	nothingToForget(t, s)
	path := filepath.Join(dir, File+"-wal")
	if err := s.Update(bg, "s", save(&lead.Lead{ID: "l1"})); err != nil {
		t.Fatal(err)
	}
	if must(os.Stat(path))(t).Size() == 0 {
		t.Fatal("there is nothing in the log")
	}
	mayGrowTo(t, s, pragma(t, s, "page_count"))
	err := s.Update(bg, "s", save(&lead.Lead{ID: "l2", Profile: map[string]string{"message": strings.Repeat("large ", 20_000)}}))
	if !errors.Is(err, intake.ErrUnavailable) {
		t.Fatalf("it is not full: %v", err)
	}
	if size := must(os.Stat(path))(t).Size(); size > 0 {
		t.Errorf("the log keeps %d bytes", size)
	}
}
