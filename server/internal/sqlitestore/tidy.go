package sqlitestore

import (
	"errors"
	"fmt"
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

// tidy is where the writer is with putting in order.
type tidy struct {
	*tidier
	plan  *tidyPlan // nil: there is none
	done  int       // steps of it
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

// tidying gives the jobs that put in order what is due with this group of units, so
// that they share its transaction.
func (w *writer) tidying() (jobs []*job) {
	t := &w.tidied
	if t.plan == nil && !w.planned() || t.plan.err != nil {
		return nil
	}
	for _, step := range t.plan.steps[t.done:w.tidyUntil()] {
		jobs = append(jobs, &job{done: make(chan struct{}), fn: func(tx *tx) error {
			_, err := tx.exec("put in order", step.text, step.arg)
			return err
		}})
	}
	return jobs
}

// tidyUntil gives how many steps of the plan are to be done by now: all of them when
// half as much is new again as there may be, however much a group brings.
func (w *writer) tidyUntil() int {
	t := &w.tidied
	all := len(t.plan.steps)
	until := 1 + max(2*all*w.young.size()/t.limits.names, 2*all*t.leads/t.limits.leads)
	return max(t.done, min(until, all))
}

// planned reports whether there is a plan now, and asks for one when it is due.
func (w *writer) planned() bool {
	t := &w.tidied
	select {
	case t.plan = <-t.plans:
		t.asks, t.done = false, 0
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
	if err != nil {
		t.plan, t.leads, t.rest = nil, t.limits.leads, time.Now().Add(tidyAgain)
		return
	}
	t.done += len(jobs)
	if t.done < len(t.plan.steps) {
		return
	}
	if t.plan.names {
		w.young.forgetOld()
	}
	t.plan = nil
}
