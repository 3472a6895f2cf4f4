package auth

import (
	"slices"
	"strings"
)

// BareOrigin gives an origin as browsers send it: without the port that its
// scheme has anyway.
func BareOrigin(origin string) string {
	switch scheme, host, _ := strings.Cut(origin, "://"); scheme {
	case "http":
		return scheme + "://" + strings.TrimSuffix(host, ":80")
	case "https":
		return scheme + "://" + strings.TrimSuffix(host, ":443")
	}
	return origin
}

// AllowsOrigin reports whether a browser's Origin is in a list. Entries are
// exact, but that a default port may be written, and that one such as
// "http://localhost:*" stands for this machine by its three names (localhost,
// 127.0.0.1, [::1]) at any port.
func AllowsOrigin(allowed []string, origin string) bool {
	if origin == "" || strings.HasSuffix(origin, ":*") { // no port of any browser
		return false
	}
	if slices.ContainsFunc(allowed, func(a string) bool { return BareOrigin(a) == origin }) {
		return true
	}
	scheme, _, ok := localOrigin(origin)
	return ok && slices.Contains(allowed, scheme+"://localhost:*")
}

// OwnOrigins gives the origins of our own screens: that of the public address,
// and where this was not set but follows from a loopback listener, this
// machine's other names at that port.
func OwnOrigins(public string, follows bool) []string {
	public = BareOrigin(public)
	own := []string{public}
	scheme, port, local := localOrigin(public)
	if !follows || !local {
		return own
	}
	for _, host := range localNames {
		if origin := scheme + "://" + host + port; origin != public {
			own = append(own, origin)
		}
	}
	return own
}

var localNames = []string{"localhost", "127.0.0.1", "[::1]"}

// localOrigin takes apart an origin on this machine; the port has its colon, or
// is empty. ok is false for all others, and for what is not exactly an origin.
func localOrigin(origin string) (scheme, port string, ok bool) {
	scheme, host, ok := strings.Cut(origin, "://")
	if !ok || scheme != "http" && scheme != "https" {
		return "", "", false
	}
	for _, name := range localNames {
		port, found := strings.CutPrefix(host, name)
		if found && (port == "" || isPort(port)) {
			return scheme, port, true
		}
	}
	return "", "", false
}

// isPort reports whether a text is ":" and one to five digits.
func isPort(s string) bool {
	if len(s) < 2 || len(s) > 6 || s[0] != ':' {
		return false
	}
	return strings.Trim(s[1:], "0123456789") == ""
}
