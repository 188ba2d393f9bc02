#!/usr/bin/env python3
"""Checks that every attribute which the shipped kinds name exists in the provider's own schema (Terraform's types).

    attribute_paths.py [--list] [KINDS_DIRECTORY [SCHEMA_DIRECTORY]]

KINDS_DIRECTORY is ../../rulesets/kinds, SCHEMA_DIRECTORY is provider-schemas in SEKIMORI_EXTERNAL_DATA (default
../shared/data beside the source tree); where the schemas are missing the test says SKIPPED and ends with 0.
Exit: 0 all names found, 1 some are not, 2 a document can't be read.

What counts as a name (kept simple, so that another tool can do the same):
- A chain begins at `resource`, `part.NAME`, `each.value`, related(TYPE, BY), references_to(PATH, TYPE), or at the
  variable of a macro, which stands for the elements of what the macro is called on.
- `.x` and `.?x` and `["x"]` go one attribute down; `[0]` and `[?0]` stay. orValue, filter, flatten, slice, first and last
  stay, map goes to where its body goes, any other call ends the chain; its arguments are read by themselves.
- `each.value` stands for the elements of every chain in `each`. A name is good if one of the meanings is in the schema.
- `by`, `to`, `unless` and the keys of `attributes` are names too. Below a map, a dynamic value or parsed JSON anything goes.
- What is said to be `unset` can be left out and can't be written as a block, which `dynamic` would make: a number, a text, a
  boolean, or a list, set or map of these.
- A name that the schema lacks passes if a key of `attributes` with former names (`also`) covers it.
"""
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
TOKEN = re.compile(r"""\s+ | (?P<str>r?"(?:\\.|[^"\\])*"|r?'(?:\\.|[^'\\])*') | (?P<id>[A-Za-z_]\w*) | (?P<num>\d[\w.]*)
                       | (?P<op>&&|\|\||[<>=!]=|.)""", re.X | re.S)
BINDING = {"exists", "all", "exists_one", "existsOne", "filter", "map", "transformList", "transformMap"}
STAYING = {"orValue", "filter", "flatten", "slice", "first", "last", "distinct", "reverse"}
ANYTHING = "anything"  # what can't be followed
TERRAFORM = re.compile(r"[a-z][a-z0-9]*_[a-z0-9_]*$")  # the types that these schemas describe


class Schemas:
    def __init__(self, folder):
        self.types = {}
        for name in sorted(os.listdir(folder)):
            if name.endswith(".json"):
                with open(os.path.join(folder, name), encoding="utf-8") as handle:
                    for provider in json.load(handle)["provider_schemas"].values():
                        self.types.update(provider.get("resource_schemas", {}))

    def can_be_unset(self, rtype, name):
        attribute = self.types[rtype]["block"].get("attributes", {}).get(name, {})
        given = attribute.get("type")
        return bool(attribute.get("optional")) and (is_plain(given) or (isinstance(given, list) and given[0] in ("list", "set", "map") and is_plain(given[1])))

    def has(self, rtype, path):
        node = ("block", self.types[rtype]["block"])
        for part in path:
            node = below(node, part)
            if node is None:
                return False
            if node == ANYTHING:
                return True
        return True


def is_plain(given):
    return given in ("string", "number", "bool")


def below(node, name):
    sort, what = node
    if sort == "block":
        attribute = (what.get("attributes") or {}).get(name)
        if attribute is not None:
            if attribute.get("nested_type"):
                return ("block", attribute["nested_type"])
            return ("type", attribute.get("type"))
        block = (what.get("block_types") or {}).get(name)
        return ("block", block["block"]) if block is not None else None
    while isinstance(what, list) and what[0] in ("list", "set"):
        what = what[1]
    if what == "dynamic" or (isinstance(what, list) and what[0] in ("map", "tuple")):
        return ANYTHING
    if isinstance(what, list) and what[0] == "object":
        return ("type", what[1][name]) if name in what[1] else None
    return None


class Reader:
    """Reads one expression. A meaning is (type, path); a chain has a tuple of meanings, or None if it can't be followed."""

    def __init__(self, text, environment, note):
        self.tokens = [(m.lastgroup, m.group()) for m in TOKEN.finditer(text) if m.lastgroup]
        self.at, self.environment, self.note = 0, dict(environment), note

    def peek(self, ahead=0):
        return self.tokens[self.at + ahead] if self.at + ahead < len(self.tokens) else ("end", "")

    def take(self):
        self.at += 1
        return self.tokens[self.at - 1]

    def expression(self, closers=()):
        """Reads up to a closer on this level; gives the meanings of all chains on it."""
        found = []
        while self.peek()[0] != "end" and self.peek()[1] not in closers:
            meanings = self.chain()
            if meanings:
                found += meanings
        return tuple(found)

    def arguments(self):
        self.take()
        given = []
        while self.peek()[0] != "end" and self.peek()[1] != ")":
            start = self.at
            meanings = self.expression((",", ")"))
            given.append((meanings, self.tokens[start:self.at]))
            if self.peek()[1] == ",":
                self.take()
        self.take()
        return given

    def chain(self):
        sort, text = self.take()
        meanings = None
        if text in ("(", "[", "{"):
            meanings = self.expression(({"(": ")", "[": "]", "{": "}"}[text],)) or None
            self.take()
            if text == "{":
                meanings = None
        elif sort == "id":
            meanings = self.start(text)
        else:
            return None
        return self.rest(meanings)

    def start(self, name):
        if name in ("related", "references_to") and self.peek()[1] == "(":
            given = [[t[1].strip("\"'") for t in tokens if t[0] == "str"] for _, tokens in self.arguments()]
            if name == "related":
                for rtype in given[0]:
                    self.note(((rtype, tuple(given[1][0].split("."))),))
                return tuple((rtype, ()) for rtype in given[0])
            self.note(tuple((t, tuple(given[0][0].split("."))) for t, _ in self.environment["resource"]))
            return tuple((rtype, ()) for rtype in given[1])
        if self.peek()[1] == "(":
            self.arguments()
            return None
        if name in ("each", "part"):
            if self.peek()[1] == ".":
                self.take()
                if self.peek()[1] == "?":
                    self.take()
                return self.environment.get(name + "." + self.take()[1])
            return None
        return self.environment.get(name)

    def rest(self, meanings):
        while True:
            text = self.peek()[1]
            if text == ".":
                self.take()
                if self.peek()[1] == "?":
                    self.take()
                name = self.take()[1]
                if self.peek()[1] == "(":
                    meanings = self.call(name, meanings)
                elif meanings:
                    meanings = tuple((t, p + (name,)) for t, p in meanings)
                    self.note(meanings)
            elif text == "[":
                self.take()
                first = self.peek(1 if self.peek()[1] == "?" else 0)
                self.expression(("]",))
                self.take()
                if first[0] == "str" and meanings:
                    meanings = tuple((t, p + (first[1].strip("\"'"),)) for t, p in meanings)
                    self.note(meanings)
            else:
                return meanings

    def call(self, name, meanings):
        outer = self.environment
        if name in BINDING:
            self.environment = dict(outer)
            if self.peek(1)[0] == "id":
                self.environment[self.peek(1)[1]] = None if self.peek(3)[0] == "id" and name.startswith("transform") else meanings
                if name.startswith("transform"):
                    self.environment[self.peek(3)[1]] = meanings
        given = self.arguments()
        self.environment = outer
        if name == "map":
            return given[-1][0] or None
        return meanings if name in STAYING else None


def names_of(rtype, mapping):
    """Yields (meanings, where) for every name in one mapping, and the former names it allows."""
    found, former = [], {}

    def notes(where, owner, attributes):
        for path, note in (attributes or {}).items():
            found.append((((owner, tuple(path.split("."))),), where + ".attributes"))
            found.extend((((owner, (other,)),), f"{where}.attributes.{path}.unset") for other in note.get("unset", {}).get("unless", []))
            for old in note.get("also", []):
                former.setdefault(owner, set()).update({path, ".".join(path.split(".")[:-1] + [old])})

    environment = {"resource": ((rtype, ()),)}
    notes(rtype, rtype, mapping.get("attributes"))
    for name, part in (mapping.get("parts") or {}).items():
        types = part["type"] if isinstance(part["type"], list) else [part["type"]]
        environment["part." + name] = tuple((t, ()) for t in types)
        for owner in types:
            found.append((((owner, tuple(part["by"].split("."))),), f"{rtype}.parts.{name}.by"))
            notes(f"{rtype}.parts.{name}", owner, part.get("attributes"))
        if part.get("to", "id") != "id":
            found.append((((rtype, tuple(part["to"].split("."))),), f"{rtype}.parts.{name}.to"))

    def read(where, text):
        reader = Reader(str(text), environment, lambda meanings: found.append((meanings, where)))
        return reader.expression()

    if "each" in mapping:
        groups = mapping["each"] if isinstance(mapping["each"], dict) else {"": mapping["each"]}
        elements = ()
        for group, text in groups.items():
            elements += read(f"{rtype}.each.{group}", text)
        environment["each.value"] = elements or None
    for field, text in mapping.items():
        if field not in ("each", "parts", "attributes"):
            read(f"{rtype}.{field}", text)
    return found, former


def loader(yaml):
    class Strict(yaml.SafeLoader):
        pass

    def mapping(strict, node, deep=False):
        result = {}
        for key_node, value_node in node.value:
            key = strict.construct_object(key_node, deep=True)
            if key in result:
                raise yaml.YAMLError(f"duplicate key {key!r}{key_node.start_mark}")
            result[key] = strict.construct_object(value_node, deep=True)
        return result

    Strict.add_constructor("tag:yaml.org,2002:map", mapping)
    return Strict


def main(argv):
    listing = "--list" in argv
    rest = [a for a in argv if not a.startswith("--")]
    kinds = rest[0] if rest else os.path.join(ROOT, "rulesets", "kinds")
    data = os.environ.get("SEKIMORI_EXTERNAL_DATA", os.path.join(os.path.dirname(ROOT), "shared", "data"))
    folder = rest[1] if len(rest) > 1 else os.path.join(data, "provider-schemas")
    try:
        import yaml
    except ImportError:
        print("SKIPPED: PyYAML is not installed, attribute paths were not checked")
        return 0
    if not os.path.isdir(folder):
        print("SKIPPED: no provider schemas at " + folder + ", attribute paths were not checked")
        return 0
    return check(kinds, Schemas(folder), TERRAFORM.match, listing)


class Described:
    """Types whose attributes stand in the sources of this library: registers, and the tables of exports in CSV."""

    def __init__(self):
        with open(os.path.join(ROOT, "rulesets", "schemas", "registers.schema.json"), encoding="utf-8") as handle:
            self.types = {"register:account": set(json.load(handle)["definitions"]["accounts"]["items"]["properties"])}
        with open(os.path.join(ROOT, "lib", "inventory", "aws_credential_report.cpp"), encoding="utf-8") as handle:
            self.types["aws-api:iam.CredentialReport"] = set(re.findall(r'\{"[a-z0-9_]+", "([a-z0-9_]+)", ', handle.read()))

    def has(self, rtype, path):
        return path[0] in self.types[rtype]


def unset_of(rtype, mapping):
    """Yields (type, attribute) of what is said of attributes that a configuration leaves out."""
    owners = [((rtype,), mapping)]
    for part in (mapping.get("parts") or {}).values():
        owners.append((part["type"] if isinstance(part["type"], list) else [part["type"]], part))
    for types, owner in owners:
        for path, note in (owner.get("attributes") or {}).items():
            if "unset" in note:
                yield from ((one, path) for one in types)


class Both:
    """What a cloud describes, and beside it what is described here."""

    def __init__(self, schemas):
        self.schemas, self.own = schemas, Described()
        self.types = set(schemas.types) | set(self.own.types)

    def has(self, rtype, path):
        return (self.own if rtype in self.own.types else self.schemas).has(rtype, path)


def check(kinds, schemas, chosen, listing):
    """Looks up the names of the types that `chosen` takes; gives the exit code."""
    import yaml
    count, bad = 0, []
    schemas = Both(schemas)
    files = sorted(f for f in os.listdir(kinds) if f.endswith(".yaml") and not f.endswith(".tests.yaml"))
    if not files:
        print("no kinds in " + kinds, file=sys.stderr)
        return 2
    for name in files:
        try:
            with open(os.path.join(kinds, name), encoding="utf-8") as handle:
                document = yaml.load(handle, loader(yaml))
        except yaml.YAMLError as error:
            print(f"{name}: {error}", file=sys.stderr)
            return 2
        for kind, body in document["kinds"].items():
            for rtype, mapping in body["from"].items():
                if not chosen(rtype):
                    continue
                found, former = names_of(rtype, mapping)
                for meanings, where in found:
                    count += 1
                    known = [(t, p) for t, p in meanings if t in schemas.types]
                    if listing:
                        print(" | ".join(".".join((t,) + p) for t, p in meanings))
                    if not known:
                        bad.append(f"{name}: {kind}: {where}: no such type: {meanings[0][0]}")
                    elif not any(schemas.has(t, p) or covered(former, t, p) for t, p in known):
                        bad.append(f"{name}: {kind}: {where}: no such attribute: " + ".".join((known[0][0],) + known[0][1]))
                if rtype not in schemas.types:
                    bad.append(f"{name}: {kind}: no such type: {rtype}")
                for owner, attribute in unset_of(rtype, mapping):
                    if not TERRAFORM.match(owner) or not schemas.schemas.can_be_unset(owner, attribute):
                        bad.append(f"{name}: {kind}: {rtype}: {attribute} of {owner} is no plain attribute that a configuration can leave out")
    for line in sorted(set(bad)):
        print(line)
    print(f"{count} names checked in {len(files)} files, {len(set(bad))} not found")
    return 1 if bad else 0


def covered(former, rtype, path):
    return any(".".join(path[:i]) in former.get(rtype, ()) for i in range(1, len(path) + 1))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
