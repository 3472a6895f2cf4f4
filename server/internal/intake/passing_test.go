package intake_test

import (
	"context"
	"testing"
	"time"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
)

// faulty is a store whose next unit of work fails.
type faulty struct {
	intake.Store
	next error
}

func (f *faulty) Update(ctx context.Context, site string, fn func(lead.Tx) error) error {
	if err := f.next; err != nil {
		f.next = nil
		return err
	}
	return f.Store.Update(ctx, site, fn)
}

// A fault of the store once put the alarms of a lead off by an hour.
func TestAFaultOfTheStorePutsOffNoAlarm(t *testing.T) {
	for _, fault := range []error{lead.ErrConflict, intake.ErrUnavailable, intake.ErrBusy, context.DeadlineExceeded} {
		h, ctx := escalating(t), context.Background()
		h.ask("ann")
		h.now = h.now.Add(15 * time.Minute)
		s := intake.New(&faulty{h.store, fault}, h.keys, func() time.Time { return h.now }, func(string) {})
		if n, err := s.Age(ctx, h.site); n != 1 || err == nil {
			t.Fatalf("%v: %d leads were due, %v", fault, n, err)
		}
		if n, err := s.Age(ctx, h.site); n != 1 || err != nil {
			t.Errorf("%v: at the next look %d leads were due, %v", fault, n, err)
		}
		h.wants(fault.Error(), "prospect", "prospect admins admin")
	}
}
