package config

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"log/slog"
	"strings"
	"testing"
)

func parse(env map[string]string, args ...string) (*Config, error) {
	return Parse(args, func(k string) string { return env[k] }, io.Discard)
}

func TestDefaultsAreThoseOfTheContract(t *testing.T) {
	c, err := parse(nil)
	if err != nil {
		t.Fatal(err)
	}
	want := Config{Addr: "127.0.0.1:8080", DataDir: "./data", KeyFile: "data/keys.json"}
	if *c != want {
		t.Errorf("got %+v, want %+v", *c, want)
	}
}

func TestFlagsOutrankTheEnvironment(t *testing.T) {
	env := map[string]string{"ASSAY_ADDR": ":1", "ASSAY_DATA_DIR": "/d", "ASSAY_PUBLIC_URL": "https://A.test/",
		"ASSAY_KEYS": "/k", "ASSAY_LOG": "json", "ASSAY_DEMO_PASSWORD": "p",
		"ASSAY_LOG_LEVEL": "debug", "ASSAY_METRICS": "public", "ASSAY_TRUST_PROXY": "1"}
	c, err := parse(env)
	if err != nil {
		t.Fatal(err)
	}
	want := Config{Addr: ":1", DataDir: "/d", PublicURL: "https://a.test", KeyFile: "/k", LogJSON: true, DemoPassword: "p",
		LogLevel: slog.LevelDebug, MetricsPublic: true, TrustProxy: true}
	if *c != want {
		t.Errorf("environment: got %+v, want %+v", *c, want)
	}
	c, err = parse(env, "-addr", "localhost:2", "-data-dir=/e", "-public-url=", "-keys=", "-log=text", "-demo", "-log-level=info", "-metrics=local", "-trust-proxy=false", "-demo-samples=3")
	if err != nil {
		t.Fatal(err)
	}
	want = Config{Addr: "localhost:2", DataDir: "/e", KeyFile: "/e/keys.json", Demo: true, DemoSamples: 3, DemoPassword: "p"}
	if *c != want {
		t.Errorf("flags: got %+v, want %+v", *c, want)
	}
}

func TestWrongUsageIsNamed(t *testing.T) {
	for _, c := range []struct{ args, says string }{
		{"-nope", "nope"},
		{"now", "now"},
		{"-addr 8080", "8080"},
		{"-log loud", "loud"},
		{"-log-level loud", "info or debug"},
		{"-metrics secret", "local or public"},
		{"-trust-proxy=perhaps", "true or false"},
		{"-public-url ftp://a.test", "ftp://a.test"},
		{"-public-url https://a.test/assay", "without a path"},
		{"-mongodb-uri mongodb://localhost", "ASSAY_KEYS"},
		{"-demo-samples 3", "-demo"},
		{"-demo -demo-samples -1", "-1"},
		{"-demo -addr :8080", "-demo-anywhere"},
		{"-demo -addr 0.0.0.0:0", "-demo-anywhere"},
		{"-demo -addr 192.0.2.1:80", "-demo-anywhere"},
	} {
		_, err := parse(nil, strings.Fields(c.args)...)
		var usage *UsageError
		if !errors.As(err, &usage) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want a usage error that says %q", c.args, err, c.says)
		}
	}
}

func TestDemoRunsOnLoopbackOrWhereAllowed(t *testing.T) {
	for _, args := range []string{"-addr 127.0.0.1:0", "-addr 127.8.8.8:1", "-addr [::1]:0", "-addr localhost:0", "-addr :8080 -demo-anywhere"} {
		if _, err := parse(nil, append(strings.Fields(args), "-demo")...); err != nil {
			t.Errorf("%s: %v", args, err)
		}
	}
}

func TestMongoDBNeedsAKeyFile(t *testing.T) {
	env := map[string]string{"ASSAY_MONGODB_URI": "mongodb://user:secret@x/assay"}
	if _, err := parse(env); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("without a key file, which servers must share: %v", err)
	}
	env["ASSAY_KEYS"] = "/k"
	if c, err := parse(env); err != nil || c.MongoURI != env["ASSAY_MONGODB_URI"] || c.KeyFile != "/k" {
		t.Errorf("with one: %+v, %v", c, err)
	}
}

func TestHelpNamesEveryFlag(t *testing.T) {
	var out bytes.Buffer
	if _, err := Parse([]string{"-h"}, func(string) string { return "" }, &out); !errors.Is(err, flag.ErrHelp) {
		t.Fatalf("got %v", err)
	}
	for _, name := range []string{"addr", "data-dir", "public-url", "keys", "log", "mongodb-uri", "demo", "demo-samples", "demo-anywhere"} {
		if !strings.Contains(out.String(), "\n  -"+name+" ") {
			t.Errorf("help lacks -%s", name)
		}
	}
	settings, demo, _ := strings.Cut(out.String(), "\nDemo:\n")
	if flags, variables := strings.Count(settings, "\n  -"), strings.Count(settings, "(ASSAY_"); flags != variables || strings.Contains(demo, "(ASSAY_") {
		t.Errorf("%d settings with %d variables, or a variable for the demo: the help's introduction is untrue", flags, variables)
	}
}
