"""Includes point one way: a stage uses only the stages before it, and public headers stay light."""

import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parents[2]
stages = ["base", "value", "cel", "rules", "registers", "plan", "exec", "inventory", "check", "report", "capi"]
# Public headers belong to the stage that implements them.
public_stage = {
    "version.h": "base", "diagnostic.hpp": "base", "result.hpp": "base", "finding.hpp": "base", "value.hpp": "value",
    "cel.hpp": "cel",
    "cel_cost.hpp": "cel",
    "report.hpp": "report", "policy.hpp": "check", "register.hpp": "registers", "rule_test.hpp": "check", "lint.hpp": "check", "sekimori.hpp": "capi",
    "sekimori.h": "capi",
}
# Data that stages below fill in: the report's types, not its formats.
data_headers = {"report.hpp"}
light = {"array", "cstddef", "cstdint", "map", "memory", "optional", "span", "string", "string_view", "utility", "vector",
         "stdbool.h", "stddef.h", "stdint.h"}
heavy = {"simdjson.h": {"value", "tests"}, "re2/re2.h": {"cel"}, "libfyaml.h": {"rules"}, "date/tz.h": {"cel"}}
problems = []


def includes(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = re.match(r'\s*#\s*include\s+[<"]([^>"]+)[>"]', line)
        if found:
            yield number, found.group(1)


for path in sorted((root / "lib").rglob("*")):
    if path.suffix not in (".hpp", ".cpp", ".h"):
        continue
    stage = path.relative_to(root / "lib").parts[0]
    if stage not in stages:
        problems.append(f"{path}: not a stage")
        continue
    for number, name in includes(path):
        where = f"{path.relative_to(root)}:{number}"
        first = name.split("/")[0]
        if first in stages and stages.index(first) > stages.index(stage):
            problems.append(f"{where}: {stage} includes {name}, a later stage")
        if first == "sekimori":
            header = name.split("/", 1)[1]
            if header not in public_stage:
                problems.append(f"{where}: unknown public header {name}")
            elif header not in data_headers and stages.index(public_stage[header]) > stages.index(stage):
                problems.append(f"{where}: {stage} includes {name} of stage {public_stage[header]}")
        if name in heavy and (path.suffix != ".cpp" or stage not in heavy[name]):
            problems.append(f"{where}: {name} belongs in a .cpp file of {', '.join(sorted(heavy[name]))}")
    if len(path.read_text(encoding="utf-8").splitlines()) > 800:
        problems.append(f"{path.relative_to(root)}: over 800 lines")

lines = 0
for path in sorted((root / "include" / "sekimori").iterdir()):
    lines += len(path.read_text(encoding="utf-8").splitlines())
    for number, name in includes(path):
        if not name.startswith("sekimori/") and name not in light:
            problems.append(f"{path.relative_to(root)}:{number}: a public header includes {name}")
if lines > 1200:
    problems.append(f"include/ has {lines} lines; the API is to be read in one sitting (1,200)")

for problem in problems:
    print(problem)
print(f"{len(problems)} problems")
sys.exit(1 if problems else 0)
