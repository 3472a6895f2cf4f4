package alert

import "sync/atomic"

// Frame is a message on its way. All who get it share it, and nobody changes it.
type Frame struct {
	Cursor int64 // of its entry; of a message that is no entry, the one reached
	JSON   []byte

	entry bool  // it has a place of its own in the feed
	about facts // what decides who hears of it
	visit *visit
	wire  atomic.Pointer[[]byte]
}

// visit is what a message of presence is about; others have none.
type visit struct {
	session string
	slot    int    // a number of its own among those who are present
	gone    *Frame // for who was told of it and is not to hear this; nil where this says so itself
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
