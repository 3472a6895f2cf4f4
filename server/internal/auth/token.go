package auth

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
)

// TokenPrefix begins every token's secret, so that scanners of code and logs
// know one when they see it.
const TokenPrefix = "assay_"

// maxTokens is how many tokens a site has at most: a page of them is all.
const maxTokens = 200

// Faults of making a token.
var (
	// ErrTokenName: a name is 1 to 40 letters of ASCII, digits, dots, dashes and
	// underscores.
	ErrTokenName = errors.New("auth: no name for a token")
	// ErrTokenTaken: another token of the site has the name.
	ErrTokenTaken = errors.New("auth: another token has this name")
	// ErrRole: there is no such role.
	ErrRole = errors.New("auth: unknown role")
	// ErrTokens: the site has as many tokens as it can.
	ErrTokens = errors.New("auth: too many tokens")
)

var tokenName = regexp.MustCompile(`^[A-Za-z0-9._-]{1,40}$`)

// AddToken makes a token and gives its secret, which is kept nowhere: the store
// has its hash alone. Two that take one name at the same moment may both get it.
func (s *Service) AddToken(ctx context.Context, site, name string, role Role) (secret string, t *Token, err error) {
	if !tokenName.MatchString(name) {
		return "", nil, ErrTokenName
	}
	if !role.MayListen() {
		return "", nil, ErrRole
	}
	known, err := s.store.Tokens(ctx, site)
	if err != nil {
		return "", nil, err
	}
	if len(known) >= maxTokens {
		return "", nil, ErrTokens
	}
	for _, k := range known {
		if k.Name == name {
			return "", nil, ErrTokenTaken
		}
	}
	secret = TokenPrefix + rand.Text() + rand.Text() // 260 bits
	t = &Token{Hash: hash(secret), ID: rand.Text(), Site: site, Name: name, Role: role, Created: s.now().UTC()}
	return secret, t, s.store.SaveToken(ctx, t)
}

// Tokens gives a site's tokens.
func (s *Service) Tokens(ctx context.Context, site string) ([]*Token, error) {
	return s.store.Tokens(ctx, site)
}

// RevokeToken ends a token at once, by its id or its name: ErrNotFound.
func (s *Service) RevokeToken(ctx context.Context, site, which string) error {
	known, err := s.store.Tokens(ctx, site)
	if err != nil {
		return err
	}
	for _, t := range known {
		if t.ID == which || t.Name == which {
			return s.store.DeleteToken(ctx, site, t.ID)
		}
	}
	return ErrNotFound
}

// HasToken reports whether a request says that it comes from a program. Then no
// cookie of it counts: browsers add cookies by themselves, and never this header.
func HasToken(r *http.Request) bool { return r.Header.Get("Authorization") != "" }

// bearer gives the secret that a request carries, or "" when it is none.
func bearer(r *http.Request) string {
	scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(secret)
}

// program finds whose token has a hash: ErrSignedOut. A program is a person by
// the name of its token, which is what histories keep of it.
func (s *Service) program(ctx context.Context, hash string) (*Identity, error) {
	t, err := s.store.Token(ctx, hash)
	if err != nil {
		return nil, signedOut(err)
	}
	name := programPrefix + t.Name
	return &Identity{&Person{ID: name, Site: t.Site, Name: name, Role: t.Role},
		&Session{Hash: TokenPrefix + t.Hash, Person: name, Site: t.Site}}, nil
}

// programPrefix tells a token's name from a person's id.
const programPrefix = "token:"

// IsProgram reports whether it is a program with a token, whom nobody can alert.
func (p *Person) IsProgram() bool { return strings.HasPrefix(p.ID, programPrefix) }

// RoleOf gives the role of a name: ErrRole.
func RoleOf(name string) (Role, error) {
	if r := Role(name); r.MayListen() {
		return r, nil
	}
	return "", fmt.Errorf("%w: want admin, marketer, rep or read", ErrRole)
}
