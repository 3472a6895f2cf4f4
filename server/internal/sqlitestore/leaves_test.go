package sqlitestore

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
)

func leaveOf(by, id string) *lead.Leave {
	return &lead.Leave{ID: id, By: by, At: time.Now(), Received: time.Now().Truncate(time.Millisecond), Form: "f", Page: "https://a.test/" + secret}
}

func TestABackupHoldsTheLeftForms(t *testing.T) {
	dir, to := t.TempDir(), filepath.Join(t.TempDir(), "b")
	s := openIn(t, dir, Options{})
	must(s.SaveLeave(bg, "s", leaveOf("h", "l1"), 10))(t)
	must(Backup(bg, dir, to))(t)
	other := t.TempDir()
	if err := os.Rename(to, filepath.Join(other, File)); err != nil {
		t.Fatal(err)
	}
	if list := must(openIn(t, other, Options{}).Leaves(bg, "s", intake.LeavePlace{}, 10))(t); len(list) != 1 || list[0].ID != "l1" || list[0].By != "h" {
		t.Errorf("it holds %+v", list)
	}
}

func TestNothingOfAnErasedLeftFormIsInTheFiles(t *testing.T) {
	dir := t.TempDir()
	s := openIn(t, dir, Options{})
	for i := range 20 {
		must(s.SaveLeave(bg, "s", leaveOf("h", fmt.Sprint("l", i)), 100))(t)
	}
	if !holds(t, dir, secret) {
		t.Fatal("it was never there")
	}
	if err := s.Erase(bg, "s", nil, []string{"h"}, nil); err != nil {
		t.Fatal(err)
	}
	gone(t, dir, secret)
}
