package lead_test

import (
	"errors"
	"testing"

	"assay/server/internal/lead"
)

// fits is what somebody says who is a good customer but asks for nothing.
var fits = map[string]string{"name": "Ada", "role": "CEO", "company_size": "51-200", "industry": "manufacturing", "country": "DE", "email": "ada@works.test"}

// put stores a contact that submitted one form.
func (s *shelf) put(t testing.TB, id, kind string, says map[string]string) {
	t.Helper()
	s.unit(t, func(tx lead.Tx) error {
		l := lead.New(s.site, id, monday)
		touch := &lead.Touch{ID: id, Site: s.site, At: monday, Received: monday, Form: id, FormKind: kind, Verdict: lead.Unverified, Profile: says}
		_, err1 := l.Apply(touch, s.r, monday)
		_, err2 := tx.InsertTouch(touch)
		return errors.Join(err1, err2, tx.SetApplied(id, id), tx.SaveLead(l))
	})
}

func TestTheProspectOfASecondMergeIsToldAgain(t *testing.T) {
	s := newShelf(t)
	s.next()
	s.put(t, "a", "download", fits)
	s.put(t, "b", "demo", nil)
	for day := range 2 {
		at := today.AddDate(0, 0, day)
		s.unit(t, func(tx lead.Tx) error { return merge(tx, s.r, "a", "b", at) })
		if l := s.lead(t, "a"); l.Stage != "prospect" {
			t.Fatalf("together they are a %s", l.Stage)
		}
		s.unit(t, func(tx lead.Tx) error { return s.unmerge(tx, "a", "b") })
	}
	told := map[string]bool{}
	for _, e := range s.lead(t, "a").Outbox {
		if e.Type == lead.TypeAlert {
			told[e.ID+" "+e.Alert.Kind] = true
		}
	}
	if len(told) != 2 {
		t.Errorf("told %v", told)
	}
}
