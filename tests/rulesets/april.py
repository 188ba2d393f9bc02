"""The first day of a fiscal year over the example registers: every account that has to be stopped or approved again, and why.

The list below was written by hand from the registers (rulesets/examples/registers), not from a report. Who leaves, moves or is
replaced on 31 March is in order to the end of that day in Japan; on 1 April the same registers, a month old, give a forecast.
"""

import json
import os
import pathlib
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMAND = os.environ.get("SEKIMORI_COMMAND", str(ROOT / "build/release/bindings/cli/sekimori"))
EXAMPLES = ROOT / "rulesets/examples/registers"
INPUTS = sorted(EXAMPLES.glob("*.csv")) + [EXAMPLES / "契約一覧.mapping.yaml"]
RULES = ("ACC-06", "ACC-12", "ACC-15", "ACC-17", "ACC-18", "ACC-19", "ACC-20", "ACC-27")

NO_POST = "accounts.{} の使用者に、システム {} を今日使える発令も契約もありません: {}"
LEFT = "accounts.{} の使用者({} 退職日 {})が在籍していません。"
NO_CONTRACT = "accounts.{} の契約({}、{}～{})は、今日有効な契約ではありません(再委託は元契約も有効であること)。"
RENEWED = "data.contracts.K9-101 (予定 planned: 2027-04-01/2028-03-31)"

# account, rule -> what is said of it (a failure), or what it waits for.
APRIL = {
    # 見本 花子 moves from 福祉局; that she goes to 建設局 is not announced yet.
    ("A-0001", "ACC-17"): [NO_POST.format("A-0001", "F-01", "S1002(福祉局 2023-04-01～2027-03-31)")],
    ("A-0002", "ACC-17"): [NO_POST.format("A-0002", "F-01", "S1002(福祉局 2023-04-01～2027-03-31)")],
    # 例示 次郎 retires, and is the sponsor of the night operators.
    ("A-0003", "ACC-17"): [LEFT.format("A-0003", "S1003", "2027-03-31"), NO_POST.format("A-0003", "F-02", "S1003(福祉局 2019-04-01～2027-03-31)")],
    ("A-0004", "ACC-06"): ["accounts.A-0004 を 2 人(C2002、S1005)で使っています。"],
    ("A-0004", "ACC-17"): [NO_POST.format("A-0004", "F-02", "C2002(架空システム株式会社 2026-04-01～2027-03-31)、S1005(福祉局 2026-04-01～2027-03-31)")],
    ("A-0004", "ACC-19"): [NO_CONTRACT.format("A-0004", "K8-102", "2026-04-01", "2027-03-31"), "accounts.A-0004 の受入責任者(S1003)は、在籍する職員ではありません。"],
    # The contract is to be renewed: nobody can say yet.
    ("A-0006", "ACC-17"): RENEWED,
    ("A-0006", "ACC-19"): RENEWED,
    ("A-0006", "ACC-27"): ["特権のアカウント accounts.A-0006 の日常用アカウント(記載なし)が、ないか、特権を持つか、同じ人のものではありません。"],
    # The subcontract ends, though the account is meant to go on until June.
    ("A-0007", "ACC-17"): [NO_POST.format("A-0007", "D-01", "C2003(見本運用株式会社 2026-06-01～2027-03-31)")],
    ("A-0007", "ACC-19"): [NO_CONTRACT.format("A-0007", "K8-103", "2026-06-01", "2027-03-31"),
                           "accounts.A-0007 の利用期限(2027-06-30)は、今日から 366 日以内で契約(K8-103、～2027-03-31)の終了日までの日でなければなりません。"],
    # 想定 六花 goes back to 模擬町, 架空 五郎 ends his years of reappointment.
    ("A-0008", "ACC-17"): [NO_POST.format("A-0008", "S-01", "S1007(総務局 2026-04-01～2027-03-31)")],
    ("A-0013", "ACC-17"): [LEFT.format("A-0013", "S1006", "2027-03-31"), NO_POST.format("A-0013", "S-01", "S1006(総務局 2026-04-01～2027-03-31)")],
    # The drill of last May; and a mailbox of which the register says nothing.
    ("A-0011", "ACC-15"): ["緊急用アカウント accounts.A-0011 の訓練(2026-05-12)から 324 日が過ぎています。"],
    ("A-0002", "ACC-27"): "mailbox",
}

# The day before: what is out of order whatever the day.
MARCH = {("A-0004", "ACC-06"), ("A-0006", "ACC-27"), ("A-0007", "ACC-19"), ("A-0011", "ACC-15"), ("A-0002", "ACC-27")}

# Clouds without two accounts for emergencies, and accounts that one person administers alone.
CLOUDS = {("ACC-15", "azure", 0), ("ACC-15", "google", 0), ("ACC-15", "oci", 0), ("ACC-15", "sakura", 0)}
ACCOUNTS = {"111122223333": 1, "00000000-0000-4000-8000-00000000a201": 1}


class April(unittest.TestCase):
    maxDiff = None

    def report(self, now, *more, inputs=INPUTS):
        run = subprocess.run([COMMAND, "check", *map(str, inputs), "--rules", str(ROOT / "rulesets"), "--now", now, "--format", "json", *more],
                             capture_output=True, text=True, cwd=ROOT, timeout=120)
        self.assertIn(run.returncode, (1, 3), run.stderr)
        return json.loads(run.stdout)

    def listed(self, report):
        found = {}
        for one in report["findings"]:
            address = one["resource"]["address"]
            if one["rule"] in RULES and address.startswith("accounts."):
                said = one["message"]["ja"].split("\n") if one["verdict"] == "fail" else ", ".join(reason["path"] for reason in one["unknown"])
                found[address.removeprefix("accounts."), one["rule"]] = said
        return found

    def test_every_account_to_be_stopped_or_approved_again(self):
        report = self.report("2027-04-01")
        self.assertEqual(self.listed(report), APRIL)
        self.assertIn("予定", report["cautions"][0]["ja"])
        for one in report["findings"]:
            if one["rule"] == "ACC-17":
                self.assertIn({"register": "assignments", "as_of": "2027-03-01"}, one["forecast"])

    def test_the_last_day_is_a_day(self):
        for now in ("2027-03-31", "2027-03-31T23:59:59+09:00", "2027-03-31T14:59:59Z"):
            self.assertEqual(set(self.listed(self.report(now))), MARCH, now)
        self.assertEqual(set(self.listed(self.report("2027-03-31T15:00:00Z"))), set(APRIL))

    def test_appointments_that_are_not_announced(self):
        plain, shown = self.report("2027-04-01"), self.report("2027-04-01", "--include-planned")
        self.assertNotIn("建設局 2027-04-01", json.dumps(plain, ensure_ascii=False))
        self.assertIn("内示", json.dumps(shown["cautions"], ensure_ascii=False))
        # The new post of 見本 花子 is in another bureau; that of 仮名 四季 is not what the contractor beside her lacks.
        verdicts = [{(one["resource"]["address"], one["verdict"]) for one in report["findings"] if one["rule"] == "ACC-17"} for report in (plain, shown)]
        self.assertEqual(verdicts[0], verdicts[1])

    def test_clouds_and_their_accounts(self):
        found = [one for one in self.report("2027-04-01")["findings"] if one["resource"]["address"].startswith("account:")]
        emergency = {(one["rule"], one["resource"]["cloud"], int(one["message"]["ja"].split("は ")[-1].split(" ")[0])) for one in found if one["rule"] == "ACC-15"}
        self.assertEqual(emergency, CLOUDS)
        privileged = {one["resource"]["address"].split(":", 2)[2]: one["message"]["ja"] for one in found if one["rule"] == "ACC-12"}
        self.assertEqual(privileged, {number: f"{number} の特権を持つ人が {people} 人しかいません(下限 2 人)。" for number, people in ACCOUNTS.items()})

    def test_contracts_that_could_not_be_read_decide_nothing(self):
        # Without its mapping the list of contracts is unreadable; whose accounts rest on one is then not known.
        found = self.listed(self.report("2027-04-01", inputs=INPUTS[:-1]))
        self.assertEqual(found["A-0006", "ACC-17"], "data.contracts")
        self.assertEqual({key for key in found if key[1] == "ACC-17"}, {key for key in APRIL if key[1] == "ACC-17"})


if __name__ == "__main__":
    unittest.main()
