package httpapi

import (
	"encoding/json"
	"testing"
)

// FuzzSplit holds the splitters to encoding/json: same members, same values,
// for every valid body.
func FuzzSplit(f *testing.F) {
	for _, seed := range append(seeds, ` [ 1 , "a,]\"}" , [ ] , { } , -1.5e+7 , null ] `, `{"a":{"b":[1,{"c":"}"}]},"a":2, "\u0061" : 3 ,"é":"\ud800"}`, "[1]\n", `""`, "1") {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if !json.Valid(body) {
			return
		}
		var object map[string]json.RawMessage
		want := json.Unmarshal(body, &object) == nil && object != nil
		members, ok := splitObject(body)
		if ok != want {
			t.Fatalf("an object: %v, want %v", ok, want)
		}
		got := map[string]string{}
		for _, m := range members {
			got[m.name] = string(m.value)
		}
		if len(got) != len(object) {
			t.Fatalf("%d members, want %d", len(got), len(object))
		}
		for name, value := range object {
			if got[name] != string(value) {
				t.Fatalf("%q is %q, want %q", name, got[name], value)
			}
		}
		var list []json.RawMessage
		want = json.Unmarshal(body, &list) == nil && list != nil
		values, ok := splitList(body)
		if ok != want || len(values) != len(list) {
			t.Fatalf("a list: %v of %d, want %v of %d", ok, len(values), want, len(list))
		}
		for i, value := range list {
			if string(values[i]) != string(value) {
				t.Fatalf("value %d is %q, want %q", i, values[i], value)
			}
		}
	})
}
