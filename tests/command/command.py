"""The command as its users call it: exit codes, messages, formats, scopes, waivers, and what must never happen."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

from support import COMMAND, CommandTest, EXAMPLE, EXTERNAL, ORGANISATION, PLAN, ROOT, change


class Command(CommandTest):
    # --- nothing looks clean that was not looked at ----------------------------------------------
    def test_nothing_examined_is_exit_3_and_says_why(self):
        for text in ("{}", "", "[]", "null", "not json", '{"format_version":"9.0","resource_changes":[]}', '{"version":4,"resources":[]}',
                     PLAN % "", PLAN % change("other_thing", "a", "{}")):
            with self.subTest(text=text[:40]):
                run, report = self.check(self.write("plan.json", text))
                self.assertEqual(run.returncode, 3)
                self.assertTrue(report["outcome"]["texts"])
                self.assertIn("plan.json", run.stderr)

    def test_a_path_that_does_not_exist(self):
        run, report = self.check("no/such/plan.json")
        self.assertEqual(run.returncode, 3)
        self.assertEqual(report["inputs"][0]["status"], "unreadable")

    def test_an_empty_folder_is_not_clean(self):
        (self.path / "empty").mkdir()
        run, report = self.check(self.path / "empty")
        self.assertEqual(run.returncode, 3)

    def test_a_folder_with_links_that_lead_nowhere(self):
        folder = self.path / "plans"
        folder.mkdir()
        (folder / "plan.json").write_text((EXAMPLE / "aws/good/plan.json").read_text(encoding="utf-8"), encoding="utf-8")
        (folder / "gone.json").symlink_to("nowhere.json")
        (folder / "self.json").symlink_to("self.json")
        os.mkfifo(folder / "pipe.json")
        (folder / "up").symlink_to("..")
        run, report = self.check(folder)
        self.assertNotEqual(run.returncode, 0)
        self.assertIn("input_unreadable", report["outcome"]["causes"])
        self.assertEqual(sorted(pathlib.Path(i["file"]).name for i in report["inputs"] if i["status"] == "unreadable"), ["gone.json", "pipe.json", "self.json"])
        self.assertIn("1 linked folders", json.dumps(report["inputs"], ensure_ascii=False))
        rules = self.path / "rules"
        rules.mkdir()
        (rules / "gone.yaml").symlink_to("nowhere.yaml")
        os.mkfifo(rules / "pipe.yaml")
        lint = self.run_command("lint", rules)
        self.assertEqual(lint.returncode, 2)
        self.assertIn("gone.yaml", lint.stderr)
        self.assertIn("pipe.yaml", lint.stderr)

    # --- hostile and broken material -------------------------------------------------------------
    def test_hostile_inputs_are_unreadable_and_never_a_crash(self):
        deep = change("aws_s3_bucket", "a", '{"tags":' + '{"a":' * 900 + "1" + "}" * 900 + "}")
        cases = {"open lists": "[" * 1_000_000, "closed lists": "[" * 5000 + "]" * 5000, "a byte after the end": PLAN % change("aws_s3_bucket", "a", "{}") + "\0",
                 "half a surrogate": PLAN % change("aws_s3_bucket", "\\ud800", "{}"), "a large number": PLAN % change("aws_s3_bucket", "a", '{"x":1e999}'),
                 "not resources": PLAN % "1,null,[],{}", "no list": '{"format_version":"1.2","resource_changes":{}}'}
        for name, text in cases.items():
            with self.subTest(name):
                run, report = self.check(self.write("plan.json", text))
                self.assertEqual(run.returncode, 3)
                self.assertEqual(report["inputs"][0]["status"], "unreadable")
        run, report = self.check(self.write("plan.json", PLAN % deep))
        self.assertIn(run.returncode, (1, 3))
        self.assertTrue(report["findings"])

    def test_hundreds_of_thousands_of_tags_are_read_in_time(self):
        # run_command gives up after a minute; a search for each key among all of them would take longer.
        tags = json.dumps({f"k{i:06}": "v" for i in range(300_000)})
        run, report = self.check(self.write("plan.json", PLAN % change("aws_s3_bucket", "a", '{"tags":%s}' % tags)))
        self.assertIn(run.returncode, (1, 3))
        self.assertEqual(report["inputs"][0]["status"], "read")
        # Everybody is shown the beginning of a long value; verdicts rest on all of it.
        shown = [clause.get("actual", "") for f in report["findings"] for clause in f["why"]]
        self.assertTrue(any("k000000" in text for text in shown))
        self.assertLess(max(map(len, shown)), 4100)
        for form in ("text", "html"):
            shown = self.run_command("check", self.path / "plan.json", "--rules", "builtin:all", "--format", form).stdout
            self.assertIn("k000000", shown)
            self.assertLess(len(shown), 200_000, form)

    def test_lines_are_written_as_findings_are_made(self):
        changes = ",".join(change("aws_s3_bucket", f"a{i}", '{"bucket":"b"}') for i in range(300))
        file = self.write("plan.json", PLAN % changes)
        arguments = ("check", file, "--rules", "builtin:all", "--now", "2026-11-24", "--limit-findings", "all")
        whole = json.loads(self.run_command(*arguments, "--format", "json").stdout)
        self.assertGreater(len(whole["findings"]), 300)
        outputs = [self.run_command(*arguments, "--format", "ndjson", *more).stdout for more in ((), ("--threads", "3"))]
        self.assertEqual(*outputs)
        first, *findings, last = map(json.loads, outputs[0].splitlines())
        self.assertEqual({**first, **last, "findings": findings}, whole)
        self.run_command(*arguments, "--format", "json", "--output", self.path / "r.json", "--format", "ndjson", "--output", self.path / "r.ndjson")
        self.assertEqual((self.path / "r.ndjson").read_text(encoding="utf-8"), outputs[0])
        # One report is written while findings are made, several are made of them: the same bytes. A file is opened when there is something
        # to write, so that a plan may be written over with its report.
        whole = (self.path / "r.json").read_text(encoding="utf-8")
        for more in ((), ("--threads", "3")):
            self.assertEqual(self.run_command(*arguments, "--format", "json", *more).stdout, whole)
        self.run_command(*arguments, "--format", "json", "--output", file)
        self.assertEqual(pathlib.Path(file).read_text(encoding="utf-8"), whole)

    def test_names_cannot_write_control_codes_to_a_terminal(self):
        file = self.path / "a\x1b[31m.json"
        file.write_text(PLAN % change("aws_s3_bucket", "a", '{"bucket":"x\\u0000\\u001b[31my"}'), encoding="utf-8")
        for form in ("text", "json", "ndjson", "sarif", "html"):
            run = self.run_command("check", file, "--rules", "builtin:all", "--now", "2026-11-24", "--format", form)
            self.assertIn(run.returncode, (1, 3))
            self.assertNotIn("\x1b", run.stdout + run.stderr)
            self.assertNotIn("\0", run.stdout + run.stderr)

    def test_a_file_name_that_is_not_utf8(self):
        file = os.fsencode(self.path) + b"/\xff\xfe.json"
        with open(file, "w", encoding="utf-8") as to:
            to.write(PLAN % change("aws_s3_bucket", "a", '{"bucket":"a"}'))
        for form in ("text", "json", "ndjson", "sarif", "html"):
            run = subprocess.run([COMMAND, "check", file, "--rules", "builtin:all", "--format", form], capture_output=True, cwd=ROOT, timeout=60)
            self.assertIn(run.returncode, (1, 3))
            self.assertTrue(run.stdout.decode("utf-8"))  # strict: raises on anything that is not UTF-8

    RULES = """sekimori: ruleset/v1
engine: ">=0.1"
cel: {environment: 2026-11, packs: [cloud]}
id: a
version: 1.0.0
languages: [ja, en]
title: {ja: 例, en: Example}
rules:
"""
    RULE = """  - id: A-%02d
    title: {ja: 例, en: Example}
    severity: high
    category: data
    clauses: []
    why: {ja: 例, en: Example}
    fix: {ja: 例, en: Example}
    waiver: none
    type: aws_s3_bucket
    asserts:
      - id: x
        assert: '%s'
        message: {ja: 'm%s', en: 'm%s'}
"""

    def rule(self, condition, message="", count=1):
        return self.write("rules.yaml", self.RULES + "".join(self.RULE % (i + 1, condition, message, message) for i in range(count)))

    def test_a_condition_without_end_is_an_error_verdict(self):
        plan = self.write("plan.json", PLAN % change("aws_s3_bucket", "a", json.dumps({"l": list(range(20_000)), "s": "x" * 1_000_000})))
        # Each bind is four times the one before.
        growing = "f.size() > 0"
        for name, before in ("fe", "ed", "dc", "cb", "ba"):
            growing = f"cel.bind({name}, {before} + {before} + {before} + {before}, {growing})"
        for condition in ("resource.l.all(a, resource.l.all(b, resource.l.all(c, a + b + c >= 0)))", "lists.range(2000000000).size() > 0",
                          "resource.l.map(a, resource.s + resource.s).size() > 0", "lists.range(1000).map(a, lists.range(1000).map(b, lists.range(1000))).size() > 0",
                          "resource.l.all(a, resource.l.exists(b, b == a))", f"cel.bind(a, resource.s, {growing})"):
            with self.subTest(condition):
                run, report = self.check(plan, rules=(self.rule(condition),))
                self.assertEqual(run.returncode, 3)
                self.assertEqual([f["verdict"] for f in report["findings"]], ["error"])
                self.assertIn("limit", report["outcome"]["causes"])

    def test_thousands_of_mistakes_are_all_told(self):
        run = self.run_command("lint", self.rule("nope(resource.bucket)", count=2000))
        self.assertEqual(run.returncode, 2)
        self.assertEqual(run.stderr.count("error[SKM201]"), 2000)

    def test_conditions_that_are_too_large_or_too_deep(self):
        for condition in ("(" * 50_000, "!" * 90_000 + "true", "a" + ".a" * 40_000, "{1:" * 20_000, "1 == 1 && " * 30_000 + "true", "true ? true : " * 6_000 + "true"):
            with self.subTest(condition[:20]):
                run = self.run_command("lint", self.rule(condition))
                self.assertEqual(run.returncode, 2)
                self.assertIn("error[SKM206]", run.stderr)

    def test_a_message_of_too_many_placeholders(self):
        self.assertEqual(self.run_command("lint", self.rule("true", "{resource.bucket}" * 50)).returncode, 0)
        run = self.run_command("lint", self.rule("true", "{resource.bucket}" * 51))
        self.assertEqual(run.returncode, 2)
        self.assertIn("placeholders", run.stderr)

    def test_now_is_a_time_or_a_mistake(self):
        plan = EXAMPLE / "aws/good/plan.json"
        for now in ("2026-1-1", " 027-04-01", "+027-04-01", "2026-02-30", "2026-01-01T00:00:00", "2026-01-01T 1: 2: 3Z", "2026-01-01T24:00:00Z",
                    "2026-01-01T00:00:00+99:99", "2026-01-01T00:00:00+ 9:+0", "2026-01-01T00:00:00Zx", "0001-01-01", "9999-12-31T23:59:59-01:00", "10000-01-01", "tomorrow"):
            with self.subTest(now):
                run = self.run_command("check", plan, "--rules", "builtin:all", "--now", now)
                self.assertEqual(run.returncode, 2)
                self.assertIn("--now", run.stderr)
        for now, shown in (("2026-04-01", "2026-04-01T00:00:00+09:00"), ("2026-04-01T00:00:00Z", "2026-04-01T09:00:00+09:00"), ("2026-04-01T00:00:00-01:30", "2026-04-01T10:30:00+09:00")):
            _, report = self.check(plan, arguments=("--now", now))
            self.assertEqual(report["now"], shown)

    def test_an_empty_value_is_not_the_absence_of_an_option(self):
        for option in ("--org", "--scope", "--report-for", "--now"):
            run = self.run_command("check", EXAMPLE / "aws/good/plan.json", "--rules", "builtin:all", option, "")
            self.assertEqual(run.returncode, 2, option)
            self.assertIn(option, run.stderr)

    def test_a_count_below_zero_is_a_mistake(self):
        run = self.run_command("check", EXAMPLE / "aws/good/plan.json", "--rules", "builtin:all", "--limit-findings", "-1")
        self.assertEqual(run.returncode, 2)
        self.assertIn("--limit-findings", run.stderr)

    def test_scopes_that_succeed_each_other(self):
        scope = "      - id: {0}\n        type: bureau\n        title: {{ja: 局, en: Bureau}}\n        owner: x\n        succeeds: [{1}]\n"
        head = 'sekimori: organisation/v1\nengine: ">=0.1"\nid: o\ntitle: {ja: 県, en: P}\nscopes:\n  - id: r\n    type: platform\n    title: {ja: 県, en: P}\n    owner: x\n    children:\n'
        good = self.write("org.yaml", head + scope.format("a", "b") + scope.format("b", "c") + scope.format("c", "once"))
        self.assertEqual(self.run_command("lint", good).returncode, 0)
        bad = self.write("org.yaml", head + scope.format("z", "a") + scope.format("a", "b") + scope.format("b", "c") + scope.format("c", "a"))
        run = self.run_command("lint", bad)
        self.assertEqual(run.returncode, 2)
        self.assertIn("succeeds itself by way of other scopes", run.stderr)

    def test_standard_input(self):
        run, report = self.check("-", text=(EXAMPLE / "aws/bad/plan.json").read_text(encoding="utf-8"))
        self.assertEqual(run.returncode, 1)
        self.assertEqual(report["inputs"][0]["file"], "-")

    # --- verdicts that must never become a pass --------------------------------------------------
    def verdicts(self, *changes):
        _, report = self.check(self.write("plan.json", PLAN % ",".join(changes)), arguments=("--include", "pass,not_applicable"))
        return {(f["rule"], f["resource"]["address"].split("#")[0]): f["verdict"] for f in report["findings"]}

    def test_unknown_is_undetermined(self):
        found = self.verdicts(change("aws_db_instance", "a", "{}", '{"publicly_accessible":true,"storage_encrypted":true}'))
        self.assertEqual(found["NET-05", "aws_db_instance.a"], "undetermined")
        self.assertEqual(found["DAT-03", "aws_db_instance.a"], "undetermined")

    def test_a_wrong_type_is_an_error(self):
        found = self.verdicts(change("aws_db_instance", "a", '{"publicly_accessible":0,"storage_encrypted":"true"}'))
        self.assertEqual(found["NET-05", "aws_db_instance.a"], "error")
        self.assertEqual(found["DAT-03", "aws_db_instance.a"], "error")

    def test_split_ranges_are_still_the_internet(self):
        rule = '{"name":"a","ingress":[{"cidr_blocks":["0.0.0.0/1","128.0.0.0/1"],"ipv6_cidr_blocks":[],"from_port":0,"to_port":65535,"protocol":"tcp","prefix_list_ids":[]}],"egress":[]}'
        found = self.verdicts(change("aws_security_group", "a", rule))
        self.assertEqual(found["NET-01", "aws_security_group.a"], "fail")

    def test_a_port_range_covers_what_lies_in_it(self):
        for low, high, expected in ((20, 25, "fail"), (23, 80, "pass"), (0, 65535, "fail"), (22, 22, "fail")):
            rule = ('{"name":"a","ingress":[{"cidr_blocks":["0.0.0.0/0"],"ipv6_cidr_blocks":[],"from_port":%d,"to_port":%d,"protocol":"tcp","prefix_list_ids":[]}],"egress":[]}'
                    % (low, high))
            found = self.verdicts(change("aws_security_group", "a", rule))
            self.assertEqual(found["NET-01", "aws_security_group.a"], expected, (low, high))

    # --- formats ---------------------------------------------------------------------------------
    def test_several_formats_in_one_run(self):
        run = self.run_command("check", EXAMPLE / "azure/bad", "--rules", "rulesets", "--now", "2026-11-24", "--format", "sarif", "--output", self.path / "r.sarif",
                               "--format", "html", "--output", self.path / "r.html", "--format", "json", "--output", self.path / "r.json",
                               "--format", "text", "--output", self.path / "r.txt")
        self.assertEqual(run.returncode, 1)
        disclaimer = "基準への適合を証明するものではありません"
        for name in ("r.sarif", "r.html", "r.json", "r.txt"):
            text = (self.path / name).read_text(encoding="utf-8")
            self.assertIn(disclaimer, text, name)
        self.assertEqual(json.loads((self.path / "r.sarif").read_text(encoding="utf-8"))["version"], "2.1.0")

    def test_the_same_bytes_in_every_format(self):
        for form in ("text", "json", "ndjson", "sarif", "html"):
            runs = [self.run_command("check", EXAMPLE / "aws/bad", "--rules", "rulesets", "--org", ORGANISATION, "--now", "2026-11-24", "--format", form).stdout for _ in range(2)]
            self.assertEqual(*runs)
            self.assertTrue(runs[0])

    def test_an_output_that_cannot_be_written(self):
        run = self.run_command("check", EXAMPLE / "aws/bad", "--rules", "rulesets", "--format", "json", "--output", self.path / "no/such/folder/r.json")
        self.assertEqual(run.returncode, 2)
        self.assertIn("SKM003", run.stderr)

    # --- usage -----------------------------------------------------------------------------------
    def test_wrong_usage_is_exit_2_and_says_what_is_right(self):
        for arguments, expected in ((("check", "x.json"), "--rules"), (("check", "x", "--rules", "rulesets", "--fail-on", "grave"), "critical, high"),
                                    (("check", "x", "--rules", "rulesets", "--now", "soon"), "2027-04-01"), (("check", "x", "--rules", "rulesets", "--format", "pdf"), "sarif"),
                                    (("check", "x", "--rules", "builtin:basline"), "did you mean `baseline`"), (("check", "x", "--rules", "no/such/rules"), "SKM"),
                                    (("frobnicate",), "frobnicate"), ((), "check")):
            with self.subTest(arguments=arguments):
                run = self.run_command(*arguments)
                self.assertEqual(run.returncode, 2, run.stderr)
                self.assertIn(expected, run.stderr + run.stdout)

    def test_a_mistake_in_a_rule_stops_the_run(self):
        good = (ROOT / "rulesets/baseline/tagging.yaml").read_text(encoding="utf-8")
        for name, wrong, code in (("key", good.replace("severity:", "serverity:", 1), "SKM101"),
                                  ("attribute", good.replace("resource.tags", "resource.tag"), "SKM204"),
                                  ("cel", good.replace("params.required_tags", "params.required_tags &"), "SKM200"),
                                  ("kind", good.replace("kind: tagged_resource", "kind: taged_resource"), "SKM212")):
            with self.subTest(name=name):
                self.assertNotEqual(good, wrong)
                file = self.write(f"{name}.yaml", wrong)
                run = self.run_command("check", EXAMPLE / "aws/bad", "--rules", "rulesets/kinds", "--rules", file)
                self.assertEqual(run.returncode, 2)
                self.assertIn(code, run.stderr)
                self.assertRegex(run.stderr, re.escape(str(file)) + r":\d+:\d+")
                self.assertIn("^", run.stderr)
                self.assertEqual(run.stdout, "")

    # --- organisation ----------------------------------------------------------------------------
    def test_waivers_hold_until_they_expire_and_are_never_silent(self):
        inputs = [EXAMPLE / f"{cloud}/bad" for cloud in ("aws", "azure", "google", "oci", "sakura")]
        run, report = self.check(*inputs, arguments=("--org", ORGANISATION))
        status = {w["id"]: w["status"] for w in report["waivers"]}
        self.assertEqual(sorted(status.values()), ["expired", "holds"])
        waived = [f for f in report["findings"] if f["disposition"] == "waived"]
        self.assertTrue(waived)
        self.assertTrue(all(f["verdict"] == "fail" for f in waived))
        self.assertEqual(report["summary"]["total"]["waived"], len(waived))
        later, after = self.check(*inputs, arguments=("--org", ORGANISATION, "--now", "2099-01-01"))
        self.assertFalse([f for f in after["findings"] if f["disposition"] == "waived"])

    def test_report_for_a_node_tells_nothing_of_others(self):
        inputs = [EXAMPLE / f"{cloud}/bad" for cloud in ("aws", "azure", "google", "oci", "sakura")]
        _, everything = self.check(*inputs, arguments=("--org", ORGANISATION))
        scopes = {f["scope"]["id"] for f in everything["findings"] if "scope" in f}
        parents = {s["id"]: s.get("parent", "") for s in everything["scopes"]}

        def within(node, ancestor):
            while node and node != ancestor:
                node = parents[node]
            return node == ancestor

        self.assertGreater(len(scopes), 2)
        for wanted in sorted(scopes):
            with self.subTest(scope=wanted):
                _, report = self.check(*inputs, arguments=("--org", ORGANISATION, "--report-for", wanted))
                mine = [f for f in everything["findings"] if "scope" in f and within(f["scope"]["id"], wanted)]
                self.assertEqual([f["id"] for f in report["findings"]], [f["id"] for f in mine])
                text = json.dumps(report, ensure_ascii=False)
                others = {f["id"] for f in everything["findings"]} - {f["id"] for f in mine}
                for other in others:
                    self.assertNotIn(other, text)
                for other in (s for s in scopes if not within(s, wanted)):
                    self.assertNotIn(f'"{other}"', text)
                self.assertEqual(report["summary"]["total"]["fail"], sum(f["verdict"] == "fail" for f in mine))

    def test_a_contradiction_of_others_is_not_told(self):
        organisation = self.write("org.yaml", """sekimori: organisation/v1
engine: ">=0.1"
id: o
title: {ja: 組織, en: Organisation}
scopes:
  - id: top
    type: platform
    title: {ja: 基盤, en: Platform}
    owner: 基盤管理者
    children:
      - {id: a, type: system, title: {ja: 甲, en: A}, owner: 甲管理者, tags: {system: aa}, accounts: [{cloud: google, account: p1}]}
      - {id: b, type: system, title: {ja: 乙, en: B}, owner: 乙管理者, tags: {system: bb}, accounts: [{cloud: google, account: p2}]}
""")
        plan = self.write("plan.json", PLAN % change("google_storage_bucket", "quarrel", '{"name":"n","project":"p1","labels":{"system":"bb"}}'))
        _, everything = self.check(plan, arguments=("--org", organisation))
        self.assertIn("quarrel", json.dumps(everything["diagnostics"]))
        _, report = self.check(plan, arguments=("--org", organisation, "--report-for", "b"))
        self.assertNotIn("quarrel", json.dumps(report))

    def test_an_unknown_scope(self):
        run, report = self.check(EXAMPLE / "aws/bad", arguments=("--org", ORGANISATION, "--scope", "nowhere"))
        self.assertEqual(run.returncode, 3)
        self.assertIn("nowhere", run.stderr)

    # --- lint ------------------------------------------------------------------------------------
    def test_lint_holds_attribute_paths_against_the_provider_schemas(self):
        schemas = EXTERNAL / "provider-schemas"
        if not schemas.is_dir():
            print(f"SKIPPED: {schemas} is not there: set SEKIMORI_EXTERNAL_DATA", file=sys.stderr)
            return
        arguments = []
        for file in sorted(schemas.glob("*.json")):
            arguments += ["--provider-schema", file]
        run = self.run_command("lint", "rulesets", *arguments)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertRegex(run.stdout, r"[1-9]\d\d+ attribute paths checked")
        run = self.run_command("lint", "rulesets", "--provider-schema", self.path)
        self.assertEqual(run.returncode, 2)
        self.assertIn("SKM002", run.stderr)
        (self.path / "kinds").mkdir()
        for file in (ROOT / "rulesets/kinds").glob("*.yaml"):
            self.write(f"kinds/{file.name}", file.read_text(encoding="utf-8").replace("part.access.block_public_acls", "part.access.block_public_acl"))
        run = self.run_command("lint", self.path / "kinds", "rulesets/baseline", *arguments)
        self.assertNotEqual(run.returncode, 0)
        self.assertIn("block_public_acl", run.stderr)
        self.assertIn("SKM221", run.stderr)
        self.assertIn("object_store.yaml:", run.stderr)

    def test_lint_tells_types_that_no_input_has(self):
        kinds = ("sekimori: kinds/v1\nengine: '>=0.1'\nkinds:\n  thing:\n    title: {en: Thing, ja: もの}\n    fields: {n: string}\n    from:\n"
                 "      apps/v1/Deploymnet: {n: resource.metadata.name}\n      apps/v2/Deployment: {n: resource.metadata.name}\n"
                 "      app/v1/Deployment: {n: resource.metadata.name}\n      aws-api:ec2.SecurtyGroup: {n: resource.GroupId}\n"
                 "      sakura-api:Serverr: {n: resource.ID}\n      argoproj.io/v1alpha1/Application: {n: resource.metadata.name}\n"
                 "      apps/v1beta1/Deployment: {n: resource.metadata.name}\n      sakura-api:newclass: {n: resource.ID}\n      aws_thing:\n"
                 "        parts: {p: {type: aws-api:ec2.Volumes, by: VolumeId}}\n        n: 'string(size(related(\"v1/Pods\", \"metadata.name\")))'\n")
        run = self.run_command("lint", self.write("kinds.yaml", kinds))
        self.assertEqual(run.returncode, 1, run.stderr)
        told = re.findall(r"SKM225\]: no input has resources of the type `(.*)`\n", run.stderr)
        self.assertEqual(told, ["apps/v1/Deploymnet", "apps/v2/Deployment", "app/v1/Deployment", "aws-api:ec2.SecurtyGroup", "sakura-api:Serverr",
                                "aws-api:ec2.Volumes", "v1/Pods"])
        self.assertIn("did you mean `apps/v1/Deployment`?", run.stderr)
        self.assertIn("did you mean `aws-api:ec2.SecurityGroup`?", run.stderr)
        schema = self.write("schema.json", json.dumps({"provider_schemas": {"aws": {"resource_schemas": {"aws_things": {"block": {}}}}}}))
        run = self.run_command("lint", self.path / "kinds.yaml", "--provider-schema", schema)
        self.assertIn("no input has resources of the type `aws_thing`", run.stderr)
        self.assertIn("did you mean `aws_things`?", run.stderr)
        self.assertEqual(self.run_command("lint", "rulesets").returncode, 0)

    # --- eval ------------------------------------------------------------------------------------
    def evaluate(self, *arguments, code=0, text=None):
        run = self.run_command("eval", *arguments, "--format", "json", text=text)
        self.assertEqual(run.returncode, code, run.stderr)
        shown = json.loads(run.stdout)
        self.assertEqual(shown["schema"], "sekimori.eval/v1")
        return shown

    def test_eval_exit_codes(self):
        for arguments, code in ((["1 + 1"], 0), (["false"], 0), (["null"], 0), (["1 +"], 2), (["x"], 2), ([], 2), (["1", "--file", "x"], 2),
                                (["1 / 0"], 3), (["a", "--unknown", "a"], 3), (["[1,2,3].map(x, x)", "--limit-steps", "2"], 3),
                                (["1", "--input", str(self.path / "none.json")], 3), (["--file", str(self.path / "none.cel")], 2),
                                (["1", "--input", str(self.path)], 3), (["1", "--env", "nothing"], 2), (["1", "--env", "strings@99"], 2),
                                (["1", "--var", "x=hello"], 2), (["1", "--var", "x"], 2), (["1", "--var", "1x=1"], 2),
                                (["1", "--declare", "x=itn"], 2), (["x", "--var", "x=1", "--var", "x=2"], 2), (["1", "--as", "x"], 2),
                                (["x", "--unknown", "x + 1"], 2), (["1", "--now", "tomorrow"], 2), (["1", "--format", "xml"], 2)):
            with self.subTest(arguments=arguments):
                run = self.run_command("eval", *arguments)
                self.assertEqual(run.returncode, code, run.stdout + run.stderr)
                self.assertEqual(bool(run.stderr), code != 0 and "--unknown" not in arguments or code == 2)

    def test_eval_reads_the_input_by_its_keys_or_as_a_whole(self):
        file = self.write("input.json", '{"port": 443, "user": {"name": "Hana"}}')
        self.assertEqual(self.evaluate("port > 22 && user.name", "--input", file, code=3)["outcome"], "error")
        self.assertEqual(self.evaluate("port > 22 && user.name == 'Hana'", "--input", file)["value"], True)
        self.assertEqual(self.evaluate("r.port", "--input", file, "--as", "r")["value"], 443)
        self.assertEqual(self.evaluate("size(xs) + n", "--input", "-", "--as", "xs", "--var", "n=2", text="[1, 2]")["value"], 4)
        self.assertEqual(self.evaluate("--file", "-", "--var", "n=2", text="n *\n 2\n")["value"], 4)
        run = self.run_command("eval", "a", "--input", "-", text='{"a": 1, "b-c": 2}')
        self.assertEqual((run.returncode, run.stdout), (0, "1\n"))
        self.assertIn("b-c", run.stderr)
        for text in ("", "{", '{"a": 1, "a": 2}', '{"a": 1e999}'):
            run = self.run_command("eval", "1", "--input", "-", text=text)
            self.assertEqual(run.returncode, 3, text)
            self.assertIn("error[SKM3", run.stderr)
        self.assertEqual(self.run_command("eval", "1", "--input", "-", text="[1]").returncode, 2)

    def test_eval_keeps_what_json_has_no_form_for(self):
        for expression, value in (("9007199254740993", {"$int": "9007199254740993"}), ("7u", {"$uint": "7"}), ("b'hi'", {"$bytes": "aGk="}),
                                  ("0.0 / 0.0", {"$double": "NaN"}), ("{1: 2}", {"$map": [[1, 2]]}), ("type(1.0)", {"$type": "double"}),
                                  ("duration('90s')", {"$duration": "90s"}), ("now", {"$timestamp": "2027-03-31T15:00:00Z"})):
            with self.subTest(expression=expression):
                self.assertEqual(self.evaluate(expression, "--now", "2027-04-01")["value"], value)
        self.assertIn('"value": 2.0', self.run_command("eval", "1.0 + 1.0", "--format", "json").stdout)

    # --- trees and profiles ----------------------------------------------------------------------
    def rules(self, *conditions):
        return self.write("rules.yaml", self.RULES + "".join(self.RULE % (i + 1, c.replace("'", "''"), "", "") for i, c in enumerate(conditions)).replace("aws_s3_bucket", "aws_raw"))

    def test_trees_as_text_and_as_expressions(self):
        rules = self.rules("resource.on || !(resource.size > 3)", 'resource.lists.all(l, l.names.all(n, n.matches("a.*b")))')
        done = self.run_command("trees", rules)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("2 rules, 2 conditions: 2 are flat code, 0 have a part for the evaluator", done.stdout)
        self.assertIn("dispatch: 1 provider types; a resource of one is asked 2.0 rules, 0.0 % are pruned\n", done.stdout)
        self.assertIn("warning: a/A-02: costs more than all other rules of a type together\n", done.stdout)
        self.assertNotIn("warning: a/A-01", done.stdout)
        self.assertIn("a/A-01  aws_raw  cost 2\n  assert x\n    any-of\n      (is-true resource.on)\n",
                      done.stdout)
        lines = self.run_command("trees", rules, "--format", "sexpr").stdout.splitlines()
        self.assertEqual(len(lines), 2)
        self.assertTrue(lines[0].startswith("(rule a/A-01 aws_raw (cost 2) (assert x (any-of (is-true resource.on) "), lines[0])
        for line in lines:
            outside = re.sub(r'"(?:[^"\\]|\\.)*"', "", line)
            self.assertEqual(outside.count("("), outside.count(")"))
        shipped = self.run_command("trees", "builtin:all", "--format", "sexpr").stdout
        self.assertEqual(shipped, self.run_command("trees", "builtin:all", "--format", "sexpr").stdout)
        self.assertGreater(len(shipped.splitlines()), 15)

    def test_trees_warn_of_a_policy_that_no_type_finds(self):
        policy = self.write("policy.yaml", "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: {name: demo}\nspec:\n"
                            "  matchConstraints: {resourceRules: [{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods]}]}\n"
                            "  validations: [{expression: 'true'}]\n")
        done = self.run_command("trees", policy)
        self.assertIn("warning: kubernetes.demo/policy: no type finds this rule; what it matches is asked of each object\n", done.stdout)

    # A statement of Graphviz's language as `trees` may write it; what follows is checked by `dot` itself where it is installed.
    STRING = r'"(?:[^"\\\n]|\\.)*"'
    NAME = rf"(?:[A-Za-z][A-Za-z0-9_]*|{STRING})"
    ATTRIBUTES = rf"\[\w+={NAME}(?:, \w+={NAME})*\]"

    def test_trees_as_a_graph_are_well_formed(self):
        hostile = self.rules('resource.name == "a\\"b\\\\ -> {c}\\n;" || resource.on', 'resource.name.matches("a.*[\\"b]")', "resource.l.exists(x, x.on)",
                             "resource.on && resource.l.exists(x, x.on)")
        for rules in (hostile, "builtin:all"):
            text = self.run_command("trees", rules, "--format", "dot").stdout
            first, *lines, last = text.splitlines()
            self.assertEqual((first, last), ("digraph trees {", "}"))
            declared, used = set(), set()
            for line in lines:
                edge = re.fullmatch(rf"  ({self.NAME}) -> ({self.NAME})(?: {self.ATTRIBUTES})?;", line)
                node = re.fullmatch(rf"  ({self.NAME}) {self.ATTRIBUTES};", line)
                setting = re.fullmatch(r"  \w+=\w+;", line)
                self.assertTrue(edge or node or setting, line)
                if edge:
                    used.update(name for name in edge.groups() if not name.startswith('"'))   # provider types are named by themselves
                elif node:
                    self.assertTrue(node[1] == "node" or node[1] not in declared, line)
                    declared.add(node[1])
            self.assertEqual(used - declared, set())
            self.assertEqual(declared - used - {"node"} - {name for name in declared if name.startswith("r")}, set())
            if shutil.which("dot"):
                drawn = subprocess.run(["dot", "-Tcanon"], input=text, capture_output=True, text=True, timeout=60)
                self.assertEqual((drawn.returncode, drawn.stderr), (0, ""))
            else:
                print("SKIPPED: Graphviz's dot is not installed; only our own reader looked at the graph", file=sys.stderr)

    def test_trees_know_three_formats(self):
        done = self.run_command("trees", "builtin:all", "--format", "svg")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("svg", done.stderr)
        done = self.run_command("trees", self.path / "nothing")
        self.assertEqual(done.returncode, 2)

    def test_a_profile_changes_no_byte_of_a_report(self):
        arguments = ("check", EXAMPLE / "aws/bad/plan.json", "--rules", "builtin:all", "--now", "2026-11-24")
        for form in ("text", "json", "ndjson", "sarif", "html"):
            plain = self.run_command(*arguments, "--format", form)
            for more in (("--profile",), ("--profile", "--threads", "3"), (f"--profile={self.path / 'p.json'}",)):
                profiled = self.run_command(*arguments, "--format", form, *more)
                self.assertEqual((plain.returncode, plain.stdout), (profiled.returncode, profiled.stdout), (form, more))
                self.assertEqual("baseline.network/NET-01 firewall_rule" in profiled.stderr, more[0] == "--profile")

    def test_a_profile_counts_and_sums(self):
        rules = self.rules("resource.on", "resource.size < 3", "resource.size < 3 && resource.on < 1")
        plan = self.write("plan.json", PLAN % ",".join(change("aws_raw", f"a{i}", '{"on":%s,"size":%d}' % ("true" if i % 2 else "false", i % 5)) for i in range(100)))
        read = {}
        for threads in (1, 3):
            file = self.path / f"profile{threads}.json"
            done = self.run_command("check", plan, "--rules", rules, "--threads", threads, f"--profile={file}", "--format", "json", "--output", self.path / "r.json")
            self.assertEqual(done.returncode, 1)   # the third rule compares a bool where the size is small
            profile = json.loads(file.read_text(encoding="utf-8"))
            self.assertEqual(profile["format"], "sekimori.profile/v1")
            times = [one.pop("nanoseconds") for one in profile["rules"]]
            self.assertEqual(times, sorted(times, reverse=True))
            read[threads] = sorted(profile["rules"], key=lambda one: one["rule"])
        self.assertEqual(read[1], read[3])
        self.assertEqual([(one["rule"], one["evaluations"], one["open"], one["explained"]) for one in read[1]],
                         [("a/A-01", 100, 0, 50), ("a/A-02", 100, 0, 40), ("a/A-03", 100, 60, 100)])
        self.assertEqual({one["subject"] for one in read[1]}, {"aws_raw"})
        table = self.run_command("check", plan, "--rules", rules, "--profile").stderr.splitlines()
        self.assertEqual(table[0].split(), ["time", "ms", "share", "evaluations", "ns", "each", "open", "explained", "cost", "rule"])
        self.assertEqual(len(table), 5)
        self.assertIn(" 300 ", table[-1])

    def test_a_profile_does_not_take_the_input_for_its_file(self):
        plan = self.write("plan.json", PLAN % change("aws_raw", "a", '{"on":true}'))
        before = plan.read_text(encoding="utf-8")
        done = self.run_command("check", "--rules", self.rules("resource.on"), "--profile", plan)
        self.assertEqual(done.returncode, 0)
        self.assertEqual(plan.read_text(encoding="utf-8"), before)
        done = self.run_command("check", plan, "--rules", self.rules("resource.on"), "--profile=/no/such/folder/p.json")
        self.assertEqual(done.returncode, 2)
        self.assertIn("SKM003", done.stderr)

    def test_eval_shows_types_trees_residuals_and_every_step(self):
        shown = self.evaluate("x + 1 > y", "--declare", "x=int", "--declare", "y=int", "--type", "--ast")
        self.assertEqual((shown["outcome"], shown["type"]), ("checked", "bool"))
        self.assertIn("(call _>_", shown["ast"])
        self.assertNotIn("value", shown)
        shown = self.evaluate("x + 1 > y && z", "--var", "x=1", "--var", "z=true", "--declare", "y=int", "--unknown", "y", "--residual", "--explain", code=3)
        self.assertEqual(shown["value"], {"$unknown": [{"path": "y", "reason": "computed"}]})
        self.assertIn("y", shown["residual"])
        self.assertNotIn("x", shown["residual"])
        steps = {step["text"]: step for step in shown["steps"]}
        self.assertEqual(steps["x + 1"]["value"], 2)
        self.assertEqual(steps["x + 1"]["column"], 1)
        run = self.run_command("eval", "[1, 2].map(x, x * 2)", "--explain")
        self.assertIn("1:15: x * 2  =>  4", run.stdout)
        shown = self.evaluate("[1].map(x, x / 0)", code=3)
        self.assertEqual(shown["diagnostics"][0]["code"], "SKM207")
        self.assertEqual(shown["diagnostics"][0]["column"], 14)

    def test_eval_turns_on_what_is_asked_for(self):
        self.assertEqual(self.run_command("eval", "'a'.upperAscii()").returncode, 0)
        self.assertEqual(self.run_command("eval", "--var", "a=1", "--", "-a").stdout, "-1\n")
        self.assertEqual(self.run_command("eval", "'a'.upperAscii()", "--env", "math").returncode, 2)
        self.assertEqual(self.run_command("eval", "['b', 'a'].sort()", "--env", "lists@1,strings").returncode, 2)
        self.assertEqual(self.run_command("eval", "['b', 'a'].sort()", "--env", "lists@2").returncode, 0)
        self.assertEqual(self.run_command("eval", "{'a': 1}.?a.orValue(0)", "--env", "kubernetes@1.29").returncode, 0)
        self.assertEqual(self.run_command("eval", "1", "--env", "kubernetes@1.9").returncode, 2)

    def test_eval_tells_what_an_expression_costs(self):
        shown = self.evaluate("xs.all(x, x.matches('a+'))", "--declare", "xs=list(string)", "--var", 'xs=["aa", "ab"]', "--cost")
        self.assertEqual(shown["cost"]["counted"], 12)
        self.assertIsNone(shown["cost"]["estimate"]["max"])
        self.assertIn("xs", shown["cost"]["estimate"]["why"])
        shown = self.evaluate("[1, 2].exists(x, x > n)", "--declare", "n=int", "--type", "--cost")
        self.assertNotIn("counted", shown["cost"])
        self.assertLessEqual(shown["cost"]["estimate"]["min"], shown["cost"]["estimate"]["max"])
        # What was counted lies within what was estimated, explained or not.
        for more in ((), ("--explain",)):
            cost = self.evaluate("[1, 2].exists(x, x > n)", "--declare", "n=int", "--var", "n=1", "--cost", *more)["cost"]
            self.assertTrue(cost["estimate"]["min"] <= cost["counted"] <= cost["estimate"]["max"], cost)
        run = self.run_command("eval", "1 + 2", "--cost")
        self.assertEqual(run.stdout.splitlines()[:2], ["3", "cost: 1"])

    def test_eval_limits(self):
        for limit, expression, code in (("steps=2", "[1, 2, 3].map(x, x)", 3), ("cost=5", "[1, 2, 3].all(x, x > 0)", 3), ("estimated-cost=5", "[1].all(x, x > 0)", 2),
                                        ("source-bytes=3", "1 + 1", 2), ("nesting=2", "((((1))))", 2), ("nodes=2", "1 + 2 + 3", 2),
                                        ("regex-bytes=2", "'a'.matches('aaaa')", 2), ("regex-size=10", "'a'.matches('a{100}')", 2)):
            with self.subTest(limit=limit):
                name, number = limit.split("=")
                run = self.run_command("eval", expression, "--limit-" + name, number)
                self.assertEqual(run.returncode, code, run.stdout + run.stderr)
                self.assertEqual(self.run_command("eval", expression).returncode, 0)
        for number in ("-1", "x", "99999999999999999999999", "5001"):
            self.assertEqual(self.run_command("eval", "1", "--limit-nesting", number).returncode, 2, number)

    def test_check_limits(self):
        plan = EXAMPLE / "aws/bad/plan.json"
        for name, number in (("steps", 0), ("cost", 1), ("input-bytes", 10)):
            with self.subTest(limit=name):
                run = self.run_command("check", plan, "--rules", "builtin:all", "--format", "json", "--limit-" + name, str(number))
                causes = json.loads(run.stdout)["outcome"]["causes"]
                self.assertTrue({"limit", "input_unreadable"} & set(causes), causes)
        self.assertEqual(json.loads(self.run_command("check", plan, "--rules", "builtin:all", "--format", "json", "--limit-findings", "1").stdout)["summary"]["listed"], 1)

    def test_eval_takes_an_expression_that_begins_with_a_sign(self):
        self.assertEqual(self.evaluate("-1 + 2")["value"], 1)
        self.assertEqual(self.evaluate("-height > 0", "--var", "height=-3")["value"], True)
        self.assertEqual(self.run_command("eval", "--var", "x=1", "--", "--x").stdout, "1\n")
        for arguments in (("--x",), ("--nothing", "1"), ("-1", "2"), ("1", "2"), ("1", "-2")):
            with self.subTest(arguments=arguments):
                run = self.run_command("eval", *arguments)
                self.assertEqual((run.returncode, run.stdout), (2, ""))
                self.assertTrue(run.stderr)
        self.assertIn("stands after --", self.run_command("eval", "--x").stderr)

    def test_eval_writes_json_of_an_expression_that_is_no_text(self):
        file = self.path / "bytes.cel"
        file.write_bytes(b"'a\xff'")
        run = subprocess.run([COMMAND, "eval", "--file", str(file), "--format", "json"], capture_output=True, timeout=60)
        self.assertEqual(run.returncode, 2)
        shown = json.loads(run.stdout.decode("utf-8"))
        self.assertEqual((shown["outcome"], shown["expression"]), ("invalid", {"$bytes": "J2H/Jw=="}))
        self.assertEqual([d["message"] for d in shown["diagnostics"]], ["the expression is not valid UTF-8"])

    # --- README ----------------------------------------------------------------------------------
    def test_the_commands_of_the_readmes_run(self):
        for name in ("README.md", "README.ja.md"):
            text = (ROOT / name).read_text(encoding="utf-8")
            lines = [line.strip() for block in re.findall(r"```(?:sh|bash|console)\n(.*?)```", text, re.S) for line in block.splitlines()]
            commands = [line.removeprefix("$ ").split("#")[0].strip() for line in lines if line.removeprefix("$ ").startswith("./dev run ")]
            self.assertTrue(commands, name)
            for command in commands:
                with self.subTest(readme=name, command=command):
                    words = command.split()[2:]
                    if "--output" in words:
                        at = words.index("--output") + 1
                        words[at] = str(self.path / words[at])
                    run = self.run_command(*words)
                    self.assertIn(run.returncode, (0, 1, 3), run.stderr)

    def test_the_readmes_name_every_verb_and_no_option_that_there_is_not(self):
        verbs = re.findall(r"(?m)^  ([a-z]+) ", self.run_command("--help").stdout.split("Subcommands:")[1])
        options = {option for verb in verbs for option in re.findall(r"--[a-z][a-z-]*", self.run_command(verb, "--help").stdout)}
        for name in ("README.md", "README.ja.md"):
            text = (ROOT / name).read_text(encoding="utf-8")
            self.assertEqual(sorted(re.findall(r"(?m)^\| `sekimori ([a-z]+)", text)), sorted(verbs), name)
            self.assertEqual({one for one in re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)} - options, set(), name)


if __name__ == "__main__":
    unittest.main(verbosity=1)
