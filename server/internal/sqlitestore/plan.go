package sqlitestore

import (
	"context"
	"fmt"
	"slices"
	"strconv"
)

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
	kind  tidyKind
	steps []tidyStep
	err   error // there is no plan
}

type tidyStep struct {
	text string
	arg  any
}

// tidyDue is what the writer wants to be planned.
type tidyDue struct {
	kind   tidyKind
	newest int64 // name
}

// tidier plans, beside the writer, how what is new is put in order.
type tidier struct {
	limits tidyLimits
	asked  chan tidyDue // holds one of each kind, as the next
	plans  chan *tidyPlan
}

func newTidier(limits tidyLimits) *tidier {
	return &tidier{limits: limits, asked: make(chan tidyDue, tidyKinds), plans: make(chan *tidyPlan, tidyKinds)}
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
	p := &tidyPlan{kind: due.kind}
	if due.kind == ofNames {
		p.err = t.planNames(ctx, r, p, due.newest)
	} else {
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
