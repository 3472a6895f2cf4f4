package httpapi

import (
	"net/http"
	"net/netip"
	"strings"
)

// client gives the address that a request comes from. A peer on this machine or
// in a private network may be a proxy: where the operator trusts it, the client
// is the last address in X-Forwarded-For that is none of such a proxy itself.
// The header of any other peer is worth nothing.
func (a *API) client(r *http.Request) netip.Addr {
	peer := peerOf(r)
	if !near(peer) {
		return peer
	}
	chain := r.Header.Values("X-Forwarded-For")
	if len(chain) == 0 {
		return peer
	}
	if !a.TrustProxy {
		a.untrusted.Do(func() {
			a.log.Warn("a proxy forwards requests and is not trusted: visitors behind it are not told apart, and no rate limit holds them; set -trust-proxy")
		})
		return peer
	}
	return lastFar(strings.Join(chain, ","), peer)
}

// lastFar gives the last address in a list of addresses that is not near, and
// otherwise the fallback. What is no address ends the search: whoever wrote it
// may have written all before it.
func lastFar(list string, fallback netip.Addr) netip.Addr {
	for list != "" {
		cut := strings.LastIndexByte(list, ',')
		addr, err := netip.ParseAddr(strings.TrimSpace(list[cut+1:]))
		if err != nil {
			break
		}
		if addr = addr.Unmap().WithZone(""); !near(addr) {
			return addr
		}
		list = list[:max(cut, 0)]
	}
	return fallback
}

// near reports whether an address is of this machine or a private network.
func near(addr netip.Addr) bool {
	return addr.IsLoopback() || addr.IsPrivate() || addr.IsLinkLocalUnicast()
}
