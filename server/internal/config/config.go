// Package config reads what an operator says, as environment variables and as
// flags that mirror them, into one validated struct.
package config

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"path/filepath"
	"strings"
)

// Config is what the server runs with. Parse gives only sound ones.
type Config struct {
	Addr      string // host:port to listen on; port 0 takes a free one
	DataDir   string // folder of the embedded store
	MongoURI  string // connection string of a MongoDB to use instead; it may hold a password
	PublicURL string // scheme://host[:port] that browsers use; empty: follows from the address
	KeyFile   string // keys that sign sessions and hash identities
	LogJSON   bool   // log as JSON instead of text

	LogLevel      slog.Level // of what is logged; debug adds a line for each request
	MetricsPublic bool       // /metrics answers everybody, and not this machine alone
	TrustProxy    bool       // the peer is a proxy of ours, which tells the client's address

	Demo         bool   // add the demo site and its people
	DemoSamples  int    // sample leads to add to the demo site
	DemoAnywhere bool   // allow the demo on addresses that others can reach
	DemoPassword string // of the demo's people; empty: a random one

	Hurried bool // the embedded store does all the time what it else does in minutes; nobody sets it but programs that kill servers
}

// UsageError is a command line or environment that makes no sense.
type UsageError struct{ Text string }

// Error implements the error interface.
func (e *UsageError) Error() string { return e.Text }

func usage(format string, args ...any) error { return &UsageError{fmt.Sprintf(format, args...)} }

// maxSamples keeps a slip of the finger from filling the disk.
const maxSamples = 100_000

// Parse reads the environment and then the arguments, which outrank it. It
// fails with flag.ErrHelp once help was written to out, and with a *UsageError
// when a value is wrong.
func Parse(args []string, getenv func(string) string, out io.Writer) (*Config, error) {
	c := Config{DemoPassword: getenv("ASSAY_DEMO_PASSWORD")}
	var log string
	fs := flag.NewFlagSet("assay serve", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	env := func(name, fallback string) string {
		if v := getenv(name); v != "" {
			return v
		}
		return fallback
	}
	fs.StringVar(&c.Addr, "addr", env("ASSAY_ADDR", "127.0.0.1:8080"), "")
	fs.StringVar(&c.DataDir, "data-dir", env("ASSAY_DATA_DIR", "./data"), "")
	fs.StringVar(&c.PublicURL, "public-url", getenv("ASSAY_PUBLIC_URL"), "")
	fs.StringVar(&c.KeyFile, "keys", getenv("ASSAY_KEYS"), "")
	fs.StringVar(&log, "log", env("ASSAY_LOG", "text"), "")
	fs.StringVar(&c.MongoURI, "mongodb-uri", getenv("ASSAY_MONGODB_URI"), "")
	ops := operationsIn(fs, env)
	fs.BoolVar(&c.Demo, "demo", false, "")
	fs.IntVar(&c.DemoSamples, "demo-samples", 0, "")
	fs.BoolVar(&c.DemoAnywhere, "demo-anywhere", false, "")
	if err := fs.Parse(args); errors.Is(err, flag.ErrHelp) {
		io.WriteString(out, help)
		return nil, err
	} else if err != nil {
		return nil, usage("%s", err)
	}
	if fs.NArg() > 0 {
		return nil, usage("serve takes no argument, but was given %q", fs.Arg(0))
	}
	if log != "text" && log != "json" {
		return nil, usage("log format %q: want text or json", log)
	}
	c.LogJSON = log == "json"
	if err := ops.into(&c); err != nil {
		return nil, err
	}
	if c.MongoURI != "" && c.KeyFile == "" {
		return nil, usage("with a MongoDB (ASSAY_MONGODB_URI or -mongodb-uri), ASSAY_KEYS or -keys must name the key file, of which every server has the same")
	}
	if c.KeyFile == "" {
		c.KeyFile = filepath.Join(c.DataDir, "keys.json")
	}
	return &c, c.check()
}

func (c *Config) check() error {
	host, port, err := net.SplitHostPort(c.Addr)
	if err != nil || port == "" {
		return usage("address %q: want HOST:PORT, such as 127.0.0.1:8080 or :8080", c.Addr)
	}
	if c.DataDir == "" {
		return usage("the data folder must not be empty")
	}
	if c.PublicURL, err = origin(c.PublicURL); err != nil {
		return err
	}
	if !c.Demo && (c.DemoSamples != 0 || c.DemoAnywhere) {
		return usage("-demo-samples and -demo-anywhere go with -demo")
	}
	if c.DemoSamples < 0 || c.DemoSamples > maxSamples {
		return usage("-demo-samples=%d: want 0 to %d", c.DemoSamples, maxSamples)
	}
	if c.Demo && !c.DemoAnywhere && !loopback(host) {
		return usage("the demo's sign-ins are printed, so it runs on a loopback address only, and %s is none: "+
			"use 127.0.0.1, or add -demo-anywhere when others may reach it", c.Addr)
	}
	return nil
}

// origin reduces a public address to scheme and host: the API has no path
// prefix.
func origin(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" ||
		u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return "", usage("public URL %q: want http:// or https:// and a host, without a path", text)
	}
	return u.Scheme + "://" + strings.ToLower(u.Host), nil
}

// loopback reports whether nobody but this machine can reach a host.
func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
