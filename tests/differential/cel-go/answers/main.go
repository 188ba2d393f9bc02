// Answers generated cases by cel-go: one JSON case a line on standard input, one answer a line.
//
//	{"vars": {"x": "dyn", ...}}                        first line: declarations
//	{"expr": "x + 1", "in": {"x": VALUE}, "repeat": 1} cases
//
// An empty line ends a batch: its answers are written then. VALUE is as in the conformance suite; {"unknown": true}
// stands where a value is not known. An answer is {"reject": true} where the expression does not compile, else
// {"type": T, "answers": [ANSWER, ...]}: every different answer in `repeat` evaluations, each {"value": VALUE},
// {"error": true} or {"unknown": true}.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"sync"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"sekimori/tests/differential/cel-go/shared"
)

type testCase struct {
	Expr   string                  `json:"expr"`
	In     map[string]shared.Value `json:"in"`
	Repeat int                     `json:"repeat"`
}

type answer map[string]any

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// The options that the engine is compared with: every extension at its newest, and the switches that
// the conformance suite of cel-go turns on.
func environment(vars map[string]string) *cel.Env {
	options := []cel.EnvOption{
		cel.EagerlyValidateDeclarations(true), cel.EnableErrorOnBadPresenceTest(true),
		cel.CrossTypeNumericComparisons(true), cel.DefaultUTCTimeZone(true), cel.EnableIdentifierEscapeSyntax(),
	}
	for _, name := range []string{"optionals", "block", "comprehensions2", "encoders", "lists", "math", "network", "regex", "sets", "strings"} {
		library, _ := shared.Library(name)
		options = append(options, library...)
	}
	for name, text := range vars {
		options = append(options, cel.Variable(name, typeOf(text)))
	}
	return must(cel.NewEnv(options...))
}

func evaluate(env *cel.Env, c testCase) (result answer) {
	defer func() {
		if r := recover(); r != nil {
			result = answer{"panic": fmt.Sprint(r)}
		}
	}()
	ast, issues := env.Compile(c.Expr)
	if issues.Err() != nil {
		return answer{"reject": true, "why": issues.Err().Error()}
	}
	result = answer{"type": typeText(ast.OutputType())}
	program, err := env.Program(ast, cel.EvalOptions(cel.OptPartialEval))
	if err != nil {
		result["answers"] = []answer{{"error": true, "why": "before evaluation: " + err.Error()}}
		return result
	}
	values := map[string]any{}
	var unknown []*cel.AttributePatternType
	for name, v := range c.In {
		values[name] = v.Held
		for _, path := range v.Unknown {
			pattern := cel.AttributePattern(name)
			for _, step := range path {
				switch at := step.(type) {
				case string:
					pattern.QualString(at)
				case int64:
					pattern.QualInt(at)
				case uint64:
					pattern.QualUint(at)
				case bool:
					pattern.QualBool(at)
				}
			}
			unknown = append(unknown, pattern)
		}
	}
	seen := map[string]bool{}
	answers := []answer{}
	for i := 0; i < max(c.Repeat, 1); i++ {
		activation := must(cel.PartialVars(values, unknown...))
		one := shown(program.Eval(activation))
		text := string(must(json.Marshal(one)))
		if !seen[text] {
			seen[text] = true
			answers = append(answers, one)
		}
	}
	result["answers"] = answers
	return result
}

func shown(v ref.Val, _ *cel.EvalDetails, err error) answer {
	switch {
	case err != nil:
		return answer{"error": true, "why": err.Error()}
	case types.IsUnknown(v):
		return answer{"unknown": true}
	case types.IsError(v):
		return answer{"error": true}
	}
	return answer{"value": valueJSON(v)}
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	var declared struct {
		Vars map[string]string `json:"vars"`
	}
	if !lines.Scan() {
		return
	}
	if err := json.Unmarshal(lines.Bytes(), &declared); err != nil {
		panic(err)
	}
	env := environment(declared.Vars)

	// Several processors work on a batch; the answers keep the order of the cases.
	for more := true; more; {
		var cases []testCase
		for more = lines.Scan(); more && len(lines.Bytes()) > 0; more = lines.Scan() {
			var c testCase
			if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
				panic(err)
			}
			cases = append(cases, c)
		}
		answers := make([][]byte, len(cases))
		var wait sync.WaitGroup
		workers := runtime.GOMAXPROCS(0)
		for w := 0; w < workers; w++ {
			wait.Add(1)
			go func() {
				defer wait.Done()
				for i := w; i < len(cases); i += workers {
					answers[i] = must(json.Marshal(evaluate(env, cases[i])))
				}
			}()
		}
		wait.Wait()
		for _, line := range answers {
			out.Write(line)
			out.WriteByte('\n')
		}
		out.Flush()
	}
}
