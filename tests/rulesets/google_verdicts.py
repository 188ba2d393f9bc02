"""Real exports of Cloud Asset Inventory with verdicts written by hand: the command must agree with every line.

google_verdicts.tsv names the assets by the last part of their names, or * for all of a file; what it does not name
must not be judged at all. Exit: 0, 1 with what differs, 77 where the external data is missing.
"""

import csv
import sys

from written_verdicts import external, report_on, root, worse

folder = external("inventory/gcp-cai")


def verdicts(path):
    """{(control, last part of the asset's name): worst verdict}"""
    report = report_on(path, now="2026-11-24")
    worst = {}
    for finding in report["findings"]:
        if finding["resource"]["type"].startswith("account:"):
            continue      # what an account has to hold is asked of all inputs together; these are about assets
        key = (finding["rule"], finding["resource"]["address"].split("#")[0].rsplit("/", 1)[1])
        if worse(finding["verdict"], worst.get(key)):
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
