package modeling

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// MaxSource is the longest document that is read, in bytes.
const MaxSource = 256 << 10

// maxDepth is how deep members may lie; the format needs six.
const maxDepth = 16

// tree reads JSON into maps, lists and json.Number. It refuses what encoding/json
// lets pass and an author would not notice or a schema library would choke on:
// a member given twice, endless nesting, numbers with exponents.
type tree struct {
	d      *json.Decoder
	faults Faults
	ends   map[string]int64 // where the first token of each value ends, by pointer
}

// Lines gives the line, from 1, on which a pointer's value begins in a
// document; of what is not there, that of what it would be in.
func Lines(source []byte) func(pointer string) int {
	t := tree{d: json.NewDecoder(bytes.NewReader(source)), ends: map[string]int64{}}
	t.d.UseNumber()
	_, _ = t.value("", 0) // up to where it breaks off
	return func(pointer string) int {
		for {
			if end, ok := t.ends[pointer]; ok || pointer == "" {
				return 1 + bytes.Count(source[:end], []byte("\n"))
			}
			pointer = pointer[:strings.LastIndexByte(pointer, '/')]
		}
	}
}

// readTree gives the document's root, nil when it cannot be read, and what is
// wrong with it.
func readTree(source []byte) (any, Faults) {
	if len(source) > MaxSource {
		return nil, Faults{{"", "too_long", fmt.Sprintf("want at most %d KiB, got %d bytes: shorten lists of words", MaxSource>>10, len(source))}}
	}
	t := tree{d: json.NewDecoder(bytes.NewReader(source)), ends: map[string]int64{}}
	t.d.UseNumber()
	root, err := t.value("", 0)
	if err == nil {
		if _, end := t.d.Token(); end != io.EOF {
			err = errors.New("something follows the document's end")
		}
	}
	if err != nil {
		return nil, append(t.faults, syntax(source, t.d.InputOffset(), err))
	}
	return root, t.faults
}

// syntax says where JSON breaks off.
func syntax(source []byte, offset int64, err error) Fault {
	var broken *json.SyntaxError
	if errors.As(err, &broken) {
		offset = broken.Offset
	}
	offset = max(0, min(offset, int64(len(source))))
	line := 1 + bytes.Count(source[:offset], []byte("\n"))
	column := int(offset) - bytes.LastIndexByte(source[:offset], '\n') - 1
	text := strings.TrimPrefix(err.Error(), "json: ")
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		text = "it ends too early"
	}
	return Fault{"", "json", fmt.Sprintf("want JSON; at line %d, column %d: %s", line, max(1, column), text)}
}

func (t *tree) value(path string, depth int) (any, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("%s lies deeper than %d members", path, maxDepth)
	}
	token, err := t.d.Token()
	if err != nil {
		return nil, err
	}
	t.ends[path] = t.d.InputOffset()
	switch v := token.(type) {
	case json.Delim:
		if v == '{' {
			return t.object(path, depth)
		}
		return t.list(path, depth)
	case json.Number:
		if len(v) > 20 || strings.ContainsAny(string(v), "eE") {
			t.faults = append(t.faults, Fault{path, "number", "want a plain number such as 12.5, without an exponent"})
			return json.Number("0"), nil
		}
		return shortest(v), nil
	}
	return token, nil
}

// shortest writes a plain number without zeros that say nothing: 10.0 is the
// whole number 10 to JSON Schema, and to nobody who decodes it into one.
func shortest(n json.Number) json.Number {
	text := string(n)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	if text == "-0" {
		text = "0"
	}
	return json.Number(text)
}

func (t *tree) object(path string, depth int) (any, error) {
	members := map[string]any{}
	for t.d.More() {
		token, err := t.d.Token()
		if err != nil {
			return nil, err
		}
		name := token.(string) // the decoder takes nothing else here
		if _, twice := members[name]; twice {
			t.faults = append(t.faults, Fault{at(path, name), "duplicate_member", "want each member once: which of the two is meant?"})
		}
		if members[name], err = t.value(at(path, name), depth+1); err != nil {
			return nil, err
		}
	}
	_, err := t.d.Token()
	return members, err
}

func (t *tree) list(path string, depth int) (any, error) {
	items := []any{}
	for t.d.More() {
		item, err := t.value(at(path, len(items)), depth+1)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	_, err := t.d.Token()
	return items, err
}
