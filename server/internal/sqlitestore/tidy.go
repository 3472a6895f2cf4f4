package sqlitestore

import (
	"fmt"
	"time"
)

// tidyAt is how many leads may wait: enough for several names or terms to share a
// page, few enough for a search to look through them in some ms.
const tidyAt = 4096

// tidyAgain is how long a file is left alone that could not be put in order.
const tidyAgain = time.Second

// tidying are the steps, a transaction each, so that nobody waits long: none takes
// more than some 20 ms. One that is done again changes nothing. ?1 is the newest name
// as of the first step, or the newest lead.
var tidying = []struct {
	text  string
	leads bool
}{
	{tidyNamesThat(`name >= 'touch.' AND name < 'touch/'`), false},
	{tidyNamesThat(`NOT (name >= 'touch.' AND name < 'touch/')`), false},
	{tidyTerms(1, "email"), true},
	{tidyTerms(2, "name"), true},
	{tidyTerms(3, "company"), true},
	{tidyTerms(4, "domain"), true},
	{`DELETE FROM terms_new WHERE lead <= ?1`, true},
	{`DELETE FROM names_new WHERE k <= ?1`, false},
}

func tidyNamesThat(are string) string {
	return `INSERT OR IGNORE INTO names SELECT site, name, value FROM names_new WHERE k <= ?1 AND ` + are + ` ORDER BY site, name`
}

func tidyTerms(kind int, column string) string {
	return fmt.Sprintf(`INSERT OR IGNORE INTO terms SELECT site, %d, %[2]s, lead FROM terms_new
		WHERE lead <= ?1 AND %[2]s <> '' ORDER BY site, %[2]s, lead`, kind, column)
}

// tidy is where the writer is with putting things in order.
type tidy struct {
	step       int // done; 0: nothing is under way
	name, lead int64
	at         int       // how many leads may wait
	leads      int       // how many do, at most
	rest       time.Time // nothing is begun before
}

// count finds how many leads wait.
func (t *tidy) count(c *conn) error {
	if err := c.row(`SELECT count(*) FROM terms_new`).Scan(&t.leads); err != nil {
		return fmt.Errorf("sqlitestore: count new leads: %w", err)
	}
	return nil
}

// begin finds what is there to be put in order.
func (t *tidy) begin(c *conn) error {
	t.leads = 0
	return c.row(`SELECT coalesce((SELECT max(k) FROM names_new), 0), coalesce((SELECT max(lead) FROM terms_new), 0)`).Scan(&t.name, &t.lead)
}

// tidy does a step, if there is cause to. One that fails is begun again later: nothing
// is lost meanwhile, and what is asked for is found.
func (w *writer) tidy() {
	t := &w.tidied
	if t.step == 0 && (t.leads < t.at && w.young.size() < t.at*together || time.Now().Before(t.rest)) {
		return
	}
	if err := w.tidyStep(); err != nil {
		t.step, t.leads, t.rest = 0, t.at, time.Now().Add(tidyAgain)
		return
	}
	if t.step++; t.step == len(tidying) {
		w.young.forget(t.name)
		t.step = 0
	}
}

func (w *writer) tidyStep() (err error) {
	t := &w.tidied
	if t.step == 0 {
		if err := t.begin(w.c); err != nil {
			return err
		}
	}
	if _, err := w.c.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			w.abandon()
		}
	}()
	until := t.name
	if tidying[t.step].leads {
		until = t.lead
	}
	if _, err := w.c.exec(tidying[t.step].text, until); err != nil {
		return err
	}
	_, err = w.c.exec("COMMIT")
	return err
}
