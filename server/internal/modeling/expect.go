package modeling

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
)

// explain puts one error of the schema into plain words. What a member is for
// comes from the schema's own descriptions.
func (f *format) explain(e *jsonschema.ValidationError) Faults {
	path := at("", anys(e.InstanceLocation)...)
	one := func(rule, format string, args ...any) Faults {
		return Faults{{path, rule, fmt.Sprintf(format, args...)}}
	}
	schema := f.at(e.SchemaURL)
	switch k := e.ErrorKind.(type) {
	case *kind.Required:
		return f.missing(path, "required", k.Missing, schema)
	case *kind.DependentRequired:
		return f.missing(path, "dependentRequired", k.Missing, schema)
	case *kind.AdditionalProperties:
		return unknown(path, k.Properties, schema)
	case *kind.Type:
		return one("type", "want %s, got %s", plain(k.Want...), plain(k.Got))
	case *kind.Enum:
		why := text(schema, "$comment")
		if why != "" {
			why = ": " + why
		}
		return one("enum", "want one of %s, got %s%s", list(k.Want), quote(k.Got), why)
	case *kind.Pattern:
		return one("pattern", "want %s, got %s", text(schema, "title"), quote(k.Got))
	case *kind.Minimum:
		return one("minimum", "want %s or more, got %s", k.Want.RatString(), k.Got.RatString())
	case *kind.Maximum:
		return one("maximum", "want %s or less, got %s", k.Want.RatString(), k.Got.RatString())
	case *kind.ExclusiveMinimum:
		return one("exclusiveMinimum", "want more than %s; leave the member out if it should have no effect", k.Want.RatString())
	case *kind.MultipleOf:
		return one("multipleOf", "want at most three decimals")
	case *kind.MinLength:
		return one("minLength", "want %s: a text that is not empty", text(schema, "title"))
	case *kind.MaxLength:
		return one("maxLength", "want at most %d characters, got %d", k.Want, k.Got)
	case *kind.MinItems:
		return one("minItems", "want at least %d in the list", k.Want)
	case *kind.MaxItems:
		return one("maxItems", "want at most %d in the list, got %d", k.Want, k.Got)
	case *kind.UniqueItems:
		return one("uniqueItems", "want each item once; number %d is number %d again", k.Duplicates[1]+1, k.Duplicates[0]+1)
	}
	rule := "not"
	if words := e.ErrorKind.KeywordPath(); len(words) > 0 {
		rule = words[0]
	}
	return one(rule, "want %s", text(schema, "$comment"))
}

// missing points at each member that is not there.
func (f *format) missing(path, rule string, names []string, schema map[string]any) (found Faults) {
	members, _ := schema["properties"].(map[string]any)
	for _, name := range names {
		member, _ := members[name].(map[string]any)
		found = append(found, Fault{at(path, name), rule, "want this member: " + f.describe(member)})
	}
	return found
}

// describe gives what a member is for, from itself or from what it refers to.
func (f *format) describe(member map[string]any) string {
	if words := text(member, "description"); words != "" {
		return words
	}
	ref, _ := member["$ref"].(string)
	return text(f.at(schemaURL+ref), "description")
}

// unknown points at each member that the format has not.
func unknown(path string, names []string, schema map[string]any) (found Faults) {
	members, _ := schema["properties"].(map[string]any)
	known := strings.Join(slices.Sorted(maps.Keys(members)), ", ")
	for _, name := range names {
		found = append(found, Fault{at(path, name), "additionalProperties", "there is no such member here; want one of " + known})
	}
	return found
}

// at gives the part of the schema that a URL points to.
func (f *format) at(url string) map[string]any {
	_, pointer, _ := strings.Cut(url, "#")
	here := f.root
	for _, step := range strings.Split(strings.TrimPrefix(pointer, "/"), "/") {
		members, ok := here.(map[string]any)
		if !ok || step == "" {
			break
		}
		here = members[strings.NewReplacer("~1", "/", "~0", "~", "%3F", "?").Replace(step)]
	}
	part, _ := here.(map[string]any)
	return part
}

func text(schema map[string]any, name string) string {
	words, _ := schema[name].(string)
	return words
}

var plainTypes = map[string]string{"object": "an object", "array": "a list", "string": "a text in quotes", "number": "a number",
	"integer": "a whole number", "boolean": "true or false", "null": "null"}

func plain(types ...string) string {
	words := make([]string, len(types))
	for i, t := range types {
		words[i] = plainTypes[t]
	}
	return strings.Join(words, " or ")
}

// most is how much of what was written a message repeats.
const most = 60

func quote(v any) string {
	words := []rune(fmt.Sprint(v))
	if len(words) > most {
		words = append(words[:most], '…')
	}
	return fmt.Sprintf("%q", string(words))
}

func list(values []any) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = fmt.Sprint(v)
	}
	return strings.Join(words, ", ")
}

func anys(steps []string) []any {
	out := make([]any, len(steps))
	for i, s := range steps {
		out[i] = s
	}
	return out
}
