package modeling

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"assay/shared/evidence"
	"assay/shared/profile"
)

// membersOf gives the JSON names of a struct's fields.
func membersOf(t reflect.Type) map[string]reflect.Type {
	members := map[string]reflect.Type{}
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			maps.Copy(members, membersOf(f.Type))
			continue
		}
		members[f.Tag.Get("json")] = f.Type
	}
	return members
}

// follow gives a part of the schema, or what it refers to.
func follow(part map[string]any) map[string]any {
	if ref, ok := part["$ref"].(string); ok {
		return theFormat().at(schemaURL + ref)
	}
	return part
}

// compare walks types and schema side by side.
func compare(t *testing.T, path string, kind reflect.Type, part map[string]any) {
	part = follow(part)
	for kind.Kind() == reflect.Pointer {
		kind = kind.Elem()
	}
	properties, _ := part["properties"].(map[string]any)
	switch kind.Kind() {
	case reflect.Slice:
		items, _ := part["items"].(map[string]any)
		compare(t, path+"[]", kind.Elem(), items)
	case reflect.Map:
		for name, member := range properties {
			compare(t, path+"/"+name, kind.Elem(), member.(map[string]any))
		}
		if len(properties) == 0 {
			t.Errorf("%s: the schema lists no members", path)
		}
	case reflect.Struct:
		members := membersOf(kind)
		for name, inner := range members {
			member, ok := properties[name].(map[string]any)
			if !ok {
				t.Errorf("%s/%s is in the types and not in the schema", path, name)
				continue
			}
			compare(t, path+"/"+name, inner, member)
		}
		for name := range properties {
			if _, ok := members[name]; !ok {
				t.Errorf("%s/%s is in the schema and not in the types", path, name)
			}
		}
		if part["additionalProperties"] != false {
			t.Errorf("%s: the schema lets unknown members pass", path)
		}
	}
}

func TestSchemaAndTypesHaveTheSameMembers(t *testing.T) {
	compare(t, "", reflect.TypeFor[Authored](), theFormat().root.(map[string]any))
}

// Every part of the schema that a member can have says what it is, and shows
// an example that is valid.
func TestEveryMemberIsDescribedWithAValidExample(t *testing.T) {
	examples := 0
	c := jsonschema.NewCompiler()
	if err := c.AddResource(schemaURL, theFormat().root); err != nil {
		t.Fatal(err)
	}
	var walk func(pointer string, part map[string]any)
	walk = func(pointer string, part map[string]any) {
		target := follow(part)
		if text(part, "description")+text(target, "description") == "" {
			t.Errorf("%s has no description", pointer)
		}
		found, _ := part["examples"].([]any)
		if own, _ := target["examples"].([]any); len(found)+len(own) == 0 {
			t.Errorf("%s has no example", pointer)
		}
		if _, ref := part["$ref"]; !ref && text(part, "title") == "" && part["type"] != "array" {
			t.Errorf("%s has no title", pointer)
		}
		s, err := c.Compile(schemaURL + "#" + pointer)
		if err != nil {
			t.Fatal(err)
		}
		for _, example := range found {
			examples++
			if err := s.Validate(example); err != nil {
				t.Errorf("%s: example %v: %v", pointer, example, err)
			}
		}
		for _, group := range []string{"properties", "$defs"} {
			members, _ := part[group].(map[string]any)
			for name, member := range members {
				walk(at(pointer, group, name), member.(map[string]any))
			}
		}
		if items, ok := part["items"].(map[string]any); ok {
			walk(at(pointer, "items"), items)
		}
	}
	root := theFormat().root.(map[string]any)
	for _, group := range []string{"properties", "$defs"} {
		for name, member := range root[group].(map[string]any) {
			walk(at("", group, name), member.(map[string]any))
		}
	}
	if examples < 100 {
		t.Errorf("%d examples", examples)
	}
}

func TestSchemaListsTheEnginesNames(t *testing.T) {
	var signals, facts, kinds []string
	for k := evidence.Kind(1); k <= evidence.MaxKnown; k++ {
		signals = append(signals, k.String())
	}
	for f := range profile.Facts {
		facts = append(facts, f.String())
	}
	for k := range profile.FormKinds {
		kinds = append(kinds, k.String())
	}
	for name, want := range map[string][]string{
		"signal": append([]string{visitStarted}, signals...), "field": facts, "form_kind": kinds,
	} {
		listed := theFormat().at(schemaURL + "#/$defs/" + name)["enum"].([]any)
		got := strings.Fields(strings.Trim(fmt.Sprint(listed), "[]"))
		if !slices.Equal(got, want) {
			t.Errorf("%s lists %v, want %v", name, got, want)
		}
	}
}
