package transfer_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"assay/server/internal/transfer"
)

// As HubSpot exports contacts.
const hubspot = "\ufeff" + `Record ID,First Name,Last Name,Email,Phone Number,Company Name,Job Title,Country/Region,Number of Employees,Create Date,Last Activity Date,Lifecycle Stage,Lead Status,Original Source,Unsubscribed
101,Ada,Moor,ada@works.test,+49 30 1,Works,Head of Operations,DE,250,2024-03-01 09:15,2026-02-03 10:00,Customer,,Organic Search,
102,Bo,"Lind, jun.",bo@lind.test,,Lind,Buyer,SE,12,2025-01-02 00:00,,Opportunity,Unqualified,Paid Social,true
103,,,not an address,,,,,,,,,,,
104,Cy,Ott,cy@ott.test,,"Ott ""& Sons""",,,,2025-05-06 07:08,2025-05-07 07:08,Marketing Qualified Lead,New,Referrals,
`

func TestAHubSpotExportIsReadAsItIs(t *testing.T) {
	h := open(t)
	sum, results := h.load(transfer.CSV, strings.ReplaceAll(hubspot, "\n", "\r\n"))
	if sum.Rows != 4 || sum.Created != 3 || sum.Failed != 1 || !sum.Complete || len(sum.Warnings) != 0 {
		t.Errorf("%+v", sum)
	}
	if r := results[4]; r.Status != transfer.Failed || r.ID != "103" || len(r.Errors) != 1 || r.Errors[0].Column != "Email" || r.Errors[0].Code != "invalid_email" {
		t.Errorf("row 4: %+v", r)
	}
	all := h.leads()
	ada := all["ada@works.test"]
	if ada == nil || ada.Stage != "customer" || ada.Source != "Organic Search" || ada.Verdict != "unverified" ||
		!ada.FirstSeen.Equal(time.Date(2024, 3, 1, 9, 15, 0, 0, time.UTC)) || !ada.LastSeen.Equal(time.Date(2026, 2, 3, 10, 0, 0, 0, time.UTC)) {
		t.Fatalf("%+v", ada)
	}
	for field, want := range map[string]string{"name": "Ada Moor", "phone": "+49 30 1", "company": "Works", "role": "Head of Operations", "company_size": "250", "country": "DE"} {
		if ada.Field(field) != want {
			t.Errorf("%s is %q, want %q", field, ada.Field(field), want)
		}
	}
	for _, m := range ada.Transitions {
		if m.Cause != "import" {
			t.Errorf("%+v", m)
		}
	}
	if bo := all["bo@lind.test"]; bo.Stage != "disqualified" || bo.Field("name") != "Bo Lind, jun." || !bo.LastSeen.Equal(time.Date(2025, 1, 2, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v", bo)
	}
	if cy := all["cy@ott.test"]; cy.Stage != "sales_ready" || cy.Field("company") != `Ott "& Sons"` {
		t.Errorf("%+v", cy)
	}
	if n := h.feed(); n != 0 {
		t.Errorf("%d messages for old rows", n)
	}
}

func TestASalesforceReportWithSemicolonsIsReadAsItIs(t *testing.T) {
	h := open(t)
	_, _ = h.load(transfer.CSV, "Id;Name;Email;Phone;Company;Title;MailingCountry;NumberOfEmployees;LeadSource;CreatedDate;LastActivityDate;Status;IsConverted\n"+
		"00Q1;Ada Moor;ada@works.test;1;Works;CTO;Germany;250;Web;2024-03-01T09:15:00.000+0000;13.02.2026;Closed - Converted;true\n"+
		"00Q2;Bo Lind;bo@lind.test;2;Lind;Buyer;Sweden;12;Partner;2024-03-01T09:15:00.000+0000;3.4.2025;Closed - Not Converted;0\n")
	all := h.leads()
	if ada := all["ada@works.test"]; ada.Stage != "prospect" || ada.Source != "Web" || ada.Field("role") != "CTO" || ada.LastSeen.Format(time.DateOnly) != "2026-02-13" {
		t.Errorf("%+v", ada)
	}
	if bo := all["bo@lind.test"]; bo.Stage != "disqualified" || bo.LastSeen.Format(time.DateOnly) != "2025-04-03" {
		t.Errorf("%+v", bo)
	}
}

func TestAnImportRunAgainChangesNothing(t *testing.T) {
	h := open(t)
	h.load(transfer.CSV, hubspot)
	before := h.leads()
	h.now = h.now.Add(time.Hour)
	sum, results := h.load(transfer.CSV, hubspot)
	if sum.Unchanged != 3 || sum.Failed != 1 || sum.Created+sum.Updated != 0 {
		t.Errorf("%+v", sum)
	}
	for mail, l := range h.leads() {
		if l.Rev != before[mail].Rev {
			t.Errorf("%s was written again", mail)
		}
	}
	if results[2].Lead != before["ada@works.test"].ID {
		t.Errorf("%+v", results[2])
	}
}

// A date that is yet to come was cut to now before the row's id was made of it, so
// that every run made another touch of the same row.
func TestARowThatIsDatedAheadIsTakenInOnce(t *testing.T) {
	h := open(t)
	const ahead = "email,created,seen\nada@works.test,2026-11-16 17:00,2026-11-16 18:00\n" // of 10:00
	h.load(transfer.CSV, ahead)
	if ada := h.leads()["ada@works.test"]; !ada.LastSeen.Equal(h.now) || !ada.FirstSeen.Equal(h.now) {
		t.Errorf("%+v was seen after %v", ada, h.now)
	}
	for _, later := range []time.Duration{time.Second, 24 * time.Hour} {
		h.now = now.Add(later)
		if sum, _ := h.load(transfer.CSV, ahead); sum.Unchanged != 1 {
			t.Errorf("%v later: %+v", later, sum)
		}
	}
	if ada := h.leads()["ada@works.test"]; len(ada.Touches) != 1 {
		t.Errorf("%d touches of one row", len(ada.Touches))
	}
}

// A row that says something else is another one, and of two that are dated alike
// the one that was read later counts.
func TestARowThatChangedUpdatesItsContact(t *testing.T) {
	h := open(t)
	h.load(transfer.CSV, hubspot)
	for i := range 20 {
		h.now = h.now.Add(time.Second)
		role := fmt.Sprintf("Head %d", i)
		sum, _ := h.load(transfer.CSV, strings.Replace(hubspot, "Head of Operations", role, 1))
		if sum.Updated != 1 || sum.Unchanged != 2 {
			t.Fatalf("%+v", sum)
		}
		if got := h.leads()["ada@works.test"].Field("role"); got != role {
			t.Fatalf("role is %q, want %q", got, role)
		}
	}
}

func TestAnImportTakesNobodyBackAndOverrulesNobody(t *testing.T) {
	h := open(t)
	h.load(transfer.CSV, "email,stage\nada@works.test,customer\nbo@lind.test,disqualified\n")
	h.load(transfer.CSV, "email,stage,role\nada@works.test,lead,CTO\nbo@lind.test,prospect,CEO\n")
	all := h.leads()
	if ada := all["ada@works.test"]; ada.Stage != "customer" || ada.Field("role") != "CTO" {
		t.Errorf("%+v", ada)
	}
	if bo := all["bo@lind.test"]; bo.Stage != "disqualified" || bo.Field("role") != "CEO" {
		t.Errorf("%+v", bo)
	}
}

func TestABadRowNeverStopsTheGoodOnes(t *testing.T) {
	h := open(t)
	long := strings.Repeat("x", transfer.MaxRow+5_000)
	rows := []struct{ text, code string }{
		{`a@x.test,A,2025-01-02`, ""},
		{`b@x.test,"B never closed,2025-01-02`, "unclosed_quote"},
		{`c@x.test,C,2025-01-02`, ""},
		{`d@x.test,"D ""quoted"" well",2025-01-02`, ""},
		{`e@x.test,"E" wrongly,2025-01-02`, "unclosed_quote"},
		{`f@x.test,F,sometime`, "invalid_date"},
		{`g@x.test,` + long + `,2025-01-02`, "row_too_long"},
		{`h@x.test,"` + long + `",2025-01-02`, "row_too_long"},
		{`i@x.test,` + long[:3000] + `,2025-01-02`, "too_long"},
		{`j@x.test,J,2025-01-02,more,than,that`, "columns"},
		{`,,2025-01-02`, "nobody"},
		{"k@x.test,K\x00,2025-01-02", "invalid_text"},
		{`l@x.test`, ""},
		{`m@x.test,"M goes
on",2025-01-02,,`, ""},
		{`n@x.test,"N never closed at the end`, "unclosed_quote"},
	}
	var b strings.Builder
	b.WriteString("email,name,created\n")
	for _, r := range rows {
		b.WriteString(r.text + "\n")
	}
	sum, results := h.load(transfer.CSV, b.String())
	good := 0
	for i, want := range rows {
		got := ""
		if r := results[i+2]; r == nil {
			t.Errorf("no result for row %d", i+2)
		} else if r.Status == transfer.Failed {
			got = r.Errors[0].Code
		}
		if got != want.code {
			t.Errorf("row %d (%.30s): %q, want %q", i+2, want.text, got, want.code)
		}
		if want.code == "" {
			good++
		}
	}
	if sum.Created != good || len(h.leads()) != good {
		t.Errorf("%d of %d good rows came in: %+v", len(h.leads()), good, sum)
	}
	if name := h.leads()["m@x.test"].Field("name"); name != "M goes\non" {
		t.Errorf("a text over two lines became %q", name)
	}
}

func TestALineOfNDJSONIsARow(t *testing.T) {
	h := open(t)
	sum, results := h.load(transfer.NDJSON, `{"id":"7","properties":{"email":"ada@works.test","firstname":"Ada","lastname":"Moor","numberofemployees":250,"lifecyclestage":"customer","tags":["a",{"b":1}]}}

{"email":"bo@lind.test","answers":{"how_heard":"a friend","secret":"x"},"last_seen":"2026-01-02T03:04:05Z"}
{"email":
[1]
{"email":"cy@ott.test"} {"email":"dy@ott.test"}
{"email":null,"name":"Nobody Else"}
`)
	if sum.Created != 3 || sum.Failed != 3 || results[1].ID != "7" || results[4].Errors[0].Code != "invalid_json" {
		t.Errorf("%+v %+v", sum, results)
	}
	all := h.leads()
	if ada := all["ada@works.test"]; ada.Stage != "customer" || ada.Field("name") != "Ada Moor" || ada.Field("company_size") != "250" {
		t.Errorf("%+v", ada)
	}
	if bo := all["bo@lind.test"]; len(bo.Answers) != 1 || bo.Answers["how_heard"] != "a friend" || bo.LastSeen.Year() != 2026 {
		t.Errorf("%+v", bo)
	}
}

// A file in Windows-1252 whose first accent came late was taken for UTF-8, and
// every accent in it became U+FFFD without a word.
func TestALateAccentTellsAnotherEncoding(t *testing.T) {
	plain := []string{strings.Repeat("p@works.test,Plain\n", 4000), strings.Repeat("{\"email\":\"p@works.test\",\"name\":\"Plain\"}\n", 2000)}
	for format, file := range map[transfer.Format]string{
		transfer.CSV:    "email,name\n" + plain[0] + "jose@works.test,Jos\xe9 Mu\xf1oz\nzoe@works.test,Zo\u00eb\nrene@works.test,Ren\xe9\n",
		transfer.NDJSON: plain[1] + `{"email":"jose@works.test","name":"Jos` + "\xe9 Mu\xf1oz\"}\n{\"email\":\"zoe@works.test\",\"name\":\"Zo\u00eb\"}\n{\"email\":\"rene@works.test\",\"name\":\"Ren\xe9\"}\n",
	} {
		h := open(t)
		sum, _ := h.load(format, file)
		all := h.leads()
		for mail, want := range map[string]string{"jose@works.test": "José Muñoz", "zoe@works.test": "Zoë", "rene@works.test": "René"} {
			if got := all[mail].Field("name"); got != want {
				t.Errorf("%s: %q, want %q", format, got, want)
			}
		}
		if len(sum.Warnings) != 1 || !strings.Contains(sum.Warnings[0], "Windows-1252") {
			t.Errorf("%s: warned of %q", format, sum.Warnings)
		}
	}
}

func TestAMapOutranksGuesses(t *testing.T) {
	h := open(t)
	m, err := transfer.ParseMap([]byte(`{"columns":{"Adresse":"email","Wer":"name","Email":"-","Kennt":"created"},"stages":{"Gewonnen":"customer"},"dates":"day_first"}`))
	if err != nil {
		t.Fatal(err)
	}
	sum, _ := h.load(transfer.CSV, "Adresse,Wer,Email,Status,Kennt\nada@works.test,Ada,other@works.test,gewonnen,3/4/2025\nbo@lind.test,Bo,,Geplant,4/4/2025\n",
		func(im *transfer.Import) { im.Map = m })
	all := h.leads()
	if ada := all["ada@works.test"]; len(all) != 2 || ada.Stage != "customer" || ada.FirstSeen.Format(time.DateOnly) != "2025-04-03" {
		t.Errorf("%+v", all)
	}
	if len(sum.Warnings) != 1 || !strings.Contains(sum.Warnings[0], "Geplant") {
		t.Errorf("warned of %q", sum.Warnings)
	}
	for _, bad := range []string{`{"columns":{"a":"mail"}}`, `{"stages":{"a":"won"}}`, `{"dates":"iso"}`, `{"colums":{}}`, `[]`} {
		if _, err := transfer.ParseMap([]byte(bad)); err == nil {
			t.Errorf("%s is a map", bad)
		}
	}
}

func TestADryRunTellsAllAndStoresNothing(t *testing.T) {
	h := open(t)
	sum, results := h.load(transfer.CSV, hubspot+"105,Di,Ek,di@ek.test,,,,,,3/4/2025,,,,,\n", func(im *transfer.Import) { im.Into = nil })
	if results[2].Status != transfer.Valid || results[4].Status != transfer.Failed || len(h.leads()) != 0 {
		t.Errorf("%+v", results)
	}
	want := map[string]string{"Record ID": "id", "First Name": "first_name", "Country/Region": "country", "Lifecycle Stage": "stage", "Unsubscribed": ""}
	for _, c := range sum.Columns {
		if target, ok := want[c.Name]; ok && c.Target != target {
			t.Errorf("%s becomes %q, want %q", c.Name, c.Target, target)
		}
		if c.Name == "Phone Number" && (c.Filled != 1 || c.Sample != "+49 30 1") {
			t.Errorf("%+v", c)
		}
	}
	if len(sum.Warnings) != 1 || !strings.Contains(sum.Warnings[0], "Create Date") {
		t.Errorf("warned of %q", sum.Warnings)
	}
}

func TestRepsHearOfAnImportOnlyWhenTheyAreTo(t *testing.T) {
	const row = "email,name,stage\nada@works.test,Ada,prospect\n"
	quiet, loud := open(t), open(t)
	quiet.load(transfer.CSV, row)
	loud.load(transfer.CSV, row, func(im *transfer.Import) { im.Alert = true })
	loud.load(transfer.CSV, row, func(im *transfer.Import) { im.Alert = true })
	if quiet.feed() != 0 || loud.feed() != 1 {
		t.Errorf("%d and %d messages, want 0 and 1", quiet.feed(), loud.feed())
	}
	for _, h := range []*house{quiet, loud} {
		if l := h.leads()["ada@works.test"]; l.Stage != "prospect" {
			t.Errorf("%+v", l)
		}
	}
}

// Nobody wants to hear, weeks after an import, of every old contact in it.
func TestAnOldRowRaisesNoAlertForItsLongStay(t *testing.T) {
	for alert, want := range map[bool]int{false: 0, true: 2} { // the new prospect, and its long stay
		h := open(t)
		h.load(transfer.CSV, "email,stage\nada@works.test,prospect\n", func(im *transfer.Import) { im.Alert = alert })
		h.now = h.now.Add(400 * 24 * time.Hour)
		if _, err := h.in.Age(bg, h.site); err != nil {
			t.Fatal(err)
		}
		if n := h.feed(); n != want {
			t.Errorf("%d messages, want %d", n, want)
		}
	}
}

// A gate holds a row for review as it holds a touch: two working days after an
// import of old contacts, every one of them raised an alert.
func TestAnOldRowThatIsHeldRaisesNoAlertForItsReview(t *testing.T) {
	for alert, want := range map[bool]int{false: 0, true: 1} {
		h := open(t)
		h.load(transfer.CSV, "email,stage\nada@mailinator.com,lead\n", func(im *transfer.Import) { im.Alert = alert })
		if h.leads()["ada@mailinator.com"].Hold == nil {
			t.Fatal("no gate holds the row")
		}
		before := h.feed()
		h.now = h.now.Add(5 * 24 * time.Hour)
		if _, err := h.in.Age(bg, h.site); err != nil {
			t.Fatal(err)
		}
		if n := h.feed() - before; n != want {
			t.Errorf("with -alert %v: %d messages, want %d", alert, n, want)
		}
	}
}
