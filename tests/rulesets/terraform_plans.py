"""Public Terraform plans: every file is read or named with a reason, and a second run gives the same bytes."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parents[2]
command = os.environ.get("SEKIMORI_COMMAND", str(root / "build/release/bindings/cli/sekimori"))
plans = pathlib.Path(os.environ.get("SEKIMORI_EXTERNAL_DATA", root / "../shared/data")) / "terraform-plans"
if not plans.is_dir():
    print(f"SKIPPED: {plans} is not there: set SEKIMORI_EXTERNAL_DATA")
    sys.exit(77)


def check(name, *more):
    with tempfile.TemporaryDirectory() as scratch:
        out = pathlib.Path(scratch) / name
        run = subprocess.run([command, "check", str(plans), "--rules", str(root / "rulesets"), "--format", "json", "--output", str(out),
                              "--now", "2026-11-24", *more], capture_output=True, text=True)
        return run.returncode, out.read_bytes()


code, first = check("a.json")
_, second = check("b.json")
failures = []
if first != second:
    failures.append("two runs differ")
report = json.loads(first)
files = {str(p) for p in plans.rglob("*.json")}
named = {i["file"] for i in report["inputs"]}
if files != named:
    failures.append(f"not named: {sorted(files ^ named)}")
for record in report["inputs"]:
    if record["status"] == "unreadable" and not record["diagnostics"]:
        failures.append(f"{record['file']}: unreadable without a reason")
unreadable = sorted(pathlib.Path(i["file"]).name for i in report["inputs"] if i["status"] == "unreadable")
# Checkov calls it a corrupt plan: it is the JSON of a state, and is read as one, not as a plan without changes.
state = [i["format"] for i in report["inputs"] if i["file"].endswith("checkov__plan_corrupted-tfplan.json")]
if state != ["terraform-state"]:
    failures.append(f"the state among the plans was read as {state}")
texts = " ".join(t["en"] for t in report["outcome"]["texts"])
for name in unreadable:
    if name not in texts:
        failures.append(f"{name} is not named in the outcome")
total = report["summary"]["total"]
by_cloud = report["summary"]["by_cloud"]
for key in ("pass", "fail", "undetermined", "error", "not_applicable"):
    if sum(c[key] for c in by_cloud.values()) != total[key]:
        failures.append(f"{key}: the clouds do not add up")
listed = [f["verdict"] for f in report["findings"]]
for key in ("fail", "undetermined", "error"):
    if listed.count(key) != total[key]:
        failures.append(f"{key}: {listed.count(key)} listed, {total[key]} counted")
print(f"{len(report['inputs'])} files, unreadable: {', '.join(unreadable)}; exit code {code}; {total}; undetermined by {report['summary']['undetermined_by']}")
for cloud, examined in report["summary"]["examined"]["by_cloud"].items():
    print(f"{cloud or '(none)'}: {examined}; {by_cloud.get(cloud, {})}")
for failure in failures:
    print("FAIL", failure)
sys.exit(1 if failures else 0)
