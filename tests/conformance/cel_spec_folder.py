"""The way from a cel-spec checkout to the conformance runner: converter, runner, exit codes, last line.

usage: cel_spec_folder.py RUNNER
"""
import pathlib
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).resolve().parent
converter = here.parent.parent / "tools" / "cel_conformance_to_json.py"


def run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    return done.returncode, done.stdout.splitlines(), done.stderr


def expect(what, wanted, found):
    if wanted != found:
        sys.exit(f"{what}: wanted {wanted!r}, found {found!r}")


def main():
    runner = sys.argv[1]
    with tempfile.TemporaryDirectory() as made:
        good, bad = pathlib.Path(made) / "good.jsonl", pathlib.Path(made) / "bad.jsonl"
        expect("sample converts", 0, run(sys.executable, converter, here / "sample/tests/simple/testdata", good)[0])
        expect("mistaken converts", 0, run(sys.executable, converter, here / "mistaken/tests/simple/testdata", bad)[0])

        code, lines, _ = run(runner, good)
        expect("good exit", 0, code)
        expect("good last line", "conformance: 7 passed, 0 failed, 1 skipped", lines[-1])
        expect("reason", "skipped     1: needs the message types of cel.expr.conformance.proto3, "
               "whose descriptors are not read", lines[-2])

        failed = [f"mistaken/wrong/{name}" for name in ("value", "value#2", "no error", "does not compile", "type")]
        expect("failed ids", (1, failed), run(runner, bad, "--list-failed")[:2])
        code, lines, _ = run(runner, good, bad)
        expect("both exit", 1, code)
        expect("both last line", "conformance: 8 passed, 5 failed, 1 skipped", lines[-1])
        expect("told", [f"FAILED {name}" for name in failed], [line for line in lines if line.startswith("FAILED")])
        expect("none failed", (0, []), run(runner, good, "--list-failed")[:2])

        broken = pathlib.Path(made) / "broken.jsonl"
        broken.write_text('{"id": "a"}\n')
        code, _, told = run(runner, broken)
        expect("broken exit", 2, code)
        expect("broken place", True, "broken.jsonl:1: not a test of this format" in told)
        expect("missing exit", 2, run(runner, pathlib.Path(made) / "missing")[0])
        (pathlib.Path(made) / "cut.textproto").write_text('name: "cut" section { test { expr: "1 + 1"')
        code, _, told = run(sys.executable, converter, made, good)
        expect("cut exit", 1, code)
        expect("cut place", True, "cut.textproto:1" in told)
        expect("empty folder", 1, run(sys.executable, converter, here, good)[0])


main()
