package main

import (
	"fmt"
	"math"
	"sync"
	"time"

	"github.com/anishathalye/porcupine"
)

// deed is what somebody did with a lead.
type deed string

// Deeds.
const (
	claim   deed = "claim"
	release deed = "release"
	look    deed = "look" // at who owns it
)

// outcome is what was heard of a deed.
type outcome struct {
	known bool   // there was an answer; without one it may have happened, then or later, or not
	done  bool   // it was done, and not refused for another owner
	owner string // as the answer said
}

// asked is a deed by somebody.
type asked struct {
	do    deed
	by    string // the person's id
	admin bool   // who may release what others own
}

// history is who claimed which lead, when, and what they heard.
type history struct {
	start time.Time

	mu      sync.Mutex
	leads   map[string][]porcupine.Operation
	unknown map[string]int // outcomes by lead
}

func newHistory() *history {
	return &history{start: time.Now(), leads: map[string][]porcupine.Operation{}, unknown: map[string]int{}}
}

// mostUnknown is how many unknown outcomes a lead may have before it is left in
// peace: with each the orders double that must be looked through.
const mostUnknown = 4

// clear reports whether a lead may be claimed once more.
func (h *history) clear(lead string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.unknown[lead] <= mostUnknown
}

// begin notes that a client asks for something. The function that it gives
// notes the outcome, and gives it back.
func (h *history) begin(client int, r *rep, lead string, do deed) func(outcome) outcome {
	call := int64(time.Since(h.start))
	in := asked{do, r.id, r.role == "admin"}
	return func(o outcome) outcome {
		end := int64(time.Since(h.start))
		h.mu.Lock()
		defer h.mu.Unlock()
		if !o.known {
			end = math.MaxInt64
			h.unknown[lead]++
		}
		h.leads[lead] = append(h.leads[lead], porcupine.Operation{ClientId: client, Input: in, Call: call, Output: o, Return: end})
		return o
	}
}

// claimed gives the leads that somebody tried to claim.
func (h *history) claimed() map[string]bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	leads := map[string]bool{}
	for lead := range h.leads {
		leads[lead] = true
	}
	return leads
}

// ownership is what a lead must be like to those who claim it: as if all of them
// came one after the other, the first gets it, and it has one owner until that
// one, or an admin, releases it. What has no answer may have happened at
// any time after it was asked for: after everything, too, which is never.
var ownership = porcupine.Model{
	Init: func() any { return "" },
	Step: func(state, input, output any) (bool, any) {
		owner, in, out := state.(string), input.(asked), output.(outcome)
		after, done := owner, true
		switch in.do {
		case claim:
			if done = owner == "" || owner == in.by; done {
				after = in.by
			}
		case release:
			if done = owner == "" || owner == in.by || in.admin; done {
				after = ""
			}
		}
		return !out.known || out.done == done && out.owner == after, after
	},
	DescribeOperation: func(input, output any) string { return fmt.Sprintf("%+v -> %+v", input, output) },
}

// checkWithin bounds the search for an order of one lead's claims.
const checkWithin = 20 * time.Second

// check looks whether each lead's claims can have happened in some order.
func (h *history) check(bad func(lead string, result porcupine.CheckResult, info porcupine.LinearizationInfo)) (leads int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for lead, ops := range h.leads {
		if result, info := porcupine.CheckOperationsVerbose(ownership, ops, checkWithin); result != porcupine.Ok {
			bad(lead, result, info)
		}
	}
	return len(h.leads)
}
