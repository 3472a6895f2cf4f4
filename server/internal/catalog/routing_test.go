package catalog

import (
	"testing"
	"time"

	"assay/server/internal/auth"
	"assay/server/internal/lead"
)

func TestRoutingHasDefaultsAndCanBeTurnedOff(t *testing.T) {
	office := auth.Hours{Days: []string{"mon"}, From: "09:00", To: "17:30", Zone: "Europe/Berlin"}
	broken := office
	broken.Zone = "Middle/Earth"
	for _, c := range []struct {
		r         auth.Routing
		all, only time.Duration
		always    bool
	}{
		{auth.Routing{}, lead.DefaultEverybody, lead.DefaultAdmins, true},
		{auth.Routing{EverybodyAfter: 2, AdminsAfter: -1, Hours: office}, 2 * time.Minute, 0, false},
		{auth.Routing{EverybodyAfter: -1, AdminsAfter: 60, Hours: broken}, 0, time.Hour, true},
	} {
		got := routing(&c.r)
		if got.Everybody != c.all || got.Admins != c.only || (got.Hours == lead.Hours{}) != c.always {
			t.Errorf("%+v gives %+v", c.r, got)
		}
	}
}

// What can be saved is what leads are routed by: no hours count as none unseen.
func TestHoursThatCanBeSavedAreKept(t *testing.T) {
	for _, h := range []auth.Hours{
		{Days: []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}, From: "09:00", To: "17:30", Zone: "Asia/Kathmandu"},
		{Days: []string{"sat"}, From: "22:00", To: "6:00", Zone: "UTC"},
		{Days: []string{"sun", "sun"}, From: "00:00", To: "00:00", Zone: "America/Argentina/Buenos_Aires"},
	} {
		s := &auth.Site{Key: "s1", Name: "S", Consent: auth.ConsentRequired, Origins: []string{"https://s.test"}, Routing: auth.Routing{Hours: h}}
		for _, fault := range s.Check() {
			t.Errorf("%+v cannot be saved: %v", h, fault)
		}
		if got := routing(&s.Routing).Hours; got.Days == [7]bool{} {
			t.Errorf("%+v count as none", h)
		}
	}
}
