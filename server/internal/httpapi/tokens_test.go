package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"assay/server/internal/apptest"
)

// token makes a token and gives its id and secret.
func token(c *apptest.Client, name, role string) (id, secret string) {
	var made struct{ ID, Secret, Name, Role string }
	c.JSON("POST", "/v1/tokens", map[string]string{"name": name, "role": role}).Want(http.StatusCreated).Into(&made)
	return made.ID, made.Secret
}

func TestATokenIsAPersonOfItsRole(t *testing.T) {
	s := apptest.Start(t)
	admin := s.SignedIn("admin@demo.test")
	id, secret := token(admin, "crm-sync", "rep")
	if !strings.HasPrefix(secret, "assay_") || len(secret) < 6+52 {
		t.Fatalf("secret %q", secret)
	}
	program := s.Client()
	bearer := []string{"Authorization", "Bearer " + secret}

	var me struct {
		Person struct{ ID, Role, Site string }
	}
	program.Get("/v1/session", bearer...).Want(http.StatusOK).Into(&me)
	if me.Person.ID != "token:crm-sync" || me.Person.Role != "rep" || me.Person.Site != "demo" {
		t.Errorf("the token is %+v", me.Person)
	}
	program.Get("/v1/tokens", bearer...).Refused(http.StatusForbidden, "not_allowed")
	if list := admin.Get("/v1/tokens").Want(http.StatusOK); strings.Contains(string(list.Body), secret) || !strings.Contains(string(list.Body), id) {
		t.Errorf("tokens are listed as %s", list.Body)
	}

	admin.Do("DELETE", "/v1/tokens/"+id, nil).Want(http.StatusNoContent)
	program.Get("/v1/session", bearer...).Refused(http.StatusUnauthorized, "signed_out")
	admin.Do("DELETE", "/v1/tokens/"+id, nil).Refused(http.StatusNotFound, "unknown_token")
}

// A page of another site can send neither the header nor, beside a wrong one, a
// cookie that counts.
func TestATokenNeedsNoOriginAndLetsNoCookieCount(t *testing.T) {
	s := apptest.Start(t)
	admin := s.SignedIn("admin@demo.test")
	_, secret := token(admin, "server", "admin")
	foreign := []string{"Origin", "https://elsewhere.test", "Content-Type", "application/json"}
	body := []byte(`{"name":"other","role":"read"}`)

	admin.Do("POST", "/v1/tokens", body, foreign...).Refused(http.StatusForbidden, "origin_not_allowed")
	admin.Do("POST", "/v1/tokens", body, append(foreign, "Authorization", "Bearer assay_WRONG")...).Refused(http.StatusUnauthorized, "signed_out")
	admin.Do("POST", "/v1/tokens", body, append(foreign, "Authorization", "Basic "+secret)...).Refused(http.StatusUnauthorized, "signed_out")
	s.Client().Do("POST", "/v1/tokens", body, append(foreign, "Authorization", "bearer "+secret)...).Want(http.StatusCreated)
}

func TestTokensAreMadeByAdminsWithSoundNames(t *testing.T) {
	s := apptest.Start(t)
	admin := s.SignedIn("admin@demo.test")
	token(admin, "one", "read")
	for _, c := range []struct{ name, role, pointer, code string }{
		{"one", "read", "/name", "taken"}, {"with space", "read", "/name", "invalid_name"}, {strings.Repeat("x", 41), "read", "/name", "invalid_name"},
		{"", "read", "/name", "required"}, {"two", "owner", "/role", "unknown_value"}, {"two", "", "/role", "required"},
	} {
		p := admin.JSON("POST", "/v1/tokens", map[string]string{"name": c.name, "role": c.role}).Refused(http.StatusUnprocessableEntity, "invalid_request")
		if len(p.Errors) != 1 || p.Errors[0].Pointer != c.pointer || p.Errors[0].Code != c.code {
			t.Errorf("%+v: %+v", c, p.Errors)
		}
	}
	s.SignedIn("rep@demo.test").JSON("POST", "/v1/tokens", map[string]string{"name": "x", "role": "read"}).Refused(http.StatusForbidden, "not_allowed")
	s.Client().Get("/v1/tokens").Refused(http.StatusUnauthorized, "signed_out")
}
