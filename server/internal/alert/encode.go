package alert

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// maxShown is the length, in characters, of a visitor's words in a message: an
// alert is a line to read, and the lead's page has the whole.
const maxShown = 200

// Encode gives a message as JSON that no page reads as HTML: what it quotes is
// not made longer by escapes.
func (m Message) Encode() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(m); err != nil {
		return nil, fmt.Errorf("alert: message %s: %w", m.ID, err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// shown cuts what a visitor said to maxShown characters, the last of which then
// is an ellipsis.
func shown(text string) string {
	if len(text) <= maxShown || utf8.RuneCountInString(text) <= maxShown {
		return text
	}
	return string([]rune(text)[:maxShown-1]) + "…"
}
