package httpapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"assay/server/internal/apptest"
)

// Of a lead with too many touches people were told that it held too many others.
func TestALeadWithTooManyTouchesSaysSoWhereItCannotBeMerged(t *testing.T) {
	s := apptest.Start(t)
	admin := s.SignedIn("admin@demo.test")
	file := "email,message\n" + "other@works.test,hello\n"
	for i := range 1001 {
		file += fmt.Sprintf("one@works.test,message %d\n", i)
	}
	admin.Do("POST", "/v1/imports?results=failed", []byte(file), "Content-Type", "text/csv").Want(http.StatusOK)
	id := func(email string) string { return admin.Leads("?q=" + email)[0].ID }
	one, other := id("one@works.test"), id("other@works.test")
	p := admin.JSON("POST", "/v1/leads/"+other+"/actions", object{"action": "merge", "other": one}).Refused(http.StatusConflict, "too_many_touches")
	if !strings.Contains(p.Detail, "more than 1000 touches") || strings.Contains(p.Detail, "50") {
		t.Errorf("it says: %s", p.Detail)
	}
	if left := admin.Leads(""); len(left) != 2 {
		t.Errorf("%d leads are left", len(left))
	}
}
