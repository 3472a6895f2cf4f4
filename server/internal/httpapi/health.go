package httpapi

import (
	"context"
	"net/http"
	"time"
)

// readyWithin bounds how long the store may take to answer.
const readyWithin = time.Second

// healthz says that the process lives. It asks nobody: a store that is down is
// no reason to start the process again.
func (a *API) healthz(w http.ResponseWriter, _ *http.Request) error {
	return writeJSON(w, http.StatusOK, map[string]string{"status": "ok"})
}

// readyz says whether the server can serve, and if not, what is in the way.
func (a *API) readyz(w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), readyWithin)
	defer cancel()
	if reason := a.Ready(ctx); reason != "" {
		p := problem(http.StatusServiceUnavailable, "not_ready", "The server cannot serve at this moment.")
		p.Reason = reason
		return p.after(time.Second)
	}
	return writeJSON(w, http.StatusOK, map[string]string{"status": "ready"})
}
