"""sekimori test as its users call it: results, coverage, mutation, exit codes."""

import json
import sys
import unittest

from support import CommandTest, ROOT


RULES = """sekimori: ruleset/v1
engine: ">=0.1"
id: sample
version: 1.0.0
languages: [en]
title: {en: Sample}
rules:
  - id: S-01
    title: {en: Small or private}
    severity: high
    category: test
    why: {en: Why}
    fix: {en: Fix}
    waiver: none
    kind: store
    assert: >-
      !resource.public
      || resource.size < 100
    message: {en: Wrong}
  - id: S-02
    title: {en: Without a test}
    severity: low
    category: test
    why: {en: Why}
    fix: {en: Fix}
    waiver: none
    kind: store
    when: resource.public
    assert: resource.size > 0
    message: {en: Wrong}
"""
KINDS = """sekimori: kinds/v1
engine: ">=0.1"
kinds:
  store:
    title: {en: Store}
    fields: {public: bool, size: int}
    from:
      aws_thing:
        public: resource.acl == "public"
        size: resource.size
"""
TEST = """  - name: {name}
    rule: S-01
    cloud: aws
    resources: [{{type: aws_thing, values: {values}}}]
    expect: {expect}
"""


class RuleTests(CommandTest):
    def setUp(self):
        super().setUp()
        (self.path / "kinds.yaml").write_text(KINDS, encoding="utf-8")
        (self.path / "rules.yaml").write_text(RULES, encoding="utf-8")
        self.tests(("large", '{acl: public, size: 500}', "fail"), ("private", '{acl: private, size: 500}', "pass"))

    def tests(self, *tests):
        text = "sekimori: rule-tests/v1\nruleset: sample\ntests:\n"
        for name, values, expect in tests:
            text += TEST.format(name=name, values=values, expect=expect)
        (self.path / "rules.tests.yaml").write_text(text, encoding="utf-8")

    def run_test(self, *arguments):
        return self.run_command("test", self.path, *arguments)

    def results(self, *arguments, code=0):
        run = self.run_test("--format", "json", *arguments)
        self.assertEqual(run.returncode, code, run.stderr)
        document = json.loads(run.stdout)
        try:
            import jsonschema
        except ImportError:
            print("SKIPPED: schemas: Python has no module jsonschema", file=sys.stderr)
            return document
        rules = json.loads((ROOT / "rulesets/schemas/test-results-v1.schema.json").read_text(encoding="utf-8"))
        validator = jsonschema.validators.validator_for(rules)
        validator.check_schema(rules)
        self.assertEqual([error.message for error in validator(rules).iter_errors(document)], [])
        self.assertFalse(validator(rules).is_valid({**document, "schema": "other"}))
        return document

    def test_tests_alone(self):
        run = self.run_test()
        self.assertEqual((run.returncode, run.stdout, run.stderr), (0, "2 passed, 0 failed\n", ""))
        self.assertIn("ok   sample/S-01 large\n", self.run_test("--verbose").stdout)
        found = self.results()
        self.assertEqual([(one["name"], one["actual"], one["ok"]) for one in found["tests"]], [("large", "fail", True), ("private", "pass", True)])
        self.assertEqual((found["rules"], "kinds" in found), ([], False))

    def test_a_test_that_fails_is_exit_1_whatever_is_measured(self):
        self.tests(("large", '{acl: public, size: 500}', "pass"))
        for arguments in ((), ("--coverage",), ("--mutate", "--min-mutation", "0")):
            run = self.run_test(*arguments)
            self.assertEqual(run.returncode, 1)
            self.assertIn("FAIL sample/S-01 large\n", run.stdout)
            self.assertIn("rules.tests.yaml:4: expected pass, got fail for aws_thing.test", run.stdout)
            self.assertIn("0 passed, 1 failed\n", run.stdout)

    def test_coverage_shows_what_was_not_seen_and_where(self):
        run = self.run_test("--coverage")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn("sample/S-01: 2 tests, 2 of 3 parts seen true and false (66.7 %)\n"
                      "warning[SKM250]: in the tests this is never true\n"
                      f"  --> {self.path}/rules.yaml:18:10\n"
                      "   |\n"
                      "18 |       || resource.size < 100\n"
                      "   |          ^^^^^^^^^^^^^^^^^^^\n", run.stdout)
        self.assertIn("sample/S-02: 0 tests, 0 of 2 parts seen true and false (0.0 %)\n", run.stdout)
        self.assertIn("kind store of aws_thing: 1 of 1 parts seen true and false (100.0 %)\n", run.stdout)
        self.assertIn("coverage: 2 of 5 parts of conditions seen true and false (40.0 %); of what they read of kinds 1 of 1 (100.0 %)\n", run.stdout)
        self.assertNotIn("mutation", run.stdout)

    def test_what_is_untested_of_kinds_is_listed_on_request(self):
        self.tests(("private", '{acl: private, size: 500}', "pass"))
        place = f"{self.path}/kinds.yaml:9:17"
        self.assertNotIn(place, self.run_test("--coverage").stdout)
        self.assertIn(place, self.run_test("--coverage", "--verbose").stdout)
        kind, = self.results("--coverage")["kinds"]
        self.assertEqual((kind["kind"], kind["type"], kind["coverage"]["seen"], kind["coverage"]["parts"]), ("store", "aws_thing", 0, 1))
        part, = kind["coverage"]["untested"]
        self.assertEqual((part["text"], part["never_true"], part["never_false"], part["line"], part["column"]), ('resource.acl == "public"', True, False, 9, 17))

    def test_mutation_lists_what_no_test_notices(self):
        run = self.run_test("--mutate", "--rule", "S-01")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn("no test notices that `resource.size < 100` was left out\n", run.stdout)
        self.assertIn("no test notices that `100` became `101`\n", run.stdout)
        self.assertNotIn("`!resource.public` was left out", run.stdout)
        found = self.results("--mutate", "--rule", "sample/S-01")
        rule, = found["rules"]
        self.assertNotIn("coverage", rule)
        self.assertEqual([(one["kind"], one["change"], one["line"], one["column"]) for one in rule["mutation"]["survivors"]], [
            ("dropped", "`resource.size < 100` was left out", 18, 10), ("comparison", "`<` became `<=`", 18, 24),
            ("constant", "`100` became `101`", 18, 26), ("constant", "`100` became `99`", 18, 26)])
        self.assertEqual(found["summary"], {"passed": 2, "failed": 0, "mutants": 9, "caught": 5, "not_compiled": 0})
        self.tests(("at", '{acl: public, size: 100}', "fail"), ("below", '{acl: public, size: 99}', "pass"), ("private", '{acl: private, size: 500}', "pass"))
        self.assertEqual(self.results("--mutate", "--rule", "S-01", "--min-mutation", "100")["rules"][0]["mutation"]["survivors"], [])

    def test_a_rule_without_tests_counts(self):
        rule = self.results("--coverage", "--mutate")["rules"][1]
        self.assertEqual((rule["rule"], rule["tests"], rule["coverage"]["seen"], rule["mutation"]["caught"]), ("sample/S-02", 0, 0, 0))
        self.assertIn("when", [one["kind"] for one in rule["mutation"]["survivors"]])

    def test_too_little_is_exit_1_and_said(self):
        run = self.run_test("--coverage", "--min-coverage", "40")
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        run = self.run_test("--coverage", "--min-coverage", "40.5")
        self.assertEqual((run.returncode, run.stderr), (1, "sekimori: coverage is 40.00 %, less than 40.5 %\n"))
        run = self.run_test("--coverage", "--mutate", "--min-coverage", "95", "--min-mutation", "85")
        self.assertEqual(run.returncode, 1)
        self.assertIn("coverage is 40.00 %", run.stderr)
        self.assertIn("mutation is ", run.stderr)

    def test_wrong_usage_is_exit_2(self):
        for arguments in (("--min-coverage", "95"), ("--min-mutation", "85"), ("--coverage", "--min-mutation", "85"), ("--coverage", "--min-coverage", "101"),
                          ("--format", "xml"), ("--rule", "S-03"), ("--coverage", "--rule", "")):
            with self.subTest(arguments=arguments):
                run = self.run_test(*arguments)
                self.assertEqual(run.returncode, 2)
                self.assertTrue(run.stderr)

    def test_no_number_of_threads_changes_a_byte(self):
        arguments = ("--coverage", "--mutate", "--verbose")
        self.assertEqual(self.run_test(*arguments, "--threads", "1").stdout, self.run_test(*arguments, "--threads", "4").stdout)


if __name__ == "__main__":
    unittest.main()
