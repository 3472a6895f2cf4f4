package httpapi

import "net/http"

// recorder notes what was answered.
type recorder struct {
	http.ResponseWriter
	status int   // 0 until the answer has begun
	bytes  int64 // of the body
}

// WriteHeader implements http.ResponseWriter.
func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += int64(n)
	return n, err
}

// Unwrap serves http.ResponseController.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// outcome gives the status once the handler is done: one that wrote nothing has
// answered 200.
func (r *recorder) outcome() int {
	if r.status == 0 {
		return http.StatusOK
	}
	return r.status
}
