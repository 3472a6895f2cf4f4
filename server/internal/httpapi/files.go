package httpapi

import (
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// contentTypes are those of all files that the web build makes.
var contentTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
	".svg": "image/svg+xml", ".wasm": "application/wasm", ".csv": "text/csv; charset=utf-8", ".json": "application/json",
	".png": "image/png", ".ico": "image/x-icon", ".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8",
	".webmanifest": "application/manifest+json", ".map": "application/json", ".pdf": "application/pdf",
}

// loadFiles reads the web build into memory, by path.
func loadFiles(dist fs.FS) (map[string]*asset, error) {
	files := map[string]*asset{}
	err := fs.WalkDir(dist, ".", func(name string, d fs.DirEntry, err error) error {
		kind := contentTypes[path.Ext(name)]
		if err != nil || d.IsDir() || kind == "" { // twins come with their files
			return err
		}
		plain, err := fs.ReadFile(dist, name)
		if err != nil {
			return fmt.Errorf("web build: %w", err)
		}
		cache := revalidate
		if strings.HasPrefix(name, "engine/") {
			cache = immutable
		}
		br, _ := fs.ReadFile(dist, name+".br") // tiny files have no twins
		gz, _ := fs.ReadFile(dist, name+".gz")
		files[name] = newAsset(kind, cache, plain, br, gz)
		return nil
	})
	return files, err
}

// engineOf gives the address of the engine in the web build, or "" without one.
func engineOf(files map[string]*asset) string {
	for name := range files {
		if strings.HasPrefix(name, "engine/") && path.Ext(name) == ".wasm" {
			return "/" + name
		}
	}
	return ""
}

// file serves one file of the web build.
func (a *API) file(w http.ResponseWriter, r *http.Request, name string) error {
	f := a.files[name]
	if f == nil {
		return notFound()
	}
	f.serve(w, r)
	return nil
}

// shared serves files that pages of other sites load.
func (a *API) shared(w http.ResponseWriter, r *http.Request) error {
	crossOrigin(w)
	w.Header().Set("Access-Control-Allow-Origin", "*")
	return a.file(w, r, strings.TrimPrefix(r.URL.Path, "/"))
}

func (a *API) static(w http.ResponseWriter, r *http.Request) error {
	return a.file(w, r, strings.TrimPrefix(r.URL.Path, "/"))
}

func notFound() *Problem {
	return problem(http.StatusNotFound, "not_found", "There is nothing at this address.")
}
