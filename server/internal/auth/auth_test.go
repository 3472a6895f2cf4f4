package auth_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"assay/server/internal/auth"
	"assay/server/internal/sqlitestore"
	"assay/server/internal/sqlitetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var bg = context.Background()

// clock is a time that tests move.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time          { return time.Now().Add(time.Duration(c.ahead.Load())) }
func (c *clock) advance(d time.Duration) { c.ahead.Add(int64(d)) }

// open gives a service over a real store with one site and one person.
func open(t *testing.T, secure bool) (*auth.Service, *sqlitestore.Store, *clock) {
	t.Helper()
	store := sqlitetest.Open(t)
	if err := store.SaveSite(bg, &auth.Site{Key: "s1"}); err != nil {
		t.Fatal(err)
	}
	savePerson(t, store, "p1", "ann@northbeck.test", "secret")
	c := &clock{}
	return auth.New(store, secure, c.now), store, c
}

func savePerson(t *testing.T, store auth.Store, id, email, password string) {
	t.Helper()
	hash, err := auth.HashPassword(password)
	if err == nil {
		err = store.SavePerson(bg, "s1", &auth.Person{ID: id, Site: "s1", Email: email, Name: "Ann", Role: auth.Rep, Password: hash})
	}
	if err != nil {
		t.Fatal(err)
	}
}

func request(c *http.Cookie) *http.Request {
	r := httptest.NewRequest("GET", "/", nil)
	if c != nil {
		r.AddCookie(c)
	}
	return r
}

func TestASessionEndsAfterSevenDays(t *testing.T) {
	s, _, clock := open(t, false)
	_, cookie, err := s.SignIn(bg, "ann@northbeck.test", "secret", "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	clock.advance(auth.SessionLife - time.Minute)
	if who, err := s.Identify(request(cookie)); err != nil || who.Person.ID != "p1" {
		t.Errorf("before its end: %v", err)
	}
	clock.advance(2 * time.Minute)
	if _, err := s.Identify(request(cookie)); !errors.Is(err, auth.ErrSignedOut) {
		t.Errorf("after its end: %v", err)
	}
}

func TestTheStoreHoldsNoSecret(t *testing.T) {
	s, store, _ := open(t, false)
	_, cookie, err := s.SignIn(bg, "ann@northbeck.test", "secret", "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Session(bg, cookie.Value, time.Now()); !errors.Is(err, auth.ErrNotFound) {
		t.Error("the session is stored under the cookie's own value")
	}
	p, err := store.PersonByEmail(bg, "ann@northbeck.test")
	if err != nil || !strings.HasPrefix(p.Password, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("password stored as %q, %v", p.Password, err)
	}
}

func TestTheCookieFitsTheScheme(t *testing.T) {
	for _, secure := range []bool{false, true} {
		s, _, _ := open(t, secure)
		_, c, err := s.SignIn(bg, "ann@northbeck.test", "secret", "192.0.2.1")
		if err != nil {
			t.Fatal(err)
		}
		name := map[bool]string{false: "assay_session", true: "__Host-assay"}[secure]
		if c.Name != name || c.Secure != secure || !c.HttpOnly || c.Path != "/" || c.Domain != "" || c.SameSite != http.SameSiteLaxMode || len(c.Value) < 43 {
			t.Errorf("secure %v: %+v", secure, c)
		}
	}
}

func TestAPersonWhoIsGoneIsSignedOut(t *testing.T) {
	s, _, _ := open(t, false)
	token := s.Link("s1", "nobody")
	if _, _, err := s.SignInByLink(bg, token); !errors.Is(err, auth.ErrCredentials) {
		t.Errorf("link of nobody: %v", err)
	}
}

func TestALinkWorksOnceAndForAnHour(t *testing.T) {
	s, _, clock := open(t, false)
	token := s.Link("s1", "p1")
	var signedIn atomic.Int32
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, _, err := s.SignInByLink(bg, token); err == nil {
				signedIn.Add(1)
			}
		})
	}
	wg.Wait()
	if signedIn.Load() != 1 {
		t.Errorf("one link signed in %d times", signedIn.Load())
	}
	late := s.Link("s1", "p1")
	clock.advance(time.Hour)
	if _, _, err := s.SignInByLink(bg, late); !errors.Is(err, auth.ErrCredentials) {
		t.Errorf("an hour later: %v", err)
	}
}

func TestAttemptsAreHeldBackPerPersonAndAddress(t *testing.T) {
	s, store, clock := open(t, false)
	savePerson(t, store, "p2", "bob@northbeck.test", "secret")
	try := func(email, password, from string) error {
		_, _, err := s.SignIn(bg, email, password, from)
		return err
	}
	for range 10 {
		if err := try("ann@northbeck.test", "wrong", "192.0.2.1"); !errors.Is(err, auth.ErrCredentials) {
			t.Fatal(err)
		}
	}
	var throttled *auth.ThrottledError
	if err := try("ANN@northbeck.test ", "secret", "192.0.2.1"); !errors.As(err, &throttled) || throttled.RetryAfter <= 0 || throttled.RetryAfter > 15*time.Minute {
		t.Errorf("eleventh attempt: %v", err)
	}
	if err := try("bob@northbeck.test", "secret", "192.0.2.1"); err != nil {
		t.Errorf("another person: %v", err)
	}
	if err := try("ann@northbeck.test", "secret", "192.0.2.2"); err != nil {
		t.Errorf("from elsewhere: %v", err)
	}
	clock.advance(15 * time.Minute)
	if err := try("ann@northbeck.test", "secret", "192.0.2.1"); err != nil {
		t.Errorf("later: %v", err)
	}
}

func TestASuccessForgetsFailures(t *testing.T) {
	s, _, _ := open(t, false)
	for range 3 {
		for range 5 {
			_, _, _ = s.SignIn(bg, "ann@northbeck.test", "wrong", "192.0.2.1")
		}
		if _, _, err := s.SignIn(bg, "ann@northbeck.test", "secret", "192.0.2.1"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAttemptsMadeTogetherDoNotSlipThrough(t *testing.T) {
	s, _, _ := open(t, false)
	var checked atomic.Int32
	var wg sync.WaitGroup
	for range 40 {
		wg.Go(func() {
			if _, _, err := s.SignIn(bg, "ann@northbeck.test", "wrong", "192.0.2.1"); errors.Is(err, auth.ErrCredentials) {
				checked.Add(1)
			}
		})
	}
	wg.Wait()
	if n := checked.Load(); n > 10 {
		t.Errorf("%d passwords were checked, want at most 10", n)
	}
}

// An unknown address costs a hash, too: otherwise its answer comes a hundred
// times sooner, and tells who has an account.
func TestAnUnknownAddressTakesAsLong(t *testing.T) {
	s, _, _ := open(t, false)
	took := func(email string) time.Duration {
		least := time.Hour
		for range 3 {
			start := time.Now()
			_, _, _ = s.SignIn(bg, email, "wrong", "192.0.2.1")
			least = min(least, time.Since(start))
		}
		return least
	}
	known, unknown := took("ann@northbeck.test"), took("nobody@northbeck.test")
	if unknown < known/4 {
		t.Errorf("known %v, unknown %v", known, unknown)
	}
}

func TestSenselessCredentialsAreRefusedWithoutWork(t *testing.T) {
	s, _, _ := open(t, false)
	for _, c := range [][2]string{{"", "x"}, {"ann@northbeck.test", ""}, {strings.Repeat("a", 300), "x"}, {"ann@northbeck.test", strings.Repeat("x", auth.MaxPassword+1)}} {
		if _, _, err := s.SignIn(bg, c[0], c[1], "192.0.2.1"); !errors.Is(err, auth.ErrCredentials) {
			t.Errorf("%q: %v", c, err)
		}
	}
}

func TestNamesOfPeople(t *testing.T) {
	s, store, _ := open(t, false)
	if got := s.PersonName(bg, "s1", "p1"); got != "Ann" {
		t.Errorf("got %q", got)
	}
	if got := s.PersonName(bg, "s1", "") + s.PersonName(bg, "s1", "nobody") + s.PersonName(bg, "s2", "p1"); got != "" {
		t.Errorf("strangers are called %q", got)
	}
	savePerson(t, store, "p3", "new@northbeck.test", "x")
	if got := s.PersonName(bg, "s1", "p3"); got != "Ann" {
		t.Errorf("somebody new is called %q", got)
	}
}
