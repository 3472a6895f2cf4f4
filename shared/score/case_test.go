package score

import (
	"bytes"
	"testing"

	"assay/shared/fault"
	"assay/shared/model"
	"assay/shared/profile"
)

func TestACaseIsReadAsFarAsItsBounds(t *testing.T) {
	none := AppendCase(nil, &Input{Now: monday})
	with := func(answer ...byte) []byte {
		b := append(bytes.Clone(none), answer...)
		b[10] = 1
		return b
	}
	text := func(n int) []byte {
		return with(append(put16([]byte{byte(profile.Need)}, uint16(n)), make([]byte, n)...)...)
	}
	visits := func(n byte) []byte {
		b := bytes.Clone(none)
		b[11] = n
		return append(b, make([]byte, 6*int(n))...)
	}
	for name, c := range map[string]struct {
		encoded []byte
		want    fault.Code
	}{
		"nothing said":            {none, 0},
		"cut off":                 {none[:len(none)-1], ErrCase},
		"a byte behind":           {append(bytes.Clone(none), 0), ErrCase},
		"the longest text":        {text(profile.MaxText), 0},
		"a text too long":         {text(profile.MaxText + 1), ErrCase},
		"a text cut off":          {text(3)[:len(none)+5], ErrCase},
		"no such field":           {with(byte(profile.Fields), 1, 0, 'x'), ErrCase},
		"the highest code":        {with(128|byte(profile.Function), byte(profile.MaxCode)), 0},
		"a code too high":         {with(128, byte(profile.MaxCode)+1), ErrCase},
		"no such fact":            {with(128|byte(profile.Facts), 2), ErrCase},
		"the last state":          {with(192|byte(model.Interest), byte(Unmet)), 0},
		"no such state":           {with(192, byte(Unmet)+1), ErrCase},
		"no such criterion":       {with(192|byte(model.Criteria), 1), ErrCase},
		"no such answer":          {with(64, 1), ErrCase},
		"as many visits as count": {visits(MaxVisits), 0},
		"a visit too many":        {visits(MaxVisits + 1), ErrVisits},
		"a visit cut off":         {visits(1)[:len(none)+5], ErrCase},
	} {
		if err := new(Case).Decode(c.encoded); err != c.want.Err() {
			t.Errorf("%s: %v, want %v", name, err, c.want.Err())
		}
	}
}
