"""Installs the engines by package name, with each language's own client, into a folder. Entry point: install().

Versions stand in go/go.mod, rust/Cargo.toml, python/requirements.txt, and here for the two commands that are no library.
What cannot be had is told and left out; nothing is left out silently.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent.parent
CONFTEST = ("github.com/open-policy-agent/conftest", "v0.71.1")
GUARD = ("cfn-guard", "3.2.1")


def opa_version():
    for line in (HERE / "go/go.mod").read_text().splitlines():
        if "open-policy-agent/opa " in line:
            return line.split()[-1]
    sys.exit("go/go.mod names no version of OPA")


class Tools:
    """Where each engine is; `missing` says what is not there and why."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder).resolve()
        self.bin = self.folder / "bin"
        self.missing = {}

    def path(self, name):
        made = self.folder / "rust/release/peers" if name == "rust" else \
            self.folder / "python/bin/python" if name == "python" else \
            self.folder / "python/bin/checkov" if name == "checkov" else self.bin / name
        return str(made) if made.exists() and name not in self.missing else None

    def _run(self, names, client, command, folder=None, **environment):
        if shutil.which(client) is None and not pathlib.Path(client).exists():
            reason = f"there is no {client}"
        else:
            print(f"peers: installing {', '.join(names)}", file=sys.stderr)
            log = self.folder / "install.log"
            with open(log, "ab") as to:
                done = subprocess.run(command, cwd=folder, env=os.environ | environment, stdout=to, stderr=to, check=False)
            if done.returncode == 0:
                return
            reason = f"`{' '.join(command[:3])}` failed: {log.read_text(errors='replace').strip().splitlines()[-1]}"
        for name in names:
            self.missing[name] = reason
            print(f"SKIPPED: {name}: {reason}", file=sys.stderr)

    def install(self):
        self.bin.mkdir(parents=True, exist_ok=True)
        go = ["nice", "-n", "19", "go"]
        # The programs of ours are built each time: their build caches know what has changed.
        self._run(["cel_go", "opa_library"], "go", go + ["build", "-o", f"{self.bin}/", "./cel_go", "./opa_library"], HERE / "go")
        self._run(["rust"], "cargo", ["nice", "-n", "19", "cargo", "build", "--release"], HERE / "rust",
                  CARGO_TARGET_DIR=str(self.folder / "rust"))
        if not self.path("opa"):
            self._run(["opa"], "go", go + ["install", f"github.com/open-policy-agent/opa@{opa_version()}"], GOBIN=str(self.bin))
        if not self.path("conftest"):
            self._run(["conftest"], "go", go + ["install", "@".join(CONFTEST)], GOBIN=str(self.bin))
        if not self.path("cfn-guard"):
            self._run(["cfn-guard"], "cargo", ["nice", "-n", "19", "cargo", "install", GUARD[0], "--version", GUARD[1],
                                               "--locked", "--root", str(self.folder)])
        if not self.path("checkov"):
            self._run(["python", "checkov"], "python3", ["python3", "-m", "venv", str(self.folder / "python")])
            self._run(["python", "checkov"], str(self.folder / "python/bin/pip"),
                      [str(self.folder / "python/bin/pip"), "install", "--quiet", "--disable-pip-version-check",
                       "-r", str(HERE / "python/requirements.txt")])
        return self

    def versions(self):
        """Name to version, as the files that pin them say."""
        found = {"conftest": CONFTEST[1].lstrip("v"), "cfn-guard": GUARD[1]}
        for line in (HERE / "go/go.mod").read_text().splitlines():
            words = line.split()
            if len(words) == 2 and words[0] in ("cel.dev/cel-go", "github.com/open-policy-agent/opa"):
                found[words[0].split("/")[-1]] = words[1].lstrip("v")
        for name, version in re.findall(r'^(cel|regorus|cedar-policy|wirefilter-engine) = .*?"=([0-9.]+)"', (HERE / "rust/Cargo.toml").read_text(), re.M):
            found["cel-rust" if name == "cel" else name] = version
        for line in (HERE / "python/requirements.txt").read_text().splitlines():
            name, _, version = line.partition("==")
            found[name] = version
        return found
