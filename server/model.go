package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"assay/server/internal/modeling"
)

const modelHelp = `Usage: assay model COMMAND

  lint FILE   say what is wrong with a model, what its rules can never do, and
              what they can at best
  schema      print the JSON Schema of models, for editors

assay model COMMAND -h tells more of each.
`

const schemaHelp = `Usage: assay model schema

Prints the JSON Schema (draft 2020-12) of a model as people write it. Save it
beside your models and name it in their $schema member: editors then complete,
explain and check each member.
`

const lintHelp = `Usage: assay model lint [-json] FILE

Reads a model as people write it (JSON) and prints its faults, what can never
happen under it, the highest scores that it allows, the best grade that each
form can earn, and what it costs every visitor.

  -json   print the report as JSON

Exit codes: 0 it is a model, 1 it is none or cannot be read, 2 wrong usage.
`

// modelCommand does what is asked for with a model and gives the exit code.
func modelCommand(args []string, out, errs io.Writer) int {
	if len(args) == 0 {
		fmt.Fprint(errs, modelHelp)
		return misuse
	}
	switch args[0] {
	case "lint":
		return lint(args[1:], out, errs)
	case "schema":
		return schema(args[1:], out, errs)
	case "-h", "-help", "--help", "help":
		fmt.Fprint(out, modelHelp)
		return fine
	}
	fmt.Fprintf(errs, "assay model: there is no command %q\n\n%s", args[0], modelHelp)
	return misuse
}

func schema(args []string, out, errs io.Writer) int {
	if len(args) == 0 {
		_, _ = out.Write(modeling.Schema)
		return fine
	}
	if args[0] == "-h" || args[0] == "-help" || args[0] == "--help" {
		fmt.Fprint(out, schemaHelp)
		return fine
	}
	fmt.Fprintf(errs, "assay model schema: takes no arguments\n\n%s", schemaHelp)
	return misuse
}

func lint(args []string, out, errs io.Writer) int {
	flags := flag.NewFlagSet("assay model lint", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	asJSON := flags.Bool("json", false, "")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(out, lintHelp)
		return fine
	case err != nil:
		fmt.Fprintf(errs, "assay model lint: %s\n\n%s", err, lintHelp)
		return misuse
	case flags.NArg() != 1:
		fmt.Fprintf(errs, "assay model lint: want one file\n\n%s", lintHelp)
		return misuse
	}
	name := flags.Arg(0)
	source, err := readModel(name)
	if err != nil {
		fmt.Fprintf(errs, "assay model lint: %s\n", err)
		return failure
	}
	report := modeling.Lint(source)
	if *asJSON {
		e := json.NewEncoder(out)
		e.SetIndent("", "  ")
		err = e.Encode(report)
	} else {
		err = printReport(out, name, source, report)
	}
	if err != nil {
		fmt.Fprintf(errs, "assay model lint: %s\n", err)
		return failure
	}
	if len(report.Faults) > 0 {
		return failure
	}
	return fine
}

// readModel reads no more of a file than shows that it is too long.
func readModel(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, modeling.MaxSource+1))
}
