package storetest

import (
	"testing"

	"assay/server/internal/auth"
)

var tokens = []check{
	{name: "tokens are found by their secret and listed by id", run: keepTokens},
	{name: "a token is deleted in its own site alone", run: deleteTokens},
}

func newToken(site, id string) *auth.Token {
	return &auth.Token{Hash: "hash of " + id + " in " + site, ID: id, Site: site, Name: "Import", Role: auth.Marketer, Created: noon}
}

func keepTokens(t *testing.T, s Store) {
	_, err := s.Token(bg, "none")
	is(t, "an unknown token", err, auth.ErrNotFound)
	list, err := s.Tokens(bg, site)
	ok(t, err)
	equal(t, "tokens of none", len(list), 0)
	k2, k1, other := newToken(site, "k2"), newToken(site, "k1"), newToken("site-b", "k0")
	for _, token := range []*auth.Token{k2, k1, other} {
		ok(t, s.SaveToken(bg, token))
	}
	got, err := s.Token(bg, k2.Hash)
	ok(t, err)
	same(t, "token", got, k2)
	list, err = s.Tokens(bg, site)
	ok(t, err)
	same(t, "tokens", list, []*auth.Token{k1, k2})
	if s.SaveToken(bg, newToken(site, "k1")) == nil {
		t.Error("a token was saved over another of the same secret")
	}
}

func deleteTokens(t *testing.T, s Store) {
	mine, other := newToken(site, "k1"), newToken("site-b", "k1")
	ok(t, s.SaveToken(bg, mine))
	ok(t, s.SaveToken(bg, other))
	for range 2 {
		ok(t, s.DeleteToken(bg, site, "k1"))
		_, err := s.Token(bg, mine.Hash)
		is(t, "the deleted token", err, auth.ErrNotFound)
	}
	got, err := s.Token(bg, other.Hash)
	ok(t, err)
	same(t, "the other site's", got, other)
}
