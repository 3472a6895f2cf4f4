package intake

import (
	"strings"
	"testing"
	"time"

	"assay/server/internal/lead"
	"assay/shared/evidence"

	"pgregory.net/rapid"
)

func TestEveryFindingHasACodeAWeightAndASentence(t *testing.T) {
	codes := map[string]bool{}
	for _, row := range table {
		if row.code == "" || codes[row.code] {
			t.Errorf("code %q is missing or taken", row.code)
		}
		codes[row.code] = true
		if row.weight < 0 || row.weight > lead.SuspectWeight {
			t.Errorf("%s weighs %d", row.code, row.weight)
		}
		if !strings.HasSuffix(row.text, ".") {
			t.Errorf("%s says %q", row.code, row.text)
		}
	}
}

func TestAFormFilledInUnseenNeedsMoreThanOneOtherRareThing(t *testing.T) {
	for i, row := range table {
		sum := table[typingRate].weight + row.weight
		rare := row.weight < lead.SuspectWeight && finding(i) != typingRate
		if rare && (sum >= lead.SuspectWeight) != (finding(i) == sentAtOnce) {
			t.Errorf("typing_rate and %s weigh %d together", row.code, sum)
		}
	}
}

func TestAFindingIsNotedOnceWithWhatWasSeenFirst(t *testing.T) {
	var f findings
	f.add(typingRate, 6, span(1200*time.Millisecond))
	f.add(typingRate, 9, span(time.Second))
	want := lead.Finding{Code: "typing_rate", Weight: 60, Text: "Filled in 6 fields within 1.2 seconds, faster than a person types."}
	if len(f) != 1 || f[0] != want || f.suspect() {
		t.Errorf("got %+v", f)
	}
	if f.add(sentAtOnce, 6, span(0)); f[1].Text != "Submitted within a moment of filling in 6 fields." || !f.suspect() {
		t.Errorf("got %+v", f)
	}
}

func TestTwoLogsOfOneSessionInATouchMustGoOnFromEachOther(t *testing.T) {
	short, long, other := logOf(1, 0), logOf(1, 0, 2, 9), logOf(5, 0)
	for _, c := range []struct {
		logs    [][]byte
		suspect bool
	}{{[][]byte{short, long}, false}, {[][]byte{long, short}, false}, {[][]byte{long, other}, true}, {[][]byte{other, long}, true}} {
		j := &judged{}
		for _, log := range c.logs {
			j.add(lead.Visit{Session: "s", Log: log})
		}
		if len(j.visits) != 1 || string(j.visits[0].Log) != string(long) || j.findings.suspect() != c.suspect {
			t.Errorf("%v: kept %v, found %v", c.logs, j.visits, j.findings)
		}
	}
}

// logOf encodes kinds and their milliseconds.
func logOf(pairs ...uint32) []byte {
	var log evidence.Log
	for i := 0; i < len(pairs); i += 2 {
		_ = log.Append(evidence.Kind(pairs[i]), pairs[i+1])
	}
	return append([]byte{}, log.Bytes()...)
}

// diary is an honest visit: each entry comes some ms after the one before it.
type diary []struct {
	kind  evidence.Kind
	after uint32
}

func (d *diary) write(k evidence.Kind, after uint32) {
	*d = append(*d, struct {
		kind  evidence.Kind
		after uint32
	}{k, after})
}

// log encodes the diary with more time before each entry after the boot answer,
// and gives how long it took.
func (d diary) log(more func(i int) uint32) ([]byte, time.Duration) {
	var log evidence.Log
	at := uint32(0)
	for i, e := range d {
		if at += e.after; at > 0 {
			at += more(i)
		}
		_ = log.Append(e.kind, min(at, evidence.MaxMillis))
	}
	return log.Bytes(), time.Duration(at) * time.Millisecond
}

// honest draws a visit as people and browsers make them: some of it before the
// boot answer, pages read, forms typed at a person's rate, pasted, or filled in
// by a browser that says so. None is sent within two seconds, as the contract
// wants it.
func honest(t *rapid.T) diary {
	var d diary
	d.write(evidence.PageViewed, 0)
	typedBefore := rapid.IntRange(0, 3).Draw(t, "answers before the boot answer")
	for range typedBefore {
		d.write(evidence.FieldAnswered, 0)
	}
	for range rapid.IntRange(0, 12).Draw(t, "pages") {
		kind := rapid.SampledFrom([]evidence.Kind{1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 18, 34, 37}).Draw(t, "kind")
		d.write(kind, rapid.Uint32Range(200, 90000).Draw(t, "reading"))
	}
	for range rapid.IntRange(1, 3).Draw(t, "forms") {
		d.write(evidence.AskStarted, rapid.Uint32Range(2000, 60000).Draw(t, "to the form"))
		for range rapid.IntRange(0, 12).Draw(t, "fields") {
			field(t, &d)
		}
		if rapid.IntRange(0, 4).Draw(t, "refused") == 0 {
			d.write(evidence.ValidationFailed, rapid.Uint32Range(0, 3000).Draw(t, "to the refusal"))
		}
		d.write(evidence.AskSubmitted, rapid.Uint32Range(0, 20000).Draw(t, "to the button"))
	}
	return d
}

// field fills one field in, in one of the ways there are.
func field(t *rapid.T, d *diary) {
	pause := rapid.Uint32Range(350, 20000).Draw(t, "to the next field")
	answered := rapid.SampledFrom([]evidence.Kind{evidence.FieldAnswered, evidence.OptionalAnswered}).Draw(t, "answered")
	switch rapid.SampledFrom([]string{"typed", "typed", "corrected", "pasted", "filled", "told late"}).Draw(t, "way") {
	case "typed":
		d.write(answered, pause)
	case "corrected":
		d.write(answered, pause)
		d.write(evidence.FieldCorrected, pause)
	case "pasted":
		d.write(evidence.FieldPasted, pause)
		d.write(answered, rapid.Uint32Range(0, 5000).Draw(t, "to leave it"))
	case "filled":
		d.write(evidence.FieldAutofilled, rapid.Uint32Range(0, 30).Draw(t, "machine"))
		d.write(answered, 0)
	case "told late":
		d.write(answered, rapid.Uint32Range(0, 30).Draw(t, "machine"))
		d.write(evidence.FieldAutofilled, 1)
	}
}

func weighed(log []byte, open time.Duration) findings {
	var f findings
	now := time.Unix(2e9, 0)
	visit := lead.Visit{Session: "s", Start: now.Add(-open).Unix(), Log: log}
	f.weigh(&Site{}, []lead.Visit{visit}, now)
	return f
}

func (f findings) weight() (sum int) {
	for _, found := range f {
		sum += found.Weight
	}
	return sum
}

func TestNoHonestVisitIsSuspect(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log, took := honest(t).log(func(int) uint32 { return 0 })
		if f := weighed(log, took); f.suspect() {
			t.Fatalf("suspect: %v", f)
		}
	})
}

func TestTakingMoreTimeNeverAddsWeight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := honest(t)
		if rapid.Bool().Draw(t, "hurried") {
			for i := range d {
				d[i].after /= 50
			}
		}
		log, took := d.log(func(int) uint32 { return 0 })
		before := weighed(append([]byte{}, log...), took)
		log, took = d.log(func(i int) uint32 { return rapid.Uint32Range(0, 30000).Draw(t, "more") })
		if after := weighed(log, took); after.weight() > before.weight() {
			t.Fatalf("%v became %v", before, after)
		}
	})
}

func FuzzPlausible(f *testing.F) {
	f.Add(logOf(1, 0, 20, 50, 21, 60, 28, 300), int64(10), true)
	f.Add(logOf(38, 1, 39, 1, 14, 1, 14, 1, 14, 1), int64(-9e9), false)
	f.Add(logOf(), int64(0), true)
	most := 0
	for _, row := range table {
		most += row.weight
	}
	f.Fuzz(func(t *testing.T, log []byte, start int64, consent bool) {
		if _, _, err := evidence.Check(log); err != nil {
			t.Skip()
		}
		var found findings
		visits := []lead.Visit{{Session: "a", Start: start, Log: log}, {Session: "b", Start: start, Log: log}}
		found.weigh(&Site{ConsentRequired: consent}, visits, time.Unix(start, 0).Add(time.Minute))
		codes := map[string]bool{}
		for _, one := range found {
			if codes[one.Code] || one.Text == "" || strings.Contains(one.Text, "%!") {
				t.Errorf("bad finding %+v", one)
			}
			codes[one.Code] = true
		}
		if w := found.weight(); w < 0 || w > most {
			t.Errorf("weighs %d of %d", w, most)
		}
	})
}
