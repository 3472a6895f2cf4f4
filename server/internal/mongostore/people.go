package mongostore

import (
	"context"
	"encoding/json"
	"errors"

	"assay/server/internal/auth"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// addressDoc says whose a mail address is. It counts only while that person has
// the address: what a crash between two writes leaves of another is nobody's.
type addressDoc struct {
	Email  string `bson:"_id"`
	Person string `bson:"person"` // _id
}

// errAddress: two people cannot sign in with one address.
var errAddress = errors.New("mongostore: save person: the mail address belongs to somebody else")

// PersonByEmail is auth.Store's.
func (s *Store) PersonByEmail(ctx context.Context, email string) (*auth.Person, error) {
	found, err := find[addressDoc](ctx, s.addresses, query{filter: bson.D{is("_id", email)}})
	if err != nil {
		return nil, fail("read address", err)
	}
	if len(found) == 0 {
		return nil, auth.ErrNotFound
	}
	p, err := readOne[auth.Person](ctx, s.people, found[0].Person)
	if err == nil && p.Email != email {
		return nil, auth.ErrNotFound
	}
	return p, err
}

// People is auth.Store's.
func (s *Store) People(ctx context.Context, site string) ([]*auth.Person, error) {
	list, err := read[auth.Person](ctx, s.people, query{filter: of(site), sort: up("email")})
	return list, fail("read people", err)
}

// SavePerson is auth.Store's. It fails when another person has the address. The
// address comes first, and those given up go last: a crash in between leaves
// addresses that nobody has, and never a person without one.
func (s *Store) SavePerson(ctx context.Context, site string, p *auth.Person) error {
	mine := *p
	mine.Site = site
	d, err := newKeyedDoc(docID(site, p.ID), site, p.ID, &mine)
	if err != nil {
		return err
	}
	d.Email = p.Email
	if err := s.takeAddress(ctx, addressDoc{p.Email, d.ID}); err != nil {
		return err
	}
	if err := put(ctx, s.people, d); err != nil {
		return err
	}
	_, err = s.addresses.DeleteMany(ctx, bson.D{is("person", d.ID), is("_id", bson.D{is("$ne", p.Email)})})
	return fail("give up addresses", err)
}

// SaveFilter is auth.Store's. It replaces the document that it read, and reads
// again where somebody else did so meanwhile.
func (s *Store) SaveFilter(ctx context.Context, site, person string, f auth.Filter) error {
	one := bson.D{is("_id", docID(site, person)), is("site", site)}
	for {
		found, err := find[keyedDoc](ctx, s.people, query{filter: one})
		if err != nil {
			return fail("read person", err)
		}
		if len(found) == 0 {
			return auth.ErrNotFound
		}
		var p auth.Person
		if err := json.Unmarshal(found[0].Doc, &p); err != nil {
			return broken("document", s.people.Name())
		}
		p.Filter = f
		d, err := newKeyedDoc(found[0].ID, site, person, &p)
		if err != nil {
			return err
		}
		saved, err := s.people.UpdateOne(ctx, append(one[:2:2], is("doc", found[0].Doc)), bson.D{is("$set", bson.D{is("doc", d.Doc)})})
		if err != nil {
			return fail("save filter", err)
		}
		if saved.MatchedCount > 0 {
			return nil
		}
	}
}

// takeAddress makes an address a person's own, unless somebody has it.
func (s *Store) takeAddress(ctx context.Context, a addressDoc) error {
	_, err := s.addresses.InsertOne(ctx, a)
	if err == nil {
		return nil
	}
	if !duplicate(err) {
		return fail("take address", err)
	}
	found, err := find[addressDoc](ctx, s.addresses, query{filter: bson.D{is("_id", a.Email)}})
	if err != nil {
		return fail("read address", err)
	}
	if len(found) == 0 {
		return errAddress // it was given up this moment
	}
	if found[0].Person == a.Person {
		return nil
	}
	switch _, err := s.PersonByEmail(ctx, a.Email); {
	case err == nil:
		return errAddress
	case !errors.Is(err, auth.ErrNotFound):
		return err
	}
	taken, err := s.addresses.ReplaceOne(ctx, bson.D{is("_id", a.Email), is("person", found[0].Person)}, a)
	if err == nil && taken.MatchedCount == 0 {
		return errAddress
	}
	return fail("take address", err)
}
