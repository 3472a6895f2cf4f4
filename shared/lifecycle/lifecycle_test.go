package lifecycle

import "testing"

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
