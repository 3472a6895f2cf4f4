package main

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"assay/server/internal/mongotest"
)

func TestSettingsAreShownAndSetByTheCommandLine(t *testing.T) {
	dir := northbeck(t)
	text := commandLine(t, fine, "site", "show", dir, "-site=northbeck")
	for _, want := range []string{`"name": "Northbeck"`, `"rev": 1`, `"consent": "required"`, `"hours": null`, `"forms": {}`} {
		if !strings.Contains(text, want) {
			t.Errorf("it shows %s, without %s", text, want)
		}
	}
	if said := commandLine(t, fine, "site", "set", dir, "-site=northbeck", "-file", write(t, "same.json", text)); !strings.Contains(said, "changed: nothing") {
		t.Errorf("of the same settings it says %q", said)
	}
	const routing = `"routing":{"everybody_after":2,"admins_after":-1,"hours":{"zone":"Europe/Berlin","days":["mon"],"from":"09:00","to":"17:30"}}`
	say(t, `{"rev":1,"name":"North","origins":["https://n.test"],"consent":"required","colour":"red","forms":{"f":{"kind":"demo","selector":"main > form"}},`+routing+`}`)
	if said := commandLine(t, fine, "site", "set", dir, "-site=northbeck", "-file=-"); !strings.Contains(said, "changed: name, origins, forms, routing; rev 2") || !strings.Contains(said, "note: 1 member means nothing and was passed over") {
		t.Errorf("of new settings it says %q", said)
	}
	now := commandLine(t, fine, "site", "show", dir, "-site=northbeck")
	for _, want := range []string{`"North"`, `"main > form"`, `"everybody_after": 2`, `"zone": "Europe/Berlin"`, `"rev": 2`} {
		if !strings.Contains(now, want) {
			t.Errorf("then it shows %s, without %s", now, want)
		}
	}
	for _, c := range []struct {
		text string
		code int
		says []string
	}{
		{text, failure, []string{"rev 2", "assay site show"}},
		{strings.Replace(now, "Berlin", "Atlantis", 1), misuse, []string{"/routing/hours/zone: want a time zone"}},
		{`{"rev":2,"name":5}`, misuse, []string{"/name: want text", "/origins: want", "/consent: want"}},
		{`[]`, misuse, []string{"not a JSON object"}},
		{strings.Repeat(" ", 64<<10) + now, failure, []string{"at most 65536 bytes"}},
	} {
		said := commandLine(t, c.code, "site", "set", dir, "-site=northbeck", "-file", write(t, "wrong.json", c.text))
		for _, want := range c.says {
			if !strings.Contains(said, want) {
				t.Errorf("it says %q, without %q", said, want)
			}
		}
	}
	if after := commandLine(t, fine, "site", "show", dir, "-site=northbeck"); after != now {
		t.Errorf("what was refused changed %s into %s", now, after)
	}
	for args, says := range map[string]string{"show": "-site KEY", "set": "-file FILE", "set -file=x": "-site KEY"} {
		if said := commandLine(t, misuse, append([]string{"site"}, append(strings.Fields(args), dir)...)...); !strings.Contains(said, says) {
			t.Errorf("assay site %s says %q", args, said)
		}
	}
}

// told waits until a server tells pages something.
func (p *process) told(what string) {
	p.t.Helper()
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for deadline := time.Now().Add(patience); ; <-again.C {
		var boot struct{ Settings map[string]any }
		p.call("GET", "/v1/sites/demo/boot", nil, http.StatusOK, &boot)
		if boot.Settings["consent"] == what {
			return
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("pages are told %v, want consent %s", boot.Settings, what)
		}
	}
}

func TestARunningServerGoesByWhatTheCommandLineSets(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := start(t, dir, nil)
	p.told("not-required")
	at := []string{"-data-dir=" + dir, "-site=demo"}
	text := commandLine(t, fine, append([]string{"site", "show"}, at...)...)
	file := write(t, "demo.json", strings.Replace(text, `"not-required"`, `"required"`, 1))
	commandLine(t, fine, append([]string{"site", "set", "-file", file}, at...)...)
	p.told("required")
}

func TestWhatOneServerIsToldToSetAnotherGoesBy(t *testing.T) {
	t.Parallel()
	stand := mongotest.Start(t)
	env := []string{"ASSAY_MONGODB_URI=" + stand.URI("assay"), "ASSAY_KEYS=" + filepath.Join(t.TempDir(), "keys.json")}
	a, b := start(t, t.TempDir(), env), start(t, t.TempDir(), env)
	b.told("not-required")
	for _, p := range []*process{a, b} {
		p.call("POST", "/v1/session", map[string]string{"email": "admin@demo.test", "password": password}, http.StatusOK, nil)
	}
	var read map[string]any
	a.call("GET", "/v1/sites/demo", nil, http.StatusOK, &read)
	read["consent"] = "required"
	a.call("PUT", "/v1/sites/demo", read, http.StatusOK, nil)
	a.told("required")
	read["name"] = "Another"
	b.call("PUT", "/v1/sites/demo", read, http.StatusConflict, nil)
	b.told("required")
}
