package install

import (
	"errors"
	"fmt"
	"mime"
	"time"
)

// Severity is how much a finding matters.
type Severity string

// Severities, from none to what keeps Assay from working on the page.
const (
	Fine    Severity = "fine"
	Note    Severity = "note"
	Warning Severity = "warning"
	Fault   Severity = "error"
)

// Finding is one thing that a check found.
type Finding struct {
	Code     string   `json:"code"` // stable
	Severity Severity `json:"severity"`
	Sentence string   `json:"sentence"`
	Do       string   `json:"do,omitempty"` // what mends it
}

// Report is what a check found.
type Report struct {
	URL       string    `json:"url"`              // where the page was in the end
	Status    int       `json:"status,omitempty"` // that it was answered with; 0: it was not
	CheckedAt time.Time `json:"checked_at"`
	Works     bool      `json:"works"` // no finding is an error
	Findings  []Finding `json:"findings"`
	Forms     []Form    `json:"forms"`
}

// Form is a form on the page as the script understands it.
type Form struct {
	Name   string  `json:"name,omitempty"` // none: the script leaves it alone
	Kind   string  `json:"kind,omitempty"`
	By     string  `json:"by,omitempty"` // markup or settings: where its name is from
	Fields []Field `json:"fields"`
}

// Field is a control of a form as the script understands it.
type Field struct {
	Name string `json:"name"` // the page's
	Type string `json:"type"`
	// As is what becomes of it: a profile field's name, "answer", "honeypot",
	// "never" where it is not read, or "dropped" where the site's settings do not
	// list it.
	As string `json:"as"`
	By string `json:"by,omitempty"` // markup, autocomplete, name or type: what told the profile field
}

// add puts a finding in words; the arguments are those of its sentence.
func (r *Report) add(code string, args ...any) {
	w := words[code]
	r.Findings = append(r.Findings, Finding{code, w.severity, fmt.Sprintf(w.sentence, args...), w.do})
}

// judged says whether the page works.
func (r *Report) judged() *Report {
	r.Works = true
	for _, f := range r.Findings {
		r.Works = r.Works && f.Severity != Fault
	}
	return r
}

// unreached says why there is no page. Of the network it tells no more than that
// there was no answer.
func (r *Report) unreached(err error) {
	switch {
	case errors.Is(err, errAddress):
		r.add("page_not_public")
	case errors.Is(err, errRedirect):
		r.add("page_redirects_badly")
	case isCertificate(err):
		r.add("page_certificate")
	default:
		r.add("page_unreachable")
	}
}

// received takes an answer as a page: nil where it is none.
func (r *Report) received(a *answer) *page {
	r.Status = a.status
	if to := a.url.String(); to != r.URL {
		r.add("page_redirected", to)
		r.URL = to
	}
	if a.status < 200 || a.status > 299 {
		r.add("page_status", a.status)
		return nil
	}
	if kind, _, _ := mime.ParseMediaType(a.header.Get("Content-Type")); kind != "text/html" && kind != "application/xhtml+xml" {
		r.add("page_not_html")
		return nil
	}
	if a.cut {
		r.add("page_cut")
	}
	p := parsePage(a)
	if p == nil {
		r.add("page_unreadable")
	}
	return p
}
