package transfer

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"time"

	"assay/server/internal/desk"
	"assay/server/internal/lead"
	"assay/shared/lifecycle"
	"assay/shared/profile"
)

// Leads walks over leads: desk.Service does.
type Leads interface {
	Walk(ctx context.Context, site string, q desk.Query, f func(*lead.Lead, *desk.View) error) error
}

// Export is leads on their way out.
type Export struct {
	From    Leads
	Site    string
	Query   desk.Query
	Answers []string // names of the answers that become columns of a CSV file
	Format  Format
	Name    func(person string) string // of an owner; nil: none
}

// Line is a lead as it is exported: what an import can take in again, and what
// follows from it.
type Line struct {
	desk.View
	Reason  string            `json:"reason"`  // why it is lost or out, a code or empty
	Profile map[string]string `json:"profile"` // all that was said, by field
	Answers map[string]string `json:"answers"`
}

// Run writes the leads one by one and calls each after every one with their
// number so far, which it gives in the end. It fails where it cannot read or
// write, or with each's error; what was written then is no whole export.
func (e *Export) Run(ctx context.Context, out io.Writer, each func(n int) error) (n int, err error) {
	w := bufio.NewWriterSize(out, 64<<10)
	write, flush := e.ndjson(w), w.Flush
	if e.Format == CSV {
		if write, flush, err = e.csv(w); err != nil {
			return 0, err
		}
	}
	err = e.From.Walk(ctx, e.Site, e.Query, func(l *lead.Lead, v *desk.View) error {
		if e.Name != nil {
			v.OwnerName = e.Name(v.Owner)
		}
		line := &Line{View: *v, Reason: reasonOf(l), Profile: l.Profile, Answers: l.Answers}
		if err := write(line); err != nil {
			return err
		}
		n++
		return each(n)
	})
	if err != nil {
		return n, err
	}
	return n, flush()
}

func (e *Export) ndjson(w io.Writer) func(*Line) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return func(line *Line) error { return enc.Encode(line) }
}

// reasonOf gives the code for which a lead is lost or out.
func reasonOf(l *lead.Lead) string {
	if n := len(l.Transitions); n > 0 && l.State.Stage >= lifecycle.Lost {
		last := l.Transitions[n-1].Reason
		if _, ok := lifecycle.CodeOf(last); ok || last == lifecycle.Test.String() {
			return last
		}
	}
	return ""
}

// cells are the columns of a CSV file beside profile and answers.
var cells = []struct {
	name string
	of   func(*Line) string
}{
	{"stage", func(l *Line) string { return l.Stage }},
	{"reason", func(l *Line) string { return l.Reason }},
	{"objected", func(l *Line) string { return strconv.FormatBool(l.Objected) }},
	{"nurturing", func(l *Line) string { return strconv.FormatBool(l.Nurturing) }},
	{"grade", func(l *Line) string { return l.Grade }},
	{"band", func(l *Line) string { return l.Band }},
	{"fit", func(l *Line) string { return strconv.Itoa(int(l.Fit)) }},
	{"fit_known", func(l *Line) string { return strconv.Itoa(int(l.FitKnown)) }},
	{"engagement", func(l *Line) string { return strconv.Itoa(int(l.Engagement)) }},
	{"verdict", func(l *Line) string { return string(l.Verdict) }},
	{"owner", func(l *Line) string { return l.Owner }},
	{"owner_name", func(l *Line) string { return l.OwnerName }},
	{"source", func(l *Line) string { return l.Source }},
	{"form", func(l *Line) string { return l.Form }},
	{"page", func(l *Line) string { return l.Page }},
	{"first_seen", func(l *Line) string { return l.FirstSeen.Format(time.RFC3339Nano) }},
	{"last_seen", func(l *Line) string { return l.LastSeen.Format(time.RFC3339Nano) }},
	{"sample", func(l *Line) string { return strconv.FormatBool(l.Sample) }},
}

// csv writes a header, and then a line as cells that no spreadsheet runs.
func (e *Export) csv(out *bufio.Writer) (write func(*Line) error, flush func() error, err error) {
	w := csv.NewWriter(out)
	head := []string{"id"}
	for f := range profile.Fields {
		head = append(head, f.String())
	}
	for _, c := range cells {
		head = append(head, c.name)
	}
	for _, name := range e.Answers {
		head = append(head, toAnswers+name)
	}
	row := make([]string, len(head))
	write = func(l *Line) error {
		row = append(row[:0], guard(l.ID))
		for f := range profile.Fields {
			row = append(row, guard(l.Profile[f.String()]))
		}
		for _, c := range cells {
			row = append(row, guard(c.of(l)))
		}
		for _, name := range e.Answers {
			row = append(row, guard(l.Answers[name]))
		}
		return w.Write(row)
	}
	flush = func() error {
		w.Flush()
		if err := w.Error(); err != nil {
			return err
		}
		return out.Flush()
	}
	return write, flush, w.Write(head)
}
