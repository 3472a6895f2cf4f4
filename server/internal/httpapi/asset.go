package httpapi

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
)

// Cache rules of assets.
const (
	immutable  = "public, max-age=31536000, immutable" // named by its content
	revalidate = "public, no-cache"                    // asked for again each time, by its tag
)

// asset is a body with its compressed twins.
type asset struct {
	contentType string
	cache       string
	bodies      []body // the one preferred first, the plain one last
}

type body struct {
	coding string // empty for the plain one
	bytes  []byte
	tag    string
}

// newAsset makes an asset; an empty twin is one that does not exist.
func newAsset(contentType, cache string, plain, br, gz []byte) *asset {
	sum := sha256.Sum256(plain)
	tag := hex.EncodeToString(sum[:8])
	a := &asset{contentType: contentType, cache: cache}
	if len(br) > 0 {
		a.bodies = append(a.bodies, body{"br", br, `"` + tag + `-br"`})
	}
	if len(gz) > 0 {
		a.bodies = append(a.bodies, body{"gzip", gz, `"` + tag + `-gz"`})
	}
	a.bodies = append(a.bodies, body{"", plain, `"` + tag + `"`})
	return a
}

// pick gives the body that the client wants most; of equal ones the smallest.
func (a *asset) pick(accept string) body {
	best, most := a.bodies[len(a.bodies)-1], 0
	for _, b := range a.bodies[:len(a.bodies)-1] {
		if w := weightOf(accept, b.coding); w > most {
			best, most = b, w
		}
	}
	return best
}

// serve writes the asset, or says that the client has it already.
func (a *asset) serve(w http.ResponseWriter, r *http.Request) {
	b := a.pick(r.Header.Get("Accept-Encoding"))
	h := w.Header()
	h.Set("Cache-Control", a.cache)
	h.Set("ETag", b.tag)
	if holds(r.Header.Get("If-None-Match"), b.tag) {
		a.describe(h)
		w.WriteHeader(http.StatusNotModified)
		return
	}
	a.write(w, r, b, http.StatusOK)
}

// stand writes the asset in place of what was asked for, under the status that
// says why. Nobody keeps it.
func (a *asset) stand(w http.ResponseWriter, r *http.Request, status int) {
	w.Header().Set("Cache-Control", "no-store")
	a.write(w, r, a.pick(r.Header.Get("Accept-Encoding")), status)
}

func (a *asset) describe(h http.Header) {
	h.Set("Content-Type", a.contentType)
	if len(a.bodies) > 1 {
		h.Add("Vary", "Accept-Encoding")
	}
}

func (a *asset) write(w http.ResponseWriter, r *http.Request, b body, status int) {
	h := w.Header()
	a.describe(h)
	if b.coding != "" {
		h.Set("Content-Encoding", b.coding)
	}
	h.Set("Content-Length", strconv.Itoa(len(b.bytes)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(b.bytes)
	}
}

// holds reports whether an If-None-Match names a tag. Proxies may have made it
// weak, which is good enough to keep a copy.
func holds(header, tag string) bool {
	for t := range strings.SplitSeq(header, ",") {
		t = strings.TrimPrefix(strings.TrimSpace(t), "W/")
		if t == tag || t == "*" {
			return true
		}
	}
	return false
}
