package lead_test

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"
	"time"

	"assay/server/internal/lead"
	"assay/shared/lifecycle"
)

func oldLead(t *testing.T) *lead.Lead {
	t.Helper()
	doc, err := os.ReadFile("testdata/without_state.json")
	if err != nil {
		t.Fatal(err)
	}
	l, err := lead.Read(doc, nil)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestAFindingThatWasStoredAsItsCodeIsRead(t *testing.T) {
	var got []lead.Finding
	if err := json.Unmarshal([]byte(`["other_model", {"code":"too_fast","weight":100,"text":"soon"}]`), &got); err != nil {
		t.Fatal(err)
	}
	if want := "[{other_model 0 } {too_fast 100 soon}]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
	if err := json.Unmarshal([]byte(`[7]`), &got); err == nil {
		t.Error("a number was read as a finding")
	}
}

func TestAContactThatWasStoredWithoutAStateKeepsWhereItStands(t *testing.T) {
	l := oldLead(t)
	asked := time.Date(2026, 11, 16, 10, 1, 0, 0, time.UTC)
	if s := l.State; s.Stage != lifecycle.Prospect || l.Stage != "prospect" || s.Since != asked.Unix() || s.Touched != asked.Unix() || !s.Asked || s.Seen.Level != 1 {
		t.Errorf("%s, state %+v", l.Stage, s)
	}
	if st := l.Stamps; st.Newest != (lead.Stamp{At: asked, Touch: "t2"}) || st.Source.Touch != "t1" || st.Profile["email"].Touch != "t2" || len(st.Answers) != 1 {
		t.Errorf("stamps %+v", st)
	}
	if len(l.Actions) != 1 || l.Actions[0].Do != lead.ActionClaim || l.Actions[0].By != "p1" || l.Touches[1].Received != asked {
		t.Errorf("actions %+v, touches %+v", l.Actions, l.Touches)
	}
	if l.NextChange.IsZero() || l.NextChange.After(today) {
		t.Errorf("the clock looks at it at %s", l.NextChange)
	}
}

func TestAContactThatWasStoredWithoutAStateGoesOnAsAnyOther(t *testing.T) {
	r, l := rater(t), oldLead(t)
	if err := l.Age(r, today); err != nil {
		t.Fatal(err)
	}
	if l.Stage != "prospect" || !l.NextChange.IsZero() && !l.NextChange.After(today) {
		t.Errorf("%s, and the clock looks again at %s", l.Stage, l.NextChange)
	}
	late := &lead.Touch{ID: "t0", At: monday.AddDate(0, 0, -2), Received: today, FormKind: "download", Verdict: lead.Unverified,
		Profile: map[string]string{"name": "Nobody", "role": "CEO"}}
	if _, err := l.Apply(late, r, today); err != nil {
		t.Fatal(err)
	}
	if l.Field("name") != "Ada" || l.Field("role") != "CEO" || l.Owner != "p1" {
		t.Errorf("after a late touch: %v of %q", l.Profile, l.Owner)
	}
	doc, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	again, err := lead.Read(doc, nil)
	if err != nil {
		t.Fatal(err)
	}
	if again.State != l.State || len(again.Actions) != 1 {
		t.Errorf("read again, it is %+v", again.State)
	}
}
