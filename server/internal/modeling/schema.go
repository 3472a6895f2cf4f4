package modeling

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"slices"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Schema is the format's JSON Schema (draft 2020-12), which editors use too.
//
//go:embed model.schema.json
var Schema []byte

const schemaURL = "urn:assay:model"

// format is the schema, compiled, and as the tree that messages look words up
// in.
type format struct {
	*jsonschema.Schema
	root any
}

// theFormat compiles the schema once. It is part of the program: when it does
// not compile, the program is wrong.
var theFormat = sync.OnceValue(func() *format {
	root, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema))
	if err != nil {
		panic(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(schemaURL, root); err != nil {
		panic(err)
	}
	return &format{c.MustCompile(schemaURL), root}
})

// decode reads a document that keeps to the schema. What breaks it is left out
// of the result, so that the rest can be looked at too.
func decode(source []byte) (*Authored, Faults) {
	root, faults := readTree(source)
	if root == nil {
		return nil, faults
	}
	f := theFormat()
	var invalid *jsonschema.ValidationError
	if err := f.Validate(root); errors.As(err, &invalid) {
		faults = append(faults, f.faults(invalid).apartFrom(faults)...)
	} else if err != nil {
		return nil, append(faults, Fault{"", "schema", err.Error()})
	}
	if len(faults) > 0 {
		root = without(root, "", faults)
	}
	text, err := json.Marshal(root)
	a := new(Authored)
	if err == nil {
		err = json.Unmarshal(text, a)
	}
	if err != nil {
		return nil, append(faults, Fault{"", "value", "want values that can be read: " + err.Error()})
	}
	return a, faults
}

// without empties each place of a document that has a fault; lists keep their
// length, so that pointers stay right.
func without(v any, path string, faults Faults) any {
	for _, f := range faults {
		if f.Path == path && f.Rule != "uniqueItems" {
			return nil
		}
	}
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			v[name] = without(member, at(path, name), faults)
		}
	case []any:
		for i, item := range v {
			v[i] = without(item, at(path, i), faults)
		}
	}
	return v
}

// faults gives the leaves of a schema error: what is wrong, not what it broke.
func (f *format) faults(e *jsonschema.ValidationError) (found Faults) {
	if alternatives(e) || len(e.Causes) == 0 {
		return f.explain(e)
	}
	for _, cause := range e.Causes {
		found = append(found, f.faults(cause)...)
	}
	return found
}

// alternatives reports whether an error's causes are the alternatives that
// failed, of which none is what the author meant.
func alternatives(e *jsonschema.ValidationError) bool {
	path := e.ErrorKind.KeywordPath()
	return len(path) > 0 && slices.Contains([]string{"anyOf", "oneOf", "not"}, path[0])
}
