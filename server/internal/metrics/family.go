package metrics

import "github.com/prometheus/client_golang/prometheus"

// family collects counters that differ in one label.
type family struct {
	desc   *prometheus.Desc
	values func() map[string]int64
}

// Describe implements prometheus.Collector.
func (f *family) Describe(ch chan<- *prometheus.Desc) { ch <- f.desc }

// Collect implements prometheus.Collector.
func (f *family) Collect(ch chan<- prometheus.Metric) {
	for label, n := range f.values() {
		ch <- prometheus.MustNewConstMetric(f.desc, prometheus.CounterValue, float64(n), label)
	}
}
