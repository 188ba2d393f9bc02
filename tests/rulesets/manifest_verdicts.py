"""Manifests of Kubernetes that others wrote, with verdicts written by hand: the command must agree with every line.

manifest_verdicts.tsv: file (of kyverno-cel in SEKIMORI_EXTERNAL_DATA; * stands for files of one folder), rule, objects (names of manifests,
* for all others of the file), the worst verdict on their instances, the asserts that are not met, why. Of two lines for one verdict the
first counts. What is judged and has no line fails.
Exit: 0, 1 with what differs, 77 where the external data is missing.
"""

import collections
import csv
import fnmatch
import json
import os
import pathlib
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parents[2]
command = os.environ.get("SEKIMORI_COMMAND", str(root / "build/release/bindings/cli/sekimori"))
data = pathlib.Path(os.environ.get("SEKIMORI_EXTERNAL_DATA", root / "../shared/data")) / "kyverno-cel"
if not data.is_dir():
    print(f"SKIPPED: {data} is not there: set SEKIMORI_EXTERNAL_DATA")
    sys.exit(77)
RANK = {"fail": 4, "error": 3, "undetermined": 2, "pass": 1}


def judged(paths):
    """{(file, rule, name of the object): (worst verdict, asserts that are not met)}"""
    with tempfile.TemporaryDirectory() as scratch:
        out = pathlib.Path(scratch) / "report.json"
        run = subprocess.run([command, "check", *paths, "--rules", str(root / "rulesets"), "--now", "2026-11-28", "--include", "pass", "--format", "json",
                              "--output", str(out)], capture_output=True, text=True, timeout=300, cwd=data)
        if not out.exists():
            sys.exit(f"the command ended with {run.returncode}\n{run.stderr}")
        report = json.loads(out.read_text(encoding="utf-8"))
    found = {}
    for finding in report["findings"]:
        name = finding["resource"]["address"].split("#")[0].split("/")[-1]
        key = (finding["location"]["file"], finding["rule"], name)
        told = (finding["verdict"], " ".join(finding["asserts"]))
        if key not in found or RANK[told[0]] > RANK[found[key][0]]:
            found[key] = told
    return found


rows, failures, used = [], [], collections.Counter()
for number, row in enumerate(csv.DictReader((root / "tests/rulesets/manifest_verdicts.tsv").open(encoding="utf-8"), delimiter="\t"), 2):
    files = sorted(str(path.relative_to(data)) for path in data.glob(row["file"]))
    if row["verdict"] not in RANK or not row["why"] or not files:
        failures.append(f"line {number}: no such verdict or file, or no reason")
    rows.append((number, files, row))
alone = {file for _, files, row in rows if "*" not in row["file"] for file in files}
found = judged(sorted(alone))
for (file, rule, name), told in sorted(found.items()):
    line = next((entry for entry in rows if file in entry[1] and rule == entry[2]["rule"]
                 and ("*" in entry[2]["objects"] or name in entry[2]["objects"].split())), None)
    if line is None:
        failures.append(f"{file} {rule} {name}: {' '.join(told)}, though nothing is written of it")
        continue
    used[line[0]] += 1
    if told != (line[2]["verdict"], line[2]["asserts"]):
        failures.append(f"{file} {rule} {name}: {' '.join(told)}, not {line[2]['verdict']} {line[2]['asserts']} ({line[2]['why']})")
for number, files, row in rows:
    named = [] if "*" in row["objects"] else row["objects"].split()
    missing = [name for name in named if not any((file, row["rule"], name) in found for file in files)]
    if missing or not used[number]:
        failures.append(f"line {number}: {row['rule']} was not judged of {' '.join(missing) or row['file']}")
print(f"{len(alone)} files of manifests, {sum(used.values())} verdicts by hand, {len(failures)} differ")
for failure in failures:
    print("FAIL", failure)
sys.exit(1 if failures else 0)
