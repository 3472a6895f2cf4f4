package lead_test

import (
	"fmt"
	"testing"
	"time"

	"assay/server/internal/lead"
)

// One more submit by a contact of ten visits: facts, score, stage and the
// instant of its next change.
func BenchmarkApply(b *testing.B) {
	r := rater(b)
	l := lead.New("demo", "l1", monday)
	touch := func(i int) *lead.Touch {
		at := monday.Add(time.Duration(i) * time.Hour)
		return &lead.Touch{ID: fmt.Sprint("t", i), At: at, Received: at, Form: "book", FormKind: "demo", Verdict: lead.Verified,
			Profile: map[string]string{"email": "ada@works.test", "role": "CEO", "industry": "manufacturing", "timing": "now"},
			Visits:  []lead.Visit{{Session: fmt.Sprint("s", i), Start: at.Unix() - 600, Log: sessionLog(i, 20)}}}
	}
	for i := range 10 {
		if _, err := l.Apply(touch(i), r, monday.Add(12*time.Hour)); err != nil {
			b.Fatal(err)
		}
	}
	next := touch(10)
	b.ReportAllocs()
	for b.Loop() {
		again := *l
		if changed, err := again.Apply(next, r, monday.Add(12*time.Hour)); !changed || err != nil {
			b.Fatal(changed, err)
		}
	}
}
