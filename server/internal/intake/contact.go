package intake

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
	"time"

	"assay/server/internal/lead"
)

// contact is who a touch belongs to.
type contact struct {
	known   *lead.Lead // the person's own record, if there is one
	browser *lead.Lead // somebody else's record, tied to the same browser
	mail    string     // identity of the mail address, or empty
	visitor string     // identity of the browser, or empty
}

// find reads who a touch belongs to. A browser that is tied to another mail
// address says nothing of the person: the touch then starts a fresh contact.
func (s *Service) find(tx lead.Tx, t *lead.Touch) (*contact, error) {
	mail := strings.ToLower(strings.TrimSpace(t.Profile["email"]))
	who := &contact{mail: s.MailIdentity(t.Site, mail), visitor: s.identity(t.Site, "visitor", t.Visitor)}
	var err error
	if who.known, err = byIdentity(tx, who.mail); err != nil {
		return nil, err
	}
	other, err := byIdentity(tx, who.visitor)
	if err != nil || other == nil || who.known != nil && other.ID == who.known.ID {
		return who, err
	}
	theirs := strings.ToLower(strings.TrimSpace(other.Profile["email"]))
	if who.known == nil && (theirs == "" || mail == "" || theirs == mail) {
		who.known = other
	} else {
		who.browser = other
	}
	return who, nil
}

// MailIdentity gives the identity that a mail address has in a site.
func (s *Service) MailIdentity(site, email string) string {
	return s.identity(site, "mail", strings.ToLower(strings.TrimSpace(email)))
}

// identity hashes something that stands for a person, or gives "" for nothing.
func (s *Service) identity(site, kind, value string) string {
	if value == "" {
		return ""
	}
	h := hmac.New(sha256.New, s.keys.Identity)
	h.Write([]byte(site + "\x00" + kind + "\x00" + value))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:18])
}

func byIdentity(tx lead.Tx, hash string) (*lead.Lead, error) {
	if hash == "" {
		return nil, nil
	}
	id, err := tx.Identity(hash)
	if err != nil || id == "" {
		return nil, err
	}
	return load(tx, id)
}

// load reads a lead; one whose identity was claimed but which was not written
// yet is nil.
func load(tx lead.Tx, id string) (*lead.Lead, error) {
	l, err := tx.Lead(id)
	if errors.Is(err, lead.ErrNotFound) {
		return nil, nil
	}
	return l, err
}

// lead gives the touch's lead, a new one under a claimed identity if need be.
func (s *Service) lead(tx lead.Tx, t *lead.Touch, who *contact, now time.Time) (*lead.Lead, error) {
	l, id := who.known, s.newID()
	if l != nil {
		id = l.ID
	}
	if who.mail != "" {
		owner, err := tx.ClaimIdentity(who.mail, id)
		if err != nil {
			return nil, err
		}
		if owner != id {
			id = owner
			if l, err = load(tx, id); err != nil {
				return nil, err
			}
		}
	}
	if who.visitor != "" && who.browser == nil && t.Verdict != lead.Suspect {
		if _, err := tx.ClaimIdentity(who.visitor, id); err != nil {
			return nil, err
		}
	}
	if l == nil {
		l = lead.New(t.Site, id, now)
	}
	return l, nil
}
