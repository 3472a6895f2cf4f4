package auth

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
)

// MinPassword is the shortest password in bytes, as NIST SP 800-63B has it.
const MinPassword = 8

// Faults of adding people and sites. Each says what is wanted.
var (
	ErrTaken    = errors.New("somebody has this already")
	ErrPassword = errors.New("want a password of 8 to 1,000 bytes")
	ErrEmail    = errors.New("want a mail address of at most 254 bytes")
	ErrName     = errors.New("want a name of 1 to 200 bytes")
	ErrKey      = errors.New("want a key of 1 to 64 of a-z, 0-9 and -")
	ErrOrigin   = errors.New("want origins such as https://www.example.com, without a path, or http://localhost:* for any port of this machine")
	ErrConsent  = errors.New("want consent required or not-required")
)

// AddPerson adds somebody to a site, with a random password where none is given,
// and gives it. Its faults are those above, ErrRole, and ErrNotFound for the site.
func (s *Service) AddPerson(ctx context.Context, p *Person, password string) (string, error) {
	p.Email = strings.ToLower(strings.TrimSpace(p.Email))
	switch {
	case !strings.Contains(p.Email, "@") || len(p.Email) > 254:
		return "", ErrEmail
	case strings.TrimSpace(p.Name) == "" || len(p.Name) > 200:
		return "", ErrName
	case !p.Role.MayListen():
		return "", ErrRole
	}
	if _, err := s.store.Site(ctx, p.Site); err != nil {
		return "", err
	}
	_, err := s.store.PersonByEmail(ctx, p.Email)
	if err == nil {
		return "", ErrTaken
	}
	if !errors.Is(err, ErrNotFound) {
		return "", err
	}
	p.ID = rand.Text()
	return s.setPassword(ctx, p, password)
}

// SetPassword gives a person another password, a random one where none is given,
// and gives it: ErrNotFound, ErrPassword.
func (s *Service) SetPassword(ctx context.Context, email, password string) (string, error) {
	p, err := s.store.PersonByEmail(ctx, strings.ToLower(strings.TrimSpace(email)))
	if err != nil {
		return "", err
	}
	return s.setPassword(ctx, p, password)
}

func (s *Service) setPassword(ctx context.Context, p *Person, password string) (string, error) {
	if password == "" {
		password = strings.ToLower(rand.Text()) // 130 bits
	}
	if len(password) < MinPassword || len(password) > MaxPassword {
		return "", ErrPassword
	}
	hash, err := HashPassword(password)
	if err != nil {
		return "", err
	}
	p.Password = hash
	return password, s.store.SavePerson(ctx, p.Site, p)
}

// AddSite adds a site, under a random key where it has none. Its faults are
// ErrTaken, and a *SettingError where a setting is wrong, which is one of those
// above.
func (s *Service) AddSite(ctx context.Context, site *Site) error {
	if site.Key == "" {
		site.Key = strings.ToLower(rand.Text()[:16]) // public, and not to be met by chance
	}
	if faults := site.Check(); len(faults) > 0 {
		return faults[0]
	}
	_, err := s.store.Site(ctx, site.Key)
	if err == nil {
		return ErrTaken
	}
	if !errors.Is(err, ErrNotFound) {
		return err
	}
	if err = s.store.SaveSite(ctx, site); errors.Is(err, ErrChanged) { // it was added this moment
		return ErrTaken
	}
	return err
}
