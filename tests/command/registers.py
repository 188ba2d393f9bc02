"""sekimori register as its users call it, on the example set and on files with mistakes."""

import json
import re
import subprocess
import sys
import unittest

from support import COMMAND, CommandTest, ROOT

EXAMPLES = ROOT / "rulesets/examples/registers"
MAPPING = EXAMPLES / "契約一覧.mapping.yaml"


class Registers(CommandTest):
    def run_command(self, *arguments, text=None):
        return super().run_command("register", *arguments, text=text)

    def test_the_example_set(self):
        run = self.run_command(*sorted(EXAMPLES.glob("*.csv")), "--mapping", MAPPING, "--format", "json")
        shown = json.loads(run.stdout)
        self.assertEqual((run.returncode, shown["problems"], run.stderr), (0, [], ""))
        found = {one["register"]: one for one in shown["registers"]}
        self.assertEqual({name: one["rows"] for name, one in found.items()},
                         {"people": 11, "assignments": 14, "contracts": 4, "accounts": 13, "systems": 5, "approved_images": 2, "links": 2})
        self.assertEqual({one["as_of"] for one in found.values()}, {"2027-03-01"})
        self.assertEqual(found["assignments"]["encoding"], "cp932")
        self.assertEqual(found["assignments"]["converted"]["date_era"], 24)
        self.assertEqual(found["contracts"]["columns_not_read"], ["契約金額"])
        self.assertTrue(all(one["references_not_checked"] == [] for one in found.values()))

    def test_text_says_what_was_read_and_what_was_not(self):
        run = self.run_command(EXAMPLES / "assignments.csv")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn("assignments, as of 2027-03-01, cp932: 14 rows, 0 with errors", run.stdout)
        self.assertIn("cells converted: choice_word 28, date_era 24, full_width", run.stdout)
        self.assertIn("references not checked, as their register was not given: 職員番号 (people), 契約番号 (contracts), 受入責任者 (people)", run.stdout)

    def test_mistakes_are_told_by_row_and_column(self):
        people = self.write("people.csv", "基準日,2027/3/1\n職員番号,氏名,退職日\nA001,模擬 一郎,3/4/2027\nA001,,\n")
        run = self.run_command(people)
        self.assertEqual(run.returncode, 3)
        self.assertIn("error[SKM313]: row 3, column `退職日`: `3/4/2027` can be read as more than one day", run.stderr)
        self.assertIn("error[SKM315]: row 4, column `職員番号`: `A001` stands twice", run.stderr)
        self.assertIn("2 rows, 2 with errors", run.stdout)
        self.assertNotIn("模擬", run.stdout + run.stderr)
        shown = json.loads(self.run_command(people, "--format", "json").stdout)
        self.assertEqual([(one["code"], one["row"], one["column"]) for one in shown["problems"]], [("SKM313", 3, "退職日"), ("SKM315", 4, "職員番号")])
        self.assertEqual(shown["exit_code"], 3)

    def test_the_call(self):
        people = self.write("a.csv", "職員番号\nA001\n")
        self.assertEqual(self.run_command(people, "--as-of", "R9.3.1").returncode, 0)
        self.assertEqual(self.run_command(people, "--as", "people", "--as-of", "2027-03-01").returncode, 0)
        self.assertEqual(self.run_command("-", "--as-of", "2027-03-01", text="職員番号\nA001\n").returncode, 0)
        for arguments in ((people, "--as", "peple"), (people, "--as-of", "3/1"), (people, "--mapping", "none.yaml"), (people, "--format", "xml"), ()):
            with self.subTest(arguments=arguments):
                run = self.run_command(*arguments)
                self.assertEqual((run.returncode, run.stdout), (2, ""))
                self.assertTrue(run.stderr)
        self.assertEqual(self.run_command(self.path / "none.csv", "--as-of", "2027-03-01").returncode, 3)
        self.assertEqual(self.run_command(self.path, "--as-of", "2027-03-01").returncode, 3)

    def test_hostile_files_are_refused(self):
        texts = (b"\xff\xfea", b"\x00" * 100, b"\x81", b"\"" * 99_999, b"," * 99_999, b"[" * 5_000, b"{\"person\":" * 3_000, b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"[{\"person\": 1e999}]", "職員番号\n".encode() + b"\x81")
        for text in texts:
            with self.subTest(text=text[:20]):
                file = self.path / "people.csv"
                file.write_bytes(text)
                run = self.run_command(file, "--as-of", "2027-03-01")
                self.assertEqual(run.returncode, 3, run.stdout)
                self.assertIn("error[SKM", run.stderr)

    def test_every_cut_of_a_register_is_read_or_refused(self):
        for name in ("assignments.csv", "people.csv"):
            whole = (EXAMPLES / name).read_bytes()
            for size in range(0, len(whole), 97):
                file = self.path / name
                file.write_bytes(whole[:size])
                self.assertIn(self.run_command(file, "--as-of", "2027-03-01").returncode, (0, 3))

    def test_templates_have_headings_that_are_known(self):
        for template in sorted((ROOT / "rulesets/registers").glob("*.csv")):
            with self.subTest(template=template.name):
                self.assertTrue(template.read_bytes().startswith(b"\xef\xbb\xbf"))
                run = self.run_command(template, "--as-of", "2027-03-01", "--format", "json")
                shown = json.loads(run.stdout)
                self.assertEqual([one["message"] for one in shown["problems"]], ["the register has headings and no row"])
                self.assertEqual(shown["registers"][0]["register"], template.stem)

    def test_the_commands_of_the_docs_run(self):
        for name in ("docs/registers.md", "docs/ja/台帳の作り方.md"):
            text = (ROOT / name).read_text(encoding="utf-8")
            lines = [line.strip() for block in re.findall(r"```sh\n(.*?)```", text, re.S) for line in block.replace("\\\n", " ").splitlines()]
            commands = [line for line in lines if line.startswith("./dev run register ")]
            self.assertTrue(commands, name)
            for command in commands:
                with self.subTest(page=name, command=command):
                    run = subprocess.run(["sh", "-c", command.replace("./dev run", f"'{COMMAND}'", 1)], capture_output=True, text=True, cwd=ROOT, timeout=60)
                    self.assertEqual(run.returncode, 0, run.stderr)

    def test_the_table_of_cp932_is_fresh(self):
        run = subprocess.run([sys.executable, "tools/write_cp932_rows.py", "--check"], capture_output=True, text=True, cwd=ROOT)
        self.assertEqual(run.returncode, 0, run.stdout)

    def test_json_agrees_with_its_schema(self):
        try:
            import jsonschema
        except ImportError:
            self.skipTest("jsonschema is missing")
        schema = json.loads((ROOT / "rulesets/schemas/registers.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft7Validator.check_schema(schema)
        people = {"$ref": "#/definitions/people", "definitions": schema["definitions"]}
        cases = (([{"person": "A001", "to": "2027-03-31"}], True), ([{"person": "A001", "to": None}], True), ([{"name": "a"}], False), ([{"person": ""}], False), ([{"person": 1}], False),
                 ([{"person": "A", "x": "y"}], False), ([], False))
        for rows, good in cases:
            with self.subTest(rows=rows):
                self.assertEqual(jsonschema.Draft7Validator(people).is_valid(rows), good)
                file = self.write("people.json", json.dumps(rows))
                self.assertEqual(self.run_command(file, "--as-of", "2027-03-01").returncode == 0, good)


if __name__ == "__main__":
    unittest.main(verbosity=1)
