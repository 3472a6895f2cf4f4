package main

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"testing"

	"assay/shared/evidence"
	"assay/shared/fault"
	"assay/shared/profile"
	"assay/shared/score"
)

// A visit goes on signal by signal: each score equals that of the whole log, in
// both engines, and who cannot go on is told so by both.
func TestOneMoreSignalEqualsTheWholeLog(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 11))
	e, n, whole := open(t), new(native), new(native)
	more, stale := 0, 0
	for i := range 3000 {
		if i%10 == 0 {
			m := randomModel(r)
			if n.engine.Open(m) != 0 || whole.engine.Open(m) != 0 || e.in("load", m) != 0 {
				continue
			}
		}
		in, log := goingOn(r)
		encoded := score.AppendCase(nil, in)
		if _, wrong := n.score(encoded); wrong != 0 || e.in("score", encoded) < 0 {
			continue
		}
		e.retrace(log)
		for range 1 + r.IntN(8) {
			k, ms := evidence.Kind(1+r.IntN(39)), log.last+uint32(r.IntN(1<<r.IntN(18)))
			want, wrong := n.put(n.engine.More(k, ms, &n.result))
			got := e.call("signal", uint64(k), uint64(ms))
			if wrong != 0 || got < 0 {
				if wrong != got {
					t.Fatalf("case %d: one more signal gives %d natively, %d in WASM", i, wrong, got)
				}
				stale++
				break
			}
			log.add(k, ms)
			if !bytes.Equal(want, e.out(got)) {
				t.Fatalf("case %d: native %x, WASM %x", i, want, e.out(got))
			}
			in.Visits[len(in.Visits)-1].Log, in.Now = log.bytes(), in.Visits[len(in.Visits)-1].Start+int64(ms)/1000
			all, wrong := whole.score(score.AppendCase(nil, in))
			if wrong != 0 || !bytes.Equal(all, want) {
				t.Fatalf("case %d: going on gives %x, the whole log %x (%v)", i, want, all, fault.Code(-wrong))
			}
			more++
		}
	}
	t.Logf("%d signals counted one by one, %d times the whole had to be scored", more, stale)
	if more < 3000 || stale == 0 {
		t.Error("the inputs are not varied enough")
	}
}

// running is a log that both engines write.
type running struct {
	log     evidence.Log
	signals []evidence.Signal
	last    uint32
}

func (l *running) add(k evidence.Kind, ms uint32) {
	_ = l.log.Append(k, ms)
	l.signals, l.last = append(l.signals, evidence.Signal{Kind: k, Millis: ms}), ms
}

func (l *running) bytes() []byte { return bytes.Clone(l.log.Bytes()) }

// retrace writes the log in WASM as well.
func (e *built) retrace(l *running) {
	e.call("reset")
	for _, s := range l.signals {
		e.call("append", uint64(s.Kind), uint64(s.Millis))
	}
}

// goingOn is a case whose last visit is under way: asked for at its last signal.
func goingOn(r *rand.Rand) (*score.Input, *running) {
	in := &score.Input{Forms: profile.Forms(r.IntN(1 << profile.FormKinds))}
	in.Profile[profile.Role] = []byte("head of stock")
	start := int64(epoch)
	for range r.IntN(3) {
		in.Visits = append(in.Visits, evidence.Visit{Start: start, Log: randomLog(r).bytes})
		start += int64(r.IntN(1 << (1 + r.IntN(21))))
	}
	l := new(running)
	ms := uint32(0)
	for range r.IntN(40) {
		ms += uint32(r.IntN(1 << r.IntN(18)))
		l.add(evidence.Kind(1+r.IntN(39)), ms)
	}
	in.Visits = append(in.Visits, evidence.Visit{Start: start, Log: l.bytes()})
	in.Now, in.Said = start+int64(ms)/1000, start
	return in, l
}

// Many cases in one call give the heads of the scores that each has alone.
func TestABatchEqualsItsCases(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 13))
	e, n := open(t), new(native)
	refused := 0
	for range 300 {
		if m := randomModel(r); -int32(n.engine.Open(m)) != e.in("load", m) {
			t.Fatal("loading differs")
		}
		var packed, want []byte
		many := int32(0)
		for {
			c := randomCase(r)
			if len(packed)+2+len(c) > bufferBytes || len(c) < 12 && len(packed) > 0 {
				break
			}
			if len(c) < 12 {
				continue
			}
			packed = append(binary.LittleEndian.AppendUint16(packed, uint16(len(c))), c...)
			head := make([]byte, score.HeadBytes)
			if out, wrong := n.score(c); wrong == 0 {
				copy(head, out)
			} else {
				refused++
			}
			want = append(want, head...)
			many++
		}
		got := e.in("batch", packed)
		if got != many || !bytes.Equal(e.out(got*int32(score.HeadBytes)), want) {
			t.Fatalf("%d cases in one call give %d heads that differ from theirs alone", many, got)
		}
	}
	if refused == 0 {
		t.Error("no case was refused")
	}
}
