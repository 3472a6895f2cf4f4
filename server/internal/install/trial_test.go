package install_test

import (
	"testing"
	"time"

	"assay/server/internal/install"
)

func TestATestEventWorksUntilAStepFails(t *testing.T) {
	var r install.Trial
	if !r.Add("boot", 1234567*time.Nanosecond, install.Came("boot_answered", "https://www.northbeck.test", "m1")) || !r.Works {
		t.Errorf("a step that went well ends it: %+v", r)
	}
	if got := r.Steps[0]; got.Took != 1.2 || got.Sentence != "A page of https://www.northbeck.test was given a session, and the model m1." {
		t.Errorf("got %+v", got)
	}
	if r.Add("session", 0, install.Came("session_doubted")) || r.Works {
		t.Errorf("a step that failed does not end it: %+v", r)
	}
	if r.Add("removal", 0, install.Came("removal_untouched")); r.Works {
		t.Error("what follows a failure makes up for it")
	}
}

func TestEveryOutcomeOfATestEventThatFailsSaysWhatToDo(t *testing.T) {
	for _, code := range install.TrialCodes() {
		var r install.Trial
		fine := r.Add("boot", 0, install.Came(code, "a", "b"))
		s := r.Steps[0]
		if fine == (s.Do != "") || s.Code != code || s.Sentence == "" {
			t.Errorf("%s: %q, %q", code, s.Sentence, s.Do)
		}
	}
}
