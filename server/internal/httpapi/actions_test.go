package httpapi_test

import (
	"net/http"
	"testing"
	"time"

	"assay/server/internal/apptest"
)

// detail is what these tests read of one lead.
type detail struct {
	ID, Stage, Grade string
	Nurturing        bool
	Disagrees        bool
	Decision         *struct{ Decision, By, Proposed string }
	StallsAt         *time.Time `json:"stalls_at"`
	Criteria         map[string]struct{ State, Source, Detail string }
	Questions        []string
	Transitions      []struct{ From, To, Cause, By, Model, Reason string }
	Conversations    []struct {
		Channel, Outcome, By, Text string
		At                         time.Time
	}
}

func readLead(c *apptest.Client, id string) (d detail) {
	c.Get("/v1/leads/" + id).Want(http.StatusOK).Into(&d)
	return d
}

func do(c *apptest.Client, id, action string, members ...object) *apptest.Answer {
	body := object{"action": action}
	for _, m := range members {
		for k, v := range m {
			body[k] = v
		}
	}
	return c.JSON("POST", "/v1/leads/"+id+"/actions", body)
}

func TestADecisionStandsUntilItsPersonOrAnAdminChangesIt(t *testing.T) {
	s := apptest.Start(t)
	s.Client().Send(apptest.Submit("t1"))
	rep, rep2, admin := s.SignedIn("rep@demo.test"), s.SignedIn("rep2@demo.test"), s.SignedIn("admin@demo.test")
	id := rep.Leads("")[0].ID
	do(rep, id, "disqualify", object{"reason": "no_budget"}).Want(http.StatusOK)
	d := readLead(rep, id)
	last := d.Transitions[len(d.Transitions)-1]
	if d.Stage != "disqualified" || last.From != "prospect" || last.Cause != "rep" || last.By != rep.PersonID() || last.Reason != "no_budget" || last.Model == "" {
		t.Errorf("%s by %+v", d.Stage, last)
	}
	if d.Decision == nil || d.Decision.Decision != "disqualified" || d.Decision.By != rep.PersonID() || d.Decision.Proposed != "prospect" || !d.Disagrees {
		t.Errorf("decision %+v, disagrees %v", d.Decision, d.Disagrees)
	}
	s.Client().Send(apptest.Submit("t1").With("id", "again"))
	if d = readLead(rep, id); d.Stage != "disqualified" {
		t.Errorf("a rule overruled a person: %s", d.Stage)
	}
	p := do(rep2, id, "reopen").Refused(http.StatusConflict, "decided")
	if len(p.Lead) == 0 {
		t.Error("a refusal without the lead as it stands")
	}
	do(admin, id, "reopen").Want(http.StatusOK)
	if d = readLead(rep, id); d.Stage != "prospect" || d.Decision.Decision != "reopened" {
		t.Errorf("after the undo: %s, %+v", d.Stage, d.Decision)
	}
	do(rep, id, "win").Refused(http.StatusConflict, "no_such_move")
	for _, action := range []string{"open_opportunity", "win"} {
		do(rep, id, action).Want(http.StatusOK)
	}
	if d = readLead(rep, id); d.Stage != "customer" {
		t.Errorf("won, and %s", d.Stage)
	}
}

func TestConversationsAndAnswersAreRecordedWithTheirPerson(t *testing.T) {
	s := apptest.Start(t)
	s.Client().Send(apptest.Submit("t1"))
	rep := s.SignedIn("rep@demo.test")
	id := rep.Leads("")[0].ID
	before := readLead(rep, id)
	do(rep, id, "converse", object{"channel": "call", "outcome": "left_message", "text": "Will call again."}).Want(http.StatusOK)
	do(rep, id, "answer", object{"criterion": "budget", "state": "met", "text": "50,000 this year"}).Want(http.StatusOK)
	d := readLead(rep, id)
	if len(d.Conversations) != 1 || d.Conversations[0].Outcome != "left_message" || d.Conversations[0].By != rep.PersonID() || d.Conversations[0].Text != "Will call again." {
		t.Errorf("conversations %+v", d.Conversations)
	}
	if b := d.Criteria["budget"]; b.State != "met" || b.Source != "rep" || b.Detail != "50,000 this year" {
		t.Errorf("budget %+v, was %+v", b, before.Criteria["budget"])
	}
	if len(d.Questions) != len(before.Questions)-1 {
		t.Errorf("%d open questions, were %d", len(d.Questions), len(before.Questions))
	}
	do(rep, id, "answer", object{"criterion": "budget", "state": "unknown"}).Want(http.StatusOK)
	if b := readLead(rep, id).Criteria["budget"]; b != before.Criteria["budget"] {
		t.Errorf("taken back: %+v, was %+v", b, before.Criteria["budget"])
	}
}

func TestWrongMembersOfAnActionAreNamed(t *testing.T) {
	s := apptest.Start(t)
	s.Client().Send(apptest.Submit("t1"))
	rep := s.SignedIn("rep@demo.test")
	id := rep.Leads("")[0].ID
	for _, c := range []struct {
		action, pointer, code string
		members               object
	}{
		{"disqualify", "/reason", "required", nil},
		{"reject", "/reason", "unknown_value", object{"reason": "tired"}},
		{"reject", "/reason", "unknown_value", object{"reason": "qualified"}},
		{"converse", "/channel", "unknown_value", object{"channel": "pigeon", "outcome": "connected"}},
		{"converse", "/outcome", "required", object{"channel": "call"}},
		{"converse", "/at", "invalid_time", object{"channel": "call", "outcome": "connected", "at": "noon"}},
		{"converse", "/at", "in_future", object{"channel": "call", "outcome": "connected", "at": time.Now().Add(2 * time.Minute)}},
		{"answer", "/criterion", "unknown_value", object{"criterion": "mood", "state": "met"}},
		{"answer", "/state", "unknown_value", object{"criterion": "need", "state": "maybe"}},
	} {
		p := do(rep, id, c.action, c.members).Refused(http.StatusUnprocessableEntity, "invalid_request")
		if len(p.Errors) != 1 || p.Errors[0].Pointer != c.pointer || p.Errors[0].Code != c.code {
			t.Errorf("%s %v: %+v, want %s at %s", c.action, c.members, p.Errors, c.code, c.pointer)
		}
	}
	if d := readLead(rep, id); len(d.Conversations) != 0 || d.Decision != nil || d.Stage != "prospect" {
		t.Errorf("something changed: %+v", d)
	}
}

func TestAMoveIsToldToEverybodyAndAReaderMakesNone(t *testing.T) {
	s := apptest.Start(t)
	s.Client().Send(apptest.Submit("t1"))
	rep := s.SignedIn("rep@demo.test")
	id := rep.Leads("")[0].ID
	do(rep, id, "reject", object{"reason": "bad_timing"}).Want(http.StatusOK)
	if d := readLead(rep, id); d.Stage != "lead" || !d.Nurturing {
		t.Errorf("rejected, and %s, nurturing %v", d.Stage, d.Nurturing)
	}
	apptest.Eventually(t, "the alert and the move", func() bool { items, _ := rep.Alerts(""); return len(items) == 2 })
	do(rep, id, "unpin").Want(http.StatusOK)
	do(rep, id, "unpin").Refused(http.StatusConflict, "not_decided")
}

func TestAConversationIsAtTheTimeThatIsSaid(t *testing.T) {
	s := apptest.Start(t)
	s.Client().Send(apptest.Submit("t1"))
	rep := s.SignedIn("rep@demo.test")
	id := rep.Leads("")[0].ID
	said := time.Now().Add(-time.Hour).UTC().Truncate(time.Second)
	asked := time.Now()
	for _, at := range []any{said, asked.Add(30 * time.Second), nil} { // the second by a clock that is ahead
		do(rep, id, "converse", object{"channel": "call", "outcome": "no_answer", "at": at}).Want(http.StatusOK)
	}
	talks := readLead(rep, id).Conversations
	if len(talks) != 3 || !talks[0].At.Equal(said) {
		t.Fatalf("got %+v, want the first at %s", talks, said)
	}
	for _, talk := range talks[1:] {
		if talk.At.Before(asked.Truncate(time.Second)) || talk.At.After(time.Now()) {
			t.Errorf("at %s, and it was asked at %s", talk.At, asked)
		}
	}
}
