package httpapi_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"assay/server/internal/apptest"
)

// line is a line of an import's answer.
type line struct {
	Row         int
	ID          string
	Status      string
	Lead, Stage string
	Errors      []struct{ Column, Code string }
	Summary     *struct {
		Rows, Created, Updated, Unchanged, Failed int
		Complete                                  bool
		Columns                                   []struct{ Name, Target string }
	}
}

func lines(t *testing.T, a *apptest.Answer) (list []line) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(a.Body))
	for {
		var l line
		if err := d.Decode(&l); err == io.EOF {
			return list
		} else if err != nil {
			t.Fatalf("%v: %s", err, a.Body)
		}
		list = append(list, l)
	}
}

const people = "Email,First Name,Last Name,Lifecycle Stage\nada@works.test,Ada,Moor,customer\nnobody,,,\nbo@lind.test,Bo,Lind,lead\n"

func TestAFileIsImportedRowByRow(t *testing.T) {
	s := apptest.Start(t)
	marketer := s.SignedIn("marketer@demo.test")
	a := marketer.Do("POST", "/v1/imports", []byte(people), "Content-Type", "text/csv").Want(http.StatusOK)
	got := lines(t, a)
	if len(got) != 4 || got[0].Status != "created" || got[0].Stage != "customer" || got[0].Lead == "" ||
		got[1].Status != "failed" || got[1].Errors[0].Column != "Email" || got[2].Status != "created" {
		t.Fatalf("%s", a.Body)
	}
	if sum := got[3].Summary; sum == nil || !sum.Complete || sum.Rows != 3 || sum.Created != 2 || sum.Failed != 1 || sum.Columns[1].Target != "first_name" {
		t.Errorf("%s", a.Body)
	}
	var ada struct{ Name, Stage, Verdict, Source string }
	marketer.Get("/v1/leads/" + got[0].Lead).Want(http.StatusOK).Into(&ada)
	if ada.Name != "Ada Moor" || ada.Stage != "customer" || ada.Verdict != "unverified" || ada.Source != "import" {
		t.Errorf("%+v", ada)
	}

	again := lines(t, marketer.Do("POST", "/v1/imports?results=failed", []byte(people), "Content-Type", "text/csv").Want(http.StatusOK))
	if len(again) != 2 || again[0].Status != "failed" || again[1].Summary.Unchanged != 2 {
		t.Errorf("%+v", again)
	}
}

func TestAProgramImportsWithItsToken(t *testing.T) {
	s := apptest.Start(t)
	admin := s.SignedIn("admin@demo.test")
	_, secret := token(admin, "crm", "marketer")
	_, reads := token(admin, "reads", "rep")
	program := s.Client()
	body := []byte(`{"email":"ada@works.test","name":"Ada"}` + "\n")
	got := lines(t, program.Do("POST", "/v1/imports?dry_run=true", body, "Content-Type", "application/x-ndjson", "Authorization", "Bearer "+secret).Want(http.StatusOK))
	if got[0].Status != "valid" {
		t.Errorf("%+v", got)
	}
	got = lines(t, program.Do("POST", "/v1/imports", body, "Content-Type", "application/x-ndjson", "Authorization", "Bearer "+secret).Want(http.StatusOK))
	if got[0].Status != "created" {
		t.Errorf("%+v", got)
	}
	program.Do("POST", "/v1/imports", body, "Content-Type", "application/x-ndjson", "Authorization", "Bearer "+reads).Refused(http.StatusForbidden, "not_allowed")
	program.Do("POST", "/v1/imports", body, "Content-Type", "application/x-ndjson").Refused(http.StatusUnauthorized, "signed_out")
}

// A body that is longer than what is kept in memory goes through a file.
func TestALongFileIsImportedWhole(t *testing.T) {
	s := apptest.Start(t)
	var b strings.Builder
	b.WriteString("email,message\n")
	for i := range 1000 {
		fmt.Fprintf(&b, "a%d@works.test,%s\n", i, strings.Repeat("x", 1500))
	}
	got := lines(t, s.SignedIn("admin@demo.test").Do("POST", "/v1/imports", []byte(b.String()), "Content-Type", "text/csv").Want(http.StatusOK))
	if len(got) != 1001 || got[1000].Summary.Created != 1000 || got[999].Row != 1001 {
		t.Errorf("%d lines, %+v", len(got), got[len(got)-1])
	}
}

func TestWhatIsNoFileToImportIsRefused(t *testing.T) {
	s := apptest.Start(t)
	admin := s.SignedIn("admin@demo.test")
	admin.Do("POST", "/v1/imports", []byte(people), "Content-Type", "application/json").Refused(http.StatusUnsupportedMediaType, "unsupported_media_type")
	admin.Do("POST", "/v1/imports", []byte(people), "Content-Type", "text/csv", "Content-Encoding", "gzip").Refused(http.StatusUnsupportedMediaType, "unsupported_media_type")
	admin.Do("POST", "/v1/imports", nil, "Content-Type", "text/csv").Refused(http.StatusUnprocessableEntity, "invalid_file")
	admin.Do("POST", "/v1/imports?map={", []byte(people), "Content-Type", "text/csv").Refused(http.StatusBadRequest, "invalid_query")
	admin.Do("POST", "/v1/imports?results=none", []byte(people), "Content-Type", "text/csv").Refused(http.StatusBadRequest, "invalid_query")
	admin.Do("POST", "/v1/imports", []byte(people), "Content-Type", "text/csv", "Origin", "https://elsewhere.test").Refused(http.StatusForbidden, "origin_not_allowed")
}

func TestLeadsAreExportedAsTheListFiltersThem(t *testing.T) {
	s := apptest.Start(t)
	marketer := s.SignedIn("marketer@demo.test")
	marketer.Do("POST", "/v1/imports", []byte("email,name,stage\nada@works.test,\"'=1+1\",customer\nbo@lind.test,@Bo,lead\n"), "Content-Type", "text/csv").Want(http.StatusOK)
	a := marketer.Get("/v1/leads.csv?stage=customer").Want(http.StatusOK)
	if !strings.HasPrefix(a.Header.Get("Content-Type"), "text/csv") || !strings.Contains(a.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%v", a.Header)
	}
	rows := strings.Split(strings.TrimSpace(string(a.Body)), "\n")
	if len(rows) != 2 || !strings.HasPrefix(rows[0], "id,email,name,") || !strings.Contains(rows[1], "ada@works.test,'=1+1,") {
		t.Errorf("%s", a.Body)
	}
	if a := marketer.Get("/v1/leads.csv?q=BO@"); !strings.Contains(string(a.Body), ",'@Bo,") || strings.Contains(string(a.Body), "ada@") {
		t.Errorf("%s", a.Body)
	}
	if a := marketer.Get("/v1/leads.ndjson"); strings.Count(string(a.Body), "\n") != 2 || !strings.Contains(string(a.Body), `"name":"=1+1"`) {
		t.Errorf("%s", a.Body)
	}
	marketer.Get("/v1/leads.csv?stage=nowhere").Refused(http.StatusBadRequest, "invalid_query")
	s.SignedIn("rep@demo.test").Get("/v1/leads.csv").Refused(http.StatusForbidden, "not_allowed")
}

func TestAPersonsRecordIsGivenWholeAndErasedWhole(t *testing.T) {
	s := apptest.Start(t)
	admin := s.SignedIn("admin@demo.test")
	touch := apptest.Submit("t1")
	admin.JSON("POST", "/v1/touches", touch).Want(http.StatusAccepted)
	var list struct{ Items []struct{ ID, Email string } }
	admin.Get("/v1/leads").Want(http.StatusOK).Into(&list)
	id := list.Items[0].ID

	var rec struct {
		Lead    struct{ ID, Email string }
		Touches []struct {
			ID      string
			Profile map[string]string
		}
	}
	admin.Get("/v1/leads/" + id + "/export").Want(http.StatusOK).Into(&rec)
	if rec.Lead.ID != id || len(rec.Touches) != 1 || rec.Touches[0].ID != "t1" || rec.Touches[0].Profile["email"] != list.Items[0].Email {
		t.Errorf("%+v", rec)
	}
	s.SignedIn("marketer@demo.test").Do("DELETE", "/v1/leads/"+id, nil).Refused(http.StatusForbidden, "not_allowed")
	admin.Do("DELETE", "/v1/leads/"+id, nil).Want(http.StatusNoContent)
	admin.Get("/v1/leads/"+id).Refused(http.StatusNotFound, "unknown_lead")
	admin.Do("DELETE", "/v1/leads/"+id, nil).Refused(http.StatusNotFound, "unknown_lead")
	admin.Get("/v1/leads/"+id+"/export").Refused(http.StatusNotFound, "unknown_lead")
}

func TestATouchWithATokenIsOfTheTokensSite(t *testing.T) {
	s := apptest.Start(t)
	admin := s.SignedIn("admin@demo.test")
	_, works := token(admin, "works", "rep")
	_, reads := token(admin, "reads", "read")
	program := s.Client()
	touch := apptest.Submit("t1")
	program.JSON("POST", "/v1/touches", touch, "Authorization", "Bearer "+works).Want(http.StatusAccepted)
	program.JSON("POST", "/v1/touches", touch, "Authorization", "Bearer "+reads).Refused(http.StatusForbidden, "not_allowed")
	program.JSON("POST", "/v1/touches", touch, "Authorization", "Bearer assay_WRONG").Refused(http.StatusUnauthorized, "signed_out")
	touch["site"] = "other"
	program.JSON("POST", "/v1/touches", touch, "Authorization", "Bearer "+works).Refused(http.StatusNotFound, "unknown_site")
}
