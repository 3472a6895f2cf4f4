package profile

import (
	"strings"
	"testing"
)

// lexicon builds a list of words for a test, as a model's compiler does: "ab*"
// is a beginning, "*ab" an ending.
func lexicon(entries map[Field]map[string]Code) *Lexicon {
	out := new(Lexicon)
	for f, words := range entries {
		for w, c := range words {
			m := Whole
			if rest, ok := strings.CutSuffix(w, "*"); ok {
				w, m = rest, Prefix
			} else if rest, ok := strings.CutPrefix(w, "*"); ok {
				w, m = rest, Suffix
			}
			out.Put(Hash(f, []byte(w), m), uint8(m)|uint8(c))
		}
	}
	return out
}

func bounds(f Field, from ...uint32) (out []uint32) {
	for _, n := range from {
		out = append(out, uint32(f)<<28|n)
	}
	return out
}

func TestRead(t *testing.T) {
	words := lexicon(map[Field]map[string]Code{
		Email:    {"gmail.com": 2, "rival.test": 3},
		Role:     {"manager": 2, "director": 3, "geschäftsführer": 3, "student": 4},
		Industry: {"manufacturing": 2, "machine building": 3},
		Timing:   {"under 3 months": 2, "now": 2, "later": 3},
	})
	sizes := bounds(CompanySize, 1, 11, 51, 201, 501)
	for _, c := range []struct {
		field Field
		text  string
		want  Code
	}{
		{Email, "ada@GMail.com", 2},
		{Email, "ada@rival.test ", 3},
		{Email, "ada@works.test", Other},
		{Email, "a@b@works.test", Other},
		{Email, "ada", Unknown},
		{Email, "@works.test", Unknown},
		{Email, "ada@works", Unknown},
		{Email, "ada@works.", Unknown},
		{Email, "ada@wor ks.test", Unknown},
		{Role, "Managing Director, EMEA", 3},
		{Role, "GESCHÄFTSFÜHRER", 3},
		{Role, "Geschaftsfuhrer", 3},
		{Role, "product manager / student", 4},
		{Role, "welder", Other},
		{Role, " .,- ", Unknown},
		{Role, "", Unknown},
		{Industry, "Machine-Building", 3},
		{Industry, "machine", Other},
		{Timing, "under_3_months", 2},
		{Timing, "Later", 3},
		{Timing, "not now, maybe in two years", Other},
		{Timing, "later, not now", Other},
		{CompanySize, "51-200", 4},
		{CompanySize, "1,000-5,000", 6},
		{CompanySize, "about 12 people", 3},
		{CompanySize, "0", Other},
		{CompanySize, "many", Other},
		{CompanySize, "99999999999999", 6},
		{Need, "機械", Other},
	} {
		if got := Read(c.field, []byte(c.text), words, sizes); got != c.want {
			t.Errorf("%v %q is %d, want %d", c.field, c.text, got, c.want)
		}
	}
}

func TestNamesLeadBack(t *testing.T) {
	for f := Field(0); f < Fields; f++ {
		if got, ok := FieldOf(f.String()); !ok || got != f {
			t.Errorf("field %d: %q leads to %d", f, f.String(), got)
		}
	}
	for k := FormKind(0); k < FormKinds; k++ {
		if got, ok := FormKindOf(k.String()); !ok || got != k {
			t.Errorf("form kind %d: %q leads to %d", k, k.String(), got)
		}
	}
	if _, ok := FieldOf("shoe_size"); ok {
		t.Error("a field outside the profile has a number")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(uint8(Email), "ada@works.test")
	f.Add(uint8(CompanySize), "1.000 bis 5.000")
	f.Add(uint8(Role), "\xc3")
	words := lexicon(map[Field]map[string]Code{Role: {"a": 2}, Email: {"b.c": 3}})
	f.Fuzz(func(t *testing.T, field uint8, text string) {
		c := Read(Field(field)%Facts, []byte(text), words, bounds(CompanySize, 1, 10))
		if c > MaxCode || (text == "" && c != Unknown) {
			t.Fatalf("%q read as %d", text, c)
		}
	})
}
