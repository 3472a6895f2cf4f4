package install

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// rules are those by which the page's script understands forms. The web build
// writes them from the script's own source.
type rules struct {
	kinds  []string
	closed *regexp.Regexp // type, name and autocomplete of what is never read
	fields []known
}

// known is a profile field with the names that pages give it.
type known struct {
	name    string
	pattern *regexp.Regexp
}

func parseRules(b []byte) (*rules, error) {
	var file struct {
		Kinds  []string
		Closed string
		Fields []struct{ Name, Pattern string }
	}
	if err := json.Unmarshal(b, &file); err != nil {
		return nil, fmt.Errorf("the script's rules: %w", err)
	}
	r := &rules{kinds: file.Kinds}
	var err error
	if r.closed, err = regexp.Compile("(?i)" + file.Closed); err != nil {
		return nil, fmt.Errorf("the script's rules: %w", err)
	}
	for _, f := range file.Fields {
		pattern, err := regexp.Compile(f.Pattern)
		if err != nil {
			return nil, fmt.Errorf("the script's rules: field %s: %w", f.Name, err)
		}
		r.fields = append(r.fields, known{f.Name, pattern})
	}
	return r, nil
}

var noLetter = regexp.MustCompile(`[^a-z]`)

// profile gives the profile field that a name of the page's own stands for, or "".
func (r *rules) profile(name string) string {
	name = noLetter.ReplaceAllString(strings.ToLower(name), "")
	for _, f := range r.fields {
		if f.pattern.MatchString(name) {
			return f.name
		}
	}
	return ""
}

func (r *rules) isProfile(name string) bool {
	return slices.ContainsFunc(r.fields, func(f known) bool { return f.name == name })
}

// field says how the script understands a control, and what becomes of it.
func (r *rules) field(n *html.Node, answers []string) Field {
	f := Field{Name: attr(n, "name"), Type: typeOf(n)}
	if r.closed.MatchString(f.Type+" "+f.Name+" "+attr(n, "autocomplete")) || unreadable(n) {
		f.As = "never"
		return f
	}
	says := f.Name
	for _, by := range []struct{ what, name string }{{"markup", attr(n, "data-assay-field")}, {"autocomplete", r.profile(attr(n, "autocomplete"))},
		{"name", r.profile(f.Name)}, {"type", r.profile(f.Type)}} {
		if by.name != "" {
			says, f.By = by.name, by.what
			break
		}
	}
	switch {
	case r.isProfile(says), says == "honeypot":
		f.As = says
	case slices.Contains(answers, says):
		f.As = "answer"
	default:
		f.As, f.By = "dropped", ""
	}
	return f
}

// unreadable reports whether a control is switched off or kept to the page.
func unreadable(n *html.Node) bool {
	return has(n, "disabled") || closest(n, func(n *html.Node) bool {
		return has(n, "data-assay-ignore") || n.DataAtom == atom.Fieldset && has(n, "disabled")
	}) != nil
}

// inputTypes are the types that an input can have; with any other it is text.
const inputTypes = " hidden text search tel url email password date month week time datetime-local number range color checkbox radio file submit image reset button "

// typeOf gives the type that a control tells scripts.
func typeOf(n *html.Node) string {
	said := strings.ToLower(attr(n, "type"))
	switch n.DataAtom {
	case atom.Textarea:
		return "textarea"
	case atom.Select:
		if has(n, "multiple") {
			return "select-multiple"
		}
		return "select-one"
	case atom.Button:
		if said == "reset" || said == "button" {
			return said
		}
		return "submit"
	}
	if said != "" && strings.Contains(inputTypes, " "+said+" ") {
		return said
	}
	return "text"
}
