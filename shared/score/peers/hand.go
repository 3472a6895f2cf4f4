package main

import (
	"assay/shared/evidence"
	"assay/shared/profile"
)

// byHand is the job as a programmer would write it who has no model, no reasons
// and no wish to change a rule without a release. It starts from what package
// score starts from: the facts and the log.
func byHand(p *prepared) (scores, error) {
	l := lead{facts: p.facts}
	var r evidence.Reader
	r.Read(p.input.Visits[0].Log)
	for s, ok := r.Next(); ok; s, ok = r.Next() {
		l.counts[s.Kind]++
	}
	return scoresByHand(&l), r.Err()
}

// byHandCounted is byHand for signals that somebody else has counted.
func byHandCounted(p *prepared) (scores, error) { return scoresByHand(&p.lead), nil }

func scoresByHand(l *lead) scores {
	return scores{fit: bounded(fitByHand(l)), engagement: bounded(engagementByHand(l))}
}

func fitByHand(l *lead) int {
	sum := 0
	switch l.facts[profile.Email] {
	case 1:
		sum += 15
	case 2, 3:
		sum -= 10
	}
	switch l.facts[profile.Role] {
	case 2:
		sum += 20
	case 3, 4:
		sum += 12
	case 5:
		sum -= 25
	}
	switch l.facts[profile.CompanySize] {
	case 4:
		sum += 20
	case 3, 5:
		sum += 10
	}
	switch l.facts[profile.Industry] {
	case 2, 3, 4, 6:
		sum += 20
	}
	switch l.facts[profile.Country] {
	case 2, 3, 5:
		sum += 5
	}
	switch l.facts[profile.Need] {
	case 2, 3:
		sum += 20
	}
	if l.facts[profile.Company] == 2 {
		sum += 10
	}
	switch l.facts[profile.Tools] {
	case 2, 4:
		sum += 5
	}
	if l.facts[profile.Authority] == 2 {
		sum += 4
	}
	return sum
}

func engagementByHand(l *lead) int {
	sum := 0
	switch l.facts[profile.Timing] {
	case 2, 3:
		sum += 15
	}
	if l.facts[profile.Budget] == 2 {
		sum += 10
	}
	if l.facts[profile.Phone] == 1 {
		sum += 3
	}
	if l.facts[profile.Message] == 2 {
		sum -= 10
	}
	sum += min(15*int(l.counts[evidence.PricingViewed]), 30)
	sum += min(8*int(l.counts[evidence.ComparisonViewed]), 16)
	sum += min(int(l.counts[evidence.PageViewed]), 5)
	sum += min(2*int(l.counts[evidence.ScrolledHalf]), 2)
	sum += min(20*int(l.counts[evidence.AskStarted]), 20)
	sum += min(2*int(l.counts[evidence.OptionalAnswered]), 10)
	if l.counts[evidence.CareersViewed] > 0 {
		sum -= 10
	}
	if l.counts[evidence.ValidationFailed] > 3 {
		sum -= 5
	}
	return sum
}
