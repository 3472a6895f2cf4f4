package catalog

import (
	"testing"
	"time"

	"assay/server/internal/auth"
	"assay/server/internal/lead"
)

func TestRoutingHasDefaultsAndCanBeTurnedOff(t *testing.T) {
	office := auth.WorkingHours{Days: []string{"mon"}, From: "09:00", To: "17:30", Zone: "Europe/Berlin"}
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
