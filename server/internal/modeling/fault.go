package modeling

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Fault is one thing that makes a document no model.
type Fault struct {
	Path     string `json:"path"`     // JSON pointer (RFC 6901) to the member; "" is the whole document
	Rule     string `json:"rule"`     // the schema's keyword, or a code of the compiler's own; stable
	Expected string `json:"expected"` // what was wanted, in plain words
}

// Error puts the fault into one line.
func (f Fault) Error() string {
	path := f.Path
	if path == "" {
		path = "the document"
	}
	return fmt.Sprintf("%s: %s (%s)", path, f.Expected, f.Rule)
}

// Faults is all that is wrong with a document, sorted by path. It is the error
// of Compile.
type Faults []Fault

// Error joins the faults, one a line.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.Error()
	}
	return "model: " + strings.Join(lines, "\n")
}

// FaultsOf gives the faults in an error of Compile; ok is false when it has
// another cause.
func FaultsOf(err error) (fs Faults, ok bool) {
	ok = errors.As(err, &fs)
	return fs, ok
}

// orNil gives an error only when there is one.
func (fs Faults) orNil() error {
	if len(fs) == 0 {
		return nil
	}
	slices.SortStableFunc(fs, func(a, b Fault) int {
		return cmp.Or(comparePaths(a.Path, b.Path), cmp.Compare(a.Rule, b.Rule))
	})
	return slices.Compact(fs)
}

// apartFrom leaves out what may only follow from faults found before: what is
// wrong above, at or below the same place, and names that the place may have
// given.
func (fs Faults) apartFrom(before Faults) (own Faults) {
	for _, f := range fs {
		follows := slices.ContainsFunc(before, func(b Fault) bool {
			return within(f.Path, b.Path) || within(b.Path, f.Path) || namesIn(b.Path, f.Rule)
		})
		if !follows {
			own = append(own, f)
		}
	}
	return own
}

// within reports whether a pointer lies at or below another.
func within(path, above string) bool {
	return path == above || strings.HasPrefix(path, above+"/")
}

// namesIn reports whether a place gives names that a rule looks for.
func namesIn(path, rule string) bool {
	switch rule {
	case "unknown_class":
		return within(path, "/words") || within(path, "/territories")
	case "unknown_group":
		return within(path, "/groups")
	}
	return false
}

// comparePaths orders pointers as a reader meets them: /fit/2 before /fit/10.
func comparePaths(a, b string) int {
	as, bs := strings.Split(a, "/"), strings.Split(b, "/")
	return slices.CompareFunc(as, bs, func(x, y string) int {
		if digits(x) && digits(y) {
			return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x, y))
		}
		return cmp.Compare(x, y)
	})
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// at adds steps to a pointer.
func at(path string, steps ...any) string {
	for _, step := range steps {
		name := strings.NewReplacer("~", "~0", "/", "~1").Replace(fmt.Sprint(step))
		path += "/" + name
	}
	return path
}
