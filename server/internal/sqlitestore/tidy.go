package sqlitestore

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// tidyLimits say when what is new is put in order.
type tidyLimits struct {
	names int // that may wait: enough for several to share a page of a large file
	leads int // whose terms may wait: fewer, since a search looks through them
	rows  int // that a step takes, in a few ms
}

var usualTidyLimits = tidyLimits{names: 131_072, leads: 8192, rows: 256}

// tidyAgain is how long a file is left alone that could not be put in order.
const tidyAgain = time.Second

// deleteFaster is how many times as many rows a step deletes: they stand together.
const deleteFaster = 8

// The steps of putting in order. Those that insert take rows by their numbers, in
// the order of the page that they go to; a row that is gone is passed over, and
// one that is in order already stays. All are there before any is deleted.
const (
	tidyNames   = `INSERT OR IGNORE INTO names SELECT site, name, n.value FROM json_each(?) j CROSS JOIN names_new n ON n.k = j.value`
	deleteNames = `DELETE FROM names_new WHERE k <= ?`
	deleteTerms = `DELETE FROM terms_new WHERE lead <= ?`
)

// termColumns are those of terms_new, by their kind.
var termColumns = []string{1: "email", 2: "name", 3: "company", 4: "domain"}

func tidyTerms(kind int) string {
	return fmt.Sprintf(`INSERT OR IGNORE INTO terms SELECT site, %d, %s, lead FROM json_each(?) j CROSS JOIN terms_new n ON n.lead = j.value`,
		kind, termColumns[kind])
}

// tidyPlan is what is to be done, a little with each group of units.
type tidyPlan struct {
	steps []tidyStep
	names bool  // among them
	err   error // there is no plan
}

type tidyStep struct {
	text string
	arg  any
}

// tidyDue is what the writer wants to be planned.
type tidyDue struct {
	names int64 // the newest; 0 for none
	terms bool
}

// tidier plans, beside the writer, how what is new is put in order.
type tidier struct {
	limits tidyLimits
	asked  chan tidyDue   // holds one
	plans  chan *tidyPlan // holds one
}

func newTidier(limits tidyLimits) *tidier {
	return &tidier{limits: limits, asked: make(chan tidyDue, 1), plans: make(chan *tidyPlan, 1)}
}

// keepTidy plans whenever the writer asks for it, until the context ends.
func (s *Store) keepTidy(ctx context.Context) {
	for {
		var due tidyDue
		select {
		case due = <-s.tidier.asked:
		case <-ctx.Done():
			return
		}
		s.tidier.plans <- s.tidier.plan(ctx, s.read, due)
	}
}

// plan reads what is new. Nobody waits for it.
func (t *tidier) plan(ctx context.Context, r *reader, due tidyDue) *tidyPlan {
	p := &tidyPlan{}
	if due.names > 0 {
		p.err = t.planNames(ctx, r, p, due.names)
	}
	if due.terms && p.err == nil {
		p.err = t.planTerms(ctx, r, p)
	}
	return p
}

func (t *tidier) planNames(ctx context.Context, r *reader, p *tidyPlan, newest int64) error {
	rows, err := numbers(ctx, r, `SELECT k FROM names_new WHERE k <= ? ORDER BY site, name`, newest)
	if err != nil {
		return err
	}
	p.insert(tidyNames, rows, t.limits.rows)
	slices.Sort(rows)
	p.delete(deleteNames, rows, t.limits.rows)
	p.names = true
	return nil
}

func (t *tidier) planTerms(ctx context.Context, r *reader, p *tidyPlan) error {
	leads, err := numbers(ctx, r, `SELECT lead FROM terms_new ORDER BY lead`)
	if err != nil || len(leads) == 0 {
		return err
	}
	newest := leads[len(leads)-1]
	for kind := 1; kind < len(termColumns); kind++ {
		column := termColumns[kind]
		rows, err := numbers(ctx, r, `SELECT lead FROM terms_new WHERE lead <= ? AND `+column+` <> '' ORDER BY site, `+column, newest)
		if err != nil {
			return err
		}
		p.insert(tidyTerms(kind), rows, t.limits.rows)
	}
	p.delete(deleteTerms, leads, t.limits.rows)
	return nil
}

func numbers(ctx context.Context, r *reader, q string, args ...any) (list []int64, err error) {
	err = r.each(ctx, func(row scanner) error {
		var n int64
		err := row.Scan(&n)
		list = append(list, n)
		return err
	}, q, args...)
	return list, err
}

func (p *tidyPlan) insert(text string, rows []int64, most int) {
	for some := range slices.Chunk(rows, most) {
		list := []byte("[")
		for _, n := range some {
			list = append(strconv.AppendInt(list, n, 10), ',')
		}
		list[len(list)-1] = ']'
		p.steps = append(p.steps, tidyStep{text, string(list)})
	}
}

// delete takes rows in their order.
func (p *tidyPlan) delete(text string, rows []int64, most int) {
	for some := range slices.Chunk(rows, most*deleteFaster) {
		p.steps = append(p.steps, tidyStep{text, some[len(some)-1]})
	}
}

// tidy is where the writer is with putting in order.
type tidy struct {
	*tidier
	plan  *tidyPlan // nil: there is none
	asks  bool      // for one
	leads int       // that wait, at most
	rest  time.Time // nothing is begun before
}

// count finds how many leads wait.
func (t *tidy) count(c *conn) error {
	if err := c.row(`SELECT count(*) FROM terms_new`).Scan(&t.leads); err != nil {
		return fmt.Errorf("sqlitestore: count new leads: %w", err)
	}
	return nil
}

// tidying gives the jobs that put in order what is due with a group of so many
// units, so that it shares their transaction.
func (w *writer) tidying(units int) (jobs []*job) {
	t := &w.tidied
	if t.plan == nil && !w.planned() || t.plan.err != nil {
		return nil
	}
	for n := min(1+units/32, len(t.plan.steps)); n > 0; n-- {
		step := t.plan.steps[len(jobs)]
		jobs = append(jobs, &job{done: make(chan struct{}), fn: func(tx *tx) error {
			_, err := tx.exec("put in order", step.text, step.arg)
			return err
		}})
	}
	return jobs
}

// planned reports whether there is a plan now, and asks for one when it is due.
func (w *writer) planned() bool {
	t := &w.tidied
	select {
	case t.plan = <-t.plans:
		t.asks = false
		return true
	default:
	}
	if t.asks || time.Now().Before(t.rest) {
		return false
	}
	due := tidyDue{terms: t.leads >= t.limits.leads}
	if w.young.turned() || w.young.size() >= t.limits.names {
		due.names = w.young.turn()
	}
	if due.terms {
		t.leads = 0
	}
	if due.terms || due.names > 0 {
		t.asks = true
		t.asked <- due
	}
	return false
}

// noteTidied tells what became of jobs that put in order. When one fails all is planned
// anew, after a while: nothing is lost, and what is asked for is found.
func (w *writer) noteTidied(jobs []*job) {
	t := &w.tidied
	if t.plan == nil {
		return
	}
	err := t.plan.err
	for _, j := range jobs {
		err = errors.Join(err, j.err)
	}
	switch {
	case err != nil:
		t.plan, t.leads, t.rest = nil, t.limits.leads, time.Now().Add(tidyAgain)
	case len(jobs) == len(t.plan.steps):
		if t.plan.names {
			w.young.forgetOld()
		}
		t.plan = nil
	default:
		t.plan.steps = t.plan.steps[len(jobs):]
	}
}
