package desk

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"

	"assay/server/internal/lead"
)

// Add makes a lead by hand of what a person knows of somebody. Mail is the
// identity of the mail address among it, or empty. When a lead has that address
// already, it is ErrTaken, with that lead; the same request again gives the lead
// that it made.
func (s *Service) Add(ctx context.Context, site, mail string, do lead.Doing) (*View, error) {
	do.Do = lead.ActionAdd
	return s.unit(ctx, site, func(w *work) (stood, is *lead.Lead, err error) {
		id := newID(&do)
		if stood, err = w.find(id); stood != nil || err != nil {
			return stood, nil, err
		}
		l, err := lead.Add(site, id, &do, w.r, w.now)
		if err != nil { // before an address is tied to what never is: a store without transactions cannot take it back
			return nil, nil, err
		}
		tied, err := w.claim(id, mail)
		if err != nil {
			return nil, nil, err
		}
		if stood, err = w.find(tied); stood != nil || err != nil {
			return stood, nil, cmp.Or(err, ErrTaken)
		}
		if tied != id { // promised to a lead that a crash kept from being written
			l, err = lead.Add(site, tied, &do, w.r, w.now)
		}
		if err == nil {
			l.Request(&do)
		}
		return nil, l, err
	})
}

// Correct replaces fields of a lead's profile by a person's word. Mail is the
// identity of the mail address among them, or empty: one that another lead has
// is ErrTaken, for whoever knows the two to be one person to merge them.
func (s *Service) Correct(ctx context.Context, site, id, mail string, do lead.Doing) (*View, error) {
	do.Do = lead.ActionCorrect
	return s.change(ctx, site, id, &do, func(w *work, l *lead.Lead) (*lead.Lead, error) {
		corrected := *l
		changed, err := w.alone(&corrected, &do)
		if err != nil {
			return nil, err
		}
		tied, err := w.claim(l.ID, mail)
		if err != nil {
			return nil, err
		}
		if !l.Includes(tied) {
			return nil, ErrTaken
		}
		return changed, nil
	})
}

// claim ties a mail address to a lead unless another one has it, and gives the
// lead that has it.
func (w *work) claim(id, mail string) (string, error) {
	if mail == "" {
		return id, nil
	}
	owners, err := w.tx.ClaimIdentities(id, mail)
	return owners[mail], err
}

// find reads a lead, nil where there is none.
func (w *work) find(id string) (*lead.Lead, error) {
	l, err := lead.Find(w.tx, id, w.r, w.now)
	if errors.Is(err, lead.ErrNotFound) {
		return nil, nil
	}
	return l, err
}

// newID is random, but for a request's: a repeat finds the lead that it made.
func newID(do *lead.Doing) string {
	if do.Request == "" {
		return rand.Text()
	}
	sum := sha256.Sum256([]byte(do.By + "\x00" + do.Request))
	return base64.RawURLEncoding.EncodeToString(sum[:15])
}
