"""sekimori check with registers among its inputs: recognised by headings, asked by rules, forecasts, planned rows, and no personal data anywhere."""

import json
import subprocess
import unittest

from support import COMMAND, CommandTest, ROOT

EXAMPLES = ROOT / "rulesets/examples/registers"
RULES = ROOT / "tests/registers/rules/rules.yaml"
ACCOUNT_RULES = ROOT / "tests/registers/rules/accounts.yaml"
NAME = "模擬　太郎"
HEAD = "基準日,2027-03-01\n範囲,全件\n作成責任者,総務局 人事課長\n"


def plan(**tags):
    values = {"tags": tags}
    change = {"actions": ["create"], "before": None, "after": values, "after_unknown": {}, "before_sensitive": False, "after_sensitive": {}}
    resource = {"address": "aws_s3_bucket.logs", "mode": "managed", "type": "aws_s3_bucket", "name": "logs", "provider_name": "registry.terraform.io/hashicorp/aws", "change": change}
    return json.dumps({"format_version": "1.2", "terraform_version": "1.9.0", "resource_changes": [resource], "configuration": {"root_module": {}}})


class CheckRegisters(CommandTest):
    def setUp(self):
        super().setUp()
        self.plan = self.write("plan.json", plan(owner="S1", contract="K8"))

    def check(self, *arguments, rules=RULES, now="2027-03-31", format="json"):
        run = subprocess.run([COMMAND, "check", *map(str, arguments), "--rules", str(rules), "--now", now, "--format", format, "--include", "pass"],
                             capture_output=True, text=True, cwd=ROOT, timeout=120)
        return run

    def report(self, *arguments, **options):
        run = self.check(*arguments, **options)
        self.assertIn(run.returncode, (0, 1, 3), run.stderr)
        return json.loads(run.stdout)

    def verdicts(self, report):
        return {found["rule"]: found["verdict"] for found in report["findings"] if found["rule"] != "SUPPORT"}

    def test_a_register_is_an_input_known_by_its_headings(self):
        # Neither the name nor the suffix says what it is.
        people = self.write("data.txt", HEAD + "職員番号,氏名,退職日\nS1," + NAME + ",令和9年3月31日\n", "cp932")
        report = self.report(self.plan, people)
        one = report["inputs"][1]
        self.assertEqual((one["format"], one["stage"], one["status"]), ("register", "register", "read"))
        self.assertTrue(one["digest"].startswith("sha256:"))
        self.assertEqual(one["register"] | {"columns_not_read": []}, {"name": "people", "as_of": "2027-03-01", "rows": 1, "converted": {"date_era": 1},
                                                                      "columns_not_read": [], "references_not_checked": []})
        self.assertEqual(self.verdicts(report), {"OWNER": "pass", "CONTRACT": "undetermined", "POST": "undetermined"})
        self.assertEqual(self.verdicts(self.report(self.plan, people, now="2027-04-01"))["OWNER"], "fail")

    def test_what_an_identity_service_exports_is_decided_with_the_register(self):
        report = ROOT / "tests/fuzz/corpus/input/aws-credential-report.csv"
        found = {}
        for name, inputs in (("alone", [report]), ("joined", [report, EXAMPLES / "accounts.csv"])):
            told = self.report(*inputs, rules=ROOT / "rulesets", now="2027-03-31")
            self.assertEqual([one["status"] for one in told["inputs"]], ["read"] * len(inputs))
            self.assertEqual(told["inputs"][0]["format"], "aws-credential-report")
            found[name] = {(one["resource"]["address"].rsplit("/", 1)[-1], one["rule"]): one["verdict"] for one in told["findings"]}
        # Whether her account is for emergencies, the register alone knows.
        self.assertEqual((found["alone"]["hanako.mihon", "ACC-08"], found["joined"]["hanako.mihon", "ACC-08"]), ("undetermined", "fail"))
        self.assertEqual(found["alone"]["hanako.mihon", "ACC-04"], "fail")
        # In a folder it is told by its headings, too.
        (self.path / "exports").mkdir()
        self.write("exports/report.csv", report.read_text())
        self.write("exports/other.csv", "a,b\n1,2\n")
        told = self.report(self.path / "exports", rules=ROOT / "rulesets")
        self.assertEqual([(one["format"], one["status"]) for one in told["inputs"]], [("aws-credential-report", "read")])

    def test_a_link_is_approved_by_the_row_whose_number_its_scope_lists(self):
        peering = json.loads(plan(bureau="fukushi", system="shinsei").replace("aws_s3_bucket.logs", "aws_vpc_peering_connection.kyufu").replace("aws_s3_bucket", "aws_vpc_peering_connection"))
        peering["resource_changes"][0]["change"]["after"] |= {"vpc_id": "vpc-1", "peer_vpc_id": "vpc-0f02aa5b7c8d9e012"}
        own = self.write("peering.json", json.dumps(peering))
        other = self.write("other.json", json.dumps(peering).replace("shinsei", "kyufu"))
        organisation = ROOT / "rulesets/examples/organisation.yaml"

        def found(*inputs, now="2027-06-30", format="json"):
            run = self.check(*inputs, "--org", organisation, rules=ROOT / "rulesets", now=now, format=format)
            return run.stdout if format != "json" else next(one for one in json.loads(run.stdout)["findings"] if one["rule"] == "NET-09")

        links = EXAMPLES / "links.csv"
        last = found(own, links)
        self.assertEqual((last["verdict"], last["forecast"]), ("pass", [{"register": "links", "as_of": "2027-03-01"}]))
        over = found(own, links, now="2027-07-01")
        self.assertEqual((over["verdict"], over["asserts"]), ("fail", ["in-register"]))
        self.assertIn("L-001 2026-07-01～2027-06-30", over["message"]["ja"])
        # The number is there, and what it stands for is not known.
        alone = found(own)
        self.assertEqual((alone["verdict"], alone["decide_by"]), ("undetermined", "register"))
        # The row is for nobody who does not list it.
        self.assertEqual((found(other, links)["verdict"], found(other, links)["asserts"]), ("fail", ["registered"]))
        # Under another usual heading; who approved it is in no output, though it decides.
        row = "接続番号,システムID,接続方式,接続先ID,利用目的,承認者,開始日,終了日\nL-001,F-01,ピアリング,VPC-0F02AA5B7C8D9E012,照会,{},2026-07-01,2027-06-30\n"
        approved, nobody = (self.write(f"{name}.csv", HEAD + row.format(who)) for name, who in (("approved", NAME), ("nobody", "")))
        self.assertEqual(found(own, approved)["verdict"], "pass")
        self.assertIn("承認の記載なし", found(own, nobody)["message"]["ja"])
        for format in ("text", "html", "json"):
            told = found(own, approved, now="2027-07-01", format=format)
            self.assertNotIn(NAME, told if format != "json" else json.dumps(told, ensure_ascii=False))

    def test_json_and_the_named_format(self):
        people = self.write("people", json.dumps([{"person": "S1", "as_of": "2027-03-01"}]))
        self.assertEqual(self.verdicts(self.report(self.plan, people))["OWNER"], "pass")
        odd = self.write("odd.csv", "a,b\n1,2\n")
        report = self.report(self.plan, odd)
        self.assertEqual((report["inputs"][1]["status"], report["outcome"]["exit_code"] != 0), ("unreadable", True))
        told = json.loads(self.check(odd, "--input-format", "register").stdout)
        self.assertEqual(told["inputs"][0]["diagnostics"][0]["code"], "SKM310")

    def test_a_mistake_makes_a_register_unreadable_and_nothing_else(self):
        people = self.write("people.csv", HEAD + "職員番号,氏名,退職日\nS1," + NAME + ",3/4/2027\n")
        contracts = self.write("contracts.csv", HEAD + "契約番号,契約相手方,契約開始日,契約終了日,状態\nK8,模擬情報,2026-04-01,2027-03-31,締結済\n")
        run = self.check(self.plan, people, contracts)
        report = json.loads(run.stdout)
        self.assertEqual([one["status"] for one in report["inputs"]], ["read", "unreadable", "read"])
        self.assertEqual([one["code"] for one in report["inputs"][1]["diagnostics"]], ["SKM313"])
        self.assertEqual(run.returncode, 3)
        self.assertEqual(self.verdicts(report), {"OWNER": "undetermined", "CONTRACT": "pass", "POST": "undetermined"})

    def test_a_mapping_among_the_inputs_names_its_file(self):
        report = self.report(self.plan, EXAMPLES / "契約一覧.csv", EXAMPLES / "契約一覧.mapping.yaml")
        self.assertEqual([(one["format"], one["status"]) for one in report["inputs"][1:]], [("register", "read"), ("register-mapping", "read")])
        self.assertEqual(report["inputs"][1]["register"]["columns_not_read"], ["契約金額"])
        alone = self.report(self.plan, EXAMPLES / "契約一覧.mapping.yaml")
        self.assertEqual(alone["inputs"][1]["status"], "unreadable")

    def test_a_folder_holds_plans_and_registers(self):
        self.write("people.csv", HEAD + "職員番号,氏名\nS1," + NAME + "\n")
        self.write("notes.csv", "a,b\n1,2\n")
        report = self.report(self.path)
        self.assertEqual([one["format"] for one in report["inputs"]], ["register", "terraform-plan"])
        self.assertIn("1 files", report["inputs"][-1]["notes"][0]["en"])
        self.assertEqual(self.verdicts(report)["OWNER"], "pass")

    def test_what_is_declared_is_assumed_and_what_is_older_is_a_forecast(self):
        people = self.write("people.csv", HEAD + "職員番号,氏名\nS2," + NAME + "\n")
        report = self.report(self.plan, people, now="2027-03-01")
        found = next(one for one in report["findings"] if one["rule"] == "OWNER")
        self.assertEqual((found["verdict"], found["assumes"]), ("fail", ["data.people complete (2027-03-01, 総務局 人事課長)"]))
        self.assertNotIn("forecast", found)
        self.assertEqual([one["en"].split(":")[0] for one in report["cautions"]], ["Resting on declarations"])
        self.assertEqual(report["summary"]["assumed"], {"pass": 0, "fail": 1})
        later = self.report(self.plan, people, now="2027-03-02")
        found = next(one for one in later["findings"] if one["rule"] == "OWNER")
        self.assertEqual(found["forecast"], [{"register": "people", "as_of": "2027-03-01"}])
        self.assertIn("予定", later["cautions"][0]["ja"])
        for format in ("text", "html", "sarif"):
            self.assertIn("2027-03-01 現在", self.check(self.plan, people, now="2027-03-02", format=format).stdout, format)

    def test_a_verdict_that_a_row_settles_assumes_nothing(self):
        people = self.write("people.csv", HEAD + "職員番号,氏名,退職日\nS1," + NAME + ",2027-02-28\n")
        found = next(one for one in self.report(self.plan, people, now="2027-03-01")["findings"] if one["rule"] == "OWNER")
        self.assertEqual((found["verdict"], found["assumes"]), ("fail", []))

    def test_appointments_that_are_not_announced(self):
        posts = self.write("assignments.csv", HEAD + "職員番号,所属,任用区分,発令日,任期満了日,状態\n"
                           "S1,福祉局,本務,2024-04-01,2027-03-31,発令済\nS1,建設局,本務,2027-04-01,,内示\n")
        plain = self.report(self.plan, posts, now="2027-04-01")
        self.assertEqual(self.verdicts(plain)["POST"], "fail")
        self.assertNotIn("建設局", json.dumps(plain, ensure_ascii=False))
        shown = self.report(self.plan, posts, "--include-planned", now="2027-04-01")
        found = next(one for one in shown["findings"] if one["rule"] == "POST")
        self.assertEqual((found["verdict"], found["decide_by"]), ("undetermined", "register"))
        self.assertEqual(found["unknown"][0]["path"], "data.assignments.S1 (予定 planned: 2027-04-01/...)")
        self.assertIn("内示", shown["cautions"][0]["ja"])

    def test_a_planned_contract_is_no_failure(self):
        contracts = self.write("contracts.csv", HEAD + "契約番号,契約相手方,更新前契約番号,契約開始日,契約終了日,状態\nK8,模擬情報,,2026-04-01,2027-03-31,締結済\n"
                               "K9,模擬情報,K8,2027-04-01,2028-03-31,予定\nK7,模擬情報,,2026-04-01,2027-03-31,予定\n")
        found = next(one for one in self.report(self.plan, contracts, now="2027-04-01")["findings"] if one["rule"] == "CONTRACT")
        self.assertEqual(found["verdict"], "undetermined")
        self.assertEqual([one["path"] for one in found["unknown"]], ["data.contracts.K9 (予定 planned: 2027-04-01/2028-03-31)"])

    def test_a_table_past_its_review_says_so(self):
        found = next(one for one in self.report(self.plan, now="2027-04-01")["findings"] if one["rule"] == "SUPPORT")
        self.assertEqual(found["unknown"][0], {"path": "params.supported (見直し期限 review by: 2027-03-31)", "reason": "register"})

    def test_accounts_are_resources(self):
        report = self.report(EXAMPLES / "accounts.csv", rules=ACCOUNT_RULES, now="2027-03-01")
        one = report["inputs"][0]
        self.assertEqual((one["resources"], one["mapped"]), (13, 13))
        found = next(one for one in report["findings"] if one["resource"]["address"] == "accounts.A-0001")
        self.assertEqual((found["resource"]["type"], found["resource"]["cloud"], found["location"]["line"]), ("register:account", "aws", 5))

    def test_nothing_personal_is_told(self):
        secrets = set()
        for line in (EXAMPLES / "people.csv").read_text("utf-8-sig").splitlines()[6:]:
            secrets |= {cell for cell in line.split(",")[2:4] if cell}
        for line in (EXAMPLES / "accounts.csv").read_text("utf-8-sig").splitlines()[4:]:
            secrets |= {line.split(",")[3], line.split(",")[6]}
        secrets.discard("")
        self.assertGreater(len(secrets), 20)
        registers = sorted(EXAMPLES.glob("*.csv")) + [EXAMPLES / "契約一覧.mapping.yaml"]
        owned = self.write("owned.json", plan(owner="S1002", contract="K8-101"))
        # With all of them there are failures, with some what is left of a rule is told.
        for given in (registers, [EXAMPLES / "accounts.csv", EXAMPLES / "systems.csv"], [EXAMPLES / "people.csv"]):
            for rules in (RULES, ACCOUNT_RULES):
                for format in ("json", "ndjson", "text", "html", "sarif"):
                    run = self.check(owned, *given, rules=rules, now="2027-04-01", format=format)
                    self.assertIn(run.returncode, (0, 1, 3), run.stderr)
                    for secret in secrets:
                        self.assertNotIn(secret, run.stdout + run.stderr, f"{rules} {format}")

    def test_threads_change_no_byte(self):
        given = [EXAMPLES / "people.csv", self.plan, EXAMPLES / "accounts.csv", EXAMPLES / "契約一覧.csv", EXAMPLES / "契約一覧.mapping.yaml"]
        for rules in (RULES, ACCOUNT_RULES):
            one, four = (self.check(*given, "--threads", threads, rules=rules, now="2027-04-01").stdout for threads in (1, 4))
            self.assertEqual(one, four)


if __name__ == "__main__":
    unittest.main()
