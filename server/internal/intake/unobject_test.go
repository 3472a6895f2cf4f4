package intake_test

import (
	"context"
	"errors"
	"maps"
	"testing"
	"time"

	"assay/server/internal/lead"
)

var undo = lead.Doing{Do: "stop_scoring", Undo: true, By: "boss", Admin: true, Text: "Ann says that it was not her."}

// objects is a form in the name of somebody, which objects.
func (h *house) objects(id, name string) {
	h.t.Helper()
	says := maps.Clone(buyer)
	says["email"], says["name"] = name+"@works.test", name
	sub := h.submit(id, "", says)
	sub.Objected = true
	h.accept(sub)
}

// Domain rule 31: whoever knows a mail address can object in its owner's name.
func TestAnAdminTakesBackAnObjectionAndTheContactIsScoredAsBefore(t *testing.T) {
	h, ctx := open(t), context.Background()
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	says := maps.Clone(buyer)
	says["email"], says["name"] = "ann@works.test", "ann"
	h.accept(h.submit("t1", "v1", says, h.visit(token, reading...)))
	before := h.only()
	h.objects("forged", "ann")
	unscored(t, "after the forged objection", h.only())
	for who, d := range map[string]lead.Doing{"a rep": {By: "p1"}, "a program": {By: "crm", Admin: true, Program: true}} {
		d.Do, d.Undo, d.Text = undo.Do, true, undo.Text
		if _, err := h.desk.Act(ctx, "demo", before.ID, d); !errors.Is(err, lead.ErrAdmin) || !h.only().Objected {
			t.Errorf("%s takes it back: %v", who, err)
		}
	}
	h.act(before.ID, undo)
	after := h.only()
	if after.Objected || after.Grade != before.Grade || after.Engagement != before.Engagement || after.Stage != before.Stage || after.Engagement == 0 {
		t.Errorf("it shows %+v, before %+v", after.View, before.View)
	}
	rec, err := h.desk.Record(ctx, "demo", before.ID)
	if err != nil {
		t.Fatal(err)
	}
	if last := rec.Actions[len(rec.Actions)-1]; len(rec.Actions) != 2 || last.By != "boss" || last.Args["text"] != undo.Text || last.Args["ends"] != rec.Actions[0].ID {
		t.Errorf("the record has %+v", rec.Actions)
	}
	h.act(before.ID, undo)
	if d := h.only(); d.Rev != after.Rev {
		t.Errorf("taken back again, revision %d became %d", after.Rev, d.Rev)
	}
	h.objects("meant", "ann")
	unscored(t, "who objects after that", h.only())
}

// What was taken back of the whole was of both; what was taken back of one says
// nothing of the other.
func TestWhatAnAdminTookBackStaysSoThroughAMergeAndItsUndo(t *testing.T) {
	objected := func(h *house, when string, want map[string]bool) {
		t.Helper()
		for id, want := range want {
			if got := h.read(id).Objected; got != want {
				t.Errorf("%s: %s objects %v, want %v", when, h.read(id).Name, got, want)
			}
		}
	}
	for _, order := range []string{"ann first", "bob first"} {
		h := open(t)
		names := []string{"ann", "bob"}
		if order == "bob first" {
			names = []string{"bob", "ann"}
		}
		ids := map[string]string{}
		for _, name := range names {
			ids[name] = h.ask(name)
			h.now = h.now.Add(time.Second)
		}
		ann, bob := ids["ann"], ids["bob"]
		h.objects("forged", "ann")
		h.act(ann, lead.Doing{Do: "merge", By: "p1", Other: bob})
		objected(h, order+", as one", map[string]bool{ann: true})
		h.act(bob, undo)
		objected(h, order+", taken back", map[string]bool{ann: false})
		h.now = h.now.Add(time.Second)
		h.act(ann, lead.Doing{Do: "unmerge", By: "p1", Other: bob})
		objected(h, order+", apart", map[string]bool{ann: false, bob: false})
		h.act(bob, lead.Doing{Do: "stop_scoring", By: "p1"})
		h.objects("again", "ann")
		h.now = h.now.Add(time.Second)
		h.act(ann, undo)
		objected(h, order+", ann's taken back", map[string]bool{ann: false, bob: true})
		h.act(ann, lead.Doing{Do: "merge", By: "p1", Other: bob})
		objected(h, order+", one again", map[string]bool{ann: true})
		h.act(ann, lead.Doing{Do: "unmerge", By: "p1", Other: bob})
		objected(h, order+", apart again", map[string]bool{ann: false, bob: true})
	}
}
