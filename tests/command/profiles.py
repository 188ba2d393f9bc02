"""Profiles: the shipped ones tighten and never loosen, scopes take them, and what is not adopted is said."""

import json
import pathlib
import re
import unittest

import yaml

from support import CommandTest, ORGANISATION, PLAN, ROOT, change

PROFILES = sorted(file for file in (ROOT / "rulesets/profiles").glob("*.yaml") if not file.name.endswith(".tests.yaml"))
SHIPPED = {"floor", "mynumber", "lgwan-alpha", "lgwan-alpha-prime", "internet-beta", "internet-beta-prime", "standalone", "small-municipality"}

RULES = """sekimori: ruleset/v1
id: sample
version: 1.0.0
languages: [ja, en]
title: {ja: 見本, en: Sample}
parameters:
  days: {type: int, default: 7, tighten: increase}
  ports: {type: list(int), default: [22], tighten: superset}
  regions: {type: list(string), default: [a, b, c], tighten: subset}
  networks: {type: list(string), default: [], tighten: entry}
rules:
  - {id: S-01, title: {ja: 一, en: One}, severity: high, category: storage, why: {ja: 理由, en: Why}, fix: {ja: 直す, en: Fix}, waiver: none,
     kind: store, assert: resource.days >= params.days, message: {ja: 違反, en: Wrong}}
  - {id: S-02, title: {ja: 二, en: Two}, severity: high, category: storage, why: {ja: 理由, en: Why}, fix: {ja: 直す, en: Fix}, waiver: none,
     kind: store, assert: resource.days > 0, message: {ja: 違反, en: Wrong}}
"""
KINDS = """sekimori: kinds/v1
kinds:
  store: {title: {ja: 保管場所, en: Store}, fields: {days: int}, from: {aws_store: {days: resource.days}}}
"""
PROFILE = """sekimori: profile/v1
id: %(id)s
version: 1.0.0
title: {ja: 見本, en: Sample}
why: {ja: 理由, en: Why}
%(more)s
"""
ORG = """sekimori: organisation/v1
id: org
title: {ja: 組織, en: Organisation}
scopes:
  - id: top
    type: platform
    title: {ja: 上, en: Top}
%(top)s
    children:
      - {id: left, type: system, title: {ja: 左, en: Left}, accounts: [{cloud: aws, account: "1"}], zone: lgwan%(left)s}
      - {id: right, type: system, title: {ja: 右, en: Right}, accounts: [{cloud: aws, account: "2"}]%(right)s}
"""


class Profiles(CommandTest):
    def setUp(self):
        super().setUp()
        self.rules = self.path / "rules"
        self.rules.mkdir()
        self.write("rules/rules.yaml", RULES)
        self.write("rules/kinds.yaml", KINDS)

    def profile(self, name, more=""):
        self.write(f"rules/{name}.yaml", PROFILE % {"id": name, "more": more})

    def organisation(self, top="", left="", right=""):
        return self.write("organisation.yaml", ORG % {"top": top, "left": left, "right": right})

    def judge(self, days, organisation, *arguments):
        plan = self.write("plan.json", PLAN % change("aws_store", "one", json.dumps({"days": days})))
        return self.check(plan, rules=(self.rules,), arguments=("--org", organisation, "--include", "pass,not_applicable", *arguments))

    def verdicts(self, days, organisation, scope):
        _, report = self.judge(days, organisation, "--scope", scope)
        return {one["rule"]: one["verdict"] for one in report["findings"]}, report

    # --- the shipped profiles ---------------------------------------------------------------------
    def test_the_eight_profiles_are_read_and_none_loosens(self):
        self.assertEqual({one.stem for one in PROFILES}, SHIPPED)
        run = self.run_command("lint", "rulesets")
        self.assertEqual(run.returncode, 0, run.stderr)

    def test_no_parameter_of_a_profile_can_be_made_looser_than_the_rule_set_says(self):
        """Each direction's opposite, written into a copy of each shipped profile, is an error at its place."""
        declared = {}
        for file in [*(ROOT / "rulesets/baseline").glob("*.yaml"), ROOT / "rulesets/accounts/accounts.yaml"]:
            if not file.name.endswith(".tests.yaml"):
                document = yaml.safe_load(file.read_text(encoding="utf-8"))
                declared[document["id"]] = document["parameters"]
        def looser(parameter):
            value = parameter["default"]
            return {"increase": lambda: value - 1, "decrease": lambda: value + 1, "enable": lambda: False, "superset": lambda: [],
                    "subset": lambda: value + [15 if "int" in parameter["type"] else "more"] if isinstance(value, list) else {**value, "more": ["x"]}}.get(parameter.get("tighten"), lambda: None)()
        tried, lines, written = 0, [], []
        for name, parameters in declared.items():
            values = {key: looser(one) for key, one in parameters.items()}
            values = {key: one for key, one in values.items() if one is not None and one != parameters[key]["default"] and not (parameters[key]["type"].startswith("map") and one == [])}
            tried += len(values)
            written += values
            lines.append(f"  {name}: {json.dumps(values)}")
        self.assertGreater(tried, 60)
        wrong = self.write("wrong.yaml", PROFILE % {"id": "wrong", "more": "extends: floor\nparameters:\n" + "\n".join(lines)})
        run = self.run_command("lint", "rulesets", wrong)
        self.assertEqual(run.returncode, 2)
        told = re.findall("loosens `(\\w+)`", run.stderr)
        self.assertEqual(sorted(told), sorted(written))

    def test_each_profile_says_something_of_its_own(self):
        said = {}
        for file in PROFILES:
            document = yaml.safe_load(file.read_text(encoding="utf-8"))
            said[json.dumps([document.get("parameters"), document.get("adopts"), document.get("extends")], sort_keys=True)] = file.stem
            self.assertRegex(file.read_text(encoding="utf-8").splitlines()[0], "^# basis: ")
        self.assertEqual(len(said), len(SHIPPED))

    def test_the_floor_has_every_rule_that_is_critical_or_high(self):
        floor = yaml.safe_load((ROOT / "rulesets/profiles/floor.yaml").read_text(encoding="utf-8"))
        for file in [*(ROOT / "rulesets/baseline").glob("*.yaml"), ROOT / "rulesets/accounts/accounts.yaml"]:
            if file.name.endswith(".tests.yaml"):
                continue
            document = yaml.safe_load(file.read_text(encoding="utf-8"))
            wanted = {rule["id"] for rule in document["rules"] if rule["severity"] in ("critical", "high")}
            adopted = floor["adopts"][document["id"]]
            self.assertEqual(wanted, set(adopted["rules"]), document["id"])

    # --- a scope takes one ------------------------------------------------------------------------
    def test_parameters_of_a_profile_hold_and_the_scope_may_tighten_them(self):
        self.profile("strict", "parameters: {sample: {days: 30}}")
        organisation = self.organisation(left=", profile: strict", right=", profile: strict, parameters: {sample: {days: 60}}")
        self.assertEqual(self.verdicts(45, organisation, "left")[0]["S-01"], "pass")
        self.assertEqual(self.verdicts(20, organisation, "left")[0]["S-01"], "fail")
        self.assertEqual(self.verdicts(45, organisation, "right")[0]["S-01"], "fail")

    def test_what_stands_above_stays_where_it_is_the_stricter(self):
        self.profile("strict", "parameters: {sample: {days: 30, ports: [22, 23]}}")
        organisation = self.organisation(top="    parameters: {sample: {days: 90, ports: [22, 80]}}", left=", profile: strict")
        self.assertEqual(self.verdicts(60, organisation, "left")[0]["S-01"], "fail")

    def test_a_scope_that_loosens_its_profile_is_an_error_that_names_both(self):
        self.profile("strict", "parameters: {sample: {days: 30}}")
        run, report = self.judge(1, self.organisation(left=", profile: strict, parameters: {sample: {days: 20}}"))
        self.assertEqual(run.returncode, 2)
        self.assertIsNone(report)
        for text in ("SKM214", "organisation.yaml", "`left` loosens `days`", "profile `strict` of `left`", "strict.yaml"):
            self.assertIn(text, run.stderr)

    def test_mistakes_of_profiles_are_told_at_their_place(self):
        cases = {
            "extends: floer": ("SKM211", "did you mean `floor`"),
            "extends: p": ("SKM220", "extends itself"),
            "parameters: {sample: {dayz: 30}}": ("SKM211", "did you mean `days`"),
            "parameters: {sample: {networks: [a]}}": ("SKM213", "a scope alone may fill"),
            "parameters: {sample: {days: 1}}": ("SKM214", "loosens `days`"),
            "adopts: {sample: {version: 1.0.0, rules: [S-03]}}": ("SKM211", "`S-03`"),
            "adopts: {sample: 2.0.0}": ("SKM211", "version 1.0.0 is loaded"),
            "adopts: {simple: 1.0.0}": ("SKM211", "did you mean `sample`"),
            "adopt: {sample: 1.0.0}": ("SKM101", "did you mean `adopts`"),
            "needs: {zones: lgwan}": ("SKM101", "did you mean `zone`"),
        }
        self.profile("floor")
        for more, (code, text) in cases.items():
            self.profile("p", more)
            run = self.run_command("lint", self.rules)
            self.assertEqual(run.returncode, 2, more)
            self.assertIn(code, run.stderr, more)
            self.assertIn(text, run.stderr, more)
            self.assertRegex(run.stderr, r"p\.yaml:\d+:\d+")

    def test_a_profile_that_is_not_there_or_does_not_fit_is_an_error(self):
        self.profile("strict", "needs: {zone: lgwan}")
        run, _ = self.judge(1, self.organisation(left=", profile: strikt"))
        self.assertIn("did you mean `strict`", run.stderr)
        self.assertEqual(self.judge(9, self.organisation(left=", profile: strict"))[0].returncode, 0)
        run, _ = self.judge(1, self.organisation(right=", profile: strict"))
        self.assertEqual(run.returncode, 2)
        self.assertIn("SKM224", run.stderr)
        self.assertIn("strict.yaml", run.stderr)

    # --- what is adopted --------------------------------------------------------------------------
    def test_without_adoption_every_rule_is_asked(self):
        verdicts, report = self.verdicts(0, self.organisation(), "left")
        self.assertEqual(set(verdicts), {"S-01", "S-02"})
        self.assertNotIn("not_adopted", report["summary"]["examined"])

    def test_a_rule_that_no_scope_on_the_way_adopts_is_not_asked_and_that_is_said(self):
        self.profile("both", "adopts: {sample: 1.0.0}")
        organisation = self.organisation(top="    adopts: {sample: {version: 1.0.0, rules: [S-01]}}", right=", profile: both")
        verdicts, report = self.verdicts(0, organisation, "left")
        self.assertEqual(set(verdicts), {"S-01"})
        self.assertEqual(report["summary"]["examined"]["not_adopted"], {"sample/S-02": 1})
        self.assertNotIn("sample/S-02", [one["rule"] for one in report["summary"]["examined"]["rules_without_resources"]])
        self.assertEqual(set(self.verdicts(0, organisation, "right")[0]), {"S-01", "S-02"})
        plan = self.path / "plan.json"
        for language, text in (("ja", "採用していないため"), ("en", "do not adopt")):
            for form in ("text", "html"):
                run = self.run_command("check", plan, "--rules", self.rules, "--org", organisation, "--scope", "left", "--format", form, "--lang", language, "--now", "2026-11-24")
                self.assertIn(text, run.stdout)
                self.assertIn("sample/S-02", run.stdout)

    def test_a_resource_that_may_belong_to_several_scopes_is_asked_what_any_of_them_adopts(self):
        organisation = self.organisation(left=", adopts: {sample: {version: 1.0.0, rules: [S-01]}}", right=", adopts: {sample: {version: 1.0.0, rules: [S-02]}}")
        _, report = self.judge(9, organisation)
        self.assertEqual({one["rule"] for one in report["findings"]}, {"S-01", "S-02"})

    def test_an_input_of_which_nothing_was_asked_is_not_clean(self):
        organisation = self.organisation(left=", adopts: {sample: 1.0.0}")
        run, report = self.judge(9, organisation, "--scope", "right")
        self.assertEqual(run.returncode, 3)
        self.assertIn("nothing_examined", report["outcome"]["causes"])
        self.assertEqual(report["findings"], [])
        self.assertIn("adopt none", json.dumps(report["outcome"]))

    def test_tests_of_rules_can_take_a_profile(self):
        self.profile("strict", "parameters: {sample: {days: 30}}")
        test = "sekimori: rule-tests/v1\nruleset: sample\ntests:\n  - {name: a, rule: S-01, scope: {profile: %s}, resources: [{type: aws_store, values: {days: 20}}], expect: fail}\n"
        for name, code in (("strict", 0), ("strikt", 1)):
            self.write("rules/rules.tests.yaml", test % name)
            run = self.run_command("test", self.rules)
            self.assertEqual(run.returncode, code, run.stdout + run.stderr)
        self.assertIn("strikt", run.stdout + run.stderr)

    def test_the_example_organisation_takes_profiles(self):
        self.assertRegex(ORGANISATION.read_text(encoding="utf-8"), r"profile: ")


if __name__ == "__main__":
    unittest.main()
