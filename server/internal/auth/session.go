package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
)

// Identity is a signed-in person, or a program with its token, whose session
// only says how Check knows it.
type Identity struct {
	Person  *Person
	Session *Session
}

// SignIn checks a password and opens a session. It fails with ErrCredentials,
// ErrBusy or a *ThrottledError, and takes as long for an unknown address as for
// a wrong password. from is the client's network address.
func (s *Service) SignIn(ctx context.Context, email, password, from string) (*Identity, *http.Cookie, error) {
	email = strings.ToLower(strings.TrimSpace(email))
	if email == "" || len(email) > 254 || password == "" || len(password) > MaxPassword {
		return nil, nil, ErrCredentials
	}
	p, err := s.match(ctx, email, password, from)
	if err != nil {
		return nil, nil, err
	}
	return s.open(ctx, p)
}

// match finds the person whose address and password these are, and counts the
// attempt: as failed when they are wrong, and not when nobody looked.
func (s *Service) match(ctx context.Context, email, password, from string) (*Person, error) {
	try, what := attempt{from, email}, undecided
	if err := s.throttle.begin(try); err != nil {
		return nil, err
	}
	defer func() { s.throttle.end(try, what) }()
	p, err := s.store.PersonByEmail(ctx, email)
	if errors.Is(err, ErrNotFound) {
		p = &Person{}
	} else if err != nil {
		return nil, err
	}
	ok, err := s.hasher.check(ctx, password, p.Password)
	if err != nil {
		return nil, err
	}
	if !ok {
		what = failed
		return nil, ErrCredentials
	}
	what = succeeded
	return p, nil
}

// SignInByLink opens a session for a one-time token, which it uses up. It fails
// with ErrCredentials.
func (s *Service) SignInByLink(ctx context.Context, token string) (*Identity, *http.Cookie, error) {
	l, ok := s.links.take(token)
	if !ok {
		return nil, nil, ErrCredentials
	}
	p, err := s.people.find(ctx, l.site, l.person)
	if errors.Is(err, ErrNotFound) {
		err = ErrCredentials
	}
	if err != nil {
		return nil, nil, err
	}
	return s.open(ctx, p)
}

// Link makes a token that signs a person in once, within an hour.
func (s *Service) Link(site, person string) string { return s.links.make(site, person) }

func (s *Service) open(ctx context.Context, p *Person) (*Identity, *http.Cookie, error) {
	secret := rand.Text() + rand.Text() // 260 bits
	now := s.now()
	session := &Session{Hash: hash(secret), Person: p.ID, Site: p.Site, Expires: now.Add(SessionLife)}
	if err := s.store.SaveSession(ctx, session, now); err != nil {
		return nil, nil, err
	}
	return &Identity{p, session}, s.cookie(secret, int(SessionLife.Seconds())), nil
}

// Identify finds who a request's token, or else its cookie, belongs to:
// ErrSignedOut.
func (s *Service) Identify(r *http.Request) (*Identity, error) {
	if HasToken(r) {
		return s.program(r.Context(), hash(bearer(r)))
	}
	c, err := r.Cookie(s.cookieName())
	if err != nil || c.Value == "" {
		return nil, ErrSignedOut
	}
	return s.Check(r.Context(), hash(c.Value))
}

// Check finds who a session belongs to now, by its hash: ErrSignedOut.
func (s *Service) Check(ctx context.Context, hash string) (*Identity, error) {
	if of, ok := strings.CutPrefix(hash, TokenPrefix); ok {
		return s.program(ctx, of)
	}
	session, err := s.store.Session(ctx, hash, s.now())
	if err != nil {
		return nil, signedOut(err)
	}
	p, err := s.people.find(ctx, session.Site, session.Person)
	if err != nil {
		return nil, signedOut(err)
	}
	return &Identity{p, session}, nil
}

// SignOut ends a request's session, if there is one, and gives the cookie that
// takes the browser's away.
func (s *Service) SignOut(r *http.Request) (*http.Cookie, error) {
	if c, err := r.Cookie(s.cookieName()); err == nil && c.Value != "" {
		if err := s.store.DeleteSession(r.Context(), hash(c.Value)); err != nil {
			return nil, err
		}
	}
	return s.cookie("", -1), nil
}

func signedOut(err error) error {
	if errors.Is(err, ErrNotFound) {
		return ErrSignedOut
	}
	return err
}

// cookieName binds the cookie to this very host where browsers can: the prefix
// needs https.
func (s *Service) cookieName() string {
	if s.secure {
		return "__Host-assay"
	}
	return "assay_session"
}

func (s *Service) cookie(value string, maxAge int) *http.Cookie {
	return &http.Cookie{Name: s.cookieName(), Value: value, Path: "/", MaxAge: maxAge,
		Secure: s.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode}
}

// hash is what the store keeps of a secret.
func hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
