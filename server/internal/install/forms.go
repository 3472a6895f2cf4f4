package install

import (
	"maps"
	"slices"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"assay/server/internal/auth"
)

// forms says which forms the script listens to, and how it understands them.
func (c *Checker) forms(r *Report, site *auth.Site, p *page) {
	selectors := selectorsOf(r, site)
	for _, n := range p.forms {
		form := Form{Fields: []Field{}}
		form.Name, form.By = nameOf(n, selectors)
		for _, field := range p.fields {
			if p.owner(field) != n {
				continue
			}
			if f := c.rules.field(field, site.Answers); f.Type != "submit" && f.Type != "button" && f.Type != "reset" && f.Type != "image" {
				form.Fields = append(form.Fields, f)
			}
		}
		if form.Name == "" {
			if form.holds("email") {
				r.add("form_unnamed")
			}
		} else {
			c.named(r, site, &form, attr(n, "data-assay-kind"))
		}
		r.Forms = append(r.Forms, form)
	}
	if len(p.forms) == 0 {
		r.add("forms_none")
	}
}

// named says what there is to say of a form with a name.
func (c *Checker) named(r *Report, site *auth.Site, f *Form, said string) {
	kind := site.Forms[f.Name].Kind
	if kind == "" {
		kind = said
	}
	f.Kind = kind
	if !slices.Contains(c.rules.kinds, kind) {
		f.Kind = "other"
	}
	understood, dropped := []string{}, []string{}
	for _, field := range f.Fields {
		switch field.As {
		case "dropped":
			if field.Name != "" {
				dropped = append(dropped, field.Name)
			}
		case "never":
		case "answer":
			understood = append(understood, field.Name)
		default:
			understood = append(understood, field.As)
		}
	}
	r.add("form_found", f.Name, f.Kind, orNothing(understood))
	switch {
	case kind == "":
		r.add("form_kind_missing", f.Name)
	case kind != f.Kind:
		r.add("form_kind_unknown", f.Name, kind)
	}
	if !f.holds("email") {
		r.add("form_without_mail", f.Name)
	}
	if len(dropped) > 0 {
		r.add("form_answers_dropped", f.Name, strings.Join(dropped, ", "))
	}
}

// orNothing lists names.
func orNothing(names []string) string {
	if len(names) == 0 {
		return "nothing"
	}
	return strings.Join(names, ", ")
}

// holds reports whether a field of the form stands for a profile field.
func (f *Form) holds(as string) bool {
	return slices.ContainsFunc(f.Fields, func(x Field) bool { return x.As == as })
}

// selector finds a form that the site's settings name.
type selector struct {
	name string
	sel  cascadia.SelectorGroup
}

func selectorsOf(r *Report, site *auth.Site) (out []selector) {
	for _, name := range slices.Sorted(maps.Keys(site.Forms)) {
		text := site.Forms[name].Selector
		if text == "" {
			continue
		}
		sel, err := cascadia.ParseGroup(text)
		if err != nil {
			r.add("form_selector_unknown", name)
			continue
		}
		out = append(out, selector{name, sel})
	}
	return out
}

// nameOf gives a form's name, and whether markup or settings give it.
func nameOf(form *html.Node, selectors []selector) (name, by string) {
	if name := attr(form, "data-assay-form"); name != "" {
		return name, "markup"
	}
	for _, s := range selectors {
		if s.sel.Match(form) {
			return s.name, "settings"
		}
	}
	return "", ""
}
