package intake_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
	"assay/shared/evidence"
)

// plausibilityCase is one case of testdata/plausibility, as its README says.
type plausibilityCase struct {
	Name   string `json:"name"`
	Why    string `json:"why"`
	Visits []struct {
		Age     string    `json:"age"`
		Signals []signals `json:"signals"`
	} `json:"visits"`
	Before          []signals `json:"before"`
	ConsentRequired bool      `json:"consent_required"`
	AllowAutomation bool      `json:"allow_automation"`
	Findings        []string  `json:"findings"`
}

// signals are one or several of a kind.
type signals []evidence.Signal

// UnmarshalJSON implements the json.Unmarshaler interface.
func (s *signals) UnmarshalJSON(b []byte) error {
	var kind string
	var ms, apart uint32
	n := 1
	if err := json.Unmarshal(b, &[]any{&kind, &ms, &n, &apart}); err != nil {
		return err
	}
	k := evidence.KindOf(kind)
	if k == 0 {
		return fmt.Errorf("there is no signal %q", kind)
	}
	for range n {
		*s = append(*s, evidence.Signal{Kind: k, Millis: ms})
		ms += apart
	}
	return nil
}

func TestHonestEvidenceIsNeverSuspect(t *testing.T) {
	cases := plausibilityCases(t, "honest.json")
	if len(cases) < 25 {
		t.Errorf("only %d cases", len(cases))
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) { c.run(t, lead.Verified) })
	}
}

func TestImplausibleEvidenceIsSuspect(t *testing.T) {
	cases := plausibilityCases(t, "dishonest.json")
	if len(cases) < 12 {
		t.Errorf("only %d cases", len(cases))
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) { c.run(t, lead.Suspect) })
	}
}

func plausibilityCases(t *testing.T, file string) (cases []plausibilityCase) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "plausibility", file))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &cases); err != nil {
		t.Fatal(err)
	}
	return cases
}

// run sends the case through intake into a real store and reads back what a rep
// would see.
func (c *plausibilityCase) run(t *testing.T, want lead.Verdict) {
	h := open(t)
	h.site.ConsentRequired, h.site.AllowAutomation = c.ConsentRequired, c.AllowAutomation
	sent := h.now.Add(100 * time.Hour)
	var visits []intake.RawVisit
	for _, v := range c.Visits {
		age, err := time.ParseDuration(v.Age)
		if err != nil {
			t.Fatal(err)
		}
		h.now = sent.Add(-age)
		token, _ := h.Open("demo", "v1")
		visits = append(visits, intake.RawVisit{Session: token, HasSignals: true, Signals: slices.Concat(v.Signals...)})
	}
	given := true
	touches := []*intake.Submission{h.submit("t1", "v1", buyer, visits...)}
	if c.Before != nil {
		earlier := visits[len(visits)-1]
		earlier.Signals = slices.Concat(c.Before...)
		touches = slices.Insert(touches, 0, h.submit("t0", "v1", buyer, earlier))
	}
	h.now = sent
	for _, touch := range touches {
		touch.Consent, touch.At = &given, sent
		h.accept(touch)
	}
	d := h.only()
	got := d.Touches[len(d.Touches)-1]
	var codes []string
	for _, f := range got.Findings {
		codes = append(codes, f.Code)
		if f.Text == "" {
			t.Errorf("%s says nothing", f.Code)
		}
		t.Logf("%3d %s: %s", f.Weight, f.Code, f.Text)
	}
	if got.Verdict != want || !slices.Equal(codes, c.Findings) {
		t.Errorf("%s, found %v; want %s, %v", got.Verdict, codes, want, c.Findings)
	}
}
