package modeling

import (
	"slices"

	"assay/server/internal/lead"
	"assay/shared/lifecycle"
)

// deadPolicies finds what the policy promises and nothing can set off.
func (l *linter) deadPolicies() {
	p := &l.a.Policy
	stalls := func(stages ...lifecycle.Stage) bool {
		return slices.ContainsFunc(stages, func(s lifecycle.Stage) bool { return p.StalledAfter[s.String()] > 0 })
	}
	if p.Recycling.Stalled && !stalls(lifecycle.SalesReady, lifecycle.Prospect) {
		l.find("/policy/recycling/stalled", "never", "nothing goes back: want stalled_after for sales_ready or prospect")
	}
	if i := slices.Index(l.a.Alerts.Kinds, lead.KindStalled); i >= 0 && !stalls(lifecycle.SalesReady, lifecycle.Prospect, lifecycle.Opportunity) {
		l.find(at("/alerts/kinds", i), "never", "it is never sent: want stalled_after for sales_ready, prospect or opportunity")
	}
	if r := p.Reopening; len(r.Decisions) == 0 && (r.IntentForm || r.OverThresholds || r.After > 0) {
		l.find("/policy/reopening/decisions", "never", "nothing reopens: want rejected, disqualified or lost")
	}
}
