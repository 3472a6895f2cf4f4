package app_test

import (
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"assay/server/internal/apptest"
	"assay/server/internal/install"
	"assay/web"
)

func TestAPagePinnedToAnEarlierVersionGoesOnLoadingIt(t *testing.T) {
	s := apptest.Start(t)
	folder := filepath.Join(s.Config.DataDir, "scripts")
	kept, err := os.ReadDir(folder)
	imported, _ := fs.Glob(web.Dist(), "engine/*.js")
	if err != nil || len(imported) == 0 || len(kept) != 1+len(imported) {
		t.Fatalf("kept %v, %v, want the script and the %d that it imports", kept, err, len(imported))
	}
	s.Stop()
	earlier := install.NewScript([]byte("console.log('earlier')"))
	for name, text := range map[string]string{earlier.Hash + ".js": "console.log('earlier')", "0123456789abcdef.js": "console.log('another')"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s.Restart()
	if got := s.Client().Get(earlier.Path()).Want(http.StatusOK); string(got.Body) != "console.log('earlier')" {
		t.Errorf("got %s", got.Body)
	}
	if got := s.Client().Get("/engine/" + earlier.Hash[:8] + ".js").Want(http.StatusOK); string(got.Body) != "console.log('earlier')" {
		t.Errorf("imported %s", got.Body)
	}
	s.Client().Get("/assay/" + kept[0].Name()).Want(http.StatusOK)
	s.Client().Get("/assay/0123456789abcdef.js").Refused(http.StatusNotFound, "not_found")
}
