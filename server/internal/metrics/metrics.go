// Package metrics shows operators what the server counts, in the format that
// Prometheus reads. It owns no counter but that of durations: everything else
// is read where it is counted, when somebody asks.
//
// A label's values are bounded by the program's text: route templates, codes,
// verdicts. Never an id, a path, a site, an address or anything of a person.
package metrics

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// prefix begins the names of all that is ours.
const prefix = "assay_"

// buckets are upper bounds in seconds. A touch waits for a sync of the disk,
// some ms; acceptTime in httpapi ends the longest wait at ten seconds.
var buckets = []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}

// Registry is what one server shows. It is not Prometheus's global one, so that
// no library adds to it, and tests can have several.
type Registry struct {
	all       *prometheus.Registry
	durations *prometheus.HistogramVec
}

// New makes a registry that shows the Go runtime, the process and the build.
// The version and the commit are those that `assay version` prints.
func New(version, commit string) *Registry {
	r := &Registry{all: prometheus.NewRegistry(), durations: prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: prefix + "request_duration_seconds", Buckets: buckets,
		Help: "Time from the end of a request's head to the end of its answer, by route template and class of status.",
	}, []string{"method", "route", "status"})}
	build := prometheus.NewGauge(prometheus.GaugeOpts{Name: prefix + "build_info", Help: "Always 1; the labels say what runs.",
		ConstLabels: prometheus.Labels{"version": version, "commit": commit}})
	build.Set(1)
	r.all.MustRegister(r.durations, build, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return r
}

// Counter shows a number that only grows. The name goes without "assay_" and
// ends in "_total".
func (r *Registry) Counter(name, help string, value func() int64) {
	r.all.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: prefix + name, Help: help},
		func() float64 { return float64(value()) }))
}

// Gauge shows a number that grows and falls. The name goes without "assay_".
func (r *Registry) Gauge(name, help string, value func() int64) {
	r.all.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: prefix + name, Help: help},
		func() float64 { return float64(value()) }))
}

// Counters shows numbers that only grow, one for each value of a label.
func (r *Registry) Counters(name, help, label string, values func() map[string]int64) {
	r.all.MustRegister(&family{desc: prometheus.NewDesc(prefix+name, help, []string{label}, nil), values: values})
}

// Observe counts a request of a route, which is a template and never a path. A
// series begins with its first request, so that a scrape is not mostly zeros.
func (r *Registry) Observe(method, route string, status int, took time.Duration) {
	class := classNames[min(max(status/100, 1), len(classNames))-1]
	r.durations.WithLabelValues(method, route, class).Observe(took.Seconds())
}

// classNames are the classes of statuses, from 1xx on.
var classNames = [...]string{"1xx", "2xx", "3xx", "4xx", "5xx"}

// Handler answers a scrape. What it cannot collect it leaves out, and logs.
func (r *Registry) Handler(log *slog.Logger) http.Handler {
	return promhttp.HandlerFor(r.all, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelError), MaxRequestsInFlight: 4})
}
