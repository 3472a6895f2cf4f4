package app

import (
	"context"
	"sync/atomic"
	"time"

	"assay/server/internal/alert"
	"assay/server/internal/httpapi"
)

// stillWithin is how long a worker may take to come round. The slower of the
// two begins a round every five seconds.
const stillWithin = 30 * time.Second

// pulse tells whether a worker goes round, and how often that failed.
type pulse struct {
	at     atomic.Pointer[time.Time]
	failed atomic.Int64
}

func (p *pulse) beat() {
	now := time.Now()
	p.at.Store(&now)
}

// still reports whether the worker has stopped, or never began.
func (p *pulse) still() bool {
	at := p.at.Load()
	return at == nil || time.Since(*at) > stillWithin
}

// asked is the alert service's store. The service looks for what waits in
// outboxes every second, which shows that it goes round.
type asked struct {
	alert.Store
	pulse *pulse
}

// Waiting implements alert.Store.
func (s asked) Waiting(ctx context.Context) ([]string, error) {
	s.pulse.beat()
	return s.Store.Waiting(ctx)
}

// inTheWay gives what keeps the server from serving, in one word, or nothing:
// draining, store (it cannot be read), writer (it takes no work), alerts or
// recovery (that worker does not come round).
func (a *App) inTheWay(ctx context.Context) (reason string) {
	switch {
	case !a.ready.Load():
		return "draining"
	case a.store.Reads(ctx) != nil:
		return "store"
	case a.store.Writes(ctx) != nil:
		return "writer"
	case a.dispatch.still():
		return "alerts"
	case a.recovery.still():
		return "recovery"
	}
	return ""
}

// expose shows what the services count.
func (a *App) expose(api *httpapi.API) {
	m, c, touches, alerts, stream := a.metrics, &api.Counters, &a.intake.Stats, &a.alerts.Stats, &a.stream.Stats
	m.Counter("boots_total", "Sessions opened for pages.", c.Boots.Load)
	m.Counter("touches_accepted_total", "Touches answered with 202, repeats among them.", c.TouchesAccepted.Load)
	m.Counters("touches_refused_total", "Touches refused, by the problem's code.", "code", c.TouchesRefused.All)
	m.Counters("touches_total", "Touches that were new and are durable, by verdict; corrected ones are those whose claim differed.", "verdict", touches.ByVerdict)
	m.Counter("touches_duplicate_total", "Touches that were known already and changed nothing.", touches.Duplicates.Load)
	m.Counters("leaves_total", "Forms that pages said were begun and left, by what became of that: only kept ones were stored.", "outcome", touches.ByLeave)
	m.Counter("rate_limited_total", "Requests refused because their address asks too often.", c.RateLimited.Load)
	m.Counter("origins_refused_total", "Requests refused for the page they came from.", c.OriginsRefused.Load)
	m.Counter("unknown_members_total", "Members and parameters that mean nothing here.", c.UnknownMembers.Load)
	m.Counter("sign_ins_failed_total", "Sign-ins that failed.", c.SignInsFailed.Load)
	m.Counter("unavailable_total", "Requests answered with 503.", c.Unavailable.Load)
	m.Counter("panics_total", "Requests and sockets that ended in a panic.", func() int64 { return c.Panics.Load() + stream.Panics.Load() })
	m.Counter("alerts_delivered_total", "Messages given to subscribers.", alerts.Delivered.Load)
	m.Counters("worker_rounds_failed_total", "Rounds of a worker that failed and are repeated.", "worker", func() map[string]int64 {
		return map[string]int64{"alerts": alerts.Failures.Load(), "recovery": a.recovery.failed.Load()}
	})
	m.Counter("alerts_filtered_total", "Messages that a person's filter kept away.", alerts.Filtered.Load)
	m.Counter("alerts_dropped_total", "Messages in queues of subscriptions that ended; a reconnect reads them again.", alerts.Dropped.Load)
	m.Counter("subscriptions_too_slow_total", "Subscriptions ended because their queue was full.", alerts.TooSlow.Load)
	m.Gauge("subscribers", "Subscribers now.", alerts.Subscribers.Load)
	m.Gauge("subscriber_queue_bytes", "Bytes of messages that wait for subscribers now.", alerts.QueuedBytes.Load)
	m.Gauge("visitors_present", "Visitors on a form now, of sites that somebody listens to.", alerts.Present.Load)
	m.Gauge("sockets", "Open sockets now.", stream.Open.Load)
	m.Gauge("sockets_waiting", "Open sockets now whose client takes its time to read.", stream.Waiting.Load)
	m.Counter("socket_messages_total", "Messages written to sockets.", stream.Messages.Load)
	m.Counter("socket_messages_bad_total", "Messages from sockets that made no sense and ended their connection.", stream.BadMessages.Load)
	m.Counter("sockets_silent_total", "Sockets cut off because nothing was heard of their client.", stream.Silent.Load)
	m.Counter("sockets_refused_total", "Sockets refused for the page they came from.", stream.Refused.Load)
	m.Gauge("store_queue_depth", "Units of work that wait for the store's writer now.", func() int64 { n, _ := a.store.Queue(); return int64(n) })
	m.Gauge("store_queue_capacity", "Units of work that may wait; one more is answered with 503.", func() int64 { _, n := a.store.Queue(); return int64(n) })
}
