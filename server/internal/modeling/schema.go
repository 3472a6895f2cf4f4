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

const schemaURL = "https://assay.invalid/model.schema.json"

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

// decode reads a document that keeps to the schema.
func decode(source []byte) (*Authored, Faults) {
	root, faults := readTree(source)
	if len(faults) > 0 {
		return nil, faults
	}
	f := theFormat()
	var invalid *jsonschema.ValidationError
	if err := f.Validate(root); errors.As(err, &invalid) {
		return nil, f.faults(invalid)
	} else if err != nil {
		return nil, Faults{{"", "schema", err.Error()}}
	}
	a := new(Authored)
	if err := json.Unmarshal(source, a); err != nil {
		return nil, Faults{{"", "value", err.Error()}}
	}
	return a, nil
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
