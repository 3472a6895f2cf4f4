package main

import (
	"fmt"
	"time"
)

// printIngest prints all rounds, and whether the promise holds.
func printIngest(all []*contender) error {
	fmt.Printf("ingest: durable touches, %d connections; a server's CPU and memory are its process's own\n", clients)
	const head = "  %-6s %6s %9s %11s %8s %8s %8s %9s %8s %8s %8s %8s\n"
	const row = "  %-6s %6s %9d %11.0f %8.2f %8.2f %8.1f %9.1f %8.1f %8.0f %8d %8.0f\n"
	fmt.Printf(head, "server", "round", "requests", "requests/s", "p50 ms", "p99 ms", "max ms", "alerts ms", "CPU µs", "RSS MB", "too slow", "others %")
	for i := range all[0].rounds {
		for _, c := range all {
			r := c.rounds[i]
			fmt.Printf(row, c.name, fmt.Sprint(i+1), len(r.latencies), r.rate, ms(r.at(.5)), ms(r.at(.99)), ms(r.at(1)),
				ms(r.behind), us(r.cpu), mb(r.memory), r.returns, 100*r.others)
		}
	}
	for _, c := range all {
		of := func(f func(*ingestRound) float64) float64 { return medianOf(c.rounds, f) }
		fmt.Printf(row, c.name, "median", c.count, of(rateOf), of(func(r *ingestRound) float64 { return ms(r.at(.5)) }),
			of(func(r *ingestRound) float64 { return ms(r.at(.99)) }), of(func(r *ingestRound) float64 { return ms(r.at(1)) }),
			of(func(r *ingestRound) float64 { return ms(r.behind) }), of(cpuOf),
			of(func(r *ingestRound) float64 { return mb(r.memory) }), best(c.rounds, func(r *ingestRound) int64 { return r.returns }),
			of(func(r *ingestRound) float64 { return 100 * r.others }))
	}
	fmt.Println("  alerts ms: from the last answer to the last alert on the rep's socket; requests/s count until then")
	warnDisturbed(medianOf(all[len(all)-1].rounds, func(r *ingestRound) float64 { return r.others }))
	if len(all) < 2 {
		return nil
	}
	floor, server := all[0].rounds, all[1].rounds
	fmt.Printf("  assay to floor: %.2f of its best rate, %.1f of its CPU per request\n",
		best(server, rateOf)/best(floor, rateOf), medianOf(server, cpuOf)/medianOf(floor, cpuOf))
	return promise("ingest: the server's median rate as a part of the floor's", "at least",
		medianOf(server, rateOf)/medianOf(floor, rateOf), leastIngest, "")
}

func rateOf(r *ingestRound) float64 { return r.rate }
func cpuOf(r *ingestRound) float64  { return us(r.cpu) }

// promise prints whether a figure is at least, or at most, what was promised;
// errBroken when it is not.
func promise(what, bound string, figure, promised float64, unit string) error {
	kept := figure >= promised
	if bound == "at most" {
		kept = figure <= promised
	}
	verdict := "KEPT  "
	if !kept {
		verdict = "BROKEN"
	}
	fmt.Printf("  %s %s: %.2f%s, promised %s %.2f%s (%s)\n\n", verdict, what, figure, unit, bound, promised, unit, time.Now().UTC().Format(time.DateOnly))
	if !kept {
		return errBroken
	}
	return nil
}
