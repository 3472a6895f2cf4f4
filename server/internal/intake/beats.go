package intake

import (
	"sync"
	"sync/atomic"
	"time"

	"assay/server/internal/lead"
)

const (
	beatEvery = 5 * time.Second // a session's beats that come sooner are ignored
	maxBeats  = 100_000         // sessions that are remembered; beats of more are ignored
)

// beats remembers when sessions last beat, so that no page can make this server
// work harder than the contract says.
type beats struct {
	mu       sync.Mutex
	sessions map[string]*beat
	swept    time.Time
}

// beat is one session's.
type beat struct {
	at   time.Time
	told atomic.Bool // its one alert went out
}

// take counts a session's beat; ok is false when it comes too soon.
func (b *beats) take(session string, now time.Time) (known *beat, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	known = b.sessions[session]
	switch {
	case known == nil:
		if b.sweep(now); len(b.sessions) >= maxBeats {
			return nil, false
		}
		known = &beat{}
		b.sessions[session] = known
	case now.Sub(known.at) < beatEvery:
		return nil, false
	}
	known.at = now
	return known, true
}

// sweep forgets, once a second, the sessions that are quiet for so long that
// their visitor is present no more.
func (b *beats) sweep(now time.Time) {
	if b.sessions == nil {
		b.sessions = map[string]*beat{}
	}
	if now.Sub(b.swept) < time.Second {
		return
	}
	b.swept = now
	for session, one := range b.sessions {
		if now.Sub(one.at) >= lead.PresenceLife {
			delete(b.sessions, session)
		}
	}
}
