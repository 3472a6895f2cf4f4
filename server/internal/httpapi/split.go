package httpapi

import "encoding/json"

// member is one name and value of a JSON object.
type member struct {
	name  string
	value []byte
}

// The splitters below take apart JSON that json.Valid has found sound, without
// decoding what nobody asks for. A touch is read with one pass of validation
// and a handful of allocations.

// splitObject gives an object's members in order; ok is false for any other
// value.
func splitObject(b []byte) (list []member, ok bool) {
	i := space(b, 0)
	if i == len(b) || b[i] != '{' {
		return nil, false
	}
	list = make([]member, 0, 16)
	for i = space(b, i+1); b[i] != '}'; i = next(b, i) {
		end := value(b, i)
		name, _ := textOf(b[i:end])
		i = space(b, space(b, end)+1) // past the colon
		end = value(b, i)
		list = append(list, member{name, b[i:end]})
		i = end
	}
	return list, true
}

// splitList gives a list's values in order; ok is false for any other value.
func splitList(b []byte) (list [][]byte, ok bool) {
	i := space(b, 0)
	if i == len(b) || b[i] != '[' {
		return nil, false
	}
	for i = space(b, i+1); b[i] != ']'; i = next(b, i) {
		end := value(b, i)
		list = append(list, b[i:end])
		i = end
	}
	return list, true
}

// next goes from a value's end to the next value, or to the closing bracket.
func next(b []byte, i int) int {
	if i = space(b, i); b[i] == ',' {
		i = space(b, i+1)
	}
	return i
}

func space(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\n' || b[i] == '\r') {
		i++
	}
	return i
}

// value gives the end of the value that begins at i.
func value(b []byte, i int) int {
	depth := 0
	for i < len(b) {
		switch b[i] {
		case '"':
			i = text(b, i)
		case '{', '[':
			depth++
			i++
		case '}', ']':
			if depth == 0 { // of what the value is in
				return i
			}
			depth--
			i++
		case ',', ' ', '\t', '\n', '\r':
			if depth == 0 {
				return i
			}
			i++
			continue
		default:
			i++
			continue
		}
		if depth == 0 {
			return i
		}
	}
	return i
}

// text gives the end of the text that begins at i.
func text(b []byte, i int) int {
	for i++; b[i] != '"'; i++ {
		if b[i] == '\\' {
			i++
		}
	}
	return i + 1
}

// textOf reads a value that is a text.
func textOf(b []byte) (s string, ok bool) {
	if len(b) < 2 || b[0] != '"' {
		return "", false
	}
	if plain(b) {
		return string(b[1 : len(b)-1]), true
	}
	return s, json.Unmarshal(b, &s) == nil
}

// plain reports whether a text holds neither escapes nor bytes that a decoder
// might have to replace.
func plain(b []byte) bool {
	for _, c := range b {
		if c == '\\' || c >= 0x80 {
			return false
		}
	}
	return true
}
