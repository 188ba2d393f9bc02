package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"strconv"
	"strings"
)

// Expressions for the differential test, by type: each production takes sub-expressions of the types
// it needs. What cel-go refuses to compile is thrown away.

type kind int

const (
	boolean kind = iota
	integer
	unsigned
	double
	text
	bytesKind
	ints
	texts
	lists     // list(list(int))
	counts    // map(string, int)
	names     // map(string, string)
	groups    // map(string, list(string))
	numbered  // map(int, string)
	anything  // dyn
	maybeText // optional(string)
	maybeInt  // optional(int)
	moment    // timestamp
	span      // duration
	address   // net.IP
	network   // net.CIDR
	kinds
)

type scope struct {
	r     *rand.Rand
	local map[kind][]string
	next  int
}

func (s *scope) pick(options ...string) string { return options[s.r.Intn(len(options))] }

func (s *scope) with(k kind, name string, body func() string) string {
	s.local[k] = append(s.local[k], name)
	made := body()
	s.local[k] = s.local[k][:len(s.local[k])-1]
	return made
}

func (s *scope) fresh() string {
	s.next++
	return "v" + strconv.Itoa(s.next)
}

var variables = map[kind][]string{
	boolean: {"flag", "off"}, integer: {"n", "zero", "big"}, unsigned: {"u"}, double: {"d"}, text: {"s", "empty", "wide", "long", "obj.name"},
	bytesKind: {"b"}, ints: {"l", "none"}, texts: {"ts", "dtexts"}, lists: {"ll"}, counts: {"mi"}, names: {"ms", "void"}, groups: {"mg"}, numbered: {"mn"},
	anything: {"dv", "dl", "ds", "dn", "obj", "obj.list", "obj.deep.er.leaf"}, moment: {"at"}, span: {"length"},
}

func (s *scope) leaf(k kind) string {
	if in := s.local[k]; len(in) > 0 && s.r.Intn(3) > 0 {
		return in[s.r.Intn(len(in))]
	}
	if s.r.Intn(3) > 0 && len(variables[k]) > 0 {
		return s.pick(variables[k]...)
	}
	switch k {
	case boolean:
		return s.pick("true", "false")
	case integer:
		return s.pick("0", "1", "7", "-3", "100")
	case unsigned:
		return s.pick("0u", "5u")
	case double:
		return s.pick("0.5", "-1.0", "1e10")
	case text:
		return s.pick("''", "'a'", "'abc'", "'日本語のテキスト'", "'the quick brown fox jumps over'", "r'[a-z]+'", "'1.2.3.4'")
	case bytesKind:
		return s.pick("b''", "b'abc'", "b'0123456789abcdef'")
	case ints:
		return s.pick("[]", "[1]", "[1, 2, 3]", "[n, 2]", "[3, 1, 2, 5, 4, 9, 8]", "[?optional.of(n), 3]", "[?optional.none()]")
	case texts:
		return s.pick("['a']", "['a', 'bc', 'def']", "[s, wide]", "[?ms[?'a'], 'x']", "['x', ?optional.none(), ?optional.of('long text')]")
	case lists:
		return s.pick("[[1], [2, 3]]", "[[]]", "[l, [4]]")
	case counts:
		return s.pick("{'a': 1}", "{'k': n, 'other': 2}", "{?'a': optional.of(1), 'b': 2}")
	case names:
		return s.pick("{'a': 'b'}", "{s: wide, 'k': 'v'}", "{?'a': ms[?'a']}")
	case groups:
		return s.pick("{'a': ['b']}", "{'g': ts}")
	case numbered:
		return s.pick("{1: 'one'}", "{n: s}")
	case anything:
		return s.pick("dyn(1)", "dyn('text')", "dyn([1, 'a'])", "[1, 'a', 2.0]", "{'a': 1, 'b': 'c'}", "null", "int", "type(s)")
	case maybeText:
		return s.pick("optional.of(s)", "optional.none()", "ms[?'a']", "ms.?absent", "optional.ofNonZeroValue(empty)", "ts[?0]", "obj.?name")
	case maybeInt:
		return s.pick("optional.of(n)", "l[?0]", "l[?99]", "mi.?a")
	case moment:
		return s.pick("timestamp('2026-11-27T00:00:00Z')", "timestamp(0)")
	case span:
		return s.pick("duration('1h')", "duration('90s')")
	case address:
		return s.pick("ip('10.0.0.1')", "ip('::1')", "ip('2001:db8::1')")
	case network:
		return s.pick("cidr('10.0.0.0/8')", "cidr('::/0')", "cidr('2001:db8::/32')")
	}
	panic("leaf")
}

// A list that a macro can run over, and what it holds.
func (s *scope) listOf(depth int) (string, kind) {
	switch s.r.Intn(4) {
	case 0:
		return s.make(texts, depth), text
	case 1:
		return s.make(lists, depth), ints
	default:
		return s.make(ints, depth), integer
	}
}

func (s *scope) mapOf(depth int) (string, kind, kind) {
	switch s.r.Intn(4) {
	case 0:
		return s.make(counts, depth), text, integer
	case 1:
		return s.make(groups, depth), text, texts
	case 2:
		return s.make(numbered, depth), integer, text
	default:
		return s.make(names, depth), text, text
	}
}

func (s *scope) any(depth int) string { return s.make(kind(s.r.Intn(int(span)+1)), depth) }

func (s *scope) make(k kind, depth int) string {
	if depth <= 0 || s.r.Intn(6) == 0 {
		return s.leaf(k)
	}
	d := depth - 1
	m := func(of kind) string { return s.make(of, d) }
	// Productions of every type.
	switch s.r.Intn(14) {
	case 0:
		return fmt.Sprintf("(%s ? %s : %s)", m(boolean), m(k), m(k))
	case 1:
		v := s.fresh()
		of := kind(s.r.Intn(int(anything) + 1))
		init := m(of)
		return fmt.Sprintf("cel.bind(%s, %s, %s)", v, init, s.with(of, v, func() string { return m(k) }))
	case 2:
		if k == text {
			return m(maybeText) + s.pick(".orValue(", ".or(optional.of('z')).orValue(") + m(text) + ")"
		}
		if k == integer {
			return m(maybeInt) + ".orValue(" + m(integer) + ")"
		}
		return fmt.Sprintf("{'x': %s}.x", m(k))
	case 3:
		return fmt.Sprintf("[%s, %s][%s]", m(k), m(k), s.pick("0", "1", "n % 2", "2"))
	case 4:
		// A choice that is selected from.
		return fmt.Sprintf("(%s ? {'x': %s} : {'x': %s}).x", m(boolean), m(k), m(k))
	}
	switch k {
	case boolean:
		switch s.r.Intn(30) {
		case 0, 1:
			return fmt.Sprintf("(%s && %s)", m(boolean), m(boolean))
		case 2, 3:
			return fmt.Sprintf("(%s || %s)", m(boolean), m(boolean))
		case 4:
			return s.pick("!", "!!", "!!!") + "(" + m(boolean) + ")"
		case 5:
			of := kind(s.r.Intn(int(span) + 1))
			return fmt.Sprintf("(%s %s %s)", m(of), s.pick("==", "!="), m(of))
		case 6:
			of := []kind{integer, text, bytesKind, double, moment, span}[s.r.Intn(6)]
			return fmt.Sprintf("(%s %s %s)", m(of), s.pick("<", "<=", ">", ">="), m(of))
		case 7:
			return fmt.Sprintf("%s.%s(%s)", m(text), s.pick("contains", "startsWith", "endsWith"), m(text))
		case 8:
			return s.pick(fmt.Sprintf("%s.matches(%s)", m(text), m(text)), fmt.Sprintf("matches(%s, '^[a-z]*$')", m(text)))
		case 9:
			return fmt.Sprintf("(%s in %s)", m(integer), m(ints))
		case 10:
			return fmt.Sprintf("(%s in %s)", m(text), s.pick(m(texts), m(names), m(counts)))
		case 11:
			return fmt.Sprintf("(%s in %s)", m(anything), m(anything))
		case 12, 13, 14:
			list, of := s.listOf(d)
			v := s.fresh()
			return fmt.Sprintf("%s.%s(%s, %s)", list, s.pick("all", "exists", "exists_one", "existsOne"), v, s.with(of, v, func() string { return m(boolean) }))
		case 15, 16:
			from, key, mapped := s.mapOf(d)
			v, w := s.fresh(), s.fresh()
			return fmt.Sprintf("%s.%s(%s, %s, %s)", from, s.pick("all", "exists", "existsOne"), v, w, s.with(key, v, func() string {
				return s.with(mapped, w, func() string { return m(boolean) })
			}))
		case 17:
			return s.pick("has(obj.name)", "has(obj.nope)", "has(obj.deep.er.leaf)", "has(obj.deep.nope.leaf)", "has(ms.a)", "has(dv.x)",
				"has({'a': 1}.a)", "has((flag ? obj : dv).name)", "has(obj.?deep.er)", "has(mg.a)", "has((flag ? {'a': 1} : mi).a)")
		case 18:
			return m(maybeText) + ".hasValue()"
		case 19:
			return fmt.Sprintf("sets.%s(%s, %s)", s.pick("contains", "equivalent", "intersects"), m(ints), m(ints))
		case 20:
			return s.pick("isIP(", "isCIDR(") + m(text) + ")"
		case 21:
			return fmt.Sprintf("%s.containsIP(%s)", m(network), s.pick(m(address), m(text)))
		case 22:
			return fmt.Sprintf("%s.containsCIDR(%s)", m(network), s.pick(m(network), m(text)))
		case 23:
			return m(address) + s.pick(".isLoopback()", ".isUnspecified()", ".isGlobalUnicast()")
		case 24:
			return "dyn(" + m(boolean) + ")"
		case 25:
			v := s.fresh()
			return fmt.Sprintf("%s.exists(%s, %s)", m(anything), v, s.with(anything, v, func() string { return m(boolean) }))
		case 26:
			return fmt.Sprintf("math.%s(%s)", s.pick("isNaN", "isInf", "isFinite"), m(double))
		}
	case integer:
		switch s.r.Intn(18) {
		case 0, 1:
			return fmt.Sprintf("(%s %s %s)", m(integer), s.pick("+", "-", "*", "/", "%"), m(integer))
		case 2:
			return s.pick("-(", "- -(") + m(integer) + ")"
		case 3:
			return "size(" + m([]kind{text, bytesKind, ints, texts, counts, names, anything}[s.r.Intn(7)]) + ")"
		case 4:
			return m([]kind{text, ints, names}[s.r.Intn(3)]) + ".size()"
		case 5:
			return "int(" + m([]kind{unsigned, double, text, moment, integer}[s.r.Intn(5)]) + ")"
		case 6:
			return m(counts) + s.pick(".a", "['a']", "[s]", "['no' + 'pe']", "[flag ? 'a' : s]")
		case 7:
			return fmt.Sprintf("%s[%s]", m(ints), s.pick("0", "n", "l[0]", "size(l) - 1", m(integer)))
		case 8:
			return fmt.Sprintf("%s.%s(%s)", m(text), s.pick("indexOf", "lastIndexOf"), m(text))
		case 9:
			return fmt.Sprintf("math.%s(%s, %s)", s.pick("greatest", "least"), m(integer), m(integer))
		case 10:
			return fmt.Sprintf("math.%s(%s, %s, %s)", s.pick("greatest", "least"), s.pick("n", "1", m(integer)), s.pick("2.0", "2", "zero"), s.pick("3", "n"))
		case 11:
			return m(moment) + s.pick(".getFullYear()", ".getDayOfWeek('Asia/Tokyo')", ".getHours()")
		case 12:
			return m(address) + ".family()"
		case 13:
			return m(network) + ".prefixLength()"
		case 14:
			return fmt.Sprintf("math.%s(%s)", s.pick("abs", "sign", "bitNot"), m(integer))
		}
	case unsigned:
		switch s.r.Intn(4) {
		case 0:
			return fmt.Sprintf("(%s + %s)", m(unsigned), m(unsigned))
		case 1:
			return "uint(" + m(integer) + ")"
		}
	case double:
		switch s.r.Intn(5) {
		case 0:
			return fmt.Sprintf("(%s %s %s)", m(double), s.pick("+", "*", "/"), m(double))
		case 1:
			return "double(" + m([]kind{integer, text}[s.r.Intn(2)]) + ")"
		case 2:
			return fmt.Sprintf("math.%s(%s)", s.pick("ceil", "floor", "round", "sqrt"), m(double))
		}
	case text:
		switch s.r.Intn(26) {
		case 0, 1, 2:
			return fmt.Sprintf("(%s + %s)", m(text), m(text))
		case 3:
			return "string(" + m([]kind{integer, double, boolean, bytesKind, text, moment, span, address, network}[s.r.Intn(9)]) + ")"
		case 4:
			return m(names) + s.pick(".a", "['a']", "[s]", "[obj.name]", "['no']")
		case 5:
			return fmt.Sprintf("%s[%s]", m(texts), s.pick("0", "n", m(integer)))
		case 6:
			return m(text) + s.pick(".lowerAscii()", ".upperAscii()", ".trim()", ".reverse()")
		case 7:
			return fmt.Sprintf("%s.substring(%s)", m(text), s.pick("0", "1", "n", m(integer)))
		case 8:
			return fmt.Sprintf("%s.substring(%s, %s)", m(text), s.pick("0", "1", "n"), s.pick("1", "3", "n", "big"))
		case 9:
			return fmt.Sprintf("%s.charAt(%s)", m(text), s.pick("0", "n", "1"))
		case 10:
			return fmt.Sprintf("%s.replace(%s, %s)", m(text), m(text), m(text))
		case 11:
			return m(texts) + s.pick(".join()", ".join(', ')", ".join("+m(text)+")")
		case 12:
			return "strings.quote(" + m(text) + ")"
		case 13:
			return fmt.Sprintf("'%%s and %%d'.format([%s, %s])", m(text), m(integer))
		case 14:
			return "base64.encode(" + m(bytesKind) + ")"
		case 15:
			return m(maybeText) + s.pick(".value()", ".orValue('z')")
		case 16:
			v := s.fresh()
			return fmt.Sprintf("%s.optMap(%s, %s).orValue('')", s.pick(m(maybeText), "(optional.of(s))"), v, s.with(text, v, func() string { return m(text) }))
		case 17:
			return m(numbered) + s.pick("[1]", "[n]", "[1u]")
		case 18:
			return s.pick("obj.name", "obj.deep.er.text", "dv.x.y", "obj[s]", "obj.list[0]", "obj.nope")
		case 19:
			return fmt.Sprintf("%s.split(%s)[0]", m(text), m(text))
		case 20:
			return fmt.Sprintf("regex.replace(%s, '[a-z]', %s)", m(text), m(text))
		}
	case bytesKind:
		switch s.r.Intn(4) {
		case 0:
			return fmt.Sprintf("(%s + %s)", m(bytesKind), m(bytesKind))
		case 1:
			return "bytes(" + m(text) + ")"
		case 2:
			return "base64.decode(base64.encode(" + m(bytesKind) + "))"
		}
	case ints:
		switch s.r.Intn(20) {
		case 0, 1:
			return fmt.Sprintf("(%s + %s)", m(ints), m(ints))
		case 2, 3:
			list, of := s.listOf(d)
			v := s.fresh()
			return fmt.Sprintf("%s.map(%s, %s)", list, v, s.with(of, v, func() string { return m(integer) }))
		case 4:
			list, of := s.listOf(d)
			v := s.fresh()
			return fmt.Sprintf("%s.map(%s, %s, %s)", list, v, s.with(of, v, func() string { return m(boolean) }), s.with(of, v, func() string { return m(integer) }))
		case 5, 6:
			v := s.fresh()
			return fmt.Sprintf("%s.filter(%s, %s)", m(ints), v, s.with(integer, v, func() string { return m(boolean) }))
		case 7:
			v, w := s.fresh(), s.fresh()
			return fmt.Sprintf("%s.transformList(%s, %s, %s)", m(ints), v, w, s.with(integer, v, func() string {
				return s.with(integer, w, func() string { return m(integer) })
			}))
		case 8:
			from, key, mapped := s.mapOf(d)
			v, w := s.fresh(), s.fresh()
			return fmt.Sprintf("%s.transformList(%s, %s, %s, %s)", from, v, w, s.with(mapped, w, func() string { return m(boolean) }), s.with(key, v, func() string { return m(integer) }))
		case 9:
			return m(lists) + s.pick(".flatten()", "[0]")
		case 10:
			return m(ints) + s.pick(".sort()", ".distinct()", ".reverse()")
		case 11:
			return fmt.Sprintf("%s.slice(%s, %s)", m(ints), s.pick("0", "1", "zero"), s.pick("1", "2", "n"))
		case 12:
			return "lists.range(" + s.pick("0", "5", "n", "size(l)") + ")"
		case 13:
			v := s.fresh()
			return fmt.Sprintf("%s.sortBy(%s, %s)", m(ints), v, s.with(integer, v, func() string { return s.make([]kind{integer, text, double}[s.r.Intn(3)], d) }))
		case 14:
			return "[" + strings.Join([]string{m(integer), m(integer), "?" + m(maybeInt)}, ", ") + "]"
		case 15:
			return s.pick("mi.map(k, mi[k])", "obj.list.map(x, 1)", "dl.map(x, size(dl))")
		}
	case texts:
		switch s.r.Intn(13) {
		case 9:
			return fmt.Sprintf("regex.extractAll(%s, '[a-z]+')", m(text))
		case 0:
			return fmt.Sprintf("(%s + %s)", m(texts), m(texts))
		case 1:
			return fmt.Sprintf("%s.split(%s)", m(text), m(text))
		case 2, 3:
			list, of := s.listOf(d)
			v := s.fresh()
			return fmt.Sprintf("%s.map(%s, %s)", list, v, s.with(of, v, func() string { return m(text) }))
		case 4:
			v := s.fresh()
			return fmt.Sprintf("%s.filter(%s, %s)", m(texts), v, s.with(text, v, func() string { return m(boolean) }))
		case 5:
			return m(texts) + s.pick(".sort()", ".distinct()", ".reverse()", ".sortBy(x, size(x))")
		case 6:
			return m(groups) + s.pick(".a", "['a']", "[s]")
		case 7:
			return "[" + m(text) + ", " + m(text) + "]"
		case 8:
			v := s.fresh()
			return fmt.Sprintf("%s.filter(%s, %s)", m(names), v, s.with(text, v, func() string { return m(boolean) }))
		}
	case lists:
		switch s.r.Intn(5) {
		case 0:
			return "[" + m(ints) + ", " + m(ints) + "]"
		case 1:
			v := s.fresh()
			return fmt.Sprintf("%s.map(%s, %s)", m(ints), v, s.with(integer, v, func() string { return m(ints) }))
		case 2:
			return "(" + m(lists) + " + " + m(lists) + ")"
		}
	case counts, names:
		of := integer
		if k == names {
			of = text
		}
		switch s.r.Intn(6) {
		case 0:
			return fmt.Sprintf("{%s: %s, 'fixed': %s}", m(text), m(of), m(of))
		case 1:
			v, w := s.fresh(), s.fresh()
			return fmt.Sprintf("%s.transformMap(%s, %s, %s)", m(names), v, w, s.with(text, v, func() string {
				return s.with(text, w, func() string { return m(of) })
			}))
		case 2:
			v, w := s.fresh(), s.fresh()
			return fmt.Sprintf("%s.transformMap(%s, %s, %s, %s)", m(counts), v, w, s.with(integer, w, func() string { return m(boolean) }), s.with(text, v, func() string { return m(of) }))
		case 3:
			v, w := s.fresh(), s.fresh()
			return fmt.Sprintf("%s.transformMapEntry(%s, %s, {%s: %s})", m(names), v, w, v, s.with(text, w, func() string { return m(of) }))
		case 4:
			return fmt.Sprintf("{?'a': %s, 'b': %s}", s.pick("optional.none()", "optional.of("+m(of)+")"), m(of))
		}
	case groups:
		if s.r.Intn(2) == 0 {
			return fmt.Sprintf("{'a': %s, 'z' + %s: %s}", m(texts), m(text), m(texts))
		}
	case anything:
		switch s.r.Intn(10) {
		case 0, 1:
			return "dyn(" + s.any(d) + ")"
		case 2:
			return fmt.Sprintf("(%s + %s)", m(anything), m(anything))
		case 3:
			return m(anything) + s.pick(".name", "[0]", "['a']", "[s]", ".deep.er", ".?x", "[?0]", "[?'a'].b")
		case 4:
			return "[" + s.any(d) + ", " + s.any(d) + "]"
		case 5:
			return "type(" + s.any(d) + ")"
		case 6:
			return m(maybeInt)
		}
	case maybeText, maybeInt:
		of, list, from := text, texts, names
		if k == maybeInt {
			of, list, from = integer, ints, counts
		}
		switch s.r.Intn(10) {
		case 0:
			return "optional.of(" + m(of) + ")"
		case 1:
			return "optional.ofNonZeroValue(" + m(of) + ")"
		case 2:
			return fmt.Sprintf("%s[?%s]", m(list), s.pick("0", "n", "99"))
		case 3:
			return m(from) + s.pick(".?a", "[?'a']", "[?s]", ".?nope")
		case 4:
			return fmt.Sprintf("%s.or(%s)", m(k), m(k))
		case 5:
			v := s.fresh()
			return fmt.Sprintf("%s.optMap(%s, %s)", s.pick(m(k), "("+m(k)+")"), v, s.with(of, v, func() string { return m(of) }))
		case 6:
			v := s.fresh()
			return fmt.Sprintf("%s.optFlatMap(%s, %s)", m(k), v, s.with(of, v, func() string { return m(k) }))
		case 7:
			return m(list) + s.pick(".first()", ".last()")
		case 8:
			if k == maybeText {
				return fmt.Sprintf("regex.extract(%s, %s)", m(text), m(text))
			}
		case 9:
			if k == maybeText {
				v := s.fresh()
				return fmt.Sprintf("cel.bind(%s, %s, %s.optMap(x, x + 'b'))", v, m(maybeText), v)
			}
		}
	case moment:
		if s.r.Intn(2) == 0 {
			return "(" + m(moment) + " + " + m(span) + ")"
		}
	case span:
		if s.r.Intn(2) == 0 {
			return "(" + m(moment) + " - " + m(moment) + ")"
		}
	case address:
		return s.pick(m(network)+".ip()", "ip("+m(text)+")")
	case network:
		return s.pick(m(network)+".masked()", "cidr('10.1.2.3/16')")
	}
	return s.leaf(k)
}

const generatedEnvironment = `{
"extensions": ["bindings", "comprehensions2", "encoders", "lists", "math", "network", "optionals", "regex", "sets", "strings"],
"type_env": [
 {"name": "flag", "ident": "bool"}, {"name": "off", "ident": "bool"}, {"name": "n", "ident": "int"}, {"name": "zero", "ident": "int"},
 {"name": "big", "ident": "int"}, {"name": "u", "ident": "uint"}, {"name": "d", "ident": "double"}, {"name": "s", "ident": "string"},
 {"name": "empty", "ident": "string"}, {"name": "wide", "ident": "string"}, {"name": "long", "ident": "string"}, {"name": "b", "ident": "bytes"},
 {"name": "l", "ident": {"list": "int"}}, {"name": "none", "ident": {"list": "int"}}, {"name": "ts", "ident": {"list": "string"}},
 {"name": "dtexts", "ident": {"list": "string"}}, {"name": "ll", "ident": {"list": {"list": "int"}}}, {"name": "mi", "ident": {"map": ["string", "int"]}},
 {"name": "ms", "ident": {"map": ["string", "string"]}}, {"name": "void", "ident": {"map": ["string", "string"]}},
 {"name": "mg", "ident": {"map": ["string", {"list": "string"}]}}, {"name": "mn", "ident": {"map": ["int", "string"]}},
 {"name": "dv", "ident": "dyn"}, {"name": "dl", "ident": "dyn"}, {"name": "ds", "ident": "dyn"}, {"name": "dn", "ident": "dyn"}, {"name": "obj", "ident": "dyn"},
 {"name": "at", "ident": "google.protobuf.Timestamp"}, {"name": "length", "ident": "google.protobuf.Duration"}],
"bindings": {
 "flag": {"bool": true}, "off": {"bool": false}, "n": {"int64": "2"}, "zero": {"int64": "0"}, "big": {"int64": "1000"}, "u": {"uint64": "3"}, "d": {"double": "2.5"},
 "s": {"string": "a"}, "empty": {"string": ""}, "wide": {"string": "日本語のとても長い文字列です。日本語のとても長い文字列です。"}, "long": {"string": "LONG"},
 "b": {"bytes": "AAECAwQFBgcICQoLDA0ODw=="},
 "l": {"list": [{"int64": "3"}, {"int64": "1"}, {"int64": "2"}, {"int64": "8"}]}, "none": {"list": []},
 "ts": {"list": [{"string": "a"}, {"string": "much longer than that"}, {"string": "c"}]}, "dtexts": {"list": [{"string": "x"}]},
 "ll": {"list": [{"list": [{"int64": "1"}, {"int64": "2"}]}, {"list": []}]},
 "mi": {"map": [[{"string": "a"}, {"int64": "1"}]]}, "ms": {"map": [[{"string": "a"}, {"string": "value of a"}]]}, "void": {"map": []},
 "mg": {"map": [[{"string": "a"}, {"list": [{"string": "x"}, {"string": "y"}]}]]}, "mn": {"map": [[{"int64": "1"}, {"string": "one"}]]},
 "dv": {"map": [[{"string": "x"}, {"int64": "1"}]]}, "dl": {"list": [{"int64": "1"}, {"string": "two"}]}, "ds": {"string": "dynamic"}, "dn": {"int64": "5"},
 "obj": {"map": [[{"string": "name"}, {"string": "object"}], [{"string": "list"}, {"list": [{"string": "e"}, {"string": "f"}]}], [{"string": "a"}, {"string": "by key"}],
   [{"string": "deep"}, {"map": [[{"string": "er"}, {"map": [[{"string": "leaf"}, {"int64": "1"}], [{"string": "text"}, {"string": "leaf text"}]]}]]}]]},
 "at": {"timestamp": {"seconds": "1700000000", "nanos": 0}}, "length": {"duration": {"seconds": "3600", "nanos": 0}}}
}`

//go:embed cases.txt
var cases string

// The environment of all expressions here: without hints of sizes, with hints, and with presence tests
// that cost nothing.
func environments() []environment {
	var base environment
	source := strings.Replace(generatedEnvironment, "LONG", strings.Repeat("lorem ipsum ", 40), 1)
	if err := json.Unmarshal([]byte(source), &base); err != nil {
		fail(err)
	}
	hinted := base
	hinted.Hints = map[string][2]uint64{"s": {0, 20}, "wide": {5, 100}, "long": {0, 1000}, "l": {0, 10}, "ts": {1, 5}, "ts.@items": {0, 30}, "ms": {0, 3},
		"ms.@keys": {1, 10}, "ms.@values": {0, 50}, "mg": {0, 4}, "mg.@values": {0, 8}, "mg.@values.@items": {2, 9}, "ll": {0, 3}, "ll.@items": {0, 7},
		"mn.@values": {0, 12}, "obj.name": {0, 64}, "obj.list": {0, 5}, "obj.list.@items": {0, 16}, "dl": {0, 4}, "dl.@items": {0, 4}}
	free := hinted
	no := false
	free.Presence = &no
	return []environment{base, hinted, free}
}

func generate(seed int64, count int) {
	r := rand.New(rand.NewSource(seed))
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	made := 0
	for part, around := range environments() {
		out.Encode(map[string]any{"environment": around})
		env, err := around.build(true)
		if err != nil {
			fail(err)
		}
		for made < count*(part+1)/3 {
			s := &scope{r: r, local: map[kind][]string{}}
			expression := s.make(kind(r.Intn(int(kinds))), 1+r.Intn(4))
			if len(expression) > 2000 {
				continue
			}
			if _, issues := env.Compile(expression); issues.Err() != nil {
				continue
			}
			made++
			out.Encode(map[string]any{"id": strconv.Itoa(made), "expr": expression})
		}
	}
}

// The cases of cases.txt and `count` generated ones in each environment, with what cel-go says of them.
func golden(seed int64, count int) {
	r := rand.New(rand.NewSource(seed))
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for part, around := range environments() {
		out.Encode(map[string]any{"environment": around})
		expressions := strings.Split(strings.TrimSpace(cases), "\n")
		for written := len(expressions); len(expressions) < written+count; {
			s := &scope{r: r, local: map[kind][]string{}}
			if one := s.make(kind(r.Intn(int(kinds))), 3); len(one) > 20 && len(one) < 300 {
				expressions = append(expressions, one)
			}
		}
		for i, expression := range expressions {
			t := test{environment: around, ID: fmt.Sprintf("%d/%d", part+1, i+1), Expr: expression}
			if a := t.run(); a.Skip == "" {
				out.Encode(struct {
					answer
					Expr string `json:"expr"`
				}{a, expression})
			} else if i < strings.Count(cases, "\n") {
				fail(fmt.Errorf("%s: %s", expression, a.Skip))
			}
		}
	}
}
