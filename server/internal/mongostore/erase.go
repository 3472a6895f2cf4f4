package mongostore

import (
	"context"
	"errors"

	"assay/server/internal/lead"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// Erase is intake.Store's. A lead goes last, and only as it was read: until then
// a crash leaves what is needed to begin again, and a touch that joins it
// meanwhile is found by the lead's own record, applied or not yet.
func (s *Store) Erase(ctx context.Context, site string, leads, identities []string) error {
	if len(identities) > 0 {
		if _, err := s.identities.DeleteMany(ctx, some(site, identities)); err != nil {
			return fail("erase identities", err)
		}
	}
	for _, id := range leads {
		for gone := id == ""; !gone; {
			var err error
			if gone, err = s.eraseLead(ctx, site, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// eraseLead erases a lead and its touches. It reports false when the lead was
// written meanwhile.
func (s *Store) eraseLead(ctx context.Context, site, id string) (gone bool, err error) {
	l, err := s.Lead(ctx, site, id)
	missing := errors.Is(err, lead.ErrNotFound)
	if err != nil && !missing {
		return false, err
	}
	theirs := []bson.D{of(site, is("lead", id))}
	if !missing && len(l.Touches) > 0 {
		var refs []string
		for _, t := range l.Touches {
			refs = append(refs, t.ID)
		}
		// First those that are about to be marked: they are, here or below.
		theirs = append([]bson.D{append(some(site, refs), is("lead", ""))}, theirs...)
	}
	for _, filter := range theirs {
		_, err := s.touches.UpdateMany(ctx, filter, set(is("lead", erased), is("sample", false), is("doc", nil)))
		if err != nil {
			return false, fail("erase touches", err)
		}
	}
	if missing {
		return true, nil
	}
	found, err := s.leads.DeleteOne(ctx, append(one(site, id), is("rev", l.Rev)))
	if err != nil {
		return false, fail("erase lead", err)
	}
	return found.DeletedCount == 1, nil
}

// DeleteSamples is desk.Store's. Touches marked sample go too, whatever lead
// they are part of. Leads go last, so that a crash is mended by calling it again.
func (s *Store) DeleteSamples(ctx context.Context, site string) (int, error) {
	samples, err := find[leadDoc](ctx, s.leads, query{filter: of(site, is("sample", true)), fields: []string{"id"}})
	if err != nil {
		return 0, fail("read samples", err)
	}
	for at := 0; at < len(samples); at += 1000 {
		var ids []string
		for _, d := range samples[at:min(at+1000, len(samples))] {
			ids = append(ids, d.Lead)
		}
		if _, err := s.identities.DeleteMany(ctx, of(site, is("lead", in(ids)))); err != nil {
			return 0, fail("delete sample identities", err)
		}
	}
	if _, err := s.touches.DeleteMany(ctx, of(site, is("sample", true))); err != nil {
		return 0, fail("delete sample touches", err)
	}
	gone, err := s.leads.DeleteMany(ctx, of(site, is("sample", true)))
	if err != nil {
		return 0, fail("delete sample leads", err)
	}
	return int(gone.DeletedCount), nil
}
