package httpapi

import (
	"net/http"

	"assay/server/internal/auth"
)

// personView is a signed-in person as the screens see them.
type personView struct {
	ID    string    `json:"id"`
	Email string    `json:"email"`
	Name  string    `json:"name"`
	Role  auth.Role `json:"role"`
	Site  string    `json:"site"`
}

func writePerson(w http.ResponseWriter, p *auth.Person) error {
	return writeJSON(w, http.StatusOK, map[string]personView{"person": {p.ID, p.Email, p.Name, p.Role, p.Site}})
}

// postSession signs in with a mail address and a password, or with a one-time
// token.
func (a *API) postSession(w http.ResponseWriter, r *http.Request) error {
	m, err := a.callObject(w, r)
	if err != nil {
		return err
	}
	token, email, password := m.text("token", maxID), "", ""
	if token == "" {
		email, password = m.required("email", 254), m.required("password", auth.MaxPassword)
	}
	if err := a.sound(m); err != nil {
		return err
	}
	var who *auth.Identity
	var cookie *http.Cookie
	if token != "" {
		who, cookie, err = a.Auth.SignInByLink(r.Context(), token)
	} else {
		who, cookie, err = a.Auth.SignIn(r.Context(), email, password, a.client(r).String())
	}
	if err != nil {
		a.Counters.SignInsFailed.Add(1)
		return err
	}
	if _, err := a.Auth.SignOut(r); err != nil { // the session that this one replaces
		return err
	}
	http.SetCookie(w, cookie)
	return writePerson(w, who.Person)
}

func (a *API) getSession(w http.ResponseWriter, r *http.Request, who *auth.Identity) error {
	return writePerson(w, who.Person)
}

func (a *API) deleteSession(w http.ResponseWriter, r *http.Request) error {
	cookie, err := a.Auth.SignOut(r)
	if err != nil {
		return err
	}
	http.SetCookie(w, cookie)
	w.WriteHeader(http.StatusNoContent)
	return nil
}
