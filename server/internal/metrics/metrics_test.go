package metrics

import (
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func scrape(t *testing.T, r *Registry) string {
	t.Helper()
	w := httptest.NewRecorder()
	r.Handler(slog.New(slog.NewTextHandler(t.Output(), nil))).ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	if w.Code != 200 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	return w.Body.String()
}

func TestAScrapeShowsWhatIsCountedElsewhereAtThatMoment(t *testing.T) {
	r, n := New("v1", "abc"), int64(3)
	r.Counter("touches_total", "All.", func() int64 { return n })
	r.Gauge("queue_depth", "Now.", func() int64 { return -n })
	r.Counters("refused_total", "By code.", "code", func() map[string]int64 { return map[string]int64{"busy": n, "invalid_touch": 1} })
	scrape(t, r)
	n = 7
	text := scrape(t, r)
	for _, want := range []string{"\nassay_touches_total 7\n", "\nassay_queue_depth -7\n", `assay_refused_total{code="busy"} 7`,
		`assay_refused_total{code="invalid_touch"} 1`, `assay_build_info{commit="abc",version="v1"} 1`, "\ngo_goroutines ", "\nprocess_open_fds "} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
}

func TestRequestsAreCountedByRouteAndClassOfStatus(t *testing.T) {
	r := New("", "")
	for _, status := range []int{200, 202, 404, 503, 0, 999} {
		r.Observe("POST", "/v1/touches", status, 3*time.Millisecond)
	}
	text := scrape(t, r)
	for class, want := range map[string]string{"1xx": "1", "2xx": "2", "4xx": "1", "5xx": "2"} {
		labels := `{method="POST",route="/v1/touches",status="` + class + `"`
		if !strings.Contains(text, "assay_request_duration_seconds_count"+labels+"} "+want+"\n") {
			t.Errorf("not %s of %s: %s", want, class, text)
		}
		if !strings.Contains(text, "assay_request_duration_seconds_bucket"+labels+`,le="0.005"} `+want+"\n") ||
			!strings.Contains(text, "assay_request_duration_seconds_bucket"+labels+`,le="0.0025"} 0`+"\n") {
			t.Errorf("3 ms of %s are in the wrong bucket", class)
		}
	}
}

// BenchmarkObserve is what a request costs here.
func BenchmarkObserve(b *testing.B) {
	r := New("", "")
	b.ReportAllocs()
	for b.Loop() {
		r.Observe("POST", "/v1/touches", 202, 3*time.Millisecond)
	}
}
