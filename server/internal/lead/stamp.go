package lead

import (
	"cmp"
	"strings"
	"time"
)

// Stamp says which touch told a fact. Of two touches the newer one counts,
// whatever the order in which they came.
type Stamp struct {
	At    time.Time `json:"at"` // when the touch happened, at the latest when it was received
	Touch string    `json:"touch"`
}

// stampOf trusts a sender's clock only as far as ours.
func stampOf(t *Touch) Stamp {
	at := t.At
	if at.After(t.Received) {
		at = t.Received
	}
	if t.Import != nil { // of two files that date a row alike, the one that was read later counts
		return Stamp{at, t.Received.UTC().Format("20060102150405.000000000") + t.ID}
	}
	return Stamp{at, t.ID}
}

// compare orders stamps by time, then by touch, so that no two are equal.
func (s Stamp) compare(o Stamp) int {
	return cmp.Or(s.At.Compare(o.At), strings.Compare(s.Touch, o.Touch))
}

// Stamps say where a lead's facts come from.
type Stamps struct {
	Newest  Stamp            `json:"newest,omitzero"`   // the touch that form, page and verdict are of
	Source  Stamp            `json:"source,omitzero"`   // the earliest touch
	Profile map[string]Stamp `json:"profile,omitempty"` // by field
	Answers map[string]Stamp `json:"answers,omitempty"` // by name
}

// fill takes over the answers that are newer than what is there.
func fill(into *map[string]string, from map[string]string, stamps *map[string]Stamp, s Stamp) {
	for k, v := range from {
		if v == "" || s.compare((*stamps)[k]) < 0 {
			continue
		}
		if *into == nil { // a lead without answers is stored without them
			*into = make(map[string]string, len(from))
		}
		if *stamps == nil {
			*stamps = make(map[string]Stamp, len(from))
		}
		(*into)[k], (*stamps)[k] = v, s
	}
}
