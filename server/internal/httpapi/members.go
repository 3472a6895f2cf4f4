package httpapi

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	maxBody   = 64 << 10
	maxFaults = 32 // named in one answer
)

// readBody reads a body of one of some media types, up to 64 KiB.
func readBody(w http.ResponseWriter, r *http.Request, types ...string) ([]byte, error) {
	given, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	ok := false
	for _, t := range types {
		ok = ok || err == nil && given == t
	}
	if !ok || r.Header.Get("Content-Encoding") != "" {
		return nil, problem(http.StatusUnsupportedMediaType, "unsupported_media_type", "Want an uncompressed body as "+strings.Join(types, " or ")+".")
	}
	if r.ContentLength > maxBody {
		return nil, &http.MaxBytesError{Limit: maxBody}
	}
	return io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
}

// members reads a JSON object by name, once per member, and collects every
// fault with its pointer. A member that is null counts as missing.
type members struct {
	raw    map[string]json.RawMessage
	path   string // JSON pointer of the object
	used   int
	faults *faults
}

// faults are what is wrong with a body.
type faults struct{ list []Fault }

func (f *faults) add(pointer, code, format string, args ...any) {
	if len(f.list) < maxFaults {
		f.list = append(f.list, Fault{pointer, code, fmt.Sprintf(format, args...)})
	}
}

// parseObject reads a body that must be one JSON object.
func parseObject(body []byte) (*members, error) {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(body, &raw); err != nil || raw == nil {
		return nil, problem(http.StatusBadRequest, "invalid_json", "The body is not a JSON object.")
	}
	return &members{raw: raw, faults: &faults{}}, nil
}

// unknown tells how many members nobody asked for.
func (m *members) unknown() int { return len(m.raw) - m.used }

func (m *members) pointer(name string) string {
	return m.path + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}

func (m *members) fault(name, code, format string, args ...any) {
	m.faults.add(m.pointer(name), code, format, args...)
}

// take gives a member's bytes; ok is false when it is missing or null.
func (m *members) take(name string) (raw json.RawMessage, ok bool) {
	raw, ok = m.raw[name]
	if !ok {
		return nil, false
	}
	m.used++
	return raw, string(raw) != "null"
}

// decode reads a member into a value; present is false when it is missing, null
// or, which is a fault, of another type.
func (m *members) decode(name, want string, into any) (present bool) {
	raw, ok := m.take(name)
	if !ok {
		return false
	}
	if err := json.Unmarshal(raw, into); err != nil {
		m.fault(name, "invalid_type", "want %s", want)
		return false
	}
	return true
}

// text reads a text of at most max bytes; a missing one is empty.
func (m *members) text(name string, max int) string {
	var s string
	if !m.decode(name, "text", &s) {
		return ""
	}
	if len(s) > max {
		m.fault(name, "too_long", "want at most %d bytes", max)
		return ""
	}
	if strings.ContainsRune(s, 0) {
		m.fault(name, "invalid_text", "want text without NUL")
		return ""
	}
	return s
}

// required reads a text that must be there.
func (m *members) required(name string, max int) string {
	before := len(m.faults.list)
	s := m.text(name, max)
	if s == "" && len(m.faults.list) == before {
		m.fault(name, "required", "want text")
	}
	return s
}

// object reads a member that is an object; nil when it is missing.
func (m *members) object(name string) *members {
	var raw map[string]json.RawMessage
	if !m.decode(name, "an object", &raw) {
		return nil
	}
	return &members{raw: raw, path: m.pointer(name), faults: m.faults}
}

// texts reads every member of an object as a text: at most many of them, with
// names and texts of so many characters.
func (m *members) texts(many, nameMax, textMax int) map[string]string {
	if len(m.raw) > many {
		m.faults.add(m.path, "too_many", "want at most %d members", many)
		return nil
	}
	out := make(map[string]string, len(m.raw))
	for _, name := range slices.Sorted(maps.Keys(m.raw)) {
		if len(name) > nameMax {
			m.faults.add(m.path, "too_long", "want names of at most %d bytes", nameMax)
			continue
		}
		s := m.text(name, textMax*utf8.UTFMax)
		if utf8.RuneCountInString(s) > textMax {
			m.fault(name, "too_long", "want at most %d characters", textMax)
		} else if s != "" {
			out[name] = s
		}
	}
	return out
}
