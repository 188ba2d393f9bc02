#!/usr/bin/env python3
"""The JSON Schemas and the loader agree on structure.

A golden whose text has a structure code must be refused by its schema; one whose mistakes are of
meaning only, and every good document, must be accepted. What the loader says is in the goldens'
texts, which test_rules compares with the loader itself. Forms (SKM106) and exclusive keys (SKM110)
may be refused by either. Exit code 77: skipped, a Python package is missing.
"""
import json
import pathlib
import re
import sys

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"SKIPPED: {missing}")
    sys.exit(77)

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SCHEMAS = ROOT / "rulesets" / "schemas"
STRUCTURE = {"SKM101", "SKM103", "SKM104", "SKM105", "SKM107", "SKM108"}
UNREADABLE = {"SKM100", "SKM102", "SKM109", "SKM111", "SKM400"}
EITHER = {"SKM106", "SKM110"}
TYPES = ["ruleset", "kinds", "standards", "organisation", "inputs", "rule-tests", "register-mapping", "profile", "system"]


class core(yaml.SafeLoader):
    """YAML 1.2's core schema: PyYAML reads 1.1, where `yes` is a boolean and days are dates."""


core.yaml_implicit_resolvers = {}
core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(~|null|Null|NULL|)$"), ["~", "n", "N", ""])
core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
core.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$"), list("-+.0123456789"))


def load_schema(name):
    schema = json.loads((SCHEMAS / f"{name}-v1.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def schema_for(document, schemas):
    """By the header; where it has none that is known, every schema must refuse, so any will do."""
    header = document.get("sekimori") if isinstance(document, dict) else None
    name = header.split("/")[0] if isinstance(header, str) else ""
    return schemas.get(name, schemas["ruleset"])


def first_problem(schema, document):
    for problem in schema.iter_errors(document):
        return "/".join(str(part) for part in problem.absolute_path) + ": " + problem.message[:200]
    return None


def main():
    schemas = {name: load_schema(name) for name in TYPES}
    failures, accepted, refused = [], 0, 0
    for path in sorted((HERE / "golden").glob("*.yaml")):
        codes = set(re.findall(r"error\[(SKM\d+)\]", path.with_suffix(".txt").read_text(encoding="utf-8")))
        if codes & UNREADABLE:
            continue
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=core)
        problem = first_problem(schema_for(document, schemas), document)
        if codes & STRUCTURE:
            refused += 1
            if problem is None:
                failures.append(f"{path.name}: the loader says {sorted(codes)}, the schema accepts")
        elif not codes & EITHER:
            accepted += 1
            if problem is not None:
                failures.append(f"{path.name}: only meaning is wrong ({sorted(codes)}), the schema refuses: {problem}")
    good = [p for p in sorted((HERE / "good").iterdir())] + [HERE / "fixture-ruleset.yaml"]
    for folder in ("kinds", "baseline", "accounts", "standards", "examples", "profiles"):
        good += sorted((ROOT / "rulesets" / folder).rglob("*.yaml"))
    for path in good:
        text = path.read_text(encoding="utf-8")
        if not re.search(r"sekimori\"?:", text):
            continue
        try:
            document = json.loads(text) if path.suffix == ".json" else yaml.load(text, Loader=core)
        except yaml.YAMLError as mistake:
            failures.append(f"{path.relative_to(ROOT)}: not YAML: {str(mistake).splitlines()[0]}")
            continue
        problem = first_problem(schema_for(document, schemas), document)
        accepted += 1
        if problem is not None:
            failures.append(f"{path.relative_to(ROOT)}: the schema refuses: {problem}")
    for failure in failures:
        print(failure)
    print(f"{accepted} to be accepted, {refused} to be refused, {len(failures)} disagreements")
    return 1 if failures or accepted < 20 or refused < 20 else 0


if __name__ == "__main__":
    sys.exit(main())
