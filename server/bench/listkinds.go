package main

import (
	"fmt"
	"net/url"
)

// filter is a parameter of the list with values to ask for: one that many leads
// have, one that few have, one that none has, and then others.
type filter struct {
	name   string
	values []string
}

var filters = []filter{
	{"stage", []string{"lead", "opportunity", "junk", "prospect", "subscriber", "disqualified", "anonymous"}},
	{"grade", []string{"D", "A1", "B1", "A", "C", "?", "D4", "?4", "C3"}},
	{"band", []string{"cold", "hot", "warm"}},
	{"owner", []string{ownerOfMany, ownerOfFew, "person-of-none"}},
	{"form", []string{"guide", rareForm, "form-of-none", "book-a-demo"}},
	{"verdict", []string{"verified", "corrected", "suspect", "unverified"}},
	{"nurturing", []string{"false", "true"}},
	{"q", []string{"person", "person-0012345", "nobody", "person-00", "person-0012", "company 0012", "Person 00"}},
}

var sorts = []string{"last_seen", "priority"}

// listKinds gives every question that is measured: each filter's values alone
// and the first three of each two filters, in every sort.
func listKinds(limit int) (kinds []url.Values) {
	for _, sort := range sorts {
		base := url.Values{"sort": {sort}, "limit": {fmt.Sprint(limit)}}
		kinds = append(kinds, base)
		for i, f := range filters {
			for _, v := range f.values {
				kinds = append(kinds, with(base, f.name, v))
			}
			for _, g := range filters[i+1:] {
				for _, v := range f.values[:min(3, len(f.values))] {
					for _, w := range g.values[:min(3, len(g.values))] {
						kinds = append(kinds, with(with(base, f.name, v), g.name, w))
					}
				}
			}
		}
	}
	return kinds
}

// with gives a copy of a query with one more parameter.
func with(q url.Values, name, value string) url.Values {
	out := url.Values{name: {value}}
	for k, v := range q {
		out[k] = v
	}
	return out
}
