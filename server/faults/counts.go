package main

import (
	"fmt"
	"io"
	"sync/atomic"
)

// counts is what a fault tried, and what became of it.
type counts struct {
	rounds, kills, injected            atomic.Int64
	amidTidying, amidFolding           atomic.Int64 // kills, of servers over the embedded store
	requests, accepted, refused, blank atomic.Int64 // touches; blank: no answer
	repeated                           atomic.Int64 // touches sent again though they were accepted
	reconnects                         atomic.Int64
	tooSlow, goingAway                 atomic.Int64 // sockets closed with 4008 and 4010
	people, touches, alerts, messages  atomic.Int64 // alerts in the feed; messages that reps saw
	claims, won, lost, unknown         atomic.Int64
	histories                          atomic.Int64 // leads whose claims were checked
	lostTouches, twiceTouches          atomic.Int64
	lostAlerts, twiceAlerts            atomic.Int64
	doubleClaims                       atomic.Int64
	other                              atomic.Int64 // violations of any other kind
}

// violations gives how many there were in all.
func (c *counts) violations() int64 {
	return c.lostTouches.Load() + c.twiceTouches.Load() + c.lostAlerts.Load() + c.twiceAlerts.Load() + c.doubleClaims.Load() + c.other.Load()
}

// print says all of it.
func (c *counts) print(w io.Writer) {
	for _, line := range []struct {
		title string
		parts []part
	}{
		{"tried", []part{{"rounds", &c.rounds}, {"kill -9", &c.kills}, {"while names were put in order", &c.amidTidying},
			{"while the log was folded", &c.amidFolding}, {"other faults", &c.injected}}},
		{"touches", []part{{"people", &c.people}, {"touches", &c.touches}, {"requests", &c.requests}, {"accepted", &c.accepted},
			{"refused with a code", &c.refused}, {"without an answer", &c.blank}, {"sent again after a 202", &c.repeated}}},
		{"alerts", []part{{"in feeds", &c.alerts}, {"messages seen by reps", &c.messages}, {"reconnects", &c.reconnects},
			{"closed 4008", &c.tooSlow}, {"closed 4010", &c.goingAway}}},
		{"claims", []part{{"tried", &c.claims}, {"won", &c.won}, {"lost", &c.lost}, {"outcome unknown", &c.unknown},
			{"leads checked linearizable", &c.histories}}},
		{"violations", []part{{"touches lost", &c.lostTouches}, {"touches twice", &c.twiceTouches}, {"alerts lost", &c.lostAlerts},
			{"alerts twice", &c.twiceAlerts}, {"double claims", &c.doubleClaims}, {"other", &c.other}}},
	} {
		fmt.Fprintf(w, "  %-11s", line.title)
		for i, p := range line.parts {
			if i > 0 {
				fmt.Fprint(w, " ·")
			}
			fmt.Fprintf(w, " %s %d", p.name, p.n.Load())
		}
		fmt.Fprintln(w)
	}
}

type part struct {
	name string
	n    *atomic.Int64
}
