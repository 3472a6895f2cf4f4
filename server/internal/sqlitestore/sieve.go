package sqlitestore

import (
	"hash/maphash"
	"math/bits"
	"sync/atomic"
)

// sieve tells which identities are surely tied to nobody, which touches surely never
// came, and of which companies surely nobody owns a lead, without asking the file:
// most touches are of somebody new. It is a Bloom filter that only grows. It lacks nothing until it is
// filled, and again from when the writer sees that another process wrote: drafts
// that asked it before are done again then.
type sieve struct {
	seed    maphash.Seed
	bits    []atomic.Uint64
	age     atomic.Uint64 // how often others were seen to have written, and one
	filled  atomic.Uint64 // the age whose names are all in it
	refills chan struct{} // holds one while there is cause to fill it again
}

const (
	sieveProbes  = 4
	bitsEach     = 16      // of those that the file holds: one in 400 passes wrongly
	sieveAtLeast = 1 << 24 // bits, 2 MB: as sharp for the next quarter of a million touches
)

func newSieve(names int) *sieve {
	n := sieveAtLeast
	for n < names*bitsEach {
		n *= 2
	}
	s := &sieve{seed: maphash.MakeSeed(), bits: make([]atomic.Uint64, n/64), refills: make(chan struct{}, 1)}
	s.age.Store(1)
	return s
}

// outdate tells that another process wrote names that are not in it.
func (s *sieve) outdate() {
	s.age.Add(1)
	select {
	case s.refills <- struct{}{}:
	default: // somebody told already
	}
}

// full reports whether all names are in it.
func (s *sieve) full() bool { return s.filled.Load() == s.age.Load() }

// add notes a name of a site.
func (s *sieve) add(site, name string) {
	at, step := s.start(site, name)
	for range sieveProbes {
		word, bit := s.place(at)
		word.Or(bit)
		at += step
	}
}

// lacks reports whether a name was surely never noted.
func (s *sieve) lacks(site, name string) bool {
	if !s.full() {
		return false
	}
	at, step := s.start(site, name)
	for range sieveProbes {
		word, bit := s.place(at)
		if word.Load()&bit == 0 {
			return true
		}
		at += step
	}
	return false
}

func (s *sieve) start(site, name string) (at, step uint64) {
	at = s.key(site, name)
	return at, bits.RotateLeft64(at, 32) | 1
}

// key makes a number of a site's name.
func (s *sieve) key(site, name string) uint64 {
	return maphash.String(s.seed, site)*31 + maphash.String(s.seed, name)
}

// leadKey makes one of a lead's id, which no identity has.
func (s *sieve) leadKey(site, id string) uint64 { return ^s.key(site, id) }

func (s *sieve) place(at uint64) (word *atomic.Uint64, bit uint64) {
	at &= uint64(len(s.bits))*64 - 1
	return &s.bits[at/64], 1 << (at % 64)
}

// company is the name of a company whose leads have an owner.
func company(domain string) string { return "company\x00" + domain }
