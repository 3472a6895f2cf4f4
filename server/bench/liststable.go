package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// printLists prints a line for each single filter and one for all, the ten
// slowest kinds of pages, and whether the promise holds.
func printLists(kinds []*kind, leads, limit int, memory int64) error {
	var all []time.Duration
	groups := map[string][]time.Duration{}
	over := 0
	for _, k := range kinds {
		all = append(all, k.took...)
		groups[groupOf(k.name)] = append(groups[groupOf(k.name)], k.took...)
		if k.at(.99) > mostListTime {
			over++
		}
	}
	fmt.Printf("lists: pages of %d over HTTP from %d leads, %d kinds; the server's memory at the end %.0f MB\n", limit, leads, len(kinds), mb(memory))
	fmt.Printf("  %-18s %8s %9s %9s %9s\n", "pages", "asked", "p50 ms", "p99 ms", "max ms")
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		printPages(name, groups[name])
	}
	printPages("all", all)
	slices.SortFunc(kinds, func(a, b *kind) int { return cmp.Compare(b.at(.99), a.at(.99)) })
	fmt.Printf("  the ten slowest kinds of %d, of which %d are over %d ms:\n", len(kinds), over, mostListTime)
	for _, k := range kinds[:min(10, len(kinds))] {
		fmt.Printf("    p50 %8.2f  p99 %8.2f  max %8.2f ms  %3d on the first page  %s\n", k.at(.5), k.at(.99), k.at(1), k.items, k.name)
	}
	return promise("lists: the slowest kind of page, 99th percentile", "at most", kinds[0].at(.99), mostListTime, " ms")
}

// groupOf gives the filters of a kind that has one, and a word for those with
// none or two.
func groupOf(name string) string {
	_, query, ok := strings.Cut(name, "leads: ")
	if !ok {
		return "feed"
	}
	var found []string
	for pair := range strings.SplitSeq(query, "&") {
		parameter, _, _ := strings.Cut(pair, "=")
		if parameter != "sort" && parameter != "limit" {
			found = append(found, parameter)
		}
	}
	switch len(found) {
	case 0:
		return "no filter"
	case 1:
		return found[0]
	}
	return "two filters"
}

func printPages(name string, took []time.Duration) {
	slices.Sort(took)
	k := kind{took: took}
	fmt.Printf("  %-18s %8d %9.2f %9.2f %9.2f\n", name, len(took), k.at(.5), k.at(.99), k.at(1))
}
