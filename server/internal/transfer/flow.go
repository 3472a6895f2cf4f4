package transfer

import (
	"context"
	"errors"
	"hash/fnv"
	"io"
	"sync"
	"time"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
)

// Bounds of what is on its way at once: stores commit what comes together
// together.
const (
	lanes  = 64
	inLane = 2
)

// job is a row on its way through a lane.
type job struct {
	row  *intake.Row
	res  Result
	err  error // ends the import
	done chan struct{}
}

// flow sends rows through the lanes and takes their results in order.
func (im *Import) flow(ctx context.Context, p *plan, first []*record, src source, each func(*Result) error) (err error) {
	ctx, cancel := context.WithCancel(ctx)
	var work sync.WaitGroup
	defer work.Wait()
	defer cancel()
	lane := make([]chan *job, lanes)
	for i := range lane {
		lane[i] = make(chan *job, inLane)
		work.Go(func() { im.serve(ctx, lane[i]) })
	}
	pending := make(chan *job, lanes*inLane)
	var failed error // read once pending is closed
	work.Go(func() {
		failed = im.feed(ctx, p, first, src, lane, pending)
		for _, l := range lane {
			close(l)
		}
		close(pending)
	})
	for j := range pending {
		<-j.done
		if err == nil {
			err = j.err
		}
		if err == nil {
			err = each(&j.res)
		}
		if err != nil {
			cancel() // and the rest runs dry
		}
	}
	return errors.Join(err, failed)
}

// feed reads rows and gives each to the lane of its person, so that of two rows
// of one person the later one comes later.
func (im *Import) feed(ctx context.Context, p *plan, first []*record, src source, lane []chan *job, pending chan<- *job) error {
	for {
		var r *record
		var err error
		if len(first) > 0 {
			r, first = first[0], first[1:]
		} else if r, err = src.next(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		p.grow(src.columns())
		j := im.job(p, r)
		select {
		case pending <- j:
		case <-ctx.Done():
			return nil // who cancelled knows why
		}
		if j.row != nil {
			lane[laneOf(j.row)] <- j
		}
	}
}

// job reads a row; one that goes no further is done.
func (im *Import) job(p *plan, r *record) *job {
	j := &job{res: Result{Row: r.row, Status: Failed}, done: make(chan struct{})}
	j.row, j.res.ID, j.res.Errors = p.read(r, im.Site.Key, im.Name, im.Now())
	if j.row != nil {
		j.row.Alert = im.Alert
	}
	if j.row != nil && im.Into == nil {
		j.row, j.res.Status = nil, Valid
	}
	if j.row == nil {
		close(j.done)
	}
	return j
}

func laneOf(row *intake.Row) uint32 {
	h := fnv.New32a()
	key := plain(row.Profile["email"])
	if key == "" {
		key = row.ID
	}
	_, _ = io.WriteString(h, key) // never fails
	return h.Sum32() % lanes
}

// serve takes the rows of a lane in.
func (im *Import) serve(ctx context.Context, lane <-chan *job) {
	for j := range lane {
		j.err = im.take(ctx, j)
		close(j.done)
	}
}

// turn is how long a gentle import writes, and then does not: others that wait
// for SQLite's lock look for it every 100 ms at the longest.
const turn = 60 * time.Millisecond

// wait lets time pass: ctx's error when that ends first.
func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// yield waits out the others' turn. All lanes go by one clock.
func (im *Import) yield(ctx context.Context) error {
	if at := time.Duration(time.Now().UnixNano()) % (2 * turn); im.Gentle && at >= turn {
		return wait(ctx, 2*turn-at)
	}
	return nil
}

// take gives a row to intake until that has room for it.
func (im *Import) take(ctx context.Context, j *job) error {
	if err := im.yield(ctx); err != nil {
		return err
	}
	for pause := 5 * time.Millisecond; ; pause = min(2*pause, time.Second) {
		got, err := im.Into.Import(ctx, im.Site, j.row)
		var fault *intake.Fault
		switch {
		case err == nil:
			j.res.Status, j.res.Lead, j.res.Stage = statusOf(got), got.Lead, got.Stage
			return nil
		case errors.As(err, &fault):
			j.res.Errors = []Fault{{Code: fault.Code, Detail: fault.Detail}}
			return nil
		case !errors.Is(err, intake.ErrBusy) && !errors.Is(err, lead.ErrConflict):
			return err
		}
		if err := wait(ctx, pause); err != nil {
			return err
		}
	}
}

func statusOf(got *intake.Imported) string {
	switch {
	case got.Known:
		return Unchanged
	case got.Created:
		return Created
	}
	return Updated
}
