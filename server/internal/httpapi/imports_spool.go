package httpapi

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"time"
)

// spoolMemory is the longest body that is kept in memory.
const spoolMemory = 1 << 20

// spool reads a whole body, a long one into a file without a name, which is gone
// with the process or with Close, whichever comes first.
func spool(w http.ResponseWriter, r *http.Request) (io.ReadCloser, error) {
	tooLarge := problem(http.StatusRequestEntityTooLarge, "body_too_large", "A file has at most 1 GiB. Send it in parts, or use assay import.")
	if r.ContentLength > maxImport {
		return nil, tooLarge
	}
	body := &steady{http.MaxBytesReader(w, r.Body, maxImport), http.NewResponseController(w)}
	var head bytes.Buffer
	_, err := io.CopyN(&head, body, spoolMemory)
	if err == io.EOF {
		return io.NopCloser(&head), nil
	}
	if err != nil {
		return nil, err
	}
	file, err := os.CreateTemp("", "assay-import-*") // mode 0600
	if err != nil {
		return nil, err
	}
	_ = os.Remove(file.Name()) // where an open file keeps its name, Close cannot remove it either
	_, err = io.Copy(file, io.MultiReader(&head, body))
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		err = tooLarge
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// steady reads from a client that may take its time, but must send something.
type steady struct {
	io.Reader
	control *http.ResponseController
}

// Read implements io.Reader.
func (s *steady) Read(b []byte) (int, error) {
	if err := s.control.SetReadDeadline(time.Now().Add(stallTime)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, err
	}
	n, err := s.Reader.Read(b)
	return n, unread(err)
}
