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
	other   bool       // the browser is tied to somebody else
	mail    string     // identity of the mail address, or empty
	visitor string     // identity of the browser, or empty
	// sessions are the identities of the touch's visits, by session id; those
	// in foreign are tied to somebody else, who has their evidence already.
	sessions map[string]string
	foreign  map[string]bool
}

// find reads who a touch belongs to: by mail address, else by browser, else by
// session. A browser or session that is tied to another mail address says
// nothing of the person: the touch then starts a fresh contact, and what that
// session did stays with whom it was counted for.
func (s *Service) find(tx lead.Tx, t *lead.Touch) (*contact, error) {
	mail := normal(t.Profile["email"])
	who := &contact{mail: s.MailIdentity(t.Site, mail), visitor: s.identity(t.Site, "visitor", t.Visitor),
		sessions: map[string]string{}, foreign: map[string]bool{}}
	var err error
	if who.known, err = byIdentity(tx, who.mail); err != nil {
		return nil, err
	}
	if who.other, err = who.join(tx, who.visitor, mail); err != nil {
		return nil, err
	}
	for _, v := range t.Visits {
		hash := s.identity(t.Site, "session", v.Session)
		who.sessions[v.Session] = hash
		if who.foreign[v.Session], err = who.join(tx, hash, mail); err != nil {
			return nil, err
		}
	}
	return who, nil
}

// join looks an identity up. Its lead is the person's own when nothing speaks
// against it, and somebody else's otherwise.
func (who *contact) join(tx lead.Tx, hash, mail string) (foreign bool, err error) {
	l, err := byIdentity(tx, hash)
	if err != nil || l == nil || who.known != nil && l.ID == who.known.ID {
		return false, err
	}
	theirs := normal(l.Profile["email"])
	if who.known == nil && (theirs == "" || mail == "" || theirs == mail) {
		who.known = l
		return false, nil
	}
	return true, nil
}

// own gives those of some visits whose evidence is the person's.
func (who *contact) own(visits []lead.Visit) []lead.Visit {
	var own []lead.Visit
	for _, v := range visits {
		if !who.foreign[v.Session] {
			own = append(own, v)
		}
	}
	return own
}

// normal is a mail address as identities compare it.
func normal(mail string) string { return strings.ToLower(strings.TrimSpace(mail)) }

// MailIdentity gives the identity that a mail address has in a site.
func (s *Service) MailIdentity(site, email string) string {
	return s.identity(site, "mail", normal(email))
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
	if t.Verdict != lead.Suspect {
		if err := who.tie(tx, t, id); err != nil {
			return nil, err
		}
	}
	if l == nil {
		l = lead.New(t.Site, id, now)
	}
	return l, nil
}

// tie claims the browser and the sessions that nobody has for the contact.
func (who *contact) tie(tx lead.Tx, t *lead.Touch, id string) error {
	var hashes []string
	if who.visitor != "" && !who.other {
		hashes = append(hashes, who.visitor)
	}
	for _, v := range who.own(t.Visits) {
		hashes = append(hashes, who.sessions[v.Session])
	}
	for _, hash := range hashes {
		if _, err := tx.ClaimIdentity(hash, id); err != nil {
			return err
		}
	}
	return nil
}
