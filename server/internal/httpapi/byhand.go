package httpapi

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"assay/server/internal/auth"
	"assay/server/internal/desk"
	"assay/server/internal/intake"
	"assay/server/internal/lead"
	"assay/shared/profile"
)

// shownFields are those of the profile that a lead shows as members of its own.
var shownFields = []string{"email", "phone", "name", "company", "role", "industry", "country"}

// postLead adds a lead by hand. One with its mail address is a 409 with that lead.
func (a *API) postLead(w http.ResponseWriter, r *http.Request, who *auth.Identity) error {
	return a.byHand(w, r, who, http.StatusCreated, func(m *members, do *lead.Doing) {
		known := func(field string) bool { return do.Profile[field] != "" }
		if !slices.ContainsFunc([]string{"email", "phone", "name", "company"}, known) {
			m.fault("email", "required", "want a mail address, a phone number, a name or a company")
		}
	}, func(ctx context.Context, mail string, do lead.Doing) (*desk.View, error) {
		return a.Desk.Add(ctx, who.Person.Site, mail, do)
	})
}

// patchLead corrects fields of a lead. A mail address that another lead has is a
// 409 with the lead as it stands.
func (a *API) patchLead(w http.ResponseWriter, r *http.Request, who *auth.Identity) error {
	return a.byHand(w, r, who, http.StatusOK, func(m *members, do *lead.Doing) {
		if len(do.Profile) == 0 {
			m.fault("profile", "required", "want fields of the profile")
		}
	}, func(ctx context.Context, mail string, do lead.Doing) (*desk.View, error) {
		return a.Desk.Correct(ctx, who.Person.Site, leadID(r), mail, do)
	})
}

// byHand reads what a person says of a contact, and does something with it.
func (a *API) byHand(w http.ResponseWriter, r *http.Request, who *auth.Identity, status int,
	check func(m *members, do *lead.Doing), do func(ctx context.Context, mail string, do lead.Doing) (*desk.View, error)) error {
	m, err := a.callObject(w, r)
	if err != nil {
		return err
	}
	doing := aboutTo(m, who.Person, "")
	doing.Profile = m.stated()
	if len(m.faults.list) == 0 {
		check(m, &doing)
	}
	if err := a.sound(m); err != nil {
		return err
	}
	if !who.Person.Role.MayWork() {
		return forbidden("Your role reads only.")
	}
	view, err := do(r.Context(), a.Intake.MailIdentity(who.Person.Site, doing.Profile["email"]), doing)
	return a.answerLead(w, r, who, status, view, err)
}

// stated reads what is said of a contact: members as a lead shows them, or all
// fields in the profile. Null and an empty text take a value away.
func (m *members) stated() map[string]string {
	said := map[string]string{}
	for _, name := range shownFields {
		m.field(name, said)
	}
	if o := m.object("profile"); o != nil {
		for f := range profile.Fields {
			o.field(f.String(), said)
		}
	}
	return said
}

// field reads a field of the profile, if it is there.
func (m *members) field(name string, said map[string]string) {
	there := slices.ContainsFunc(m.list, func(x member) bool { return x.name == name })
	if !there {
		return
	}
	said[name] = strings.TrimSpace(m.text(name, profile.MaxText))
	if name == profile.Email.String() && said[name] != "" && !intake.ValidEmail(said[name]) {
		m.fault(name, "invalid_email", "want a mail address")
	}
}
