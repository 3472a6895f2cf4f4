package mongostore

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
	"assay/server/internal/mongotest"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// twice makes one contact of two, both with an address and a browser, and gives
// its id.
func (h *house) twice() (root string) {
	h.t.Helper()
	for _, who := range []string{"ada", "eve"} {
		session, _ := h.second.Open(h.site.Key, "browser-of-"+who)
		h.now = h.now.Add(30 * time.Second)
		sub := h.submit(who, "guide", map[string]string{"email": who + "@works.test", "name": who}, session)
		sub.Visitor = "browser-of-" + who
		h.accept(h.second, sub)
	}
	list := h.contacts()
	if err := h.merge(list[0].ID, list[1].ID); err != nil {
		h.t.Fatal(err)
	}
	return h.contacts()[0].ID
}

// left gives how many leads, touches with anything in them and identities there
// still are.
func (h *house) left() string {
	h.t.Helper()
	count := func(n int64, err error) int64 {
		if err != nil {
			h.t.Fatal(err)
		}
		return n
	}
	return fmt.Sprintf("%d leads, %d touches, %d identities",
		count(h.store.leads.CountDocuments(bg, of(h.site.Key))),
		count(h.store.touches.CountDocuments(bg, of(h.site.Key, is("lead", bson.D{is("$ne", erased)})))),
		count(h.store.identities.CountDocuments(bg, of(h.site.Key))))
}

// An erasure took the contact and its address before the rest: cut off halfway, it
// could not be finished, since nobody knew any more what the rest was part of.
func TestAnErasureThatWasCutOffIsFinishedByRepeatingIt(t *testing.T) {
	h := newHouse(t)
	byMail := func(s *intake.Service, _ string) error {
		_, err := s.EraseMail(bg, h.site, "EVE@works.test")
		return err
	}
	byID := func(s *intake.Service, id string) error { return s.Erase(bg, h.site, id) }
	for what, erase := range map[string]func(*intake.Service, string) error{"mail": byMail, "id": byID} {
		cut := true
		for writes := 0; cut; writes++ {
			h.begin(fmt.Sprint(what, writes))
			id, left := h.twice(), writes
			h.proxy.Judge(func(string) mongotest.Fate {
				if left--; left >= 0 {
					return mongotest.Pass
				}
				return mongotest.CutUnheard
			})
			err := erase(h.first, id)
			h.proxy.Judge(nil)
			cut = err != nil
			after := h.left()
			if err := erase(h.second, id); err != nil && !errors.Is(err, lead.ErrNotFound) {
				t.Errorf("by %s, cut after %d writes: %v", what, writes, err)
			}
			if got := h.left(); !strings.HasPrefix(got, "0 leads, 0 touches") {
				t.Errorf("by %s, cut after %d writes at %s: %s are left", what, writes, after, got)
			}
			// Of an address that no record names any more its hash may be left, until it is asked for.
			for _, who := range []string{"ada", "eve"} {
				if _, err := h.second.EraseMail(bg, h.site, who+"@works.test"); err != nil && !errors.Is(err, lead.ErrNotFound) {
					t.Errorf("what is left of %s: %v", who, err)
				}
			}
			if got := h.left(); got != "0 leads, 0 touches, 0 identities" {
				t.Errorf("by %s, cut after %d writes at %s: %s are left", what, writes, after, got)
			}
			if writes > 30 {
				t.Fatal("there is no end of writes")
			}
		}
	}
}
