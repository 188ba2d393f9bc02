"""`./dev peers [expressions|rules|commands|all] [--all]`: this library and others on the same work in one run.

`inputs` only writes what they are given, `report` only the page. It installs the engines, writes what they are given, lets them agree, times them, and writes the generated part of
docs/performance.md. What is where: inputs/ (what they are given), go/ rust/ python/ sekimori/ (a program for each), run/ (the
rest). Not part of CI.
"""
import argparse
import pathlib
import subprocess
import sys

from inputs import write
from run import parts, report, tools

PARTS = {"expressions": parts.expressions, "rules": parts.rules, "commands": parts.commands}


def again(part):
    """The same command for one part, in another process."""
    options = [word for word in sys.argv[1:] if word not in (*PARTS, "all")]
    if subprocess.run([sys.executable, "-B", __file__, part, *options], check=False).returncode != 0:
        sys.exit(f"peers: {part} failed")


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    options = argparse.ArgumentParser(prog="./dev peers", description="This library and others on the same work, in one run.")
    options.add_argument("part", nargs="?", default="all", choices=[*PARTS, "all", "inputs", "report"])
    options.add_argument("--all", action="store_true", help="also the cells that take minutes")
    options.add_argument("--date", default="", help="the day that the page names")
    options.add_argument("--data", required=True, type=pathlib.Path, help="folder with terraform-plans")
    options.add_argument("--folder", required=True, type=pathlib.Path, help="where the engines and the inputs go")
    options.add_argument("--results", default=root / "build/peers/results", type=pathlib.Path)
    options.add_argument("--build", default=root / "build/release", type=pathlib.Path)
    given = options.parse_args()
    plans = given.data / "terraform-plans"
    inputs = given.folder.resolve() / "inputs"
    if given.part == "inputs":
        return write.write(inputs, plans)
    if not plans.is_dir():
        sys.exit(f"peers: there is no folder {plans}: name its parent with SEKIMORI_EXTERNAL_DATA")
    engines = tools.Tools(given.folder)
    engines.sekimori = str(given.build / "bench/peers/sekimori/peers_sekimori")
    engines.command = str(given.build / "bindings/cli/sekimori")
    if given.part != "report":
        engines.install()
        # In a process of its own: the peak memory of a started command begins at what its parent ever had.
        again("inputs")
    if given.part == "all":
        for name in PARTS:
            again(name)
    elif given.part in PARTS:
        print(f"peers: {given.part}", file=sys.stderr)
        PARTS[given.part](engines, inputs, given.results, given.all)
    report.write(root / "docs/performance.md", given.results, engines.versions(), given.date)


main()
