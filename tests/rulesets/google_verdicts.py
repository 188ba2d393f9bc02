"""Real exports of Cloud Asset Inventory with verdicts written by hand: the command must agree with every line.

google_verdicts.tsv names the assets by the last part of their names, or * for all of a file; what it does not name
must not be judged at all. Exit: 0, 1 with what differs, 77 where the external data is missing.
"""

import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parents[2]
command = os.environ.get("SEKIMORI_COMMAND", str(root / "build/release/bindings/cli/sekimori"))
folder = pathlib.Path(os.environ.get("SEKIMORI_EXTERNAL_DATA", root / "../shared/data")) / "inventory/gcp-cai"
if not folder.is_dir():
    print(f"SKIPPED: {folder} is not there: set SEKIMORI_EXTERNAL_DATA")
    sys.exit(77)
RANK = {"fail": 4, "error": 3, "undetermined": 2, "pass": 1}


def verdicts(path):
    """{(control, last part of the asset's name): worst verdict}"""
    with tempfile.TemporaryDirectory() as scratch:
        out = pathlib.Path(scratch) / "report.json"
        run = subprocess.run([command, "check", str(path), "--rules", str(root / "rulesets"), "--now", "2026-11-24", "--include", "pass",
                              "--format", "json", "--output", str(out)], capture_output=True, text=True)
        if not out.exists():
            sys.exit(f"{path}: the command ended with {run.returncode}\n{run.stderr}")
        report = json.loads(out.read_text(encoding="utf-8"))
    worst = {}
    for finding in report["findings"]:
        if finding["resource"]["type"].startswith("account:"):
            continue      # what an account has to hold is asked of all inputs together; these are about assets
        key = (finding["rule"], finding["resource"]["address"].split("#")[0].rsplit("/", 1)[1])
        if RANK[finding["verdict"]] > RANK.get(worst.get(key), 0):
            worst[key] = finding["verdict"]
    return worst


failures, lines, agreed = [], {}, 0
for row in csv.DictReader((root / "tests/rulesets/google_verdicts.tsv").open(encoding="utf-8"), delimiter="\t"):
    lines.setdefault(row["file"], []).append(row)
for path in sorted(folder.glob("*.json")):
    if path.name not in lines:
        failures.append(f"{path.name} has no verdicts written by hand")
for name, rows in lines.items():
    found = verdicts(folder / name)
    for row in rows:
        assets = row["assets"].split() if row["assets"] != "*" else [asset for control, asset in found if control == row["control"]]
        if not assets:
            failures.append(f"{name} {row['control']}: nothing was judged")
        for asset in assets:
            verdict = found.get((row["control"], asset), "not judged")
            agreed += verdict == row["verdict"]
            if verdict != row["verdict"]:
                failures.append(f"{name} {row['control']} {asset}: {verdict}, not {row['verdict']} ({row['reason']})")
    for control, asset in found:
        if not any(row["control"] == control and (row["assets"] == "*" or asset in row["assets"].split()) for row in rows):
            failures.append(f"{name} {control} {asset}: {found[control, asset]}, though nothing is written of it")
print(f"{len(lines)} exports, {agreed} verdicts as written")
for failure in failures:
    print("FAIL", failure)
sys.exit(1 if failures else 0)
