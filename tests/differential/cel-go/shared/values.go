package shared

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"time"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// Value is a value, and the paths in it that are not known.
type Value struct {
	Held    ref.Val
	Unknown [][]any
}

func (v *Value) UnmarshalJSON(raw []byte) (err error) {
	v.Held, err = v.read(raw, nil)
	return err
}

// ReadValue reads {"int64": "1"} and the like. {"unknown": true} stands where a value is not known.
func ReadValue(raw json.RawMessage) (ref.Val, error) {
	var v Value
	err := v.UnmarshalJSON(raw)
	return v.Held, err
}

func (v *Value) read(raw json.RawMessage, path []any) (ref.Val, error) {
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(raw, &parts); err != nil {
		return nil, err
	}
	for key, inner := range parts {
		var text string
		json.Unmarshal(inner, &text)
		switch key {
		case "unknown":
			v.Unknown = append(v.Unknown, append([]any{}, path...))
			return types.NullValue, nil
		case "null":
			return types.NullValue, nil
		case "bool":
			return types.Bool(string(inner) == "true"), nil
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
			for i, element := range elements {
				one, err := v.read(element, append(path, int64(i)))
				if err != nil {
					return nil, err
				}
				made = append(made, one)
			}
			return types.NewRefValList(types.DefaultTypeAdapter, made), nil
		case "map":
			var entries [][]json.RawMessage
			json.Unmarshal(inner, &entries)
			made := map[ref.Val]ref.Val{}
			for _, entry := range entries {
				k, err := v.read(entry[0], nil)
				if err != nil {
					return nil, err
				}
				if made[k], err = v.read(entry[1], append(path, k.Value())); err != nil {
					return nil, err
				}
			}
			return types.NewRefValMap(types.DefaultTypeAdapter, made), nil
		case "some":
			one, err := v.read(inner, path)
			return types.OptionalOf(one), err
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
				return v.read(object.Cel, path)
			}
		}
	}
	return nil, fmt.Errorf("value %s", raw)
}
