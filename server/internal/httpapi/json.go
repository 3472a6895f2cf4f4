package httpapi

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"net/http"
	"strconv"
	"sync"
)

// writeJSON answers with a value, for this reader alone.
func writeJSON(w http.ResponseWriter, status int, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	writeBody(w, status, append(b, '\n'))
	return nil
}

func writeBody(w http.ResponseWriter, status int, b []byte) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Length", strconv.Itoa(len(b)))
	w.WriteHeader(status)
	_, _ = w.Write(b) // a client that is gone hears nothing
}

// gzippers are kept, since each holds much more than it writes here.
var gzippers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// writeCompressed answers like writeJSON, in gzip where the reader takes it.
// Only for answers without anything that others may put in and nobody may
// guess: compression tells such texts apart by length.
func writeCompressed(w http.ResponseWriter, r *http.Request, v any) error {
	if weightOf(r.Header.Get("Accept-Encoding"), "gzip") == 0 {
		w.Header().Add("Vary", "Accept-Encoding")
		return writeJSON(w, http.StatusOK, v)
	}
	var b bytes.Buffer
	zip := gzippers.Get().(*gzip.Writer)
	defer gzippers.Put(zip)
	zip.Reset(&b)
	if err := json.NewEncoder(zip).Encode(v); err != nil {
		return err
	}
	if err := zip.Close(); err != nil {
		return err
	}
	w.Header().Add("Vary", "Accept-Encoding")
	w.Header().Set("Content-Encoding", "gzip")
	writeBody(w, http.StatusOK, b.Bytes())
	return nil
}
