"""Every check of Prowler that the catalogue names has a line in prowler.tsv, which says how it and the rule differ, and why.

prowler.tsv: control, check, cloud, the severity that Prowler 5.46 gives it, the severity of our rule, subject (same, wider, narrower or other: what the
rule asks, seen from the check) and why, where the severities or the subjects are not the same. docs/decisions/0016-severities.md is the page for people.
The catalogue is controls.tsv of the reference folder beside the external data. Exit: 0, 1 with what differs, 77 where the catalogue is missing.
"""

import collections
import csv
import os
import pathlib
import sys

root = pathlib.Path(__file__).resolve().parents[2]
catalogue = pathlib.Path(os.environ.get("SEKIMORI_EXTERNAL_DATA", root / "../shared/data")).parent / "reference/controls.tsv"
if not catalogue.is_file():
    print(f"SKIPPED: {catalogue} is not there: set SEKIMORI_EXTERNAL_DATA")
    sys.exit(77)
try:
    import yaml
except ImportError:
    print("SKIPPED: PyYAML is not installed, severities were not compared")
    sys.exit(77)
STEPS = ("informational", "low", "medium", "high", "critical")


def table(path):
    return list(csv.DictReader(path.open(encoding="utf-8"), delimiter="\t"))


severities = {}
for path in sorted((root / "rulesets").glob("*/*.yaml")):
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    if document.get("sekimori") == "ruleset/v1":
        severities.update({rule["id"]: rule["severity"] for rule in document["rules"]})
asked = {(row["id"], check) for row in table(catalogue) for check in row["prowler_checks"].split() if check != "-"}
failures, written, counts = [], set(), collections.Counter()
for number, row in enumerate(table(root / "tests/rulesets/prowler.tsv"), 2):
    where = f"line {number}: {row['control']} {row['check']}"
    key = (row["control"], row["check"], row["cloud"])
    if key in written:
        failures.append(f"{where}: stands twice")
    written.add(key)
    if key[:2] not in asked:
        failures.append(f"{where}: the catalogue does not name it")
    if row["prowler"] not in STEPS or row["ours"] not in STEPS or row["subject"] not in ("same", "wider", "narrower", "other"):
        failures.append(f"{where}: no such severity or subject")
        continue
    if severities.get(row["control"]) != row["ours"]:
        failures.append(f"{where}: the rule is {severities.get(row['control'], 'missing')}, not {row['ours']}")
    steps = STEPS.index(row["ours"]) - STEPS.index(row["prowler"])
    counts[steps] += 1
    differs = steps != 0 or row["subject"] != "same"
    if differs != bool(row["why"]):
        failures.append(f"{where}: " + ("differs, and nobody says why" if differs else "says why, and nothing differs"))
    if steps and ("higher: " if steps > 0 else "lower: ") not in row["why"]:
        failures.append(f"{where}: the reason does not say that ours is {'higher' if steps > 0 else 'lower'}")
failures += [f"{control} {check}: no line" for control, check in sorted(asked - {key[:2] for key in written})]
page = (root / "docs/decisions/0016-severities.md").read_text(encoding="utf-8")
for steps, count in counts.items():
    if f"| {f'{steps:+d}' if steps else 0} | {count} |" not in page:
        failures.append(f"docs/decisions/0016-severities.md does not say that {count} lines differ by {steps:+d}")
for row in table(root / "tests/rulesets/prowler.tsv"):
    if abs(STEPS.index(row["ours"]) - STEPS.index(row["prowler"])) > 1 and f"`{row['check']}`" not in page:
        failures.append(f"docs/decisions/0016-severities.md does not speak of {row['check']}")
print(f"{len(asked)} pairs of control and check, {len(written)} lines; steps: {dict(sorted(counts.items()))}")
for failure in failures:
    print("FAIL", failure)
sys.exit(1 if failures else 0)
