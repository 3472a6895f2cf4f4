package intake

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"assay/server/internal/lead"
)

// contact is who a touch belongs to.
type contact struct {
	known   *lead.Lead   // the person's own record, if there is one
	joins   []*lead.Lead // records without a mail address that the touch shows to be the person's too
	other   bool         // the browser is tied to somebody else
	mail    string       // identity of the mail address, or empty
	visitor string       // identity of the browser, or empty
	// sessions are the identities of the touch's visits, by session id; those
	// in foreign are tied to somebody else, whose lead it names.
	sessions map[string]string
	foreign  map[string]string
}

// finder looks contacts up in one unit of work.
type finder struct {
	tx   lead.Tx
	r    *lead.Rater
	now  time.Time
	tied map[string]string // lead ids by the identities asked for
	// promised is a lead that an identity is tied to and that was not written
	// yet: a crash came between the two, or another server is at it.
	promised string
	again    bool // the touch was stored before, and perhaps made part of a lead
}

// find reads who a touch belongs to: by mail address, else by browser, else by
// session. What the person did in that browser or session before anybody said a
// mail address is joined. A browser or session that is tied to another mail
// address says nothing of the person: what happened there stays with whom it was
// counted for, and the touch starts a fresh contact if its own address is new.
func (s *Service) find(f *finder, t *lead.Touch) (*contact, error) {
	mail := normal(t.Profile["email"])
	who := &contact{mail: s.MailIdentity(t.Site, mail), visitor: s.identity(t.Site, "visitor", t.Visitor),
		sessions: map[string]string{}, foreign: map[string]string{}}
	for _, v := range t.Visits {
		who.sessions[v.Session] = sessionIdentity(v.Session)
	}
	var err error
	if f.tied, err = f.tx.Identities(who.hashes()...); err != nil {
		return nil, err
	}
	if _, who.known, err = f.byIdentity(who.mail); err != nil {
		return nil, err
	}
	owner, err := who.join(f, who.visitor, mail)
	if err != nil {
		return nil, err
	}
	who.other = owner != ""
	for _, v := range t.Visits {
		if owner, err = who.join(f, who.sessions[v.Session], mail); err != nil {
			return nil, err
		}
		if owner != "" {
			who.foreign[v.Session] = owner
		}
	}
	return who, nil
}

// hashes gives all identities that a touch brings.
func (who *contact) hashes() []string {
	list := slices.Collect(maps.Values(who.sessions))
	for _, hash := range []string{who.mail, who.visitor} {
		if hash != "" {
			list = append(list, hash)
		}
	}
	return list
}

// join looks an identity up. Its lead is the person's own when nothing speaks
// against it; otherwise join names the lead that it is tied to.
func (who *contact) join(f *finder, hash, mail string) (foreign string, err error) {
	tied, l, err := f.byIdentity(hash)
	if err != nil || l == nil || who.has(l.ID) {
		return "", err
	}
	theirs := normal(l.Profile["email"])
	switch {
	case who.known == nil && (theirs == "" || mail == "" || theirs == mail):
		who.known = l
	case who.known != nil && theirs == "" && l.Sample == who.known.Sample:
		who.joins = append(who.joins, l)
	default:
		return tied, nil
	}
	return "", nil
}

func (who *contact) has(id string) bool {
	return who.known != nil && who.known.ID == id || slices.ContainsFunc(who.joins, func(l *lead.Lead) bool { return l.ID == id })
}

// objected reports whether the person objected to being scored.
func (who *contact) objected() bool {
	return who.known != nil && who.known.Objected || slices.ContainsFunc(who.joins, func(l *lead.Lead) bool { return l.Objected })
}

// names reports whether the person's own record has a touch already.
func (who *contact) names(t *lead.Touch) bool {
	return who.known != nil && slices.ContainsFunc(who.known.Touches, func(r lead.TouchRef) bool { return r.ID == t.ID })
}

// own gives those of some visits whose evidence is the person's.
func (who *contact) own(visits []lead.Visit) []lead.Visit {
	var own []lead.Visit
	for _, v := range visits {
		if who.foreign[v.Session] == "" {
			own = append(own, v)
		}
	}
	return own
}

// named gives visits with the leads that foreign ones belong to.
func (who *contact) named(visits []lead.Visit) []lead.Visit {
	named := slices.Clone(visits)
	for i := range named {
		named[i].Of = who.foreign[named[i].Session]
	}
	return named
}

// diverges reports whether a visit goes on from something else than what its
// session sent before.
func (who *contact) diverges(v lead.Visit) bool {
	return who.known != nil && who.known.Diverges(v) ||
		slices.ContainsFunc(who.joins, func(l *lead.Lead) bool { return l.Diverges(v) })
}

// normal is a mail address as identities compare it.
func normal(mail string) string { return strings.ToLower(strings.TrimSpace(mail)) }

// MailIdentity gives the identity that a mail address has in a site.
func (s *Service) MailIdentity(site, email string) string {
	return s.identity(site, "mail", normal(email))
}

// sessionIdentity is a session's own id, which stands for no person: the server
// made it up.
func sessionIdentity(id string) string { return "session." + id }

// identity hashes something that stands for a person, or gives "" for nothing.
func (s *Service) identity(site, kind, value string) string {
	if value == "" {
		return ""
	}
	h := hmac.New(sha256.New, s.keys.Identity)
	h.Write([]byte(site + "\x00" + kind + "\x00" + value))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:18])
}

// byIdentity gives the lead that an identity is tied to, and the contact that
// this one is by now.
func (f *finder) byIdentity(hash string) (tied string, l *lead.Lead, err error) {
	if tied = f.tied[hash]; tied == "" {
		return "", nil, nil
	}
	l, err = f.load(tied)
	if err == nil && l == nil && f.promised == "" {
		f.promised = tied
	}
	return tied, l, err
}

// load reads a contact; one whose identity was claimed but which was not
// written yet is nil.
func (f *finder) load(id string) (*lead.Lead, error) {
	l, err := lead.Find(f.tx, id, f.r, f.now)
	if errors.Is(err, lead.ErrNotFound) {
		return nil, nil
	}
	return l, err
}

// lead gives the touch's lead: a new one under a claimed identity if need be,
// or all that is the person's merged into one. What is suspect never ties a mail
// address to the contact of a browser: a new address gets a contact of its own.
func (s *Service) lead(f *finder, t *lead.Touch, who *contact) (*lead.Lead, error) {
	l, id, err := s.begun(f, t, who)
	if err != nil {
		return nil, err
	}
	if who.mail != "" {
		owners, err := f.tx.ClaimIdentities(id, who.mail)
		if err != nil {
			return nil, err
		}
		owner := owners[who.mail]
		if owner != id && (l == nil || !l.Includes(owner)) {
			id = owner
			if l, err = f.load(id); err != nil {
				return nil, err
			}
		}
	}
	if l == nil {
		l = lead.New(t.Site, id, f.now)
	}
	if t.Verdict == lead.Suspect {
		return l, nil
	}
	if err := who.tie(f, t, l); err != nil {
		return nil, err
	}
	return who.merged(f, l)
}

// begun gives what the touch's identities say of its lead, and the id that it
// has or, if it is new, will have. That follows from the touch, so that a touch
// which is applied once more, after a crash, makes no second one; where a lead
// is promised to the browser or session already, it is that.
func (s *Service) begun(f *finder, t *lead.Touch, who *contact) (l *lead.Lead, id string, err error) {
	alone := t.Verdict == lead.Suspect && who.mail != "" // whose the address is says the address alone
	switch {
	case who.known != nil && !alone:
		return who.known, who.known.ID, nil
	case f.promised != "" && t.Verdict != lead.Suspect:
		return nil, f.promised, nil
	}
	id = s.leadID(t)
	if f.again {
		if l, err = f.load(id); l != nil {
			id = l.ID
		}
	}
	return l, id, err
}

// leadID gives the id of the lead that a touch begins, if it does. Nobody who
// has not the key can guess it.
func (s *Service) leadID(t *lead.Touch) string {
	h := hmac.New(sha256.New, s.keys.Identity)
	h.Write([]byte(t.Site + "\x00lead\x00" + t.ID))
	return orderedBy(t.Received, h.Sum(nil))
}

// merged makes what the touch joins part of its lead. Of more than a contact
// can hold, the rest stays apart.
func (who *contact) merged(f *finder, l *lead.Lead) (*lead.Lead, error) {
	for _, other := range who.joins {
		if l.Rev == 0 || l.Includes(other.ID) {
			continue
		}
		whole, err := lead.Merge(f.tx, l, other, "", f.r, f.now)
		if errors.Is(err, lead.ErrMany) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if err := lead.Save(f.tx, whole, f.r); err != nil {
			return nil, err
		}
		l = whole
	}
	return l, nil
}

// tie claims the browser and the sessions that nobody has for the contact. Where
// another unit of work was quicker, that is a lost race: what the browser did is
// that contact's now.
func (who *contact) tie(f *finder, t *lead.Touch, l *lead.Lead) error {
	var hashes []string
	if who.visitor != "" && !who.other {
		hashes = append(hashes, who.visitor)
	}
	for _, v := range who.own(t.Visits) {
		hashes = append(hashes, who.sessions[v.Session])
	}
	owners, err := f.tx.ClaimIdentities(l.ID, hashes...)
	if err != nil {
		return err
	}
	for _, hash := range hashes {
		if owner := owners[hash]; f.tied[hash] == "" && owner != l.ID && !l.Includes(owner) {
			return lead.ErrConflict
		}
	}
	return nil
}
