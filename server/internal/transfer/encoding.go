package transfer

import (
	"bufio"
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// peek is how much of a file tells its encoding and delimiter.
const peek = 64 << 10

// text gives a file as UTF-8 without a byte order mark, and names its encoding.
// Spreadsheets write UTF-16 with a mark, and where they are set up so, the
// Windows code page of the West, which is what bytes that are no UTF-8 are taken
// for. Of a long file only the beginning is looked at: see decoded for the rest.
func text(in io.Reader) (out *bufio.Reader, name string, err error) {
	raw := bufio.NewReaderSize(in, peek)
	b, err := raw.Peek(peek)
	if err != nil && err != io.EOF {
		return nil, "", err
	}
	var e encoding.Encoding
	switch {
	case bytes.HasPrefix(b, []byte{0xef, 0xbb, 0xbf}):
		_, err = raw.Discard(3)
		return raw, "UTF-8", err
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}), wide(b, 1):
		e, name = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "UTF-16"
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}), wide(b, 0):
		e, name = unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "UTF-16"
	case whole(b, len(b) == peek):
		return raw, "UTF-8", nil
	default:
		e, name = charmap.Windows1252, "Windows-1252"
	}
	return bufio.NewReaderSize(transform.NewReader(raw, e.NewDecoder()), peek), name, nil
}

// wide reports whether a file begins like UTF-16 without a mark: two letters of
// ASCII, the zero bytes at even or at odd places.
func wide(b []byte, zero int) bool {
	return len(b) >= 4 && b[zero] == 0 && b[zero+2] == 0 && b[1-zero] != 0 && b[3-zero] != 0
}

// whole reports whether bytes are UTF-8; the last letter may be cut off.
func whole(b []byte, cut bool) bool {
	for n := 0; cut && n < utf8.UTFMax && len(b) > 0; n++ {
		if last := b[len(b)-1]; utf8.RuneStart(last) {
			if last >= utf8.RuneSelf {
				b = b[:len(b)-1]
			}
			break
		}
		b = b[:len(b)-1]
	}
	return utf8.Valid(b)
}

// decoded gives a row as UTF-8. A file may be plain ASCII for long before the
// first letter that tells its encoding, so that a row which is no UTF-8 is taken
// for Windows-1252, as a file would be, and reported as a guess.
func decoded(raw []byte) (row []byte, guessed bool) {
	if utf8.Valid(raw) {
		return raw, false
	}
	row, _ = charmap.Windows1252.NewDecoder().Bytes(raw) // never fails: each byte is a letter
	return row, true
}

// delimiter gives the mark between the values of a header: the one that is there
// most often outside of quotes.
func delimiter(header []byte) byte {
	best, most := byte(','), 0
	for _, c := range []byte{',', ';', '\t', '|'} {
		n, quoted := 0, false
		for _, b := range header {
			switch {
			case b == '"':
				quoted = !quoted
			case b == c && !quoted:
				n++
			}
		}
		if n > most {
			best, most = c, n
		}
	}
	return best
}
