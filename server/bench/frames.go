package main

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// Opcodes of WebSocket frames.
const (
	opText  = 0x1
	opClose = 0x8
	opPing  = 0x9
)

// errFrame: a server sends no such frame to this client.
var errFrame = errors.New("a frame that is masked or in parts")

// frame is a whole frame from a server.
type frame struct {
	opcode  byte
	payload []byte
}

// nextFrame reads the frame that stands at the start of some bytes and gives
// what comes after it. It gives false while the frame is not complete.
func nextFrame(b []byte) (f frame, rest []byte, whole bool, err error) {
	if len(b) < 2 {
		return f, b, false, nil
	}
	if b[0]&0x80 == 0 || b[1]&0x80 != 0 {
		return f, b, false, errFrame
	}
	head, length := 2, uint64(b[1])
	switch length {
	case 126:
		head = 4
	case 127:
		head = 10
	}
	if len(b) < head {
		return f, b, false, nil
	}
	switch length {
	case 126:
		length = uint64(binary.BigEndian.Uint16(b[2:]))
	case 127:
		length = binary.BigEndian.Uint64(b[2:])
	}
	if uint64(len(b)-head) < length {
		return f, b, false, nil
	}
	end := head + int(length)
	return frame{b[0] & 0xf, b[head:end]}, b[end:], true, nil
}

// isAlert reports whether a frame is an alert of the feed.
func (f *frame) isAlert() bool {
	return f.opcode == opText && bytes.HasPrefix(f.payload, []byte(alertPrefix))
}
