package main

import (
	"testing"

	"github.com/anishathalye/porcupine"
)

var (
	ada   = asked{claim, "ada", false}
	bob   = asked{claim, "bob", false}
	admin = asked{release, "eve", true}
)

func op(in asked, call, end int64, out outcome) porcupine.Operation {
	return porcupine.Operation{Input: in, Call: call, Return: end, Output: out}
}

func got(owner string) outcome     { return outcome{known: true, done: true, owner: owner} }
func refused(owner string) outcome { return outcome{known: true, owner: owner} }

func TestOwnershipIsLinearizable(t *testing.T) {
	const never = 1 << 62
	for _, c := range []struct {
		name string
		ops  []porcupine.Operation
		want bool
	}{
		{"one of two who race has it", []porcupine.Operation{op(ada, 0, 9, got("ada")), op(bob, 1, 8, refused("ada"))}, true},
		{"both of two who race have it", []porcupine.Operation{op(ada, 0, 9, got("ada")), op(bob, 1, 8, got("bob"))}, false},
		{"neither of two who race has it", []porcupine.Operation{op(ada, 0, 9, refused("bob")), op(bob, 1, 8, refused("ada"))}, false},
		{"the first has it, and claims it again", []porcupine.Operation{op(ada, 0, 1, got("ada")), op(ada, 2, 3, got("ada"))}, true},
		{"an admin releases it between two", []porcupine.Operation{op(ada, 0, 1, got("ada")), op(admin, 2, 3, got("")), op(bob, 4, 5, got("bob"))}, true},
		{"nobody releases it between two", []porcupine.Operation{op(ada, 0, 1, got("ada")), op(bob, 4, 5, got("bob"))}, false},
		{"a colleague releases it", []porcupine.Operation{op(ada, 0, 1, got("ada")), op(asked{release, "bob", false}, 2, 3, got(""))}, false},
		{"a claim without an answer had it", []porcupine.Operation{op(ada, 0, never, outcome{}), op(bob, 4, 5, refused("ada"))}, true},
		{"a claim without an answer never had it", []porcupine.Operation{op(ada, 0, never, outcome{}), op(bob, 4, 5, got("bob"))}, true},
		{"a claim had it before it was made", []porcupine.Operation{op(bob, 0, 1, refused("ada")), op(ada, 2, never, outcome{})}, false},
	} {
		if is := porcupine.CheckOperations(ownership, c.ops); is != c.want {
			t.Errorf("%s: linearizable %v, want %v", c.name, is, c.want)
		}
	}
}
