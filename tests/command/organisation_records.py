"""What no cloud tells: systems in their register, waivers in the organisation document, and where the parts of a plan are from."""

import json
import unittest

from support import CommandTest, ORGANISATION, ROOT

HEAD = "基準日,2026-11-28\n"
COLUMNS = "システムID,システム名,適用単位,所管,稼働開始日,廃止日"
NOW = ("--now", "2026-11-28")


def plan(configuration, changes=()):
    return json.dumps({"format_version": "1.2", "terraform_version": "1.9.0", "resource_changes": list(changes), "configuration": configuration})


class OrganisationRecords(CommandTest):
    def verdicts(self, rule, *inputs, arguments=()):
        run, report = self.check(*inputs, arguments=(*NOW, "--include", "pass,not_applicable", *arguments))
        self.assertIsNotNone(report, run.stderr)
        self.report = report
        return {found["resource"]["address"]: found for found in report["findings"] if found["rule"] == rule}

    def test_a_blank_cell_is_no_day_and_a_missing_column_is_not_known(self):
        row = "S-01,申請,soumu.shinsei,総務局,2022-10-01,"
        kept = self.write("kept.csv", f"{HEAD}{COLUMNS},最終復旧訓練日\n{row},\n")
        self.assertEqual(self.verdicts("BCK-09", kept)["systems.S-01"]["verdict"], "fail")
        other = self.write("other.csv", f"{HEAD}{COLUMNS}\n{row}\n")
        found = self.verdicts("BCK-09", other)["systems.S-01"]
        self.assertEqual((found["verdict"], found["decide_by"]), ("undetermined", "register"))
        self.assertEqual([one["reason"] for one in found["unknown"]], ["register"])

    def test_a_system_belongs_to_the_scope_that_its_row_names(self):
        rows = self.write("s.csv", f"{HEAD}{COLUMNS},最終復旧訓練日\nS-01,申請,soumu.shinsei,総務局,2022-10-01,,\nS-02,申請,soumu.shinsai,総務局,2022-10-01,,\n")
        found = self.verdicts("BCK-09", rows, arguments=("--org", ORGANISATION))
        self.assertEqual(found["systems.S-01"]["scope"]["id"], "soumu.shinsei")
        self.assertEqual(found["systems.S-01"]["location"], {"file": str(rows), "line": 3})
        told = [one for one in self.report["diagnostics"] if "soumu.shinsai" in one["message"]]
        self.assertEqual([one["file"] for one in told], [str(rows)])
        self.assertIn("soumu.shinsei", told[0]["help"])

    def test_waivers_are_looked_after_where_they_are_written(self):
        plan_of_nothing = self.write("plan.json", plan({"root_module": {}}))
        found = self.verdicts("OPS-08", plan_of_nothing, arguments=("--org", ORGANISATION))
        self.assertEqual({address: one["verdict"] for address, one in found.items()}, {"waiver:fukushi-2026-014": "pass", "waiver:kensetsu-2026-007": "fail"})
        ended = found["waiver:kensetsu-2026-007"]
        line = next(number for number, text in enumerate(ORGANISATION.read_text("utf-8").splitlines(), 1) if "kensetsu-2026-007" in text)
        self.assertEqual((ended["input"], ended["location"]["line"], ended["scope"]["id"]), (str(ORGANISATION), line, "kensetsu"))
        self.assertNotIn("pointer", ended["location"])
        # Waivers are no resources of an input, so that nothing looks examined that was not.
        self.assertEqual((self.report["summary"]["examined"]["resources"], self.report["inputs"][0]["status"]), (0, "nothing_examined"))

    def test_waivers_of_others_are_not_shown(self):
        plan_of_nothing = self.write("plan.json", plan({"root_module": {}}))
        found = self.verdicts("OPS-08", plan_of_nothing, arguments=("--org", ORGANISATION, "--report-for", "kensetsu"))
        self.assertEqual(list(found), ["waiver:kensetsu-2026-007"])

    def test_providers_and_modules_of_a_plan(self):
        configuration = {
            "provider_config": {"aws": {"name": "aws", "full_name": "registry.terraform.io/hashicorp/aws", "version_constraint": "~> 5.31"},
                                "aws.tokyo": {"name": "aws", "full_name": "registry.terraform.io/hashicorp/aws", "alias": "tokyo"},
                                "module.a:random": {"name": "random", "full_name": "registry.terraform.io/hashicorp/random", "module_address": "module.a"},
                                "terraform": {"name": "terraform", "full_name": "terraform.io/builtin/terraform"}},
            "root_module": {"module_calls": {"a": {"source": "./a", "module": {"module_calls": {"b": {"source": "git::https://git.example.jp/b.git"}}}},
                                             "c/d": {"source": "terraform-aws-modules/vpc/aws", "version_constraint": "5.1.0"}}}}
        found = self.verdicts("OPS-05", self.write("plan.json", plan(configuration)))
        self.assertEqual({address: one["verdict"] for address, one in found.items()},
                         {'provider["registry.terraform.io/hashicorp/aws"]': "pass", 'provider["registry.terraform.io/hashicorp/random"]': "fail",
                          "module.a.module.b": "fail", "module.c/d": "pass", "module.a": "not_applicable"})
        self.assertEqual(found["module.a.module.b"]["location"]["pointer"], "/configuration/root_module/module_calls/a/module/module_calls/b")

    def test_a_configuration_of_another_form_is_no_plan_to_crash_on(self):
        for configuration in ({"provider_config": [1], "root_module": {"module_calls": 3}}, {"root_module": {"module_calls": {"a": None, "b": {"source": 1}}}},
                              {"provider_config": {"x": {"name": 1}, "y": 2}}):
            found = self.verdicts("OPS-05", self.write("plan.json", plan(configuration)))
            self.assertNotIn("pass", [one["verdict"] for one in found.values()])


if __name__ == "__main__":
    unittest.main()
