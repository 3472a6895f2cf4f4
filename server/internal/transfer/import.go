package transfer

import (
	"context"
	"io"
	"time"

	"assay/server/internal/intake"
)

// Intake takes rows in. What it gives is durable.
type Intake interface {
	// Import makes a row durable and applies it. A row that it knows changes
	// nothing. It fails with a *intake.Fault, intake.ErrBusy, lead.ErrConflict, or
	// for good.
	Import(ctx context.Context, site intake.Site, row *intake.Row) (*intake.Imported, error)
}

// Import is one file on its way in.
type Import struct {
	Into   Intake // nil: a dry run, which only says what would be read
	Site   intake.Site
	Name   string // of the import; the same row of two imports counts for each
	Format Format
	Map    *Map // nil: columns are guessed
	Alert  bool // reps hear of new prospects as if they had come by a form
	Gentle bool // let others write half of the time, where a store knows no fair turns
	Now    func() time.Time
}

// DefaultName is the name of an import that was given none.
const DefaultName = "import"

// Statuses of a row.
const (
	Created   = "created"
	Updated   = "updated"
	Unchanged = "unchanged" // the row was imported before
	Valid     = "valid"     // of a dry run
	Failed    = "failed"
)

// Result is what became of a row.
type Result struct {
	Row    int     `json:"row"`          // as a spreadsheet counts: of a CSV file the header is 1
	ID     string  `json:"id,omitempty"` // as the file names the row
	Status string  `json:"status"`
	Lead   string  `json:"lead,omitempty"`
	Stage  string  `json:"stage,omitempty"` // where the lead stands now
	Errors []Fault `json:"errors,omitempty"`
}

// Summary is what became of a file.
type Summary struct {
	Rows      int      `json:"rows"`
	Created   int      `json:"created"`
	Updated   int      `json:"updated"`
	Unchanged int      `json:"unchanged"`
	Failed    int      `json:"failed"`
	Complete  bool     `json:"complete"` // the whole file was read
	Encoding  string   `json:"encoding"`
	Columns   []Column `json:"columns"`
	Warnings  []string `json:"warnings,omitempty"`
}

func (s *Summary) add(r *Result) {
	s.Rows++
	switch r.Status {
	case Created:
		s.Created++
	case Updated:
		s.Updated++
	case Unchanged:
		s.Unchanged++
	case Failed:
		s.Failed++
	}
}

// Run reads a file to its end and calls each with every row's result, in the
// order of the file. It fails when the file or the store cannot be used any
// more, when the context is done, or with what each gives; the summary then is of
// the rows until there, and the same import can be run again.
func (im *Import) Run(ctx context.Context, in io.Reader, each func(*Result) error) (*Summary, error) {
	sum := &Summary{}
	utf8, name, err := text(in)
	if err != nil {
		return sum, err
	}
	sum.Encoding = name
	var src source = openNDJSON(utf8)
	if im.Format == CSV {
		if src, err = openCSV(utf8); err != nil {
			return sum, err
		}
	}
	first, err := head(src)
	if err != nil {
		return sum, err
	}
	p := planFor(src, first, im.Map, im.Into == nil)
	err = im.flow(ctx, p, first, src, func(r *Result) error {
		sum.add(r)
		return each(r)
	})
	sum.Columns, sum.Warnings, sum.Complete = p.columns, p.warnings, err == nil
	return sum, err
}
