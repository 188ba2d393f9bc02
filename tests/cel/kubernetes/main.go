// Evaluates each expression of cases.tsv with Kubernetes' own CEL environment and writes what comes out into the second
// column: see `./dev kubernetes-cases`. The test pack_kubernetes_test.cpp compares this engine with that column.
package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/common/types/traits"
	"k8s.io/apimachinery/pkg/util/version"
	"k8s.io/apiserver/pkg/cel/environment"
)

func main() {
	env, err := environment.MustBaseEnvSet(version.MajorMinor(1, 37)).Env(environment.StoredExpressions)
	if err != nil {
		panic(err)
	}
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<20)
	for in.Scan() {
		text := strings.SplitN(in.Text(), "\t", 2)[0]
		if text == "" || strings.HasPrefix(text, "#") {
			fmt.Println(in.Text())
			continue
		}
		fmt.Printf("%s\t%s\n", text, evaluate(env, text))
	}
}

func evaluate(env *cel.Env, text string) string {
	ast, issues := env.Compile(text)
	if issues.Err() != nil {
		return "no compile"
	}
	program, err := env.Program(ast)
	if err != nil {
		return "error"
	}
	out, _, err := program.Eval(map[string]any{})
	if err != nil {
		return "error"
	}
	return shown(out)
}

func shown(v ref.Val) string {
	switch v := v.(type) {
	case types.Bool, types.Int:
		return fmt.Sprint(v.Value())
	case types.Uint:
		return fmt.Sprintf("%vu", v.Value())
	case types.Double:
		return "double " + strconv.FormatFloat(float64(v), 'g', 17, 64)
	case types.String:
		return strconv.Quote(string(v))
	case types.Duration:
		return "duration " + strconv.FormatInt(v.Duration.Nanoseconds(), 10)
	case *types.Optional:
		if !v.HasValue() {
			return "none"
		}
		return "some " + shown(v.GetValue())
	case traits.Mapper:
		var entries []string
		for it := v.Iterator(); it.HasNext() == types.True; {
			key := it.Next()
			entries = append(entries, shown(key)+": "+shown(v.Get(key)))
		}
		sort.Strings(entries)
		return "{" + strings.Join(entries, ", ") + "}"
	case traits.Lister:
		var elements []string
		for it := v.Iterator(); it.HasNext() == types.True; {
			elements = append(elements, shown(it.Next()))
		}
		return "[" + strings.Join(elements, ", ") + "]"
	}
	return v.Type().TypeName()
}
