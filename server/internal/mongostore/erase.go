package mongostore

import (
	"context"
	"errors"

	"assay/server/internal/intake"
	"assay/server/internal/lead"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// Erase is intake.Store's. A lead goes late, and only as it was read: until then
// a crash leaves what is needed to begin again, and a touch that joins it
// meanwhile is found by the lead's own record, applied or not yet. Whoever is
// asked for by name is found by it until the lead is gone.
func (s *Store) Erase(ctx context.Context, site string, leads []intake.Revision, identities, names []string) error {
	refs, err := s.unwritten(ctx, site, leads)
	if err != nil {
		return err
	}
	if err := s.retie(ctx, site, names, leads); err != nil {
		return err
	}
	if err := s.eraseLeaves(ctx, site, identities); err != nil {
		return err
	}
	if err := s.forget(ctx, site, identities); err != nil {
		return err
	}
	for _, l := range leads {
		if err := s.eraseTouches(ctx, site, l.ID, refs[l.ID]); err != nil {
			return err
		}
	}
	for _, l := range leads {
		if err := s.eraseLead(ctx, site, l); err != nil {
			return err
		}
	}
	return s.forget(ctx, site, names)
}

// retie has names stand for the lead that goes last.
func (s *Store) retie(ctx context.Context, site string, names []string, leads []intake.Revision) error {
	if len(names) == 0 || len(leads) < 2 {
		return nil
	}
	_, err := s.identities.UpdateMany(ctx, some(site, names), set(is("lead", leads[len(leads)-1].ID)))
	return fail("tie identities", err)
}

// eraseLeaves removes the forms left by some identities, before these go: a crash
// in between leaves what is needed to find them.
func (s *Store) eraseLeaves(ctx context.Context, site string, identities []string) error {
	if len(identities) == 0 {
		return nil
	}
	_, err := s.left.DeleteMany(ctx, of(site, is("identity", in(identities))))
	return fail("erase leaves", err)
}

// forget takes identities out.
func (s *Store) forget(ctx context.Context, site string, identities []string) error {
	if len(identities) == 0 {
		return nil
	}
	_, err := s.identities.DeleteMany(ctx, some(site, identities))
	return fail("erase identities", err)
}

// unwritten gives the ids of the touches that some leads name, by lead, and
// lead.ErrConflict when one of them was written since it was read.
func (s *Store) unwritten(ctx context.Context, site string, leads []intake.Revision) (refs map[string][]string, err error) {
	refs = map[string][]string{}
	for _, known := range leads {
		l, err := s.Lead(ctx, site, known.ID)
		switch {
		case errors.Is(err, lead.ErrNotFound):
			continue
		case err != nil:
			return nil, err
		case l.Rev != known.Rev:
			return nil, lead.ErrConflict
		}
		for _, t := range l.Touches {
			refs[l.ID] = append(refs[l.ID], t.ID)
		}
	}
	return refs, nil
}

// eraseTouches erases the touches of a lead: first those that it names and that
// are about to be marked as part of it: they are, here or below.
func (s *Store) eraseTouches(ctx context.Context, site, id string, refs []string) error {
	theirs := []bson.D{of(site, is("lead", id))}
	if len(refs) > 0 {
		theirs = append([]bson.D{append(some(site, refs), is("lead", ""))}, theirs...)
	}
	for _, filter := range theirs {
		if _, err := s.touches.UpdateMany(ctx, filter, set(is("lead", erased), is("sample", false), is("doc", nil))); err != nil {
			return fail("erase touches", err)
		}
	}
	return nil
}

// eraseLead erases a lead as it was read: lead.ErrConflict when it is another by now.
func (s *Store) eraseLead(ctx context.Context, site string, l intake.Revision) error {
	found, err := s.leads.DeleteOne(ctx, append(one(site, l.ID), is("rev", l.Rev)))
	if err != nil {
		return fail("erase lead", err)
	}
	if found.DeletedCount == 1 {
		return nil
	}
	switch _, err := s.Lead(ctx, site, l.ID); {
	case errors.Is(err, lead.ErrNotFound):
		return nil
	case err != nil:
		return err
	}
	return lead.ErrConflict
}

// Forget is intake.Store's.
func (s *Store) Forget(ctx context.Context, site, touch string) error {
	_, err := s.touches.DeleteOne(ctx, append(one(site, touch), is("lead", erased)))
	return fail("forget touch", err)
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
