"""Instructions of the four main scenarios, counted by callgrind: count.py PROGRAM INPUTS [--keep].

It prints the kept counts (counts.json) beside those of now; --keep writes them. A count belongs to what the program was given,
so that a scenario with other inputs than the kept one is told and not compared. Instructions do not depend on the load of the
machine; they do on the compiler, and a little on the processor, for which simdjson and libc choose their code.
"""
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
KEPT = HERE / "counts.json"
# What each scenario reads, below the folder of inputs or of the repository.
SCENARIOS = {
    "expressions": ["cases.json"],
    "rules": ["rules15/sekimori/rules.yaml", "S.json"],
    "shipped": ["rulesets"],
    "load": ["rules1000/sekimori/rules.yaml"],
}


def digest(inputs, names):
    made = hashlib.sha256()
    for name in names:
        at = inputs / name if (inputs / name).exists() else ROOT / name
        for file in sorted(at.rglob("*")) if at.is_dir() else [at]:
            if file.is_file():
                made.update(file.read_bytes())
    return made.hexdigest()[:16]


def count(program, scenario, inputs):
    done = subprocess.run(["valgrind", "--tool=callgrind", "--collect-atstart=no", "--toggle-collect=counted_work",
                           f"--callgrind-out-file={os.devnull}", program, scenario, str(inputs)], capture_output=True, text=True, check=False)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not found or found.group(1) == "0":
        sys.exit(f"{scenario}: {done.stderr[-2000:]}")
    return int(found.group(1))


def main():
    program, inputs = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    kept = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    now = {}
    print(f"{'':12} {'kept':>16} {'now':>16} {'change':>8}")
    for scenario, names in SCENARIOS.items():
        now[scenario] = {"instructions": count(program, scenario, inputs), "inputs": digest(inputs, names)}
        before, found = kept.get(scenario), now[scenario]["instructions"]
        if before is None:
            shown, change = "-", ""
        elif before["inputs"] != now[scenario]["inputs"]:
            shown, change = f"{before['instructions']:,}", "other inputs"
        else:
            shown, change = f"{before['instructions']:,}", f"{found / before['instructions'] - 1:+.2%}"
        print(f"{scenario:12} {shown:>16} {found:>16,} {change:>8}")
    if "--keep" in sys.argv[3:]:
        KEPT.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")


main()
