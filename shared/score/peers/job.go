package main

import (
	"fmt"
	"strings"

	"assay/shared/evidence"
	"assay/shared/model"
	"assay/shared/profile"
)

// Points are whole; package model counts in thousandths.
const milli = 1000

// fact is a rule on what was said: points for any of some codes. Code 1 is an
// answer that no list of the model names.
type fact struct {
	field  profile.Field
	codes  []profile.Code
	fit    bool // counts to fit, else to engagement
	points int
}

// signal is a rule on what was done: points for each one after the first skip,
// at most limit in all.
type signal struct {
	kind                evidence.Kind
	points, limit, skip int
}

// The job: 25 rules over 21 attributes, in the manner of the starter model.
// Nothing ages, since the peers have no notion of it.
var (
	facts = []fact{
		{profile.Email, []profile.Code{1}, true, 15},             // a business's own domain
		{profile.Email, []profile.Code{2, 3}, true, -10},         // free, disposable
		{profile.Role, []profile.Code{2}, true, 20},              // decides
		{profile.Role, []profile.Code{3, 4}, true, 12},           // manages
		{profile.Role, []profile.Code{5}, true, -25},             // studies
		{profile.CompanySize, []profile.Code{4}, true, 20},       // in range
		{profile.CompanySize, []profile.Code{3, 5}, true, 10},    // beside it
		{profile.Industry, []profile.Code{2, 3, 4, 6}, true, 20}, // target industries
		{profile.Country, []profile.Code{2, 3, 5}, true, 5},      // territory
		{profile.Need, []profile.Code{2, 3}, true, 20},           // a need the product meets
		{profile.Company, []profile.Code{2}, true, 10},           // a partner or customer
		{profile.Tools, []profile.Code{2, 4}, true, 5},           // tools that it replaces
		{profile.Authority, []profile.Code{2}, true, 4},          // says that they decide
		{profile.Timing, []profile.Code{2, 3}, false, 15},        // within three months
		{profile.Budget, []profile.Code{2}, false, 10},           // approved
		{profile.Phone, []profile.Code{1}, false, 3},             // gave a number
		{profile.Message, []profile.Code{2}, false, -10},         // a message that speaks against them
	}
	signals = []signal{
		{evidence.PricingViewed, 15, 30, 0},
		{evidence.ComparisonViewed, 8, 16, 0},
		{evidence.PageViewed, 1, 5, 0},
		{evidence.ScrolledHalf, 2, 2, 0},
		{evidence.AskStarted, 20, 20, 0},
		{evidence.OptionalAnswered, 2, 10, 0},
		{evidence.CareersViewed, -10, 10, 0},
		{evidence.ValidationFailed, -5, 5, 3},
	}
)

// compiled gives the job as a compiled model, with the starter model's
// thresholds and grid.
func compiled() ([]byte, error) {
	s := &model.Source{
		LetterMin: [3]uint8{75, 50, 25}, LevelMin: [3]uint8{60, 35, 15}, KnownMin: 50, HandRaiseFit: 25,
		Bands: [model.Letters][model.Levels]byte{{2, 1, 0, 0}, {2, 1, 0, 0}, {1, 0, 0, 0}},
	}
	for _, r := range facts {
		codes := uint32(0)
		for _, c := range r.codes {
			codes |= 1 << c
		}
		s.Facts = append(s.Facts, model.Fact{Field: r.field, Fit: r.fit, Codes: codes, Points: int32(r.points * milli)})
	}
	for _, r := range signals {
		s.Signals = append(s.Signals, model.Signal{Kinds: 1 << r.kind, Points: int32(r.points * milli),
			TotalCap: int32(r.limit * milli), Skip: uint8(r.skip)})
	}
	return model.Build(s)
}

// expression gives the job as one sum, in words that cel-go and expr both
// read. One number carries both scores, so that neither pays its fixed cost
// twice: fit counts in thousands, which split takes apart.
func expression() string {
	var terms []string
	for _, r := range facts {
		points := r.points
		if r.fit {
			points *= fitUnit
		}
		terms = append(terms, fmt.Sprintf("(%s ? %d : 0)", among(r.field.String(), r.codes), points))
	}
	for _, r := range signals {
		terms = append(terms, counted(r))
	}
	return strings.Join(terms, " + ")
}

// among asks whether an attribute is one of some codes. Lists, or one chain of
// choices for each attribute, took expr and cel-go as long.
func among(name string, codes []profile.Code) string {
	var any []string
	for _, c := range codes {
		any = append(any, fmt.Sprintf("%s == %d", name, c))
	}
	return strings.Join(any, " || ")
}

// counted gives the points of a signal that was seen so many times. Every limit
// is a multiple of its points, and a rule that skips earns once.
func counted(r signal) string {
	limit := r.limit
	if r.points < 0 {
		limit = -limit
	}
	name, times := r.kind.String(), limit/r.points
	if times == 1 {
		return fmt.Sprintf("(%s > %d ? %d : 0)", name, r.skip, limit)
	}
	return fmt.Sprintf("(%s >= %d ? %d : %s * %d)", name, times, limit, name, r.points)
}

// fitUnit is what a point of fit counts in an expression's sum: more than
// twice what engagement can come to, either way.
const fitUnit = 1000

// split takes an expression's sum apart.
func split(sum int) scores {
	const far = 1000 // keeps what is divided positive: division rounds to zero
	fit := (sum+fitUnit/2+far*fitUnit)/fitUnit - far
	return scores{fit: bounded(fit), engagement: bounded(sum - fit*fitUnit)}
}

// scores are the two results of the job.
type scores struct {
	fit, engagement int // 0 to 100
}

func bounded(n int) int { return max(0, min(100, n)) }
