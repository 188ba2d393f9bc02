"""Nothing in the tree promises what a check cannot give, names a machine's path, or was left unfinished."""

import pathlib
import re
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parents[2]
files = subprocess.run(["git", "-C", str(root), "ls-files", "-co", "--exclude-standard"], capture_output=True, text=True, check=True).stdout.splitlines()
problems = []
for name in files:
    path = root / name
    if not path.is_file() or path.suffix in (".png",) or name == "tests/repository/words.py":
        continue
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        continue  # inputs in other encodings
    for number, line in enumerate(text.splitlines(), 1):
        where = f"{name}:{number}"
        if name.startswith(("lib/", "include/", "bindings/", "rulesets/")):
            if re.search(r"\b(TODO|FIXME|XXX)\b", line):
                problems.append(f"{where}: left unfinished: {line.strip()[:80]}")
        if name.startswith("lib/") and re.search(r"std::(cout|cerr)|\bprintf\(|\babort\(|std::regex", line):
            problems.append(f"{where}: a library neither prints nor ends its host: {line.strip()[:80]}")
        if re.search(r"/(home|work|root)/[a-z]", line):
            problems.append(f"{where}: a path of a machine: {line.strip()[:80]}")
        if name.startswith("rulesets/") and name.endswith(".yaml") and re.search("適合|準拠|合格", line):
            problems.append(f"{where}: a rule promises conformity: {line.strip()[:80]}")
for problem in problems:
    print(problem)
print(f"{len(problems)} problems in {len(files)} files")
sys.exit(1 if problems else 0)
