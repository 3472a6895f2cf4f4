package sqlitestore

import (
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"

	"assay/server/internal/desk"
)

// place is where a page of a list ended.
type place struct {
	priority int64 // of the priority sort
	seen     int64
	id       string
}

// cursorHead is the length of a cursor before the id: sort, priority and
// instant; a checksum follows the id.
const cursorHead = 1 + 1 + 8

// cursor writes a place as an opaque text that is bound to the sort.
func (p place) cursor(s *sorting) string {
	b := make([]byte, 0, cursorHead+len(p.id)+4)
	b = append(b, s.code, byte(p.priority))
	b = binary.BigEndian.AppendUint64(b, uint64(p.seen))
	b = append(b, p.id...)
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
	return base64.RawURLEncoding.EncodeToString(b)
}

// parseCursor reads what cursor wrote, for the same sort: desk.ErrCursor.
func parseCursor(text string, s *sorting) (place, error) {
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(b) < cursorHead+4 || b[0] != s.code {
		return place{}, desk.ErrCursor
	}
	end := len(b) - 4
	if crc32.ChecksumIEEE(b[:end]) != binary.BigEndian.Uint32(b[end:]) {
		return place{}, desk.ErrCursor
	}
	return place{
		priority: int64(b[1]),
		seen:     int64(binary.BigEndian.Uint64(b[2:cursorHead])),
		id:       string(b[cursorHead:end]),
	}, nil
}
