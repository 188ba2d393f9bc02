// bench/peers: OPA as a library: a prepared query and parsed input.
//
//	opa_library load RULES REPEATS
//	opa_library parse PLAN REPEATS                           JSON to Go values, and those to OPA's own
//	opa_library time|agree each|whole RULES PLAN REPEATS     each: the input is one resource change, so that OPA's index helps
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strconv"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"sekimori/bench/peers/measure"
)

const peer = "opa"

func prepare(text string) rego.PreparedEvalQuery {
	query := rego.New(rego.Query("data.main.deny"), rego.Module("rules.rego", text))
	return measure.Must(query.PrepareForEval(context.Background()))
}

func plan(text []byte) map[string]any {
	var made map[string]any
	if err := json.Unmarshal(text, &made); err != nil {
		panic(err)
	}
	return made
}

func changes(of map[string]any) []ast.Value {
	var made []ast.Value
	for _, one := range of["resource_changes"].([]any) {
		made = append(made, measure.Must(ast.InterfaceToValue(one)))
	}
	return made
}

func denials(query rego.PreparedEvalQuery, inputs []ast.Value) []any {
	var made []any
	for _, input := range inputs {
		found := measure.Must(query.Eval(context.Background(), rego.EvalParsedInput(input)))
		if len(found) > 0 {
			made = append(made, found[0].Expressions[0].Value.([]any)...)
		}
	}
	return made
}

func evaluate(agree bool, form, rules, plan_ string, repeats int) {
	query := prepare(string(measure.Must(os.ReadFile(rules))))
	parsed := plan(measure.Must(os.ReadFile(plan_)))
	inputs := changes(parsed)
	if form == "whole" {
		inputs = []ast.Value{measure.Must(ast.InterfaceToValue(parsed))}
	}
	parsed = nil
	if agree {
		lines := map[string]bool{}
		for _, line := range denials(query, inputs) {
			lines[line.(string)] = true
		}
		var sorted []string
		for line := range lines {
			sorted = append(sorted, line)
		}
		sort.Strings(sorted)
		for _, line := range sorted {
			fmt.Println(line)
		}
		return
	}
	var found []any
	times := measure.Each(repeats, func() { found = denials(query, inputs) })
	measure.Tell(peer, "library", form, times, map[string]any{"denials": len(found)})
}

func main() {
	words := os.Args[1:]
	if len(words) < 3 {
		fmt.Fprintln(os.Stderr, "opa_library load|parse|time|agree ...")
		os.Exit(2)
	}
	repeats := measure.Must(strconv.Atoi(words[len(words)-1]))
	switch words[0] {
	case "load":
		text := string(measure.Must(os.ReadFile(words[1])))
		measure.Tell(peer, "library", "load", measure.Each(repeats, func() { prepare(text) }), nil)
	case "parse":
		text := measure.Must(os.ReadFile(words[1]))
		measure.Tell(peer, "encoding/json", "parse", measure.Each(repeats, func() { plan(text) }), nil)
		parsed := plan(text)
		measure.Tell(peer, "library", "convert", measure.Each(repeats, func() { changes(parsed) }), nil)
	case "time", "agree":
		evaluate(words[0] == "agree", words[1], words[2], words[3], repeats)
	}
}
