package httpapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"assay/server/internal/apptest"
	"assay/server/internal/config"
)

type object = map[string]any

func credentials(email, password string) object {
	return object{"email": email, "password": password}
}

func TestSigningInAndOut(t *testing.T) {
	s := apptest.Start(t)
	c := s.Client()
	c.Get("/v1/session").Refused(http.StatusUnauthorized, "signed_out")
	a := c.JSON("POST", "/v1/session", credentials(" Rep@Demo.test ", apptest.Password)).Want(http.StatusOK)
	cookie := a.Header.Get("Set-Cookie")
	for _, part := range []string{"assay_session=", "; Path=/", "; HttpOnly", "; SameSite=Lax", "; Max-Age=604800"} {
		if !strings.Contains(cookie, part) {
			t.Errorf("cookie %q lacks %q", cookie, part)
		}
	}
	if strings.Contains(cookie, "Secure") || strings.Contains(cookie, "Domain") {
		t.Errorf("cookie %q", cookie)
	}
	var who struct {
		Person struct{ ID, Email, Name, Role, Site string }
	}
	for _, answer := range []*apptest.Answer{a, c.Get("/v1/session").Want(http.StatusOK)} {
		answer.Into(&who)
		if p := who.Person; p.ID == "" || p.Email != "rep@demo.test" || p.Name == "" || p.Role != "rep" || p.Site != "demo" {
			t.Errorf("got %s", answer.Body)
		}
		if strings.Contains(string(answer.Body), "argon2id") {
			t.Error("the answer holds a hash")
		}
	}
	stolen := c.Cookie()
	c.Do("DELETE", "/v1/session", nil).Want(http.StatusNoContent)
	c.Get("/v1/session").Refused(http.StatusUnauthorized, "signed_out")
	s.Client().Get("/v1/session", "Cookie", stolen).Refused(http.StatusUnauthorized, "signed_out")
	c.Do("DELETE", "/v1/session", nil).Want(http.StatusNoContent) // again
}

func TestSigningInAgainEndsTheSessionBefore(t *testing.T) {
	s := apptest.Start(t)
	c := s.SignedIn("rep@demo.test")
	before := c.Cookie()
	c.JSON("POST", "/v1/session", credentials("rep@demo.test", apptest.Password)).Want(http.StatusOK)
	c.Get("/v1/session").Want(http.StatusOK)
	s.Client().Get("/v1/session", "Cookie", before).Refused(http.StatusUnauthorized, "signed_out")
}

func TestWrongCredentialsAllLookTheSame(t *testing.T) {
	s := apptest.Start(t)
	c := s.Client()
	wrong := c.JSON("POST", "/v1/session", credentials("rep@demo.test", "wrong"))
	nobody := c.JSON("POST", "/v1/session", credentials("nobody@demo.test", apptest.Password))
	token := c.JSON("POST", "/v1/session", object{"token": "MADEUP"})
	for _, a := range []*apptest.Answer{wrong, nobody, token} {
		a.Refused(http.StatusUnauthorized, "wrong_credentials")
		if string(a.Body) != string(wrong.Body) || a.Header.Get("Set-Cookie") != "" {
			t.Errorf("got %s", a.Body)
		}
	}
}

func TestTooManyAttemptsAreHeldBack(t *testing.T) {
	s := apptest.Start(t)
	c := s.Client()
	for range 10 {
		c.JSON("POST", "/v1/session", credentials("rep@demo.test", "wrong")).Refused(http.StatusUnauthorized, "wrong_credentials")
	}
	a := c.JSON("POST", "/v1/session", credentials("rep@demo.test", apptest.Password))
	a.Refused(http.StatusTooManyRequests, "too_many_attempts")
	if a.Header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	c.JSON("POST", "/v1/session", credentials("rep2@demo.test", apptest.Password)).Want(http.StatusOK)
}

func TestTheLinkSignsInOnce(t *testing.T) {
	s := apptest.Start(t)
	_, token, _ := strings.Cut(s.Link, "/demo/live#open=")
	c := s.Client()
	c.JSON("POST", "/v1/session", object{"token": token}).Want(http.StatusOK)
	var who struct{ Person struct{ Email string } }
	c.Get("/v1/session").Want(http.StatusOK).Into(&who)
	if who.Person.Email != "rep@demo.test" {
		t.Errorf("signed in as %s", who.Person.Email)
	}
	s.Client().JSON("POST", "/v1/session", object{"token": token}).Refused(http.StatusUnauthorized, "wrong_credentials")
}

func TestAnotherSitesPageCannotUseTheCookie(t *testing.T) {
	s := apptest.Start(t)
	c := s.SignedIn("admin@demo.test")
	port := s.URL[strings.LastIndexByte(s.URL, ':'):]
	made := 0
	calls := func(headers ...string) []*apptest.Answer {
		made++
		return []*apptest.Answer{
			c.JSON("POST", "/v1/leads/x/actions", object{"action": "claim"}, headers...),
			c.Do("DELETE", "/v1/samples", nil, headers...),
			c.JSON("POST", "/v1/session", credentials(fmt.Sprintf("nobody%d@demo.test", made), "wrong"), headers...),
		}
	}
	for _, headers := range [][]string{
		{"Origin", "https://evil.test"}, {"Origin", "null"}, {"Origin", "http://localhost:1"}, {"Origin", "https://127.0.0.1" + port},
		{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"},
	} {
		for _, a := range calls(headers...) {
			a.Refused(http.StatusForbidden, "origin_not_allowed")
		}
	}
	for _, headers := range [][]string{{"Origin", s.URL}, {"Origin", "http://localhost" + port}, {"Sec-Fetch-Site", "same-origin"}, nil} {
		answers := calls(headers...)
		for i, want := range []int{http.StatusNotFound, http.StatusOK, http.StatusUnauthorized} {
			answers[i].Want(want)
		}
	}
	c.Do("POST", "/v1/leads/x/actions", []byte(`{"action":"claim"}`), "Content-Type", "text/plain").
		Refused(http.StatusUnsupportedMediaType, "unsupported_media_type")
}

func TestOverHTTPSTheCookieIsBoundToTheHost(t *testing.T) {
	s := apptest.Start(t, func(c *config.Config) { c.PublicURL = "https://assay.test" })
	c := s.Client()
	c.Base = "http://" + s.Addr
	a := c.JSON("POST", "/v1/session", credentials("rep@demo.test", apptest.Password), "Origin", "https://assay.test").Want(http.StatusOK)
	cookie := a.Header.Get("Set-Cookie")
	if !strings.HasPrefix(cookie, "__Host-assay=") || !strings.Contains(cookie, "; Secure") {
		t.Errorf("cookie %q", cookie)
	}
	if !strings.HasPrefix(s.Link, "https://assay.test/demo/live#open=") {
		t.Errorf("link %s", s.Link)
	}
	c.JSON("POST", "/v1/session", object{}, "Origin", "http://"+s.Addr).Refused(http.StatusForbidden, "origin_not_allowed")
}

// Browsers leave a scheme's own port out of the Origin, whatever the operator
// wrote.
func TestAPublicAddressMayNameItsDefaultPort(t *testing.T) {
	for public, origin := range map[string]string{"http://assay.test:80": "http://assay.test", "https://assay.test:443": "https://assay.test"} {
		s := apptest.Start(t, func(c *config.Config) { c.PublicURL = public })
		c := s.Client()
		c.Base, c.Origin = "http://"+s.Addr, origin
		c.JSON("POST", "/v1/session", credentials("rep@demo.test", apptest.Password)).Want(http.StatusOK)
		c.Send(apptest.Submit("t1")) // from the demo's own pages
		ws, _, err := c.Dial("", "Origin", origin)
		if err != nil {
			t.Errorf("%s: the socket: %v", public, err)
		} else if ws.Close(); !strings.HasPrefix(s.Link, origin+"/demo/live#") {
			t.Errorf("%s: the link is %s", public, s.Link)
		}
	}
}

func TestAWrongCallIsNamed(t *testing.T) {
	s := apptest.Start(t)
	c := s.Client()
	p := c.JSON("POST", "/v1/session", object{"email": 1}).Refused(http.StatusUnprocessableEntity, "invalid_request")
	if len(p.Errors) != 2 || p.Errors[0].Pointer != "/email" || p.Errors[1].Pointer != "/password" {
		t.Errorf("got %+v", p.Errors)
	}
	c.Do("POST", "/v1/session", []byte("{"), "Content-Type", "application/json").Refused(http.StatusBadRequest, "invalid_json")
}
