package sqlitestore

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"
	"time"

	"assay/server/internal/desk"
	"assay/server/internal/intake"
	"assay/server/internal/lead"

	"pgregory.net/rapid"
)

// contents is what a store should hold.
type contents struct {
	dir        string
	s          *Store
	identities map[string]string
	touches    map[string]string
	leads      map[string]*lead.Lead
}

var errTakenBack = errors.New("taken back")

// Whatever happens between two steps of putting in order, everything is found, and
// nothing that was erased or taken back.
func TestWhatIsPutInOrderIsFoundAllTheTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "tidy")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		c := &contents{dir: dir, identities: map[string]string{}, touches: map[string]string{}, leads: map[string]*lead.Lead{}}
		c.reopen(t)
		defer func() { c.s.Close() }()
		t.Repeat(map[string]func(*rapid.T){
			"arrive":    c.arrive,
			"fail":      c.fail,
			"change":    c.change,
			"erase":     c.erase,
			"reopen":    seldom(c.reopen),
			"elsewhere": seldom(c.elsewhere),
			"":          c.check,
		})
	})
}

// seldom is for what takes long.
func seldom(do func(*rapid.T)) func(*rapid.T) {
	return func(t *rapid.T) {
		if rapid.IntRange(0, 3).Draw(t, "now") == 0 {
			do(t)
		}
	}
}

func (c *contents) reopen(t *rapid.T) {
	if c.s != nil {
		if err := c.s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	var err error
	if c.s, err = Open(c.dir, Options{pace: tidied(5, 3, 2), Synchronous: "OFF"}); err != nil {
		t.Fatal(err)
	}
}

func some(t *rapid.T, kind string) string {
	return fmt.Sprint(kind, rapid.IntRange(0, 9).Draw(t, kind))
}

// arrive is a touch that ties two identities to its lead and makes that, if it is new.
func (c *contents) arrive(t *rapid.T) { c.arriveIn(t, c.s) }

// elsewhere is the same by another process, which puts in order, too.
func (c *contents) elsewhere(t *rapid.T) {
	other, err := Open(c.dir, Options{pace: tidied(5, 3, 2), Synchronous: "OFF"})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	c.arriveIn(t, other)
}

func (c *contents) arriveIn(t *rapid.T, s *Store) {
	touch, id := some(t, "touch"), some(t, "lead")
	hashes := []string{some(t, "hash"), some(t, "session.")}
	err := s.Update(bg, "s", func(tx lead.Tx) error {
		inserted, err := tx.InsertTouch(touchOf(touch))
		if err != nil || !inserted {
			return err
		}
		if _, err := tx.ClaimIdentities(id, hashes...); err != nil {
			return err
		}
		if err := tx.SetApplied(touch, id); err != nil {
			return err
		}
		_, err = tx.Lead(id)
		if errors.Is(err, lead.ErrNotFound) {
			return tx.SaveLead(personOf(id, 0))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, there := c.touches[touch]; there {
		return
	}
	c.touches[touch] = id
	for _, h := range hashes {
		if c.identities[h] == "" {
			c.identities[h] = id
		}
	}
	if c.leads[id] == nil {
		c.leads[id] = personOf(id, 0)
	}
}

func personOf(id string, version int) *lead.Lead {
	return &lead.Lead{ID: id, Standing: lead.Standing{Stage: "lead"}, Domain: id + ".test", Profile: map[string]string{
		"email": fmt.Sprintf("mail%d@%s.test", version, id), "name": fmt.Sprint("name", version), "company": "company of " + id}}
}

// fail is a unit that writes and is then taken back.
func (c *contents) fail(t *rapid.T) {
	touch, id, hash := some(t, "touch"), some(t, "lead"), some(t, "hash")
	err := c.s.Update(bg, "s", byWriter(func(tx lead.Tx) error {
		if _, err := tx.InsertTouch(touchOf(touch)); err != nil {
			return err
		}
		if _, err := tx.ClaimIdentities(id, hash); err != nil {
			return err
		}
		if _, err := tx.Touches(id, 1); err != nil { // writes what is held
			return err
		}
		return errTakenBack
	}))
	if !errors.Is(err, errTakenBack) {
		t.Fatal(err)
	}
}

func (c *contents) change(t *rapid.T) {
	id, version := some(t, "lead"), rapid.IntRange(0, 2).Draw(t, "version")
	if c.leads[id] == nil {
		return
	}
	err := c.s.Update(bg, "s", func(tx lead.Tx) error {
		l, err := tx.Lead(id)
		if err != nil {
			return err
		}
		l.Profile = personOf(id, version).Profile
		return tx.SaveLead(l)
	})
	if err != nil {
		t.Fatal(err)
	}
	c.leads[id] = personOf(id, version)
}

func (c *contents) erase(t *rapid.T) {
	id := some(t, "lead")
	if c.leads[id] == nil {
		return
	}
	l, err := c.s.Lead(bg, "s", id)
	if err != nil {
		t.Fatal(err)
	}
	var hashes []string
	for hash, of := range c.identities {
		if of == id {
			hashes = append(hashes, hash)
			delete(c.identities, hash)
		}
	}
	if err := c.s.Erase(bg, "s", []intake.Revision{{ID: id, Rev: l.Rev}}, hashes, nil); err != nil {
		t.Fatal(err)
	}
	delete(c.leads, id)
	for touch, of := range c.touches {
		if of == id {
			c.touches[touch] = "" // its id stays known
		}
	}
}

func (c *contents) check(t *rapid.T) {
	var hashes []string
	for i := range 10 {
		hashes = append(hashes, fmt.Sprint("hash", i), fmt.Sprint("session.", i))
	}
	var tied map[string]string
	err := c.s.Update(bg, "s", func(tx lead.Tx) (err error) { tied, err = tx.Identities(hashes...); return err })
	if err != nil || !maps.Equal(tied, c.identities) {
		t.Fatalf("tied are %v, want %v, %v", tied, c.identities, err)
	}
	for range 3 {
		touch := some(t, "touch")
		of, known, err := c.s.Applied(bg, "s", touch)
		if want, there := c.touches[touch]; err != nil || known != there || of != want {
			t.Fatalf("%s: of %q, known %t, %v, want %q, %t", touch, of, known, err, want, there)
		}
		c.find(t, some(t, "lead"))
	}
	for version := range 3 {
		var want []string
		for id, l := range c.leads {
			if l.Profile["name"] == fmt.Sprint("name", version) {
				want = append(want, id)
			}
		}
		c.search(t, fmt.Sprint("name", version), want)
		c.search(t, fmt.Sprint("mail", version), want)
	}
}

// find looks for a lead by what only its own terms hold.
func (c *contents) find(t *rapid.T, id string) {
	var want []string
	if c.leads[id] != nil {
		want = []string{id}
	}
	c.search(t, "company of "+id, want)
	list, err := c.s.Colleagues(bg, "s", id+".test", 5)
	if err != nil || len(list) != len(want) {
		t.Fatalf("%d colleagues of %s, want %d, %v", len(list), id, len(want), err)
	}
}

func (c *contents) search(t *rapid.T, prefix string, want []string) {
	page, err := c.s.Leads(bg, "s", desk.Query{Prefix: prefix, Limit: 50})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range page.Leads {
		got = append(got, l.ID)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Fatalf("%q finds %v, want %v", prefix, got, want)
	}
}

// Keys are numbers made of names: two names may have the same.
func TestANameWhoseKeyAnotherNameHasIsFound(t *testing.T) {
	s := open(t, Options{})
	tie := func(hash, id, of string) {
		var owners map[string]string
		err := s.Update(bg, "s", func(tx lead.Tx) (err error) { owners, err = tx.ClaimIdentities(id, hash); return err })
		if err != nil || owners[hash] != of {
			t.Errorf("%s is %s's, %v", hash, owners[hash], err)
		}
	}
	tie("h1", "l1", "l1")
	tie("h2", "l2", "l2")
	s.young.wrote(s.sieve.key("s", "h1"), s.young.find(s.sieve.key("s", "h2")))
	tie("h1", "l3", "l1")
}

// Names and touches of an older file, in order and new.
func TestNamesOfAnOlderFileAreFound(t *testing.T) {
	dir := t.TempDir()
	db := file(t, dir, 7)
	must(db.Exec(`INSERT INTO identities (site, hash, lead) VALUES ('s', 'h1', 'l1')`))(t)
	must(db.Exec(`INSERT INTO touches (site, id, lead, received, sample, doc) VALUES ('s', 't1', 'l1', 1, 0, '{"id": "t1"}')`))(t)
	must(db.Exec(`INSERT INTO leads (site, id, rev, stage, grade, band, owner, form, verdict, nurturing, last_seen, priority, sample, changes,
		model, domain, email, name, company, profile, doc) VALUES ('s', 'l1', 1, 'lead', 'A1', 'hot', '', '', 'verified', 0, 1, 20, 0, 0,
		'', 'works.test', 'ada@works.test', 'ada', 'works', '{}', '{"id": "l1", "stage": "lead", "state": {"stage": 2}}')`))(t)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s := openIn(t, dir, Options{})
	if of, known, err := s.Applied(bg, "s", "t1"); of != "l1" || !known || err != nil {
		t.Errorf("applied to %q, known %t, %v", of, known, err)
	}
	var tied map[string]string
	err := s.Update(bg, "s", func(tx lead.Tx) (err error) { tied, err = tx.Identities("h1"); return err })
	if err != nil || tied["h1"] != "l1" {
		t.Errorf("tied are %v, %v", tied, err)
	}
	for _, prefix := range []string{"ada@", "ada", "wor"} {
		if page := must(s.Leads(bg, "s", desk.Query{Prefix: prefix}))(t); len(page.Leads) != 1 {
			t.Errorf("%q finds %d", prefix, len(page.Leads))
		}
	}
	if n := len(must(s.Colleagues(bg, "s", "works.test", 5))(t)); n != 1 {
		t.Errorf("%d colleagues", n)
	}
}

// What waits stays little, however long the store lives.
func TestWhatIsNewIsPutInOrder(t *testing.T) {
	s := open(t, Options{pace: tidied(40, 10, 4)})
	count := func(table string) (n int) {
		if err := s.read.row(bg, `SELECT count(*) FROM `+table).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for i := range 400 {
		id := fmt.Sprint("l", i)
		err := s.Update(bg, "s", func(tx lead.Tx) error {
			if _, err := tx.ClaimIdentities(id, "a"+id, "b"+id); err != nil {
				return err
			}
			return tx.SaveLead(personOf(id, 0))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for end := time.Now().Add(time.Minute); count("names_new") > 200 || count("terms_new") > 60; {
		if time.Now().After(end) {
			t.Fatalf("%d names and %d leads wait", count("names_new"), count("terms_new"))
		}
		if err := s.Update(bg, "s", save(&lead.Lead{ID: "beat"})); err != nil && !errors.Is(err, lead.ErrConflict) {
			t.Fatal(err)
		}
	}
	if count("names") < 600 || count("terms") < 4*340 {
		t.Errorf("%d names and %d terms are in order", count("names"), count("terms"))
	}
}
