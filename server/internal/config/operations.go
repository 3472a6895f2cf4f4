package config

import (
	"flag"
	"log/slog"
	"strconv"
)

// operations are the settings of those who watch the server, as they came.
type operations struct{ level, metrics, proxy string }

// operationsIn adds the flags of those who watch the server.
func operationsIn(fs *flag.FlagSet, env func(name, fallback string) string) *operations {
	o := &operations{proxy: env("ASSAY_TRUST_PROXY", "false")}
	fs.StringVar(&o.level, "log-level", env("ASSAY_LOG_LEVEL", "info"), "")
	fs.StringVar(&o.metrics, "metrics", env("ASSAY_METRICS", "local"), "")
	fs.BoolFunc("trust-proxy", "", func(text string) error {
		o.proxy = text
		return nil
	})
	return o
}

// into fills the configuration: a *UsageError when a value is none.
func (o *operations) into(c *Config) (err error) {
	switch o.level {
	case "info":
		c.LogLevel = slog.LevelInfo
	case "debug":
		c.LogLevel = slog.LevelDebug
	default:
		return usage("log level %q: want info or debug", o.level)
	}
	if o.metrics != "local" && o.metrics != "public" {
		return usage("metrics %q: want local or public", o.metrics)
	}
	c.MetricsPublic = o.metrics == "public"
	if c.TrustProxy, err = strconv.ParseBool(o.proxy); err != nil {
		return usage("trust-proxy %q: want true or false", o.proxy)
	}
	return nil
}
