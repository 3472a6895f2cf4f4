package lead

import (
	"maps"
	"strconv"
	"time"

	"assay/shared/lifecycle"
)

// Terms are what is said of a deal, by their names in the API. Amount and
// currency come together: a whole number of the currency's smallest unit, and
// its code of ISO 4217. Expected_close is a day as in 2026-11-30.
var Terms = []string{"amount", "currency", "terms", "stage", "expected_close"}

// Opportunity is the deal that was opened for a prospect, or how it ended.
type Opportunity struct {
	Amount        *int64    `json:"amount"` // in the currency's smallest unit; null: unknown
	Currency      string    `json:"currency"`
	Terms         string    `json:"terms"`
	Stage         string    `json:"stage"`          // as the people who sell name it
	ExpectedClose string    `json:"expected_close"` // a day, or empty
	OpenedAt      time.Time `json:"opened_at"`
	UpdatedAt     time.Time `json:"updated_at"`
	UpdatedBy     string    `json:"updated_by"` // a person's id
}

// dealt are the stages of those who have an opportunity.
func dealt(s lifecycle.Stage) bool {
	return s == lifecycle.Opportunity || s == lifecycle.Customer || s == lifecycle.Lost
}

// Opportunity gives the newest deal of a lead at whose stage there is one, else
// nil. It is what people said of it, the newest of each.
func (l *Lead) Opportunity() *Opportunity {
	if !dealt(l.State.Stage) {
		return nil
	}
	o, said := &Opportunity{OpenedAt: time.Unix(l.State.Since, 0).UTC()}, map[string]string{}
	o.UpdatedAt = o.OpenedAt
	for i := range l.Actions {
		a := &l.Actions[i]
		switch a.Do {
		case ActionOpen:
			clear(said)
			o.OpenedAt = a.At
		case ActionUpdate:
		default:
			continue
		}
		maps.Copy(said, a.Args)
		o.UpdatedAt, o.UpdatedBy = a.At, a.By
	}
	if amount, err := strconv.ParseInt(said["amount"], 10, 64); err == nil {
		o.Amount = &amount
	}
	o.Currency, o.Terms, o.Stage, o.ExpectedClose = said["currency"], said["terms"], said["stage"], said["expected_close"]
	return o
}

// updateDeal records what changed of a deal, won and lost ones included.
func (l *Lead) updateDeal(d *Doing, _ *Rater, now time.Time) error {
	if !dealt(l.State.Stage) {
		return lifecycle.ErrMove
	}
	l.record(d.Do, d.By, now, d.args(now))
	return nil
}
