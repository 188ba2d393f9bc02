#!/usr/bin/env python3
"""Checks that the rule tests hold a fixture, true to its provider, of every type that a kind maps.

    fixtures.py [REPOSITORY]

SEKIMORI_COMMAND is the command, SEKIMORI_EXTERNAL_DATA holds provider-schemas, as in attribute_paths.py. What is demanded:
- judged: of every type under every kind, a test of a rule over that kind whose judged resource is of the type and which
  expects pass or fail.
- read: each field that the type offers under the kind has a value in one of those tests. A rule for each field, which is
  false for every value, is asked of the same resources; where the field is absent, unknown or an error, it does not fail.
- true: the resources of all tests have attributes that the provider has. Terraform's types also have them in the form that
  plans have (a number is no text, a block is a list of objects), by the providers' schemas; those of APIs by the models that
  the *_attribute_paths.py beside this file read. Tests that expect an error are wrong on purpose.
- complete: of every Terraform type under every kind, a judged resource has whatever the provider requires; of every type of manifests
  one is what the API server takes.
Exit: 0 nothing is missing, 1 something is, 77 where PyYAML is not installed.
"""
import collections
import glob
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile

import attribute_paths
import aws_attribute_paths
import azure_attribute_paths
import google_attribute_paths
import kubernetes_attribute_paths
import oci_attribute_paths

ROOT = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else attribute_paths.ROOT
COMMAND = os.environ.get("SEKIMORI_COMMAND", os.path.join(ROOT, "build", "release", "bindings", "cli", "sekimori"))
RULESETS = os.path.join(ROOT, "rulesets")
# Fields that mappings offer as never known, so that a rule says what it can't tell: kind, types, fields, why. Tests of these
# types may expect undetermined.
UNTOLD = [
    ("located_resource", r"AWS::(?!IAM::).+", "region", "a template does not say where it is deployed"),
    ("stored_secret", r"sakura(cloud)?_secret_manager(_secret)?", "rotated|rotation_days", "nothing says whether anybody rotates them"),
    ("security_alert", "sakura_monitoring_suite_alert_rule", "events|notifies", "neither what a query means nor who hears of it is told"),
    ("access_grant", "sakura-api:iampolicy", "broad", "the answer does not say what the policy is of"),
    ("audit_trail", "aws-(api:cloudtrail.|config:AWS::CloudTrail::)Trail", "enabled", "GetTrailStatus says it, another answer"),
    ("log_archive", "aws-api:cloudtrail.Trail", "locked|public|access_logged", "the bucket is in another answer"),
    ("certificate", "AWS::CertificateManager::Certificate|google_certificate_manager_certificate", "expires_at", "there is no such attribute"),
]
# Fields that the configuration of a Terraform provider says, which rule tests lack: they are read in a plan. Tests of these
# types may expect undetermined.
BY_PROVIDER = [("located_resource", "oci_.+", "region"), ("key_custody", "oci_kms_key", "region")]
# Attributes that the provider has and its models lack: (type, path) and the reason.
UNDESCRIBED = {("microsoft.web/sites/config", "properties.detailedErrorMessages.enabled"): "the resource named logs has a model of its own"}
TESTS_IN_A_FILE = 2000   # documents of rules are limited to 8 MiB
FIRST = 3                # tests of a type that are asked at once; the others only for fields without a value so far

Test = collections.namedtuple("Test", "file ruleset body target")


def loader(yaml):
    """YAML's core schema, as the command reads it: `on` and `2027-03-31` are texts."""
    class Core(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        yaml_implicit_resolvers = {}

    for tag, pattern, first in (("null", r"~|null|Null|NULL|", "~nN"), ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
                                ("int", r"[-+]?[0-9]+", "-+0123456789"),
                                ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789")):
        Core.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(f"(?:{pattern})$"), list(first) + [""] * (tag == "null"))
    return Core


def documents(yaml):
    """{(rule set, rule): its kinds}, and the tests."""
    rules, tests, core = {}, [], loader(yaml)
    for path in sorted(glob.glob(os.path.join(RULESETS, "*", "*.yaml"))):
        with open(path, encoding="utf-8") as handle:
            document = yaml.load(handle, core)
        sort = str(document.get("sekimori", "")).split("/")[0] if isinstance(document, dict) else ""
        if sort == "ruleset":
            for rule in document["rules"]:
                named = [rule.get("kind", []), *(also["kind"] for also in rule.get("also", []))]
                rules[document["id"], rule["id"]] = [k for kinds in named for k in ([kinds] if isinstance(kinds, str) else kinds)]
        elif sort == "rule-tests":
            for body in document["tests"]:
                address = body.get("target", "").split("#")[0]
                resources = body["resources"]
                target = next(r for r in resources if not address or r.get("address", r["type"] + ".test") == address)
                tests.append(Test(os.path.basename(path), document["ruleset"], body, target))
    return rules, tests


def listed(entries, kind, rtype, field=r".*"):
    """Whether a list of exceptions has the type, or this field of it."""
    return any(entry[0] == kind and re.fullmatch(entry[1], rtype) and (field == ".*" or re.fullmatch(entry[2], field)) for entry in entries)


def judged_tests(rules, tests, kinds):
    """{(kind, type): its tests that expect pass or fail}; any of them where what decides is never known here."""
    offered = {(kind["kind"], entry["type"]): entry["offered"] for kind in kinds for entry in kind["types"]}
    judged = {pair: [] for pair in offered}
    for test in tests:
        for kind in rules[test.ruleset, test.body["rule"].split("/")[-1]]:
            pair = (kind, test.target["type"])
            if pair in judged and (test.body["expect"] in ("pass", "fail") or listed(UNTOLD + BY_PROVIDER, *pair)):
                judged[pair].append(test)
    return offered, judged


# What fields have a value ----------------------------------------------------------------------------------------------

def reading(field):
    """False for every value: of several instances of a resource, one that fails decides."""
    name = "resource." + field["name"]
    if field["type"] == "bool":
        return f"{name} && !{name}"
    sized = field["type"] == "string" or field["type"].startswith(("list", "map"))
    return f"size({name}) < 0" if sized else f"{name} != {name}"


def probing_rules(kinds):
    text = {"en": "a field that is read"}
    rules = [{"id": f"{kind['kind']}.{field['name']}", "title": text, "severity": "low", "category": "data", "why": text, "fix": text,
              "waiver": "none", "kind": kind["kind"],
              "asserts": [{"id": "value", "assert": reading(field), "message": text, "required": text}]}
             for kind in kinds for field in kind["fields"]]
    return {"sekimori": "ruleset/v1", "engine": ">=0.1", "cel": {"environment": "2026-11", "packs": ["cloud"]}, "id": "probe",
            "version": "1.0.0", "languages": ["en"], "title": text, "rules": rules}


def values_read(kinds, offered, judged):
    """The (kind, type, field) that have a value in a test."""
    entries = [((*pair, field), test, at) for pair, tests in judged.items() for field in offered[pair] for at, test in enumerate(tests)]
    with tempfile.TemporaryDirectory() as folder:
        rules = write(folder, "probe.yaml", probing_rules(kinds))
        read = probed(rules, [(entry, test) for entry, test, at in entries if at < FIRST])
        read |= probed(rules, [(entry, test) for entry, test, at in entries if at >= FIRST and entry not in read])
        resources = [test.target for pair, tests in judged.items() if listed(BY_PROVIDER, *pair) for test in tests]
        plan = write(folder, "plan.json", plan_of(resources))
        report = answer("check", plan, "--rules", os.path.join(RULESETS, "kinds"), rules, "--format", "json")
    for finding in report["findings"]:
        kind, field = finding["rule"].split("/")[-1].split(".")
        if finding["verdict"] == "fail" and listed(BY_PROVIDER, kind, finding["resource"]["type"], field):
            read.add((kind, finding["resource"]["type"], field))
    return read


def probed(rules, entries):
    """Those of (kind, type, field) whose field has a value in the test beside it."""
    tests = [{key: test.body[key] for key in ("resources", "target", "complete", "scope", "now", "registers") if key in test.body}
             | {"name": str(at), "rule": f"{kind}.{field}", "expect": "fail"} for at, ((kind, _, field), test) in enumerate(entries)]
    with tempfile.TemporaryDirectory() as folder:
        for at in range(0, len(tests), TESTS_IN_A_FILE):
            write(folder, f"probe.{at}.tests.yaml", {"sekimori": "rule-tests/v1", "ruleset": "probe", "tests": tests[at:at + TESTS_IN_A_FILE]})
        results = answer("test", os.path.join(RULESETS, "kinds"), rules, folder, "--format", "json")["tests"] if tests else []
    return {entries[int(result["name"])][0] for result in results if result["actual"] == "fail"}


def write(folder, name, document):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as handle:
        json.dump(document, handle)
    return path


def answer(*arguments):
    done = subprocess.run([COMMAND, *arguments], capture_output=True, text=True)
    if not done.stdout:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def plan_of(resources):
    """A plan as `terraform show -json` has it, whose provider is told its region."""
    made = [{"address": f"{r['type']}.n{at}", "mode": "managed", "type": r["type"], "name": f"n{at}",
             "provider_name": "registry.terraform.io/oracle/oci",
             "change": {"actions": ["create"], "before": None, "after": r["values"], "after_unknown": r.get("unknown") or {}}}
            for at, r in enumerate(resources)]
    configured = [{key: one[key] for key in ("address", "mode", "type", "name")} | {"provider_config_key": "oci"} for one in made]
    provider = {"name": "oci", "full_name": "registry.terraform.io/oracle/oci", "expressions": {"region": {"constant_value": "ap-tokyo-1"}}}
    return {"format_version": "1.2", "terraform_version": "1.9.0", "resource_changes": made,
            "configuration": {"provider_config": {"oci": provider}, "root_module": {"resources": configured}}}


# Whether attributes are the provider's ----------------------------------------------------------------------------------

def form_of(value):
    for form, which in (("bool", bool), ("number", (int, float)), ("string", str), ("list", list), ("object", dict)):
        if isinstance(value, which):
            return form
    return "null"


class Plan:
    """Compares the values of one resource with the schema of its type; `found` lists (what is wrong, path, more)."""

    def __init__(self, schema, resource):
        self.found = []
        self.block(schema, resource["values"], resource.get("unknown") or {}, ())

    def expect(self, form, value, path):
        if form_of(value) != form:
            self.found.append(("form", path, f"is {form_of(value)}, not {form}"))
        return form_of(value) == form

    def value(self, schema, value, path):
        if value is None or schema == "dynamic":
            return
        if isinstance(schema, str):
            self.expect(schema, value, path)
        elif schema[0] in ("list", "set", "tuple"):
            if self.expect("list", value, path):
                for at, element in enumerate(value):
                    self.value(schema[1][at] if schema[0] == "tuple" else schema[1], element, path)
        elif self.expect("object", value, path):
            for key, element in value.items():
                if schema[0] == "map":
                    self.value(schema[1], element, path)
                elif key in schema[1]:
                    self.value(schema[1][key], element, path + (key,))
                else:
                    self.found.append(("name", path + (key,), "does not exist"))

    def nested(self, mode, schema, value, unknown, path):
        if value is None or unknown is True:
            return
        if mode in ("list", "set"):
            if self.expect("list", value, path):
                for at, element in enumerate(value):
                    if self.expect("object", element, path):
                        below = unknown[at] if isinstance(unknown, list) and at < len(unknown) else {}
                        self.block(schema, element, below if isinstance(below, dict) else {}, path)
        elif self.expect("object", value, path):
            for element in value.values() if mode == "map" else [value]:
                self.block(schema, element, unknown if mode != "map" and isinstance(unknown, dict) else {}, path)

    def block(self, schema, values, unknown, path):
        attributes, blocks = schema.get("attributes") or {}, schema.get("block_types") or {}
        for name, value in values.items():
            below, hidden = path + (name,), unknown.get(name, {})
            if name in blocks:
                self.nested(blocks[name]["nesting_mode"], blocks[name]["block"], value, hidden, below)
            elif name not in attributes:
                self.found.append(("name", below, "does not exist"))
            elif attributes[name].get("nested_type"):
                self.nested(attributes[name]["nested_type"]["nesting_mode"], attributes[name]["nested_type"], value, hidden, below)
            elif attributes[name].get("write_only"):
                if value is not None:
                    self.found.append(("form", below, "is written only, so null in plans"))
            else:
                self.value(attributes[name]["type"], value, below)
        absent = [n for n, a in attributes.items() if a.get("required") and not a.get("write_only") and values.get(n) is None]
        absent += [n for n, b in blocks.items() if b.get("min_items") and not values.get(n)]
        self.found += [("required", path + (name,), "is required") for name in absent if not unknown.get(name)]


def leaves(value, path=()):
    """Paths to what holds no more; elements of lists stand for the list."""
    below = value.items() if isinstance(value, dict) else ((None, element) for element in value) if isinstance(value, list) else ()
    below = list(below)
    if not below and path:
        yield path
    for key, element in below:
        yield from leaves(element, path + ((key,) if key is not None else ()))


class Answers:
    """What the clouds' own descriptions say of API types; `missing` are packages that are not installed."""

    def __init__(self, types):
        self.missing, self.by_begin = [], []
        google = importlib.util.find_spec("googleapiclient")
        oci = importlib.util.find_spec("oci")
        folder = os.path.join(google.submodule_search_locations[0], "discovery_cache", "documents") if google else ""
        for package, chosen, make in (
                ("botocore", lambda t: t.startswith("aws-api:"), aws_attribute_paths.Shapes),
                ("cfnlint", lambda t: t.startswith("AWS::"), lambda types: aws_attribute_paths.Schemas()),
                ("azure.mgmt", lambda t: t in azure_attribute_paths.MODELS, azure_attribute_paths.Models),
                ("googleapiclient", google_attribute_paths.ASSET.match, lambda types: google_attribute_paths.Discovery(folder, types)),
                ("kubernetes-validate", kubernetes_attribute_paths.OBJECT.match, kubernetes_attribute_paths.Openapi),
                ("oci", oci_attribute_paths.OCID.match, lambda types: oci_attribute_paths.Sdk(oci.submodule_search_locations[0]))):
            try:
                self.by_begin.append((chosen, make([t for t in types if chosen(t)])))
            except (ImportError, AttributeError, FileNotFoundError):
                self.missing.append(package)

    def completes(self, resource):
        """Whether it is known to be all that its provider asks for."""
        return any(isinstance(schemas, kubernetes_attribute_paths.Openapi) and resource["type"] in schemas.types
                   and not schemas.problems(resource["type"], resource["values"]) for _, schemas in self.by_begin)

    def wrong(self, resource):
        """None: nothing describes the type; else the paths that its description lacks."""
        rtype = resource["type"]
        schemas = next((schemas for chosen, schemas in self.by_begin if chosen(rtype)), None)
        if schemas is None or rtype not in schemas.types:
            return None
        if isinstance(schemas, oci_attribute_paths.Sdk):
            return self.wrong_answer(schemas, schemas.types[rtype].split("."), resource["values"])
        return {path for path in leaves(resource["values"]) if not schemas.has(rtype, self.to_policy(path))}

    @staticmethod
    def to_policy(path):
        """Models say that a policy is a text; answers have it parsed, and then its members are the policy's."""
        ends = [at for at, name in enumerate(path) if name.endswith("Document")]
        return path[:ends[0] + 1] if ends else path

    def wrong_answer(self, sdk, model, values):
        """OCI: what a search finds has members of its own, and keys of maps are no names."""
        searched = "identifier" in values
        members = sdk.members("resource_search", "ResourceSummary") if searched else sdk.members(*model)
        found = set()
        for name, value in values.items():
            if name not in members:
                found.add((name,))
                continue
            parts = oci_attribute_paths.INNER.match(members[name])
            inner = [model[0], next(part for part in parts.groups() if part)]
            if sdk.members(*inner):
                below = value.values() if parts.group("mapped") and value else value if isinstance(value, list) else [value]
                found |= {(name, *path) for element in below if isinstance(element, dict) for path in self.wrong_answer(sdk, inner, element)}
        return found


def former_names(yaml):
    """{type: attributes that it once had}, as the kinds' `also` says."""
    found = {}
    for path in glob.glob(os.path.join(RULESETS, "kinds", "*.yaml")):
        with open(path, encoding="utf-8") as handle:
            for body in yaml.load(handle, loader(yaml))["kinds"].values():
                for rtype, mapping in body["from"].items():
                    for owner, names in attribute_paths.names_of(rtype, mapping)[1].items():
                        found.setdefault(owner, set()).update(names)
    return found


def check_truth(tests, schemas, answers, former):
    """Lines on what no provider has; the ids of resources that are complete; the types that nothing describes."""
    lines, complete, alone = set(), set(), set()
    for test in tests:
        for resource in test.body["resources"]:
            rtype = resource["type"]
            if schemas and attribute_paths.TERRAFORM.match(rtype):
                if rtype not in schemas.types:
                    lines.add(f"true: {test.file}: {rtype}: no such type")
                    continue
                found = Plan(schemas.types[rtype]["block"], resource).found
                if all(sort != "required" for sort, _, _ in found):
                    complete.add(id(resource))
                found = [(path, what) for sort, path, what in found
                         if sort != "required" and not (sort == "name" and attribute_paths.covered(former, rtype, path))]
            elif attribute_paths.TERRAFORM.match(rtype):
                continue
            else:
                wrong = answers.wrong(resource)
                if answers.completes(resource):
                    complete.add(id(resource))
                if wrong is None:
                    alone.add(rtype)
                found = [(path, "does not exist") for path in wrong or ()]
            if test.body["expect"] != "error":
                lines |= {f"true: {test.file}: \"{test.body['name']}\": {rtype}.{'.'.join(path)} {what}"
                          for path, what in found if (rtype, ".".join(path)) not in UNDESCRIBED}
    return lines, complete, alone


def main():
    try:
        import yaml
    except ImportError:
        print("SKIPPED: PyYAML is not installed, fixtures were not checked")
        return 77
    kinds = answer("kinds", "--rules", RULESETS, "--format", "json")["kinds"]
    rules, tests = documents(yaml)
    offered, judged = judged_tests(rules, tests, kinds)
    lines = {f"judged: {kind}: {rtype}: no test of a rule over this kind passes or fails one"
             for (kind, rtype), found in judged.items() if not found}

    read = values_read(kinds, offered, judged)
    fields = {(kind, rtype, field) for (kind, rtype), names in offered.items() for field in names}
    lines |= {f"read: {kind}: {rtype}: {field} has a value in no test"
              for kind, rtype, field in fields - read if judged[kind, rtype] and not listed(UNTOLD, kind, rtype, field)}
    lines |= {f"read: {kind}: {rtype}: {field} is listed as never told, and has a value"
              for kind, rtype, field in read if listed(UNTOLD, kind, rtype, field)}
    lines |= {f"read: nothing is offered of what is listed as never told: {' '.join(entry[:3])}" for entry in UNTOLD
              if not any(listed([entry], *field) for field in fields)}

    data = os.environ.get("SEKIMORI_EXTERNAL_DATA", os.path.join(os.path.dirname(ROOT), "shared", "data"))
    folder = os.path.join(data, "provider-schemas")
    schemas = attribute_paths.Schemas(folder) if os.path.isdir(folder) else None
    answers = Answers(sorted({rtype for _, rtype in offered}))
    wrong, complete, alone = check_truth(tests, schemas, answers, former_names(yaml))
    lines |= wrong
    required = [pair for pair in offered if schemas and attribute_paths.TERRAFORM.match(pair[1])]
    required += [pair for pair in offered if "kubernetes-validate" not in answers.missing and kubernetes_attribute_paths.OBJECT.match(pair[1])]
    whole = [pair for pair in required if any(id(test.target) in complete for test in judged[pair])]
    lines |= {f"complete: {kind}: {rtype}: no test has all that the provider requires"
              for kind, rtype in set(required) - set(whole) if judged[kind, rtype]}

    for line in sorted(lines):
        print(line)
    if not schemas:
        print("SKIPPED: no provider schemas at " + folder + ", Terraform's attributes were not checked")
    for package in answers.missing:
        print("SKIPPED: no " + package + ", attributes of its types were not checked")
    print(f"Described by nothing that installs, so by name only: {len(alone)} types of tests")
    print(f"{len(offered)} types of kinds, {sum(map(bool, judged.values()))} judged; {len(fields)} fields, {len(read)} read; "
          f"{len(required)} whose requirements are known, {len(whole)} complete; {len(wrong)} wrong attributes")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
