package httpapi_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"assay/server/internal/apptest"
	"assay/server/internal/lead"
)

// worked is what these tests read of a lead beside its detail.
type worked struct {
	ID, Owner, Grade, Band, Company, Name, Source string
	OwnerName                                     string `json:"owner_name"`
	Rev                                           int64
	Objected                                      bool
	Opportunity                                   *struct {
		Amount        *int64
		Currency      string
		Terms, Stage  string
		ExpectedClose string `json:"expected_close"`
	}
	Reminders []struct {
		ID, By, Text string
		At           time.Time
		Waits        bool
		CancelledBy  string    `json:"cancelled_by"`
		CancelledAt  time.Time `json:"cancelled_at"`
	}
	SnoozedUntil *time.Time `json:"snoozed_until"`
	CompanyLeads []struct {
		Name      string
		OwnerName string `json:"owner_name"`
	} `json:"company_leads"`
	Touches, Transitions []struct{}
	Conversations        []struct{ Channel, Text string }
}

func look(c *apptest.Client, id string) (w worked) {
	c.Get("/v1/leads/" + id).Want(http.StatusOK).Into(&w)
	return w
}

func TestALeadIsGivenToPeopleWhoWork(t *testing.T) {
	s := apptest.Start(t)
	s.Client().Send(apptest.Submit("t1"), set("profile/email", "t2@northbeck.test")(apptest.Submit("t2")))
	rep, rep2, marketer := s.SignedIn("rep@demo.test"), s.SignedIn("rep2@demo.test"), s.SignedIn("marketer@demo.test")
	id := rep.Leads("")[0].ID
	to := object{"owner": rep2.PersonID()}
	do(rep, id, "assign", to).Refused(http.StatusConflict, "not_owner")
	do(marketer, id, "assign", to, object{"from": rep.PersonID()}).Refused(http.StatusConflict, "already_claimed")
	do(marketer, id, "assign", to, object{"from": ""}).Want(http.StatusOK)
	if w := look(rep, id); w.Owner != rep2.PersonID() || w.OwnerName != "Second demo rep" {
		t.Errorf("owned by %q, %q", w.Owner, w.OwnerName)
	}
	p := do(rep, id, "claim").Refused(http.StatusConflict, "already_claimed")
	if len(p.Lead) == 0 {
		t.Error("a refusal without the lead as it stands")
	}
	do(rep2, id, "assign", object{"owner": rep.PersonID()}).Want(http.StatusOK)
	for _, owner := range []string{"nobody", "token:importer"} {
		p := do(rep, id, "assign", object{"owner": owner}).Refused(http.StatusUnprocessableEntity, "invalid_request")
		if p.Errors[0].Pointer != "/owner" || p.Errors[0].Code != "unknown_person" {
			t.Errorf("%s: %+v", owner, p.Errors)
		}
	}
	other := rep.Leads("")[1].ID
	if w := look(rep, other); len(w.CompanyLeads) != 1 || w.CompanyLeads[0].OwnerName != "Demo rep" {
		t.Errorf("colleagues %+v", w.CompanyLeads)
	}
}

func TestRemindersSnoozesNotesAndDealsAreKept(t *testing.T) {
	s := apptest.Start(t)
	s.Client().Send(apptest.Submit("t1"))
	rep := s.SignedIn("rep@demo.test")
	id := rep.Leads("")[0].ID
	at := time.Now().Add(time.Hour).UTC().Truncate(time.Second)
	for range 2 { // the same request twice
		do(rep, id, "remind", object{"at": at, "text": "Call.", "request": "r1"}).Want(http.StatusOK)
	}
	do(rep, id, "note", object{"text": "Met at the fair."}).Want(http.StatusOK)
	do(rep, id, "note", object{"text": "Again.", "request": "r1"}).Refused(http.StatusUnprocessableEntity, "invalid_request")
	do(rep, id, "snooze", object{"until": at}).Want(http.StatusOK)
	do(rep, id, "update_opportunity", object{"terms": "Net 30."}).Refused(http.StatusConflict, "no_such_move")
	do(rep, id, "open_opportunity", object{"amount": 1250000, "currency": "EUR", "stage": "proposal"}).Want(http.StatusOK)
	do(rep, id, "update_opportunity", object{"expected_close": "2026-12-24", "stage": ""}).Want(http.StatusOK)
	w := look(rep, id)
	if len(w.Reminders) != 1 || !w.Reminders[0].At.Equal(at) || w.Reminders[0].By != rep.PersonID() || w.Reminders[0].Text != "Call." || !w.Reminders[0].Waits {
		t.Errorf("reminders %+v", w.Reminders)
	}
	if w.SnoozedUntil == nil || !w.SnoozedUntil.Equal(at) {
		t.Errorf("snoozed until %v", w.SnoozedUntil)
	}
	if len(w.Conversations) != 1 || w.Conversations[0].Channel != "note" || w.Conversations[0].Text != "Met at the fair." {
		t.Errorf("conversations %+v", w.Conversations)
	}
	if o := w.Opportunity; o == nil || o.Amount == nil || *o.Amount != 1250000 || o.Currency != "EUR" || o.Stage != "" || o.ExpectedClose != "2026-12-24" {
		t.Errorf("opportunity %+v", w.Opportunity)
	}
}

func TestRemindersAndSnoozesAreTakenBack(t *testing.T) {
	s := apptest.Start(t)
	s.Client().Send(apptest.Submit("t1"))
	rep, rep2 := s.SignedIn("rep@demo.test"), s.SignedIn("rep2@demo.test")
	id := rep.Leads("")[0].ID
	at := time.Now().Add(time.Hour).UTC().Truncate(time.Second)
	remind := func(c *apptest.Client, members object) { do(c, id, "remind", members).Want(http.StatusOK) }
	remind(rep, object{"at": at, "text": "Call."})
	remind(rep2, object{"at": at.Add(time.Minute), "text": "Write."})
	first := look(rep, id).Reminders[0].ID
	remind(rep, object{"at": at.Add(time.Hour), "reminder": first})
	for range 2 { // the same request twice
		remind(rep2, object{"at": "", "reminder": first, "request": "again"}) // was put off already
	}
	w := look(rep, id)
	if n := len(w.Reminders); n != 3 {
		t.Fatalf("%d reminders: %+v", n, w.Reminders)
	}
	if put, on := w.Reminders[0], w.Reminders[2]; put.Waits || put.CancelledBy != rep.PersonID() || put.CancelledAt.IsZero() ||
		!on.Waits || on.Text != "Call." || !on.At.Equal(at.Add(time.Hour)) {
		t.Errorf("put off: %+v", w.Reminders)
	}
	rev := w.Rev
	do(rep, id, "snooze", object{"until": ""}).Want(http.StatusOK) // there is none
	if w = look(rep, id); w.Rev != rev {
		t.Errorf("nothing was to do, and revision %d became %d", rev, w.Rev)
	}
	remind(rep, object{"at": ""}) // one's own alone
	w = look(rep, id)
	if w.Reminders[2].Waits || w.Reminders[2].CancelledBy != rep.PersonID() || !w.Reminders[1].Waits {
		t.Errorf("one's own were cancelled: %+v", w.Reminders)
	}
	remind(rep, object{"at": "", "reminder": w.Reminders[1].ID}) // another's by its id
	if r := look(rep, id).Reminders[1]; r.Waits || r.CancelledBy != rep.PersonID() || r.By != rep2.PersonID() {
		t.Errorf("another's was cancelled: %+v", r)
	}
	do(rep, id, "snooze", object{"until": at}).Want(http.StatusOK)
	do(rep2, id, "snooze", object{"until": ""}).Want(http.StatusOK)
	if w = look(rep, id); w.SnoozedUntil != nil {
		t.Errorf("snoozed until %v", w.SnoozedUntil)
	}
}

func TestAReminderThatCannotBeSetComesWithTheLeadAsItStands(t *testing.T) {
	s := apptest.Start(t)
	s.Client().Send(apptest.Submit("t1"))
	rep := s.SignedIn("rep@demo.test")
	id := rep.Leads("")[0].ID
	at := time.Now().Add(time.Hour).UTC().Truncate(time.Second)
	for range lead.MaxReminders {
		do(rep, id, "remind", object{"at": at}).Want(http.StatusOK)
	}
	first := object{"at": at.Add(time.Hour), "reminder": look(rep, id).Reminders[0].ID}
	do(rep, id, "remind", first).Want(http.StatusOK) // as many wait as before
	for code, members := range map[string]object{"too_many_reminders": {"at": at}, "reminder_changed": first} {
		if p := do(rep, id, "remind", members).Refused(http.StatusConflict, code); len(p.Lead) == 0 {
			t.Errorf("%s comes without the lead", code)
		}
	}
}

func TestWrongMembersOfWorkAreNamed(t *testing.T) {
	s := apptest.Start(t)
	s.Client().Send(apptest.Submit("t1"))
	rep := s.SignedIn("rep@demo.test")
	id := rep.Leads("")[0].ID
	for _, c := range []struct {
		action, pointer, code string
		members               object
	}{
		{"assign", "/owner", "required", nil},
		{"note", "/text", "required", nil},
		{"remind", "/at", "required", object{"text": "x"}},
		{"remind", "/at", "in_past", object{"at": time.Now().Add(-time.Second)}},
		{"remind", "/at", "too_far", object{"at": time.Now().AddDate(3, 0, 0)}},
		{"remind", "/at", "invalid_time", object{"at": "tomorrow"}},
		{"remind", "/at", "required", object{"at": nil}},
		{"remind", "/at", "in_past", object{"at": "0001-01-01T00:00:00Z"}},
		{"remind", "/reminder", "unknown_reminder", object{"at": "", "reminder": "nobody's"}},
		{"remind", "/reminder", "unknown_reminder", object{"at": time.Now().Add(time.Hour), "reminder": "nobody's"}},
		{"snooze", "/until", "required", nil},
		{"snooze", "/until", "invalid_type", object{"until": 5}},
		{"snooze", "/until", "in_past", object{"until": time.Now().Add(-time.Second)}},
		{"snooze", "/until", "too_far", object{"until": time.Now().AddDate(3, 0, 0)}},
		{"snooze", "/until", "invalid_time", object{"until": "tomorrow"}},
		{"update_opportunity", "/amount", "required", nil},
		{"update_opportunity", "/amount", "out_of_range", object{"amount": -1, "currency": "EUR"}},
		{"update_opportunity", "/amount", "out_of_range", object{"amount": 12.5, "currency": "EUR"}},
		{"update_opportunity", "/currency", "required", object{"amount": 5}},
		{"update_opportunity", "/currency", "unknown_value", object{"amount": 5, "currency": "euro"}},
		{"update_opportunity", "/currency", "without_amount", object{"currency": "EUR"}},
		{"open_opportunity", "/expected_close", "invalid_day", object{"expected_close": "2026-02-30"}},
		{"claim", "/request", "too_long", object{"request": string(make([]byte, 65))}},
	} {
		p := do(rep, id, c.action, c.members).Refused(http.StatusUnprocessableEntity, "invalid_request")
		if p.Errors[0].Pointer != c.pointer || p.Errors[0].Code != c.code {
			t.Errorf("%s %v: %+v, want %s at %s", c.action, c.members, p.Errors, c.code, c.pointer)
		}
	}
	if w := look(rep, id); w.Rev != 1 {
		t.Errorf("something changed: %+v", w)
	}
}

func TestLeadsAreAddedAndCorrectedByHand(t *testing.T) {
	s := apptest.Start(t)
	rep := s.SignedIn("rep@demo.test")
	for _, body := range []object{{}, {"role": "CEO"}, {"email": "no address"}, {"email": nil}, {"profile": object{"name": 5}}} {
		rep.JSON("POST", "/v1/leads", body).Refused(http.StatusUnprocessableEntity, "invalid_request")
	}
	var made, again worked
	rep.JSON("POST", "/v1/leads", object{"email": "Ann@northbeck.test", "profile": object{"company": "Northbeck", "timing": "now"}, "request": "r1"}).
		Want(http.StatusCreated).Into(&made)
	rep.JSON("POST", "/v1/leads", object{"email": "ann@northbeck.test", "request": "r1"}).Want(http.StatusCreated).Into(&again)
	if made.ID == "" || again.ID != made.ID || again.Rev != made.Rev || made.Source != "added" || made.Company != "Northbeck" {
		t.Errorf("made %+v, again %+v", made, again)
	}
	p := rep.JSON("POST", "/v1/leads", object{"email": " ann@northbeck.test"}).Refused(http.StatusConflict, "already_there")
	if len(p.Lead) == 0 {
		t.Error("a refusal without the lead that has the address")
	}
	if w := look(rep, made.ID); w.Touches == nil || len(w.Transitions) == 0 {
		t.Errorf("its detail: %+v", w)
	}
	var fixed worked
	rep.JSON("PATCH", "/v1/leads/"+made.ID, object{"company": "Northbeck Ltd", "name": "Ann"}).Want(http.StatusOK).Into(&fixed)
	if fixed.Company != "Northbeck Ltd" || fixed.Name != "Ann" || fixed.Rev != made.Rev+1 {
		t.Errorf("fixed %+v", fixed)
	}
	rep.JSON("PATCH", "/v1/leads/"+made.ID, object{"name": nil}).Want(http.StatusOK).Into(&fixed)
	if fixed.Name != "" {
		t.Errorf("taken away, and %q", fixed.Name)
	}
	rep.JSON("PATCH", "/v1/leads/"+made.ID, object{"shoe_size": "44"}).Refused(http.StatusUnprocessableEntity, "invalid_request")
	rep.JSON("PATCH", "/v1/leads/nobody", object{"name": "X"}).Refused(http.StatusNotFound, "unknown_lead")
	rep.JSON("POST", "/v1/leads", object{"email": "bob@northbeck.test"}).Want(http.StatusCreated)
	rep.JSON("PATCH", "/v1/leads/"+made.ID, object{"email": "bob@northbeck.test"}).Refused(http.StatusConflict, "already_there")
	if allow := rep.Do("PUT", "/v1/leads/"+made.ID, nil).Want(http.StatusMethodNotAllowed).Header.Get("Allow"); !strings.Contains(allow, "PATCH") {
		t.Errorf("Allow: %s", allow)
	}
}

func TestWhoObjectsShowsNoScore(t *testing.T) {
	s := apptest.Start(t)
	s.Client().Send(apptest.Submit("t1"))
	rep := s.SignedIn("rep@demo.test")
	id := rep.Leads("")[0].ID
	do(rep, id, "stop_scoring").Want(http.StatusOK)
	s.Client().Send(apptest.Submit("t1").With("id", "again"))
	if w := look(rep, id); !w.Objected || w.Grade != "" || w.Band != "" || len(w.Touches) != 2 {
		t.Errorf("got %+v", w)
	}
}

func TestAnAdminAloneTakesAnObjectionBackAndSaysWhy(t *testing.T) {
	s := apptest.Start(t)
	s.Client().Send(apptest.Submit("t1"))
	rep, admin := s.SignedIn("rep@demo.test"), s.SignedIn("admin@demo.test")
	id := rep.Leads("")[0].ID
	before := look(rep, id)
	do(rep, id, "stop_scoring").Want(http.StatusOK)
	do(rep, id, "stop_scoring", object{"undo": true, "text": "It was not Ada."}).Refused(http.StatusForbidden, "not_allowed")
	do(admin, id, "stop_scoring", object{"undo": true}).Refused(http.StatusUnprocessableEntity, "invalid_request")
	do(admin, id, "stop_scoring", object{"undo": true, "text": " \n"}).Refused(http.StatusUnprocessableEntity, "invalid_request")
	do(admin, id, "stop_scoring", object{"undo": "yes", "text": "x"}).Refused(http.StatusUnprocessableEntity, "invalid_request")
	if w := look(rep, id); !w.Objected {
		t.Errorf("refused, and it is %+v", w)
	}
	do(admin, id, "stop_scoring", object{"undo": true, "text": "It was not Ada."}).Want(http.StatusOK)
	if w := look(rep, id); w.Objected || w.Grade != before.Grade {
		t.Errorf("taken back it shows %+v, before %+v", w, before)
	}
}
