package main

import (
	"fmt"

	"assay/shared/score"
	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"
	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
)

// engine is one way to do the job. Its score fails only for a fault of the
// engine or its input.
type engine struct {
	name       string // "counted": it is given the signals counted
	expression bool   // a rule engine that evaluates foreign expressions
	score      func(*prepared) (scores, error)
}

// engines gives all of them, ready to score; ours comes first, the function by
// hand second.
func engines() ([]engine, error) {
	ours, err := newOurs()
	if err != nil {
		return nil, fmt.Errorf("assay: %w", err)
	}
	byCEL, err := newCEL()
	if err != nil {
		return nil, fmt.Errorf("cel-go: %w", err)
	}
	byExpr, err := newExpr()
	if err != nil {
		return nil, fmt.Errorf("expr: %w", err)
	}
	return []engine{
		{"ours", false, ours},
		{"by hand", false, byHand},
		{"by hand, counted", false, byHandCounted},
		{"expr, counted", true, byExpr},
		{"cel-go, counted", true, byCEL},
	}, nil
}

func newOurs() (func(*prepared) (scores, error), error) {
	m, err := compiled()
	if err != nil {
		return nil, err
	}
	e, out := new(score.Engine), new(score.Result)
	if err := e.Load(m); err != nil {
		return nil, err
	}
	return func(p *prepared) (scores, error) {
		err := e.Score(&p.input, out)
		return scores{int(out.Fit), int(out.Engagement)}, err
	}, nil
}

func newCEL() (func(*prepared) (scores, error), error) {
	var options []cel.EnvOption
	for name := range new(lead).attributes() {
		options = append(options, cel.Variable(name, cel.IntType))
	}
	env, err := cel.NewEnv(options...)
	if err != nil {
		return nil, err
	}
	ast, issues := env.Compile(expression())
	if issues.Err() != nil {
		return nil, issues.Err()
	}
	program, err := env.Program(ast, cel.EvalOptions(cel.OptOptimize))
	if err != nil {
		return nil, err
	}
	return func(p *prepared) (scores, error) {
		sum, _, err := program.Eval(p.cel)
		if err != nil {
			return scores{}, err
		}
		return split(int(sum.(types.Int))), nil
	}, nil
}

func newExpr() (func(*prepared) (scores, error), error) {
	env := map[string]any{}
	for name, n := range new(lead).attributes() {
		env[name] = n
	}
	program, err := expr.Compile(expression(), expr.Env(env), expr.AsInt())
	if err != nil {
		return nil, err
	}
	machine := new(vm.VM) // reused: its stack is then allocated once
	return func(p *prepared) (scores, error) {
		sum, err := machine.Run(program, p.expr)
		if err != nil {
			return scores{}, err
		}
		return split(sum.(int)), nil
	}, nil
}
