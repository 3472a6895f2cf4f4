package main

import (
	"errors"
	"fmt"
	"slices"
)

func (r *fanRound) sort() {
	slices.Sort(r.first)
	slices.Sort(r.last)
	slices.Sort(r.post)
}

// printFanout prints all rounds, and whether the promises hold.
func printFanout(floor, assay *fanServer, sockets int) error {
	fmt.Printf("fanout: one alert of %d bytes to %d sockets; times are medians of a round's alerts\n", assay.size, sockets)
	fmt.Printf("  %-6s %6s %7s %9s %9s %9s %11s %16s %9s\n", "server", "round", "alerts", "first ms", "last ms", "max ms", "touch ms", "CPU µs/delivery", "others %")
	for i := range assay.rounds {
		for _, s := range []*fanServer{floor, assay} {
			r := s.rounds[i]
			fmt.Printf("  %-6s %6d %7d %9.1f %9.1f %9.1f %11.1f %16.2f %9.0f\n", s.name, i+1, len(r.last), ms(percentile(r.first, .5)),
				r.time(), ms(percentile(r.last, 1)), ms(percentile(r.post, .5)), us(r.cpu), 100*r.others)
		}
	}
	fmt.Println("  first, last, max: from the publishing (assay: its 202) to a receipt; touch: from when the touch was sent to the last receipt")
	warnDisturbed(medianOf(assay.rounds, func(r *fanRound) float64 { return r.others }))
	cpu := func(r *fanRound) float64 { return us(r.cpu) }
	return errors.Join(
		promise("fanout: the server's median time to the last socket as a part of the floor's", "at most",
			medianOf(assay.rounds, (*fanRound).time)/medianOf(floor.rounds, (*fanRound).time), mostFanoutTime, ""),
		promise("fanout: the server's median CPU per delivery as a part of the floor's", "at most",
			medianOf(assay.rounds, cpu)/medianOf(floor.rounds, cpu), mostFanoutCPU, ""))
}
