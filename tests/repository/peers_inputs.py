"""What bench/peers gives to the engines: the generators give the same twice, every rule set of ours loads with all its rules, and
what has no unknown in its plan has no undetermined verdict. Neither another engine nor external data is needed.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parents[2]
command = os.environ["SEKIMORI_COMMAND"]
sys.dont_write_bytecode = True
sys.path.insert(0, str(root / "bench/peers"))

from inputs import expressions, plans, write  # noqa: E402

problems = []


def expect(what, found, wanted):
    if found != wanted:
        problems.append(f"{what}: {found} instead of {wanted}")


def checked(plan, *options):
    run = subprocess.run([command, "check", str(plan), "--now", "2026-11-24", "--format", "json", "--output", "-", *map(str, options)],
                         capture_output=True, text=True, check=False)
    if run.returncode not in (0, 1, 3):
        sys.exit(f"{plan}: exit {run.returncode}: {run.stderr[-2000:]}")
    return json.loads(run.stdout)


def total(report):
    return {verdict: count for verdict, count in report["summary"]["total"].items() if count}


def files(folder):
    return {file.relative_to(folder): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


with tempfile.TemporaryDirectory() as scratch:
    first, second = pathlib.Path(scratch) / "first", pathlib.Path(scratch) / "second"
    for folder in (first, second):
        write.write(folder, root / "no-such-folder")
    expect("generated twice", files(first) == files(second), True)

    pool = plans.pool_of(root / "rulesets/examples/citizen-application/aws/bad")
    large = plans.large_plan(pool, 100)
    expect("resources", len(large["resource_changes"]), 100)
    expect("addresses", len({one["address"] for one in large["resource_changes"]}), 100)
    (first / "large.json").write_text(json.dumps(large))
    (first / "known.json").write_text(json.dumps(plans.without_unknowns(large)))
    for name, count in (("rules15", 15), ("rules150", 150), ("rules1000", 1000), ("rules15-absent", 1000)):
        rules = first / name / "sekimori"
        expect(f"{name}, rules", len(checked(first / "known.json", "--rules", rules)["rules"]), count)
    fifteen, absent = (total(checked(first / "known.json", "--rules", first / name / "sekimori")) for name in ("rules15", "rules15-absent"))
    expect("verdicts with rules about absent types", absent, fifteen)
    expect("undetermined where nothing is unknown", fifteen.get("undetermined", 0), 0)
    expect("failures", fifteen.get("fail", 0) > 0, True)
    expect("undetermined in the plan as it is", total(checked(first / "large.json", "--rules", first / "rules15/sekimori")).get("undetermined", 0) > 0, True)

    conditions = total(checked(first / "conditions/plan.json", "--rules", first / "conditions/rules"))
    expect("conditions", conditions, {"pass": 437, "fail": 563})   # as cel-go answers
    expect("distinct conditions", len(set(expressions.rules())), 1000)

    scopes = [total(checked(first / f"scopes/plan{count}.json", "--rules", first / "scopes/rules", "--org", first / f"scopes/organisation{count}.yaml"))
              for count in (20, 1000)]
    expect("verdicts in 1,000 scopes and in 20", scopes[1], scopes[0])
    expect("scopes judge", set(scopes[0]), {"pass", "fail"})

for problem in problems:
    print(problem)
sys.exit(1 if problems else 0)
