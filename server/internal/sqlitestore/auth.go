package sqlitestore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"assay/server/internal/auth"
)

// Site is auth.Store's.
func (s *Store) Site(ctx context.Context, key string) (*auth.Site, error) {
	site := new(auth.Site)
	if err := s.doc(ctx, site, `SELECT doc FROM sites WHERE key = ?`, key); err != nil {
		return nil, wrapAuth("read site", err)
	}
	return site, nil
}

// Sites is auth.Store's.
func (s *Store) Sites(ctx context.Context) ([]string, error) {
	var keys []string
	err := s.read.each(ctx, func(r scanner) error {
		var key string
		err := r.Scan(&key)
		keys = append(keys, key)
		return err
	}, `SELECT key FROM sites ORDER BY key`)
	return keys, wrapAuth("read sites", err)
}

// SaveSite is auth.Store's.
func (s *Store) SaveSite(ctx context.Context, site *auth.Site) error {
	next, over := *site, site.Rev
	next.Rev++
	err := s.save(ctx, next.Key, "save site", &next, func(t *tx, doc string) error {
		n, err := t.exec("save site", `INSERT INTO sites (key, doc) SELECT ?1, ?2 WHERE ?3 = 0 OR EXISTS (SELECT 1 FROM sites WHERE key = ?1)
			ON CONFLICT (key) DO UPDATE SET doc = excluded.doc WHERE coalesce(json_extract(sites.doc, '$.rev'), 0) = ?3`, next.Key, doc, over)
		if err == nil && n == 0 {
			return auth.ErrChanged
		}
		return err
	})
	if err == nil {
		site.Rev = next.Rev
	}
	return err
}

// PersonByEmail is auth.Store's.
func (s *Store) PersonByEmail(ctx context.Context, email string) (*auth.Person, error) {
	p := new(auth.Person)
	if err := s.doc(ctx, p, `SELECT doc FROM people WHERE email = ?`, email); err != nil {
		return nil, wrapAuth("read person", err)
	}
	return p, nil
}

// People is auth.Store's.
func (s *Store) People(ctx context.Context, site string) ([]*auth.Person, error) {
	var list []*auth.Person
	err := s.read.each(ctx, func(r scanner) error {
		p := new(auth.Person)
		list = append(list, p)
		return scanDoc(r, p)
	}, `SELECT doc FROM people WHERE site = ? ORDER BY email`, site)
	return list, wrapAuth("read people", err)
}

// SavePerson is auth.Store's. It fails when another person has the address.
func (s *Store) SavePerson(ctx context.Context, site string, p *auth.Person) error {
	mine := *p
	mine.Site = site
	return s.save(ctx, site, "save person", &mine, func(t *tx, doc string) error {
		_, err := t.exec("save person", `INSERT INTO people (site, id, email, doc) VALUES (?, ?, ?, ?)
			ON CONFLICT (site, id) DO UPDATE SET email = excluded.email, doc = excluded.doc`,
			site, mine.ID, mine.Email, doc)
		return err
	})
}

// SaveFilter is auth.Store's.
func (s *Store) SaveFilter(ctx context.Context, site, person string, f auth.Filter) error {
	return s.save(ctx, site, "save filter", f, func(t *tx, filter string) error {
		n, err := t.exec("save filter", `UPDATE people SET doc = json_set(doc, '$.filter', json(?)) WHERE site = ? AND id = ?`,
			filter, site, person)
		if err == nil && n == 0 {
			return auth.ErrNotFound
		}
		return err
	})
}

// SaveSession is auth.Store's.
func (s *Store) SaveSession(ctx context.Context, n *auth.Session, now time.Time) error {
	v := *n
	return s.do(ctx, &job{site: v.Site, fn: func(t *tx) error {
		if _, err := t.exec("delete expired sessions", `DELETE FROM sessions WHERE expires <= ?`, now.UnixMilli()); err != nil {
			return err
		}
		_, err := t.exec("save session", `INSERT INTO sessions (hash, site, person, expires) VALUES (?, ?, ?, ?)`,
			v.Hash, v.Site, v.Person, v.Expires.UnixMilli())
		return err
	}})
}

// Session is auth.Store's.
func (s *Store) Session(ctx context.Context, hash string, now time.Time) (*auth.Session, error) {
	var (
		n       = auth.Session{Hash: hash}
		expires int64
	)
	err := s.read.row(ctx, `SELECT site, person, expires FROM sessions WHERE hash = ? AND expires > ?`,
		hash, now.UnixMilli()).Scan(&n.Site, &n.Person, &expires)
	if err != nil {
		return nil, wrapAuth("read session", notFound(err, auth.ErrNotFound))
	}
	n.Expires = time.UnixMilli(expires).UTC()
	return &n, nil
}

// DeleteSession is auth.Store's.
func (s *Store) DeleteSession(ctx context.Context, hash string) error {
	return s.do(ctx, &job{fn: func(t *tx) error {
		_, err := t.exec("delete session", `DELETE FROM sessions WHERE hash = ?`, hash)
		return err
	}})
}

// Token is auth.Store's.
func (s *Store) Token(ctx context.Context, hash string) (*auth.Token, error) {
	token := new(auth.Token)
	if err := s.doc(ctx, token, `SELECT doc FROM tokens WHERE hash = ?`, hash); err != nil {
		return nil, wrapAuth("read token", err)
	}
	return token, nil
}

// Tokens is auth.Store's.
func (s *Store) Tokens(ctx context.Context, site string) ([]*auth.Token, error) {
	var list []*auth.Token
	err := s.read.each(ctx, func(r scanner) error {
		token := new(auth.Token)
		list = append(list, token)
		return scanDoc(r, token)
	}, `SELECT doc FROM tokens WHERE site = ? ORDER BY id`, site)
	return list, wrapAuth("read tokens", err)
}

// SaveToken is auth.Store's.
func (s *Store) SaveToken(ctx context.Context, token *auth.Token) error {
	mine := *token
	return s.save(ctx, mine.Site, "save token", &mine, func(t *tx, doc string) error {
		_, err := t.exec("save token", `INSERT INTO tokens (hash, site, id, doc) VALUES (?, ?, ?, ?)`, mine.Hash, mine.Site, mine.ID, doc)
		return err
	})
}

// DeleteToken is auth.Store's.
func (s *Store) DeleteToken(ctx context.Context, site, id string) error {
	return s.do(ctx, &job{site: site, fn: func(t *tx) error {
		_, err := t.exec("delete token", `DELETE FROM tokens WHERE site = ? AND id = ?`, site, id)
		return err
	}})
}

// save encodes a document before it queues the write of it.
func (s *Store) save(ctx context.Context, site, doing string, v any, fn func(*tx, string) error) error {
	doc, err := json.Marshal(v)
	if err != nil {
		return wrapAuth(doing, err)
	}
	return s.do(ctx, &job{site: site, fn: func(t *tx) error { return fn(t, string(doc)) }})
}

// doc reads one document: auth.ErrNotFound.
func (s *Store) doc(ctx context.Context, v any, q string, args ...any) error {
	return notFound(scanDoc(s.read.row(ctx, q, args...), v), auth.ErrNotFound)
}

func scanDoc(r scanner, v any) error {
	var doc []byte
	if err := r.Scan(&doc); err != nil {
		return err
	}
	return json.Unmarshal(doc, v)
}

func wrapAuth(doing string, err error) error {
	if err == nil || errors.Is(err, auth.ErrNotFound) || errors.Is(err, auth.ErrChanged) {
		return err
	}
	return fmt.Errorf("sqlitestore: %s: %w", doing, err)
}
