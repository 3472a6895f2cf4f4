package sqlitestore

import (
	"context"
	"fmt"
	"time"
)

// refillAgain is the least between two fillings that other processes cause: an
// import beside the server changes the file all the time.
const refillAgain = 10 * time.Second

// sift makes the sieve, which is empty yet, and finds what is not in order.
func (s *Store) sift() error {
	var held int
	err := s.read.row(context.Background(), `SELECT count(*) FROM names`).Scan(&held)
	if err != nil {
		return fmt.Errorf("sqlitestore: count names: %w", err)
	}
	s.sieve = newSieve(held)
	s.writer.sieve = s.sieve
	if err := s.young.load(s.writer.c, s.sieve); err != nil {
		return err
	}
	return s.writer.tidied.count(s.writer.c)
}

// keepFilled fills the sieve whenever there is cause to, until the context ends.
func (s *Store) keepFilled(ctx context.Context) {
	s.fill(ctx)
	for {
		select {
		case <-s.sieve.refills:
		case <-ctx.Done():
			return
		}
		s.fill(ctx)
		select {
		case <-time.After(refillAgain):
		case <-ctx.Done():
			return
		}
	}
}

// fill notes all that the file holds. Until it is done the file is asked.
func (s *Store) fill(ctx context.Context) {
	age := s.sieve.age.Load()
	note := func(name func(string) string, q string) error {
		return s.read.each(ctx, func(r scanner) error {
			var site, text string
			err := r.Scan(&site, &text)
			s.sieve.add(site, name(text))
			return err
		}, q)
	}
	name := func(text string) string { return text }
	err := note(name, `SELECT site, name FROM names_new`) // before the others: it may be put in order meanwhile
	if err == nil {
		err = note(name, `SELECT site, name FROM names`)
	}
	if err == nil {
		err = note(company, `SELECT site, domain FROM leads INDEXED BY leads_owners WHERE domain <> '' AND owner <> ''`)
	}
	if err == nil {
		s.sieve.filled.Store(age)
	}
}
