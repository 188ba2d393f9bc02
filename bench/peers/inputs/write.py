"""Writes everything that the engines are given into a folder: write(folder, plans). What is there already, and was
made from the same texts and plans, stays.
"""
import hashlib
import json
import pathlib
import sys

from . import expressions, notations, plans, scopes

RULE_COUNTS = (15, 150, 600, 1000)           # 600: what a program of regorus' register machine can hold
SMALL_PLANS = {                              # real plans, as they are
    "R1": "tfcompliance__test_issue-294_plan.out.json",
    "R2": "checkov__plan_module_with_connected_resources_tfplan.json",
    "R3": "tfcompliance__test_non_created_module_resource_parameter_plan.out.json",
}
SCOPE_COUNTS = (20, 1000)
LARGE_PLANS = {"S": 1_000, "M": 4_000, "L": 15_000}


def _compact(data):
    return json.dumps(data, separators=(",", ":"))


def _put(folder, name, text):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _fingerprint(source):
    made = hashlib.sha256()
    for file in sorted(pathlib.Path(__file__).parent.glob("*.py")) + sorted(source.glob("*.json")):
        made.update(file.name.encode() + b"\0" + file.read_bytes())
    return made.hexdigest()


def _expressions(folder):
    _put(folder, "cases.json", json.dumps(expressions.cases(), indent=1))
    _put(folder, "rules.txt", "\n".join(expressions.rules()) + "\n")
    _put(folder, "resource.json", _compact(expressions.resource()))
    _put(folder, "params.json", _compact(expressions.PARAMETERS))
    _put(folder, "conditions/rules/rules.yaml", notations.conditions(expressions.rules(), expressions.PARAMETERS))
    _put(folder, "conditions/plan.json", _compact(plans.one_resource("example_resource", expressions.resource())))


def _rules(folder):
    for count in RULE_COUNTS:
        at = folder / f"rules{count}"
        whole, each = notations.rego(count, True), notations.rego(count, False)
        _put(at, "sekimori/rules.yaml", notations.rules(count))
        _put(at, "whole/plan.rego", whole)
        _put(at, "each/resource.rego", each)
        _put(at, "dense/plan.rego", notations.dense(whole))
        _put(at, "dense/resource.rego", notations.dense(each))
        _put(at, "rules.guard", notations.guard(count))
        _put(at, "rules.cedar", notations.cedar(count))
        for name, text in notations.checkov(count).items():
            _put(at, f"checkov/{name}", text)


def _absent_rules(folder):
    """The fifteen, and as many rules about types that no plan has as make a thousand."""
    text = notations.rules_of([(number, 0) for number in range(15)] + [(number, 2 * variant + 1) for variant in range(66) for number in range(15)][:985])
    _put(folder, "rules15-absent/sekimori/rules.yaml", text)


def _scopes(folder):
    _put(folder, "scopes/rules/rules.yaml", scopes.rules())
    for count in SCOPE_COUNTS:
        _put(folder, f"scopes/organisation{count}.yaml", scopes.organisation(count))
        _put(folder, f"scopes/plan{count}.json", _compact(scopes.plan(count)))


def _plans(folder, source):
    """`X.json`, and `known/X.json` with nothing marked as unknown."""
    pool = plans.pool_of(source)
    for name, file in SMALL_PLANS.items():
        text = (source / file).read_text(encoding="utf-8")
        _put(folder, f"{name}.json", text)
        _put(folder, f"known/{name}.json", _compact(plans.without_unknowns(json.loads(text))))
    for name, count in LARGE_PLANS.items():
        plan = plans.large_plan(pool, count)
        _put(folder, f"{name}.json", _compact(plan))
        _put(folder, f"known/{name}.json", _compact(plans.without_unknowns(plan)))


def write(folder, source):
    folder, source = pathlib.Path(folder), pathlib.Path(source)
    made_from = _fingerprint(source)
    stamp = folder / "made-from"
    if stamp.exists() and stamp.read_text() == made_from:
        return
    _expressions(folder)
    _rules(folder)
    _absent_rules(folder)
    _scopes(folder)
    if source.is_dir():
        _plans(folder, source)
    else:
        print(f"SKIPPED: plans: there is no folder {source}", file=sys.stderr)
    stamp.write_text(made_from)
