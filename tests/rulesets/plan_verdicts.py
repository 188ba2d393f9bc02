"""Ten inputs of five clouds with verdicts written by hand: the command must agree with every line.

plan_verdicts.tsv: input (of SEKIMORI_EXTERNAL_DATA, or of the project where it begins with rulesets/), rule, resources (* stands
for anything), verdict by hand, open, why. `open` is what the command says where that is not yet the verdict by hand: such a
line fails as soon as the two agree. The verdict on a resource is the worst of its instances'. Whatever fails, is undetermined
or is an error has to have a line; of two lines for one verdict the first counts. Accounts are left out: what they have to hold
is asked of all inputs together. docs/decisions/0015-ten-plans-read-by-hand.md has the counts, which this prints.
Exit: 0, 1 with what differs, 77 where the external data is missing.
"""

import collections
import csv
import re
import sys

from written_verdicts import RANK, external, report_on, root, worse

data = external()


def verdicts(name):
    """{(rule, address without instance): worst verdict}"""
    report = report_on(root / name if name.startswith("rulesets/") else data / name, now="2026-11-28", include="pass,not_applicable")
    worst = {}
    for finding in report["findings"]:
        address = finding["resource"]["address"].split("#")[0]
        if finding["resource"]["type"].startswith("account:"):
            continue
        key = (finding["rule"], address)
        if worse(finding["verdict"], worst.get(key)):
            worst[key] = finding["verdict"]
    return worst


def matches(pattern, address):
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), address) is not None


inputs, failures = {}, []
table = root / "tests/rulesets/plan_verdicts.tsv"
for number, row in enumerate(csv.DictReader(table.open(encoding="utf-8"), delimiter="\t"), 2):
    if row["verdict"] not in RANK or row["open"] not in ("", *RANK) or not row["why"]:
        failures.append(f"line {number}: no such verdict, or no reason")
    inputs.setdefault(row["input"], []).append((number, row))
counts = collections.Counter()
for name, rows in inputs.items():
    found, met = verdicts(name), collections.Counter()
    for (rule, address), verdict in found.items():
        line = next(((n, r) for n, r in rows if r["rule"] == rule and any(matches(p, address) for p in r["resources"].split())), None)
        if line is None:
            if verdict in ("fail", "undetermined", "error"):
                failures.append(f"{name}: {rule} {address}: {verdict}, though nothing is written of it")
            continue
        number, row = line
        met[number] += 1
        if verdict != (row["open"] or row["verdict"]):
            failures.append(f"line {number}: {rule} {address}: {verdict}, not {row['open'] or row['verdict']} ({row['why']})")
        counts[row["verdict"] + (f", still {row['open']}" if row["open"] else "")] += 1
    failures += [f"line {n}: {r['rule']} {r['resources']}: nothing was judged" for n, r in rows if not met[n]]
print(f"{len(inputs)} inputs, {sum(counts.values())} verdicts by hand: " + "; ".join(f"{count} {what}" for what, count in sorted(counts.items())))
for failure in failures:
    print("FAIL", failure)
sys.exit(1 if failures else 0)
