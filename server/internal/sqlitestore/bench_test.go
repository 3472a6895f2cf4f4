package sqlitestore

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"assay/server/internal/lead"
)

// touchOf and leadOf are of the size that a contract's touch makes.
func touchOf(id string) *lead.Touch {
	return &lead.Touch{
		ID: id, Type: "submit", Visitor: "v" + id, At: time.Now(), Received: time.Now(), Form: "demo", FormKind: "demo",
		Page: "https://www.customer.test/demo", Referrer: "https://search.test/", Verdict: lead.Verified, Model: "m1",
		UTM:     map[string]string{"source": "ads", "medium": "cpc", "campaign": "spring"},
		Profile: profileOf(id),
		Visits: []lead.Visit{{Session: "s" + id, Start: time.Now().Unix(), Log: make([]byte, 200)},
			{Session: "r" + id, Start: time.Now().Unix(), Log: make([]byte, 100)}},
		Claim: &lead.Claim{Engagement: 60, Fit: 70, Band: "hot"}, Score: &lead.Claim{Engagement: 60, Fit: 70, Band: "hot"},
	}
}

func profileOf(id string) map[string]string {
	return map[string]string{"email": "person-" + id + "@company.test", "name": "Person " + id, "company": "Company " + id,
		"phone": "+4930123456", "role": "Head of operations", "company_size": "51-200", "message": strings.Repeat("We need this soon. ", 8)}
}

func leadOf(id string) *lead.Lead {
	touch := touchOf(id)
	return &lead.Lead{
		ID: id, Standing: lead.Standing{Stage: "prospect"}, Verdict: lead.Verified, Profile: touch.Profile, Said: touch.At, Form: "demo", FormKind: "demo",
		Page: touch.Page, Source: "ads", FirstSeen: touch.At, LastSeen: touch.At, Visitors: []string{touch.Visitor}, Visits: touch.Visits,
		Cell:    lead.Cell{Grade: "A1", Letter: "A", Level: 1, Band: "hot", Fit: 80, Known: 100, Engagement: 70},
		Touches: []lead.TouchRef{{ID: touch.ID, At: touch.At, Form: "demo", FormKind: "demo", Verdict: lead.Verified, Claim: touch.Claim, Score: touch.Score}},
		Transitions: []lead.Transition{{From: "anonymous", To: "lead", Cause: "rule", At: touch.At, Model: "m1", Reason: "converted"},
			{From: "lead", To: "prospect", Cause: "rule", At: touch.At, Model: "m1", Reason: "hand_raise"}},
		Outbox: []lead.Event{{ID: "event-of-" + id, Type: lead.TypeAlert, Lead: id, At: touch.At, Alert: &lead.Alert{Kind: lead.KindProspect, Form: "demo",
			Stage: "prospect", Grade: "A1", Band: "hot", Reasons: []lead.Reason{{Label: "Asked for a demo", Points: 50}}, Questions: []string{"Who decides?"}}}},
	}
}

// BenchmarkUpdate is a new person's touch from 64 clients at once, durable when
// it is answered: the writes that intake makes, without its thinking.
func BenchmarkUpdate(b *testing.B) {
	for _, synchronous := range []string{"FULL", "OFF"} {
		b.Run(synchronous, func(b *testing.B) {
			s := open(b, Options{Synchronous: synchronous})
			const clients = 64
			var (
				serial atomic.Int64
				end    sync.WaitGroup
				work   = make(chan struct{}, clients)
			)
			for range clients {
				end.Go(func() {
					for range work {
						if err := s.Update(bg, "s", arrival(fmt.Sprint(serial.Add(1)))); err != nil {
							b.Error(err)
						}
					}
				})
			}
			for b.Loop() {
				work <- struct{}{}
			}
			close(work)
			end.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "writes/s")
		})
	}
}

func arrival(id string) func(lead.Tx) error {
	touch, l := touchOf(id), leadOf(id)
	return func(tx lead.Tx) error {
		if _, err := tx.InsertTouch(touch); err != nil {
			return err
		}
		hashes := []string{"mail-hash-0123456789" + id, "visitor-hash-0123456" + id, "session-hash-0123456" + id}
		if _, err := tx.Identities(hashes...); err != nil {
			return err
		}
		if _, err := tx.ClaimIdentities(id, hashes...); err != nil {
			return err
		}
		if err := tx.SaveLead(l); err != nil {
			return err
		}
		return tx.SetApplied(id, id)
	}
}
