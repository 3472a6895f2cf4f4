// Package auth knows who may do what: people, their sign-in and sessions,
// one-time links, and the origins that pages may call from.
package auth

import (
	"errors"
	"fmt"
	"time"
)

// SessionLife is how long a sign-in lasts: seven days from the sign-in on,
// however much it is used. A fixed end needs no write per request, and a stolen
// cookie cannot be kept alive.
const SessionLife = 7 * 24 * time.Hour

// Faults of signing in.
var (
	// ErrCredentials: mail address and password belong to nobody, or the
	// one-time link is used, too old or made up. Which of it is not told.
	ErrCredentials = errors.New("auth: wrong credentials")
	// ErrSignedOut: there is no session, or it has ended.
	ErrSignedOut = errors.New("auth: not signed in")
	// ErrBusy: too many passwords are being checked at this moment.
	ErrBusy = errors.New("auth: too many sign-ins at once")
)

// ThrottledError says that an address has given too many wrong passwords, for
// one person or for several.
type ThrottledError struct{ RetryAfter time.Duration }

// Error implements the error interface.
func (e *ThrottledError) Error() string {
	return fmt.Sprintf("auth: too many attempts, try again in %s", e.RetryAfter.Round(time.Second))
}

// Service signs people in and knows them by their sessions.
type Service struct {
	store    Store
	now      func() time.Time
	secure   bool
	hasher   *hasher
	throttle *throttle
	links    *links
	people   *people
}

// New makes a service. With secure, cookies are for https alone.
func New(store Store, secure bool, now func() time.Time) *Service {
	return &Service{store: store, now: now, secure: secure, hasher: newHasher(), throttle: newThrottle(now),
		links: newLinks(now), people: newPeople(store, now)}
}

// MayWork reports whether a role may change leads: everybody but readers.
func (r Role) MayWork() bool { return r == Admin || r == Marketer || r == Rep }

// MayListen reports whether a role may hear of leads: every known one.
func (r Role) MayListen() bool { return r.MayWork() || r == Read }
