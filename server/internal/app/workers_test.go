package app

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
)

// writes is a log that ends the work once it holds a line.
type writes struct {
	bytes.Buffer
	end func()
}

func (w *writes) Write(b []byte) (int, error) {
	defer w.end()
	return w.Buffer.Write(b)
}

// Without a store every round panics.
func TestAPanicEndsOneRoundOfTheWorkerAlone(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	log := &writes{end: cancel}
	a := &App{}
	if err := a.recoverOnce(ctx); err == nil || !strings.Contains(err.Error(), "workers.go") {
		t.Errorf("got %v, want an error with the stack", err)
	}
	a.log = slog.New(slog.NewTextHandler(log, nil))
	a.recoverTouches(ctx) // returns once its context is done
	if !strings.Contains(log.String(), "panic: ") {
		t.Errorf("logged %q", log)
	}
}
