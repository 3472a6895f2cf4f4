package main

import (
	"bytes"
	"fmt"
	"io"
	"text/tabwriter"

	"assay/server/internal/modeling"
)

// page is a report for people, aligned section by section.
type page struct {
	bytes.Buffer
	line func(pointer string) int
}

// printReport writes what lint found, and what to do next.
func printReport(out io.Writer, name string, source []byte, r *modeling.Report) error {
	p := &page{line: modeling.Lines(source)}
	if len(r.Faults) > 0 {
		p.faults(name, r)
	} else {
		fmt.Fprintf(p, "%s is model %q, version %s\n", name, r.Name, r.Version)
		p.findings(r.Findings)
		p.reach(r)
		p.forms(r.Forms)
		p.weight(r.Weight)
		fmt.Fprintf(p, "\nNext: %s\n", next(r))
	}
	_, err := out.Write(p.Bytes())
	return err
}

// table aligns rows whose cells end in tabs.
func (p *page) table(title string, rows func(w io.Writer)) {
	fmt.Fprintf(p, "\n%s\n", title)
	w := tabwriter.NewWriter(p, 0, 0, 2, ' ', 0)
	rows(w)
	_ = w.Flush() // into memory
}

func (p *page) faults(name string, r *modeling.Report) {
	fmt.Fprintf(p, "%s is no model yet\n", name)
	p.table(many(len(r.Faults), "fault", "faults"), func(w io.Writer) {
		for _, f := range r.Faults {
			fmt.Fprintf(w, "  line %d\t%s\t%s\t%s\n", p.line(f.Path), f.Path, f.Rule, f.Expected)
		}
	})
	fmt.Fprintf(p, "\nNext: mend what is on line %d, then lint again.\n", p.line(r.Faults[0].Path))
}

func (p *page) findings(found []modeling.Finding) {
	if len(found) == 0 {
		fmt.Fprint(p, "\nNo fault, and every rule can count\n")
		return
	}
	p.table(many(len(found), "remark", "remarks")+" (it is a model all the same)", func(w io.Writer) {
		for _, f := range found {
			fmt.Fprintf(w, "  line %d\t%s\t%s\n", p.line(f.Path), f.Path, f.Message)
		}
	})
}

func (p *page) reach(r *modeling.Report) {
	p.table("Reach (a score ends at 0 and 100)", func(w io.Writer) {
		e := r.Engagement
		fmt.Fprintf(w, "  engagement, one visit\tup to %s\n", many(e.OneVisit, "point", "points"))
		fmt.Fprintf(w, "  engagement, one day\tup to %s\n", many(e.OneDay, "point", "points"))
		fmt.Fprintf(w, "  engagement, ever\t%d to %d points\n", e.Ever.Min, e.Ever.Max)
		fmt.Fprintf(w, "  fit\t%d to %d points\n", r.Fit.Min, r.Fit.Max)
	})
}

func (p *page) forms(forms []modeling.FormReach) {
	title := "Best grade that a form's fields can earn"
	if len(forms) > 0 && !forms[0].Listed {
		title += " (the fields are those that forms of the kind commonly have: list yours in forms)"
	}
	p.table(title, func(w io.Writer) {
		for _, f := range forms {
			add := "nothing would add more"
			if f.Add != nil {
				add = fmt.Sprintf("%s would add most: +%s, +%d %% known, %s", f.Add.Field, many(f.Add.Fit, "point", "points"), f.Add.Known, f.Add.Grade)
			}
			fmt.Fprintf(w, "  %s\t%s\tfit %s\t%d %% known\t%s\n", f.Name, f.Grade, many(f.Fit, "point", "points"), f.Known, add)
		}
	})
}

func (p *page) weight(g modeling.Weight) {
	p.table("Weight, for every visitor", func(w io.Writer) {
		fmt.Fprintf(w, "  model\t%d of %d bytes brotli (%d bytes raw)\n", g.Brotli, g.Budget, g.Bytes)
		fmt.Fprintf(w, "  words\t%d of %d\n", g.Words, g.MaxWords)
		fmt.Fprintf(w, "  mail domains\t%d of %d\n", g.MailDomains, g.MaxDomains)
	})
}

// next says what helps most.
func next(r *modeling.Report) string {
	if len(r.Findings) > 0 {
		return "look at the remarks."
	}
	for _, f := range r.Forms {
		if f.Add != nil && f.Add.Grade[0] < f.Grade[0] || f.Add != nil && f.Grade[0] == '?' && f.Add.Grade[0] != '?' {
			return fmt.Sprintf("ask for %s in %s: %s becomes %s.", f.Add.Field, f.Name, f.Grade, f.Add.Grade)
		}
	}
	return "try it over past leads, then publish it."
}
