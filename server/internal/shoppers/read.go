package shoppers

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// pageColumns are the columns that count pages; the seconds spent on them stand
// in the column of the same name with durationSuffix.
var pageColumns = [PageKinds]string{"Administrative", "Informational", "ProductRelated"}

const durationSuffix = "_Duration"

// Read gives the sessions of the data's CSV file in its order. The error names
// the row, counted from 1 after the header, the column, and what was expected.
func Read(r io.Reader) ([]Session, error) {
	lines, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("shoppers: %w", err)
	}
	if len(lines) == 0 {
		return nil, fmt.Errorf("shoppers: no header: want the names of the columns in the first line")
	}
	sessions := make([]Session, len(lines)-1)
	for i, cells := range lines[1:] {
		row := row{names: lines[0], cells: cells}
		sessions[i] = row.session()
		if row.err != nil {
			return nil, fmt.Errorf("shoppers: row %d: %w", i+1, row.err)
		}
	}
	return sessions, nil
}

// row reads cells by the names of their columns and keeps the first fault.
type row struct {
	names, cells []string
	err          error
}

func (r *row) session() (s Session) {
	for kind, column := range pageColumns {
		s.Pages[kind] = r.number(column, r.cell(column), 16)
		s.Millis[kind] = r.decimal(column + durationSuffix)
	}
	s.Returning = r.is("VisitorType", []string{"Returning_Visitor"}, []string{"New_Visitor", "Other"})
	s.PageValue = r.decimal("PageValues") > 0
	s.Bought = r.is("Revenue", []string{"1", "TRUE"}, []string{"0", "FALSE"})
	return s
}

func (r *row) cell(column string) string {
	i := slices.Index(r.names, column)
	if i < 0 {
		r.fault(column, "want this column in the header")
		return ""
	}
	return r.cells[i]
}

// is reports whether a cell has a text that means yes, of all that it may have.
func (r *row) is(column string, yes, no []string) bool {
	text := r.cell(column)
	if means := slices.Contains(yes, text); means || slices.Contains(no, text) {
		return means
	}
	r.fault(column, fmt.Sprintf("%q: want %s", text, strings.Join(slices.Concat(yes, no), " or ")))
	return false
}

// decimal gives thousandths of a number, what is smaller cut off. It reads
// digits instead of floats, so that every machine makes the same log.
func (r *row) decimal(column string) int64 {
	text := r.cell(column)
	digits, fraction, _ := strings.Cut(text, ".")
	if digits == "" || strings.Trim(fraction, "0123456789") != "" {
		return r.number(column, text, 40) // refused: an exponent would be cut off unseen
	}
	return r.number(column, digits+(fraction + "000")[:3], 40)
}

// number reads digits, whose number must fit so many bits.
func (r *row) number(column, digits string, bits int) int64 {
	n, err := strconv.ParseUint(digits, 10, bits)
	if err != nil {
		r.fault(column, fmt.Sprintf("%q: want a number of at least 0, written in digits", r.cell(column)))
	}
	return int64(n)
}

func (r *row) fault(column, what string) {
	if r.err == nil {
		r.err = fmt.Errorf("%s: %s", column, what)
	}
}
