"""Whether all engines say the same before anything is timed. Entry points: same_on_known_plans(), held_on_plans().

The other engines have no "unknown": what a plan does not know yet is absent to them. So sets are compared in two steps.
On plans in which nothing is marked as unknown (known/X.json), the failures of Sekimori are exactly the denials of the
others. On the plans as they are, each failure is a denial, and each denial is a failure or undetermined. What is an
evaluation error to Sekimori (an IAM policy that is no JSON) the others pass in silence, which is told, with its number.
"""
import json
import re
import subprocess
import sys

from .figures import asked

SMALL = ("R1", "R2", "R3", "S")


def ours(tools, rules, plan):
    """Verdict to the set of "RULE ADDRESS"."""
    found = {}
    for line in asked(tools.sekimori, "agree", rules, plan):
        verdict, one = line.split(" ", 1)
        found.setdefault(verdict, set()).add(one)
    return found


def guard(tools, rules, plan):
    done = subprocess.run([tools.path("cfn-guard"), "validate", "-r", rules, "-d", plan, "-o", "json", "--structured",
                           "--show-summary", "none"], capture_output=True, text=True, check=False)
    changes = json.loads(plan.read_text(encoding="utf-8"))["resource_changes"]
    denied = set()
    for document in json.loads(done.stdout):
        for failed in document.get("not_compliant", []):
            rule = failed.get("Rule") or {}
            for check in rule.get("checks", []):
                # A clause inside a parsed policy has a path of its own: the resource is named by the block around it.
                for place in re.findall(r"/resource_changes/(\d+)", json.dumps(check)):
                    denied.add(f"{rule['name']} {changes[int(place)]['address']}")
    return denied


def _without(lines, word):
    return {line for line in lines if word not in line}


def _must(same, what, left, right):
    if not same:
        examples = sorted(left ^ right)[:5]
        sys.exit(f"peers: {what}: the engines differ in {len(left ^ right)}: {examples}")


def theirs(tools, inputs, count, plan):
    """Engine to denials, of those that are installed. `plan` is a path."""
    at, found = inputs / f"rules{count}", {}
    if tools.path("opa_library"):
        for form, text in (("each", "each/resource.rego"), ("whole", "whole/plan.rego")):
            found[f"opa {form}"] = set(asked(tools.path("opa_library"), "agree", form, at / text, plan, 1))
    if tools.path("rust"):
        for engine in ("interpreter", "vm"):
            found[f"regorus {engine}"] = set(asked(tools.path("rust"), "regorus", "agree", engine, "each", at / "dense/resource.rego", plan, 1))
        found["cedar"] = set(asked(tools.path("rust"), "cedar", "agree", at / "rules.cedar", plan, 1))
    if tools.path("cfn-guard"):
        found["cfn-guard"] = guard(tools, at / "rules.guard", plan)
    return found


def same_on_known_plans(tools, inputs, figures):
    for plan in SMALL:
        known = inputs / "known" / f"{plan}.json"
        verdicts = ours(tools, inputs / "rules15/sekimori", known)
        failures = verdicts.get("fail", set())
        if verdicts.get("undetermined"):
            sys.exit(f"peers: {plan}: undetermined although nothing is unknown: {sorted(verdicts['undetermined'])[:3]}")
        for engine, denied in theirs(tools, inputs, 15, known).items():
            if engine == "cedar":   # it has no regex, so that its name_pattern is another rule
                _must(_without(denied, "R15_") == _without(failures, "R15_"), f"{plan}, cedar", _without(denied, "R15_"), _without(failures, "R15_"))
            else:
                _must(denied == failures, f"{plan}, {engine}", denied, failures)
            figures.add({"peer": engine, "agreed": plan, "rules": 15, "denials": len(denied)})
        figures.add({"peer": "sekimori", "agreed": plan, "rules": 15, "known": True,
                     **{verdict: len(lines) for verdict, lines in verdicts.items()}})
        for count in (150, 1000):
            if not tools.path("opa_library"):
                continue
            denied = set(asked(tools.path("opa_library"), "agree", "each", inputs / f"rules{count}/each/resource.rego", known, 1))
            failures = ours(tools, inputs / f"rules{count}/sekimori", known).get("fail", set())
            _must(denied == failures, f"{plan}, opa, {count} rules", denied, failures)
            figures.add({"peer": "opa each", "agreed": plan, "rules": count, "denials": len(denied)})


def held_on_plans(tools, inputs, figures):
    if not tools.path("opa_library"):
        return
    for plan in SMALL:
        for count in (15, 1000):
            verdicts = ours(tools, inputs / f"rules{count}/sekimori", inputs / f"{plan}.json")
            failures, open_ones = verdicts.get("fail", set()), verdicts.get("undetermined", set())
            denied = set(asked(tools.path("opa_library"), "agree", "each", inputs / f"rules{count}/each/resource.rego", inputs / f"{plan}.json", 1))
            _must(failures <= denied, f"{plan}: a failure that is no denial", failures, failures & denied)
            _must(denied <= failures | open_ones, f"{plan}: a denial that is neither failure nor undetermined", denied, denied & (failures | open_ones))
            figures.add({"peer": "sekimori", "agreed": plan, "rules": count, "known": False, "denials": len(denied),
                         **{verdict: len(lines) for verdict, lines in verdicts.items()}})
