package mongotest

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"
)

// Parts of a message of MongoDB's wire protocol, in bytes.
const (
	headSize = 16
	opAt     = 12
	opMsg    = 2013
	flagSize = 4
	maxSize  = 48 << 20
)

// readMessage reads one whole message.
func readMessage(r io.Reader) ([]byte, error) {
	head := make([]byte, headSize)
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, err
	}
	size := binary.LittleEndian.Uint32(head)
	if size < headSize || size > maxSize {
		return nil, errors.New("mongotest: a message of an impossible size")
	}
	m := append(head, make([]byte, size-headSize)...)
	_, err := io.ReadFull(r, m[headSize:])
	return m, err
}

// command gives the name of a message's command: the key of the first element
// of its body. It is empty for the greetings of old, which are no OP_MSG.
func command(m []byte) string {
	if len(m) < headSize || binary.LittleEndian.Uint32(m[opAt:]) != opMsg {
		return ""
	}
	for at := headSize + flagSize; at+5 < len(m); {
		size := int(binary.LittleEndian.Uint32(m[at+1:]))
		if m[at] == 0 { // the body: its size, the type of its first element, and the key
			key := m[min(at+6, len(m)):]
			return string(key[:max(bytes.IndexByte(key, 0), 0)])
		}
		at += 1 + size
	}
	return ""
}

// writes are the commands that change something.
var writes = []string{
	"insert", "update", "delete", "findAndModify", "findandmodify", "create", "createIndexes", "drop", "dropDatabase", "dropIndexes", "collMod",
}

func changes(command string) bool { return slices.Contains(writes, command) }
