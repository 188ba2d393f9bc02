"""What the command lists: what inputs hold, states of Terraform among them, and the kinds with who offers their fields."""

import json
import sys
import unittest

from support import CommandTest, EXAMPLE, EXTERNAL, PLAN, ROOT, change


class Listings(CommandTest):
    def test_hundreds_of_thousands_of_masks_of_a_state_are_read_in_time(self):
        tags = {f"k{i:06}": "v" for i in range(300_000)}
        one = {"address": "aws_s3_bucket.a", "mode": "managed", "type": "aws_s3_bucket", "name": "a", "provider_name": "p",
               "values": {"password": "Hidden-by-name", "tags": tags}, "sensitive_values": {"tags": dict.fromkeys(reversed(tags), True)}}
        paths = [[{"type": "get_attr", "value": "tags"}, {"type": "index", "value": {"value": key, "type": "string"}}] for key in list(tags)[:50_000]]
        kept = dict(self.STATE, resources=[{"mode": "managed", "type": "aws_s3_bucket", "name": "a", "provider": "p", "instances": [{"attributes": one["values"], "sensitive_attributes": paths}]}])
        for text in ({"format_version": "1.0", "values": {"root_module": {"resources": [one]}}}, kept):
            run = self.run_command("inventory", self.write("state.json", json.dumps(text)), "--format", "json")
            self.assertEqual(run.returncode, 0, run.stderr)
            self.assertEqual(json.loads(run.stdout)["summary"]["resources"], 1)

    STATE = {"version": 4, "terraform_version": "1.12.2", "serial": 1, "lineage": "x", "outputs": {}, "resources": [
        {"mode": "managed", "type": "aws_ebs_volume", "name": "d", "provider": 'provider["registry.terraform.io/hashicorp/aws"]',
         "instances": [{"attributes": {"id": "vol-1", "encrypted": True}}, {"attributes": {"id": "vol-2", "encrypted": False}, "deposed": "0a"}]},
        {"mode": "managed", "type": "odd_thing", "name": "o", "provider": 'provider["registry.terraform.io/hashicorp/odd"]', "instances": [{"attributes": {"id": "1"}}]}]}

    def valid(self, text, schema):
        document = json.loads(text)
        try:
            import jsonschema
        except ImportError:
            print("SKIPPED: schemas: Python has no module jsonschema", file=sys.stderr)
            return document
        rules = json.loads((ROOT / f"rulesets/schemas/{schema}.schema.json").read_text(encoding="utf-8"))
        validator = jsonschema.validators.validator_for(rules)
        validator.check_schema(rules)
        self.assertEqual([error.message for error in validator(rules).iter_errors(document)], [])
        self.assertFalse(validator(rules).is_valid({**document, "schema": "other"}))
        return document

    def test_inventory_says_what_was_read(self):
        state = self.write("terraform.tfstate", json.dumps(self.STATE))
        plan = EXAMPLE / "aws/good/plan.json"
        run = self.run_command("inventory", state, plan, "--format", "json")
        self.assertEqual(run.returncode, 0, run.stderr)
        listed = self.valid(run.stdout, "inventory-v1")
        self.assertEqual([(i["format"], i["stage"], i["status"]) for i in listed["inputs"]], [("terraform-state", "inventory", "read"), ("terraform-plan", "plan", "read")])
        self.assertEqual(listed["inputs"][0]["unmapped"], {"odd_thing": 1})
        types = {one["type"]: one for one in listed["types"]}
        self.assertEqual(types["odd_thing"]["kinds"], [])
        disk = types["aws_ebs_volume"]
        self.assertEqual(disk["resources"] - disk["judged"], 1)
        as_disk = next(kind for kind in disk["kinds"] if kind["kind"] == "disk")
        self.assertIn("encrypted", as_disk["offered"])
        self.assertIn("check_subject", as_disk["missing"])
        self.assertEqual(listed["summary"]["resources"], sum(i["resources"] for i in listed["inputs"]))
        self.assertEqual(listed["summary"]["unmapped"], sum(one["resources"] for one in types.values() if not one["kinds"]))
        for language, words in (("en", "Types that no kind maps"), ("ja", "共通種別のない型")):
            run = self.run_command("inventory", state, "--lang", language)
            self.assertEqual(run.returncode, 0)
            self.assertIn(words, run.stdout)
            self.assertIn("odd_thing 1", run.stdout)
        # The same from a line each and from standard input, held or read in pieces.
        asset = '{"name":"//storage.googleapis.com/b%d","assetType":"storage.googleapis.com/Bucket","resource":{"data":{"name":"b"}}}'
        lines = "\n".join(asset % i for i in range(50))
        runs = [self.run_command("inventory", "-", "--format", "csv", *more, text=lines) for more in ((), ("--limit-held-bytes", "1000"))]
        self.assertEqual(*[(run.returncode, run.stdout) for run in runs])
        self.assertIn("google,storage.googleapis.com/Bucket,50,50,", runs[0].stdout)

    def test_inventory_as_a_table_and_what_could_not_be_read(self):
        state = dict(self.STATE, resources=[dict(self.STATE["resources"][1], type='=odd,"thing')])
        run = self.run_command("inventory", self.write("s.json", json.dumps(state)), self.write("broken.json", "{"), "--format", "csv")
        self.assertEqual(run.returncode, 3)
        self.assertIn("broken.json", run.stderr)
        self.assertEqual(run.stdout.splitlines(), ["cloud,type,resources,judged,kinds,offered,missing", ""","'=odd,""thing",1,1,,,"""])
        run = self.run_command("inventory", self.path / "broken.json", "--format", "json")
        self.assertEqual(run.returncode, 3)
        self.assertEqual([d["code"] for d in self.valid(run.stdout, "inventory-v1")["inputs"][0]["diagnostics"]], ["SKM300"])
        self.assertEqual(self.run_command("inventory", self.path / "s.json", "--input-format", "terraform-plan").returncode, 3)
        for wrong in (("--format", "markdown"), ("--lang", "fr"), ("--rules", "no/such"), ()):
            run = self.run_command("inventory", *([self.path / "s.json"] if wrong else []), *wrong)
            self.assertEqual(run.returncode, 2, wrong)
            self.assertTrue(run.stderr)

    def test_inventory_holds_no_secret_of_a_state(self):
        state = self.write("s.tfstate", json.dumps(dict(self.STATE, resources=[{"mode": "managed", "type": "aws_db_instance", "name": "d", "provider": "provider.aws",
                           "instances": [{"attributes": {"id": "d", "password": "Hidden-by-name", "note": "Hidden-by-path"}, "sensitive_attributes": [[{"type": "get_attr", "value": "note"}]]}]}])))
        for arguments in (("inventory", state), ("inventory", state, "--format", "json"), ("check", state, "--rules", "builtin:all", "--format", "json"), ("check", state, "--rules", "builtin:all", "--format", "html")):
            run = self.run_command(*arguments)
            self.assertIn(run.returncode, (0, 1, 3))
            self.assertNotIn("Hidden", run.stdout + run.stderr)

    def test_a_state_is_judged_as_its_plan_is(self):
        plan = PLAN % change("aws_ebs_volume", "d", '{"id":"vol-1","encrypted":false}', actions='["no-op"]')
        state = dict(self.STATE, resources=[{"mode": "managed", "type": "aws_ebs_volume", "name": "d", "provider": 'provider["registry.terraform.io/hashicorp/aws"]',
                     "instances": [{"attributes": {"id": "vol-1", "encrypted": False}}]}])
        verdicts = []
        for text in (plan, json.dumps(state)):
            run, report = self.check(self.write("given.json", text))
            verdicts.append([(f["rule"], f["verdict"], f["resource"]["address"], f["resource"]["aliases"][0]) for f in report["findings"] if f["verdict"] == "fail"])
        self.assertTrue(verdicts[0])
        self.assertEqual(*verdicts)

    def test_states_of_real_providers_are_the_resources_of_their_plans(self):
        """What plans say will stand, as the state that it then is, in both forms: the same resources, and the same known failures."""
        plans = sorted((EXTERNAL / "tofu-plans").glob("*/*/plan.json"))
        if not plans:
            print(f"SKIPPED: no plans below {EXTERNAL / 'tofu-plans'}: set SEKIMORI_EXTERNAL_DATA", file=sys.stderr)
            return
        failures = 0
        for path in plans:
            plan = json.loads(path.read_text(encoding="utf-8"))
            blocks, listed, unreal = {}, [], set()

            def has_null(value, in_list=False):
                if isinstance(value, dict):
                    return any(has_null(one) for one in value.values())
                return any(has_null(one, True) for one in value) if isinstance(value, list) else in_list and value is None

            def take(module):
                for one in module.get("resources", []):
                    if one["mode"] != "managed":
                        continue
                    listed.append((one["type"], one["address"]))
                    if has_null(one["values"]):
                        unreal.add(one["address"])      # ids in a list that a plan does not know yet: no state has such a list
                    block = {"mode": one["mode"], "type": one["type"], "name": one["name"], "provider": f'provider["{one["provider_name"]}"]', "instances": []}
                    if "address" in module:
                        block["module"] = module["address"]
                    held = blocks.setdefault((module.get("address"), one["type"], one["name"]), block)
                    held["instances"].append({"attributes": one["values"], **({"index_key": one["index"]} if "index" in one else {})})
                for child in module.get("child_modules", []):
                    take(child)

            take(plan["planned_values"]["root_module"])
            forms = [{"format_version": "1.0", "values": plan["planned_values"]}, dict(self.STATE, resources=list(blocks.values()))]
            reports = []
            for form in forms:
                run, report = self.check(self.write("state.json", json.dumps(form)), arguments=("--include", "pass,not_applicable"))
                record = report["inputs"][0]
                self.assertEqual((record["format"], record["status"] != "unreadable"), ("terraform-state", True), path)
                # What an account has to hold is another question for a state, whose accounts are told by its attributes alone.
                verdicts = {}
                for f in report["findings"]:
                    key = (f["rule"], f["resource"]["type"], f["resource"]["address"])
                    # What an account has to hold is another question for a state. One rule may be asked of a resource as two kinds.
                    if not f["resource"]["type"].startswith("account:") and verdicts.get(key) != "fail":
                        verdicts[key] = f["verdict"]
                reports.append(verdicts)
            self.assertEqual(*reports, path)
            self.assertLessEqual({(kind, address.split("#")[0]) for _, kind, address in reports[0]}, set(listed), path)
            run, report = self.check(path)
            # A null of a plan is a null of the state; what a plan does not know yet is absent from this state, and decides nothing more.
            for finding in report["findings"]:
                key = (finding["rule"], finding["resource"]["type"], finding["resource"]["address"])
                if finding["verdict"] == "fail" and finding["resource"]["address"] not in unreal:
                    failures += reports[0].get(key) == "fail"
                    self.assertNotEqual(reports[0].get(key, "fail"), "pass", (path, key))
        self.assertGreater(failures, 50)

    def test_kinds_and_who_offers_their_fields(self):
        run = self.run_command("kinds", "--format", "json")
        self.assertEqual(run.returncode, 0, run.stderr)
        kinds = {kind["kind"]: kind for kind in self.valid(run.stdout, "kinds-listing-v1")["kinds"]}
        self.assertEqual(list(kinds), sorted(kinds))
        self.assertIn({"name": "encrypted", "type": "bool", "nullable": False, "derived": False}, kinds["disk"]["fields"])
        volume = next(one for one in kinds["disk"]["types"] if one["type"] == "aws_ebs_volume")
        self.assertIn("encrypted", volume["offered"])
        self.assertIn("check_subject", volume["missing"])
        self.assertTrue(any(field["derived"] for kind in kinds.values() for field in kind["fields"]))
        self.assertEqual([kind["kind"] for kind in json.loads(self.run_command("kinds", "disk", "--format", "json").stdout)["kinds"]], ["disk"])
        for language, words in (("en", "Disk"), ("ja", "ディスク")):
            run = self.run_command("kinds", "disk", "--lang", language)
            self.assertEqual(run.returncode, 0)
            self.assertIn(f"disk  {words}", run.stdout)
        self.assertIn(self.run_command("kinds", "disk", "--format", "markdown").stdout, (ROOT / "docs/kinds.md").read_text(encoding="utf-8"))
        run = self.run_command("kinds", "dsk")
        self.assertEqual(run.returncode, 2)
        self.assertIn("did you mean `disk`?", run.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=1)
