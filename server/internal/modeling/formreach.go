package modeling

import (
	"fmt"

	"assay/shared/profile"
)

// FormReach is the best that a form's fields can earn.
type FormReach struct {
	Name   string   `json:"name"`
	Kind   string   `json:"kind"`
	Fields []string `json:"fields"`
	Listed bool     `json:"listed"` // else the fields that such a form commonly has
	Grade  string   `json:"grade"`  // with the most engagement of one visit that fills it in
	Fit    int      `json:"fit"`    // 0 to 100
	Known  int      `json:"known"`  // percent of the fit points
	Add    *Add     `json:"add"`    // the field that would add most, nil when none would
}

// Add is what one more field would bring to a form.
type Add struct {
	Field string `json:"field"`
	Fit   int    `json:"fit"`   // more points
	Known int    `json:"known"` // more percent
	Grade string `json:"grade"` // with it
}

// commonFields are what forms of a kind ask for where the author lists none.
var commonFields = map[profile.FormKind][]string{
	profile.FormDemo:         {"email", "name", "company", "role", "company_size", "country", "message"},
	profile.FormQuote:        {"email", "name", "company", "role", "company_size", "country", "need"},
	profile.FormAppointment:  {"email", "name", "phone", "company", "role"},
	profile.FormContactSales: {"email", "name", "company", "role", "country", "message"},
	profile.FormTrial:        {"email", "name", "company", "role"},
	profile.FormSignup:       {"email", "name", "company"},
	profile.FormDownload:     {"email", "name", "company", "role"},
	profile.FormSubscription: {"email"},
	profile.FormOther:        {"email", "name", "message"},
}

// forms gives the reach of the forms that the author listed, else of each kind.
func (l *linter) forms() []FormReach {
	found := []FormReach{}
	for _, f := range l.a.Forms {
		found = append(found, l.form(f, true))
	}
	if len(found) > 0 {
		return found
	}
	for k := range profile.FormKinds {
		found = append(found, l.form(Form{Name: k.String(), Kind: k.String(), Fields: commonFields[k]}, false))
	}
	return found
}

func (l *linter) form(form Form, listed bool) FormReach {
	fields := uint32(0)
	for _, name := range form.Fields {
		fields |= asked(fieldOf(name))
	}
	r := FormReach{Name: form.Name, Kind: form.Kind, Fields: form.Fields, Listed: listed, Fit: min(100, l.factReach(true, fields, 1)), Known: l.known(fields)}
	r.Grade = l.grade(r.Fit, r.Known, fields)
	for f := range profile.Fields {
		more := fields | asked(f)
		add := Add{Field: f.String(), Fit: min(100, l.factReach(true, more, 1)) - r.Fit, Known: l.known(more) - r.Known}
		if add.Fit+add.Known == 0 || r.Add != nil && add.worth() <= r.Add.worth() {
			continue
		}
		add.Grade = l.grade(r.Fit+add.Fit, r.Known+add.Known, more)
		r.Add = &add
	}
	return r
}

// worth orders fields by the points that they add, then by what they let know.
func (a *Add) worth() int { return a.Fit*1000 + a.Known }

// asked gives what is known once a field is answered: a role tells a function.
func asked(f profile.Field) uint32 {
	if f == profile.Role {
		return 1<<profile.Role | 1<<profile.Function
	}
	return 1 << f
}

// grade gives the best cell for a fit in one visit whose form has some fields.
func (l *linter) grade(fit, known int, fields uint32) string {
	letter := "D"
	for i, least := range l.out.LetterMin {
		if fit >= int(least) {
			letter = string("ABC"[i])
			break
		}
	}
	if known < int(l.out.KnownMin) {
		letter = "?"
	}
	return fmt.Sprintf("%s%d", letter, l.level(l.chosen(false, fields, 1, l.visit)))
}

// level gives the engagement level of points.
func (l *linter) level(points int) int {
	for i, least := range l.out.LevelMin {
		if points >= int(least) {
			return i + 1
		}
	}
	return 4
}
