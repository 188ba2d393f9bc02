"""sekimori diff, and check with a baseline: what is new, what is known, and what cannot be told."""

import csv
import io
import json
import os
import pathlib
import unittest

import jsonschema

from support import CommandTest, EXAMPLE, ORGANISATION, PLAN, ROOT, change

BAD, GOOD = EXAMPLE / "aws/bad/plan.json", EXAMPLE / "aws/good/plan.json"
SCHEMAS = ROOT / "rulesets/schemas"
RULE = """sekimori: ruleset/v1
id: mine
version: %s
languages: [en]
title: {en: Mine}
rules:
  - id: %s%s
    title: {en: No bucket is called bad}
    severity: %s
    category: data
    why: {en: Because.}
    fix: {en: Rename it.}
    waiver: none
    type: aws_s3_bucket
    assert: resource.bucket != "bad"
    message: {en: "it is called bad"}
"""


def bucket(name, bucket_name="bad", **more):
    text = json.loads(change("aws_s3_bucket", name, json.dumps({"bucket": bucket_name})))
    text.update(more)
    return json.dumps(text)


class Diff(CommandTest):
    def report(self, name, *inputs, arguments=(), rules=("builtin:all",)):
        """A report in a file of its own."""
        run, made = self.check(*inputs, arguments=arguments, rules=rules)
        self.assertIsNotNone(made, run.stderr)
        return self.write(name, (self.path / "report.json").read_text(encoding="utf-8"))

    def diff(self, old, new, *arguments, validated=True):
        run = self.run_command("diff", old, new, "--format", "json", *arguments)
        if not run.stdout:
            return run, None
        made = json.loads(run.stdout)
        if validated:
            jsonschema.validate(made, json.loads((SCHEMAS / "diff-v1.schema.json").read_text(encoding="utf-8")))
        self.assertEqual({name: sum(one["class"] == name for one in made["findings"]) for name in made["counts"]}, made["counts"])
        self.assertNotEqual((run.returncode, bool(made["not_compared"])), (0, True))
        return run, made

    def plan(self, *changes, name="plan.json"):
        return self.write(name, PLAN % ",".join(changes))

    def rules(self, name="rules.yaml", version="1.0.0", id="R-1", replaces="", severity="high"):
        return self.write(name, RULE % (version, id, f"\n    replaces: [{replaces}]" if replaces else "", severity))

    def given(self, file):
        """The plan under one name, as a pipeline has it."""
        return self.write("plan.json", pathlib.Path(file).read_text(encoding="utf-8"))

    # --- diff ------------------------------------------------------------------------------------
    def test_from_bad_to_good_and_back(self):
        bad, good = self.report("bad-report.json", self.given(BAD)), self.report("good-report.json", self.given(GOOD))
        there, forth = self.diff(bad, good)
        back, reverse = self.diff(good, bad)
        self.assertEqual(back.returncode, 1)   # new violations
        counts, mirrored = forth["counts"], reverse["counts"]
        self.assertGreater(counts["fixed"], 50)
        self.assertEqual(counts["new"], mirrored["fixed"] + mirrored["not_asked"] + mirrored["not_seen"])
        self.assertEqual(mirrored["new"], counts["fixed"] + counts["not_asked"] + counts["not_seen"])
        self.assertEqual((counts["unchanged"], counts["changed"]), (mirrored["unchanged"], mirrored["changed"]))
        # By hand, from the reports.
        old, new = ({f["id"]: f for f in json.loads(file.read_text(encoding="utf-8"))["findings"]} for file in (bad, good))
        self.assertEqual({f["after"]["id"] for f in forth["findings"] if f["class"] == "new"}, new.keys() - old.keys())
        same = {i for i in old.keys() & new.keys() if old[i]["verdict"] == new[i]["verdict"]}
        self.assertEqual({f["after"]["id"] for f in forth["findings"] if f["class"] == "unchanged"}, same)
        types = {r["type"] for r in json.loads(GOOD.read_text(encoding="utf-8"))["resource_changes"]}
        for one in forth["findings"]:
            if one["class"] == "not_seen":
                self.assertNotIn(one["type"], types, one)
            if one["class"] == "fixed" and not one["type"].startswith("account:"):
                self.assertIn(one["type"], types, one)

    def test_a_report_against_itself(self):
        bad = self.report("bad-report.json", self.given(BAD))
        run, made = self.diff(bad, bad)
        self.assertEqual(run.returncode, 0)
        self.assertEqual({name: n for name, n in made["counts"].items() if n}, {"unchanged": len(made["findings"])})

    def test_every_form_says_the_same(self):
        bad, good = self.report("bad-report.json", self.given(BAD)), self.report("good-report.json", self.given(GOOD))
        _, made = self.diff(bad, good)
        rows = list(csv.reader(io.StringIO(self.run_command("diff", bad, good, "--format", "csv", "--lang", "en").stdout)))
        self.assertEqual(len(rows) - 1, len(made["findings"]))
        self.assertEqual([row[0] for row in rows[1:]], [one["class"].replace("_", " ") for one in made["findings"]])
        for language, words in (("ja", ("新規", "解消", "確認できず", "証明するものではありません")), ("en", ("new (", "fixed (", "not seen (", "no proof of conformity"))):
            for form in ("text", "markdown", "html"):
                text = self.run_command("diff", bad, good, "--format", form, "--lang", language).stdout
                for word in words:
                    self.assertIn(word, text, form)
                self.assertNotIn("準拠", text)
        out = self.path / "diff.html"
        run = self.run_command("diff", bad, good, "--format", "html", "--output", out)
        self.assertEqual(run.stdout, "")
        self.assertIn("解消したかどうか分かりません", run.stderr)
        self.assertTrue(out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>"))

    def test_exit_codes(self):
        rules = self.rules()
        one = self.report("one.json", self.plan(bucket("a"), bucket("ok", "good")), rules=(rules,))
        two = self.report("two.json", self.plan(bucket("a"), bucket("b")), rules=(rules,))
        self.assertEqual(self.diff(one, two)[0].returncode, 1)
        self.assertEqual(self.diff(one, two, "--fail-on", "critical")[0].returncode, 0)
        self.assertEqual(self.diff(one, two, "--fail-on", "never")[0].returncode, 0)
        self.assertEqual(self.diff(one, two, "--fail-on", "new:high")[0].returncode, 1)
        self.assertEqual(self.diff(two, one)[0].returncode, 0)
        self.assertEqual(self.diff(two, one)[1]["counts"]["fixed"], 1)
        # Nothing looks clean that was not looked at: the later report read nothing.
        nothing = self.report("nothing.json", self.write("plan.json", "{}"), rules=(rules,))
        run, made = self.diff(one, nothing)
        self.assertEqual(run.returncode, 3)
        self.assertEqual(made["counts"]["not_seen"], 1)
        clean = self.report("clean.json", self.plan(bucket("ok", "good")), rules=(rules,))
        run, made = self.diff(clean, nothing)
        self.assertEqual((run.returncode, made["findings"]), (3, []))
        for wrong in (["--fail-on", "much"], ["--fail-on", ""], ["--same-input", "a"], ["--same-input", "a=b", "--same-input", "a=c"], ["--format", "xml"]):
            self.assertEqual(self.run_command("diff", one, two, *wrong).returncode, 2, wrong)
        self.assertEqual(self.run_command("diff", one).returncode, 2)
        self.assertEqual(self.run_command("diff", "-", "-").returncode, 2)
        self.assertEqual(self.run_command("diff", one, "-", text=two.read_text(encoding="utf-8")).returncode, 1)

    def test_what_is_no_report_is_refused(self):
        good = self.report("good.json", self.plan(bucket("a")), rules=(self.rules(),))
        text = good.read_text(encoding="utf-8")
        whole = json.loads(text)
        twice = {**whole, "findings": whole["findings"] * 2, "summary": {**whole["summary"], "listed": 2}}
        cases = {"": "SKM300", "{}": "SKM301", "[]": "SKM301", text[: len(text) // 2]: "SKM300", text.replace("report/v1", "report/v9"): "SKM302",
                 text.replace('"verdict": "fail"', '"verdict": "fine"'): "SKM303", json.dumps(twice): "SKM210", text.replace('"outcome"', '"policy"', 1): "SKM304",
                 text.replace('"findings": [', '"findings": {"a": [').replace('],\n  "diagnostics"', ']},\n  "diagnostics"'): "SKM303", "[" * 200_000: "SKM400"}
        for case, code in cases.items():
            with self.subTest(code=code, text=case[:40]):
                broken = self.write("broken.json", case)
                for order in ((broken, good), (good, broken)):
                    run = self.run_command("diff", *order)
                    self.assertEqual(run.returncode, 3)
                    self.assertIn(code, run.stderr)
                    self.assertEqual(run.stdout, "")
                run, _ = self.check(self.path / "plan.json", arguments=("--baseline", broken), rules=(self.path / "rules.yaml",))
                self.assertEqual(run.returncode, 3)
                self.assertIn(code, run.stderr)
        self.assertEqual(self.run_command("diff", good, self.path / "no-such.json").returncode, 3)

    def test_a_removed_and_a_renamed_rule(self):
        plan = self.plan(bucket("a"))
        old = self.report("old.json", plan, rules=(self.rules(),))
        gone = self.report("gone.json", plan, rules=(self.rules("other.yaml", id="R-9"),))
        run, made = self.diff(old, gone)
        self.assertEqual([(one["class"], one["because"]) for one in made["findings"]], [("new", "rule_not_asked"), ("not_asked", "rule_not_asked")])
        renamed = self.report("renamed.json", plan, rules=(self.rules("other.yaml", "1.1.0", "R-2", "R-1", "critical"),))
        run, made = self.diff(old, renamed)
        self.assertEqual([one["class"] for one in made["findings"]], ["changed"])
        self.assertEqual([made["findings"][0][side]["severity"] for side in ("before", "after")], ["high", "critical"])
        self.assertEqual(run.returncode, 1)   # worse than it was
        self.assertIn("1.0.0", json.dumps(made["cautions"]))

    def test_a_moved_resource(self):
        rules = self.rules()
        old = self.report("old.json", self.plan(bucket("a")), rules=(rules,))
        new = self.report("new.json", self.plan(bucket("b", previous_address="aws_s3_bucket.a")), rules=(rules,))
        _, made = self.diff(old, new)
        self.assertEqual([one["class"] for one in made["findings"]], ["unchanged"])
        self.assertIn("formerly at", self.run_command("diff", old, new, "--format", "markdown", "--lang", "en").stdout)

    def test_an_input_under_another_name(self):
        rules = self.rules()
        april, may = self.plan(bucket("a"), bucket("b"), name="april.json"), self.plan(bucket("a"), bucket("b", "good"), name="may.json")
        old, new = self.report("old.json", april, rules=(rules,)), self.report("new.json", may, rules=(rules,))
        run, made = self.diff(old, new, "--fail-on", "never")
        self.assertEqual(run.returncode, 3)
        self.assertEqual({one["class"]: one["because"] for one in made["findings"]}, {"new": "input_missing", "not_seen": "input_missing"})
        self.assertIn("--same-input", json.dumps(made["cautions"]))
        run, made = self.diff(old, new, "--same-input", f"{april}={may}")
        self.assertEqual(run.returncode, 0)
        self.assertEqual((made["counts"]["unchanged"], made["counts"]["fixed"]), (1, 1))

    def test_only_changed_resources_and_a_node_of_the_organisation(self):
        rules = self.rules()
        plan = self.plan(bucket("a", change={"actions": ["no-op"], "before": {"bucket": "bad"}, "after": {"bucket": "bad"}, "after_unknown": {}}), bucket("b"))
        old = self.report("old.json", plan, rules=(rules,))
        new = self.report("new.json", plan, arguments=("--only-changed",), rules=(rules,))
        self.assertTrue(json.loads(new.read_text(encoding="utf-8"))["only_changed"])
        run, made = self.diff(old, new)
        self.assertEqual(run.returncode, 3)
        self.assertEqual([one.get("because") for one in made["findings"]], [None, "only_changed"])
        node = "fukushi"
        whole = self.report("whole.json", self.given(BAD), arguments=("--org", ORGANISATION))
        part = self.report("part.json", self.given(BAD), arguments=("--org", ORGANISATION, "--report-for", node))
        _, made = self.diff(whole, part)
        self.assertEqual(made["counts"]["fixed"], 0)
        self.assertGreater(made["counts"]["unchanged"] + made["counts"]["not_seen"], 0)

    def test_a_list_that_was_cut(self):
        plan = self.plan(*(bucket(f"b{i}") for i in range(10)))
        rules = self.rules()
        whole, cut = self.report("whole.json", plan, rules=(rules,)), self.report("cut.json", plan, arguments=("--limit-findings", "4"), rules=(rules,))
        run, made = self.diff(whole, cut)
        self.assertEqual(run.returncode, 3)
        self.assertEqual((made["counts"]["unchanged"], made["counts"]["not_seen"], made["counts"]["fixed"]), (4, 6, 0))
        self.assertEqual({one["because"] for one in made["findings"] if one["class"] == "not_seen"}, {"not_listed"})
        run, made = self.diff(cut, whole)
        self.assertEqual((run.returncode, made["counts"]["new"]), (1, 6))

    def test_a_hundred_thousand_findings_take_no_square_of_time(self):
        # run_command gives up after a minute.
        plan = self.plan(bucket("a"), bucket("b"))
        made = json.loads(self.report("old.json", plan, rules=(self.rules(),)).read_text(encoding="utf-8"))
        first = made["findings"][0]

        def many(name, of):
            findings = [of(i) for i in range(100_000)]
            made["findings"], made["summary"]["listed"] = findings, len(findings)
            made["summary"]["by_rule"]["mine/R-1"]["fail"] = len(findings)
            return self.write(name, json.dumps(made))

        def one(i, identity, aliases):
            return {**first, "id": f"id{i}", "resource": {**first["resource"], "identity": identity, "aliases": aliases}}

        _, told = self.diff(many("a.json", lambda i: one(i, f"plan.json|a{i}", [])), many("b.json", lambda i: one(i + 50_000, f"plan.json|a{i + 50_000}", [])), "--fail-on", "never", validated=False)
        self.assertEqual([told["counts"][name] for name in ("new", "unchanged", "fixed")], [50_000] * 3)
        # Hostile: all of one identity, all with one alias.
        same = many("same.json", lambda i: one(i, "plan.json|a", ["plan.json|b"] * 3))
        other = many("other.json", lambda i: one(-i - 1, "plan.json|b", ["plan.json|a"] * 3))
        run, told = self.diff(same, other, "--fail-on", "never", validated=False)
        self.assertEqual(run.returncode, 0)
        self.assertEqual(told["counts"]["new"], 0)

    def test_types_that_were_read_are_told_for_every_kind_of_input(self):
        inputs = [BAD, EXAMPLE / "azure/bad/plan.json", EXAMPLE / "google/bad/plan.json", ROOT / "rulesets/examples/registers"]
        run, made = self.check(*inputs, arguments=("--org", ORGANISATION))
        types = {}
        for one in made["inputs"]:
            self.assertEqual(sum(one["mapped_types"].values()), one["mapped"], one["file"])
            types[one["file"]] = one["mapped_types"]
        for one in made["findings"]:
            if one["input"] in types:
                self.assertIn(one["resource"]["type"], types[one["input"]], one["id"])

    # --- baselines -------------------------------------------------------------------------------
    def with_baseline(self, baseline, *inputs, arguments=(), rules=("builtin:all",)):
        run, made = self.check(*inputs, arguments=("--baseline", baseline, *arguments), rules=rules)
        if made:
            jsonschema.validate(made, json.loads((SCHEMAS / "report-v1.schema.json").read_text(encoding="utf-8")))
        return run, made

    def test_ci_fails_on_what_is_new_only(self):
        rules = self.rules()
        known = self.report("baseline.json", self.plan(bucket("a")), rules=(rules,))
        new = ("--fail-on", "new")
        run, made = self.with_baseline(known, self.path / "plan.json", arguments=new, rules=(rules,))
        self.assertEqual(run.returncode, 0, made["outcome"])
        self.assertEqual([(f["baseline"], f["known"]) for f in made["findings"]], [("unchanged", True)])
        self.assertEqual((made["baseline"]["known_violations"], made["baseline"]["unchanged"]), (1, 1))
        self.assertIn("2026年11月24日", json.dumps(made["cautions"], ensure_ascii=False))
        self.assertIn("1 件", run.stderr)   # never silently clean
        plan = self.plan(bucket("a"), bucket("b"))
        run, made = self.with_baseline(known, plan, arguments=new, rules=(rules,))
        self.assertEqual(run.returncode, 1)
        self.assertEqual([f["baseline"] for f in made["findings"]], ["unchanged", "new"])
        self.assertIn("1", made["outcome"]["texts"][0]["en"])
        for limit, code in (("new:critical", 0), ("new:high", 1), ("new:low", 1), ("high", 1)):
            self.assertEqual(self.with_baseline(known, plan, arguments=("--fail-on", limit), rules=(rules,))[0].returncode, code, limit)
        # Without `new` the baseline changes nothing but what is told.
        self.assertEqual(self.with_baseline(known, self.plan(bucket("a")), rules=(rules,))[0].returncode, 1)
        for wrong in (("--fail-on", "new"), ("--fail-on-undetermined", "new"), ("--baseline", ""), ("--same-input", "a=b"), ("--baseline", known, "--fail-on", "new:"), ("--baseline", known, "--fail-on", "new:much")):
            self.assertEqual(self.check(plan, arguments=wrong, rules=(rules,))[0].returncode, 2, wrong)

    def test_names_cannot_write_control_codes_to_a_terminal(self):
        plan, rules = self.plan(bucket("a")), self.rules()
        known = self.report("b\x1b[31m.json", plan, rules=(rules,))
        for form in ("text", "json", "sarif", "html"):
            run = self.run_command("check", plan, "--rules", rules, "--now", "2026-11-24", "--baseline", known, "--fail-on", "new", "--format", form, "--output", self.path / "out")
            self.assertEqual(run.returncode, 0)
            self.assertNotIn("\x1b", run.stdout + run.stderr + (self.path / "out").read_text(encoding="utf-8"))
        for form in ("text", "json", "csv", "html", "markdown"):
            run = self.run_command("diff", known, known, "--format", form)
            self.assertNotIn("\x1b", run.stdout + run.stderr)

    def test_the_legacy_example(self):
        plan = self.given(BAD)
        known = self.report("baseline.json", plan)
        run, made = self.with_baseline(known, plan, arguments=("--fail-on", "new"))
        # Undetermined verdicts stay what they are until somebody asks otherwise.
        self.assertEqual((run.returncode, made["outcome"]["causes"]), (3, ["undetermined"]))
        run, made = self.with_baseline(known, plan, arguments=("--fail-on", "new", "--fail-on-undetermined", "new"))
        self.assertEqual((run.returncode, made["outcome"]["causes"]), (0, []))
        self.assertGreater(made["baseline"]["known_violations"], 20)
        self.assertGreater(made["baseline"]["known_undetermined"], 0)
        run, made = self.with_baseline(self.report("good.json", self.given(GOOD)), self.given(BAD), arguments=("--fail-on", "new"))
        self.assertEqual(run.returncode, 1)
        self.assertGreater(made["baseline"]["not_seen"] + made["baseline"]["fixed"], 0)

    def test_every_format_says_what_is_known(self):
        plan = self.given(BAD)
        known = self.report("baseline.json", self.given(GOOD))
        plan = self.given(BAD)
        arguments = ("check", plan, "--rules", "builtin:all", "--now", "2027-04-01", "--baseline", known, "--fail-on", "new")
        for form in ("text", "html"):
            text = self.run_command(*arguments, "--format", form).stdout
            for word in ("比較元の報告", "新規", "継続", "変化あり", "2026年11月24日"):
                self.assertIn(word, text, form)
        sarif = json.loads(self.run_command(*arguments, "--format", "sarif").stdout)
        results = sarif["runs"][0]["results"]
        self.assertEqual({one["baselineState"] for one in results}, {"new", "unchanged", "updated"})
        whole = json.loads(self.run_command(*arguments, "--format", "json").stdout)
        words = {"new": "new", "unchanged": "unchanged", "changed": "updated"}
        self.assertEqual([one["baselineState"] for one in results], [words[f["baseline"]] for f in whole["findings"]])
        for finding in whole["findings"]:
            self.assertEqual("before" in finding, finding["baseline"] == "changed")
        schemas = pathlib.Path(os.environ.get("SEKIMORI_SCHEMAS", ROOT / "../shared/schemas")) / "sarif-2.1.0.json"
        if schemas.exists():
            schema = json.loads(schemas.read_text(encoding="utf-8"))
            self.assertEqual([e.message for e in jsonschema.validators.validator_for(schema)(schema).iter_errors(sarif)], [])
        # The same bytes, streamed or not, whatever the number of threads.
        lines = [self.run_command(*arguments, "--format", "ndjson", *more).stdout for more in ((), ("--threads", "3"))]
        self.assertEqual(*lines)
        first, *findings, last = map(json.loads, lines[0].splitlines())
        self.assertEqual({**first, **last, "findings": findings}, whole)

    def test_a_baseline_made_otherwise_is_a_caution(self):
        plan = self.plan(bucket("a"))
        known = self.report("baseline.json", plan, rules=(self.rules(),))
        changed = self.rules(version="1.2.0")
        run, made = self.with_baseline(known, plan, arguments=("--fail-on", "new"), rules=(changed,))
        self.assertEqual(run.returncode, 0)
        self.assertIn("version 1.0.0, now 1.2.0", json.dumps(made["cautions"]))
        run, made = self.with_baseline(known, plan, arguments=("--org", ORGANISATION, "--fail-on", "new"), rules=(changed, "builtin:all"))
        self.assertIn("organisation document is not that", json.dumps(made["cautions"]))
        other = self.write("engine.json", known.read_text(encoding="utf-8").replace('"engine_version": "', '"engine_version": "9.'))
        _, made = self.with_baseline(other, plan, rules=(changed,))
        self.assertIn("engine is another version", json.dumps(made["cautions"]))

    def test_a_severity_that_rose_is_not_known(self):
        plan = self.plan(bucket("a"))
        known = self.report("baseline.json", plan, rules=(self.rules(severity="medium"),))
        run, made = self.with_baseline(known, plan, arguments=("--fail-on", "new"), rules=(self.rules(severity="high"),))
        self.assertEqual(run.returncode, 1)
        self.assertEqual([(f["baseline"], f["known"], f["before"]["severity"]) for f in made["findings"]], [("changed", False, "medium")])

    def test_lists_that_were_cut_are_never_taken_for_known(self):
        plan, rules = self.plan(*(bucket(f"b{i}") for i in range(10))), self.rules()
        whole, cut = self.report("whole.json", plan, rules=(rules,)), self.report("cut.json", plan, arguments=("--limit-findings", "4"), rules=(rules,))
        run, made = self.with_baseline(whole, plan, arguments=("--fail-on", "new", "--limit-findings", "4"), rules=(rules,))
        self.assertEqual((run.returncode, made["outcome"]["causes"]), (3, ["not_compared"]))
        run, made = self.with_baseline(cut, plan, arguments=("--fail-on", "new"), rules=(rules,))
        self.assertEqual((run.returncode, made["baseline"]["new"]), (1, 6))
        self.assertIn("limit of listed findings", json.dumps(made["cautions"]))

    def test_the_baseline_may_be_written_over(self):
        plan, rules = self.plan(bucket("a")), self.rules()
        known = self.report("baseline.json", plan, rules=(rules,))
        for _ in range(2):
            run = self.run_command("check", self.plan(bucket("a"), bucket("b")), "--rules", rules, "--now", "2026-11-25", "--baseline", known, "--fail-on", "new", "--format", "json", "--output", known)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(json.loads(known.read_text(encoding="utf-8"))["baseline"]["unchanged"], 2)


if __name__ == "__main__":
    unittest.main()
