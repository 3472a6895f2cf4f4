package storetest

import (
	"testing"

	"assay/server/internal/lead"
)

func event(leadID, id string) lead.Event {
	return lead.Event{
		ID: id, Type: lead.TypeAlert, Lead: leadID, At: noon,
		Alert: &lead.Alert{Kind: lead.KindProspect, Stage: "prospect", Grade: "A1", Band: "hot", Verdict: lead.Verified,
			Reasons: []lead.Reason{{Label: "Pricing page viewed", Points: 15}}, Questions: []string{"When?"}},
	}
}

// send saves an event in a lead's outbox.
func send(t *testing.T, s Store, site, leadID string, ids ...string) {
	t.Helper()
	change(t, s, site, leadID, func(l *lead.Lead) {
		for _, id := range ids {
			l.Outbox = append(l.Outbox, event(leadID, id))
		}
	})
}

// collect moves all that waits in a site's outboxes to its feed.
func collect(t *testing.T, s Store, site string) {
	t.Helper()
	for more := true; more; {
		var err error
		more, err = s.Collect(bg, site)
		ok(t, err)
	}
}

// wholeFeed collects, and gives the ids of a site's feed from its beginning.
func wholeFeed(t *testing.T, s Store, site string) []string {
	t.Helper()
	collect(t, s, site)
	return feedIDs(t, s, site, 0, 1000)
}

func feedIDs(t *testing.T, s Store, site string, after int64, limit int) []string {
	t.Helper()
	entries, err := s.Feed(bg, site, after, limit)
	ok(t, err)
	ids := []string{}
	for i, e := range entries {
		equal(t, "cursor", e.Cursor, after+1+int64(i))
		ids = append(ids, e.ID)
	}
	return ids
}
