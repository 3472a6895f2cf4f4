package transfer

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
)

// maxDepth is how deep objects within a line are looked into.
const maxDepth = 4

var errJSON = &Fault{Code: "invalid_json", Detail: "want one JSON object on each line"}

// ndjsonFile is a file of one JSON object a line. Members of objects within are
// columns of their own, named with a dot; lists are left out.
type ndjsonFile struct {
	lines *splitter
	names []string
	index map[string]int
	row   int
}

func openNDJSON(in *bufio.Reader) *ndjsonFile {
	return &ndjsonFile{lines: newSplitter(in, 0), index: map[string]int{}}
}

func (f *ndjsonFile) columns() []string { return f.names }

// next gives the next line that is not blank.
func (f *ndjsonFile) next() (*record, error) {
	for {
		raw, fault, err := f.lines.next()
		if err != nil {
			return nil, err
		}
		f.row++
		if fault == nil && len(bytes.TrimSpace(raw)) == 0 {
			continue
		}
		r := &record{row: f.row, size: len(raw), fault: fault}
		raw, r.guessed = decoded(raw)
		if fault == nil && f.read(raw, r) != nil {
			r.fault, r.values = errJSON, nil
		}
		return r, nil
	}
}

func (f *ndjsonFile) read(raw []byte, r *record) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return errors.New("no object")
	}
	if err := f.object(d, "", 1, r); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("more than one value")
	}
	return nil
}

// object reads members up to the closing brace.
func (f *ndjsonFile) object(d *json.Decoder, prefix string, depth int, r *record) error {
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		key := prefix + name.(string) // the decoder gives nothing else here
		value, err := d.Token()
		if err != nil {
			return err
		}
		switch v := value.(type) {
		case json.Delim:
			if v == '{' && depth < maxDepth {
				err = f.object(d, key+".", depth+1, r)
			} else {
				err = pass(d)
			}
		case string:
			f.set(r, key, v)
		case json.Number:
			f.set(r, key, v.String())
		case bool:
			f.set(r, key, strconv.FormatBool(v))
		}
		if err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

// pass reads on behind the value that has begun.
func pass(d *json.Decoder) error {
	for depth := 1; depth > 0; {
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
	return nil
}

// set keeps a member's text. Of more columns than a file may have, the rest is
// left out.
func (f *ndjsonFile) set(r *record, name, value string) {
	i, ok := f.index[name]
	if !ok {
		if len(f.names) == maxColumns {
			return
		}
		i = len(f.names)
		f.index[name], f.names = i, append(f.names, name)
	}
	for len(r.values) <= i {
		r.values = append(r.values, "")
	}
	r.values[i] = value
}
