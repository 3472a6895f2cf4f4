package httpapi

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"os"
	"strings"
	"time"
)

// MaxBody is the longest body of a call in bytes, but for imports.
const MaxBody = 64 << 10

// readBody reads a body of one of some media types, up to 64 KiB.
func readBody(w http.ResponseWriter, r *http.Request, types ...string) ([]byte, error) {
	given, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	ok := false
	for _, t := range types {
		ok = ok || err == nil && given == t
	}
	if !ok || r.Header.Get("Content-Encoding") != "" {
		return nil, problem(http.StatusUnsupportedMediaType, "unsupported_media_type", "Want an uncompressed body as "+strings.Join(types, " or ")+".")
	}
	if r.ContentLength > MaxBody {
		return nil, &http.MaxBytesError{Limit: MaxBody}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBody))
	return body, unread(err)
}

// unread gives why a body could not be read to its end: none of it is a fault of the
// server. Pages send again what a server has no time for, and nothing that is wrong,
// so that whoever is only slow loses nothing.
func unread(err error) error {
	var large *http.MaxBytesError
	switch {
	case err == nil, err == io.EOF, errors.As(err, &large):
		return err
	case errors.Is(err, os.ErrDeadlineExceeded):
		return problem(http.StatusServiceUnavailable, "body_late", "The body did not come in time. Nothing was changed; send it again.").after(time.Second)
	}
	return problem(http.StatusBadRequest, "body_unfinished", "The body broke off. Nothing was changed; send it again.")
}
