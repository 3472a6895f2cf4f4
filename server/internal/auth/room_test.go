package auth

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

func TestCountersAreBoundedAndMadeUpNamesPushOutNobody(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	th := newThrottle(func() time.Time { return now })
	try := func(what outcome, a attempt) error {
		err := th.begin(a)
		if err == nil {
			th.end(a, what)
		}
		return err
	}
	ann := attempt{"127.0.0.1", "ann@northbeck.test"}
	for range maxFailures {
		if err := try(failed, ann); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 2 * maxCounters {
		if err := try(failed, attempt{"127.0.0.1", fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	var throttled *ThrottledError
	if err := try(failed, ann); !errors.As(err, &throttled) || len(th.counters) > maxCounters {
		t.Errorf("%v with %d counters", err, len(th.counters))
	}

	now = now.Add(failureSpan)
	for i := range maxCounters + 9 { // and nobody ends
		_ = th.begin(attempt{"127.0.0.1", fmt.Sprint("pending", i)})
	}
	if err := th.begin(ann); !errors.Is(err, ErrBusy) || len(th.counters) > maxCounters {
		t.Errorf("full: %v with %d counters", err, len(th.counters))
	}
}

func TestWhatIsDecidedLeavesNoCounter(t *testing.T) {
	th := newThrottle(time.Now)
	for _, what := range []outcome{undecided, succeeded} {
		a := attempt{"192.0.2.1", "ann@northbeck.test"}
		if err := th.begin(a); err != nil {
			t.Fatal(err)
		}
		if th.end(a, what); len(th.counters) > 0 {
			t.Errorf("left: %v", th.counters)
		}
	}
}
