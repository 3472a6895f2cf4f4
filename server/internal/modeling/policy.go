package modeling

import (
	"slices"
	"time"

	"assay/server/internal/lead"
	"assay/shared/lifecycle"
)

// Policy is what a site chooses about stages. What is left out never happens.
type Policy struct {
	Promotion    string              `json:"promotion"`          // automatic or confirmed
	Subscription string              `json:"subscription_forms"` // make a subscriber or a lead
	StalledAfter map[string]Duration `json:"stalled_after"`      // by stage
	Reopening    Reopening           `json:"reopening"`
	Nurturing    Nurturing           `json:"nurturing"`
	Recycling    Recycling           `json:"recycling"`
}

// Reopening says which decisions of people new evidence may undo.
type Reopening struct {
	Decisions      []string `json:"decisions"`
	IntentForm     bool     `json:"intent_form"`     // a demand for a person or a trial does
	OverThresholds bool     `json:"over_thresholds"` // a cell that rises over the thresholds does
	After          Duration `json:"after"`           // not before so long after the decision
}

// Nurturing says when rules mark a lead nurturing.
type Nurturing struct {
	Level uint8    `json:"level"` // engagement levels from this one to 4 are cold
	After Duration `json:"after"` // cold leads are marked so long after their newest evidence
}

// Recycling says what goes back to lead, marked nurturing.
type Recycling struct {
	Stalled  bool `json:"stalled"`
	Rejected bool `json:"rejected"`
}

// Alerts says which movements are worth a message.
type Alerts struct {
	Kinds []string `json:"kinds"`
	Rearm uint8    `json:"rearm"` // points of engagement lost before a crossing alerts again
	Quiet Duration `json:"quiet"` // after an alert of a lead, for the same kind
}

func (c *compiler) policy() lifecycle.Policy {
	from := &c.a.Policy
	p := lifecycle.Policy{
		HandRaiseFit:    c.a.Thresholds.HandRaiseFit,
		SubscribersLead: from.Subscription == "lead",
		Nurture:         lifecycle.Nurturing{Level: from.Nurturing.Level, After: int64(from.Nurturing.After)},
		Recycle:         lifecycle.Recycling{Stalled: from.Recycling.Stalled, Rejected: from.Recycling.Rejected},
		Reopen: lifecycle.Reopening{IntentForm: from.Reopening.IntentForm, Over: from.Reopening.OverThresholds,
			After: int64(from.Reopening.After)},
	}
	p.Promotion, _ = lifecycle.PromotionOf(from.Promotion) // the schema lists the names
	for name, longest := range from.StalledAfter {
		if stage, ok := lifecycle.StageOf(name); ok {
			p.Stall[stage] = int64(longest)
		}
	}
	for _, name := range from.Reopening.Decisions {
		d, _ := lifecycle.DecisionOf(name)
		p.Reopen.Decisions |= 1 << d
	}
	if r := from.Reopening; len(r.Decisions) > 0 && !r.IntentForm && !r.OverThresholds {
		c.fault("/policy/reopening", "evidence", "want intent_form or over_thresholds to be true: else nothing reopens")
	}
	return p
}

func (c *compiler) alerts() lead.AlertPolicy {
	kinds := slices.Sorted(slices.Values(c.a.Alerts.Kinds))
	return lead.AlertPolicy{Kinds: slices.Compact(kinds), Rearm: c.a.Alerts.Rearm, Quiet: time.Duration(c.a.Alerts.Quiet) * time.Second}
}
