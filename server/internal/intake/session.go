package intake

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// session is what a boot answer signs: who may gather evidence since when.
type session struct {
	ID      string `json:"i"`
	Site    string `json:"k"`
	Visitor string `json:"v,omitempty"`
	Start   int64  `json:"s"` // unix seconds, rounded down
}

// MaxToken is the longest a signed session's text may be, in bytes.
const MaxToken = 512

const (
	gather      = 24 * time.Hour     // a session gathers evidence so long
	deliver     = 7 * 24 * time.Hour // and it is accepted so long after
	tokenPrefix = "assay session v1\x00"
)

// sign gives the session's token: its JSON and a MAC of 128 bits.
func sign(key []byte, s session) string {
	b, _ := json.Marshal(s) // strings and an integer cannot fail
	payload := base64.RawURLEncoding.EncodeToString(b)
	return payload + "." + base64.RawURLEncoding.EncodeToString(mac(key, payload))
}

func mac(key []byte, payload string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(tokenPrefix + payload))
	return h.Sum(nil)[:16]
}

// verify reads a token that this server, or one with its keys, signed for the
// site. It gives a finding other than plausible when it cannot be believed.
func verify(key []byte, token, site, visitor string, now time.Time) (s session, found finding) {
	payload, tag, ok := strings.Cut(token, ".")
	sum, err := base64.RawURLEncoding.DecodeString(tag)
	if !ok || len(token) > MaxToken || err != nil || !hmac.Equal(sum, mac(key, payload)) {
		return session{}, sessionInvalid
	}
	b, err := base64.RawURLEncoding.DecodeString(payload)
	if err != nil || json.Unmarshal(b, &s) != nil || s.Site != site {
		return session{}, sessionInvalid
	}
	if s.Visitor != "" && s.Visitor != visitor {
		return session{}, sessionOfAnotherVisitor
	}
	switch age := now.Sub(time.Unix(s.Start, 0)); {
	case age > gather+deliver:
		return session{}, sessionExpired
	case age < -clockSlack:
		return session{}, sessionAhead
	}
	return s, plausible
}

// Signed reports whether a submission has evidence in a session that can be
// believed. One that has none will be unverified, however it is judged.
func (s *Service) Signed(site Site, sub *Submission) bool {
	now := s.now()
	return site.allows(sub) && !sub.Objected && slices.ContainsFunc(sub.Visits, func(v RawVisit) bool {
		_, found := verify(s.keys.Session, v.Session, site.Key, sub.Visitor, now)
		return found == plausible
	})
}
