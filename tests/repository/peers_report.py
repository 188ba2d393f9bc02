"""The page that bench/peers writes: a goal is met or missed by the figures of the run, what was not measured is said to be so, and
text outside the generated part stays.
"""
import json
import pathlib
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(root / "bench/peers"))

from run import report, table  # noqa: E402

problems = []


def expect(what, found, wanted):
    if found != wanted:
        problems.append(f"{what}: {found!r} instead of {wanted!r}")


def figure(peer, variant, case, ns, **further):
    return {"peer": peer, "variant": variant, "case": case, "ns": ns, "min": ns, "max": ns, "repeats": 3, "allocations": 0} | further


def outcome(page, scenario):
    """The last cell of a goal's row."""
    rows = [line for line in page.splitlines() if line.startswith(f"| {scenario} |")]
    return rows[0].split(" | ")[-1].strip(" |") if len(rows) == 1 else f"{len(rows)} rows"


def page_of(folder, parts):
    results, page = folder / "results", folder / "page.md"
    results.mkdir(exist_ok=True)
    for name in table.PARTS:
        lines = parts.get(name, [])
        (results / f"{name}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    page.write_text("before\n" + report.BEGIN + "stale\n" + report.END + "\nafter\n")
    report.write(page, results, {"an-engine": "1.2.3"}, "2026-01-02")
    return page.read_text()


with tempfile.TemporaryDirectory() as scratch:
    folder = pathlib.Path(scratch)
    empty = page_of(folder, {})
    expect("text before", empty.startswith("before\n" + report.BEGIN + "2026-01-02"), True)
    expect("text after", empty.endswith(report.END + "\nafter\n"), True)
    expect("stale text", "stale" in empty, False)
    expect("nothing measured", outcome(empty, "25 expressions, one evaluation, parsed input"), "not measured")
    expect("nothing measured, met", "| met |" in empty or "**missed**" in empty, False)

    # Ten times faster everywhere but on r5, where it is 2.9 times.
    best = {case: 100.0 for case in table.CASES}
    ours = {case: 10.0 if case != "r5" else 100 / 2.9 for case in table.CASES}
    lines = [figure("cel-go", "optimised", case, best[case], allocations=1) for case in table.CASES]
    lines += [figure("cel-rust", "evaluate", case, 3 * best[case]) for case in table.CASES]
    lines += [figure("sekimori", "evaluate", case, ours[case], allocations=2 if case == "r1" else 0) for case in table.CASES]
    made = page_of(folder, {"expressions": lines, "rules": [
        figure("opa", "library", "each", 3000.0, rules=15, plan="L"), figure("sekimori", "library", "parsed", 100.0, rules=15, plan="L"),
        {"peer": "an-engine", "skipped": "a cell", "reason": "a reason"}]})
    expect("geomean", outcome(made, "25 expressions, one evaluation, parsed input: geomean"), "**missed**")
    expect("least", outcome(made, "the same, the least of the 25"), "**missed**")
    expect("an allocation where nothing is built", outcome(made, "allocations of an evaluation, warm"), "**missed**")
    expect("exactly the goal", outcome(made, "15,000 resources, 15 rules, parsed input to verdicts"), "met")
    expect("another number of rules", outcome(made, "15,000 resources, 150 rules, parsed input to verdicts"), "not measured")
    expect("skipped", "- an-engine: a cell: a reason.\n" in made, True)
    lines = [line | {"ns": 8.0, "allocations": 0} if line["peer"] == "sekimori" else line for line in lines]
    expect("faster", outcome(page_of(folder, {"expressions": lines}), "25 expressions, one evaluation, parsed input: geomean"), "met")

expect("three digits", [table.shown(ns) for ns in (None, 1.234, 56.78, 999.6, 1234.5, 2.5e6, 3e9)], ["-", "1.23 ns", "56.8 ns", "1,000 ns", "1.23 us", "2.50 ms", "3.00 s"])
for problem in problems:
    print(problem)
sys.exit(1 if problems else 0)
