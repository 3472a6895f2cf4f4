package intake_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
	"assay/server/internal/sqlitestore"
)

// filesHold gives those of some texts that the store's files hold.
func filesHold(t *testing.T, dir string, texts ...string) (found []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, sqlitestore.File+"*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range texts {
			if bytes.Contains(bytes.ToLower(b), []byte(strings.ToLower(text))) {
				found = append(found, filepath.Base(file)+": "+text)
			}
		}
	}
	return found
}

// filesForget fails unless the store's files come to hold none of some texts.
// Where a reader, or whoever folds the log, is in the way, the store tries again.
func filesForget(t *testing.T, dir string, texts ...string) {
	t.Helper()
	again, late := time.NewTicker(20*time.Millisecond), time.After(time.Minute)
	defer again.Stop()
	for {
		found := filesHold(t, dir, texts...)
		if len(found) == 0 {
			return
		}
		select {
		case <-again.C:
		case <-late:
			t.Errorf("the files still hold %q", found)
			return
		}
	}
}

func TestNothingOfAnErasedPersonIsInTheFiles(t *testing.T) {
	h := open(t)
	token, _ := h.Open("demo", "browser-of-zelda")
	h.now = h.now.Add(time.Minute)
	zelda := map[string]string{"name": "Zelda Quimby", "message": "call me zz-top", "company": "Quimbyworks"}
	h.accept(h.submit("z1", "browser-of-zelda", zelda, h.visit(token, reading...))) // nobody said a mail address
	zelda["email"], zelda["phone"] = "zelda@quimby.test", "0049-777-123"
	other, _ := h.Open("demo", "phone-of-zelda")
	h.now = h.now.Add(time.Minute)
	h.accept(h.submit("z2", "phone-of-zelda", zelda, h.visit(other, reading...)))
	h.accept(h.submit("z3", "browser-of-zelda", zelda, h.visit(token, reading...))) // and so both are one
	h.accept(h.submit("b1", "v2", buyer))
	secrets := []string{"zelda", "quimby", "zz-top", "0049-777-123", "browser-of"}
	if found := filesHold(t, h.dir, secrets...); len(found) < len(secrets) {
		t.Fatalf("the files hold only %q: this test looks in the wrong place", found)
	}
	id, err := h.LeadOf(context.Background(), h.site, " ZELDA@quimby.test")
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Erase(context.Background(), h.site, id); err != nil {
		t.Fatal(err)
	}
	filesForget(t, h.dir, secrets...)
	if left := h.only(); left.Name != buyer["name"] {
		t.Errorf("%+v is left", left)
	}
	if err := h.Erase(context.Background(), h.site, id); !errors.Is(err, lead.ErrNotFound) {
		t.Errorf("erased twice: %v", err)
	}
	if _, err := h.LeadOf(context.Background(), h.site, "zelda@quimby.test"); !errors.Is(err, lead.ErrNotFound) {
		t.Errorf("still known: %v", err)
	}
}

// A widget that sends a touch again, or a file that is imported again, does not
// bring a person back; a new touch is somebody new.
func TestAnErasedPersonComesBackOnlyByDoingSomethingNew(t *testing.T) {
	h := open(t)
	h.accept(h.submit("t1", "v1", buyer))
	id := h.only().ID
	if err := h.Erase(context.Background(), h.site, id); err != nil {
		t.Fatal(err)
	}
	h.accept(h.submit("t1", "v1", buyer))
	if all := h.leads(); len(all) != 0 {
		t.Fatalf("%d leads came back", len(all))
	}
	h.accept(h.submit("t2", "v1", buyer))
	if back := h.only(); len(back.Touches) != 1 {
		t.Errorf("%+v", back)
	}
}

// Whatever was merged into a person is that person.
func TestErasingAMemberErasesTheWhole(t *testing.T) {
	h := open(t)
	h.accept(h.submit("t1", "v1", map[string]string{"email": "a@works.test", "name": "Ann"}))
	h.now = h.now.Add(time.Minute)
	h.accept(h.submit("t2", "v2", map[string]string{"email": "b@works.test", "name": "Ann"}))
	all := h.leads()
	if _, err := h.desk.Act(context.Background(), "demo", all[0].ID, lead.Doing{Do: "merge", By: "p1", Admin: true, Other: all[1].ID}); err != nil {
		t.Fatal(err)
	}
	if err := h.Erase(context.Background(), h.site, all[1].ID); err != nil {
		t.Fatal(err)
	}
	if left := h.leads(); len(left) != 0 {
		t.Errorf("%d leads are left", len(left))
	}
	filesForget(t, h.dir, "a@works.test", "b@works.test")
}

// between is a store in which something happens between the two steps of an
// erasure.
type between struct {
	intake.Store
	happens func()
}

func (b *between) Erase(ctx context.Context, site string, leads []intake.Revision, identities, names []string) error {
	if b.happens != nil {
		happens := b.happens
		b.happens = nil
		happens()
	}
	return b.Store.Erase(ctx, site, leads, identities, names)
}

// eraseWhile erases a contact while something happens.
func (h *house) eraseWhile(id string, happens func()) {
	h.t.Helper()
	s := intake.New(&between{h.store, happens}, h.keys, func() time.Time { return h.now }, func(string) {})
	if err := s.Erase(context.Background(), h.site, id); err != nil {
		h.t.Fatal(err)
	}
}

func TestWhoIsMergedWhileTheyAreErasedIsErasedWithTheWhole(t *testing.T) {
	h := open(t)
	ann := h.ask("ann")
	h.now = h.now.Add(time.Minute)
	bob := h.ask("bob")
	h.eraseWhile(bob, func() { h.act(ann, lead.Doing{Do: "merge", By: "p1", Other: bob}) })
	if left := h.leads(); len(left) != 0 {
		t.Errorf("%d leads are left", len(left))
	}
	filesForget(t, h.dir, "bob@works.test")
}

func TestATouchThatComesWhileItsPersonIsErasedLeavesNothingOfThem(t *testing.T) {
	h := open(t)
	bob := h.ask("bob")
	h.eraseWhile(bob, func() { h.accept(h.submit("t2", "browser-of-bob", map[string]string{"email": "bob@works.test"})) })
	if left := h.leads(); len(left) != 0 {
		t.Errorf("%d leads are left", len(left))
	}
	h.accept(h.submit("t3", "browser-of-bob", map[string]string{"message": "somebody else?"}))
	if h.only().ID == bob {
		t.Error("the browser is still tied to who was erased")
	}
}

// The identity of an address that a person replaced once stayed tied to the erased.
func TestErasingForgetsAnAddressThatAPersonReplaced(t *testing.T) {
	h, ctx := open(t), context.Background()
	mail := func(address string) string { return h.MailIdentity("demo", address) }
	v, err := h.desk.Add(ctx, "demo", mail("old@a.test"), lead.Doing{By: "p1", Profile: map[string]string{"email": "old@a.test", "name": "Ann"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, next := range []string{"new@a.test", "newest@a.test"} {
		if _, err := h.desk.Correct(ctx, "demo", v.ID, mail(next), lead.Doing{By: "p1", Profile: map[string]string{"email": next}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.Erase(ctx, h.site, v.ID); err != nil {
		t.Fatal(err)
	}
	err = h.store.Update(ctx, "demo", func(tx lead.Tx) error {
		tied, err := tx.Identities(mail("old@a.test"), mail("new@a.test"), mail("newest@a.test"))
		if len(tied) != 0 {
			t.Errorf("still tied: %v", tied)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
