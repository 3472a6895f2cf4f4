package config

import (
	"bytes"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

func TestKeysAreMadeOnceAndPrivate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "keys.json")
	var got [8]*Keys
	var wg sync.WaitGroup
	for i := range got {
		wg.Go(func() {
			var err error
			if got[i], err = LoadKeys(path); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, k := range got {
		if k == nil || !bytes.Equal(k.Session, got[0].Session) || !bytes.Equal(k.Identity, got[0].Identity) {
			t.Fatal("servers that started together have different keys")
		}
	}
	if bytes.Equal(got[0].Session, got[0].Identity) {
		t.Error("both keys are the same")
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*")); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

func TestBrokenKeyFileIsNotReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	for _, text := range []string{"", "{}", `{"session":"AAAA","identity":"AAAA"}`, "keys"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadKeys(path); err == nil {
			t.Errorf("%q: accepted", text)
		}
		if b, _ := os.ReadFile(path); string(b) != text {
			t.Errorf("%q: replaced", text)
		}
	}
}
