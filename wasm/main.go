// Package main is the engine as the browser runs it: package score behind a few
// functions that pass numbers and one exchange buffer of bytes. It imports
// nothing from its host. README.md describes the calls.
package main

//lint:file-ignore U1000 the host calls what go:wasmexport names

import (
	"unsafe"

	"assay/shared/evidence"
	"assay/shared/model"
	"assay/shared/score"
)

// bufferBytes holds a whole model, a case with a visitor's visits, or a result.
const bufferBytes = 32 << 10

var (
	buffer [bufferBytes]byte
	rules  [model.MaxBytes]byte // the loaded model, which the engine reads in place
	engine score.Engine
	log    evidence.Log
	now    score.Case
	result score.Result
)

// errLength is what a call with a length outside the buffer gives.
const errLength = -1

//go:wasmexport buffer
func exchange() unsafe.Pointer { return unsafe.Pointer(&buffer) }

//go:wasmexport load
func load(n int32) int32 {
	if n < 0 || n > model.MaxBytes {
		return errLength
	}
	copy(rules[:], buffer[:n])
	return -int32(engine.Open(rules[:n]))
}

//go:wasmexport reset
func reset() { log.Reset() }

//go:wasmexport append
func add(kind, millis uint32) int32 {
	if kind > uint32(evidence.MaxKind) {
		return -int32(evidence.ErrKind)
	}
	if c := log.Add(evidence.Kind(kind), millis); c != 0 {
		return -int32(c)
	}
	return int32(len(log.Bytes()))
}

//go:wasmexport log
func logged() unsafe.Pointer { return unsafe.Pointer(&log.Bytes()[0]) }

//go:wasmexport score
func rate(n int32) int32 {
	if n < 0 || n > bufferBytes {
		return errLength
	}
	if c := engine.Rate(&now, buffer[:n], &result); c != 0 {
		return -int32(c)
	}
	return int32(result.Put(buffer[:]))
}

//go:wasmexport signal
func more(kind, millis uint32) int32 {
	if n := add(kind, millis); n < 0 {
		return n
	}
	if c := engine.More(evidence.Kind(kind), millis, &result); c != 0 {
		return -int32(c)
	}
	return int32(result.Put(buffer[:]))
}

//go:wasmexport batch
func batch(n int32) int32 {
	if n < 0 || n > bufferBytes {
		return errLength
	}
	return score.Batch(&engine, &now, &result, buffer[:n])
}

func main() {}
