package evidence

import (
	"bytes"
	"testing"
)

func TestALogMayHoldKindsWithoutAName(t *testing.T) {
	var l Log
	if err := l.Append(MaxKind, 0); err != nil {
		t.Fatal(err)
	}
	if n, _, err := Check(l.Bytes()); n != 1 || err != nil {
		t.Errorf("%d signals, %v", n, err)
	}
}

func TestATimeTakesItsShortestForm(t *testing.T) {
	for millis, want := range map[uint32][]byte{
		127: {0x7f}, 128: {0x80, 1}, 16383: {0xff, 0x7f}, 16384: {0x80, 0x80, 1}, MaxMillis: {0x80, 0xb8, 0x99, 0x29},
	} {
		var l Log
		_ = l.Append(PageViewed, millis)
		if got := l.Bytes()[2:]; !bytes.Equal(got, want) {
			t.Errorf("%d ms is %x, want %x", millis, got, want)
		}
	}
}

// The bits of a fifth byte that do not fit a time must not be lost in silence.
func TestATimeOfFiveBytesIsRefused(t *testing.T) {
	if _, _, err := Check([]byte{Version, 1, 0x81, 0x80, 0x80, 0x80, 0x10}); err != ErrTime {
		t.Errorf("got %v, want %v", err, ErrTime)
	}
}

func TestALogExtendsItselfAndNoOther(t *testing.T) {
	log := func(millis uint32) []byte {
		var l Log
		_ = l.Append(PageViewed, millis)
		return bytes.Clone(l.Bytes())
	}
	if !Extends(log(5), log(5)) {
		t.Error("a log that was sent twice does not extend itself")
	}
	if Extends(log(5), log(6)) {
		t.Error("a log extends another of the same length")
	}
}
