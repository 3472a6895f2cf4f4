package desk

import (
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"math"

	"assay/server/internal/lead"
)

// Bounds of a page of a list, the same in every store.
const (
	Window  = 5000 // the most index rows that one page looks at
	MaxPage = 200  // the most leads of one page
)

// Names of Query.Sort; an empty one is SortRecent.
const (
	SortRecent   = "last_seen"
	SortPriority = "priority"
)

// Place is where in a list a lead stands: after all leads with a higher
// priority, where the list is sorted by it, then with a later instant, then
// with a higher id.
type Place struct {
	Priority int64 // lead.Priority
	Seen     int64 // unix milliseconds
	ID       string
}

// Top comes before every lead in every sort, Bottom after.
var (
	Top    = Place{Priority: math.MaxInt64, Seen: math.MaxInt64}
	Bottom = Place{Priority: math.MinInt64, Seen: math.MinInt64}
)

// PlaceOf gives a lead's place.
func PlaceOf(l *lead.Lead) Place {
	return Place{Priority: lead.Priority(l.Cell.Grade), Seen: l.LastSeen.UnixMilli(), ID: l.ID}
}

// cursorHead is the length of a cursor before the id: sort, priority and
// instant; a checksum follows the id.
const cursorHead = 1 + 1 + 8

// Cursor writes a place as an opaque text that is bound to the sort.
func (p Place) Cursor(sort string) string {
	b := make([]byte, 0, cursorHead+len(p.ID)+4)
	b = append(b, sortCode(sort), byte(p.Priority))
	b = binary.BigEndian.AppendUint64(b, uint64(p.Seen))
	b = append(b, p.ID...)
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
	return base64.RawURLEncoding.EncodeToString(b)
}

// After gives the place behind which a query's page starts: Top without a
// cursor, else what Cursor wrote for the same sort: ErrCursor.
func (q *Query) After() (Place, error) {
	if q.Cursor == "" {
		return Top, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(q.Cursor)
	if err != nil || len(b) < cursorHead+4 || b[0] != sortCode(q.Sort) {
		return Place{}, ErrCursor
	}
	end := len(b) - 4
	if crc32.ChecksumIEEE(b[:end]) != binary.BigEndian.Uint32(b[end:]) {
		return Place{}, ErrCursor
	}
	return Place{
		Priority: int64(b[1]),
		Seen:     int64(binary.BigEndian.Uint64(b[2:cursorHead])),
		ID:       string(b[cursorHead:end]),
	}, nil
}

func sortCode(sort string) byte {
	if sort == SortPriority {
		return 'p'
	}
	return 's'
}

// PageSize is the number of leads that a query asks for, within MaxPage.
func (q *Query) PageSize() int {
	if q.Limit < 1 || q.Limit > MaxPage {
		return MaxPage
	}
	return q.Limit
}

// PrefixRange gives the bounds, the first inclusive, of the folded texts that
// start with what a query searches for. Both are empty when it searches nothing.
func (q *Query) PrefixRange() (from, to string) {
	if q.Prefix == "" {
		return "", ""
	}
	from = lead.Fold(q.Prefix)
	return from, from + "\U0010FFFF"
}
