package sqlitestore

import (
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// file makes a database as the program wrote it that knew so many migrations.
func file(t *testing.T, dir string, known int) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, File))
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	must(db.Exec(fmt.Sprintf("PRAGMA busy_timeout = %d", busyWait)))(t) // as any program that opens it
	for _, name := range must(fs.Glob(migrations, "migrations/*.sql"))(t)[:known] {
		must(db.Exec(string(must(migrations.ReadFile(name))(t))))(t)
	}
	must(db.Exec(fmt.Sprintf("PRAGMA user_version = %d", known)))(t)
	return db
}

const oldRow = `INSERT INTO leads (site, id, rev, stage, grade, letter, band, owner, form, verdict, nurturing, last_seen, priority,
	sample, email, name, company, filled, outbox, doc) VALUES ('demo', ?, 3, 'prospect', 'A1', 'A', 'hot', 'p1', 'book', 'verified', 0, 1, 20,
	0, 'ada@works.test', 'ada', '', 0, '', ?)`

func TestAContactThatWasStoredWithoutAStateIsReadAndDue(t *testing.T) {
	dir := t.TempDir()
	db := file(t, dir, 3)
	must(db.Exec(oldRow, "old1", string(must(os.ReadFile("../lead/testdata/without_state.json"))(t))))(t)
	must(db.Exec(oldRow, "new1", `{"id": "new1", "stage": "prospect", "state": {"stage": 4}}`))(t)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s := openIn(t, dir, Options{})
	if due := must(s.Due(bg, "demo", time.Now(), 10))(t); fmt.Sprint(due) != "[old1]" {
		t.Errorf("due are %v", due)
	}
	if l := must(s.Lead(bg, "demo", "old1"))(t); l.State.Stage.String() != "prospect" || l.Rev != 3 || l.Touches[0].Findings[0].Code != "session_invalid" {
		t.Errorf("read as %+v", l)
	}
}

func TestEventsThatWaitedInOutboxesAreInTheFeed(t *testing.T) {
	dir := t.TempDir()
	db := file(t, dir, 6)
	for _, id := range []string{"l1", "l2", "l3"} {
		must(db.Exec(oldRow, id, `{"id": "`+id+`", "stage": "prospect", "domain": "works.test", "state": {"stage": 4}}`))(t)
	}
	must(db.Exec(`INSERT INTO feed (site, cursor, id, doc) VALUES ('demo', 1, 'e1', '{"id": "e1", "lead": "l1"}')`))(t)
	for id, wait := range map[string]struct {
		filled int
		outbox string
	}{"l1": {9, `[{"id": "e1", "lead": "l1"}, {"id": "e4", "lead": "l1"}]`}, "l2": {7, `[{"id": "e3", "lead": "l2"}, {"id": "e2", "lead": "l2"}]`}} {
		must(db.Exec(`UPDATE leads SET filled = ?, outbox = ? WHERE id = ?`, wait.filled, wait.outbox, id))(t)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s := openIn(t, dir, Options{})
	var feed []string
	for _, e := range must(s.Feed(bg, "demo", 0, 10))(t) {
		feed = append(feed, fmt.Sprint(e.Cursor, e.ID, e.Lead))
	}
	if got := fmt.Sprint(feed); got != "[1e1l1 2e3l2 3e2l2 4e4l1]" {
		t.Errorf("feed %s", got)
	}
	if list := must(s.Colleagues(bg, "demo", "works.test", 10))(t); len(list) != 3 {
		t.Errorf("%d colleagues", len(list))
	}
}
