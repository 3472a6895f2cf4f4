package httpapi

import (
	"net/http"
	"net/netip"
)

// metrics shows what the server counts: to programs on this machine, unless the
// operator opened it to everybody. A request that a proxy forwarded comes from
// elsewhere, whatever its connection says.
func (a *API) metrics(w http.ResponseWriter, r *http.Request) error {
	if peer := peerOf(r); !a.MetricsPublic && (!peer.IsLoopback() || forwarded(r)) {
		return forbidden("Metrics are for programs on the server's own machine. Its operator can open them: -metrics public.")
	}
	w.Header().Set("Cache-Control", "no-store")
	a.Metrics.ServeHTTP(w, r)
	return nil
}

// forwarded reports whether a proxy says that the request is somebody else's.
func forwarded(r *http.Request) bool {
	for _, name := range []string{"X-Forwarded-For", "Forwarded", "X-Real-Ip", "Via"} {
		if r.Header.Get(name) != "" {
			return true
		}
	}
	return false
}

// peerOf gives the address of the connection, or an invalid one that is no
// loopback and no private address.
func peerOf(r *http.Request) netip.Addr {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return at.Addr().Unmap().WithZone("")
}
