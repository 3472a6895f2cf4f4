package mongostore

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"assay/server/internal/auth"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// keyedDoc is a site, a person or a token.
type keyedDoc struct {
	ID    string `bson:"_id"`
	Site  string `bson:"site"`
	Key   string `bson:"id"`
	Email string `bson:"email,omitempty"` // of a person
	Rev   int64  `bson:"rev,omitempty"`   // of a site
	Doc   []byte `bson:"doc"`
}

func newKeyedDoc(id, site, key string, v any) (*keyedDoc, error) {
	doc, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("mongostore: encode: %w", err)
	}
	return &keyedDoc{ID: id, Site: site, Key: key, Doc: doc}, nil
}

// read decodes all documents that a query gives.
func read[T any](ctx context.Context, c *mongo.Collection, q query) ([]*T, error) {
	docs, err := find[keyedDoc](ctx, c, q)
	if err != nil {
		return nil, err
	}
	var list []*T
	for _, d := range docs {
		v := new(T)
		if err := json.Unmarshal(d.Doc, v); err != nil {
			return nil, broken("document", c.Name())
		}
		list = append(list, v)
	}
	return list, nil
}

// readOne decodes the document with an _id: auth.ErrNotFound.
func readOne[T any](ctx context.Context, c *mongo.Collection, id string) (*T, error) {
	list, err := read[T](ctx, c, query{filter: bson.D{is("_id", id)}})
	if err == nil && len(list) == 0 {
		return nil, auth.ErrNotFound
	}
	if err != nil {
		return nil, fail("read from "+c.Name(), err)
	}
	return list[0], nil
}

// put inserts a document or replaces it.
func put(ctx context.Context, c *mongo.Collection, d *keyedDoc) error {
	_, err := c.ReplaceOne(ctx, bson.D{is("_id", d.ID), is("site", d.Site)}, d, options.Replace().SetUpsert(true))
	return fail("write to "+c.Name(), err)
}

// Site is auth.Store's.
func (s *Store) Site(ctx context.Context, key string) (*auth.Site, error) {
	return readOne[auth.Site](ctx, s.sites, key)
}

// Sites is auth.Store's.
func (s *Store) Sites(ctx context.Context) (keys []string, err error) {
	found, err := find[keyedDoc](ctx, s.sites, query{filter: bson.D{}, sort: up("_id"), fields: []string{"_id"}})
	for _, d := range found {
		keys = append(keys, d.ID)
	}
	return keys, fail("read sites", err)
}

// SaveSite is auth.Store's.
func (s *Store) SaveSite(ctx context.Context, site *auth.Site) error {
	next := *site
	next.Rev++
	d, err := newKeyedDoc(site.Key, site.Key, site.Key, &next)
	if err != nil {
		return err
	}
	d.Rev = next.Rev
	saved, err := s.writeSite(ctx, d, site.Rev)
	switch {
	case err != nil:
		return fail("save site", err)
	case !saved:
		return auth.ErrChanged
	}
	site.Rev = next.Rev
	return nil
}

// writeSite puts a document in place of the revision that was read; false where
// the store has another.
func (s *Store) writeSite(ctx context.Context, d *keyedDoc, over int64) (bool, error) {
	one := bson.D{is("_id", d.ID), is("site", d.Site), is("rev", over)}
	if over == 0 {
		if _, err := s.sites.InsertOne(ctx, d); !duplicate(err) {
			return err == nil, err
		}
		one[2] = is("rev", bson.D{is("$exists", false)}) // of before revisions were counted
	}
	found, err := s.sites.ReplaceOne(ctx, one, d)
	if err != nil {
		return false, err
	}
	return found.MatchedCount == 1, nil
}

// sessionDoc is a signed-in browser. Nobody finds one that has expired, whether
// it is still there or not.
type sessionDoc struct {
	Hash    string `bson:"_id"`
	Site    string `bson:"site"`
	Person  string `bson:"person"`
	Expires int64  `bson:"expires"` // unix ms
}

// SaveSession is auth.Store's.
func (s *Store) SaveSession(ctx context.Context, n *auth.Session, now time.Time) error {
	if _, err := s.logins.DeleteMany(ctx, bson.D{is("expires", bson.D{is("$lte", now.UnixMilli())})}); err != nil {
		return fail("delete expired sessions", err)
	}
	_, err := s.logins.InsertOne(ctx, sessionDoc{Hash: n.Hash, Site: n.Site, Person: n.Person, Expires: n.Expires.UnixMilli()})
	return fail("save session", err)
}

// Session is auth.Store's.
func (s *Store) Session(ctx context.Context, hash string, now time.Time) (*auth.Session, error) {
	found, err := find[sessionDoc](ctx, s.logins, query{
		filter: bson.D{is("_id", hash), is("expires", bson.D{is("$gt", now.UnixMilli())})}})
	if err != nil {
		return nil, fail("read session", err)
	}
	if len(found) == 0 {
		return nil, auth.ErrNotFound
	}
	d := found[0]
	return &auth.Session{Hash: d.Hash, Site: d.Site, Person: d.Person, Expires: time.UnixMilli(d.Expires).UTC()}, nil
}

// DeleteSession is auth.Store's.
func (s *Store) DeleteSession(ctx context.Context, hash string) error {
	_, err := s.logins.DeleteOne(ctx, bson.D{is("_id", hash)})
	return fail("delete session", err)
}

// Token is auth.Store's.
func (s *Store) Token(ctx context.Context, hash string) (*auth.Token, error) {
	return readOne[auth.Token](ctx, s.tokens, hash)
}

// Tokens is auth.Store's.
func (s *Store) Tokens(ctx context.Context, site string) ([]*auth.Token, error) {
	list, err := read[auth.Token](ctx, s.tokens, query{filter: of(site), sort: up("id")})
	return list, fail("read tokens", err)
}

// SaveToken is auth.Store's.
func (s *Store) SaveToken(ctx context.Context, token *auth.Token) error {
	d, err := newKeyedDoc(token.Hash, token.Site, token.ID, token)
	if err != nil {
		return err
	}
	_, err = s.tokens.InsertOne(ctx, d)
	return fail("save token", err)
}

// DeleteToken is auth.Store's.
func (s *Store) DeleteToken(ctx context.Context, site, id string) error {
	_, err := s.tokens.DeleteMany(ctx, of(site, is("id", id)))
	return fail("delete token", err)
}
