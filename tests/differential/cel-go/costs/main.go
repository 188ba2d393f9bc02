// What cel-go says that expressions cost: the other side of the differential test of costs.
//
//	costs run FILE           one line of JSON a test: id, estimated min and max, runtime cost
//	costs generate SEED N    N expressions that cel-go compiles, as a file for run
//	costs golden SEED N      those of cases.txt and N generated, with their costs, as golden.jsonl
//
// FILE is the conformance suite (one test a line), or lines {"environment": {...}} and {"expr": ...},
// where an environment holds for the lines after it.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/checker"
	"cel.dev/cel-go/interpreter"

	"sekimori/tests/differential/cel-go/shared"
)

type declaration struct {
	Name     string          `json:"name"`
	Ident    json.RawMessage `json:"ident,omitempty"`
	Function []struct {
		ID       string            `json:"id"`
		Params   []json.RawMessage `json:"params"`
		Result   json.RawMessage   `json:"result"`
		Instance bool              `json:"instance"`
	} `json:"function,omitempty"`
}

type environment struct {
	Container  string                     `json:"container,omitempty"`
	TypeEnv    []declaration              `json:"type_env"`
	Bindings   map[string]json.RawMessage `json:"bindings"`
	Extensions []string                   `json:"extensions"`
	Hints      map[string][2]uint64       `json:"hints,omitempty"`
	Presence   *bool                      `json:"presence_tests,omitempty"`
}

type test struct {
	environment
	ID            string       `json:"id"`
	Expr          string       `json:"expr"`
	DisableCheck  bool         `json:"disable_check"`
	DisableMacros bool         `json:"disable_macros"`
	NeedsProto    bool         `json:"needs_proto"`
	Environment   *environment `json:"environment"`
}

type answer struct {
	ID    string `json:"id"`
	Skip  string `json:"skip,omitempty"`
	Min   string `json:"min,omitempty"`
	Max   string `json:"max,omitempty"`
	Cost  string `json:"cost,omitempty"`
	Error bool   `json:"error,omitempty"`
}

type hints map[string][2]uint64

func (h hints) EstimateSize(element checker.AstNode) *checker.SizeEstimate {
	if bounds, found := h[strings.Join(element.Path(), ".")]; found && len(element.Path()) > 0 {
		return &checker.SizeEstimate{Min: bounds[0], Max: bounds[1]}
	}
	return nil
}

func (hints) EstimateCallCost(function, overloadID string, target *checker.AstNode, args []checker.AstNode) *checker.CallEstimate {
	return nil
}

// The options that our numbers mean: see "Cost and limits" in docs/language.md.
func (e environment) build(macros bool) (*cel.Env, error) {
	presence := e.Presence == nil || *e.Presence
	options := []cel.EnvOption{
		cel.Container(e.Container),
		cel.CrossTypeNumericComparisons(true),
		cel.EnableIdentifierEscapeSyntax(),
		cel.EnableErrorOnBadPresenceTest(true),
		cel.CostEstimatorOptions(checker.PresenceTestHasCost(presence)),
	}
	if !macros {
		options = append(options, cel.ClearMacros())
	}
	added := map[string]bool{}
	for _, name := range e.Extensions {
		if name == "block" && added["bindings"] {
			options = append(options, shared.BlockMacros())
			continue
		}
		library, found := shared.Library(name)
		if !found {
			return nil, fmt.Errorf("no library %q", name)
		}
		added[name] = true
		options = append(options, library...)
	}
	declared := map[string]bool{}
	for _, d := range e.TypeEnv {
		if d.Ident != nil {
			t, err := shared.ReadType(d.Ident)
			if err != nil {
				return nil, err
			}
			declared[d.Name] = true
			options = append(options, cel.Variable(d.Name, t))
			continue
		}
		overloads := []cel.FunctionOpt{}
		for _, one := range d.Function {
			params := []*cel.Type{}
			for _, p := range one.Params {
				t, err := shared.ReadType(p)
				if err != nil {
					return nil, err
				}
				params = append(params, t)
			}
			result, err := shared.ReadType(one.Result)
			if err != nil {
				return nil, err
			}
			if one.Instance {
				overloads = append(overloads, cel.MemberOverload(one.ID, params, result))
			} else {
				overloads = append(overloads, cel.Overload(one.ID, params, result))
			}
		}
		options = append(options, cel.Function(d.Name, overloads...))
	}
	for name := range e.Bindings {
		if !declared[name] {
			options = append(options, cel.Variable(name, cel.DynType))
		}
	}
	return cel.NewEnv(options...)
}

func (t test) run() (made answer) {
	made.ID = t.ID
	defer func() {
		if r := recover(); r != nil {
			made = answer{ID: t.ID, Skip: fmt.Sprintf("cel-go panics: %v", r)}
		}
	}()
	env, err := t.build(!t.DisableMacros)
	if err != nil {
		made.Skip = "environment: " + err.Error()
		return
	}
	var program *cel.Ast
	var issues *cel.Issues
	if t.DisableCheck {
		program, issues = env.Parse(t.Expr)
	} else {
		program, issues = env.Compile(t.Expr)
	}
	if issues.Err() != nil {
		made.Skip = "cel-go does not compile it"
		return
	}
	if !t.DisableCheck {
		estimate, err := env.EstimateCost(program, hints(t.Hints))
		if err != nil {
			made.Skip = "cel-go does not estimate it"
			return
		}
		made.Min, made.Max = strconv.FormatUint(estimate.Min, 10), strconv.FormatUint(estimate.Max, 10)
	}
	variables := map[string]any{}
	for name, raw := range t.Bindings {
		if variables[name], err = shared.ReadValue(raw); err != nil {
			made.Skip = "value: " + err.Error()
			return
		}
	}
	presence := t.Presence == nil || *t.Presence
	runnable, err := env.Program(program, cel.EvalOptions(cel.OptTrackCost), cel.CostTrackerOptions(interpreter.PresenceTestHasCost(presence)))
	if err != nil {
		made.Skip = "cel-go does not plan it"
		return
	}
	// The order in which cel-go goes over a map differs from run to run, and with it what it costs to find something.
	costs := map[string]bool{}
	for i := 0; i < 6; i++ {
		_, details, err := runnable.Eval(variables)
		if details == nil || details.ActualCost() == nil {
			made.Skip = "cel-go tells no cost"
			return
		}
		if one := strconv.FormatUint(*details.ActualCost(), 10); !costs[one] {
			costs[one] = true
			if i > 0 {
				made.Cost += "|"
			}
			made.Cost += one
		}
		made.Error = err != nil
	}
	return
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "costs:", err)
	os.Exit(2)
}

func runFile(path string) {
	file, err := os.Open(path)
	if err != nil {
		fail(err)
	}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<26)
	out := json.NewEncoder(os.Stdout)
	var around environment
	for number := 1; lines.Scan(); number++ {
		var t test
		if err := json.Unmarshal(lines.Bytes(), &t); err != nil {
			fail(err)
		}
		if t.Environment != nil {
			around = *t.Environment
			continue
		}
		if t.TypeEnv == nil && t.Bindings == nil {
			t.environment = around
		}
		if t.ID == "" {
			t.ID = strconv.Itoa(number)
		}
		out.Encode(t.run())
	}
	if err := lines.Err(); err != nil {
		fail(err)
	}
}

func main() {
	switch {
	case len(os.Args) == 3 && os.Args[1] == "run":
		runFile(os.Args[2])
	case len(os.Args) == 4 && (os.Args[1] == "generate" || os.Args[1] == "golden"):
		seed, err := strconv.ParseInt(os.Args[2], 10, 64)
		if err != nil {
			fail(err)
		}
		count, err := strconv.Atoi(os.Args[3])
		if err != nil {
			fail(err)
		}
		if os.Args[1] == "golden" {
			golden(seed, count)
		} else {
			generate(seed, count)
		}
	default:
		fmt.Fprintln(os.Stderr, "usage: costs run FILE | costs generate SEED COUNT | costs golden SEED COUNT")
		os.Exit(2)
	}
}
