"""The Japanese pages by their own commands: what a page tells the reader to write is written, what it tells him to run is run,
and what it shows of the output has to stand in the output, in that order.

In a page: a block marked `sh` is run, line by line; `# 終了コード N` behind a command is what it ends with, else 0. A block
marked `text` behind it shows lines of its output, `...` for those left out. A block behind a line that is nothing but a file's
name in backquotes is that file. `plan.json` is the reader's own plan: here, the example's."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from support import COMMAND, EXAMPLE, ROOT

PAGES = ROOT / "docs/ja"
BLOCK = re.compile(r"(?m)(?:^`(?P<file>[^`\n]+)`\n\n?)?^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.S)


def missing(shown, output):
    """The first shown line that does not stand behind those before it; None where all do."""
    lines = iter(output.splitlines())
    for line in filter(lambda one: one not in ("", "..."), map(str.strip, shown.splitlines())):
        if not any(line in one for one in lines):
            return line
    return None


class JapanesePages(unittest.TestCase):
    def try_page(self, page):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            shutil.copytree(ROOT / "rulesets", folder / "rulesets")
            shutil.copy(EXAMPLE / "aws/bad/plan.json", folder / "plan.json")
            for program, call in (("dev", '[ "$1" = run ] && shift && '), ("sekimori", "")):
                file = folder / program
                file.write_text(f'#!/bin/sh\n{call}exec "$SEKIMORI_COMMAND" "$@"\n', encoding="utf-8")
                file.chmod(0o755)
            known = dict(os.environ, SEKIMORI_COMMAND=COMMAND, PATH=f"{folder}:{os.environ['PATH']}")
            output, commands = None, 0
            for block in BLOCK.finditer(page.read_text(encoding="utf-8")):
                kind, text = block["kind"], block["text"]
                if block["file"]:
                    file = folder / block["file"]
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_text(text, encoding="utf-8")
                elif kind == "sh":
                    output = ""
                    for line in text.replace("\\\n", " ").splitlines():
                        code = re.search(r"# 終了コード (\d+)$", line)
                        run = subprocess.run(["bash", "-c", line], cwd=folder, env=known, stdout=subprocess.PIPE,
                                             stderr=subprocess.STDOUT, encoding="utf-8", timeout=120)
                        self.assertEqual(run.returncode, int(code[1]) if code else 0, f"{page.name}: {line}\n{run.stdout[-2000:]}")
                        output += run.stdout
                        commands += 1
                elif kind == "text":
                    self.assertIsNotNone(output, f"{page.name} shows an output before any command")
                    self.assertIsNone(missing(text, output), f"{page.name}: this line is not in the output, or not in this order")
            return commands

    def test_a_page_that_shows_what_is_not_put_out_is_noticed(self):
        self.assertIsNone(missing("b\n...\nd\n", "a\nb\nc\nd\n"))
        self.assertEqual(missing("d\nb\n", "a\nb\nc\nd\n"), "b")
        self.assertEqual(missing("e\n", "a\n"), "e")

    def test_every_command_of_every_page_does_what_the_page_says(self):
        tried = {}
        for page in sorted(PAGES.glob("*.md")):
            with self.subTest(page.name):
                tried[page.stem] = self.try_page(page)
        for name in ("台帳の作り方", "結果の読み方", "証跡の見方", "規則の書き方", "年間運用", "初日の進め方", "プロファイルと要件整理表"):
            self.assertGreater(tried.get(name, 0), 0, f"{name} has no command")

    def test_the_japanese_readme_links_every_page(self):
        readme = (ROOT / "README.ja.md").read_text(encoding="utf-8")
        for page in PAGES.glob("*.md"):
            if page.stem != "台帳の項目":   # linked by 台帳の作り方
                self.assertIn(f"](docs/ja/{page.name})", readme)

    def test_the_page_on_profiles_names_each_that_is_shipped(self):
        page = (PAGES / "プロファイルと要件整理表.md").read_text(encoding="utf-8")
        for profile in (ROOT / "rulesets/profiles").glob("*.yaml"):
            if not profile.name.endswith(".tests.yaml"):
                self.assertIn(f"`{profile.stem}`", page)

    def test_no_page_promises_conformity(self):
        for page in PAGES.glob("*.md"):
            text = page.read_text(encoding="utf-8").replace("基準への適合を証明するものではありません", "")
            self.assertNotRegex(text, "適合|準拠|合格", page.name)


if __name__ == "__main__":
    unittest.main()
