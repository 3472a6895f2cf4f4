package auth

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// ErrFilter: a filter says something that means nothing. Its text names it.
var ErrFilter = errors.New("unsound filter")

// Bounds of a filter.
const (
	maxFilterList = 50  // members of one list
	maxFilterText = 200 // bytes of one member
)

// Filter says what a person wants to hear of. An empty list lets everything
// pass, and so does a filter that is zero.
type Filter struct {
	Grades    []string `json:"grades,omitempty"`    // cells such as A1 and ?2, or letters such as A
	Countries []string `json:"countries,omitempty"` // the territory, as forms say it; case and accents do not matter
	Forms     []string `json:"forms,omitempty"`     // names
	Kinds     []string `json:"kinds,omitempty"`     // of alerts
	Mine      bool     `json:"mine,omitempty"`      // only what is the person's own, or nobody's
	Hours     *Hours   `json:"hours,omitempty"`     // outside of them the person hears nothing; nil: at any time
}

var gradeName = regexp.MustCompile(`^[A-D?][1-4]?$`)

// IsZero reports whether a filter lets everything pass.
func (f *Filter) IsZero() bool {
	return len(f.Grades)+len(f.Countries)+len(f.Forms)+len(f.Kinds) == 0 && !f.Mine && f.Hours == nil
}

// Check gives nil for a filter that can be used, and else an ErrFilter.
func (f *Filter) Check() error {
	for _, list := range [][]string{f.Grades, f.Countries, f.Forms, f.Kinds} {
		if len(list) > maxFilterList {
			return fmt.Errorf("%w: want at most %d of each", ErrFilter, maxFilterList)
		}
		for _, text := range list {
			if strings.TrimSpace(text) == "" || len(text) > maxFilterText {
				return fmt.Errorf("%w: want texts of 1 to %d bytes", ErrFilter, maxFilterText)
			}
		}
	}
	for _, g := range f.Grades {
		if !gradeName.MatchString(g) {
			return fmt.Errorf("%w: grades: want A1 to D4, ?1 to ?4, or a letter", ErrFilter)
		}
	}
	if f.Hours != nil {
		if _, want := f.Hours.fault(); want != "" {
			return fmt.Errorf("%w: hours: %s", ErrFilter, want)
		}
	}
	return nil
}
