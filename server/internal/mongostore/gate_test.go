package mongostore

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"assay/server/internal/intake"
)

func TestAUnitThatWaitsTooLongIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate(1, 8)
		if err := g.enter(bg); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		if err := g.enter(bg); !errors.Is(err, intake.ErrBusy) || time.Since(began) != wait {
			t.Errorf("after %v: %v", time.Since(began), err)
		}
		g.leave()
		if err := g.enter(bg); err != nil || g.waiting.Load() != 0 {
			t.Errorf("%d wait for a free slot, %v", g.waiting.Load(), err)
		}
	})
}
