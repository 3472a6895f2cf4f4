package auth

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"assay/shared/evidence"
	"assay/shared/profile"
)

// Bounds of a site's settings.
const (
	maxWait    = 7 * 24 * 60 // minutes until an ask that nobody takes goes to more people
	maxForm    = 200         // bytes of a form's name, as touches have it
	maxAnswers = 60          // extra fields, as touches have them
	maxAnswer  = 100         // bytes of the name of one
)

// SettingError says which member of a site's settings is wrong.
type SettingError struct {
	Pointer string // JSON pointer of the member, such as /routing/hours/zone
	Want    error  // what is wanted of it
}

// Error implements the error interface.
func (e *SettingError) Error() string { return e.Pointer + ": " + e.Want.Error() }

// Unwrap gives what is wanted.
func (e *SettingError) Unwrap() error { return e.Want }

var siteKey = regexp.MustCompile(`^[a-z0-9-]{1,64}$`)

// Check gives all that is wrong with a site's settings; none when they can be
// saved. Models are checked where they are compiled.
func (s *Site) Check() (faults []*SettingError) {
	wrong := func(is bool, pointer string, want error) {
		if is {
			faults = append(faults, &SettingError{pointer, want})
		}
	}
	wrong(!siteKey.MatchString(s.Key), "/key", ErrKey)
	wrong(strings.TrimSpace(s.Name) == "" || len(s.Name) > 200, "/name", ErrName)
	wrong(s.Consent != ConsentRequired && s.Consent != ConsentNotRequired, "/consent", ErrConsent)
	wrong(len(s.Origins) == 0, "/origins", ErrOrigin)
	for i, o := range s.Origins {
		wrong(!isOrigin(o), "/origins/"+strconv.Itoa(i), ErrOrigin)
	}
	for _, name := range slices.Sorted(maps.Keys(s.Forms)) {
		_, known := profile.FormKindOf(s.Forms[name].Kind)
		wrong(name == "" || len(name) > maxForm || strings.IndexByte(name, 0) >= 0, "/forms", errForm)
		wrong(!known, "/forms/"+escape.Replace(name)+"/kind", errKind)
	}
	for i, p := range s.Pages {
		at := "/pages/" + strconv.Itoa(i)
		wrong(evidence.KindOf(p.Signal) == 0, at+"/signal", errSignal)
		wrong(p.Path == "", at+"/path", errPath)
	}
	wrong(len(s.Answers) > maxAnswers, "/answers", fmt.Errorf("want at most %d", maxAnswers))
	for i, a := range s.Answers {
		wrong(a == "" || len(a) > maxAnswer, "/answers/"+strconv.Itoa(i), fmt.Errorf("want a name of 1 to %d bytes", maxAnswer))
	}
	s.Panel.check(wrong)
	s.Routing.check(wrong)
	return faults
}

// escape writes a name as a part of a JSON pointer.
var escape = strings.NewReplacer("~", "~0", "/", "~1")

// What is wanted of members that no caller tells apart.
var (
	errForm   = fmt.Errorf("want forms with names of 1 to %d bytes, without NUL", maxForm)
	errKind   = errors.New("want demo, quote, appointment, trial, contact_sales, signup, download, subscription or other")
	errSignal = errors.New("want a signal such as pricing_viewed")
	errPath   = errors.New("want a part of a path, such as /pricing")
	errWait   = fmt.Errorf("want minutes up to %d, 0 for the default, or less for never", maxWait)
)

// check tells of what is wrong with when and to whom asks go that nobody takes.
func (r *Routing) check(wrong func(is bool, pointer string, want error)) {
	wrong(r.EverybodyAfter > maxWait, "/routing/everybody_after", errWait)
	wrong(r.AdminsAfter > maxWait, "/routing/admins_after", errWait)
	if r.Hours.IsZero() {
		return
	}
	member, want := r.Hours.fault()
	wrong(want != "", "/routing/hours/"+member, errors.New(want))
}

// isOrigin reports whether a text can stand in a site's list of origins.
func isOrigin(s string) bool {
	if _, port, ok := localOrigin(strings.TrimSuffix(s, ":*")); ok && port == "" {
		return true
	}
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && s == u.Scheme+"://"+u.Host
}
