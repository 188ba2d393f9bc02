#!/usr/bin/env python3
"""Checks what the reports of the shipped example plans say would settle an undetermined finding.

Every finding that waits for the plan to be applied has a residual, which checks as CEL, holds no
sensitive value of the plan and keeps relations as they are. And it tells the truth: the same plan
with the values filled in gets the verdict that the residual evaluates to over them.

usage: residuals.py [REPOSITORY]
"""
import copy
import glob
import json
import os
import subprocess
import sys
import tempfile

ROOT = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
COMMAND = os.environ.get("SEKIMORI_COMMAND", os.path.join(ROOT, "build", "release", "bindings", "cli", "sekimori"))
EXAMPLES = os.path.join(ROOT, "rulesets", "examples", "citizen-application")
RELATIONS = ("related(", "references_to(")
failures = []

# plan, address, rule, the values once they are known, verdict
CASES = [
    ("oci/bad", "oci_database_autonomous_database.main", "BCK-01", {"backup_retention_period_in_days": 60}, "pass"),
    ("oci/bad", "oci_database_autonomous_database.main", "BCK-01", {"backup_retention_period_in_days": 7}, "fail"),
    ("oci/good", "oci_database_autonomous_database.main", "NET-05", {"whitelisted_ips": ["10.1.0.0/16"]}, "pass"),
    ("oci/good", "oci_database_autonomous_database.main", "NET-05", {"whitelisted_ips": ["10.1.0.0/16", "0.0.0.0/0"]}, "fail"),
    ("google/bad", "google_storage_bucket.attach", "BCK-07",
     {"versioning": [], "soft_delete_policy": [{"retention_duration_seconds": 1814400}]}, "pass"),
    ("google/bad", "google_storage_bucket.attach", "BCK-07",
     {"versioning": [{"enabled": False}], "soft_delete_policy": [{"retention_duration_seconds": 604800}]}, "fail"),
    ("aws/bad", "aws_s3_bucket.copy", "BCK-07", {"versioning": [{"enabled": True}]}, "pass"),
    ("aws/bad", "aws_s3_bucket.copy", "BCK-07", {"versioning": [{"enabled": False}]}, "fail"),
    ("sakura/bad", "sakura_database.main", "DAT-03", {"disk": {"encryption_algorithm": "aes256_xts"}}, "pass"),
    ("sakura/bad", "sakura_database.main", "DAT-03", {"disk": {"encryption_algorithm": "none"}}, "fail"),
    ("sakura/bad", "sakura_disk.web[0]", "LOC-01", {"zone": "is1b"}, "pass"),
    ("sakura/bad", "sakura_disk.web[0]", "LOC-01", {"zone": "nowhere"}, "fail"),
    ("sakura/good", "sakura_kms.main", "DAT-09", {"modified_at": "2026-10-01T00:00:00Z"}, "pass"),
    ("sakura/good", "sakura_kms.main", "DAT-09", {"modified_at": "2020-10-01T00:00:00Z"}, "fail"),
]


def fail(where, what):
    failures.append("%s: %s" % (where, what))


def run(*arguments, text=None):
    return subprocess.run([COMMAND, *arguments], capture_output=True, text=True, input=text)


def report_of(plan):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(plan, file)
        file.flush()
        done = run("check", file.name, "--rules", os.path.join(ROOT, "rulesets"), "--format", "json", "--now", "2026-11-01",
                   "--include", "pass")
    return json.loads(done.stdout)


def finding_of(report, address, rule):
    found = [f for f in report["findings"] if f["resource"]["address"] == address and f["rule"] == rule]
    return found[0] if len(found) == 1 else {}


def secrets_of(value, mask):
    """Texts that the mask says are sensitive; short ones are in everything."""
    if mask is True:
        if isinstance(value, dict):
            return [s for v in value.values() for s in secrets_of(v, True)]
        if isinstance(value, list):
            return [s for v in value for s in secrets_of(v, True)]
        return [str(value)] if len(str(value)) > 4 and not isinstance(value, bool) and value is not None else []
    if isinstance(mask, dict) and isinstance(value, dict):
        return [s for k, m in mask.items() if k in value for s in secrets_of(value[k], m)]
    if isinstance(mask, list) and isinstance(value, list):
        return [s for v, m in zip(value, mask) for s in secrets_of(v, m)]
    return []


# The accounts in a policy that is not known are counted, and what counts a list that is not known is not written.
WITHOUT = {"DAT-11"}


def check_plan(path):
    with open(path, encoding="utf-8") as file:
        plan = json.load(file)
    secrets = [s for r in plan["resource_changes"]
               for s in secrets_of(r["change"].get("after"), r["change"].get("after_sensitive"))]
    waiting = 0
    for finding in report_of(plan)["findings"]:
        where = "%s %s %s" % (os.path.relpath(path, ROOT), finding["rule"], finding["resource"]["address"])
        text = finding.get("residual", "")
        if finding["verdict"] != "undetermined" and text:
            fail(where, "has a residual though it is decided")
        if finding.get("decide_by") != "after_apply":
            continue
        waiting += 1
        if not text and finding["rule"] not in WITHOUT:
            fail(where, "has no residual")
        if not text:
            continue
        if any(secret in text for secret in secrets):
            fail(where, "tells a secret")
        if any(relation in text for relation in RELATIONS):
            continue   # functions of rules only
        names = ["resource", "part", "each", "meta", "scope", "params", "data"]
        declared = [word for name in names for word in ("--declare", name + "=dyn")]
        done = run("eval", "--type", "--file", "-", *declared, text=text)
        if done.returncode != 0 or done.stdout.strip() not in ("type: bool", "type: dyn"):
            fail(where, "does not check: %s\n%s%s" % (text, done.stdout, done.stderr))
    return waiting


def check_case(name, address, rule, given, verdict):
    where = "%s %s %s %s" % (name, address, rule, json.dumps(given))
    with open(os.path.join(EXAMPLES, name, "plan.json"), encoding="utf-8") as file:
        plan = json.load(file)
    before = finding_of(report_of(plan), address, rule)
    if before.get("verdict") != "undetermined" or not before.get("residual"):
        return fail(where, "is not undetermined with a residual")
    known = copy.deepcopy(plan)
    change = [r for r in known["resource_changes"] if r["address"] == address][0]["change"]
    for attribute, value in given.items():
        change["after"][attribute] = value
        if isinstance(change.get("after_unknown"), dict):
            change["after_unknown"].pop(attribute, None)
    after = finding_of(report_of(known), address, rule).get("verdict")
    if after != verdict:
        return fail(where, "is %s with the values known, not %s" % (after, verdict))
    done = run("eval", "--file", "-", "--var", "resource=" + json.dumps(change["after"]), text=before["residual"])
    if done.stdout.strip() != {"pass": "true", "fail": "false"}[verdict]:
        fail(where, "%s\ngives %s%s" % (before["residual"], done.stdout, done.stderr))


plans = sorted(glob.glob(os.path.join(EXAMPLES, "*", "*", "plan.json")))
waiting = sum(check_plan(path) for path in plans)
if waiting < 20:
    fail("examples", "only %d findings wait for the plan to be applied" % waiting)
for case in CASES:
    check_case(*case)
for failure in failures:
    print(failure)
print("residuals: %d plans, %d findings that wait, %d cases, %d failures" % (len(plans), waiting, len(CASES), len(failures)))
sys.exit(1 if failures else 0)
