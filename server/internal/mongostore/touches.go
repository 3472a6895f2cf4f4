package mongostore

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"assay/server/internal/lead"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// touchDoc is a touch. It is applied when it has a lead.
type touchDoc struct {
	ID       string `bson:"_id"`
	Site     string `bson:"site"`
	Touch    string `bson:"id"`
	Lead     string `bson:"lead"`
	Received int64  `bson:"received"` // unix ms
	Suspect  bool   `bson:"suspect"`
	Sample   bool   `bson:"sample"`
	Doc      []byte `bson:"doc"`
}

// erased is the lead of touches of which nothing is left but their id.
const erased = "erased"

func newTouchDoc(site string, t *lead.Touch) (*touchDoc, error) {
	doc, err := json.Marshal(t)
	if err != nil {
		return nil, fmt.Errorf("mongostore: encode touch: %w", err)
	}
	return &touchDoc{ID: docID(site, t.ID), Site: site, Touch: t.ID, Received: t.Received.UnixMilli(),
		Suspect: t.Verdict == lead.Suspect, Sample: t.Sample, Doc: doc}, nil
}

func (d *touchDoc) touch() (*lead.Touch, error) {
	t := new(lead.Touch)
	if err := json.Unmarshal(d.Doc, t); err != nil {
		return nil, broken("touch", d.ID)
	}
	t.Site = d.Site
	return t, nil
}

// InsertTouch is lead.Tx's. A unit that lost a race comes here again with a touch
// that it has stored itself, and may by now judge otherwise: as long as nobody
// else has applied that, what it says now stands.
func (t *tx) InsertTouch(touch *lead.Touch) (bool, error) {
	if t.touched[touch.ID] {
		return false, nil
	}
	d, err := newTouchDoc(t.site, touch)
	if err != nil {
		return false, err
	}
	if t.inserted[touch.ID] {
		found, err := t.s.touches.ReplaceOne(t.ctx, append(one(t.site, touch.ID), is("lead", "")), d)
		if err != nil {
			return false, t.fault("replace touch", err)
		}
		return found.MatchedCount == 1 && t.touch(touch.ID), nil
	}
	switch _, err := t.s.touches.InsertOne(t.ctx, d); {
	case err == nil:
		t.inserted[touch.ID] = true
		return t.touch(touch.ID), nil
	case duplicate(err):
		return false, nil
	default:
		return false, t.fault("insert touch", err)
	}
}

// touch notes that this try has stored a touch.
func (t *tx) touch(id string) bool {
	if t.touched == nil {
		t.touched = map[string]bool{}
	}
	t.touched[id] = true
	return true
}

// SetApplied is lead.Tx's. A touch that was erased meanwhile stays so.
func (t *tx) SetApplied(touchID, leadID string) error {
	found, err := t.s.touches.UpdateOne(t.ctx, append(one(t.site, touchID), is("lead", bson.D{{Key: "$ne", Value: erased}})),
		set(is("lead", leadID)))
	if err != nil {
		return t.fault("mark touch applied", err)
	}
	if found.MatchedCount == 1 {
		return nil
	}
	n, err := t.s.touches.CountDocuments(t.ctx, one(t.site, touchID))
	if err != nil {
		return t.fault("look for touch", err)
	}
	if n == 0 {
		return lead.ErrNotFound
	}
	return nil
}

// Touches is lead.Tx's.
func (t *tx) Touches(leadID string, limit int) ([]*lead.Touch, error) {
	var list []*lead.Touch
	for _, part := range []struct {
		suspect bool
		sort    bson.D
	}{{false, down("received", "id")}, {true, up("received", "id")}} {
		found, err := t.s.readTouches(t.ctx, t.site, leadID, limit, part.sort, is("suspect", part.suspect))
		if err != nil {
			return nil, t.fault("read touches", err)
		}
		list = append(list, found...)
	}
	slices.SortFunc(list, func(a, b *lead.Touch) int {
		return cmp.Or(cmp.Compare(a.Received.UnixMilli(), b.Received.UnixMilli()), strings.Compare(a.ID, b.ID))
	})
	return list, nil
}

// Touches is desk.Store's.
func (s *Store) Touches(ctx context.Context, site, leadID string, limit int) ([]*lead.Touch, error) {
	list, err := s.readTouches(ctx, site, leadID, limit, up("received", "id"), eitherWay)
	return list, fail("read touches", err)
}

// eitherWay lets a query that does not care go along the index, and not sort.
var eitherWay = is("suspect", in([]bool{false, true}))

func (s *Store) readTouches(ctx context.Context, site, leadID string, limit int, sort bson.D, more ...bson.E) ([]*lead.Touch, error) {
	if leadID == "" || limit <= 0 { // an empty id stands for none in the field
		return nil, nil
	}
	return s.findTouches(ctx, query{filter: of(site, append(more, is("lead", leadID))...), sort: sort, limit: limit})
}

func (s *Store) findTouches(ctx context.Context, q query) ([]*lead.Touch, error) {
	docs, err := find[touchDoc](ctx, s.touches, q)
	if err != nil {
		return nil, err
	}
	var list []*lead.Touch
	var faults []error
	for i := range docs {
		t, err := docs[i].touch()
		list, faults = append(list, t), append(faults, err)
	}
	return list, errors.Join(faults...)
}

// Unapplied is intake.Store's.
func (s *Store) Unapplied(ctx context.Context, site string, before time.Time, limit int) ([]*lead.Touch, error) {
	if limit <= 0 {
		return nil, nil
	}
	list, err := s.findTouches(ctx, query{
		filter: of(site, is("lead", ""), eitherWay, is("received", bson.D{{Key: "$lt", Value: before.UnixMilli()}})),
		sort:   up("received", "id"), limit: limit,
	})
	return list, fail("read unapplied touches", err)
}
