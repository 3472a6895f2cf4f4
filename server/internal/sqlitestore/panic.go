package sqlitestore

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// PanicError is a panic of a unit of work. Its writes were taken back.
type PanicError struct {
	Value any
	Stack []byte
}

// Error names the fault if the runtime found it. Other values are shown by
// their type alone, since they might hold contact data.
func (e *PanicError) Error() string {
	if err, ok := e.Value.(runtime.Error); ok {
		return "sqlitestore: unit of work panicked: " + err.Error()
	}
	return fmt.Sprintf("sqlitestore: unit of work panicked with %T", e.Value)
}

// call runs a job. A fault of the database that its function swallowed is its
// result all the same, since some of its writes are missing.
func call(j *job, t *tx) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &PanicError{Value: v, Stack: debug.Stack()}
		}
	}()
	if err := j.fn(t); err != nil {
		return err
	}
	if t.err != nil {
		return t.err
	}
	return t.flush()
}
