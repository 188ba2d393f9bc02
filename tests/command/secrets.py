#!/usr/bin/env python3
"""No output shows a secret: every format of the command, of every input that is here, with secrets planted all over it.

Planted are texts that nothing else holds ("canary..."): under keys that name a secret, in pairs such as {"name":
"DB_PASSWORD", "value": ...}, in texts with the form of one (links with a password, keys in PEM, tokens), in attributes that a
plan marks as sensitive, and in literals of a plan's configuration. Every rule that ships is asked, and rules that show each
attribute that they can. Inputs: the example plans, and those of SEKIMORI_EXTERNAL_DATA (default ../shared/data beside the
source tree). Exit: 0, 1 with what was shown where; 77 without the external data (the examples are tried all the same).
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import zlib

root = pathlib.Path(__file__).resolve().parents[2]
command = os.environ.get("SEKIMORI_COMMAND", str(root / "build/release/bindings/cli/sekimori"))
data = pathlib.Path(os.environ.get("SEKIMORI_EXTERNAL_DATA", root / "../shared/data"))
secret_key = re.compile(r"(password|passwd|passphrase|secret|token|api_?key|private_?key|access_?key|credentials|user_data|custom_data|_wo)$", re.I)
attributes = {"after", "data", "configuration", "properties", "attributes", "resource", "values", "supplementaryConfiguration"}
# What says which resource it is and where: planted there, it would be another input.
kept = re.compile(r"(^|_|(?<=[a-z]))(id|name|type|version|arn|kind|key|uri|selflink|self_link|ocid|address|identifier|location|region|zone|account|project|tenant)s?$", re.I)


class Planter:
    def __init__(self):
        self.count = 0

    def canary(self):
        self.count += 1
        return f"canary{self.count:06d}Zq"

    def formed(self):
        canary = self.canary()
        return [f"https://user:{canary}@host.example/x", f"-----BEGIN PRIVATE KEY-----\n{canary}\n", "ghp_" + canary * 2,
                f"Server=a;Password={canary};", f"https://h.example/c?sv=1&se=2&sig={canary}"][self.count % 5]

    def plant(self, at, inside=False, key="", path=""):
        if isinstance(at, list):
            return [self.plant(one, inside, key, f"{path}/{i}") for i, one in enumerate(at)]
        if isinstance(at, str):
            if not inside or not at:
                return at
            if secret_key.search(key):
                return self.canary()
            return self.formed() if not kept.search(key) and zlib.crc32(path.encode()) % 7 == 0 else at
        if not isinstance(at, dict):
            return at
        made = {}
        for name, one in at.items():
            if name in ("after_sensitive", "after_unknown", "before_sensitive", "sensitive_values"):
                made[name] = one
            elif name == "constant_value" and secret_key.search(key) and isinstance(one, str):
                made[name] = self.canary()
            else:
                below = inside or (name in attributes and isinstance(one, dict))
                made[name] = self.plant(one, below, name if name != "constant_value" else key, f"{path}/{name}")
        return made

    def document(self, text):
        if text.lstrip().startswith("{") and "\n{" in text.strip():
            try:
                return "\n".join(json.dumps(self.one(json.loads(line)), ensure_ascii=False) for line in text.splitlines() if line.strip())
            except ValueError:
                pass
        return json.dumps(self.one(json.loads(text)), ensure_ascii=False)

    def one(self, given):
        made = self.plant(given)
        self.add(made)
        return made

    def add(self, at):
        """Secrets where there was none: beside the attributes, and under masks of their own."""
        if isinstance(at, list):
            for one in at:
                self.add(one)
        elif isinstance(at, dict):
            for name, one in at.items():
                self.add(one)
                if name in attributes and isinstance(one, dict) and one:
                    one["added_password"] = self.canary()
                    one["environment_list"] = [{"name": "DB_PASSWORD", "value": self.canary()}]
                    one["document"] = json.dumps({"clientSecret": self.canary(), "url": self.formed()})
            after, mask = at.get("after"), at.get("after_sensitive")
            if isinstance(after, dict) and isinstance(mask, dict):
                for name, one in after.items():
                    if isinstance(one, str) and one and not kept.search(name) and zlib.crc32(name.encode()) % 5 == 0:
                        after[name], mask[name] = self.canary(), True


def inputs():
    yield from sorted(root.glob("rulesets/examples/**/plan.json"))
    if data.is_dir():
        for folder in ("terraform-plans", "tofu-plans", "inventory"):
            for pattern in ("*.json", "*.ndjson", "*.jsonl"):
                yield from sorted((data / folder).rglob(pattern))


rules = """sekimori: ruleset/v1
engine: ">=0.1"
cel: {environment: 2026-11, packs: [cloud]}
id: shows
version: 1.0.0
languages: [ja, en]
title: {ja: 表示, en: Shown}
rules:
"""
rule = """  - id: SHOW-%(n)d
    title: {ja: 表示, en: Shown}
    severity: high
    category: operations
    clauses: []
    why: {ja: 表示, en: Shown}
    fix: {ja: 表示, en: Shown}
    waiver: none
    kind: %(kind)s
    asserts:
      - id: shown
        assert: resource.%(field)s != resource.%(field)s
        message: {ja: "{resource.%(field)s}", en: "{resource.%(field)s} {meta.tags} {meta.region} {meta.name}"}
"""


def write_rules(folder):
    """A rule for every field of every kind, that fails wherever the field is known and shows it."""
    listed = json.loads(subprocess.run([command, "kinds", "--rules", str(root / "rulesets"), "--format", "json"], capture_output=True, check=True).stdout)
    text, n = rules, 0
    for kind in listed["kinds"]:
        for field in kind["fields"]:
            n += 1
            text += rule % {"n": n, "kind": kind["kind"] if "kind" in kind else kind["id"], "field": field["name"]}
    (folder / "shows.yaml").write_text(text, encoding="utf-8")
    return n


shown = []
tried = read = planted = 0
with tempfile.TemporaryDirectory() as held:
    folder = pathlib.Path(held)
    (folder / "rules").mkdir()
    fields = write_rules(folder / "rules")
    for path in inputs():
        planter = Planter()
        try:
            text = planter.document(path.read_text(encoding="utf-8"))
        except ValueError:
            continue      # no JSON: nothing is read of it either
        tried += 1
        planted += planter.count
        (folder / "input.json").write_text(text, encoding="utf-8")
        outputs = {}
        for rule_folders in ([str(root / "rulesets")], [str(root / "rulesets/kinds"), str(folder / "rules")]):
            for lang in ("ja", "en"):
                arguments = [command, "check", str(folder / "input.json"), "--lang", lang, "--include", "pass,not_applicable", "--now", "2027-04-01"]
                for one in rule_folders:
                    arguments += ["--rules", one]
                for form in ("text", "json", "ndjson", "sarif", "html"):
                    arguments += ["--format", form, "--output", str(folder / f"out.{form}")]
                done = subprocess.run(arguments, capture_output=True)
                outputs["check, standard error"] = done.stderr + done.stdout
                if done.returncode not in (0, 1, 3):
                    print(done.stderr.decode()[-2000:])
                    sys.exit(f"{path.name}: the check ended with {done.returncode}")
                for form in ("text", "json", "ndjson", "sarif", "html"):
                    outputs[f"check, {form}"] = (folder / f"out.{form}").read_bytes()
                if b'"status":"read"' in outputs["check, json"].replace(b": ", b":") and lang == "en" and len(rule_folders) == 1:
                    read += 1
                for name, output in outputs.items():
                    found = set(re.findall(rb"canary\d{6}Zq", output))
                    if found:
                        place = output.find(sorted(found)[0])
                        shown.append(f"{path.name}: {len(found)} in {name}: ...{output[max(0, place - 160):place + 30].decode(errors='replace')}")
        for form in ("text", "json", "csv"):
            done = subprocess.run([command, "inventory", str(folder / "input.json"), "--rules", str(root / "rulesets"), "--format", form], capture_output=True)
            found = set(re.findall(rb"canary\d{6}Zq", done.stdout + done.stderr))
            if found:
                shown.append(f"{path.name}: {len(found)} in inventory, {form}")
for one in shown[:40]:
    print("SHOWN:", one)
print(f"{tried} inputs, {read} read, {planted} secrets planted, {fields} fields shown by rules, {len(shown)} outputs show one")
if not planted or not read:
    sys.exit("nothing was tried")
if shown:
    sys.exit(1)
if not data.is_dir():
    print("SKIPPED: no external data, only the examples were tried")
    sys.exit(77)
