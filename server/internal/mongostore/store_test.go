package mongostore

import (
	"context"
	"testing"

	"assay/server/internal/mongotest"
	"assay/server/internal/storetest"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var bg = context.Background()

// open gives a store over a database, which the test's end closes.
func open(t testing.TB, uri string) *Store {
	t.Helper()
	s, err := Open(bg, Options{URI: uri})
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
	storetest.Run(t, func(t *testing.T) storetest.Store { return open(t, mongotest.Start(t).URI("suite")) })
}

func TestStoreOnRealMongoDB(t *testing.T) {
	mongotest.NeedsReal(t)
	storetest.Run(t, func(t *testing.T) storetest.Store { return open(t, mongotest.Real(t)) })
}
