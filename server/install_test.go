package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestTheTagOfASiteIsPrinted(t *testing.T) {
	dir := northbeck(t)
	const public = "-public-url=https://assay.northbeck.test"
	if got := commandLine(t, fine, "install", "tag", dir, "-site=northbeck", public); got != `<script src="https://assay.northbeck.test/assay.js" data-site="northbeck" async></script>`+"\n" {
		t.Errorf("the tag is %q", got)
	}
	if got := commandLine(t, fine, "install", "tag", dir, "-site=northbeck", "-pinned", public); !strings.Contains(got, `/assay/`) || !strings.Contains(got, `integrity="sha384-`) {
		t.Errorf("the pinned tag is %q", got)
	}
}

func TestAPageIsCheckedByTheCommandLine(t *testing.T) {
	dir := northbeck(t)
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, `<form data-assay-form="f" data-assay-kind="demo"><input name="email"></form>`)
	}))
	defer page.Close()
	for _, c := range []struct {
		args string
		code int
		want string
	}{
		{"-site=northbeck -public-url=https://assay.test -local " + page.URL, failure, "error    The tag is not on this page.\n         Paste it"},
		{"-site=northbeck -public-url=https://assay.test -local -json " + page.URL, failure, `"code":"tag_missing"`},
		{"-site=northbeck -public-url=https://assay.test " + page.URL, failure, "does not lead to the public internet"},
		{"-site=northbeck -public-url=https://assay.test ftp://x.test", misuse, "want http"},
		{"-site=northbeck -public-url=https://assay.test", misuse, "something is missing"},
		{"-site=northbeck " + page.URL, misuse, "say where browsers reach the server"},
		{"-site=nobody -public-url=https://assay.test " + page.URL, failure, `no site "nobody"`},
	} {
		args := append([]string{"install", "check", dir}, strings.Fields(c.args)...)
		if got := commandLine(t, c.code, args...); !strings.Contains(got, c.want) {
			t.Errorf("%s: %s", c.args, got)
		}
	}
}
