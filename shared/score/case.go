package score

import (
	"assay/shared/evidence"
	"assay/shared/model"
	"assay/shared/profile"
)

// Bounds of the encoded forms.
const (
	MaxResultBytes = resultHead + rowBytes*MaxRows
	resultHead     = 9 + int(model.Criteria)
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
// of fields, number of visits; for each field its number, the length of its
// text (16 bits) and the text; for each visit its start (32 bits), the length
// of its log (16 bits) and the log.
func (c *Case) Decode(b []byte) error {
	c.Input = Input{}
	if len(b) < caseHead {
		return ErrCase
	}
	c.Now, c.Said = int64(u32(b)), int64(u32(b[4:]))
	c.Forms = profile.Forms(u16(b[8:]))
	fields, visits := int(b[10]), int(b[11])
	if visits > MaxVisits {
		return ErrVisits
	}
	b = b[caseHead:]
	for ; fields > 0; fields-- {
		if len(b) < 3 || profile.Field(b[0]) >= profile.Fields {
			return ErrCase
		}
		n := int(u16(b[1:]))
		if len(b) < 3+n || n > profile.MaxText {
			return ErrCase
		}
		c.Profile[b[0]] = b[3 : 3+n]
		b = b[3+n:]
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
	return nil
}

// AppendCase adds the encoding of an input to b; Decode reads it back. Texts
// are cut to profile.MaxText; times must lie within 1970 to 2106, and there can
// be at most MaxVisits visits.
func AppendCase(b []byte, in *Input) []byte {
	fields := byte(0)
	for _, text := range in.Profile {
		if len(text) > 0 {
			fields++
		}
	}
	b = put32(put32(b, uint32(in.Now)), uint32(in.Said))
	b = append(put16(b, uint16(in.Forms)), fields, byte(len(in.Visits)))
	for f, text := range in.Profile {
		if len(text) > profile.MaxText {
			text = text[:profile.MaxText]
		}
		if len(text) > 0 {
			b = append(put16(append(b, byte(f)), uint16(len(text))), text...)
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
// The encoding: engagement, fit, known, letter, level, band, intent, gates, the
// criteria (need, budget, authority, timing, interest), number of rows; for
// each row its rule, flags, points (16 bits, signed) and count (16 bits), little
// endian. One byte each where nothing else is said; a cell over the model's
// thresholds has bit 7 of gates set.
func (r *Result) Put(b []byte) int {
	b = b[:MaxResultBytes]
	gates := byte(r.Gates)
	if r.Over {
		gates |= 128
	}
	b[0], b[1], b[2], b[3], b[4] = r.Engagement, r.Fit, r.Known, r.Letter, r.Level
	b[5], b[6], b[7] = byte(r.Band), byte(r.Intent), gates
	for i, s := range r.Criteria {
		b[8+i] = byte(s)
	}
	b[resultHead-1] = byte(r.N)
	at := resultHead
	for i := int32(0); i < r.N; i++ {
		row := &r.Rows[i]
		b[at], b[at+1] = row.Rule, byte(row.Flags)
		b[at+2], b[at+3] = byte(row.Points), byte(uint16(row.Points)>>8)
		b[at+4], b[at+5] = byte(row.Count), byte(row.Count>>8)
		at += rowBytes
	}
	return at
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
