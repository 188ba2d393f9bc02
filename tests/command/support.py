"""What the tests of the command share: a folder of their own, the command, and its report."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMAND = os.environ.get("SEKIMORI_COMMAND", str(ROOT / "build/release/bindings/cli/sekimori"))
EXAMPLE = ROOT / "rulesets/examples/citizen-application"
ORGANISATION = ROOT / "rulesets/examples/organisation.yaml"
EXTERNAL = pathlib.Path(os.environ.get("SEKIMORI_EXTERNAL_DATA", ROOT / "../shared/data"))
PLAN = '{"format_version":"1.2","terraform_version":"1.9.0","resource_changes":[%s],"configuration":{"root_module":{}}}'


def change(kind, name, after, unknown="{}", actions='["create"]', sensitive="{}"):
    return (f'{{"address":"{kind}.{name}","mode":"managed","type":"{kind}","name":"{name}","provider_name":"registry.terraform.io/hashicorp/aws",'
            f'"change":{{"actions":{actions},"before":null,"after":{after},"after_unknown":{unknown},"after_sensitive":{sensitive}}}}}')


class CommandTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name)

    def run_command(self, *arguments, text=None):
        return subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, text=True, input=text, cwd=ROOT, timeout=60)

    def write(self, name, text, encoding="utf-8"):
        file = self.path / name
        file.write_bytes(text.encode(encoding))
        return file

    def check(self, *inputs, arguments=(), rules=("builtin:all",), text=None):
        out = self.path / "report.json"
        out.unlink(missing_ok=True)
        command = ["check", *inputs, "--format", "json", "--output", out, *arguments]
        if "--now" not in arguments:
            command += ["--now", "2026-11-24"]
        for rule in rules:
            command += ["--rules", rule]
        run = self.run_command(*command, text=text)
        return run, json.loads(out.read_text(encoding="utf-8")) if out.exists() else None
