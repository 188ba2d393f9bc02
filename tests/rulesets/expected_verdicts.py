"""Plans with verdicts written by hand: the command must agree with every firm line.

Reads expected.tsv beside each plan.json of the example system and, where they are, of tofu-plans. A line
whose reason opens with ref:, closed: or uncertain: rests on more than the resource's own known values: it is
counted and shown, and disagreement of a ref: or uncertain: line fails nothing. Lines where we are right and the
list is not stand in DISPUTED with the reason.
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
external = pathlib.Path(os.environ.get("SEKIMORI_EXTERNAL_DATA", root / "../shared/data"))
RANK = {"fail": 4, "error": 3, "undetermined": 2, "pass": 1, "not_applicable": 0}

# (folder, control, address) -> why our verdict stands.
SERVICE_PRINCIPAL = "nothing of a service principal in a plan or an answer is about its keys, so the rule does not speak of it: the record is kept by hand"
DISPUTED = {
    ("tofu-plans/sakura/network-bad", "NET-12", "sakura_vpn_router.half"):
        "without a line to another place its parameters encrypt nothing",
    ("tofu-plans/google/web-good", "DAT-07", "google_compute_url_map.redirect"):
        "the proxy that answers over HTTP is judged, not the map",
    ("tofu-plans/sakura/iam-good", "ACC-23", 'sakura_iam_service_principal.deploy["soumu"]'): SERVICE_PRINCIPAL,
    ("tofu-plans/sakura/iam-good", "ACC-23", 'sakura_iam_service_principal.deploy["zaimu"]'): SERVICE_PRINCIPAL,
    ("tofu-plans/sakura/citizen-application-good", "NET-06", "sakura_enhanced_lb.front"):
        "the balancer names no host yet: nothing joins it to the filter",
    ("tofu-plans/sakura/citizen-application-good", "NET-08", "sakura_vswitch.back"):
        "a switch joins nothing by itself: the router on it and the bridge are judged",
    ("tofu-plans/sakura/monitoring-bad", "LOG-01", "sakura_monitoring_suite_log_routing.database"):
        "what a routing of audit records names as its publisher is documented nowhere, so the rule speaks of no routing",
}


def verdicts(folder):
    with tempfile.TemporaryDirectory() as scratch:
        out = pathlib.Path(scratch) / "report.json"
        run = subprocess.run([command, "check", str(folder / "plan.json"), "--rules", str(root / "rulesets"), "--org", str(root / "tests/rulesets/oracle-organisation.yaml"),
                              "--scope", "system", "--now", "2026-11-24",
                              "--include", "pass,not_applicable", "--format", "json", "--output", str(out)], capture_output=True, text=True)
        if not out.exists():
            sys.exit(f"{folder}: the command ended with {run.returncode}\n{run.stderr}")
        report = json.loads(out.read_text(encoding="utf-8"))
    worst = {}
    for finding in report["findings"]:
        key = (finding["rule"], finding["resource"]["address"].split("#")[0])
        if key not in worst or RANK[finding["verdict"]] > RANK[worst[key][0]]:
            unknown = ", ".join(f"{u['path']} ({u['reason']})" for u in finding.get("unknown", []))
            worst[key] = (finding["verdict"], unknown or finding.get("error", "") or finding["message"].get("en", ""))
    return worst


def main():
    places = [root / "rulesets/examples/citizen-application"]
    if (external / "tofu-plans").is_dir():
        places.append(external / "tofu-plans")
    else:
        print(f"SKIPPED: {external / 'tofu-plans'} is not there: set SEKIMORI_EXTERNAL_DATA")
    counts, failed, seen_disputed = {}, 0, set()
    for place in places:
        for file in sorted(place.rglob("expected.tsv")):
            folder = file.parent
            name = str(folder.relative_to(place))
            found = verdicts(folder)
            for row in csv.DictReader(file.open(encoding="utf-8"), delimiter="\t"):
                reason = row["reason"]
                mark = next((m for m in ("ref", "closed", "uncertain") if reason.startswith(m + ":")), "firm")
                got, why = found.get((row["control_id"], row["resource_address"]), ("not_applicable", "the rule met no such resource"))
                agrees = got == row["expected"]
                # What is closed by reading the whole system is undetermined over an open set.
                if mark == "closed" and got == "undetermined":
                    agrees = True
                key = (f"{place.name}/{name}", row["control_id"], row["resource_address"])
                disputed = key in DISPUTED
                seen_disputed.add(key)
                bucket = counts.setdefault(mark, [0, 0, 0])
                bucket[0 if agrees else 2 if disputed else 1] += 1
                if agrees:
                    continue
                counted = mark in ("firm", "closed") and not disputed
                failed += counted
                print(f"{'FAIL' if counted else 'note'} {mark:9} {key[0]} {row['control_id']} {row['resource_address']}: expected {row['expected']} ({reason}), got {got} ({why[:160]})"
                      + (f" DISPUTED: {DISPUTED[key]}" if disputed else ""))
    for mark, (same, other, disputed) in sorted(counts.items()):
        print(f"{mark}: {same} agree, {other} differ, {disputed} disputed")
    print(f"{sum(c[0] for c in counts.values())} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
