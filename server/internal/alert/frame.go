package alert

import "sync/atomic"

// Frame is a message on its way. All who get it share it, and nobody changes it.
type Frame struct {
	Cursor int64 // of its entry; of a message that is no entry, the one reached
	JSON   []byte

	entry bool  // it has a place of its own in the feed
	about facts // what decides who hears of it
	wire  atomic.Pointer[[]byte]
}

// Wire gives the message as a transport sends it, which encode makes of its
// JSON: once for all who get it, by whoever asks first.
func (f *Frame) Wire(encode func(json []byte) []byte) []byte {
	if b := f.wire.Load(); b != nil {
		return *b
	}
	b := encode(f.JSON)
	f.wire.Store(&b)
	return b
}
