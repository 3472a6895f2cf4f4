package app_test

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"testing"

	"assay/server/internal/app"
	"assay/server/internal/apptest"
)

// It once made new keys, and from then on everybody known was a stranger.
func TestAStoreIsNotServedWithoutTheKeysThatItWasMadeWith(t *testing.T) {
	s := apptest.Start(t)
	s.Stop()
	if err := os.Remove(s.Config.KeyFile); err != nil {
		t.Fatal(err)
	}
	a, err := app.Open(t.Context(), &s.Config, slog.New(slog.DiscardHandler))
	if err == nil {
		a.Close()
	}
	if err == nil || !strings.Contains(err.Error(), "-keys") {
		t.Errorf("opened with %v", err)
	}
	if _, err := os.Stat(s.Config.KeyFile); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a key file was made: %v", err)
	}
}
