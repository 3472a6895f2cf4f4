package alert

import "sync/atomic"

// Stats counts what operators watch. What is not said to be of now only grows.
type Stats struct {
	Delivered   atomic.Int64 // messages put into a subscriber's queue or catch-up
	Filtered    atomic.Int64 // messages that a person's filter or an address kept from somebody
	Dropped     atomic.Int64 // messages in queues of subscriptions that ended; they are read again after a reconnect
	TooSlow     atomic.Int64 // subscriptions ended for their full queue
	Rounds      atomic.Int64 // times that a site's news were looked for
	Failures    atomic.Int64 // rounds that the store made fail; they are repeated
	Subscribers atomic.Int64 // now
	QueuedBytes atomic.Int64 // of messages that wait for their subscribers now, counted for each
	Present     atomic.Int64 // visitors on a form now, of sites that somebody listens to
}
