package lifecycle

import (
	"testing"

	"assay/shared/profile"
	"assay/shared/score"
)

func TestNamesLeadBack(t *testing.T) {
	for s := Stage(0); s < Stages; s++ {
		if got, ok := StageOf(s.String()); !ok || got != s {
			t.Errorf("stage %d: %q leads to %d", s, s.String(), got)
		}
	}
	for r := NoReason + 1; r < Reasons; r++ {
		if r.String() == "" {
			t.Errorf("reason %d has no code", r)
		}
	}
	if NoReason.String() != "" {
		t.Error("no reason has a code")
	}
}

func TestDecide(t *testing.T) {
	weak := &score.Result{Fit: 15}
	fitting := &score.Result{Fit: 25}
	over := &score.Result{Fit: 80, Over: true}
	explicit := &score.Result{Fit: 80, Over: true, Intent: score.IntentCart}
	held := &score.Result{Fit: 80, Over: true, Intent: score.IntentCart, Gates: 2}
	for _, c := range []struct {
		name  string
		stage Stage
		form  profile.FormKind
		score *score.Result
		want  []Step
	}{
		{"a first download makes a lead", Anonymous, profile.FormDownload, weak, []Step{{Anonymous, Lead, Converted}}},
		{"a newsletter makes a subscriber", Anonymous, profile.FormSubscription, explicit, []Step{{Anonymous, Subscriber, Subscribed}}},
		{"a second newsletter changes nothing", Subscriber, profile.FormSubscription, over, nil},
		{"a subscriber who downloads is a lead", Subscriber, profile.FormDownload, weak, []Step{{Subscriber, Lead, Converted}}},
		{"a fitting ask makes a prospect at once, and the lead is recorded", Anonymous, profile.FormDemo, fitting,
			[]Step{{Anonymous, Lead, Converted}, {Lead, Prospect, HandRaise}}},
		{"an ask below the gate is a lead", Anonymous, profile.FormDemo, weak, []Step{{Anonymous, Lead, Converted}}},
		{"a trial is intent, but no hand-raise", Anonymous, profile.FormTrial, fitting, []Step{{Anonymous, Lead, Converted}}},
		{"points alone make a lead sales-ready", Lead, profile.FormDownload, over, []Step{{Lead, SalesReady, OverThreshold}}},
		{"explicit interest makes the prospect", Lead, profile.FormDownload, explicit, []Step{{Lead, Prospect, Qualified}}},
		{"sales-ready goes on to prospect", SalesReady, profile.FormOther, explicit, []Step{{SalesReady, Prospect, Qualified}}},
		{"sales-ready stays so", SalesReady, profile.FormOther, weak, nil},
		{"a gate holds a contact at lead", Anonymous, profile.FormDemo, held, []Step{{Anonymous, Lead, Converted}}},
		{"junk that proves real is a lead again", Junk, profile.FormOther, weak, []Step{{Junk, Lead, Converted}}},
		{"a person's disqualification stands", Disqualified, profile.FormDemo, explicit, nil},
		{"an opportunity is beyond the policy", Opportunity, profile.FormDemo, explicit, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var p Plan
			Decide(&Facts{Stage: c.stage, Form: c.form, Score: c.score, HandRaiseFit: 25}, &p)
			if len(p.Moves()) != len(c.want) {
				t.Fatalf("got %v, want %v", p.Moves(), c.want)
			}
			for i, m := range p.Moves() {
				if m != c.want[i] {
					t.Errorf("move %d is %v, want %v", i, m, c.want[i])
				}
			}
		})
	}
}

// Whatever the policy decides, in any order, it only makes moves of the table,
// each from where the last one ended, and each with a reason.
func TestEveryDecisionFollowsTheTable(t *testing.T) {
	for stage := Stage(0); stage < Stages; stage++ {
		for form := profile.FormKind(0); form < profile.FormKinds; form++ {
			for bits := range 16 {
				s := &score.Result{Fit: uint8(bits & 1 * 50), Over: bits&2 != 0, Intent: score.Intent(bits & 4), Gates: 0}
				if bits&8 != 0 {
					s.Gates = 1
				}
				var p Plan
				Decide(&Facts{Stage: stage, Form: form, Score: s, HandRaiseFit: 25}, &p)
				at := stage
				for _, m := range p.Moves() {
					if m.From != at || !Allowed(m.From, m.To) || m.Reason == NoReason {
						t.Fatalf("%v, %v, %+v: illegal move %v", stage, form, s, m)
					}
					at = m.To
				}
			}
		}
	}
}

func TestNobodySkipsIntoTheFunnel(t *testing.T) {
	for from := Stage(0); from < Stages; from++ {
		if Allowed(from, Anonymous) {
			t.Errorf("%v may become anonymous again", from)
		}
		if Allowed(from, Opportunity) && from != Prospect && from != Customer && from != Lost {
			t.Errorf("%v may become an opportunity without a prospect", from)
		}
	}
	if Allowed(Stages, Lead) || Allowed(Lead, Stages) {
		t.Error("a stage that does not exist has moves")
	}
}
