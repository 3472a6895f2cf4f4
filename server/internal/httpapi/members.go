package httpapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxFaults is how many are named in one answer.
const maxFaults = 32

// members reads a JSON object by name, once per member, and collects every
// fault with its pointer. A member that is null counts as missing; of two with
// one name the last counts.
type members struct {
	list   []member
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
	if json.Valid(body) {
		if list, ok := splitObject(body); ok {
			return &members{list: list, faults: &faults{}}, nil
		}
	}
	return nil, problem(http.StatusBadRequest, "invalid_json", "The body is not a JSON object.")
}

// unknown tells how many members nobody asked for.
func (m *members) unknown() int { return len(m.list) - m.used }

// escape writes a name as a part of a JSON pointer.
var escape = strings.NewReplacer("~", "~0", "/", "~1")

func (m *members) pointer(name string) string { return m.path + "/" + escape.Replace(name) }

func (m *members) fault(name, code, format string, args ...any) {
	m.faults.add(m.pointer(name), code, format, args...)
}

// take gives a member's bytes; ok is false when it is missing or null.
func (m *members) take(name string) (b []byte, ok bool) {
	for i := len(m.list) - 1; i >= 0; i-- {
		if m.list[i].name == name {
			m.used++
			return m.list[i].value, string(m.list[i].value) != "null"
		}
	}
	return nil, false
}

// text reads a text of at most max bytes; a missing one is empty.
func (m *members) text(name string, max int) string {
	b, ok := m.take(name)
	if !ok {
		return ""
	}
	s, ok := textOf(b)
	switch {
	case !ok:
		m.fault(name, "invalid_type", "want text")
	case len(s) > max:
		m.fault(name, "too_long", "want at most %d bytes", max)
	case strings.IndexByte(s, 0) >= 0:
		m.fault(name, "invalid_text", "want text without NUL")
	default:
		return s
	}
	return ""
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
	b, ok := m.take(name)
	if !ok {
		return nil
	}
	list, ok := splitObject(b)
	if !ok {
		m.fault(name, "invalid_type", "want an object")
		return nil
	}
	return &members{list: list, path: m.pointer(name), faults: m.faults}
}

// element reads a value of a list that must be an object; without members, and
// with a list that is nil, when it is none.
func (m *members) element(name string, i int, b []byte) *members {
	e := &members{path: m.pointer(name) + "/" + strconv.Itoa(i), faults: m.faults}
	var ok bool
	if e.list, ok = splitObject(b); !ok {
		m.faults.add(e.path, "invalid_type", "want an object")
	}
	return e
}

// values reads a member that is a list of at most max values; has is false when
// it is missing or at fault.
func (m *members) values(name string, max int) (list [][]byte, has bool) {
	b, ok := m.take(name)
	if !ok {
		return nil, false
	}
	list, ok = splitList(b)
	switch {
	case !ok:
		m.fault(name, "invalid_type", "want a list")
	case len(list) > max:
		m.fault(name, "too_many", "want at most %d", max)
	default:
		return list, true
	}
	return nil, false
}

// flag reads a member that is true or false; nil when it is missing.
func (m *members) flag(name string) *bool {
	b, ok := m.take(name)
	if !ok {
		return nil
	}
	switch string(b) {
	case "true":
		return new(true)
	case "false":
		return new(false)
	}
	m.fault(name, "invalid_type", "want true or false")
	return nil
}

// percent reads a whole number from 0 to 100 that must be there.
func (m *members) percent(name string) uint8 {
	b, ok := m.take(name)
	if !ok {
		m.fault(name, "required", "want 0 to 100")
		return 0
	}
	n, err := strconv.ParseInt(string(b), 10, 64)
	switch {
	case errors.Is(err, strconv.ErrSyntax):
		m.fault(name, "invalid_type", "want a whole number")
	case err != nil || n < 0 || n > 100:
		m.fault(name, "out_of_range", "want 0 to 100")
	default:
		return uint8(n)
	}
	return 0
}

// texts reads every member of an object as a text: at most many of them, with
// names and texts of so many characters.
func (m *members) texts(many, nameMax, textMax int) map[string]string {
	if len(m.list) > many {
		m.faults.add(m.path, "too_many", "want at most %d members", many)
		return nil
	}
	out := make(map[string]string, len(m.list))
	for _, member := range m.list {
		if len(member.name) > nameMax || strings.IndexByte(member.name, 0) >= 0 {
			m.faults.add(m.path, "invalid_name", "want names of at most %d bytes, without NUL", nameMax)
			continue
		}
		s := m.text(member.name, textMax*utf8.UTFMax)
		if utf8.RuneCountInString(s) > textMax {
			m.fault(member.name, "too_long", "want at most %d characters", textMax)
		} else if s != "" {
			out[member.name] = s
		}
	}
	return out
}
