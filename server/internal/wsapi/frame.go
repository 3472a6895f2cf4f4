package wsapi

import (
	"encoding/binary"

	"github.com/gorilla/websocket"
)

// Lengths that a frame's first two bytes can tell, and that two more can.
const (
	shortFrame  = 125
	mediumFrame = 1<<16 - 1
)

// textFrame gives a text as one frame of a server (RFC 6455, 5.2): final, not
// masked and not compressed.
func textFrame(text []byte) []byte { return frame(websocket.TextMessage, text) }

// controlFrame gives a ping, pong or close. Of too long a payload the end is cut.
func controlFrame(kind int, payload []byte) []byte {
	return frame(kind, payload[:min(len(payload), shortFrame)])
}

func frame(kind int, payload []byte) []byte {
	b := make([]byte, 0, len(payload)+10)
	b = append(b, 0x80|byte(kind))
	switch n := len(payload); {
	case n <= shortFrame:
		b = append(b, byte(n))
	case n <= mediumFrame:
		b = binary.BigEndian.AppendUint16(append(b, 126), uint16(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, 127), uint64(n))
	}
	return append(b, payload...)
}
