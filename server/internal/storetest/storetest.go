// Package storetest is the suite that every store passes: what intake, desk,
// alert and auth rely on, beyond what the types say.
package storetest

import (
	"slices"
	"testing"

	"assay/server/internal/alert"
	"assay/server/internal/auth"
	"assay/server/internal/desk"
	"assay/server/internal/intake"
)

// Store is all that a server asks of its store.
type Store interface {
	intake.Store
	desk.Store
	alert.Store
	auth.Store
}

// Capability is what a store can do beyond the least that is asked of it.
type Capability int

// Atomic: a unit of work that fails leaves nothing behind.
const Atomic Capability = 1

// check is one subtest. It gets a store of its own, empty.
type check struct {
	name  string
	run   func(t *testing.T, s Store)
	needs Capability
}

// Run runs the suite. open gives a new, empty store, which it closes itself
// when the test ends; has lists what the store can do.
func Run(t *testing.T, open func(t *testing.T) Store, has ...Capability) {
	for _, group := range [][]check{units, applied, races, listing, searches, feeds, companies, people, tokens, sites, erasing, presences, leaves, values} {
		for _, c := range group {
			t.Run(c.name, func(t *testing.T) {
				if c.needs != 0 && !slices.Contains(has, c.needs) {
					t.Skip("the store does not claim this")
				}
				c.run(t, open(t))
			})
		}
	}
}
