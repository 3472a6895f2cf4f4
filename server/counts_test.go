package main

import (
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestOneIsToldAsOneAndAnyOtherNumberAsMany(t *testing.T) {
	for n, want := range map[int]string{0: "0 rows", 1: "1 row", 2: "2 rows", 12_345: "12,345 rows", -1: "-1 rows", -1_000: "-1,000 rows"} {
		if got := many(n, "row", "rows"); got != want {
			t.Errorf("%d is told as %q, want %q", n, got, want)
		}
	}
	if got := newProgress(io.Discard, "lead", "leads", 0, nil).line(1, time.Second); got != "1 lead, 1/s" {
		t.Errorf("progress says %q", got)
	}
}

func TestCommandsTellOfASingleLead(t *testing.T) {
	dir := northbeck(t)
	one := write(t, "one.csv", "Email\nada@works.test\n")
	wrong := write(t, "wrong.csv", "Email\nnobody\n")
	to := t.TempDir()
	for _, c := range []struct {
		code int
		args []string
		want string
	}{
		{fine, []string{"import", dir, "-site=northbeck", "-dry-run", one}, "1 row: 1 can be imported, 0 are wrong; nothing"},
		{failure, []string{"import", dir, "-site=northbeck", "-dry-run", wrong}, "1 row: 0 can be imported, 1 is wrong; nothing"},
		{fine, []string{"import", dir, "-site=northbeck", one}, "1 row: 1 created, 0 updated"},
		{fine, []string{"export", dir, "-site=northbeck", "-to", filepath.Join(to, "out.csv")}, "1 lead in "},
		{fine, []string{"backup", dir, "-to", filepath.Join(to, "backup")}, " MB, 1 lead, 1 touch, in "},
	} {
		if text := commandLine(t, c.code, c.args...); !strings.Contains(text, c.want) {
			t.Errorf("assay %s says %q, want %q", strings.Join(c.args, " "), text, c.want)
		}
	}
}
