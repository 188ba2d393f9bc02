// Types and values as text.
package main

import (
	"encoding/base64"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
	"cel.dev/cel-go/ext"
)

var primitives = map[string]*cel.Type{
	"bool": cel.BoolType, "int": cel.IntType, "uint": cel.UintType, "double": cel.DoubleType, "string": cel.StringType,
	"bytes": cel.BytesType, "timestamp": cel.TimestampType, "duration": cel.DurationType, "null_type": cel.NullType,
	"dyn": cel.DynType, "type": types.TypeType, "list": types.NewListType(cel.DynType), "map": types.NewMapType(cel.DynType, cel.DynType),
	"google.protobuf.Timestamp": cel.TimestampType, "google.protobuf.Duration": cel.DurationType,
	"optional_type": cel.OptionalType(cel.DynType),
}

// typeOf reads "map(string, list(int))".
func typeOf(text string) *cel.Type {
	name, inside, nested := strings.Cut(text, "(")
	if !nested {
		return primitives[name]
	}
	var of []*cel.Type
	depth, first := 0, 0
	inside = inside[:len(inside)-1]
	for i, c := range inside + "," {
		switch c {
		case '(':
			depth++
		case ')':
			depth--
		case ',':
			if depth == 0 {
				of = append(of, typeOf(strings.TrimSpace(inside[first:i])))
				first = i + 1
			}
		}
	}
	switch name {
	case "list":
		return cel.ListType(of[0])
	case "map":
		return cel.MapType(of[0], of[1])
	case "optional_type":
		return cel.OptionalType(of[0])
	case "wrapper":
		return cel.NullableType(of[0])
	}
	panic("type " + text)
}

// typeText writes a deduced type as the conformance suite does.
func typeText(t *cel.Type) string {
	var of []string
	for _, p := range t.Parameters() {
		of = append(of, typeText(p))
	}
	inside := "(" + strings.Join(of, ", ") + ")"
	switch t.Kind() {
	case types.ListKind:
		return "list" + inside
	case types.MapKind:
		return "map" + inside
	case types.TypeKind:
		if len(of) == 0 {
			return "type(dyn)"
		}
		return "type" + inside
	case types.DynKind:
		return "dyn"
	case types.OpaqueKind:
		if len(of) == 0 {
			return t.TypeName()
		}
		return t.TypeName() + inside
	}
	if t.IsAssignableType(types.NullType) && t.Kind() != types.NullTypeKind {
		return "wrapper(" + t.TypeName() + ")"
	}
	return t.TypeName()
}

func seconds(whole int64, nanos int) any {
	return map[string]any{"seconds": strconv.FormatInt(whole, 10), "nanos": nanos}
}

func valueJSON(v ref.Val) any {
	one := func(kind string, held any) any { return map[string]any{kind: held} }
	switch x := v.(type) {
	case types.Null:
		return one("null", true)
	case types.Bool:
		return one("bool", bool(x))
	case types.Int:
		return one("int64", strconv.FormatInt(int64(x), 10))
	case types.Uint:
		return one("uint64", strconv.FormatUint(uint64(x), 10))
	case types.Double:
		if math.IsNaN(float64(x)) {
			return one("double", "nan")
		}
		return one("double", strings.ToLower(strings.TrimPrefix(strconv.FormatFloat(float64(x), 'g', 17, 64), "+")))
	case types.String:
		return one("string", string(x))
	case types.Bytes:
		return one("bytes", base64.StdEncoding.EncodeToString([]byte(x)))
	case *types.Type:
		return one("type", x.TypeName())
	case types.Timestamp:
		return one("timestamp", seconds(x.Unix(), x.Nanosecond()))
	case types.Duration:
		return one("duration", seconds(int64(x.Duration/time.Second), int(x.Duration%time.Second)))
	case *types.Optional:
		if !x.HasValue() {
			return one("none", true)
		}
		return one("some", valueJSON(x.GetValue()))
	case ext.IP, ext.CIDR:
		return one("opaque", []string{v.Type().TypeName(), fmt.Sprint(v.Value())})
	case traits.Lister:
		out := []any{}
		for i := types.Int(0); i < x.Size().(types.Int); i++ {
			out = append(out, valueJSON(x.Get(i)))
		}
		return one("list", out)
	case traits.Mapper:
		out := []any{}
		for it := x.Iterator(); it.HasNext() == types.True; {
			key := it.Next()
			out = append(out, []any{valueJSON(key), valueJSON(x.Get(key))})
		}
		return one("map", out)
	}
	return one("other", v.Type().TypeName())
}
