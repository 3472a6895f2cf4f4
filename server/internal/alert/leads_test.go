package alert_test

import (
	"encoding/json"
	"testing"

	"assay/server/internal/alert"
	"assay/server/internal/lead"
)

// absorb marks leads as merged, each into another, and gives those an owner.
func (w *world) absorb(into map[string]string) {
	w.t.Helper()
	err := w.store.Update(w.t.Context(), site, func(tx lead.Tx) error {
		for id, survivor := range into {
			l, err := tx.Lead(id)
			if err != nil {
				return err
			}
			l.Merged, l.Owner = &lead.Merged{Into: survivor}, "p-"+id
			if err := tx.SaveLead(l); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func alertsOf(t *testing.T, frames []*alert.Frame) (alerts []alert.Alert) {
	t.Helper()
	for _, f := range frames {
		var m struct{ Data alert.Alert }
		if err := json.Unmarshal(f.JSON, &m); err != nil {
			t.Fatal(err)
		}
		alerts = append(alerts, m.Data)
	}
	return alerts
}

func TestAnAlertOfAMergedLeadNamesTheSurvivor(t *testing.T) {
	w := open(t)
	sub := w.subscribe(nil)
	w.alerts("ann", "bob", "cas", "eve")
	take(t, sub, 4)
	w.absorb(map[string]string{"cas": "bob", "bob": "ann", "eve": "erased"})
	frames, _, err := w.History(t.Context(), site, nil, 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range alertsOf(t, frames)[:3] {
		if a.Lead != "ann" || a.Who.Email != "ann@northbeck.test" || a.Owner != "p1" || a.OwnerName != "Person p1" {
			t.Errorf("got %+v", a)
		}
	}
	if a := alertsOf(t, frames)[3]; a.Lead != "eve" || a.Owner != "p-eve" {
		t.Errorf("its survivor is gone, and the alert is %+v", a)
	}
}
