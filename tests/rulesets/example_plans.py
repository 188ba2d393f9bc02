#!/usr/bin/env python3
"""Checks the shipped example plans (rulesets/examples/citizen-application).

Each plan is what a provider of the named version could print: every attribute and block exists in
the provider's schema, masks have the shape of the values, addresses are unique, references name
something that the configuration declares, planned_values say the same as resource_changes, and
expected.tsv speaks of resources that are there. The schemas are found through
SEKIMORI_EXTERNAL_DATA; without them that one check is skipped, loudly.

usage: example_plans.py [REPOSITORY]
"""
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
CLOUDS = {"aws": "aws", "azure": "azurerm", "google": "google", "oci": "oci", "sakura": "sakura"}
CONTROLS = ["ACC-10", "ACC-16", "NET-01", "NET-02", "NET-04", "NET-05", "DAT-01", "DAT-03", "DAT-06", "DAT-09",
            "DAT-10", "LOG-03", "BCK-07", "LOC-01", "TAG-01"]
VERDICTS = {"pass", "fail", "undetermined", "not_applicable"}
WHOLE = {"count", "each", "path", "self", "terraform"}
failures = []


def fail(where, what):
    failures.append("%s: %s" % (where, what))


# ---------------------------------------------------------------------------------------- the schema
def check_type(value, kind, where):
    if value is None:
        return
    if isinstance(kind, str):
        wanted = {"string": str, "bool": bool, "number": (int, float)}.get(kind)
        if wanted and (not isinstance(value, wanted) or (kind == "number" and isinstance(value, bool))):
            fail(where, "is no %s" % kind)
    elif kind[0] in ("list", "set"):
        if not isinstance(value, list):
            return fail(where, "is no list")
        for i, item in enumerate(value):
            check_type(item, kind[1], "%s[%d]" % (where, i))
    elif kind[0] == "map":
        if not isinstance(value, dict):
            return fail(where, "is no map")
        for key, item in value.items():
            check_type(item, kind[1], where + "." + key)
    elif kind[0] == "object":
        if not isinstance(value, dict):
            return fail(where, "is no object")
        for key, item in value.items():
            if key not in kind[1]:
                fail(where + "." + key, "is not in the schema")
            else:
                check_type(item, kind[1][key], where + "." + key)


def check_block(value, unknown, block, where):
    """Known and unknown together must be the schema's names, no more and no less."""
    attributes, blocks = block.get("attributes") or {}, block.get("block_types") or {}
    for name in sorted(set(value) | {n for n, mask in unknown.items() if mask is True}):
        if name not in attributes and name not in blocks:
            fail(where + "." + name, "is not in the schema")
    for name, attribute in attributes.items():
        at = where + "." + name
        mask = unknown.get(name)
        if mask is True:
            if name in value:
                fail(at, "is known and unknown at once")
            if attribute.get("required") and attribute.get("write_only"):
                fail(at, "cannot be unknown")
        elif name not in value:
            fail(at, "is neither known nor unknown")
        elif "nested_type" in attribute:
            check_nested(value[name], mask, attribute["nested_type"], at)
        else:
            check_type(value[name], attribute.get("type"), at)
    for name, nested in blocks.items():
        at, mask = where + "." + name, unknown.get(name)
        if mask is True:
            continue
        if name not in value:
            if name != "timeouts":
                fail(at, "is neither known nor unknown")
            continue
        items = value[name]
        if nested.get("nesting_mode") in ("list", "set"):
            if not isinstance(items, list):
                fail(at, "is no list of blocks")
                continue
            if nested.get("max_items") and len(items) > nested["max_items"]:
                fail(at, "has more than %d blocks" % nested["max_items"])
            for i, item in enumerate(items):
                inner = mask[i] if isinstance(mask, list) and i < len(mask) else {}
                check_block(item, inner if isinstance(inner, dict) else {}, nested["block"], "%s[%d]" % (at, i))


def check_nested(value, mask, nested, where):
    if value is None:
        return
    mode, block = nested.get("nesting_mode"), {"attributes": nested.get("attributes")}
    if mode == "single":
        check_block(value, mask if isinstance(mask, dict) else {}, block, where)
    elif mode in ("list", "set"):
        for i, item in enumerate(value):
            inner = mask[i] if isinstance(mask, list) and i < len(mask) else {}
            check_block(item, inner if isinstance(inner, dict) else {}, block, "%s[%d]" % (where, i))
    elif mode == "map":
        for key, item in value.items():
            inner = (mask or {}).get(key) if isinstance(mask, dict) else {}
            check_block(item, inner if isinstance(inner, dict) else {}, block, where + "." + key)


# ------------------------------------------------------------------------------------------ the masks
def check_mask(mask, value, where):
    """true stands for the whole; false for nothing; a container has the value's shape."""
    if isinstance(mask, bool):
        return
    if isinstance(mask, list):
        if value is None or mask == []:
            return
        if not isinstance(value, list) or len(mask) > len(value):
            return fail(where, "mask and value differ in shape")
        for i, item in enumerate(mask):
            check_mask(item, value[i], "%s[%d]" % (where, i))
    elif isinstance(mask, dict):
        if value is None or mask == {}:
            return
        if not isinstance(value, dict):
            return fail(where, "mask and value differ in shape")
        for key, item in mask.items():
            if key in value:
                check_mask(item, value[key], where + "." + key)
            elif item not in (True, [], {}):
                fail(where + "." + key, "mask of something that has no value")
    else:
        fail(where, "mask is neither true, false nor a container")


# ------------------------------------------------------------------------------------- the references
def references_of(node):
    if isinstance(node, dict):
        for key, item in node.items():
            if key == "references" and isinstance(item, list):
                yield from item
            elif key != "constant_value":
                yield from references_of(item)
    elif isinstance(node, list):
        for item in node:
            yield from references_of(item)


def check_module(module, where, locals_allowed=True):
    """`locals` are not in a plan's configuration; everything else that is named must be."""
    resources = {r["address"] for r in module.get("resources", [])}
    calls, variables = module.get("module_calls", {}), module.get("variables", {})
    parts = [r for r in module.get("resources", [])] + [c.get("expressions", {}) for c in calls.values()]
    parts += [o.get("expression", {}) for o in module.get("outputs", {}).values()]
    for part in parts:
        for reference in references_of(part):
            head = reference.split(".")[0].split("[")[0]
            if head in WHOLE or head == "local":
                continue
            steps = re.sub(r"\[[^\]]*\]", "", reference).split(".")
            if head == "var":
                if steps[1] not in variables:
                    fail(where, "%s names no variable" % reference)
            elif head == "module":
                outputs = (calls.get(steps[1]) or {}).get("module", {}).get("outputs", {})
                if steps[1] not in calls or (len(steps) > 2 and steps[2] not in outputs):
                    fail(where, "%s names no module output" % reference)
            elif ".".join(steps[:2]) not in resources:
                fail(where, "%s names no resource" % reference)
    for name, call in calls.items():
        check_module(call["module"], where + " module." + name)
        for argument in call.get("expressions", {}):
            if argument not in call["module"].get("variables", {}):
                fail(where + " module." + name, "%s is no variable of the module" % argument)


def declared(module, prefix, into):
    for resource in module.get("resources", []):
        into[prefix + resource["address"]] = resource
    for name, call in module.get("module_calls", {}).items():
        declared(call["module"], prefix + "module.%s." % name, into)


def planned(module, into):
    for resource in module.get("resources", []):
        into[resource["address"]] = resource
    for child in module.get("child_modules", []):
        planned(child, into)


def check_plan(cloud, variant, folder, schema):
    where = "%s/%s" % (cloud, variant)
    with open(os.path.join(folder, "plan.json"), encoding="utf-8") as handle:
        plan = json.load(handle)
    for key in ("format_version", "planned_values", "resource_changes", "configuration", "timestamp", "errored"):
        if key not in plan:
            fail(where, "the plan has no %s" % key)
    if plan.get("format_version") != "1.2" or plan.get("errored"):
        fail(where, "is no whole plan of format 1.2")
    changes = plan["resource_changes"]
    addresses = [c["address"] for c in changes]
    for address in sorted({a for a in addresses if addresses.count(a) > 1}):
        fail(where, "%s stands there twice" % address)
    blocks, values = {}, {}
    declared(plan["configuration"]["root_module"], "", blocks)
    planned(plan["planned_values"]["root_module"], values)
    if set(values) != set(addresses):
        fail(where, "planned_values and resource_changes hold different resources")
    for change in changes:
        address, body = change["address"], change["change"]
        at = where + " " + address
        base = re.sub(r"\[[^\]]*\]", "", address)
        if base not in blocks:
            fail(at, "has no configuration")
        if body["actions"] != ["create"] or body["before"] is not None:
            fail(at, "is not created by this plan")
        if values.get(address, {}).get("values") != body["after"]:
            fail(at, "planned_values say something else")
        check_mask(body["after_unknown"], body["after"], at + " after_unknown")
        check_mask(body["after_sensitive"], body["after"], at + " after_sensitive")
        if schema is not None:
            if change["type"] not in schema:
                fail(at, "is of no type of the provider")
            else:
                check_block(body["after"], body["after_unknown"], schema[change["type"]]["block"], at)
    check_module(plan["configuration"]["root_module"], where)

    with open(os.path.join(folder, "expected.tsv"), encoding="utf-8") as handle:
        lines = handle.read().splitlines()
    if lines[0].split("\t") != ["control_id", "resource_address", "expected", "reason"]:
        fail(where, "expected.tsv has other columns")
    seen = set()
    for number, line in enumerate(lines[1:], 2):
        row = line.split("\t")
        at = "%s expected.tsv:%d" % (where, number)
        if len(row) != 4 or not row[3]:
            fail(at, "has not four columns")
            continue
        if row[0] not in CONTROLS:
            fail(at, "%s is none of the fifteen controls" % row[0])
        if row[1] not in addresses:
            fail(at, "%s is not in the plan" % row[1])
        if row[2] not in VERDICTS:
            fail(at, "%s is no verdict" % row[2])
        if (row[0], row[1]) in seen:
            fail(at, "says a second time what is expected")
        if variant == "good" and row[2] == "fail":
            fail(at, "a failure in the good variant")
        seen.add((row[0], row[1]))
    if variant == "bad" and not any(line.split("\t")[2] == "fail" for line in lines[1:]):
        fail(where, "expected.tsv of the bad variant expects no failure")
    return len(changes)


def main(argv):
    root = argv[0] if argv else os.path.join(HERE, "..", "..")
    data = os.environ.get("SEKIMORI_EXTERNAL_DATA", os.path.join(root, "..", "shared", "data"))
    examples = os.path.join(root, "rulesets", "examples", "citizen-application")
    plans = resources = skipped = 0
    for cloud, provider in CLOUDS.items():
        schema, path = None, os.path.join(data, "provider-schemas", provider + ".json")
        if os.path.exists(path):
            with open(path, encoding="utf-8") as handle:
                schemas = json.load(handle)["provider_schemas"]
            schema = next(iter(schemas.values()))["resource_schemas"]
        else:
            print("SKIPPED: no schema of %s under SEKIMORI_EXTERNAL_DATA; attributes of %s are not checked" % (provider, cloud))
            skipped += 1
        for variant in ("good", "bad"):
            plans += 1
            resources += check_plan(cloud, variant, os.path.join(examples, cloud, variant), schema)
    for line in failures:
        print("FAILED: " + line)
    print("%d plans with %d resources, %d mistakes" % (plans, resources, len(failures)))
    print("%d passed, %d failed, %d skipped" % (0 if failures else plans, len(failures), skipped))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
