"""sekimori matrix and sekimori book as their users call them, over a small rule set and over the shipped ones."""

import base64
import csv
import hashlib
import html.parser
import io
import json
import re
import subprocess
import sys
import unittest

import jsonschema

from support import COMMAND, CommandTest, ROOT

OPENING = "本書は検査規則が求めることと検査できる範囲の説明であり、基準への適合を証明するものではありません。"
CLOUDS = ["aws", "azure", "google", "oci", "sakura"]

RULES = """sekimori: ruleset/v1
id: sample
version: %(version)s
languages: [ja, en]
title: {ja: 見本, en: Sample}
parameters:
  longest:
    type: int
    default: 7
    tighten: decrease
rules:
  - id: S-01
    title: {ja: 暗号化する | <b>, en: Encrypted | <b>}
    severity: %(severity)s
    category: storage
    clauses: [std-1:1, std-1:2]
    why: {ja: 目的である, en: The reason}
    fix: {ja: 直し方, en: The way}
    waiver: {approver: scope_owner, max_days: 90}
    kind: store
    asserts:
      - {id: encrypted, assert: resource.encrypted, required: {ja: 暗号化していること, en: encryption}, message: {ja: 違反, en: Wrong}}
    also:
      - kind: account
        asserts:
          - {id: trail, assert: 'held("trail").exists(t, t.enabled) || resource.cloud == "google"', message: {ja: 違反, en: Wrong}}
%(gaps)s
  - id: S-02
    title: {ja: 期間, en: Time}
    severity: low
    category: storage
    why: {ja: 目的である, en: The reason}
    fix: {ja: 直し方, en: The way}
    waiver: none
    kind: store
    asserts:
      - {id: days, assert: "!has(resource.days) || resource.days <= params.longest", message: {ja: 違反, en: Wrong}}
      - {id: kept, assert: "resource.kept", message: {ja: 違反, en: Wrong}}
  - id: S-03
    title: {ja: 持ち主, en: Owner}
    severity: low
    category: people
    why: {ja: 目的である, en: The reason}
    fix: {ja: 直し方, en: The way}
    waiver: none
    kind: store
    when: has(resource.owner)
    assert: resource.owner in data.people
    message: {ja: 違反, en: Wrong}
"""
GAPS = "    gaps: {sakura: {answer: not_offered, why: {ja: 保存の仕組みがない, en: It stores nothing}}}"
KINDS = """sekimori: kinds/v1
kinds:
  store:
    title: {ja: 保管場所, en: Store}
    fields: {encrypted: bool, days: int, kept: bool, owner: string}
    from:
      aws_store:
        attributes: {secure: {absent: {value: 'true', source: documentation}}}
        encrypted: resource.secure
        owner: resource.owner
      aws-config:AWS::S3::Bucket:
        encrypted: resource.Secure
        kept: resource.Kept
      azurerm_store: {encrypted: 'true'}
      google_store: {encrypted: 'false', kept: 'resource.settings[0].kept'}
      ocid:store: {encrypted: 'resource.?secure.orValue(true)'}
  account:
    title: {ja: アカウント, en: Account}
    fields: {cloud: string}
    from:
      account:aws: {cloud: meta.cloud}
      account:azure: {cloud: meta.cloud}
      account:google: {cloud: meta.cloud}
      account:sakura: {cloud: meta.cloud}
  trail:
    title: {ja: 証跡, en: Trail}
    fields: {enabled: bool}
    from:
      azurerm_trail: {enabled: resource.enabled}
"""
STANDARDS = """sekimori: standards/v1
standards:
  - id: std-1
    edition: "1"
    title: {ja: 基準, en: Standard}
    superseded_by: std-2
    clauses:
      - {id: "1", title: {ja: 条項一, en: clause one}, status: verified}
      - {id: "2", title: {ja: 条項二, en: clause two}, status: unverified}
      - {id: "3", title: {ja: 条項三, en: clause three}, status: verified}
"""
TESTS = """sekimori: rule-tests/v1
ruleset: sample
tests:
  - {name: a, rule: S-01, cloud: aws, resources: [{type: aws_store, values: {secure: true}}], expect: pass}
  - {name: b, rule: S-01, cloud: aws, resources: [{type: aws_store, values: {secure: false}}], expect: fail}
  - {name: c, rule: S-01, cloud: oci, resources: [{type: "ocid:store", values: {secure: true}}], expect: pass}
"""
VOID = {"meta", "input", "br"}


class page(html.parser.HTMLParser):
    """Whether every element of a page is closed where it should be, and where its links lead."""

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.tags, self.wrong = [], set(), set(), set(), []
        self.feed(text)
        self.wrong += self.open

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        for name, value in attributes:
            if name == "id":
                if value in self.ids:
                    self.wrong.append(f"id {value} stands twice")
                self.ids.add(value)
            if name == "href":
                self.links.add(value)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


class Matrix(CommandTest):
    def setUp(self):
        super().setUp()
        self.rules = self.make("rules")

    def make(self, name, gaps=GAPS, version="1.0.0", severity="high", change=lambda text: text):
        folder = self.path / name
        folder.mkdir()
        (folder / "rules.yaml").write_text(change(RULES % {"gaps": gaps, "version": version, "severity": severity}), encoding="utf-8")
        (folder / "kinds.yaml").write_text(KINDS, encoding="utf-8")
        (folder / "standards.yaml").write_text(STANDARDS, encoding="utf-8")
        (folder / "rules.tests.yaml").write_text(TESTS, encoding="utf-8")
        return folder

    def run_command(self, *arguments, code=0):
        run = super().run_command(*arguments)
        self.assertEqual(run.returncode, code, run.stderr)
        return run.stdout

    def cells(self, *arguments):
        made = json.loads(self.run_command("matrix", self.rules, "--format", "json", *arguments))
        return made, {(row["rule"], cell["cloud"]): cell for row in made["rows"] for cell in row["clouds"]}

    # --- control by cloud -------------------------------------------------------------------------
    def test_each_cell_has_the_answer_that_kinds_and_asserts_give(self):
        made, cells = self.cells()
        answers = {rule: [cells[f"sample/{rule}", cloud]["answer"] for cloud in CLOUDS] for rule in ("S-01", "S-02", "S-03")}
        # AWS in both, OCI in exports only, Sakura has an account but nothing that it could hold.
        self.assertEqual(answers["S-01"], ["covered", "plan_only", "plan_only", "inventory_only", "not_offered"])
        # `days` is of no type: that the assert holds without it is no answer. `kept` is of some.
        self.assertEqual(answers["S-02"], ["inventory_only", "unanswered", "plan_only", "unanswered", "unanswered"])
        self.assertEqual(answers["S-03"], ["needs_register", "unanswered", "unanswered", "unanswered", "unanswered"])
        self.assertEqual(cells["sample/S-03", "aws"]["registers"], ["people"])
        self.assertEqual(cells["sample/S-01", "aws"]["plan_types"], ["aws_store"])
        self.assertEqual(cells["sample/S-01", "azure"]["plan_types"], ["account:azure", "azurerm_store"])
        self.assertEqual(cells["sample/S-01", "sakura"]["reason"]["en"], "It stores nothing")
        self.assertEqual(cells["sample/S-02", "google"]["asserts"], ["kept"])
        counts = {one["cloud"]: one for one in made["counts"]}
        self.assertEqual(counts["aws"]["covered"], 1)
        self.assertEqual(sum(one["unanswered"] for one in made["counts"]), 7)
        self.assertEqual([sum(v for k, v in one.items() if k != "cloud") for one in made["counts"]], [3] * 5)

    def test_json_is_as_its_schema_says(self):
        schema = json.loads((ROOT / "rulesets/schemas/matrix-v1.schema.json").read_text(encoding="utf-8"))
        for rules in (str(self.rules), "rulesets"):
            for more in ((), ("--tests",), ("--clauses",), ("--compare",)):
                made = json.loads(self.run_command("matrix", rules, *more, "--format", "json"))
                jsonschema.validate(made, schema)
        # What is not told is missed: the schema can refuse.
        made.pop("what")
        with self.assertRaises(jsonschema.ValidationError):
            jsonschema.validate(made, schema)

    def test_the_forms_say_the_same_in_both_languages(self):
        japanese, english = (self.run_command("matrix", self.rules, "--lang", language) for language in ("ja", "en"))
        self.assertEqual(japanese.splitlines()[:2], ["検査可能範囲一覧", OPENING])
        self.assertIn("保存の仕組みがない", japanese)
        self.assertIn("It stores nothing", english)
        row = next(line for line in english.splitlines() if "S-01" in line)
        self.assertEqual(re.split(r"\s{2,}", row.strip())[:7], ["S-01", "Encrypted | <b>", "covered", "plan only", "plan only", "inventory only", "not offered"])
        table = list(csv.reader(io.StringIO(self.run_command("matrix", self.rules, "--lang", "en", "--format", "csv"))))
        self.assertEqual(table[0], ["rule", "title", "AWS", "Azure", "Google Cloud", "OCI", "Sakura Cloud", "chapter"])
        # Every chapter, though the page has a table for each; and registers by the titles that people know.
        self.assertEqual([row[0] for row in table[1:]], ["S-01", "S-02", "S-03"])
        self.assertEqual([table[1][6], table[1][7], table[3][2]], ["not offered It stores nothing", "Sample", "needs register People"])
        markdown = self.run_command("matrix", self.rules, "--lang", "en", "--format", "markdown")
        self.assertIn("| <a id=\"sample-S-01\"></a>[`S-01`](#sample-S-01) | Encrypted \\| \\<b\\> | covered |", markdown)
        text = self.run_command("matrix", self.rules, "--lang", "ja", "--format", "html")
        self.assertEqual(page(text).wrong, [])
        self.assertIn("暗号化する | &lt;b&gt;", text)
        self.assertIn('<td data-column="AWS" class="yes">検査可能</td>', text)
        self.assertIn("台帳が必要<br>人の台帳", text)
        # What the answers mean stands before the first row.
        for shown, first in ((japanese, "S-01"), (text, "sample-S-01")):
            self.assertLess(shown.index("構築前の資料でだけ検査できる。"), shown.index(first))

    def test_what_a_cloud_does_not_need_and_what_a_rule_does_not_read_have_answers_of_their_own(self):
        for answer, words, offer, compared in (("not_needed", "設定不要", "not_needed", "設定不要"), ("not_read", "目視で確認", "not_read", "目視で確認"), ("not_offered", "提供なし", "not_offered", "提供なし")):
            rules = self.make(answer, gaps=GAPS.replace("not_offered", answer))
            made = json.loads(self.run_command("matrix", rules, "--format", "json"))
            cell = made["rows"][0]["clouds"][4]
            self.assertEqual((cell["answer"], cell["reason"]["en"]), (answer, "It stores nothing"))
            self.assertEqual([one[answer] for one in made["counts"]], [0, 0, 0, 0, 1])
            self.assertIn(f"{words}<br>保存の仕組みがない", self.run_command("matrix", rules, "--format", "html", "--lang", "ja"))
            self.assertRegex(self.run_command("matrix", rules, "--lang", "ja"), rf"S-01 +さくらのクラウド +{words} +保存の仕組みがない")
            table = list(csv.reader(io.StringIO(self.run_command("matrix", rules, "--format", "csv"))))
            self.assertEqual(table[1][6], words + " 保存の仕組みがない")
            self.assertIn(f"さくらのクラウド: {words}。保存の仕組みがない", self.run_command("book", rules, "--lang", "ja"))
            made = json.loads(self.run_command("matrix", rules, "--compare", "--format", "json"))
            self.assertEqual(made["rows"][0]["clouds"][4]["answer"], offer)
            self.assertIn(f"| さくらのクラウド |  | {compared} | 保存の仕組みがない |", self.run_command("matrix", rules, "--compare", "--format", "markdown", "--lang", "ja"))

    def test_a_reason_for_a_cloud_that_can_be_asked_is_a_mistake(self):
        wrong = self.make("wrong", gaps="    gaps: {aws: {answer: not_read, why: {ja: ない, en: Nothing}}}")
        for verb in ("lint", "matrix"):
            run = subprocess.run([COMMAND, verb, str(wrong)], capture_output=True, text=True, timeout=60)
            self.assertEqual(run.returncode, 2)
            self.assertIn("SKM223", run.stderr)
            self.assertIn("aws_store", run.stderr)
            self.assertRegex(run.stderr, r"rules\.yaml:\d+:\d+")

    def test_a_reason_needs_every_language_and_a_cloud_that_there_is(self):
        for gaps, code in (("{sakura: {answer: not_read, why: {ja: ない}}}", "SKM216"), ("{acme: {answer: not_read, why: {ja: ない, en: Nothing}}}", "SKM101"),
                           ("{sakura: {ja: ない, en: Nothing}}", "SKM101"), ("{sakura: {why: {ja: ない, en: Nothing}}}", "SKM103"), ("{sakura: {answer: covered, why: {ja: ない, en: Nothing}}}", "SKM105")):
            wrong = self.make(f"wrong{len(gaps)}", gaps="    gaps: " + gaps)
            run = subprocess.run([COMMAND, "lint", str(wrong)], capture_output=True, text=True, timeout=60)
            self.assertEqual(run.returncode, 2)
            self.assertIn(code, run.stderr)

    def test_lint_counts_what_is_unanswered(self):
        self.assertIn("7 pairs of rule and cloud unanswered", self.run_command("lint", self.rules))

    def test_strict_is_exit_1_while_something_is_unanswered_or_untested(self):
        self.run_command("matrix", self.rules)
        self.run_command("matrix", self.rules, "--strict", code=1)
        made, cells = self.cells("--tests")
        self.assertEqual(cells["sample/S-01", "aws"]["tests_passing"], 1)
        untested = {(one["rule"], one["cloud"]): (one["passing_missing"], one["failing_missing"]) for one in made["untested"]}
        self.assertNotIn(("sample/S-01", "aws"), untested)
        self.assertEqual(untested["sample/S-01", "oci"], (False, True))
        # What a cloud does not offer needs no test.
        self.assertNotIn(("sample/S-01", "sakura"), untested)
        # Google's stores never are as they must: there is no test that passes.
        self.assertEqual(untested["sample/S-01", "google"], (False, True))
        self.assertIn("Tests of rules", self.run_command("matrix", self.rules, "--tests", "--lang", "en"))

    def test_what_a_mapping_says_that_nothing_tells_is_not_asked(self):
        kinds = KINDS.replace("      ocid:store:", """      sakura_store:
        encrypted: '{"": true}[meta.address]'
        kept: 'resource.size > 0 ? true : {"": true}[meta.address]'
      ocid:store:""")
        self.assertNotEqual(kinds, KINDS)
        (self.rules / "kinds.yaml").write_text(kinds, encoding="utf-8")
        made, cells = self.cells("--tests")
        # So a reason may stand there, though the type is mapped and such a resource is undetermined.
        self.assertEqual(cells["sample/S-01", "sakura"]["answer"], "not_offered")
        self.assertEqual(cells["sample/S-01", "sakura"]["plan_types"], [])
        # `kept` is true or not known: a test that fails cannot be written, one that passes can.
        self.assertEqual(cells["sample/S-02", "sakura"]["answer"], "plan_only")
        untested = {(one["rule"], one["cloud"]): (one["passing_missing"], one["failing_missing"]) for one in made["untested"]}
        self.assertEqual(untested["sample/S-02", "sakura"], (True, False))
        # Nor is it true for every resource.
        compared = json.loads(self.run_command("matrix", self.rules, "--compare", "--format", "json"))
        cell = next(cell for row in compared["rows"] if row["rule"] == "sample/S-02" for cell in row["clouds"] if cell["cloud"] == "sakura")
        self.assertEqual([(one["type"], one["answer"]) for one in cell["types"]], [("sakura_store", "with_settings")])

    def test_every_cell_of_the_shipped_rules_that_is_asked_is_tested(self):
        self.run_command("matrix", ROOT / "rulesets", "--tests", "--strict")

    # --- clauses, comparison ----------------------------------------------------------------------
    def test_clauses_say_their_rules_and_what_they_are_worth(self):
        made = json.loads(self.run_command("matrix", self.rules, "--clauses", "--format", "json"))
        standard = made["standards"][0]
        self.assertEqual(standard["superseded_by"], "std-2")
        self.assertEqual([(one["clause"], one["verified"], one["rules"]) for one in standard["clauses"]],
                         [("1", True, ["sample/S-01"]), ("2", False, ["sample/S-01"]), ("3", True, [])])
        text = self.run_command("matrix", self.rules, "--clauses", "--lang", "en")
        self.assertIn("This edition is superseded by: std-2 (not listed here)", text)
        self.assertIn("3 clauses, of which the numbers of 2 were checked against a source; 2 with rules.", text)
        # Where the newer edition is there, it goes by its title; every standard can be reached from the top, and CSV has them all.
        (self.rules / "newer.yaml").write_text(STANDARDS.replace("id: std-1", "id: std-2").replace("    superseded_by: std-2\n", "").replace("{ja: 基準, en: Standard}", "{ja: 新基準, en: Newer}"), encoding="utf-8")
        self.assertIn("旧版である。新しい版: 新基準\n", self.run_command("matrix", self.rules, "--clauses"))
        links = page(self.run_command("matrix", self.rules, "--clauses", "--format", "html")).links
        self.assertEqual(links, {"#main", "#std-1", "#std-2", "#rules", "#sample-S-01"})
        table = list(csv.reader(io.StringIO(self.run_command("matrix", self.rules, "--clauses", "--format", "csv", "--lang", "en"))))
        self.assertEqual([(row[0], row[-1]) for row in table], [("clause", "standard")] + [(number, standard) for standard in ("Newer", "Standard") for number in "123"])

    def test_numbers_of_rules_lead_to_their_titles_and_to_the_book(self):
        for form in ("--clauses", "--compare", None):
            more = [form] if form else []
            alone = page(self.run_command("matrix", self.rules, *more, "--format", "html"))
            self.assertEqual({one for one in alone.links if one[1:] not in alone.ids}, set())
            # A name that a browser would take for something else is still a file beside the page.
            text = self.run_command("matrix", self.rules, *more, "--format", "html", "--book", "a b/解説:<1>.html")
            with_book = page(text)
            self.assertEqual(with_book.wrong, [])
            out = {one for one in with_book.links if not one.startswith("#")}
            self.assertEqual(out, {f"a%20b/%E8%A7%A3%E8%AA%AC%3A%3C1%3E.html#sample-S-0{number}" for number in "123"})
            self.assertEqual({one for one in with_book.links - out if one[1:] not in with_book.ids}, set())
        book = page(self.run_command("book", self.rules, "--format", "html", "--lang", "ja"))
        self.assertLessEqual({one.split("#")[1] for one in out}, book.ids)
        clauses = self.run_command("matrix", self.rules, "--clauses", "--format", "markdown", "--lang", "en", "--book", "book.html")
        self.assertIn("| [S-01](#sample-S-01) |", clauses)
        self.assertIn('| <a id="sample-S-02"></a>[`S-02`](book.html#sample-S-02) | Time | low | Sample |', clauses)
        run = subprocess.run([COMMAND, "matrix", str(self.rules), "--book", "book.html"], capture_output=True, text=True, timeout=60)
        self.assertEqual((run.returncode, run.stdout), (2, ""))
        self.assertIn("--book goes with --format html or markdown", run.stderr)

    def test_comparison_says_what_is_native_and_which_attributes_settle_the_rest(self):
        made = json.loads(self.run_command("matrix", self.rules, "--compare", "--format", "json"))
        cells = {(row["rule"], cell["cloud"]): cell for row in made["rows"] for cell in row["clouds"]}
        types = {(rule, one["type"]): one for (rule, _), cell in cells.items() for one in cell["types"]}
        # A documented default, a constant that satisfies, one that never does; an export has no defaults.
        self.assertEqual(types["sample/S-01", "aws_store"]["answer"], "native")
        self.assertEqual(types["sample/S-01", "azurerm_store"]["answer"], "native")
        self.assertEqual(types["sample/S-01", "google_store"]["answer"], "never")
        self.assertEqual(types["sample/S-01", "ocid:store"], {"type": "ocid:store", "answer": "with_settings", "attributes": ["secure"]})
        self.assertEqual(types["sample/S-01", "account:azure"]["attributes"], ["azurerm_trail.enabled"])
        self.assertEqual(types["sample/S-02", "google_store"]["attributes"], ["settings", "settings.kept"])
        self.assertEqual(cells["sample/S-01", "sakura"]["answer"], "not_offered")
        self.assertEqual([cells["sample/S-03", cloud]["answer"] for cloud in CLOUDS], ["registers", "unanswered", "unanswered", "unanswered", "unanswered"])
        self.assertEqual(cells["sample/S-01", "azure"]["answer"], "with_settings")
        # On the page: what to take from it first, then the answers, then what is behind them, folded for each rule.
        text = self.run_command("matrix", self.rules, "--compare", "--format", "html", "--lang", "ja")
        self.assertEqual(page(text).wrong, [])
        places = [text.index(one) for one in ("見積もるための一覧", "何も設定しなくても、文書化された初期設定か", '<a href="#types-sample-S-01">', '<details id="types-sample-S-01"><summary>S-01 暗号化する', "<code>aws_store</code>")]
        self.assertEqual(places, sorted(places))
        self.assertEqual(text.count("<details"), 3)

    def test_what_people_do_is_never_met_by_default(self):
        file = self.rules / "rules.yaml"
        text = file.read_text(encoding="utf-8")
        asked = ("matrix", self.rules, "--compare", "--format", "json")
        answer = lambda: {one["type"]: one["answer"] for cell in json.loads(self.run_command(*asked))["rows"][0]["clouds"] for one in cell["types"]}
        self.assertEqual(answer()["aws_store"], "native")
        file.write_text(text.replace("  - id: S-01\n", "  - id: S-01\n    never_by_default: true\n"), encoding="utf-8")
        self.assertEqual((answer()["aws_store"], answer()["google_store"]), ("with_settings", "never"))

    def test_no_shipped_rule_is_met_by_default_that_is_about_conduct_or_registers(self):
        text = "".join(file.read_text(encoding="utf-8") for folder in ("baseline", "accounts") for file in sorted((ROOT / "rulesets" / folder).glob("*.yaml")) if ".tests." not in file.name)
        conduct = {rule.split("\n")[0] for rule in re.split(r"(?m)^  - id: ", text)[1:] if "never_by_default: true" in rule}
        self.assertLessEqual({"ACC-13", "DAT-12", "LOG-11"}, conduct)
        shown = {row["rule"]: row["clouds"] for row in json.loads(self.run_command("matrix", "rulesets", "--format", "json"))["rows"]}
        compared = {row["rule"]: row["clouds"] for row in json.loads(self.run_command("matrix", "rulesets", "--compare", "--format", "json"))["rows"]}
        native = [(rule, cell["cloud"]) for rule, cells in compared.items() for cell in cells if cell["answer"] == "native"]
        self.assertIn(("baseline.data/DAT-03", "google"), native)
        for rule, cloud in native:
            self.assertNotIn(rule.split("/")[1], conduct)
            self.assertEqual(shown[rule][CLOUDS.index(cloud)]["registers"], [], rule)
        for rule, cells in compared.items():
            every = all(cell["answer"] == "needs_register" for cell in shown[rule])
            self.assertEqual({cell["answer"] == "registers_everywhere" for cell in cells}, {every}, rule)
        self.assertEqual({compared[rule][0]["answer"] for rule in ("accounts/ACC-12", "accounts/ACC-17", "accounts/ACC-20", "baseline.operations/OPS-08", "baseline.operations/OPS-09")}, {"registers_everywhere"})

    # --- the rule book ----------------------------------------------------------------------------
    def test_the_book_tells_all_that_is_agreed_on(self):
        book = self.run_command("book", self.rules, "--lang", "ja")
        self.assertEqual(book.splitlines()[2], "> " + OPENING)
        for text in ("## 目次", "S-01 暗号化する", "重大度**: 高", "対象**: 保管場所、アカウント", "目的**: 目的である", "求めること**: 暗号化していること", "是正**: 直し方",
                     "例外措置**: 適用単位の責任者の許可により 90 日まで", "例外措置**: 認めない", "- 基準(旧版。新しい版: std-2): 1 条項一\n  - ほかに、番号を出典と照合していない条項 1 件",
                     "パラメータ**: [`sample/longest`](#parameter-sample-longest): 7(小さくできる)",
                     "| <a id=\"parameter-sample-longest\"></a>`sample/longest` | 整数 | 7 | 小さくできる | この規則集の作成者の判断 | S-02 |",
                     "| [`S-01`](#sample-S-01) | 高 | 暗号化する \\| \\<b\\> | 適用単位の責任者の許可により 90 日まで |", "いずれも版 1.0.0。", "**OCI**: Oracle Cloud Infrastructure。",
                     "さくらのクラウド: 提供なし。保存の仕組みがない", "例外措置**: 満たさないことを、許可を得て", "構築前のみ: 構築前の資料でだけ検査できる。"):
            self.assertIn(text, book)
        self.assertNotIn("Encrypted", book)
        self.assertIn("基準(旧版。新しい版: std-2): 1 条項一、2 条項二(番号は未照合)", self.run_command("book", self.rules, "--lang", "ja", "--clauses", "all"))
        both = self.run_command("book", self.rules)
        self.assertIn("### S-01 暗号化する \\| \\<b\\> / S-01 Encrypted \\| \\<b\\>", both)

    def test_the_page_of_the_book_is_whole_and_loads_nothing(self):
        for language in ("ja", "en", "both"):
            text = self.run_command("book", self.rules, "--format", "html", "--lang", language)
            read = page(text)
            self.assertEqual(read.wrong, [])
            self.assertEqual({one for one in read.links if not one.startswith("#") or one[1:] not in read.ids}, set())
            # The one script that the page allows is the one that it has.
            script = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
            self.assertEqual(re.findall(r"script-src ([^\"]*)", text), ["'sha256-" + base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() + "'" for one in script])
            self.assertEqual(len(script), 1)
            self.assertNotRegex(text, r"https?://|url\(|<b>")
            self.assertEqual("Encrypted" in text, language != "ja")
            self.assertEqual("暗号化する" in text, language != "en")

    def test_the_book_shows_what_people_know(self):
        more = """  open:
    type: list(string)
    default: []
    tighten: entry
    title: {ja: 許可する接続元, en: Allowed sources}
  table:
    type: map(string, list(int))
    default: {a: [1, 2]}
    tighten: fixed
  on:
    type: bool
    default: true
    tighten: enable
rules:
  - id: S-10
    title: {ja: 最後, en: Last}
    severity: low
    category: storage
    why: {ja: 目的である, en: The reason}
    fix: {ja: "閉じる。AWS: a を消す、Azure: b = false、さくら: c、Kubernetes: d。", en: "Close it. AWS: delete a, Azure: b = false, Sakura: c, Kubernetes: d."}
    waiver: none
    kind: store
    asserts:
      - {id: one, assert: '!resource.kept || "x" in params.open || params.on || params.table["a"][0] > 0', message: {ja: 違反, en: Wrong}}
  - id: S-9
    title: {ja: 前, en: Before}
    severity: low
    category: storage
    why: {ja: 目的である, en: The reason}
    fix: {ja: "閉じる。AWS: a、Google と OCI: b。", en: "Close it. AWS: a, Google and OCI: b."}
    waiver: none
    kind: store
    asserts:
      - {id: one, assert: resource.kept, message: {ja: 違反, en: Wrong}}
"""
        rules = self.make("more", change=lambda text: text.replace("rules:\n", more, 1))
        japanese, english = (self.run_command("book", rules, "--lang", language) for language in ("ja", "en"))
        # In the order of the numbers, though the document has another; chapters with their rules in the contents.
        self.assertEqual(re.findall(r"(?m)^### (S-\d+)", japanese), ["S-01", "S-02", "S-9", "S-10", "S-03"])
        self.assertIn("- [見本](#chapter-storage)\n  - [S-01 ", japanese)
        self.assertIn("**是正**: 閉じる。\n  - AWS: a を消す\n  - Azure: b = false\n  - さくら: c\n  - Kubernetes: d\n", japanese)
        self.assertIn("**fix**: Close it.\n  - AWS: delete a\n  - Azure: b = false\n  - Sakura: c\n  - Kubernetes: d\n", english)
        # Two clouds under one name: the text stays as it is.
        self.assertIn("**是正**: 閉じる。AWS: a、Google と OCI: b。\n", japanese)
        self.assertIn("[許可する接続元](#parameter-sample-open) `sample/open`: なし(適用単位が承認を得て記入する)", japanese)
        self.assertIn("[Allowed sources](#parameter-sample-open) `sample/open`: none (a scope fills it, with approval)", english)
        for row in ("許可する接続元 `sample/open` | 文字列の一覧 | なし |", "`sample/table` | 名称ごとの整数の一覧 | a: 1、2 |", "`sample/on` | はい・いいえ | はい |"):
            self.assertIn(row, japanese)
        self.assertIn("`sample/table` | by name: list of: whole number | a: 1, 2 |", english)

    def test_the_book_says_what_to_have_ready(self):
        def change(text):
            text = text.replace("rules:\n", """  open:
    type: list(string)
    default: []
    tighten: entry
    title: {ja: 許可する接続元, en: Allowed sources}
  closed: {type: list(string), default: [], tighten: subset}
rules:
  - id: S-10
    title: {ja: 期日, en: Day}
    severity: info
    category: storage
    why: {ja: 目的である, en: The reason}
    fix: {ja: 直し方, en: The way}
    waiver: {approver: floor_owner, max_days: 30}
    kind: store
    when: scope.zone == "z" || scope.environment == "prod"
    assert: resource.owner in params.open || resource.owner in params.closed || now < timestamp("2027-01-01T00:00:00Z") + duration(string(params.longest) + "h")
    required: {ja: 求める, en: It is asked}
    message: {ja: 違反, en: Wrong}
""", 1)
            return text
        rules = self.make("ready", change=change)
        book = self.run_command("book", rules, "--lang", "ja")
        chapter = book.split('<a id="prepare"></a>')[1].split('<a id="overview"></a>')[0]
        for row in ("| 区分 `zone` | [S-10](#sample-S-10) |", "| 環境 `environment` | [S-10](#sample-S-10) |", "| [許可する接続元](#parameter-sample-open) `sample/open` | [S-10](#sample-S-10) |",
                    "| 人の台帳 `people` | 職員番号(必須)、氏名、", "| 認めない | [S-02](#sample-S-02)、[S-03](#sample-S-03) |", "| 共通基盤の責任者の許可により 30 日まで | [S-10](#sample-S-10) |",
                    "| [`S-10`](#sample-S-10) | 期日 | [longest](#parameter-sample-longest): 7 |"):
            self.assertIn(row, chapter)
        hand = book.split("### さくらのクラウドで、検査によらず人が確かめ、補うこと")[1]
        self.assertIn("| [`S-01`](#sample-S-01) | 暗号化する \\| \\<b\\> | 提供なし | 保存の仕組みがない |", hand)
        self.assertNotIn("### Azureで", book)
        self.assertRegex(chapter, r"\| 人の台帳 `people` \| [^|]* \| \[S-03\]\(#sample-S-03\) \|")
        # What nothing reads is not asked for.
        self.assertNotIn("`classification`", chapter)
        self.assertIn("**適用単位の記載**: [区分、環境による](#prepare-scope)", book)
        # A list that may only lose what it has, and has nothing.
        self.assertIn("`sample/closed`](#parameter-sample-closed): なし(適用単位では加えられない)", book)
        # Where no rule reads any of it, the chapter says so.
        self.assertIn("No rule reads the day.", self.run_command("book", self.rules, "--lang", "en"))

    def test_since_says_what_changed(self):
        newer = self.make("newer", version="1.1.0", severity="critical", change=lambda text: text.replace("default: 7", "default: 5").replace("S-03", "S-04")
                          .replace("ja: 直し方, en: The way", "ja: 新しい直し方, en: The way", 1))
        book = self.run_command("book", newer, "--since", self.rules, "--lang", "en")
        for row in ("| `sample` |  | version | 1.0.0 | 1.1.0 |", "| `sample/S-04` | Owner | added |  |  |", "| `sample/S-03` | Owner | removed |  |  |",
                    "severity | high | critical |", "| `sample: longest` |  | default | 7 | 5 |"):
            self.assertIn(row, book)
        self.assertIn("新しい直し方", self.run_command("book", newer, "--since", self.rules, "--lang", "ja").split("<a id=\"chapter")[0])
        self.assertIn("Nothing changed.", self.run_command("book", newer, "--since", newer, "--lang", "en"))

    # --- the shipped rule sets --------------------------------------------------------------------
    def test_nothing_promises_conformity_and_every_page_is_whole(self):
        pages = [("matrix",), ("matrix", "--compare"), ("matrix", "--clauses")]
        texts = [self.run_command(verb, "rulesets", *more, "--format", "html", "--lang", language) for verb, *more in pages for language in ("ja", "en")]
        texts += [self.run_command("book", "rulesets", "--format", "html", "--clauses", "all"), self.run_command("book", "rulesets")]
        for text in texts:
            self.assertNotRegex(text.replace(OPENING, ""), "適合|準拠|合格")
            if text.startswith("<!DOCTYPE"):
                self.assertEqual(page(text).wrong, [])

    def test_every_parameter_has_a_title_in_both_languages(self):
        english, japanese = (self.run_command("book", "rulesets", "--lang", language) for language in ("en", "ja"))
        for book, letters in ((japanese, "[ぁ-んァ-ヶ一-龠]"), (english, "[a-z]{3}")):
            rows = re.findall(r'(?m)^\| <a id="parameter-[^"]*"></a>(.*?) \| ', book)
            self.assertGreater(len(rows), 100)
            for row in rows:
                self.assertRegex(row, rf"^[^`]*{letters}[^`]* `[a-z.]+/[a-z0-9_]+`$")
        self.assertNotRegex(english.split('<a id="parameters"></a>')[1], "[ぁ-んァ-ヶ一-龠]")

    def test_every_rule_has_an_answer_or_none_for_each_cloud(self):
        made = json.loads(self.run_command("matrix", "rulesets", "--format", "json"))
        rules = sum(len(re.findall(r"(?m)^  - id: ", file.read_text(encoding="utf-8"))) for folder in ("baseline", "accounts")
                    for file in (ROOT / "rulesets" / folder).glob("*.yaml") if not file.name.endswith(".tests.yaml"))
        self.assertEqual(len(made["rows"]), rules)
        for row in made["rows"]:
            self.assertEqual([cell["cloud"] for cell in row["clouds"]], CLOUDS)
            self.assertTrue(any(cell["answer"] not in ("not_needed", "not_offered", "not_read", "unanswered") for cell in row["clouds"]), row["rule"])

    def test_rules_that_manifests_are_asked_are_named_beside_the_clouds(self):
        made = json.loads(self.run_command("matrix", "rulesets", "--format", "json"))
        asked = {row["rule"]: row["manifest_types"] for row in made["rows"] if row["manifest_types"]}
        self.assertEqual(asked["baseline.data/DAT-07"], ["networking.k8s.io/v1/Ingress"])
        self.assertIn("v1/Namespace", asked["baseline.compute/CMP-09"])
        self.assertNotIn("baseline.data/DAT-01", asked)
        shown = self.run_command("matrix", "rulesets", "--format", "markdown", "--lang", "en")
        said = re.search(r"Manifests of Kubernetes, whatever the cloud, are asked these rules as well: (.*)\.", shown)
        self.assertEqual(said[1].split(", "), [rule.split("/")[1] for rule in asked])
        for row in made["rows"]:                # no cloud counts them
            for cell in row["clouds"]:
                self.assertFalse([kind for kind in cell["plan_types"] + cell["inventory_types"] if re.search("(^|/)v1/", kind)])


if __name__ == "__main__":
    unittest.main()
