package main

import (
	"bytes"
	"math/rand/v2"

	"assay/shared/evidence"
	"assay/shared/profile"
	"assay/shared/score"
	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
)

// lead is one input of the job: what was said, read into codes, and how often
// each kind of signal was seen.
type lead struct {
	facts  [profile.Facts]profile.Code
	counts [evidence.MaxKind + 1]uint8
}

// random makes a lead that answered about two fields of three and left about
// five signals.
func random(r *rand.Rand) *lead {
	l := new(lead)
	for f := range l.facts {
		if r.IntN(3) > 0 {
			l.facts[f] = profile.Code(1 + r.IntN(6))
		}
	}
	for _, s := range signals {
		if r.IntN(3) == 0 {
			l.counts[s.kind] = uint8(1 + r.IntN(1+s.skip+s.limit/max(s.points, -s.points)))
		}
	}
	return l
}

// prepared is a lead in the form that each engine wants, made before any clock
// runs.
type prepared struct {
	lead
	input score.Input
	cel   cel.Activation
	expr  map[string]any
}

// start is an instant of no meaning: nothing in the job ages.
const start = 1_800_000_000

func prepare(l *lead) (*prepared, error) {
	log, err := l.log()
	if err != nil {
		return nil, err
	}
	p := &prepared{lead: *l, expr: map[string]any{}}
	p.input = score.Input{Now: start + 3600, Said: start, Facts: l.facts, Visits: []evidence.Visit{{Start: start, Log: log}}}
	boxed := map[string]any{} // cel-go's own integers, so that it converts none
	for name, n := range l.attributes() {
		p.expr[name], boxed[name] = n, types.Int(n)
	}
	p.cel, err = cel.NewActivation(boxed)
	return p, err
}

// attributes gives the lead's 21 attributes by name.
func (l *lead) attributes() map[string]int {
	m := map[string]int{}
	for _, r := range facts {
		m[r.field.String()] = int(l.facts[r.field])
	}
	for _, r := range signals {
		m[r.kind.String()] = int(l.counts[r.kind])
	}
	return m
}

// log gives the lead's signals as the log of one visit, ten seconds apart.
func (l *lead) log() ([]byte, error) {
	var log evidence.Log
	at := uint32(0)
	for kind, n := range l.counts {
		for range n {
			if err := log.Append(evidence.Kind(kind), at); err != nil {
				return nil, err
			}
			at += 10_000
		}
	}
	return bytes.Clone(log.Bytes()), nil // the log itself has room for 4 KB
}

// randomLeads makes so many leads, the same ones each time.
func randomLeads(n int) ([]*prepared, error) {
	r := rand.New(rand.NewPCG(25, 21))
	leads := make([]*prepared, n)
	for i := range leads {
		p, err := prepare(random(r))
		if err != nil {
			return nil, err
		}
		leads[i] = p
	}
	return leads, nil
}
