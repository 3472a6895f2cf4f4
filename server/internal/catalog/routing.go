package catalog

import (
	"time"

	"assay/server/internal/auth"
	"assay/server/internal/lead"
)

// routing gives a site's settings as leads use them. Hours that cannot be read,
// which auth.Site.Check lets nobody save, count as none: then the clock never stands
// still, and nobody who asks waits longer for it.
func routing(r *auth.Routing) lead.Routing {
	hours, _ := lead.ParseHours(r.Hours.Days, r.Hours.From, r.Hours.To, r.Hours.Zone)
	return lead.Routing{Everybody: minutes(r.EverybodyAfter, lead.DefaultEverybody), Admins: minutes(r.AdminsAfter, lead.DefaultAdmins), Hours: hours}
}

func minutes(n int, otherwise time.Duration) time.Duration {
	switch {
	case n < 0:
		return 0
	case n == 0:
		return otherwise
	}
	return time.Duration(n) * time.Minute
}
