package install

import (
	"net/url"
	"strings"
)

// allows reports whether one of a directive's sources stands for an address, as
// a page's browser reads them (CSP Level 3, 6.7.2.8).
func allows(sources []string, to, on *url.URL) bool {
	for _, s := range sources {
		if matches(strings.ToLower(s), s, to, on) {
			return true
		}
	}
	return false
}

// matches reports whether a source stands for an address; given is the source
// as it was written, since paths tell large letters from small ones.
func matches(source, given string, to, on *url.URL) bool {
	switch {
	case source == "*":
		return to.Scheme == "http" || to.Scheme == "https" || to.Scheme == on.Scheme
	case source == "'self'":
		return upgrades(on.Scheme, to.Scheme) && to.Hostname() == on.Hostname() && samePort(portOf(on), on.Scheme, to)
	case strings.HasPrefix(source, "'"):
		return false
	case strings.HasSuffix(source, ":") && !strings.Contains(source, "/"):
		return upgrades(strings.TrimSuffix(source, ":"), to.Scheme)
	}
	scheme, rest, ok := strings.Cut(source, "://")
	if !ok {
		scheme, rest = on.Scheme, source
	}
	host, _, _ := strings.Cut(rest, "/")
	path := given[len(given)-len(rest)+len(host):]
	host, port := splitPort(host)
	return upgrades(scheme, to.Scheme) && hostMatches(host, strings.ToLower(to.Hostname())) && portMatches(port, scheme, to) && pathMatches(path, to.Path)
}

// upgrades reports whether a source of a scheme stands for addresses of another:
// http for https, too.
func upgrades(source, to string) bool {
	return source == to || source == "http" && to == "https"
}

func splitPort(host string) (name, port string) {
	if i := strings.LastIndexByte(host, ':'); i > strings.LastIndexByte(host, ']') {
		host, port = host[:i], host[i+1:]
	}
	return strings.Trim(host, "[]"), port
}

func hostMatches(source, host string) bool {
	if source == "*" {
		return true
	}
	if suffix, wild := strings.CutPrefix(source, "*"); wild {
		return strings.HasPrefix(suffix, ".") && strings.HasSuffix(host, suffix) && len(host) > len(suffix)
	}
	return source == host
}

// portMatches compares a source's port, where it has one: without one it is that
// of the address's scheme.
func portMatches(port, scheme string, to *url.URL) bool {
	switch port {
	case "*":
		return true
	case "":
		return portOf(to) == defaultPort(to.Scheme)
	}
	return samePort(port, scheme, to)
}

// samePort reports whether an address has a port, or the one that takes its
// place when a page moves to https.
func samePort(port, scheme string, to *url.URL) bool {
	return port == portOf(to) || scheme == "http" && port == "80" && to.Scheme == "https" && portOf(to) == "443"
}

func portOf(u *url.URL) string {
	if port := u.Port(); port != "" {
		return port
	}
	return defaultPort(u.Scheme)
}

// pathMatches compares a source's path: one that ends in a slash stands for all
// below it.
func pathMatches(source, path string) bool {
	if source == "" || source == "/" {
		return true
	}
	if unescaped, err := url.PathUnescape(source); err == nil {
		source = unescaped
	}
	if strings.HasSuffix(source, "/") {
		return strings.HasPrefix(path, source)
	}
	return path == source
}
