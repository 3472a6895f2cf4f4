package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"assay/server/internal/install"
)

// maxScripts bounds how many versions of the page's script and of what it imports are
// kept, the newest.
const maxScripts = 200

// keepScripts keeps in a folder the script that this server was built with, and what
// that imports, and gives all that are there: pages that are pinned to an earlier one,
// or were open during an update, go on loading it. A file that is not what its name
// says is left out.
func keepScripts(folder string, current ...[]byte) (kept [][]byte, err error) {
	if len(current[0]) == 0 {
		return nil, nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("keep the page's script: %w", err)
	}
	for _, script := range current {
		name := filepath.Join(folder, install.NewScript(script).Hash+".js")
		if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
			if err := writeWhole(name, script); err != nil {
				return nil, fmt.Errorf("keep the page's script: %w", err)
			}
		}
		// What this version still imports is new, however old it is.
		if err := os.Chtimes(name, time.Now(), time.Now()); err != nil {
			return nil, fmt.Errorf("keep the page's script: %w", err)
		}
	}
	files, err := newestFirst(folder)
	if err != nil {
		return nil, fmt.Errorf("read earlier versions of the page's script: %w", err)
	}
	for _, file := range files[:min(len(files), maxScripts)] {
		b, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("read earlier versions of the page's script: %w", err)
		}
		if install.NewScript(b).Hash+".js" == filepath.Base(file) {
			kept = append(kept, b)
		}
	}
	return kept, nil
}

// writeWhole writes a file that is never seen half.
func writeWhole(name string, b []byte) error {
	half := name + ".new"
	if err := os.WriteFile(half, b, 0o600); err != nil {
		return err
	}
	return os.Rename(half, name)
}

// newestFirst lists the scripts in a folder.
func newestFirst(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var files []fs.FileInfo
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			return nil, err
		}
		if filepath.Ext(e.Name()) == ".js" {
			files = append(files, info)
		}
	}
	slices.SortFunc(files, func(a, b fs.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	var names []string
	for _, f := range files {
		names = append(names, filepath.Join(folder, f.Name()))
	}
	return names, nil
}
