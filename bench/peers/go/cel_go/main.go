// bench/peers: cel-go.
//
//	cel_go cases DIR        cases.json
//	cel_go conditions DIR   rules.txt over resource.json; writes rules.answers, which the others are compared with
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/ext"

	"sekimori/bench/peers/measure"
)

const peer = "cel-go"

type testCase struct {
	ID         string            `json:"id"`
	Expression string            `json:"expr"`
	Types      map[string]string `json:"types"`
	In         map[string]any    `json:"in"`
	Out        any               `json:"out"`
}

// whole makes int64 of numbers without a fraction.
func whole(given any) any {
	switch it := given.(type) {
	case float64:
		if it == float64(int64(it)) {
			return int64(it)
		}
	case []any:
		for i := range it {
			it[i] = whole(it[i])
		}
	case map[string]any:
		for key := range it {
			it[key] = whole(it[key])
		}
	}
	return given
}

func read(folder, name string) []byte { return measure.Must(os.ReadFile(filepath.Join(folder, name))) }

func object(text []byte) map[string]any {
	var made map[string]any
	if err := json.Unmarshal(text, &made); err != nil {
		panic(err)
	}
	return made
}

func compile(env *cel.Env, text string, options ...cel.ProgramOption) cel.Program {
	checked, issues := env.Compile(text)
	if issues.Err() != nil {
		panic(issues.Err())
	}
	return measure.Must(env.Program(checked, options...))
}

func declared(base *cel.Env, one testCase) (*cel.Env, map[string]any) {
	var options []cel.EnvOption
	bound := map[string]any{}
	for name, kind := range one.Types {
		switch kind {
		case "string":
			options = append(options, cel.Variable(name, cel.StringType))
			bound[name] = one.In[name]
		case "list<string>":
			options = append(options, cel.Variable(name, cel.ListType(cel.StringType)))
			var texts []string
			for _, text := range one.In[name].([]any) {
				texts = append(texts, text.(string))
			}
			bound[name] = texts
		default:
			options = append(options, cel.Variable(name, cel.DynType))
			bound[name] = whole(one.In[name])
		}
	}
	return measure.Must(base.Extend(options...)), bound
}

var optimised = cel.EvalOptions(cel.OptOptimize)

func cases(folder string) {
	var all []testCase
	if err := json.Unmarshal(read(folder, "cases.json"), &all); err != nil {
		panic(err)
	}
	base := measure.Must(cel.NewEnv(ext.Strings()))
	for _, one := range all {
		env, bound := declared(base, one)
		converted := map[string]any{}
		for name, given := range bound {
			converted[name] = env.CELTypeAdapter().NativeToValue(given)
		}
		for _, variant := range []struct {
			name    string
			bound   map[string]any
			options []cel.ProgramOption
		}{
			{"optimised", bound, []cel.ProgramOption{optimised}},
			{"optimised, converted inputs", converted, []cel.ProgramOption{optimised}},
			{"no option", bound, nil},
		} {
			program := compile(env, one.Expression, variant.options...)
			activation := measure.Must(cel.NewActivation(variant.bound))
			found, _, err := program.Eval(activation)
			if err != nil || found.Equal(types.DefaultTypeAdapter.NativeToValue(one.Out)) != types.True {
				panic(fmt.Sprint(one.ID, variant.name, found, err))
			}
			measure.Tell(peer, variant.name, one.ID, measure.Sample(7, 30*time.Millisecond, func() {
				if _, _, err := program.Eval(activation); err != nil {
					panic(err)
				}
			}), nil)
		}
		measure.Tell(peer, "compile", one.ID, measure.Sample(5, 20*time.Millisecond, func() {
			compile(env, one.Expression, optimised)
		}), nil)
	}
}

func conditions(folder string) {
	lines := strings.Split(strings.TrimSpace(string(read(folder, "rules.txt"))), "\n")
	bytes := read(folder, "resource.json")
	resource, parameters := object(bytes), object(read(folder, "params.json"))
	whole(resource)
	whole(parameters)
	env := measure.Must(cel.NewEnv(ext.Strings(), cel.Variable("resource", cel.DynType), cel.Variable("params", cel.DynType)))
	programs := make([]cel.Program, len(lines))
	compileAll := func() {
		for i, line := range lines {
			programs[i] = compile(env, line, optimised)
		}
	}
	measure.Tell(peer, "conditions", "compile", measure.Sample(5, 100*time.Millisecond, compileAll), nil)
	run := func(resource any) string {
		bound := map[string]any{"resource": resource, "params": parameters}
		answers := make([]byte, len(programs))
		for i, program := range programs {
			found, _, err := program.Eval(bound)
			if err != nil {
				panic(err)
			}
			answers[i] = '0'
			if found == types.True {
				answers[i] = '1'
			}
		}
		return string(answers)
	}
	answers := run(resource)
	if err := os.WriteFile(filepath.Join(folder, "rules.answers"), []byte(answers), 0o644); err != nil {
		panic(err)
	}
	measure.Tell(peer, "conditions", "evaluate", measure.Sample(7, 100*time.Millisecond, func() { run(resource) }),
		map[string]any{"true": strings.Count(answers, "1")})
	measure.Tell(peer, "conditions", "bytes", measure.Sample(7, 100*time.Millisecond, func() {
		// Numbers stay float64 here: the conditions answer alike, and turning them costs cel-go nothing this way.
		if run(object(bytes)) != answers {
			panic("other answers from the bytes")
		}
	}), nil)
}

func main() {
	if len(os.Args) != 3 || os.Args[1] != "cases" && os.Args[1] != "conditions" {
		fmt.Fprintln(os.Stderr, "cel_go cases|conditions DIR")
		os.Exit(2)
	}
	if os.Args[1] == "cases" {
		cases(os.Args[2])
	} else {
		conditions(os.Args[2])
	}
}
