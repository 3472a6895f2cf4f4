package auth

import (
	"context"
	"crypto/rand"
	"sync"

	"github.com/alexedwards/argon2id"
)

// params are OWASP's second choice for argon2id: 19 MiB, two passes, one lane.
// They bound what a flood of sign-ins can cost.
var params = &argon2id.Params{Memory: 19 << 10, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

const (
	hashesAtOnce = 2  // each takes 19 MiB and a core
	hashesQueued = 62 // wait for one of these; more are turned away
	// MaxPassword is the longest password in bytes.
	MaxPassword = 1000
)

// HashPassword gives a password's hash in its standard text form.
func HashPassword(password string) (string, error) { return argon2id.CreateHash(password, params) }

// MatchPassword reports whether a hash is a password's.
func MatchPassword(password, hash string) bool {
	ok, err := argon2id.ComparePasswordAndHash(password, hash)
	return ok && err == nil
}

// hasher checks passwords, a few at a time.
type hasher struct {
	places chan struct{} // one for each that runs or waits
	cores  chan struct{} // one for each that runs
}

// dummy is the hash of a password that nobody has.
var dummy = sync.OnceValue(func() string {
	hash, err := HashPassword(rand.Text())
	if err != nil {
		panic(err) // only a broken random source fails, and crypto/rand never does
	}
	return hash
})

func newHasher() *hasher {
	dummy() // now, so that the first unknown address takes no longer than others
	return &hasher{places: make(chan struct{}, hashesAtOnce+hashesQueued), cores: make(chan struct{}, hashesAtOnce)}
}

// check takes as long for nobody's password (an empty hash) as for a wrong one.
func (h *hasher) check(ctx context.Context, password, hash string) (bool, error) {
	select {
	case h.places <- struct{}{}:
		defer func() { <-h.places }()
	default:
		return false, ErrBusy
	}
	select {
	case h.cores <- struct{}{}:
		defer func() { <-h.cores }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	if hash == "" {
		MatchPassword(password, dummy())
		return false, nil
	}
	return MatchPassword(password, hash), nil
}
