package score

import (
	"bytes"
	"testing"

	"assay/shared/profile"
)

// record is a case behind its length.
func record(encoded []byte) []byte {
	return append(put16(nil, uint16(len(encoded))), encoded...)
}

func TestABatchWritesOneHeadForEachCase(t *testing.T) {
	e := starter(t)
	nothing := AppendCase(nil, &Input{Now: monday})
	mailed := AppendCase(nil, &Input{Now: monday, Profile: said(map[profile.Field]string{profile.Email: "ada@works.test"})})
	wrong := append(bytes.Clone(nothing), 1)
	cases := [][]byte{AppendCase(nil, sixty()), wrong, mailed, nothing}
	var batch, want []byte
	for _, encoded := range cases {
		batch = append(batch, record(encoded)...)
		var c Case
		var r Result
		head := make([]byte, HeadBytes)
		if e.Rate(&c, encoded, &r) == 0 {
			r.PutHead(head)
		}
		want = append(want, head...)
	}
	if n := Batch(e, new(Case), new(Result), batch); int(n) != len(cases) {
		t.Fatalf("%d cases, want %d", n, len(cases))
	}
	if got := batch[:len(want)]; !bytes.Equal(got, want) {
		t.Errorf("heads are\n%x, want\n%x", got, want)
	}
}

func TestABatchEndsWhereALengthDoesNotFit(t *testing.T) {
	e, nothing := starter(t), AppendCase(nil, &Input{Now: monday})
	for name, tail := range map[string][]byte{
		"longer than what is left": record(nothing)[:len(nothing)+1],
		"shorter than any case":    append(record(nothing[:3]), record(nothing)...),
		"no length":                {7},
	} {
		batch := append(record(nothing), tail...)
		if n := Batch(e, new(Case), new(Result), batch); n != 1 {
			t.Errorf("%s: %d cases, want 1", name, n)
		}
	}
}
