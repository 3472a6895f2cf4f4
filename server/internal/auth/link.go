package auth

import (
	"crypto/rand"
	"sync"
	"time"
)

const (
	linkLife = time.Hour
	maxLinks = 1000 // unused ones; the oldest goes
)

// links keeps one-time tokens in memory: a restart ends them.
type links struct {
	now func() time.Time

	mu     sync.Mutex
	byHash map[string]link
}

type link struct {
	site, person string
	until        time.Time
}

func newLinks(now func() time.Time) *links { return &links{now: now, byHash: map[string]link{}} }

func (l *links) make(site, person string) string {
	token := rand.Text()
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.byHash) >= maxLinks {
		l.dropOldest()
	}
	l.byHash[hash(token)] = link{site, person, l.now().Add(linkLife)}
	return token
}

// take uses a token up; ok is false when it is of no use.
func (l *links) take(token string) (found link, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	h := hash(token)
	found, ok = l.byHash[h]
	delete(l.byHash, h)
	return found, ok && l.now().Before(found.until)
}

func (l *links) dropOldest() {
	oldest := ""
	for h, x := range l.byHash {
		if oldest == "" || x.until.Before(l.byHash[oldest].until) {
			oldest = h
		}
	}
	delete(l.byHash, oldest)
}
