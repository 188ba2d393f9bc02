"""Manifests of Kubernetes that others wrote, with verdicts written by hand: the command must agree with every line.

manifest_verdicts.tsv: file (of kyverno-cel in SEKIMORI_EXTERNAL_DATA; * stands for files of one folder), rule, objects (names of manifests,
* for all others of the file), the worst verdict on their instances, the asserts that are not met, why. Of two lines for one verdict the
first counts. What is judged and has no line fails.
Exit: 0, 1 with what differs, 77 where the external data is missing.
"""

import collections
import csv
import sys

from written_verdicts import RANK, external, report_on, root, worse

data = external("kyverno-cel")


def judged(paths):
    """{(file, rule, name of the object): (worst verdict, asserts that are not met)}"""
    report = report_on(*paths, now="2026-11-28", cwd=data)
    found = {}
    for finding in report["findings"]:
        name = finding["resource"]["address"].split("#")[0].split("/")[-1]
        key = (finding["location"]["file"], finding["rule"], name)
        told = (finding["verdict"], " ".join(finding["asserts"]))
        if worse(told[0], found.get(key, (None,))[0]):
            found[key] = told
    return found


rows, failures, used = [], [], collections.Counter()
for number, row in enumerate(csv.DictReader((root / "tests/rulesets/manifest_verdicts.tsv").open(encoding="utf-8"), delimiter="\t"), 2):
    files = sorted(str(path.relative_to(data)) for path in data.glob(row["file"]))
    if row["verdict"] not in RANK.keys() - {"not_applicable"} or not row["why"] or not files:
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
