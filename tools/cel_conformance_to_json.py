#!/usr/bin/env python3
"""The "simple" conformance tests of cel-spec as JSON lines, one test a line, for tests/conformance.

usage: cel_conformance_to_json.py TESTDATA_DIR OUT.jsonl

TESTDATA_DIR is tests/simple/testdata of a cel-spec checkout. Standard library only: the protobuf
text format is parsed here, without protobuf, using just the parts of the schema
(cel/expr/conformance/test/simple.proto, value.proto, eval.proto, checked.proto) that the test files
use. Exit code 1: a file could not be read, or a test was lost on the way.
"""

import argparse
import base64
import collections
import glob
import json
import math
import os
import re
import struct
import sys

# --------------------------------------------------------------------------
# Text format: tokens, then a generic tree.
#
# Message := list of (field_name, node);  node is ("msg", Message),
# ("str", bytes), ("num", text) or ("id", text).  A field name is an identifier
# or a bracketed extension / Any name such as "[type.googleapis.com/a.b.C]".
# --------------------------------------------------------------------------

TOKEN = re.compile(
    rb"""
      (?P<ws>[\s]+|\#[^\n]*)
    | (?P<ext>\[\s*[A-Za-z_][A-Za-z0-9_./\-%]*\s*\])
    | (?P<id>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<num>0[xX][0-9a-fA-F]+ | (?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[fF]?)
    | (?P<str>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    | (?P<punct>[{}<>:,;\[\]\-])
    """,
    re.X | re.S,
)

SIMPLE_ESCAPES = {
    b"a": 7, b"b": 8, b"f": 12, b"n": 10, b"r": 13, b"t": 9, b"v": 11,
    b"\\": 92, b"'": 39, b'"': 34, b"?": 63,
}


class TextFormatError(Exception):
    pass


def unescape(body, where):
    """Body of one quoted text-format string (bytes) -> bytes."""
    out = bytearray()
    i, n = 0, len(body)
    while i < n:
        c = body[i:i + 1]
        if c != b"\\":
            out += c
            i += 1
            continue
        i += 1
        c = body[i:i + 1]
        if c in SIMPLE_ESCAPES:
            out.append(SIMPLE_ESCAPES[c])
            i += 1
        elif c in (b"x", b"X"):
            m = re.match(rb"[0-9a-fA-F]{1,2}", body[i + 1:])
            if not m:
                raise TextFormatError("%s: bad \\x escape" % where)
            out.append(int(m.group(), 16))
            i += 1 + m.end()
        elif c in b"01234567" and c:
            m = re.match(rb"[0-7]{1,3}", body[i:])
            v = int(m.group(), 8)
            if v > 255:
                raise TextFormatError("%s: octal escape out of range" % where)
            out.append(v)
            i += m.end()
        elif c in (b"u", b"U"):
            k = 4 if c == b"u" else 8
            h = body[i + 1:i + 1 + k]
            if not re.fullmatch(rb"[0-9a-fA-F]{%d}" % k, h):
                raise TextFormatError("%s: bad \\%s escape" % (where, c.decode()))
            v = int(h, 16)
            i += 1 + k
            if 0xD800 <= v < 0xDC00:  # a surrogate pair written as two \u
                m = re.match(rb"\\u([dD][c-fC-F][0-9a-fA-F]{2})", body[i:])
                if m:
                    v = 0x10000 + ((v - 0xD800) << 10) + int(m.group(1), 16) - 0xDC00
                    i += m.end()
            out += chr(v).encode("utf-8")
        else:
            raise TextFormatError("%s: unknown escape \\%s" % (where, c))
    return bytes(out)


def tokenize(data, path):
    pos, line, toks = 0, 1, []
    while pos < len(data):
        m = TOKEN.match(data, pos)
        if not m:
            raise TextFormatError("%s:%d: cannot read %r" % (path, line, data[pos:pos + 20]))
        kind = m.lastgroup
        text = m.group()
        if kind == "str":
            toks.append(("str", unescape(text[1:-1], "%s:%d" % (path, line)), line))
        elif kind == "ext":
            toks.append(("ext", re.sub(rb"\s", b"", text).decode(), line))
        elif kind != "ws":
            toks.append((kind, text.decode("ascii"), line))
        line += text.count(b"\n")
        pos = m.end()
    toks.append(("end", "", line))
    return toks


class Parser:
    def __init__(self, data, path):
        self.toks, self.i, self.path = tokenize(data, path), 0, path

    def fail(self, what):
        kind, text, line = self.toks[self.i]
        raise TextFormatError("%s:%d: %s, found %s %r" % (self.path, line, what, kind, text))

    def peek(self, kind, text=None):
        t = self.toks[self.i]
        return t[0] == kind and (text is None or t[1] == text)

    def take(self, kind, text=None):
        if self.peek(kind, text):
            self.i += 1
            return self.toks[self.i - 1][1]
        return None

    def message(self, close):
        fields = []
        while True:
            if close is None and self.peek("end"):
                return fields
            if close is not None and self.take("punct", close):
                return fields
            name = self.take("id") or self.take("ext")
            if name is None:
                self.fail("expected a field name")
            colon = self.take("punct", ":") is not None
            if self.peek("punct", "{") or self.peek("punct", "<"):
                fields.append((name, self.value()))
            elif not colon:
                self.fail("expected ':' or a message")
            elif self.take("punct", "["):
                while not self.take("punct", "]"):
                    fields.append((name, self.value()))
                    if not self.peek("punct", "]") and not self.take("punct", ","):
                        self.fail("expected ',' or ']'")
            else:
                fields.append((name, self.value()))
            self.take("punct", ",") or self.take("punct", ";")

    def value(self):
        if self.take("punct", "{"):
            return ("msg", self.message("}"))
        if self.take("punct", "<"):
            return ("msg", self.message(">"))
        if self.peek("str"):
            parts = []
            while self.peek("str"):
                parts.append(self.take("str"))
            return ("str", b"".join(parts))
        sign = "-" if self.take("punct", "-") else ""
        if self.peek("num"):
            return ("num", sign + self.take("num"))
        if self.peek("id"):
            return ("id", sign + self.take("id"))
        self.fail("expected a value")


# --------------------------------------------------------------------------
# Scalars
# --------------------------------------------------------------------------

def as_int(node):
    kind, text = node
    assert kind == "num", node
    neg = text.startswith("-")
    t = text[1:] if neg else text
    if re.fullmatch(r"0[xX][0-9a-fA-F]+", t):
        v = int(t, 16)
    elif re.fullmatch(r"0[0-7]+", t):
        v = int(t, 8)
    else:
        v = int(t)
    return -v if neg else v


def as_float(node):
    kind, text = node
    t = text.lower()
    neg = t.startswith("-")
    t = t[1:] if neg else t
    if kind == "id":
        v = {"inf": math.inf, "infinity": math.inf, "nan": math.nan}[t]
    elif t.startswith("0x"):
        v = float(int(t, 16))
    else:
        v = float(t[:-1] if t.endswith("f") else t)
    return -v if neg else v


def as_bool(node):
    if node in (("id", "true"), ("id", "True"), ("id", "t"), ("num", "1")):
        return True
    assert node in (("id", "false"), ("id", "False"), ("id", "f"), ("num", "0")), node
    return False


def as_str(node):
    assert node[0] == "str", node
    return node[1].decode("utf-8")


def double_json(v):
    """Text that reads back to the same double in any language."""
    if math.isnan(v):
        return "nan"
    if math.isinf(v):
        return "inf" if v > 0 else "-inf"
    return repr(v)


def get(msg, name, default=None):
    hits = [v for k, v in msg if k == name]
    assert len(hits) < 2, (name, hits)
    return hits[0] if hits else default


def get_all(msg, name):
    return [v for k, v in msg if k == name]


def only(msg):
    assert len(msg) == 1, msg
    return msg[0]


# --------------------------------------------------------------------------
# cel.expr.Value, ExprValue, Type, Decl
# --------------------------------------------------------------------------

ANY_NAME = re.compile(r"\[(?P<domain>[^/\]]+)/(?P<type>[^\]]+)\]")

INT_WRAPPERS = {"Int32Value": "int64", "Int64Value": "int64",
                "UInt32Value": "uint64", "UInt64Value": "uint64"}


def raw(node):
    """A message of unknown schema, as text format shows it.

    {"fields": [[name, value], ...]}; strings (which may be bytes fields) are
    {"str": text} or {"b64": base64} when not UTF-8, numbers {"num": text},
    identifiers (enum names, true, false, inf) {"id": text}.
    """
    kind, v = node
    if kind == "msg":
        return {"fields": [[k, raw(x)] for k, x in v]}
    if kind == "str":
        try:
            return {"str": v.decode("utf-8")}
        except UnicodeDecodeError:
            return {"b64": base64.b64encode(v).decode()}
    return {kind: v}


def struct_value(msg):
    """google.protobuf.Value -> the CEL value it stands for."""
    if not msg:
        return {"null": True}
    kind, node = only(msg)
    if kind == "null_value":
        return {"null": True}
    if kind == "number_value":
        return {"double": double_json(as_float(node))}
    if kind == "string_value":
        return {"string": as_str(node)}
    if kind == "bool_value":
        return {"bool": as_bool(node)}
    if kind == "struct_value":
        return struct_struct(node[1])
    if kind == "list_value":
        return struct_list(node[1])
    raise AssertionError(kind)


def struct_list(msg):
    return {"list": [struct_value(v[1]) for v in get_all(msg, "values")]}


def struct_struct(msg):
    out = []
    for f in get_all(msg, "fields"):
        value = get(f[1], "value")
        out.append([{"string": as_str(get(f[1], "key", ("str", b"")))},
                    struct_value(value[1] if value else [])])
    return {"map": out}


def well_known(name, msg):
    """The CEL value of a well-known message, or None."""
    if not name.startswith("google.protobuf."):
        return None
    short = name[len("google.protobuf."):]
    if short in ("Timestamp", "Duration"):
        return {short.lower(): {"seconds": str(as_int(get(msg, "seconds", ("num", "0")))),
                                "nanos": as_int(get(msg, "nanos", ("num", "0")))}}
    if short in INT_WRAPPERS:
        return {INT_WRAPPERS[short]: str(as_int(get(msg, "value", ("num", "0"))))}
    if short == "DoubleValue":
        return {"double": double_json(as_float(get(msg, "value", ("num", "0"))))}
    if short == "FloatValue":
        v = as_float(get(msg, "value", ("num", "0")))
        return {"double": double_json(struct.unpack("<f", struct.pack("<f", v))[0])}
    if short == "BoolValue":
        return {"bool": as_bool(get(msg, "value", ("id", "false")))}
    if short == "StringValue":
        return {"string": as_str(get(msg, "value", ("str", b"")))}
    if short == "BytesValue":
        return {"bytes": base64.b64encode(get(msg, "value", ("str", b""))[1]).decode()}
    if short == "Value":
        return struct_value(msg)
    if short == "ListValue":
        return struct_list(msg)
    if short == "Struct":
        return struct_struct(msg)
    return None


def object_json(msg, types):
    """object_value (an Any): timestamps and durations become CEL values; every
    other message keeps its raw fields, with "cel" added where the message is a
    well-known type that CEL turns into a plain value."""
    # One expanded Any: [domain/type] { ... }
    if len(msg) == 1 and msg[0][0].startswith("["):
        name, node = msg[0]
        m = ANY_NAME.fullmatch(name)
        tname = m.group("type")
        types.append(tname)
        inner = node[1]
        wk = well_known(tname, inner)
        if tname in ("google.protobuf.Timestamp", "google.protobuf.Duration"):
            return wk
        out = {"type": tname, "message": raw(node)}
        if tname == "google.protobuf.Any" and inner:
            wk = object_json(inner, types)
        if wk is not None:
            out["cel"] = wk
        return {"object": out}
    out = {}
    if get(msg, "type_url") is not None:
        url = as_str(get(msg, "type_url"))
        out["type"] = url.rsplit("/", 1)[-1]
        types.append(out["type"])
    else:
        types.append("google.protobuf.Any")
    if get(msg, "value") is not None:
        out["wire"] = base64.b64encode(get(msg, "value")[1]).decode()
    return {"object": out}


def value_json(msg, types):
    """cel.expr.Value -> JSON; the names of messages used are added to types."""
    kind, node = only(msg)
    if kind == "null_value":
        return {"null": True}
    if kind == "bool_value":
        return {"bool": as_bool(node)}
    if kind == "int64_value":
        return {"int64": str(as_int(node))}
    if kind == "uint64_value":
        return {"uint64": str(as_int(node))}
    if kind == "double_value":
        return {"double": double_json(as_float(node))}
    if kind == "string_value":
        return {"string": as_str(node)}
    if kind == "bytes_value":
        return {"bytes": base64.b64encode(node[1]).decode()}
    if kind == "type_value":
        return {"type": as_str(node)}
    if kind == "enum_value":
        return {"enum": {"type": as_str(get(node[1], "type")),
                         "value": as_int(get(node[1], "value", ("num", "0")))}}
    if kind == "list_value":
        return {"list": [value_json(v[1], types) for v in get_all(node[1], "values")]}
    if kind == "map_value":
        return {"map": [[value_json(get(e[1], "key")[1], types),
                         value_json(get(e[1], "value")[1], types)]
                        for e in get_all(node[1], "entries")]}
    if kind == "object_value":
        return object_json(node[1], types)
    raise AssertionError("value kind " + kind)


def error_json(msg):
    out = []
    for e in get_all(msg, "errors"):
        d = {}
        for k, v in e[1]:
            d[k] = as_int(v) if k == "code" else as_str(v) if k == "message" else raw(v)
        out.append(d)
    return out


def unknown_json(msg):
    return [as_int(v) for v in get_all(msg, "exprs")]


def expr_value_json(msg, types):
    kind, node = only(msg)
    if kind == "value":
        return value_json(node[1], types)
    if kind == "error":
        return {"error": error_json(node[1])}
    if kind == "unknown":
        return {"unknown": unknown_json(node[1])}
    raise AssertionError(kind)


PRIMITIVE = {"BOOL": "bool", "INT64": "int", "UINT64": "uint", "DOUBLE": "double",
             "STRING": "string", "BYTES": "bytes"}
WELL_KNOWN_TYPE = {"ANY": "google.protobuf.Any", "TIMESTAMP": "google.protobuf.Timestamp",
                   "DURATION": "google.protobuf.Duration"}


def type_json(msg, types):
    """cel.expr.Type -> "int" | {"list": T} | {"map": [K, V]} | ..."""
    if not msg:
        return "unspecified"
    kind, node = only(msg)
    if kind in ("dyn", "error"):
        return kind
    if kind == "null":
        return "null_type"
    if kind == "primitive":
        return PRIMITIVE[node[1]]
    if kind == "wrapper":
        return {"wrapper": PRIMITIVE[node[1]]}
    if kind == "well_known":
        return WELL_KNOWN_TYPE[node[1]]
    if kind == "list_type":
        elem = get(node[1], "elem_type")
        return {"list": type_json(elem[1], types) if elem else "dyn"}
    if kind == "map_type":
        k, v = get(node[1], "key_type"), get(node[1], "value_type")
        return {"map": [type_json(k[1], types) if k else "dyn",
                        type_json(v[1], types) if v else "dyn"]}
    if kind == "message_type":
        types.append(as_str(node))
        return {"message": as_str(node)}
    if kind == "type_param":
        return {"param": as_str(node)}
    if kind == "type":
        return {"type": type_json(node[1], types)}
    if kind == "abstract_type":
        return {"abstract": [as_str(get(node[1], "name")),
                             [type_json(p[1], types)
                              for p in get_all(node[1], "parameter_types")]]}
    if kind == "function":
        result = get(node[1], "result_type")
        return {"function": [type_json(result[1], types) if result else "dyn",
                             [type_json(p[1], types)
                              for p in get_all(node[1], "arg_types")]]}
    raise AssertionError(kind)


def type_text(t):
    """The same type as CEL tools print it, e.g. map(string, list(int))."""
    if isinstance(t, str):
        return t
    (kind, v), = t.items()
    if kind == "map":
        return "map(%s, %s)" % (type_text(v[0]), type_text(v[1]))
    if kind in ("list", "wrapper", "type"):
        return "%s(%s)" % (kind, type_text(v))
    if kind == "abstract":
        return "%s(%s)" % (v[0], ", ".join(map(type_text, v[1]))) if v[1] else v[0]
    if kind == "function":
        return "(%s) -> %s" % (", ".join(map(type_text, v[1])), type_text(v[0]))
    return v  # message, param


def decl_json(msg, types):
    out = {"name": as_str(get(msg, "name"))}
    ident, func = get(msg, "ident"), get(msg, "function")
    if ident is not None:
        t = get(ident[1], "type")
        out["ident"] = type_json(t[1], types) if t else "dyn"
    if func is not None:
        out["function"] = []
        for o in get_all(func[1], "overloads"):
            o = o[1]
            result = get(o, "result_type")
            out["function"].append({
                "id": as_str(get(o, "overload_id")),
                "params": [type_json(p[1], types) for p in get_all(o, "params")],
                "type_params": [as_str(p) for p in get_all(o, "type_params")],
                "result": type_json(result[1], types) if result else "dyn",
                "instance": as_bool(get(o, "is_instance_function", ("id", "false"))),
            })
    return out


# --------------------------------------------------------------------------
# Which messages, and which libraries, a test needs
# --------------------------------------------------------------------------

PLAIN_TYPES = {"google.protobuf.Timestamp", "google.protobuf.Duration"}

EXTENSION_FILES = {
    "bindings_ext": "bindings", "block_ext": "block", "encoders_ext": "encoders",
    "math_ext": "math", "macros2": "comprehensions2", "network_ext": "network",
    "optionals": "optionals", "proto2_ext": "protos", "string_ext": "strings",
}

# Extension names met in an expression outside the extension's own file.
EXTENSION_USE = [
    ("optionals", re.compile(r"\boptional\.|\[\?|\.\?|[{,]\s*\?")),
    ("bindings", re.compile(r"\bcel\.bind\(")),
    ("block", re.compile(r"\bcel\.(block|index|iterVar|accuVar)\(")),
    ("math", re.compile(r"\bmath\.\w+\(")),
    ("strings", re.compile(r"\.(charAt|indexOf|lastIndexOf|lowerAscii|upperAscii|replace|split"
                           r"|substring|trim|join|format|reverse)\(|\bstrings\.quote\(")),
    ("encoders", re.compile(r"\bbase64\.")),
    ("protos", re.compile(r"\bproto\.(has|get)Ext\(")),
    ("comprehensions2", re.compile(r"\.(transformList|transformMap|transformMapEntry)\("
                                   r"|\.(all|exists|existsOne)\(\s*\w+\s*,\s*\w+\s*,")),
    ("network", re.compile(r"\b(isIP|isCIDR|ip|cidr)\(|\bnet\.(IP|CIDR)\b")),
]


def strip_strings(expr):
    """Blank out CEL string literals, so that their text is not taken for code."""
    return re.sub(r'"""(?:[^\\]|\\.)*?"""' r"|'''(?:[^\\]|\\.)*?'''"
                  r'|"(?:[^"\\]|\\.)*"' r"|'(?:[^'\\]|\\.)*'", '""', expr, flags=re.S)


def message_use(test, types):
    """Message types a test needs beyond timestamp and duration.

    A name the test spells out, or "PACKAGE.*" where the container makes a short
    name mean something in that package.
    """
    code = strip_strings(test["expr"])
    code = re.sub(r"//[^\n]*", "", code)
    code = re.sub(r"\s*\.\s*", ".", code)
    names = set(t for t in types if t not in PLAIN_TYPES)
    for m in re.finditer(r"\bgoogle\.protobuf\.(\w+)", code):
        if m.group(1) not in ("Timestamp", "Duration"):
            names.add(m.group(0))
    if test["container"] == "google.protobuf":
        for m in re.finditer(r"\b([A-Z]\w+)\s*\{", code):
            names.add("google.protobuf." + m.group(1))
    for m in re.finditer(r"\bcel\.expr\.conformance\.(proto[23])\b", code):
        names.add("cel.expr.conformance.%s.*" % m.group(1))
    if test["container"].startswith("cel.expr.conformance."):
        names.add(test["container"] + ".*")
    return sorted(names)


# --------------------------------------------------------------------------
# A test
# --------------------------------------------------------------------------

MATCHERS = ("value", "typed_result", "eval_error", "any_eval_errors", "unknown", "any_unknowns")
KNOWN = {"name", "description", "expr", "disable_macros", "disable_check", "check_only",
         "type_env", "container", "locale", "bindings"} | set(MATCHERS)


def flag(msg, name):
    node = get(msg, name)
    return node is not None and as_bool(node)


def text(msg, name):
    node = get(msg, name)
    return as_str(node) if node is not None else ""


def test_json(file, suite, section, msg):
    for k, _ in msg:
        assert k in KNOWN, k
    types = []
    out = {
        "id": "%s/%s/%s" % (file, section, text(msg, "name")),
        "file": file, "suite": suite, "section": section, "name": text(msg, "name"),
        "description": text(msg, "description"), "expr": text(msg, "expr"),
        "disable_check": flag(msg, "disable_check"),
        "disable_macros": flag(msg, "disable_macros"),
        "check_only": flag(msg, "check_only"),
        "container": text(msg, "container"), "locale": text(msg, "locale"),
        "type_env": [decl_json(d[1], types) for d in get_all(msg, "type_env")],
        "bindings": {},
    }
    for b in get_all(msg, "bindings"):
        key = text(b[1], "key")
        assert key not in out["bindings"]
        out["bindings"][key] = expr_value_json(get(b[1], "value")[1], types)
    hits = [k for k in MATCHERS if get(msg, k) is not None]
    assert len(hits) < 2, hits
    if not hits:
        expect = {"value": {"bool": True}}
        out["expect_default"] = True
    else:
        kind, node = hits[0], get(msg, hits[0])[1]
        if kind == "value":
            expect = {"value": value_json(node, types)}
        elif kind == "typed_result":
            expect = {}
            r, t = get(node, "result"), get(node, "deduced_type")
            if r is not None:
                expect["value"] = value_json(r[1], types)
            if t is not None:
                expect["deduced_type"] = type_json(t[1], types)
                expect["deduced_type_text"] = type_text(expect["deduced_type"])
            expect = {"typed_result": expect}
        elif kind == "eval_error":
            expect = {"eval_error": error_json(node)}
        elif kind == "any_eval_errors":
            expect = {"any_eval_errors": [error_json(e[1]) for e in get_all(node, "errors")]}
        elif kind == "unknown":
            expect = {"unknown": unknown_json(node)}
        else:
            expect = {"any_unknowns": [unknown_json(e[1]) for e in get_all(node, "unknowns")]}
    out["expect"] = expect
    out["messages"] = message_use(out, types)
    out["needs_proto"] = bool(out["messages"])
    out["wkt_only"] = bool(out["messages"]) and all(
        m.startswith("google.protobuf.") for m in out["messages"])
    code = strip_strings(out["expr"])
    ext = {n for n, r in EXTENSION_USE if r.search(code)}
    if file in EXTENSION_FILES:
        ext.add(EXTENSION_FILES[file])
    out["extensions"] = sorted(ext)
    return out


def convert(directory):
    tests, blocks = [], collections.Counter()
    seen = collections.Counter()
    for path in sorted(glob.glob(os.path.join(directory, "*.textproto"))):
        with open(path, "rb") as f:
            data = f.read()
        file = os.path.basename(path)[: -len(".textproto")]
        # Independent count: "test {", "test: {", "test <" outside comments.
        uncommented = b"\n".join(l for l in data.split(b"\n")
                                 if not l.lstrip().startswith(b"#"))
        blocks[file] = len(re.findall(rb"^\s*test\s*:?\s*[{<]", uncommented, re.M))
        top = Parser(data, path).message(None)
        for k, _ in top:
            assert k in ("name", "description", "section"), k
        for s in get_all(top, "section"):
            for t in get_all(s[1], "test"):
                test = test_json(file, text(top, "name"), text(s[1], "name"), t[1])
                seen[test["id"]] += 1
                if seen[test["id"]] > 1:  # a few names are used twice in a section
                    test["id"] += "#%d" % seen[test["id"]]
                tests.append(test)
    return tests, blocks


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("testdata")
    ap.add_argument("out")
    args = ap.parse_args()
    try:
        tests, blocks = convert(args.testdata)
    except (TextFormatError, AssertionError, KeyError, OSError, UnicodeDecodeError) as e:
        print("cannot convert %s: %s" % (args.testdata, e), file=sys.stderr)
        return 1
    if not blocks:
        print("no *.textproto in %s" % args.testdata, file=sys.stderr)
        return 1
    counted = collections.Counter(t["file"] for t in tests)
    lost = [f for f in sorted(blocks) if counted[f] != blocks[f]]
    if lost:
        print("count of tests differs from count of test blocks:", *lost, file=sys.stderr)
        return 1
    with open(args.out, "w", encoding="utf-8") as f:
        for t in tests:
            f.write(json.dumps(t, ensure_ascii=False, separators=(",", ":")) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
