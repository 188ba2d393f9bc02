// Package shared is what the commands here have in common: cel-go's libraries by name, and types and values as
// the conformance suite writes them in JSON.
package shared

import (
	"encoding/json"
	"fmt"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/ext"
)

// Library gives the libraries by the names that test files give them, each in its newest version.
func Library(name string) ([]cel.EnvOption, bool) {
	switch name {
	case "bindings":
		return []cel.EnvOption{ext.Bindings()}, true
	case "block":
		return []cel.EnvOption{ext.Bindings(), BlockMacros()}, true
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

// BlockMacros are cel.block([a, b], result), cel.index(n) and cel.iterVar(n, m) as the conformance suite writes them.
func BlockMacros() cel.EnvOption {
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

// ReadType reads "int" or {"list": "int"}.
func ReadType(raw json.RawMessage) (*cel.Type, error) {
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
			of, err := ReadType(inner)
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
			k, err := ReadType(both[0])
			if err != nil {
				return nil, err
			}
			v, err := ReadType(both[1])
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
				t, err := ReadType(one)
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
