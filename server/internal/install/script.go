package install

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"html"
	"strings"
)

// Addresses of the page's script.
const (
	Rolling = "/assay.js" // whatever this server has
	pinned  = "/assay/"   // followed by HASH.js
)

// Script is one version of the page's script.
type Script struct {
	Hash      string // names the version
	Integrity string // as a tag's integrity has it
	bytes     []byte
}

// NewScript names a version by its content.
func NewScript(b []byte) *Script {
	name, sum := sha256.Sum256(b), sha512.Sum384(b)
	return &Script{hex.EncodeToString(name[:8]), "sha384-" + base64.StdEncoding.EncodeToString(sum[:]), b}
}

// Path is where the version is served, for as long as the server has it.
func (s *Script) Path() string { return pinned + s.Hash + ".js" }

// Tags are what a customer pastes into a page.
type Tags struct {
	Site      string `json:"site"`
	Tag       string `json:"tag"`        // with the rolling address
	PinnedTag string `json:"pinned_tag"` // of one version, with its hash
	ScriptURL string `json:"script_url"`
	PinnedURL string `json:"pinned_url"`
	Integrity string `json:"integrity"`
}

// Tags gives the tags of a site.
func (c *Checker) Tags(site string) Tags {
	t := Tags{Site: site, Integrity: c.script.Integrity,
		ScriptURL: c.public.JoinPath(Rolling).String(), PinnedURL: c.public.JoinPath(c.script.Path()).String()}
	key := `" data-site="` + html.EscapeString(site) + `"`
	t.Tag = `<script src="` + t.ScriptURL + key + ` async></script>`
	t.PinnedTag = `<script src="` + t.PinnedURL + key + ` integrity="` + t.Integrity + `" crossorigin="anonymous" async></script>`
	return t
}

// fits reports whether a browser takes the script under an integrity: of the
// strongest kind of hash in it, one must be the script's (W3C SRI, 3.3.4). Kinds
// that nobody knows do not count, and without any other everything is taken.
func (s *Script) fits(integrity string) bool {
	sum256, sum384, sum512 := sha256.Sum256(s.bytes), sha512.Sum384(s.bytes), sha512.Sum512(s.bytes)
	kinds := []struct {
		prefix string
		sum    []byte
	}{{"sha512-", sum512[:]}, {"sha384-", sum384[:]}, {"sha256-", sum256[:]}}
	for _, k := range kinds {
		known := false
		for hash := range strings.FieldsSeq(integrity) {
			value, is := strings.CutPrefix(hash, k.prefix)
			value, _, _ = strings.Cut(value, "?")
			if is && value == base64.StdEncoding.EncodeToString(k.sum) {
				return true
			}
			known = known || is
		}
		if known {
			return false
		}
	}
	return true
}
