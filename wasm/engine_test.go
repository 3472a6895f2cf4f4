package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"assay/shared/fault"
	"assay/shared/score"
)

// built is the engine as the browser runs it, under wazero.
type built struct {
	t      testing.TB
	ctx    context.Context
	mod    api.Module
	buffer uint32
}

// open instantiates the committed engine, or the one that ASSAY_ENGINE names,
// without any import.
func open(t testing.TB) *built {
	t.Helper()
	path := os.Getenv("ASSAY_ENGINE")
	if path == "" {
		path = "assay.wasm"
	}
	code, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	r := wazero.NewRuntime(ctx)
	t.Cleanup(func() { _ = r.Close(ctx) })
	mod, err := r.InstantiateWithConfig(ctx, code, wazero.NewModuleConfig().WithStartFunctions("_initialize"))
	if err != nil {
		t.Fatal(err)
	}
	e := &built{t: t, ctx: ctx, mod: mod}
	e.buffer = uint32(e.call("buffer"))
	return e
}

func (e *built) call(name string, args ...uint64) int32 {
	out, err := e.mod.ExportedFunction(name).Call(e.ctx, args...)
	if err != nil {
		e.t.Fatalf("%s: %v", name, err)
	}
	if len(out) == 0 {
		return 0
	}
	return int32(out[0])
}

// in writes bytes to the exchange buffer and calls a function with their length.
func (e *built) in(name string, b []byte) int32 {
	if !e.mod.Memory().Write(e.buffer, b) {
		e.t.Fatalf("%d bytes do not fit the memory", len(b))
	}
	return e.call(name, uint64(len(b)))
}

func (e *built) out(n int32) []byte {
	b, ok := e.mod.Memory().Read(e.buffer, uint32(n))
	if !ok {
		e.t.Fatalf("%d bytes are not in the memory", n)
	}
	return b
}

// native does what the engine's score call does, without WASM.
type native struct {
	engine score.Engine
	c      score.Case
	result score.Result
	buf    [score.MaxResultBytes]byte
}

func (n *native) score(encoded []byte) ([]byte, int32) {
	return n.put(n.engine.Rate(&n.c, encoded, &n.result))
}

func (n *native) put(c fault.Code) ([]byte, int32) {
	if c != 0 {
		return nil, -int32(c)
	}
	return n.buf[:n.result.Put(n.buf[:])], 0
}

func TestEngineImportsNothingAndExportsItsABI(t *testing.T) {
	e := open(t)
	for _, name := range []string{"buffer", "load", "reset", "append", "log", "score", "signal", "batch"} {
		if e.mod.ExportedFunction(name) == nil {
			t.Errorf("no export %q", name)
		}
	}
}

func TestVectorsUnderWazero(t *testing.T) {
	raw, err := os.ReadFile("../shared/score/testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	type scored struct{ Result string }
	var file struct {
		Models  map[string][]byte
		Vectors []struct {
			scored
			Name, Model string
			Case        []byte
			Then        []struct {
				scored
				Code, MS uint32
			}
		}
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Vectors) < 30 {
		t.Fatalf("only %d vectors", len(file.Vectors))
	}
	e := open(t)
	for _, v := range file.Vectors {
		if got := e.in("load", file.Models[v.Model]); got != 0 {
			t.Fatalf("%s: load: %v", v.Model, fault.Code(-got))
		}
		e.call("reset")
		e.equal(v.Name, e.in("score", v.Case), v.Result)
		for _, n := range v.Then {
			e.equal(v.Name, e.call("signal", uint64(n.Code), uint64(n.MS)), n.Result)
		}
	}
}

// equal holds an answer of the engine to a result in hex.
func (e *built) equal(name string, n int32, want string) {
	e.t.Helper()
	if n < 0 {
		e.t.Errorf("%s: %v", name, fault.Code(-n))
	} else if got := hex.EncodeToString(e.out(n)); got != want {
		e.t.Errorf("%s: %s, want %s", name, got, want)
	}
}

// parityCases is how many random inputs the two engines are held to: 100,000, or
// what ASSAY_CASES says.
func parityCases(t *testing.T) int {
	text := os.Getenv("ASSAY_CASES")
	if text == "" {
		return 100_000
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1000 {
		t.Fatalf("ASSAY_CASES=%s: want a number of 1000 or more", text)
	}
	return n
}

func TestRandomInputsGiveEqualBytes(t *testing.T) {
	seed, cases := uint64(20261122), parityCases(t)
	r := rand.New(rand.NewPCG(seed, 1))
	e, n := open(t), new(native)
	counted, memory := map[string]int{}, e.mod.Memory().Size()
	for i := 0; i < cases; i++ {
		if i%20 == 0 {
			m := randomModel(r)
			want, got := -int32(n.engine.Open(m)), e.in("load", m)
			if want != got {
				t.Fatalf("seed %d, case %d: loading gives %d natively, %d in WASM\nmodel %s", seed, i, want, got, base64.StdEncoding.EncodeToString(m))
			}
			counted[fmt.Sprintf("load %d", want)]++
		}
		c := randomCase(r)
		want, fail := n.score(c)
		got := e.in("score", c)
		switch {
		case fail != 0 || got < 0:
			if fail != got {
				t.Fatalf("seed %d, case %d: native %d, WASM %d\n%x", seed, i, fail, got, c)
			}
			counted["refused"]++
		case !bytes.Equal(want, e.out(got)):
			t.Fatalf("seed %d, case %d: native %x, WASM %x\n%x", seed, i, want, e.out(got), c)
		default:
			counted["scored"]++
			counted["band "+score.Band(want[5]).String()]++
		}
	}
	t.Logf("%d cases, no difference, %d KiB of memory before and after: %v", cases, memory>>10, counted)
	if after := e.mod.Memory().Size(); after != memory {
		t.Errorf("memory grew from %d to %d bytes", memory, after)
	}
	if counted["scored"] < cases*8/10 || counted["band hot"] == 0 || counted["band warm"] == 0 || counted["refused"] == 0 {
		t.Errorf("the inputs are not varied enough: %v", counted)
	}
}

func TestRunningLogEqualsTheGoEncoder(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	e := open(t)
	for range 200 {
		e.call("reset")
		log, n := randomLog(r), int32(1)
		for _, s := range log.signals {
			n = e.call("append", uint64(s.Kind), uint64(s.Millis))
		}
		got, _ := e.mod.Memory().Read(uint32(e.call("log")), uint32(n))
		if !bytes.Equal(got, log.bytes) {
			t.Fatalf("WASM wrote %x, Go %x", got, log.bytes)
		}
	}
	if got := e.call("append", 64, 0); got != -5 {
		t.Errorf("kind 64 gave %d, want -5", got)
	}
	if got := e.call("append", 1, 86400001); got != -7 {
		t.Errorf("a time over 24 hours gave %d, want -7", got)
	}
}

func TestLengthsOutsideTheBufferAreRefused(t *testing.T) {
	e := open(t)
	for _, name := range []string{"load", "score", "batch"} {
		for _, n := range []int32{-1, 1 << 20} {
			if got := e.call(name, uint64(uint32(n))); got != errLength {
				t.Errorf("%s(%d) gave %d", name, n, got)
			}
		}
	}
	if got := e.call("score", 0); got != -43 {
		t.Errorf("an empty case gave %d", got)
	}
}
