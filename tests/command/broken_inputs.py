#!/usr/bin/env python3
"""Every format of input, broken in every way: one error that says what is wrong and where, exit code 3, and the input beside it
is checked all the same.

The inputs are those of tests/fuzz/corpus/input, one of each format; what is told of each stands in golden/broken_inputs.txt
(`--update` writes it). Exit: 0, or 1 with what differs.
"""
import difflib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parents[2]
command = os.environ.get("SEKIMORI_COMMAND", str(root / "build/release/bindings/cli/sekimori"))
golden = pathlib.Path(__file__).parent / "golden/broken_inputs.txt"
corpus = root / "tests/fuzz/corpus/input"
whole = {"terraform-plan": "links.json", "terraform-state": "state.json", "terraform-state (raw)": "state.tfstate.json", "cloudformation": "cloudformation.yaml", "arm-template": "arm.json",
         "kubernetes-manifest": "../manifest/pods.yaml", "aws-config": "aws-config.json", "aws-api": "aws-api.json", "aws-credential-report": "aws-credential-report.csv", "entra-id": "entra-registrations.json",
         "entra-id (CSV)": "entra-users.csv", "google-users": "google-users.csv", "azure-resources": "azure-resources.json",
         "google-assets": "google-assets.ndjson", "google-api": "google-api.json", "oci-api": "oci-api.json", "sakura-api": "sakura-api.json", "resources": "resources.json"}
other = {"terraform-plan": "oci-api.json"}      # what is given instead of the format; a plan otherwise


def duplicated(text):
    """The first key of an object below the top stands twice: with other values, so that two readers would differ."""
    if text.lstrip()[0] in "{[":
        return re.sub(r'("(?:name|type|id|Type|GroupId|ID|awsAccountId)":\s*)("[^"]*")', r"\1\2, \1\2", text, count=1)
    line = next(one for one in text.splitlines() if re.match(r" +\w+: \S", one))
    return text.replace(line, line + "\n" + line, 1)


def nested(text):
    """A member that is 5,000 objects deep."""
    if text.lstrip()[0] in "{[":
        return text.replace("{", '{"deep": ' + '{"a":' * 5000 + "1" + "}" * 5000 + ", ", 1)
    return text + "deep: " + "[" * 5000 + "]" * 5000 + "\n"


def broken_table(text):
    """Of CSV: a row that is cut off, bytes of no encoding, a heading twice, and a cell of another form."""
    lines = text.strip().split("\n")
    yield "truncated", "\n".join([*lines[:-1], lines[-1][:len(lines[-1]) // 2]]).encode()
    yield "re-encoded", text.encode() + b"\x80\xff\n"
    yield "a key twice", "\n".join([lines[0] + "," + next(one for one in lines[0].split(",") if one in ("arn", "id", "Status [READ ONLY]")), *(line + ",x" for line in lines[1:])]).encode()
    yield "another value", re.sub(r",(?:true|True)\b", ",perhaps", text, count=1).encode()


def broken(name, text):
    if text.lstrip()[0] not in "{[" and text.split("\n")[0].count(",") > 3:
        yield from broken_table(text)
        yield "another format", (corpus / "links.json").read_bytes()
        return
    lines = text.strip().split("\n")
    half = text[:len(text) * 2 // 3] if lines[0][0] in "{[" else "\n".join(lines[:-1]) + "\n  last: [1,\n"
    yield "truncated", half.encode()
    yield "re-encoded", (re.sub(r'"(\w+)":', '"\\1帳":', text, count=1) if lines[0][0] in "{[" else text + "# 帳票\n").encode("cp932")
    yield "deeply nested", nested(text).encode()
    yield "a key twice", duplicated(text).encode()
    instead = (corpus / other.get(name, "links.json")).read_bytes()
    yield "another format", instead


def told(name, kind, data, folder, good):
    path = folder / "broken"
    path.write_bytes(data)
    forced = ["--input-format", name.split(" ")[0]] if kind == "another format" else []
    run = subprocess.run([command, "check", str(path), *([] if forced else [str(good)]), "--rules", str(root / "rulesets"), "--format", "json", *forced], capture_output=True, text=True)
    report = json.loads(run.stdout)
    first = report["inputs"][0]
    mistakes = []
    if run.returncode not in (1, 3) or "input_unreadable" not in json.dumps(report["outcome"]):
        mistakes.append(f"exit {run.returncode} with {report['outcome']}")
    if first["status"] == "read":
        mistakes.append("it was read")
    if not forced and (report["inputs"][1]["status"] != "read" or not report["findings"]):
        mistakes.append("the input beside it was not checked")
    lines = []
    for one in first.get("diagnostics", []):
        place = f":{one['line']}:{one['column']}" if one.get("line") else ""
        lines.append(f"  {one['code']}{place} {one['message']}" + (f" | expected {one['expected']}" if one.get("expected") else "") + (f" | {one['help']}" if one.get("help") else ""))
    if not lines:
        mistakes.append("nothing was said")
    return [f"{name}, {kind}", *lines, *(f"  MISTAKE: {one}" for one in mistakes)]


text = []
with tempfile.TemporaryDirectory() as scratch:
    folder = pathlib.Path(scratch)
    good = corpus / "bucket.json"
    for name, file in whole.items():
        for kind, data in broken(name, (corpus / file).read_text(encoding="utf-8")):
            text += [line.replace(str(folder) + "/", "") for line in told(name, kind, data, folder, good)]
made = "\n".join(text) + "\n"
if "--update" in sys.argv:
    golden.parent.mkdir(exist_ok=True)
    golden.write_text(made, encoding="utf-8")
wanted = golden.read_text(encoding="utf-8") if golden.exists() else ""
if made != wanted or "MISTAKE" in made:
    print("".join(difflib.unified_diff(wanted.splitlines(True), made.splitlines(True), "golden", "told")))
    print("\n".join(line for line in text if "MISTAKE" in line))
    sys.exit(1)
print(f"{len(whole)} formats, {sum(not one.startswith(' ') for one in text)} broken inputs")
