package auth

import (
	"net/url"
	"slices"
	"strings"
)

// AllowsOrigin reports whether a browser's Origin is in a list. Entries are
// exact, but that one such as "http://localhost:*" stands for this machine by
// its three names (localhost, 127.0.0.1, [::1]) at any port.
func AllowsOrigin(allowed []string, origin string) bool {
	if origin == "" || strings.HasSuffix(origin, ":*") { // no port of any browser
		return false
	}
	if slices.Contains(allowed, origin) {
		return true
	}
	scheme, ok := localScheme(origin)
	return ok && slices.Contains(allowed, scheme+"://localhost:*")
}

// OwnOrigins gives the origins of our own screens: that of the public address,
// and where this was not set but follows from a loopback listener, this
// machine's other names at that port.
func OwnOrigins(public string, follows bool) []string {
	own := []string{public}
	u, err := url.Parse(public)
	if _, local := localScheme(public); !follows || err != nil || !local || u.Port() == "" {
		return own
	}
	for _, host := range localNames {
		if origin := u.Scheme + "://" + host + ":" + u.Port(); origin != public {
			own = append(own, origin)
		}
	}
	return own
}

var localNames = []string{"localhost", "127.0.0.1", "[::1]"}

// localScheme gives the scheme of an origin on this machine; ok is false for
// all others, and for what is not exactly an origin.
func localScheme(origin string) (scheme string, ok bool) {
	scheme, host, ok := strings.Cut(origin, "://")
	if !ok || scheme != "http" && scheme != "https" {
		return "", false
	}
	for _, name := range localNames {
		port, found := strings.CutPrefix(host, name)
		if found && (port == "" || isPort(port)) {
			return scheme, true
		}
	}
	return "", false
}

// isPort reports whether a text is ":" and one to five digits.
func isPort(s string) bool {
	if len(s) < 2 || len(s) > 6 || s[0] != ':' {
		return false
	}
	return strings.Trim(s[1:], "0123456789") == ""
}
