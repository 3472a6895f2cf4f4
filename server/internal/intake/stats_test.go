package intake_test

import (
	"maps"
	"testing"
	"time"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
)

func TestTouchesAreCountedByVerdictAndRepeatsApart(t *testing.T) {
	h := open(t)
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	claims := h.submit("claims", "v1", buyer, h.visit(token, reading...))
	claims.Model, claims.Claim = h.site.Model.Version, &lead.Claim{Engagement: 1, Fit: 1, Band: "hot"}
	h.accept(h.submit("sound", "v1", buyer, h.visit(token, reading...)))
	h.accept(claims)
	h.accept(h.submit("bare", "v1", buyer))
	h.accept(h.submit("hasty", "v1", buyer, h.visit(token, [2]int{2, 0}, [2]int{20, 3600}))) // longer than it could be
	h.accept(claims)
	h.accept(claims)
	want := map[string]int64{"verified": 1, "corrected": 1, "unverified": 1, "suspect": 1}
	if got := h.Stats.ByVerdict(); !maps.Equal(got, want) || h.Stats.Duplicates.Load() != 2 {
		t.Errorf("counted %v and %d repeats, want %v and 2", got, h.Stats.Duplicates.Load(), want)
	}
}

func TestOnlyEvidenceInASessionOfOursCountsAsSigned(t *testing.T) {
	h := open(t)
	token, _ := h.Open("demo", "v1")
	foreign, _ := h.Open("other", "v1")
	yes := true
	sub := func(visitor string, consent *bool, tokens ...string) *intake.Submission {
		s := h.submit("t", visitor, buyer)
		s.Consent = consent
		for _, token := range tokens {
			s.Visits = append(s.Visits, h.visit(token))
		}
		return s
	}
	strict := h.site
	strict.ConsentRequired = true
	for what, c := range map[string]struct {
		site intake.Site
		sub  *intake.Submission
		want bool
	}{
		"ours":                   {h.site, sub("v1", nil, token), true},
		"ours among others":      {h.site, sub("v1", nil, "made up", token), true},
		"none":                   {h.site, sub("v1", nil), false},
		"made up":                {h.site, sub("v1", nil, "made up", token+"x"), false},
		"another site's":         {h.site, sub("v1", nil, foreign), false},
		"another visitor's":      {h.site, sub("v2", nil, token), false},
		"ours without consent":   {strict, sub("v1", nil, token), false},
		"ours with that consent": {strict, sub("v1", &yes, token), true},
	} {
		if got := h.Signed(c.site, c.sub); got != c.want {
			t.Errorf("%s: %v, want %v", what, got, c.want)
		}
	}
}
