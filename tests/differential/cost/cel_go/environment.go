package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/ext"
)

// The libraries by the names that test files give them, each in its newest version.
func library(name string) ([]cel.EnvOption, bool) {
	switch name {
	case "bindings":
		return []cel.EnvOption{ext.Bindings()}, true
	case "block":
		return []cel.EnvOption{ext.Bindings(), blockMacros()}, true
	case "comprehensions2":
		return []cel.EnvOption{ext.TwoVarComprehensions()}, true
	case "encoders":
		return []cel.EnvOption{ext.Encoders()}, true
	case "lists":
		return []cel.EnvOption{ext.Lists()}, true
	case "math":
		return []cel.EnvOption{ext.Math()}, true
	case "network":
		return []cel.EnvOption{ext.Network()}, true
	case "optionals":
		return []cel.EnvOption{cel.OptionalTypes()}, true
	case "regex":
		return []cel.EnvOption{ext.Regex()}, true
	case "sets":
		return []cel.EnvOption{ext.Sets()}, true
	case "strings":
		return []cel.EnvOption{ext.Strings()}, true
	}
	return nil, false
}

// cel.block([a, b], result), cel.index(n) and cel.iterVar(n, m) as the conformance suite writes them.
func blockMacros() cel.EnvOption {
	ofCel := func(target ast.Expr) bool {
		return target.Kind() == ast.IdentKind && target.AsIdent() == "cel"
	}
	number := func(e ast.Expr) string { return fmt.Sprint(e.AsLiteral().Value()) }
	return cel.Macros(
		cel.ReceiverMacro("block", 2, func(f cel.MacroExprFactory, target ast.Expr, args []ast.Expr) (ast.Expr, *cel.Error) {
			if !ofCel(target) {
				return nil, nil
			}
			return f.NewCall("cel.@block", args...), nil
		}),
		cel.ReceiverMacro("index", 1, func(f cel.MacroExprFactory, target ast.Expr, args []ast.Expr) (ast.Expr, *cel.Error) {
			if !ofCel(target) {
				return nil, nil
			}
			return f.NewIdent("@index" + number(args[0])), nil
		}),
		cel.ReceiverMacro("iterVar", 2, func(f cel.MacroExprFactory, target ast.Expr, args []ast.Expr) (ast.Expr, *cel.Error) {
			if !ofCel(target) {
				return nil, nil
			}
			return f.NewIdent("@it:" + number(args[0]) + ":" + number(args[1])), nil
		}))
}

func readType(raw json.RawMessage) (*cel.Type, error) {
	var name string
	if json.Unmarshal(raw, &name) == nil {
		switch name {
		case "int":
			return cel.IntType, nil
		case "uint":
			return cel.UintType, nil
		case "double":
			return cel.DoubleType, nil
		case "bool":
			return cel.BoolType, nil
		case "string":
			return cel.StringType, nil
		case "bytes":
			return cel.BytesType, nil
		case "null_type":
			return cel.NullType, nil
		case "dyn":
			return cel.DynType, nil
		case "google.protobuf.Timestamp":
			return cel.TimestampType, nil
		case "google.protobuf.Duration":
			return cel.DurationType, nil
		case "google.protobuf.Any":
			return cel.AnyType, nil
		}
		return nil, fmt.Errorf("type %q", name)
	}
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(raw, &parts); err != nil {
		return nil, err
	}
	for key, inner := range parts {
		switch key {
		case "list", "wrapper", "type":
			of, err := readType(inner)
			if err != nil {
				return nil, err
			}
			switch key {
			case "list":
				return cel.ListType(of), nil
			case "wrapper":
				return cel.NullableType(of), nil
			}
			return types.NewTypeTypeWithParam(of), nil
		case "map":
			var both []json.RawMessage
			if err := json.Unmarshal(inner, &both); err != nil {
				return nil, err
			}
			k, err := readType(both[0])
			if err != nil {
				return nil, err
			}
			v, err := readType(both[1])
			if err != nil {
				return nil, err
			}
			return cel.MapType(k, v), nil
		case "param":
			json.Unmarshal(inner, &name)
			return cel.TypeParamType(name), nil
		case "abstract":
			var both []json.RawMessage
			json.Unmarshal(inner, &both)
			json.Unmarshal(both[0], &name)
			var of []json.RawMessage
			json.Unmarshal(both[1], &of)
			params := []*cel.Type{}
			for _, one := range of {
				t, err := readType(one)
				if err != nil {
					return nil, err
				}
				params = append(params, t)
			}
			return cel.OpaqueType(name, params...), nil
		case "message":
			json.Unmarshal(inner, &name)
			return cel.ObjectType(name), nil
		}
	}
	return nil, fmt.Errorf("type %s", raw)
}

func readValue(raw json.RawMessage) (ref.Val, error) {
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(raw, &parts); err != nil {
		return nil, err
	}
	for key, inner := range parts {
		var text string
		json.Unmarshal(inner, &text)
		switch key {
		case "null":
			return types.NullValue, nil
		case "bool":
			var b bool
			json.Unmarshal(inner, &b)
			return types.Bool(b), nil
		case "int64":
			i, err := strconv.ParseInt(text, 10, 64)
			return types.Int(i), err
		case "uint64":
			u, err := strconv.ParseUint(text, 10, 64)
			return types.Uint(u), err
		case "double":
			switch text {
			case "nan":
				return types.Double(math.NaN()), nil
			case "inf":
				return types.Double(math.Inf(1)), nil
			case "-inf":
				return types.Double(math.Inf(-1)), nil
			}
			d, err := strconv.ParseFloat(text, 64)
			return types.Double(d), err
		case "string":
			return types.String(text), nil
		case "bytes":
			b, err := base64.StdEncoding.DecodeString(text)
			return types.Bytes(b), err
		case "type":
			return types.NewObjectTypeValue(text), nil
		case "list":
			var elements []json.RawMessage
			json.Unmarshal(inner, &elements)
			made := make([]ref.Val, 0, len(elements))
			for _, element := range elements {
				v, err := readValue(element)
				if err != nil {
					return nil, err
				}
				made = append(made, v)
			}
			return types.NewRefValList(types.DefaultTypeAdapter, made), nil
		case "map":
			var entries [][]json.RawMessage
			json.Unmarshal(inner, &entries)
			made := map[ref.Val]ref.Val{}
			for _, entry := range entries {
				k, err := readValue(entry[0])
				if err != nil {
					return nil, err
				}
				v, err := readValue(entry[1])
				if err != nil {
					return nil, err
				}
				made[k] = v
			}
			return types.NewRefValMap(types.DefaultTypeAdapter, made), nil
		case "some":
			v, err := readValue(inner)
			return types.OptionalOf(v), err
		case "none":
			return types.OptionalNone, nil
		case "timestamp", "duration":
			var at struct {
				Seconds string
				Nanos   int64
			}
			json.Unmarshal(inner, &at)
			seconds, err := strconv.ParseInt(at.Seconds, 10, 64)
			if key == "timestamp" {
				return types.Timestamp{Time: time.Unix(seconds, at.Nanos).UTC()}, err
			}
			return types.Duration{Duration: time.Duration(seconds)*time.Second + time.Duration(at.Nanos)}, err
		case "object":
			var object struct{ Cel json.RawMessage }
			json.Unmarshal(inner, &object)
			if object.Cel != nil {
				return readValue(object.Cel)
			}
		}
	}
	return nil, fmt.Errorf("value %s", raw)
}
