package httpapi

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkDecodeTouch reads a touch as the widget sends it after a visit of
// 60 signals.
func BenchmarkDecodeTouch(b *testing.B) {
	body := fmt.Appendf(nil, `{"id":"3c2f0e2f6f0a4e7d9b1c2d3e4f5a6b7c","type":"submit","site":"demo","visitor":"0f1e2d3c4b5a69788796a5b4c3d2e1f0",
		"at":"2026-11-22T10:00:00.000Z","form":"book-a-demo","form_kind":"demo","page":"http://localhost:8080/demo/book-a-demo/",
		"referrer":"","utm":{},"profile":{"email":"ann@northbeck.test","name":"Ann","phone":"+49 30 1234567","company":"Northbeck","role":"Head of planning",
		"company_size":"250","industry":"Manufacturing","country":"Germany","budget":"planned","timing":"now","need":"stock","message":%q},
		"answers":{"how_heard":"a friend","call_now":"yes"},"visits":[{"session":"%s","evidence":"%s"}],
		"model":"9adb1997cca2","claim":{"engagement":61,"fit":72,"band":"hot"},"consent":true}`,
		strings.Repeat("We count by hand. ", 10), strings.Repeat("s", 120), "AQEA"+strings.Repeat("AQUB", 59))
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		m, err := parseObject(body)
		if err != nil {
			b.Fatal(err)
		}
		m.required("site", maxID)
		if _, _, err := decodeTouch(m, fuzzNow); err != nil {
			b.Fatal(err)
		}
	}
}
