"""sekimori intake: what is asked of a system before it stands, on each candidate cloud, and what has to be decided."""

import csv
import io
import json
import os
import unittest

import jsonschema

from matrix import OPENING, page
from support import CommandTest, ORGANISATION, ROOT

SCHEMA = json.loads((ROOT / "rulesets/schemas/intake-v1.schema.json").read_text(encoding="utf-8"))
EXAMPLE = ROOT / "rulesets/examples/systems/kosodate.yaml"
TERMS = "category: storage, why: {ja: 理由, en: Why}, fix: {ja: 直す, en: Fix}"
RULES = """sekimori: ruleset/v1
id: sample
version: 1.0.0
languages: [ja, en]
title: {ja: 見本, en: Sample}
parameters:
  days: {type: int, default: 7, tighten: increase}
  classes: {type: list(string), default: [high], tighten: superset}
  networks: {type: list(string), default: [], tighten: entry}
rules:
  - {id: S-01, title: {ja: 期間, en: Days}, severity: high, TERMS, waiver: {approver: scope_owner, max_days: 30}, clauses: [std-1:1, std-1:2],
     kind: store, assert: resource.days >= params.days, message: {ja: 違反, en: Wrong}, gaps: {sakura: {answer: not_offered, why: {ja: 仕組みがない, en: It has nothing}}}}
  - {id: S-02, title: {ja: 区分, en: Zone}, severity: low, TERMS, waiver: none,
     kind: store, when: scope.zone == "lgwan", assert: resource.days > 0, message: {ja: 違反, en: Wrong}}
  - {id: S-03, title: {ja: 鍵, en: Key}, severity: low, TERMS, waiver: none,
     kind: store, assert: 'resource.days > 1 || !(scope.classification in params.classes)', message: {ja: 違反, en: Wrong}}
  - {id: S-04, title: {ja: 接続元, en: Sources}, severity: low, TERMS, waiver: none,
     kind: wall, assert: 'resource.sources.all(s, s in params.networks)', message: {ja: 違反, en: Wrong}}
  - {id: S-05, title: {ja: 人, en: People}, severity: low, TERMS, waiver: none,
     kind: account, assert: '"a" in data.people', message: {ja: 違反, en: Wrong}}
""".replace("TERMS", TERMS)
KINDS = """sekimori: kinds/v1
kinds:
  store:
    title: {ja: 保管場所, en: Store}
    fields: {days: int}
    from:
      aws_store: {attributes: {days: {absent: {value: '9', source: doc}}}, days: resource.days}
      google_store: {days: resource.keep}
  wall: {title: {ja: 壁, en: Wall}, fields: {sources: list(string)}, from: {aws_wall: {sources: resource.sources}}}
  account: {title: {ja: アカウント, en: Account}, fields: {cloud: string}, from: {account:aws: {cloud: meta.cloud}}}
"""
STANDARDS = """sekimori: standards/v1
standards:
  - id: std-1
    edition: "1"
    title: {ja: 基準, en: Standard}
    clauses:
      - {id: "1", title: {ja: 一, en: one}, status: verified}
      - {id: "2", title: {ja: 二, en: two}, status: unverified}
"""
SYSTEM = """sekimori: system/v1
id: new
title: {ja: 新システム | <b>, en: New system | <b>}
owner: 管理者
clouds: [aws, google, sakura]
"""


class Intake(CommandTest):
    def setUp(self):
        super().setUp()
        self.rules = self.path / "rules"
        self.rules.mkdir()
        for name, text in (("rules", RULES), ("kinds", KINDS), ("standards", STANDARDS)):
            self.write(f"rules/{name}.yaml", text)

    def sheet(self, more="", *arguments):
        system = self.write("system.yaml", SYSTEM + more)
        run = self.run_command("intake", system, "--rules", self.rules, "--format", "json", *arguments)
        self.assertEqual(run.returncode, 0, run.stderr)
        made = json.loads(run.stdout)
        jsonschema.validate(made, SCHEMA)
        return made, {one["rule"].split("/")[1]: one for one in made["controls"]}

    def refused(self, text, *arguments):
        system = self.write("system.yaml", text)
        run = self.run_command("intake", system, "--rules", self.rules, *arguments)
        self.assertEqual(run.returncode, 2, run.stdout)
        self.assertEqual(run.stdout, "")
        return run.stderr

    # --- what applies -----------------------------------------------------------------------------
    def test_what_is_not_said_is_a_decision(self):
        made, controls = self.sheet()
        self.assertEqual({rule: one["class"] for rule, one in controls.items()}, {"S-01": "applies", "S-02": "depends", "S-03": "depends", "S-04": "applies", "S-05": "applies"})
        self.assertEqual(controls["S-02"]["missing"], ["zone"])
        decisions = {(one["about"], one["subject"]): one for one in made["decisions"]}
        self.assertEqual(decisions["missing", "zone"]["rules"], ["S-02"])
        self.assertEqual(decisions["missing", "zone"]["who"]["ja"], "管理者")
        self.assertEqual(decisions["missing", "classification"]["rules"], ["S-03"])
        self.assertEqual(decisions["entries", "sample/networks"]["rules"], ["S-04"])
        # Neither what a cloud has nothing of nor what nobody has answered looks clean.
        self.assertEqual(decisions["not_offered", "sakura"]["rules"], ["S-01", "S-02", "S-03", "S-04", "S-05"])
        self.assertEqual(decisions["not_offered", "google"]["rules"], ["S-04", "S-05"])

    def test_what_the_system_says_settles_conditions_and_shows_them(self):
        _, controls = self.sheet("zone: lgwan\nclassification: high\n")
        self.assertEqual({controls[rule]["class"] for rule in ("S-02", "S-03")}, {"applies"})
        _, controls = self.sheet("zone: internet\nclassification: low\n")
        self.assertEqual({controls[rule]["class"] for rule in ("S-02", "S-03")}, {"does_not_apply"})
        self.assertEqual(controls["S-02"]["conditions"], ['scope.zone == "lgwan"'])
        self.assertEqual(controls["S-02"]["clouds"], [])

    def test_each_cloud_says_what_it_has_and_what_answers_it(self):
        made, controls = self.sheet()
        aws, google, sakura = controls["S-01"]["clouds"]
        self.assertEqual([one["offer"] for one in (aws, google, sakura)], ["native", "with_settings", "not_offered"])
        self.assertEqual(google["types"], [{"type": "google_store", "answer": "with_settings", "attributes": ["keep"]}])
        self.assertEqual(sakura["reason"], {"ja": "仕組みがない", "en": "It has nothing"})
        self.assertEqual(aws["clauses"], ["std-1:1"])
        self.assertTrue(aws["plan"] and not aws["inventory"])
        self.assertEqual(controls["S-05"]["clouds"][0]["registers"], ["people"])
        self.assertEqual([one["not_offered"] for one in made["summary"]["clouds"]], [0, 0, 1])

    def test_kinds_limit_the_sheet_and_accounts_stay(self):
        made, controls = self.sheet("kinds: [wall]\n")
        self.assertEqual({rule: one["class"] for rule, one in controls.items()}, {"S-01": "not_used", "S-02": "not_used", "S-03": "not_used", "S-04": "applies", "S-05": "applies"})
        self.assertEqual(controls["S-01"]["conditions"], ["store"])
        self.assertEqual([one["rules"] for one in made["decisions"] if one["about"] == "kinds"], [["S-01", "S-02", "S-03"]])

    def test_parameters_say_whose_they_are_and_profiles_what_is_adopted(self):
        self.write("rules/p.yaml", "sekimori: profile/v1\nid: p\nversion: 1.0.0\ntitle: {ja: 見, en: P}\nwhy: {ja: 理, en: W}\n"
                                   "adopts: {sample: {version: 1.0.0, rules: [S-01, S-03]}}\nparameters: {sample: {days: 30}}\n")
        _, controls = self.sheet("profile: p\nparameters: {sample: {classes: [high, low]}}\n")
        self.assertEqual(controls["S-01"]["parameters"], [{"name": "days", "value": "30", "set_by": "new", "profile": "p", "to_fill": False}])
        self.assertEqual(controls["S-03"]["parameters"][0]["value"], '["high","low"]')
        self.assertEqual(controls["S-04"]["class"], "not_adopted")

    def test_the_organisation_gives_what_stands_above(self):
        organisation = self.write("org.yaml", "sekimori: organisation/v1\nid: o\ntitle: {ja: 組, en: O}\nscopes:\n  - {id: top, type: bureau, title: {ja: 上, en: T}, owner: 局長, zone: lgwan, "
                                              "parameters: {sample: {days: 99}}}\n")
        made, controls = self.sheet("under: top\n", "--org", organisation)
        self.assertEqual(controls["S-02"]["class"], "applies")
        self.assertEqual(controls["S-01"]["parameters"][0]["set_by"], "top")
        self.assertEqual({one["who"]["ja"] for one in made["decisions"] if one["about"] == "entries"}, {"局長"})
        for more, text in (("", "under"), ("under: tip\n", "did you mean `top`"), ("under: top\nparameters: {sample: {days: 5}}\n", "loosens `days`")):
            self.assertIn(text, self.refused(SYSTEM + more, "--org", organisation))
        self.assertIn("two scopes are called", self.refused(SYSTEM.replace("id: new", "id: top") + "under: top\n", "--org", organisation))

    def test_the_sheet_of_a_small_system_is_what_it_was(self):
        """SEKIMORI_UPDATE_GOLDEN=1 writes it anew."""
        system = self.write("system.yaml", SYSTEM + "zone: lgwan\nkinds: [store]\n")
        run = self.run_command("intake", system, "--rules", self.rules, "--lang", "both")
        self.assertEqual(run.returncode, 0, run.stderr)
        golden = ROOT / "tests/command/golden/intake.md"
        if os.environ.get("SEKIMORI_UPDATE_GOLDEN"):
            golden.write_text(run.stdout, encoding="utf-8")
        self.assertEqual(run.stdout, golden.read_text(encoding="utf-8"))

    # --- forms ------------------------------------------------------------------------------------
    def test_the_forms_say_the_same(self):
        system = self.write("system.yaml", SYSTEM)
        for language, texts in (("ja", ("標準で備わる", "決めるべき事項", "提供なし", "区分を定める", "認めない")), ("en", ("native", "Decisions", "not offered", "decide the zone", "up to 30 days"))):
            markdown = self.run_command("intake", system, "--rules", self.rules, "--lang", language).stdout
            html = self.run_command("intake", system, "--rules", self.rules, "--lang", language, "--format", "html").stdout
            for text in texts:
                self.assertIn(text, markdown)
                self.assertIn(text, html)
            self.assertEqual(page(html).wrong, [])
            self.assertNotRegex(html, r"https?://|<b>|<script")
            table = list(csv.reader(io.StringIO(self.run_command("intake", system, "--rules", self.rules, "--lang", language, "--format", "csv").stdout)))
            self.assertEqual({len(row) for row in table}, {13})
            self.assertEqual(len(table), 1 + 5 * 3)
        self.assertIn(OPENING, self.run_command("intake", system, "--rules", self.rules).stdout.splitlines()[2])

    def test_hostile_systems_are_refused_at_their_place(self):
        for text, code in (("", "SKM107"), ("[]", "SKM104"), ("sekimori: system/v2\n", "SKM108"), (SYSTEM.replace("clouds", "cloud"), "SKM101"), (SYSTEM.replace("aws", "acme"), "SKM105"),
                           (SYSTEM + "id: again\n", "SKM102"), (SYSTEM.replace("[aws, google, sakura]", "[]"), "SKM10"), (SYSTEM.replace("google", "aws"), "SKM210"),
                           (SYSTEM + "kinds: [stor]\n", "SKM212"), (SYSTEM + "profile: none\n", "SKM211"), (SYSTEM + "under: top\n", "SKM211"), (SYSTEM + "zone: [a]\n", "SKM104"),
                           (SYSTEM + "parameters: {sample: {networks: [x]}}\n", "SKM213"), ("sekimori: profile/v1\n", "SKM103"), (RULES, "SKM001"), ("\0", "SKM"), ("a: " * 5000, "SKM")):
            self.assertIn(code, self.refused(text), text[:80])
        run = self.run_command("intake", self.path / "no-such.yaml", "--rules", self.rules)
        self.assertEqual(run.returncode, 2)

    # --- the shipped rules ------------------------------------------------------------------------
    def test_the_example_is_told_with_the_shipped_rules_and_organisation(self):
        arguments = ("intake", EXAMPLE, "--rules", "rulesets", "--org", ORGANISATION)
        first = self.run_command(*arguments, "--format", "json")
        self.assertEqual(first.returncode, 0, first.stderr)
        made = json.loads(first.stdout)
        jsonschema.validate(made, SCHEMA)
        self.assertEqual(first.stdout, self.run_command(*arguments, "--format", "json").stdout)
        controls = {one["rule"].split("/")[1]: one for one in made["controls"]}
        self.assertEqual(sum(made["summary"][name] for name in ("applies", "depends", "does_not_apply", "not_used", "not_adopted")), len(made["controls"]))
        self.assertIn("environment", controls["BCK-06"]["missing"])
        retention = {one["name"]: one for one in controls["LOG-03"]["parameters"]}["retention_days"]
        self.assertEqual((retention["value"], retention["set_by"]), ("730", "fukushi"))
        self.assertIn("missing", {one["about"] for one in made["decisions"]})
        for language in ("ja", "en", "both"):
            html = self.run_command(*arguments, "--format", "html", "--lang", language).stdout
            read = page(html)
            self.assertEqual(read.wrong, [])
            self.assertEqual({one for one in read.links if not one.startswith("#") or one[1:] not in read.ids}, set())
            self.assertNotRegex(html.replace(OPENING, ""), "適合|準拠|合格")


if __name__ == "__main__":
    unittest.main()
