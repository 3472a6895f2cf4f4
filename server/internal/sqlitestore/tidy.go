package sqlitestore

import (
	"fmt"
	"time"
)

// tidyLimits say when what is new is put in order.
type tidyLimits struct {
	names int // that may wait: enough for several to share a page of a large file
	leads int // whose terms may wait: fewer, since a search looks through them
	rows  int // that a step takes, in a few ms
}

// tidyAgain is how long a file is left alone that could not be put in order.
const tidyAgain = time.Second

// tidyKind is what is put in order together.
type tidyKind int

const (
	ofNames tidyKind = iota
	ofTerms
	tidyKinds
)

// tidy is where the writer is with putting in order.
type tidy struct {
	*tidier
	leads int // whose terms wait, without those that are being put in order
	runs  [tidyKinds]tidyRun
}

// tidyRun is how far a plan is done.
type tidyRun struct {
	plan *tidyPlan // nil: there is none
	done int       // steps of it
	seen int       // how many waited when steps were last given
	asks bool      // for one
	rest time.Time // no plan is asked for before, and no step done
}

// countLeads is how many leads wait at most: those that were deleted since count.
const countLeads = `SELECT coalesce((SELECT lead FROM terms_new ORDER BY lead DESC LIMIT 1)
	- (SELECT lead FROM terms_new ORDER BY lead LIMIT 1) + 1, 0)`

// count finds how many leads wait.
func (t *tidy) count(c *conn) error {
	if err := c.row(countLeads).Scan(&t.leads); err != nil {
		return fmt.Errorf("sqlitestore: count new leads: %w", err)
	}
	return nil
}

// countOthers counts the leads of another process, too, once none are being put in
// order.
func (w *writer) countOthers() error {
	if run := &w.tidied.runs[ofTerms]; run.plan != nil || run.asks {
		return nil
	}
	return w.tidied.count(w.c)
}

// waiting gives how many names or leads wait, and how many may.
func (w *writer) waiting(kind tidyKind) (n, most int) {
	if kind == ofNames {
		return w.young.size(), w.tidied.limits.names
	}
	return w.tidied.leads, w.tidied.limits.leads
}

// tidyJob is a step as a job of the writer's.
type tidyJob struct {
	*job
	kind tidyKind
}

// tidying gives the jobs that put in order what is due with this group of units, so
// that they share its transaction.
func (w *writer) tidying() (jobs []tidyJob) {
	w.takePlans()
	for kind := range tidyKinds {
		run := &w.tidied.runs[kind]
		if run.plan == nil {
			w.askPlan(kind)
		} else if time.Now().After(run.rest) {
			jobs = append(jobs, w.tidyJobs(kind)...)
		} else {
			run.seen, _ = w.waiting(kind) // no group catches up with all of a rest
		}
	}
	return jobs
}

// tidyJobs gives the next steps of a plan. After one that fails none is done: nothing
// may be deleted that is not in order.
func (w *writer) tidyJobs(kind tidyKind) (jobs []tidyJob) {
	run := &w.tidied.runs[kind]
	var failed error
	for _, step := range run.plan.steps[run.done:w.tidyUntil(kind)] {
		jobs = append(jobs, tidyJob{&job{done: make(chan struct{}), fn: func(tx *tx) error {
			if failed == nil {
				_, failed = tx.exec("put in order", step.text, step.arg)
			}
			return failed
		}}, kind})
	}
	return jobs
}

// tidySteps is how many steps a group has at least, if as many are due.
const tidySteps = 4

// tidyUntil gives how many steps of the plan are to be done by now: all of them when
// half as much is new again as there may be. A group catches up with twice what it
// brings itself, so that nobody waits for a whole plan.
func (w *writer) tidyUntil(kind tidyKind) int {
	run := &w.tidied.runs[kind]
	n, most := w.waiting(kind)
	all := len(run.plan.steps)
	due := 1 + 2*all*n/most
	give := tidySteps + 4*all*max(0, n-run.seen)/most
	run.seen = n
	return max(run.done, min(all, due, run.done+give))
}

// takePlans takes the plans that were made.
func (w *writer) takePlans() {
	for {
		select {
		case plan := <-w.tidied.plans:
			run := &w.tidied.runs[plan.kind]
			run.plan, run.done, run.asks = plan, 0, false
			run.seen, _ = w.waiting(plan.kind)
			if plan.err != nil {
				w.dropPlan(plan.kind)
			}
		default:
			return
		}
	}
}

// askPlan asks for a plan when one is due.
func (w *writer) askPlan(kind tidyKind) {
	run := &w.tidied.runs[kind]
	n, most := w.waiting(kind)
	left := kind == ofNames && w.young.turned() // of a plan that was dropped
	if run.asks || n < most && !left || time.Now().Before(run.rest) {
		return
	}
	run.asks = true
	due := tidyDue{kind: kind}
	if kind == ofNames {
		due.newest = w.young.turn()
	} else {
		w.tidied.leads = 0
	}
	w.tidied.asked <- due
}

// dropPlan has all planned anew, after a while: nothing is lost, and what is asked for
// is found.
func (w *writer) dropPlan(kind tidyKind) {
	run := &w.tidied.runs[kind]
	run.plan, run.rest = nil, time.Now().Add(tidyAgain)
	if kind == ofTerms {
		w.tidied.leads = w.tidied.limits.leads
	}
}

// noteTidied tells what became of jobs that put in order. From one that failed it goes
// on after a while; a step that is done again changes nothing.
func (w *writer) noteTidied(jobs []tidyJob) {
	var failed [tidyKinds]bool
	for _, j := range jobs {
		run := &w.tidied.runs[j.kind]
		if j.err != nil {
			failed[j.kind], run.rest = true, time.Now().Add(tidyAgain)
		}
		if !failed[j.kind] {
			run.done++
		}
	}
	for kind := range tidyKinds {
		run := &w.tidied.runs[kind]
		if run.plan == nil || run.done < len(run.plan.steps) {
			continue
		}
		if kind == ofNames {
			w.young.forgetOld()
		}
		run.plan = nil
	}
}
