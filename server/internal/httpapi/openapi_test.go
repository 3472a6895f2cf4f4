package httpapi

import (
	"encoding/json"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gorilla/mux"

	"assay/server/internal/auth"
	"assay/server/internal/install"
)

var anyFiles fs.FS = fstest.MapFS{"assay.js": {Data: []byte("x")}}

func TestTheDescriptionNamesEveryRouteAndNoOther(t *testing.T) {
	a, err := New(Options{Stream: http.NotFoundHandler(), Metrics: http.NotFoundHandler(), Files: anyFiles, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]json.RawMessage
	}
	if err := json.Unmarshal(openapiJSON, &doc); err != nil {
		t.Fatal(err)
	}
	described := map[string]bool{}
	for path, ops := range doc.Paths {
		for method := range ops {
			described[strings.ToUpper(method)+" "+path] = true
		}
	}
	err = a.router.Walk(func(route *mux.Route, _ *mux.Router, _ []*mux.Route) error {
		path, _ := route.GetPathTemplate()
		methods, _ := route.GetMethods()
		api := strings.HasPrefix(path, "/v1/") || path == "/healthz" || path == "/readyz" || path == "/metrics" || path == "/openapi.json" || path == "/asyncapi.json"
		for _, method := range methods {
			call := method + " " + path
			if !api || method == "HEAD" || method == "OPTIONS" {
				continue
			}
			if !described[call] {
				t.Errorf("%s is not described", call)
			}
			delete(described, call)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for call := range described {
		t.Errorf("%s is described, but does not exist", call)
	}
}

// Every reference leads somewhere, and every schema is of use.
func TestTheDescriptionHoldsTogether(t *testing.T) {
	var doc any
	if err := json.Unmarshal(openapiJSON, &doc); err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if ref, ok := v["$ref"].(string); ok {
				used[ref] = true
				at := doc
				for _, part := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
					m, _ := at.(map[string]any)
					at = m[part]
				}
				if at == nil {
					t.Errorf("%s leads nowhere", ref)
				}
			}
			for _, x := range v {
				walk(x)
			}
		case []any:
			for _, x := range v {
				walk(x)
			}
		}
	}
	walk(doc)
	components := doc.(map[string]any)["components"].(map[string]any)
	for _, kind := range []string{"schemas", "responses"} {
		for name := range components[kind].(map[string]any) {
			if ref := "#/components/" + kind + "/" + name; !used[ref] {
				t.Errorf("%s is of no use", ref)
			}
		}
	}
}

func TestTheDescriptionNamesEverySettingOfASite(t *testing.T) {
	type schema struct {
		Properties           map[string]*schema
		Items                *schema
		AdditionalProperties *schema
	}
	var doc struct {
		Components struct{ Schemas struct{ Site schema } }
	}
	if err := json.Unmarshal(openapiJSON, &doc); err != nil {
		t.Fatal(err)
	}
	site := &auth.Site{Forms: map[string]auth.Form{"f": {Selector: "#f"}}, Pages: make([]auth.PageRule, 1), Answers: []string{"a"}, Origins: []string{"o"},
		Routing: auth.Routing{Hours: auth.Hours{Zone: "UTC"}}}
	text, err := json.Marshal(ViewSite(site))
	if err != nil {
		t.Fatal(err)
	}
	var shown map[string]any
	if err := json.Unmarshal(text, &shown); err != nil {
		t.Fatal(err)
	}
	at := func(path ...string) (described *schema, value any) {
		described, value = &doc.Components.Schemas.Site, shown
		for _, name := range path {
			described, value = described.Properties[name], value.(map[string]any)[name]
		}
		return described, value
	}
	same := func(what string, s *schema, value any) {
		t.Helper()
		if got, want := slices.Sorted(maps.Keys(s.Properties)), slices.Sorted(maps.Keys(value.(map[string]any))); !slices.Equal(got, want) {
			t.Errorf("%s is described with %v, and has %v", what, got, want)
		}
	}
	for _, path := range [][]string{{}, {"routing"}, {"routing", "hours"}} {
		described, value := at(path...)
		same("/"+strings.Join(path, "/"), described, value)
	}
	forms, named := at("forms")
	same("a form", forms.AdditionalProperties, named.(map[string]any)["f"])
	pages, listed := at("pages")
	same("a page", pages.Items, listed.([]any)[0])
}

func TestTheDescriptionNamesEveryFindingOfACheckEveryOutcomeOfATestEventAndAllThatPagesDo(t *testing.T) {
	type coded struct {
		Items struct {
			Properties struct{ Code, Severity struct{ Enum []string } }
		}
	}
	var doc struct {
		Components struct {
			Schemas struct {
				InstallReport struct{ Properties struct{ Findings coded } }
				InstallTrial  struct{ Properties struct{ Steps coded } }
				InstallSeen   struct{ Properties struct{ Items coded } }
			}
		}
	}
	if err := json.Unmarshal(openapiJSON, &doc); err != nil {
		t.Fatal(err)
	}
	schemas := &doc.Components.Schemas
	for _, of := range []struct{ described, known []string }{
		{schemas.InstallReport.Properties.Findings.Items.Properties.Code.Enum, install.Codes()},
		{schemas.InstallTrial.Properties.Steps.Items.Properties.Code.Enum, install.TrialCodes()},
		{schemas.InstallSeen.Properties.Items.Items.Properties.Code.Enum, install.SeenCodes()},
	} {
		if !slices.Equal(of.described, of.known) {
			t.Errorf("described %v, known %v", of.described, of.known)
		}
	}
	var all install.Trial
	for _, code := range install.TrialCodes() {
		all.Add("boot", 0, install.Came(code, "a", "b"))
	}
	severities := schemas.InstallTrial.Properties.Steps.Items.Properties.Severity.Enum
	for _, step := range all.Steps {
		if !slices.Contains(severities, string(step.Severity)) {
			t.Errorf("%s is a %s, and described are %v", step.Code, step.Severity, severities)
		}
	}
}
