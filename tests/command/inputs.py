"""inputs/v1: documents that name inputs, whose they are, and what they are declared to hold all of."""

import json
import unittest

from support import CommandTest, ORGANISATION, PLAN, ROOT, change

EXAMPLE = ROOT / "rulesets/examples/inputs"
KINDS = """sekimori: kinds/v1
engine: ">=0.1"
kinds:
  account:
    title: {ja: アカウント, en: Account}
    fields: {account_id: string}
    from:
      account:aws: {account_id: resource.id}
      account:azure: {account_id: resource.id}
  store:
    title: {ja: 保管領域, en: Store}
    fields: {name: string, locked: bool, watched: bool}
    from:
      aws_store:
        parts: {lock: {type: aws_store_lock, by: store, absent: {value: 'null', source: test}}}
        name: resource.name
        locked: has(part.lock)
        watched: related("aws_store_watch", "store").exists(w, w.on)
  zone_box:
    title: {ja: 箱, en: Box}
    fields: {name: string}
    from:
      aws_store: {each: 'resource.?boxes.orValue([{"name": "b"}])', id: each.value.name, name: each.value.name}
  trail:
    title: {ja: 証跡, en: Trail}
    fields: {enabled: bool, everywhere: bool}
    from:
      aws_trail: {enabled: resource.enabled, everywhere: resource.everywhere}
      microsoft.insights/trails: {enabled: resource.enabled, everywhere: resource.everywhere}
"""
RULE = """  - id: %s
    title: {ja: 題, en: Title}
    severity: high
    category: test
    why: {ja: 理由, en: Why}
    fix: {ja: 直し方, en: Fix}
    waiver: none
    kind: %s
    assert: '%s'
    message: {ja: 違反, en: Wrong}
"""
HEAD = """sekimori: ruleset/v1
engine: ">=0.1"
id: test.worlds
version: 1.0.0
languages: [ja, en]
title: {ja: 試験, en: Test}
parameters:
  wanted: {type: string, default: '"a"', basis: ours, tighten: fixed}
rules:
""".replace("'\"a\"'", "a")
RULES = HEAD + "".join((RULE % ("TRAIL", "account", 'held("trail").exists(t, t.enabled)'), RULE % ("NONE", "account", '!held("trail").exists(t, !t.enabled)'),
                        RULE % ("ALL", "account", 'all_held("trail").exists(t, t.everywhere)'), RULE % ("LOCK", "store", "resource.locked"),
                        RULE % ("WATCH", "store", "resource.watched"), RULE % ("BOX", "zone_box", 'resource.name != "b"'), RULE % ("ZONE", "store", 'scope.zone == "lgwan"'),
                        (RULE % ("TYPED", "store", 'related("aws_store_watch", "store").exists(w, w.on)')).replace("kind: store", "type: aws_store")))
TREE = """sekimori: organisation/v1
engine: ">=0.1"
id: test
title: {ja: 試験, en: Test}
scopes:
  - id: root
    type: platform
    title: {ja: 全体, en: All}
    children:
      - id: one
        type: system
        title: {ja: 一, en: One}
        zone: lgwan
        accounts: [{cloud: aws, account: "1"}]
      - id: two
        type: system
        title: {ja: 二, en: Two}
        zone: internet
        accounts: [{cloud: aws, account: "2"}]
"""


def resource(type, id, account, **attributes):
    return {"type": type, "id": id, **({"account": account} if account else {}), "attributes": {"id": id, **attributes}}


def export(*resources):
    return json.dumps({"sekimori": "resources/v1", "resources": resources})


class Inputs(CommandTest):
    def setUp(self):
        super().setUp()
        self.write("rules/kinds.yaml", KINDS)
        self.write("rules/rules.yaml", RULES)
        self.tree = self.write("tree.yaml", TREE)

    def write(self, name, text, encoding="utf-8"):
        (self.path / name).parent.mkdir(parents=True, exist_ok=True)
        return super().write(name, text, encoding)

    def entry(self, path, complete="", scope="", taken="2026-11-24T09:00:00+09:00", by="基盤担当"):
        lines = [f"  - path: {path}", f"    taken_at: {taken}", f"    declared_by: {by}"]
        return "\n".join(lines + ([f"    scope: {scope}"] if scope else []) + ([f"    complete: [{complete}]"] if complete else [])) + "\n"

    def document(self, *entries, name="inputs.yaml"):
        return self.write(name, "sekimori: inputs/v1\ninputs:\n" + "".join(entries))

    def look(self, *inputs, arguments=(), org=False):
        run, report = self.check(*inputs, arguments=("--include", "pass,not_applicable", *(("--org", self.tree) if org else ()), *arguments), rules=(self.path / "rules",))
        self.assertIsNotNone(report, run.stderr)
        return run, report

    def verdicts(self, report):
        return {(one["rule"], one["resource"]["address"].split(":")[-1]): one["verdict"] for one in report["findings"]}

    def assumes(self, report):
        return {(one["rule"], one["resource"]["address"].split(":")[-1]): one["assumes"] for one in report["findings"] if one["assumes"]}

    def mistakes(self, report):
        return [(one["code"], one["message"], one.get("help", ""), one.get("line")) for one in report["inputs"][0]["diagnostics"]]

    def test_what_is_declared_closes_the_tail_and_is_told(self):
        self.write("exports/a.json", export(resource("aws_store", "s", "1", name="s"), resource("aws_trail", "t", "1", enabled=False, everywhere=False)))
        plain = self.verdicts(self.look(self.path / "exports/a.json")[1])
        self.assertEqual((plain["TRAIL", "1"], plain["NONE", "1"]), ("undetermined", "fail"))
        run, report = self.look(self.document(self.entry("exports/a.json", "trail")))
        found = self.verdicts(report)
        self.assertEqual((found["TRAIL", "1"], found["NONE", "1"], found["ALL", "1"], found["LOCK", "s"]), ("fail", "fail", "undetermined", "undetermined"))
        said = ["trail complete (2026-11-24T09:00:00+09:00, 基盤担当, exports/a.json)"]
        self.assertEqual(self.assumes(report), {("TRAIL", "1"): said})
        self.assertEqual(report["summary"]["assumed"], {"pass": 0, "fail": 1})
        self.assertEqual((report["inputs"][1]["complete"], report["inputs"][1]["declared_by"], report["inputs"][1]["taken_at"]), (["trail"], "基盤担当", "2026-11-24T09:00:00+09:00"))
        self.assertEqual((report["inputs"][0]["format"], report["inputs"][0]["status"]), ("inputs", "read"))
        for format, language, words in (("text", "ja", ("次の宣言を前提とする", "宣言を前提とする判定", "網羅している共通種別 trail", "基盤担当")),
                                        ("text", "en", ("rests on a declaration", "Resting on declarations", "complete in trail")),
                                        ("html", "ja", ("次の宣言を前提とする判定", "Rests on a declaration", "網羅している共通種別 trail")), ("sarif", "ja", said)):
            shown = self.run_command("check", self.path / "inputs.yaml", "--rules", self.path / "rules", "--format", format, "--lang", language, "--now", "2026-11-28").stdout
            for word in words:
                self.assertIn(word, " ".join(shown.split()), format)

    def test_passes_that_rest_on_a_declaration_are_counted_apart(self):
        self.write("a.json", export(resource("aws_store", "s", "1", name="s"), resource("aws_trail", "t", "1", enabled=True, everywhere=True)))
        report = self.look(self.document(self.entry("a.json", "trail")))[1]
        found = self.verdicts(report)
        self.assertEqual((found["TRAIL", "1"], found["NONE", "1"], found["ALL", "1"]), ("pass", "pass", "pass"))
        self.assertEqual(set(self.assumes(report)), {("NONE", "1")})
        self.assertEqual(report["summary"]["assumed"], {"pass": 1, "fail": 0})
        out = self.path / "few.json"
        self.run_command("check", self.path / "inputs.yaml", "--rules", self.path / "rules", "--format", "json", "--output", out, "--limit-findings", "0", "--now", "2026-11-28")
        self.assertEqual(json.loads(out.read_text("utf-8"))["summary"]["assumed"], {"pass": 1, "fail": 0})

    def test_parts_and_relations_of_a_declared_kind_are_closed(self):
        self.write("a.json", export(resource("aws_store", "s", "1", name="s"), resource("aws_store", "r", "1", name="r"), resource("aws_store_lock", "l", "1", store="r"),
                                    resource("aws_store_watch", "w", "1", store="r", on=True)))
        plain = self.verdicts(self.look(self.path / "a.json")[1])
        self.assertEqual([plain["LOCK", "s"], plain["WATCH", "s"], plain["LOCK", "r"], plain["WATCH", "r"]], ["undetermined", "undetermined", "pass", "pass"])
        report = self.look(self.document(self.entry("a.json", "store")))[1]
        found = self.verdicts(report)
        self.assertEqual([found["LOCK", "s"], found["WATCH", "s"], found["LOCK", "r"], found["WATCH", "r"]], ["fail", "fail", "pass", "pass"])
        self.assertEqual(set(self.assumes(report)), {("LOCK", "s"), ("WATCH", "s")})
        self.assertEqual(found["TYPED", "s"], "undetermined")      # asked of no kind: nobody declared that
        self.assertEqual(self.verdicts(self.look(self.document(self.entry("a.json", "trail")))[1])["LOCK", "s"], "undetermined")

    def test_a_declaration_is_of_its_accounts_and_its_cloud(self):
        self.write("a.json", export(resource("aws_store", "s", "1", name="s")))
        self.write("b.json", export(resource("aws_store", "x", "2", name="x"), resource("microsoft.storage/x", "/subscriptions/z/x", "z")))
        one = self.document(self.entry("a.json", "trail"), self.entry("b.json"))
        found = self.verdicts(self.look(one)[1])
        self.assertEqual((found["TRAIL", "1"], found["TRAIL", "2"], found["TRAIL", "z"]), ("fail", "undetermined", "undetermined"))
        # Of the whole organisation: of the clouds that the input is about.
        root = self.document(self.entry("a.json", "trail", "root"), self.entry("b.json"))
        found = self.verdicts(self.look(root, org=True)[1])
        self.assertEqual((found["TRAIL", "1"], found["TRAIL", "2"], found["TRAIL", "z"]), ("fail", "fail", "undetermined"))
        self.assertEqual(found["ALL", "1"], "undetermined")     # Azure's could hold it
        self.write("b.json", export(resource("aws_store", "x", "2", name="x")))
        self.assertEqual(self.verdicts(self.look(root, org=True)[1])["ALL", "1"], "fail")
        each = self.document(self.entry("a.json", "trail", "one"), self.entry("b.json", "trail", "two"))
        report = self.look(each, org=True)[1]
        self.assertEqual(self.verdicts(report)["ALL", "1"], "fail")
        self.assertEqual(len(self.assumes(report)["ALL", "1"]), 2)

    def test_scope_is_the_documents_word(self):
        self.write("a.json", export(resource("aws_store", "s", "1", name="s"), resource("aws_store", "u", "", name="u")))
        found = self.verdicts(self.look(self.path / "a.json", org=True)[1])
        self.assertEqual((found["ZONE", "s"], found["ZONE", "u"]), ("pass", "undetermined"))
        run, report = self.look(self.document(self.entry("a.json", scope="two")), org=True)
        self.assertEqual((self.verdicts(report)["ZONE", "s"], self.verdicts(report)["ZONE", "u"]), ("fail", "fail"))
        self.assertEqual({one["scope"]["id"] for one in report["findings"] if one["rule"] == "ZONE"}, {"two"})
        # A scope that nobody knows: it could be any, and nothing passes by guess.
        run, report = self.look(self.document(self.entry("a.json", "trail", scope="tow")), org=True)
        self.assertEqual((run.returncode, self.mistakes(report)), (1, [("SKM308", "the organisation has no scope `tow`", "did you mean `two`?", 6)]))
        self.assertEqual((self.verdicts(report)["ZONE", "s"], self.verdicts(report)["TRAIL", "1"]), ("undetermined", "undetermined"))
        self.assertIn("input_unreadable", report["outcome"]["causes"])
        self.assertEqual(self.mistakes(self.look(self.path / "inputs.yaml")[1])[0][2], "give an organisation document with --org")
        inside = self.look(self.document(self.entry("a.json", scope="two")), org=True, arguments=("--scope", "root"))[1]
        self.assertEqual(self.verdicts(inside)["ZONE", "s"], "fail")
        outside = self.look(self.path / "inputs.yaml", org=True, arguments=("--scope", "one"))[1]
        self.assertIn("is not in `one`", self.mistakes(outside)[0][1])

    def test_an_export_that_does_not_say_its_account_is_in_those_of_its_scope(self):
        self.write("a.json", export(resource("aws_trail", "t", "", enabled=True, everywhere=False)))
        plan = PLAN % change("aws_trail", "t", '{"enabled":true,"everywhere":false}')
        for name, text, scope, one, two in (("a.json", None, "", "undetermined", "undetermined"), ("a.json", None, "one", "pass", "undetermined"), ("a.json", None, "root", "undetermined", "undetermined"),
                                            ("p.json", plan, "one", "undetermined", "undetermined")):
            with self.subTest(name=name, scope=scope):
                if text:
                    self.write(name, text)
                found = self.verdicts(self.look(self.document(self.entry(name, scope=scope)), org=True)[1])
                self.assertEqual((found["TRAIL", "1"], found["TRAIL", "2"]), (one, two))
        by_option = self.verdicts(self.look(self.path / "a.json", org=True, arguments=("--scope", "one"))[1])
        self.assertEqual(by_option["TRAIL", "1"], "pass")
        # It cannot be in an account of another scope, so that nothing is left open there.
        self.write("b.json", export(resource("aws_store", "x", "2", name="x")))
        found = self.verdicts(self.look(self.document(self.entry("a.json", scope="one"), self.entry("b.json", "trail", "two")), org=True)[1])
        self.assertEqual((found["TRAIL", "1"], found["TRAIL", "2"]), ("pass", "fail"))
        lines = "".join(json.dumps(one) + "\n" for one in ({"version": "1.3", "resourceType": "AWS::S3::Bucket", "resourceId": f"b{i}", "awsRegion": "x", "configurationItemStatus": "OK",
                                                            "configuration": {"name": f"b{i}"}} for i in range(3)))
        self.write("c.json", lines)
        whole, pieces = (self.look(self.document(self.entry("c.json", "trail", "one")), org=True, arguments=arguments)[1] for arguments in ((), ("--limit-held-bytes", "1")))
        self.assertEqual(self.verdicts(whole)["TRAIL", "1"], "fail")
        self.assertEqual(self.verdicts(pieces), self.verdicts(whole))

    def test_a_file_that_is_given_as_well_is_one_input(self):
        self.write("x/a.json", export(resource("aws_store", "s", "1", name="s")))
        document = self.document(self.entry("x/a.json", "trail"))
        once = self.look(document)[1]
        in_json = self.write("inputs.json", json.dumps({"engine": ">=0.1", "inputs": [{"path": "x/a.json", "taken_at": "2026-11-24", "declared_by": "p", "complete": ["trail"]}], "sekimori": "inputs/v1"}))
        self.assertEqual(self.verdicts(self.look(in_json)[1]), self.verdicts(once))
        in_json.unlink()
        for inputs in ((self.path / "x/a.json", document), (document, self.path / "x/../x/a.json"), (document, self.path / "x"), (self.path / "x", document)):
            with self.subTest(inputs=inputs):
                report = self.look(*inputs)[1]
                self.assertEqual(report["summary"]["examined"]["resources"], 1)
                self.assertEqual(self.verdicts(report), self.verdicts(once))
        self.write("y/inputs.yaml", "sekimori: inputs/v1\ninputs:\n" + self.entry("a.json", "trail"))
        self.write("y/a.json", (self.path / "x/a.json").read_text())
        report = self.look(self.path / "y")[1]
        self.assertEqual(([one["format"] for one in report["inputs"]], self.verdicts(report)), (["resources", "inputs"], self.verdicts(once)))

    def test_a_folder_is_all_its_files(self):
        self.write("x/a.json", export(resource("aws_store", "s", "1", name="s")))
        self.write("x/deep/b.json", export(resource("aws_store", "r", "2", name="r")))
        document = self.document(self.entry("x", "trail"))
        for inputs in ((document,), (document, self.path / "x/a.json"), (self.path / "x", document)):
            report = self.look(*inputs)[1]
            self.assertEqual((self.verdicts(report)["TRAIL", "1"], self.verdicts(report)["TRAIL", "2"], report["summary"]["examined"]["resources"]), ("fail", "fail", 2))
        # A link in it is one of its files, wherever it leads.
        self.write("elsewhere/l.json", export(resource("aws_store", "q", "3", name="q")))
        (self.path / "x/l.json").symlink_to(self.path / "elsewhere/l.json")
        self.assertEqual(self.verdicts(self.look(document)[1])["TRAIL", "3"], "fail")
        (self.path / "x/l.json").unlink()
        # One of them that cannot be read: nobody knows what it would have held.
        self.write("x/c.json", "{")
        report = self.look(document)[1]
        self.assertEqual(self.verdicts(report)["TRAIL", "1"], "undetermined")
        self.assertIn("does not count", report["inputs"][0]["notes"][0]["en"])
        self.assertIn("宣言は使いません", report["inputs"][0]["notes"][0]["ja"])

    def test_mistakes_are_told_and_the_rest_is_checked(self):
        self.write("a.json", export(resource("aws_store", "s", "1", name="s")))
        self.write("other.yaml", "sekimori: inputs/v1\ninputs:\n" + self.entry("a.json"))
        outside = self.path.parent / (self.path.name + "-outside.json")
        outside.write_text(export(resource("aws_store", "o", "9", name="o")))
        self.addCleanup(outside.unlink)
        cases = ((self.entry("inputs.yaml"), "SKM211", "this document itself"), (self.entry("other.yaml"), "SKM211", "an inputs document"),
                 (self.entry("../" + outside.name), "SKM004", "not in the folder"), (self.entry(str(outside)), "SKM004", "not in the folder"),
                 (self.entry("./a.json"), "SKM210", "named twice"), (self.entry("b.json", "trial"), "SKM212", "no kind is called `trial`"))
        self.write("b.json", export())
        for text, code, words in cases:
            with self.subTest(text=text):
                run, report = self.look(self.document(self.entry("a.json", "trail"), text))
                told = self.mistakes(report)
                self.assertEqual((told[0][0], report["inputs"][0]["status"]), (code, "unreadable"), told)
                self.assertIn(words, told[0][1])
                self.assertGreater(told[0][3], 5)
                self.assertIn("input_unreadable", report["outcome"]["causes"])
                self.assertEqual(self.verdicts(report)["TRAIL", "1"], "fail")
                self.assertNotIn(("LOCK", "o"), self.verdicts(report))
        self.assertEqual(self.mistakes(self.look(self.document(self.entry("b.json", "trial")))[1])[0][2], "did you mean `trail`?")
        # Outside, but given.
        self.assertEqual(self.verdicts(self.look(self.document(self.entry("../" + outside.name, "store")), outside)[1])["LOCK", "o"], "fail")
        run, report = self.look(self.document(self.entry("gone.json", "trail"), self.entry("a.json")))
        self.assertEqual([(one["status"], [told["code"] for told in one["diagnostics"]]) for one in report["inputs"]], [("read", []), ("unreadable", ["SKM002"]), ("read", [])])
        for text, code in (("sekimori: inputs/v2\ninputs: []\n", "SKM108"), ("sekimori: inputs/v1\ninputs: []\n", None), ("sekimori: inputs/v1\nimputs: []\n", "SKM101"),
                           ("sekimori: inputs/v1\ninputs: [\n", "SKM100"), ('{"sekimori":"inputs/v1","inputs":[{"path":"a.json","complete":["trail"]}]}', "SKM103")):
            with self.subTest(text=text):
                run, report = self.look(self.write("inputs.yaml", text), self.path / "a.json")
                self.assertEqual((report["inputs"][0]["status"], report["inputs"][1]["status"]), ("unreadable", "read"))
                if code:
                    self.assertEqual(report["inputs"][0]["diagnostics"][0]["code"], code)
        alone = self.look(self.document(self.entry("gone.json")))[0]
        self.assertEqual(alone.returncode, 3)

    def test_a_document_that_is_no_file_opens_nothing(self):
        self.write("a.json", export(resource("aws_store", "s", "1", name="s")))
        text = "sekimori: inputs/v1\ninputs:\n" + self.entry(str(self.path / "a.json"), "trail")
        run, report = self.check("-", arguments=("--include", "pass"), rules=(self.path / "rules",), text=text)
        self.assertEqual((run.returncode, report["inputs"][0]["diagnostics"][0]["code"], len(report["inputs"])), (3, "SKM004", 1))
        run, report = self.check("-", self.path / "a.json", arguments=("--include", "pass"), rules=(self.path / "rules",), text=text)
        self.assertEqual(self.verdicts(report)["TRAIL", "1"], "fail")

    def test_what_is_not_all_there_closes_nothing(self):
        configured = '"root_module":{"resources":[{"address":"aws_store.s","mode":"managed","type":"aws_store","name":"s","provider_config_key":"aws","expressions":{}}]}'
        plan = PLAN.replace('"configuration"', '"errored":true,"configuration"').replace('"root_module":{}', configured) % change("aws_store", "s", '{"name":"s"}')
        self.write("plan.json", plan)
        report = self.look(self.document(self.entry("plan.json", "trail")))[1]
        self.assertIn("plan.json was not read as a whole", report["inputs"][0]["notes"][0]["en"])
        self.assertNotIn("fail", [verdict for (rule, _), verdict in self.verdicts(report).items() if rule == "TRAIL"])
        self.write("plan.json", plan.replace('"errored":true,', ""))
        report = self.look(self.document(self.entry("plan.json", "trail")))[1]
        self.assertEqual([verdict for (rule, _), verdict in self.verdicts(report).items() if rule == "TRAIL"], ["fail"])    # the account that it does not name

    def test_lists_that_go_on_are_named(self):
        pages = {"page.json": '{"Trails":[],"SecurityGroups":[{"GroupId":"sg-1","GroupName":"g","OwnerId":"1","VpcId":"v","IpPermissions":[],"IpPermissionsEgress":[]}],"NextToken":"abc"}',
                 "azure.json": '{"value":[{"id":"/subscriptions/z/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/s","type":"Microsoft.Storage/storageAccounts","name":"s","properties":{}}],"nextLink":"https://x"}',
                 "google.json": '{"assets":[{"name":"//storage.googleapis.com/b","assetType":"storage.googleapis.com/Bucket","resource":{"data":{"name":"b"}}}],"nextPageToken":"abc"}',
                 "oci.json": '{"data":[{"id":"ocid1.vcn.oc1..a","compartmentId":"ocid1.compartment.oc1..c"}],"opc-next-page":"abc"}',
                 "pods.json": '{"apiVersion":"v1","kind":"PodList","metadata":{"continue":"abc"},"items":[{"metadata":{"name":"p"},"spec":{"containers":[]}}]}',
                 "config.json": '{"baseConfigurationItems":[{"version":"1.3","accountId":"1","resourceType":"AWS::S3::Bucket","resourceId":"b","awsRegion":"x","configurationItemStatus":"OK","configuration":"{}"}],"nextToken":"abc"}'}
        for name, text in pages.items():
            with self.subTest(name=name):
                self.write(name, text)
                run, report = self.look(self.document(self.entry(name, "trail")))
                self.assertEqual((report["inputs"][1]["incomplete"], report["inputs"][1]["status"] != "unreadable"), (True, True), report["inputs"][1])
                self.assertIn("input_incomplete", report["outcome"]["causes"])
                self.assertTrue(any("goes on elsewhere" in note["en"] for note in report["inputs"][1]["notes"]))
                self.assertTrue(any("does not count" in note["en"] for note in report["inputs"][0]["notes"]))
                self.assertNotIn("fail", [verdict for (rule, _), verdict in self.verdicts(report).items() if rule != "BOX"])

    def test_no_number_of_threads_changes_a_byte(self):
        self.write("x/a.json", export(*[resource("aws_store", f"s{i}", str(i % 3), name="s") for i in range(200)]))
        document = self.document(self.entry("x", "trail, store"))
        reports = []
        for threads in ("1", "4"):
            self.look(document, arguments=("--threads", threads))
            reports.append((self.path / "report.json").read_bytes())
        self.assertEqual(reports[0], reports[1])

    def test_the_listing_shows_what_is_said(self):
        self.write("a.json", export(resource("aws_store", "s", "1", name="s")))
        run = self.run_command("inventory", self.document(self.entry("a.json", "trail", "one")), "--rules", self.path / "rules", "--lang", "en")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn("complete in trail as 基盤担当 declares", " ".join(run.stdout.split()))
        self.assertEqual(self.run_command("inventory", self.document(self.entry("a.json", "trial")), "--rules", self.path / "rules").returncode, 3)

    def test_the_example(self):
        run, report = self.check(EXAMPLE / "inputs.yaml", arguments=("--org", ORGANISATION))
        self.assertEqual([one["status"] for one in report["inputs"]], ["read"] * 3)
        found = {(one["rule"], one["resource"]["address"]): one for one in report["findings"]}
        declared, other = found["OPS-06", "account:aws:111122223333"], found["OPS-06", "account:aws:444455556666"]
        self.assertEqual((declared["verdict"], other["verdict"]), ("fail", "undetermined"))
        self.assertEqual(declared["assumes"], ["budget complete (2026-11-24T09:00:00+09:00, 福祉局 市民申請システム管理者, exports/shinsei.json)"])
        self.assertEqual({one["scope"]["id"] for one in report["findings"] if one["input"].endswith("kyufu.json")}, {"fukushi.kyufu.prod"})
        try:
            import jsonschema
        except ImportError:
            self.skipTest("jsonschema is missing")
        jsonschema.validate(report, json.loads((ROOT / "rulesets/schemas/report-v1.schema.json").read_text(encoding="utf-8")))


if __name__ == "__main__":
    unittest.main(verbosity=1)
