package httpapi_test

import (
	"net/http"
	"testing"

	"assay/server/internal/apptest"
)

func TestPagesOfTheSiteMayCallFromAnyLocalPort(t *testing.T) {
	s := apptest.Start(t)
	for _, origin := range []string{"http://localhost:3000", "http://127.0.0.1:9", "http://[::1]:8080", "http://localhost", s.URL} {
		c := s.Client()
		c.Origin = origin
		boot := c.Get("/v1/sites/demo/boot").Want(http.StatusOK)
		touch := c.JSON("POST", "/v1/touches", apptest.Submit("t1")).Want(http.StatusAccepted)
		pre := c.Do("OPTIONS", "/v1/touches", nil, "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "content-type").Want(http.StatusNoContent)
		for what, a := range map[string]*apptest.Answer{"boot": boot, "touch": touch, "preflight": pre} {
			if got := a.Header.Get("Access-Control-Allow-Origin"); got != origin {
				t.Errorf("%s from %s: allowed %q", what, origin, got)
			}
			if a.Header.Get("Access-Control-Allow-Credentials") != "" {
				t.Errorf("%s allows credentials", what)
			}
		}
		if pre.Header.Get("Access-Control-Allow-Headers") != "Content-Type" {
			t.Errorf("preflight: %v", pre.Header)
		}
	}
}

func TestAForeignPageIsRefusedAndNothingIsStored(t *testing.T) {
	s := apptest.Start(t)
	rep := s.SignedIn("rep@demo.test")
	for _, origin := range []string{"https://evil.test", "null", "http://localhost.evil.test", "http://localhost:80.evil.test",
		"http://127.0.0.1:x", "ftp://localhost:1", "http://localhost:1/", "http://user@localhost:1"} {
		c := s.Client()
		c.Origin = origin
		boot := c.Get("/v1/sites/demo/boot")
		touch := c.JSON("POST", "/v1/touches", apptest.Submit("t1"))
		for _, a := range []*apptest.Answer{boot, touch} {
			a.Refused(http.StatusForbidden, "origin_not_allowed")
			if a.Header.Get("Access-Control-Allow-Origin") != "" {
				t.Errorf("%s may read the refusal", origin)
			}
		}
		// Even a wrong touch tells a foreign page nothing of its faults.
		c.JSON("POST", "/v1/touches", apptest.Submit("t1").With("at", "x")).Refused(http.StatusForbidden, "origin_not_allowed")
	}
	if leads := rep.Leads(""); len(leads) != 0 {
		t.Errorf("stored %+v", leads)
	}
}

func TestBootGivesWhatTheWidgetNeeds(t *testing.T) {
	s := apptest.Start(t)
	c := s.Client()
	var boot struct {
		Session, Model, EngineURL, ModelURL string
		Engine                              string `json:"engine_url"`
		ModelBody                           string `json:"model_url"`
		Started                             int64
		Labels                              map[string]string
		Settings                            struct {
			Consent string
			Forms   map[string]struct{ Kind string }
			Pages   [][2]string
			Answers []string
		}
	}
	c.Get("/v1/sites/demo/boot?visitor=v1").Want(http.StatusOK).Into(&boot)
	if boot.Session == "" || boot.Started == 0 || len(boot.Labels) < 10 || boot.Settings.Consent != "not-required" ||
		boot.Settings.Forms["book-a-demo"].Kind != "demo" || len(boot.Settings.Pages) != 5 || len(boot.Settings.Answers) != 3 {
		t.Errorf("got %+v", boot)
	}
	for _, path := range []string{boot.Engine, boot.ModelBody} {
		a := c.Get(path, "Accept-Encoding", "br").Want(http.StatusOK)
		if a.Header.Get("Access-Control-Allow-Origin") != "*" || a.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" ||
			a.Header.Get("Content-Encoding") != "br" {
			t.Errorf("%s: %v", path, a.Header)
		}
	}
	c.Get("/v1/sites/nobody/boot").Refused(http.StatusNotFound, "unknown_site")
	c.Get("/v1/sites/demo/boot?visitor=a%20b").Refused(http.StatusBadRequest, "invalid_query")
	c.Get("/models/nothing.bin").Refused(http.StatusNotFound, "unknown_model")
}
