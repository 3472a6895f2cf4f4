package sqlitestore

import (
	"testing"

	"assay/server/internal/storetest"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// open gives an empty store that the test's end closes.
func open(t testing.TB, o Options) *Store {
	t.Helper()
	return openIn(t, t.TempDir(), o)
}

func openIn(t testing.TB, dir string, o Options) *Store {
	t.Helper()
	s, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Store { return open(t, Options{}) }, storetest.Atomic)
}

// Every group of units has a step that puts in order what was written.
func TestStoreWhileItIsPutInOrder(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Store { return open(t, Options{pace: tidied(1, 1, 2)}) }, storetest.Atomic)
}

// tidied is the usual pace with other limits for what waits to be put in order.
func tidied(names, leads, rows int) pace {
	p := usual
	p.tidy = tidyLimits{names: names, leads: leads, rows: rows}
	return p
}
