package auth_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"assay/server/internal/auth"
)

func signIn(s *auth.Service, email, password, from string) error {
	_, _, err := s.SignIn(bg, email, password, from)
	return err
}

// A flood of sign-ins fills the hasher. Whoever is turned away meanwhile had no
// wrong password, and may try as often as he likes.
func TestAFloodDoesNotLockOutTheRightPassword(t *testing.T) {
	s, _, _ := open(t, false)
	ctx, end := context.WithCancel(bg)
	var flood sync.WaitGroup
	for i := range 100 {
		flood.Go(func() {
			for j := 0; ctx.Err() == nil; j++ {
				_, _, _ = s.SignIn(ctx, fmt.Sprintf("nobody%d-%d@northbeck.test", i, j), "x", "127.0.0.1")
			}
		})
	}
	turnedAway := 0
	for range 10_000 {
		err := signIn(s, "ann@northbeck.test", "secret", "192.0.2.1")
		if errors.Is(err, auth.ErrBusy) {
			turnedAway++
		} else if err != nil {
			t.Errorf("during the flood: %v", err)
		}
		if turnedAway > 30 {
			break
		}
	}
	end()
	flood.Wait()
	if turnedAway <= 30 {
		t.Fatalf("turned away %d times: the flood was none", turnedAway)
	}
	if err := signIn(s, "ann@northbeck.test", "secret", "192.0.2.1"); err != nil {
		t.Errorf("after the flood: %v", err)
	}
}

func TestAnAttemptThatIsGivenUpCountsForNothing(t *testing.T) {
	s, _, _ := open(t, false)
	gone, cancel := context.WithCancel(bg)
	cancel()
	for range 40 {
		if _, _, err := s.SignIn(gone, "ann@northbeck.test", "secret", "192.0.2.1"); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
	if err := signIn(s, "ann@northbeck.test", "secret", "192.0.2.1"); err != nil {
		t.Error(err)
	}
}

func TestAnAddressHasThirtyFailuresForAllPeople(t *testing.T) {
	s, _, clock := open(t, false)
	var throttled *auth.ThrottledError
	guess := func(n int, from func(i int) string) {
		t.Helper()
		for i := range n {
			if i%10 == 5 { // one's own password does not pay for guessing others'
				if err := signIn(s, "ann@northbeck.test", "secret", from(i)); err != nil {
					t.Fatal(err)
				}
			}
			if err := signIn(s, fmt.Sprintf("nobody%d@northbeck.test", i), "wrong", from(i)); !errors.Is(err, auth.ErrCredentials) {
				t.Fatalf("guess %d: %v", i, err)
			}
		}
	}
	guess(30, func(int) string { return "192.0.2.1" })
	if err := signIn(s, "ann@northbeck.test", "secret", "192.0.2.1"); !errors.As(err, &throttled) || throttled.RetryAfter > 15*time.Minute {
		t.Errorf("after thirty failures: %v", err)
	}
	if err := signIn(s, "ann@northbeck.test", "secret", "192.0.2.2"); err != nil {
		t.Errorf("from elsewhere: %v", err)
	}
	guess(30, func(i int) string { return fmt.Sprintf("2001:db8::%x", i) })
	if err := signIn(s, "ann@northbeck.test", "secret", "2001:db8::ffff:1"); !errors.As(err, &throttled) {
		t.Errorf("from the same network: %v", err)
	}
	if err := signIn(s, "ann@northbeck.test", "secret", "2001:db8:0:1::1"); err != nil {
		t.Errorf("from another network: %v", err)
	}
	guess(31, func(int) string { return "10.0.0.1" }) // a proxy's, perhaps
	if err := signIn(s, "ann@northbeck.test", "secret", "10.0.0.1"); err != nil {
		t.Errorf("by way of a proxy: %v", err)
	}
	clock.advance(15 * time.Minute)
	if err := signIn(s, "ann@northbeck.test", "secret", "192.0.2.1"); err != nil {
		t.Errorf("later: %v", err)
	}
}
