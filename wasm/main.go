// Package main is the engine as the browser runs it: package score behind a few
// functions that pass numbers and one exchange buffer of bytes. It imports
// nothing from its host. README.md describes the calls.
package main

//lint:file-ignore U1000 the host calls what go:wasmexport names

import (
	"unsafe"

	"assay/shared/evidence"
	"assay/shared/fault"
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
	return code(engine.Load(rules[:n]))
}

//go:wasmexport reset
func reset() { log.Reset() }

//go:wasmexport append
func add(kind, millis uint32) int32 {
	if kind > uint32(evidence.MaxKind) {
		return code(evidence.ErrKind)
	}
	if err := log.Append(evidence.Kind(kind), millis); err != nil {
		return code(err)
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
	if err := now.Decode(buffer[:n]); err != nil {
		return code(err)
	}
	if err := engine.Score(&now.Input, &result); err != nil {
		return code(err)
	}
	return int32(result.Put(buffer[:]))
}

// code turns an error of the engine's packages into a number below zero.
func code(err error) int32 {
	if err == nil {
		return 0
	}
	if c, ok := err.(fault.Code); ok {
		return -int32(c)
	}
	return errLength
}

func main() {}
