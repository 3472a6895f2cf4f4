package score

import (
	"assay/shared/evidence"
	"assay/shared/fault"
	"assay/shared/model"
	"assay/shared/profile"
)

// Bounds of the encoded forms.
const (
	MaxResultBytes = HeadBytes + rowBytes*MaxRows
	HeadBytes      = 9 + int(model.Criteria) // of a result without its rows
	rowBytes       = 6
	caseHead       = 12
)

// Case is an Input with room for its visits, so that decoding allocates
// nothing.
type Case struct {
	Input
	visits [MaxVisits]evidence.Visit
}

// Decode reads an encoded case; texts and logs point into b. It fails with
// ErrCase or ErrVisits; the logs themselves are checked by Score.
//
// The encoding, little endian: now and said (32 bits each), forms (16), number
// of answers, number of visits; then the answers: a field's number, the length
// of its text (16 bits) and the text; or a fact's number plus 128 and its code;
// or a criterion's number plus 192 and the state that a rep was told; then for
// each visit its start (32 bits), the length of its log (16 bits) and the log.
func (c *Case) Decode(b []byte) error { return c.decode(b).Err() }

// Rate decodes a case and fills out with its score. It gives what Decode or
// Score fail with, as a bare code, 0 for none.
func (e *Engine) Rate(c *Case, b []byte, out *Result) fault.Code {
	wrong := c.decode(b)
	if wrong == 0 {
		wrong = e.score(&c.Input, out)
	}
	return wrong
}

func (c *Case) decode(b []byte) fault.Code {
	c.Input = Input{}
	if len(b) < caseHead {
		return ErrCase
	}
	c.Now, c.Said = int64(u32(b)), int64(u32(b[4:]))
	c.Forms = profile.Forms(u16(b[8:]))
	answers, visits := b[10], int(b[11])
	if visits > MaxVisits {
		return ErrVisits
	}
	b = b[caseHead:]
	for ; answers > 0; answers-- {
		n := c.answer(b)
		if n == 0 {
			return ErrCase
		}
		b = b[n:]
	}
	for i := 0; i < visits; i++ {
		if len(b) < 6 {
			return ErrCase
		}
		n := int(u16(b[4:]))
		if len(b) < 6+n {
			return ErrCase
		}
		c.visits[i] = evidence.Visit{Start: int64(u32(b)), Log: b[6 : 6+n]}
		b = b[6+n:]
	}
	if len(b) != 0 {
		return ErrCase
	}
	c.Visits = c.visits[:visits]
	return 0
}

// answer reads one answer and gives its length, or 0 when it is malformed.
func (c *Case) answer(b []byte) int {
	if len(b) < 2 {
		return 0
	}
	number := b[0] & 63
	switch b[0] >> 6 {
	case 0:
		if len(b) < 3 || number >= byte(profile.Fields) {
			return 0
		}
		n := 3 + int(u16(b[1:]))
		if len(b) < n || n > 3+profile.MaxText {
			return 0
		}
		c.Profile[number] = b[3:n]
		return n
	case 2:
		if number >= byte(profile.Facts) || b[1] > byte(profile.MaxCode) {
			return 0
		}
		c.Facts[number] = profile.Code(b[1])
		return 2
	case 3:
		if number >= byte(model.Criteria) || b[1] > byte(Unmet) {
			return 0
		}
		c.Rep[number] = State(b[1])
		return 2
	}
	return 0
}

// AppendCase adds the encoding of an input to b; Decode reads it back. Texts
// are cut to profile.MaxText; times must lie within 1970 to 2106, and there can
// be at most MaxVisits visits.
func AppendCase(b []byte, in *Input) []byte {
	b = put32(put32(b, uint32(in.Now)), uint32(in.Said))
	b = append(put16(b, uint16(in.Forms)), 0, byte(len(in.Visits)))
	answers := len(b) - 2
	for f, text := range in.Profile {
		if len(text) > profile.MaxText {
			text = text[:profile.MaxText]
		}
		if len(text) > 0 {
			b = append(put16(append(b, byte(f)), uint16(len(text))), text...)
			b[answers]++
		}
	}
	for f, code := range in.Facts {
		if code != profile.Unknown {
			b = append(b, 128|byte(f), byte(code))
			b[answers]++
		}
	}
	for c, state := range in.Rep {
		if state != Unknown {
			b = append(b, 192|byte(c), byte(state))
			b[answers]++
		}
	}
	for _, v := range in.Visits {
		b = append(put16(put32(b, uint32(v.Start)), uint16(len(v.Log))), v.Log...)
	}
	return b
}

// Put writes the encoding of a result to b, which must hold MaxResultBytes, and
// gives its length.
//
// The encoding: the head, see PutHead, then for each row its rule, flags, points
// (16 bits, signed) and count (16 bits), little endian.
func (r *Result) Put(b []byte) int {
	b = b[:MaxResultBytes]
	r.PutHead(b)
	at := HeadBytes
	for i := int32(0); i < r.N; i++ {
		row := &r.Rows[i]
		b[at], b[at+1] = row.Rule, byte(row.Flags)
		b[at+2], b[at+3] = byte(row.Points), byte(uint16(row.Points)>>8)
		b[at+4], b[at+5] = byte(row.Count), byte(row.Count>>8)
		at += rowBytes
	}
	return at
}

// PutHead writes a result without its rows, HeadBytes of them: engagement, fit,
// known, letter, level, band, intent, gates, the criteria (need, budget,
// authority, timing, interest), number of rows. One byte each; a cell over the
// model's thresholds has bit 7 of gates set; a criterion has its state in bits 0
// and 1, its source in 2 and 3, the field that decided in 4 to 7.
func (r *Result) PutHead(b []byte) {
	b = b[:HeadBytes]
	gates := byte(r.Gates)
	if r.Over {
		gates |= 128
	}
	b[0], b[1], b[2], b[3], b[4] = r.Engagement, r.Fit, r.Known, r.Letter, r.Level
	b[5], b[6], b[7] = byte(r.Band), byte(r.Intent), gates
	for i := range r.Criteria {
		c := &r.Criteria[i]
		b[8+i] = byte(c.State) | byte(c.Source)<<2 | byte(c.Field)<<4
	}
	b[HeadBytes-1] = byte(r.N)
}

func u16(b []byte) uint16 { return uint16(b[0]) | uint16(b[1])<<8 }

func u32(b []byte) uint32 {
	b = b[:4]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

func put16(b []byte, v uint16) []byte { return append(b, byte(v), byte(v>>8)) }

func put32(b []byte, v uint32) []byte {
	return append(b, byte(v), byte(v>>8), byte(v>>16), byte(v>>24))
}
