"""What tests with verdicts written by hand share: the data that nobody here wrote, and the command's own verdicts on it.

Entry points: external, report_on, worse. Knows no table of verdicts.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parents[2]
command = os.environ.get("SEKIMORI_COMMAND", str(root / "build/release/bindings/cli/sekimori"))
RANK = {"fail": 4, "error": 3, "undetermined": 2, "pass": 1, "not_applicable": 0}


def external(below=""):
    """A folder of SEKIMORI_EXTERNAL_DATA; ends with 77, which says that the test was skipped, where it is missing."""
    data = pathlib.Path(os.environ.get("SEKIMORI_EXTERNAL_DATA", root / "../shared/data")) / below
    if not data.is_dir():
        print(f"SKIPPED: {data} is not there: set SEKIMORI_EXTERNAL_DATA")
        sys.exit(77)
    return data


def report_on(*inputs, now, include="pass", cwd=None):
    """The report of the shipped rules on some inputs; ends the test where there is none."""
    with tempfile.TemporaryDirectory() as scratch:
        out = pathlib.Path(scratch) / "report.json"
        run = subprocess.run([command, "check", *map(str, inputs), "--rules", str(root / "rulesets"), "--now", now, "--include", include,
                              "--format", "json", "--output", str(out)], capture_output=True, text=True, timeout=300, cwd=cwd)
        if not out.exists():
            sys.exit(f"{', '.join(map(str, inputs))}: the command ended with {run.returncode}\n{run.stderr}")
        return json.loads(out.read_text(encoding="utf-8"))


def worse(verdict, known):
    """Whether a verdict outranks the one that is known so far; None: there is none."""
    return known is None or RANK[verdict] > RANK[known]
