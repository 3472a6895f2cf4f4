package score

import (
	"bytes"
	"os"
	"testing"

	"assay/shared/model"
)

// FuzzCase scores any bytes under any model: never a panic, and rows always sum
// to their scores.
func FuzzCase(f *testing.F) {
	starter, err := os.ReadFile("testdata/starter.model")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(starter, AppendCase(nil, sixty()))
	f.Add(starter, []byte{})
	f.Add([]byte("ASSY"), make([]byte, caseHead))
	if kinds, err := os.ReadFile("testdata/kinds.model"); err == nil {
		f.Add(kinds, AppendCase(nil, sixty()))
	}
	f.Fuzz(func(t *testing.T, m, encoded []byte) {
		if len(m) >= model.HeaderBytes {
			m = bytes.Clone(m)
			sum := model.Checksum(m)
			m[12], m[13], m[14], m[15] = byte(sum), byte(sum>>8), byte(sum>>16), byte(sum>>24)
		}
		e := new(Engine)
		if e.Load(m) != nil && e.Load(starter) != nil {
			t.Fatal("the starter model does not load")
		}
		var c Case
		var r Result
		if c.Decode(encoded) != nil || e.Score(&c.Input, &r) != nil {
			return
		}
		sums := [2]int{}
		for _, row := range r.Ledger() {
			sums[row.Flags&RowFit] += int(row.Points)
		}
		if sums[0] != int(r.Engagement) || sums[1] != int(r.Fit) {
			t.Fatalf("rows sum to %v, scores are %d and %d", sums, r.Engagement, r.Fit)
		}
		if r.Put(make([]byte, MaxResultBytes)) > MaxResultBytes {
			t.Fatal("a result longer than the longest")
		}
	})
}

// FuzzBatch holds a run of any bytes to what Decode and Score make of each case
// alone.
func FuzzBatch(f *testing.F) {
	one := AppendCase(nil, sixty())
	f.Add(append(put16(nil, uint16(len(one))), one...))
	f.Add([]byte{12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255})
	e, alone := starter(f), starter(f)
	var c, d Case
	var r, s Result
	f.Fuzz(func(t *testing.T, b []byte) {
		given := bytes.Clone(b)
		many := int(Batch(e, &c, &r, b))
		for at, i := 0, 0; i < many; i++ {
			n := int(u16(given[at:]))
			want := make([]byte, HeadBytes)
			if alone.Rate(&d, given[at+2:at+2+n], &s) == 0 {
				s.PutHead(want)
			}
			if got := b[i*HeadBytes : (i+1)*HeadBytes]; !bytes.Equal(got, want) {
				t.Fatalf("case %d of %d: %x, alone %x", i, many, got, want)
			}
			at += 2 + n
		}
	})
}
