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
