package sqlitestore

import (
	"context"
	"fmt"
	"hash/maphash"
	"math/bits"
	"sync/atomic"
)

// sieve tells which identities are surely tied to nobody, and of which companies
// surely nobody owns a lead, without asking the file: most touches are of
// somebody new. It is a Bloom filter that only grows. An identity that another
// process tied passes for free, and the writer, whose insert then fails, runs
// the unit itself; so for the sieve something can take longer, but is never wrong.
type sieve struct {
	seed maphash.Seed
	bits []atomic.Uint64
	full atomic.Bool // all that the file held when it was opened is in it
}

const (
	sieveProbes  = 4
	bitsEach     = 16      // of those that the file holds: one in 400 passes wrongly
	sieveAtLeast = 1 << 24 // bits, 2 MB: as sharp for the next million
)

func newSieve(names int) *sieve {
	n := sieveAtLeast
	for n < names*bitsEach {
		n *= 2
	}
	return &sieve{seed: maphash.MakeSeed(), bits: make([]atomic.Uint64, n/64)}
}

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
	if !s.full.Load() {
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

// sift makes the sieve, and fills it while work has begun.
func (s *Store) sift() error {
	var held int
	err := s.read.row(context.Background(), `SELECT count(*) FROM identities`).Scan(&held)
	if err != nil {
		return fmt.Errorf("sqlitestore: count identities: %w", err)
	}
	s.sieve = newSieve(held)
	s.writer.sieve = s.sieve
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	s.filling.Go(func() { s.fill(ctx) })
	return nil
}

// fill notes all that the file holds. Until it is done the file is asked.
func (s *Store) fill(ctx context.Context) {
	note := func(name func(string) string, q string) error {
		return s.read.each(ctx, func(r scanner) error {
			var site, text string
			err := r.Scan(&site, &text)
			s.sieve.add(site, name(text))
			return err
		}, q)
	}
	err := note(func(hash string) string { return hash }, `SELECT site, hash FROM identities`)
	if err == nil {
		err = note(company, `SELECT site, domain FROM leads INDEXED BY leads_owners WHERE domain <> '' AND owner <> ''`)
	}
	s.sieve.full.Store(err == nil)
}
