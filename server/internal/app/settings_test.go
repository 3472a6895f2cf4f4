package app

import (
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"assay/server/internal/auth"
)

// Who changed which settings is in the log, and not what they are.
func TestAChangeOfSettingsIsALineOfTheLog(t *testing.T) {
	log := &record{}
	a := running(t, slog.New(slog.NewTextHandler(log, nil)))
	secret, _, err := a.auth.AddToken(t.Context(), "demo", "set-up", auth.Admin)
	if err != nil {
		t.Fatal(err)
	}
	for _, body := range []string{
		`{"rev":1,"name":"` + said + `","origins":["https://` + said + `.test"],"consent":"required"}`,
		`{"rev":2,"name":"` + said + `","origins":["https://` + said + `.test"],"consent":"required"}`, // changes nothing
	} {
		r, err := http.NewRequest("PUT", "http://"+a.Addr+"/v1/sites/demo", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+secret)
		r.Header.Set("Content-Type", "application/json")
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(answer.Body)
		if answer.Body.Close(); err != nil || answer.StatusCode != http.StatusOK || !strings.Contains(string(text), `"rev":2`) {
			t.Fatalf("%d %s, %v", answer.StatusCode, text, err)
		}
	}
	const line = `msg="settings were changed" site=demo by=token:set-up rev=2 changed=name,origins,consent,allow_automation,live,forms,pages,answers`
	if text := log.String(); strings.Count(text, line) != 1 || strings.Count(text, "settings were changed") != 1 || strings.Contains(text, said) {
		t.Errorf("logged %s", text)
	}
}
