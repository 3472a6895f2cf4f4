package httpapi_test

import (
	"fmt"
	"net/http"
	"strconv"
	"testing"

	"assay/server/internal/apptest"
	"assay/server/internal/config"
)

func behindAProxy(c *config.Config) { c.TrustProxy = true }

// until sends requests until one is refused for their number, and gives how many
// were taken before.
func until(t *testing.T, most int, send func(i int) *apptest.Answer) (taken int) {
	t.Helper()
	for i := range most {
		a := send(i)
		if a.Status != http.StatusTooManyRequests {
			continue
		}
		a.Refused(http.StatusTooManyRequests, "rate_limited")
		if seconds, err := strconv.Atoi(a.Header.Get("Retry-After")); err != nil || seconds < 1 {
			t.Errorf("Retry-After %q", a.Header.Get("Retry-After"))
		}
		return i
	}
	t.Fatalf("%d requests, and none was refused", most)
	return 0
}

// Domain rule 15: what is not verified is held to stricter limits.
func TestUnsignedTouchesOfAnAddressAreHeldToAStricterLimit(t *testing.T) {
	s := apptest.Start(t, behindAProxy)
	c := s.Client()
	c.Origin = s.URL
	post := func(from, id string, visits []any) *apptest.Answer {
		touch := apptest.Submit(id).With("visits", visits).With("visitor", "v1")
		return c.JSON("POST", "/v1/touches", touch, "X-Forwarded-For", from)
	}
	unsigned := until(t, 60, func(i int) *apptest.Answer {
		return post("203.0.113.5", fmt.Sprint("u", i), []any{map[string]any{"session": "made up", "signals": []any{}}})
	})
	if unsigned < 30 || unsigned > 40 {
		t.Errorf("%d unsigned touches were taken at once, want about 30", unsigned)
	}
	refused := post("203.0.113.5", "u-last", nil)
	if refused.Header.Get("Access-Control-Allow-Origin") != s.URL {
		t.Error("the page cannot read why it was refused")
	}
	post("203.0.113.6", "u-other", nil).Want(http.StatusAccepted)

	var boot struct{ Session string }
	c.Get("/v1/sites/demo/boot?visitor=v1").Want(http.StatusOK).Into(&boot)
	signed := until(t, 200, func(i int) *apptest.Answer {
		return post("203.0.113.7", fmt.Sprint("s", i), []any{map[string]any{"session": boot.Session, "signals": []any{}}})
	})
	if signed < 120 || signed > 160 {
		t.Errorf("%d signed touches were taken at once, want about 120", signed)
	}
	rep := s.SignedIn("rep@demo.test")
	if leads := rep.Leads("?q=u-last@northbeck.test"); len(leads) != 0 {
		t.Errorf("a refused touch left %+v", leads)
	}
}

// Who objects is not judged by any evidence: a session alone buys no higher rate.
func TestTouchesThatObjectAreHeldToTheStricterLimit(t *testing.T) {
	s := apptest.Start(t, behindAProxy)
	c := s.Client()
	c.Origin = s.URL
	var boot struct{ Session string }
	c.Get("/v1/sites/demo/boot?visitor=v1").Want(http.StatusOK).Into(&boot)
	taken := until(t, 60, func(i int) *apptest.Answer {
		touch := apptest.Submit(fmt.Sprint("o", i)).With("visitor", "v1").With("objected", true).
			With("visits", []any{map[string]any{"session": boot.Session, "signals": []any{}}})
		return c.JSON("POST", "/v1/touches", touch, "X-Forwarded-For", "203.0.113.5")
	})
	if taken < 30 || taken > 40 {
		t.Errorf("%d were taken at once, want about 30", taken)
	}
}

// What floods a site with forms that were left keeps no submit of the same office out.
func TestLeftFormsOfAnAddressAreHeldToALimitOfTheirOwn(t *testing.T) {
	s := apptest.Start(t, behindAProxy)
	c := s.Client()
	const office = "203.0.113.5"
	touch := leave(t, c, "l")
	taken := until(t, 60, func(i int) *apptest.Answer {
		return c.JSON("POST", "/v1/touches", touch.With("id", fmt.Sprint("l", i)), "X-Forwarded-For", office)
	})
	if taken < 30 || taken > 40 {
		t.Errorf("%d were taken at once, want about 30", taken)
	}
	c.JSON("POST", "/v1/touches", apptest.Submit("t1").With("visits", nil), "X-Forwarded-For", office).Want(http.StatusAccepted)
}

func TestBootIsLimitedToo(t *testing.T) {
	s := apptest.Start(t, behindAProxy)
	c := s.Client()
	taken := until(t, 500, func(int) *apptest.Answer {
		return c.Get("/v1/sites/demo/boot", "X-Forwarded-For", "2001:db8::5")
	})
	if taken < 300 || taken > 400 {
		t.Errorf("%d at once, want about 300", taken)
	}
}

// A proxy on this machine would otherwise be one visitor, and everybody's.
func TestThisMachineIsNotLimited(t *testing.T) {
	s := apptest.Start(t)
	c := s.Client()
	for i := range 200 {
		c.JSON("POST", "/v1/touches", apptest.Submit(fmt.Sprint("t", i)), "X-Forwarded-For", "203.0.113.5").Want(http.StatusAccepted)
	}
}
