"""Lines and columns of what sekimori check lists: in every form of a report the same, and what stands there is what the pointer leads to."""

import gzip
import json
import unittest

from support import CommandTest, EXAMPLE

CLOUDFORMATION = {"AWSTemplateFormatVersion": "2010-09-09",
                  "Resources": {"記録": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "logs } ] \" \\"}},
                                "Open": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"GroupDescription": "open", "SecurityGroupIngress": [
                                    {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "0.0.0.0/0"}]}}}}
ARM = {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
       "resources": [{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "name": name, "location": "japaneast", "properties": {"allowBlobPublicAccess": True}} for name in "ab"]}


def asset(number):
    return {"name": f"//storage.googleapis.com/庁{number}", "assetType": "storage.googleapis.com/Bucket",
            "resource": {"version": "v1", "data": {"name": f"庁{number}", "location": "US", "iamConfiguration": {}}}, "ancestors": ["projects/1"]}


def value_at(document, pointer):
    for token in pointer.split("/")[1:]:
        token = token.replace("~1", "/").replace("~0", "~")
        document = document[int(token)] if isinstance(document, list) else document[token]
    return document


class Positions(CommandTest):
    def located(self, file, text, arguments=()):
        """The findings' places; each is where a JSON value begins that its pointer leads to."""
        _, report = self.check(file, arguments=arguments)
        places = [one["location"] for one in report["findings"] if one["input"] == str(file)]
        self.assertTrue(places)
        lines = text.split("\n")
        whole = [json.loads(line) for line in lines if line] if file.suffix == ".ndjson" else json.loads(text)
        for place in places:
            rest = "\n".join([lines[place["line"] - 1][place["column"] - 1:], *lines[place["line"]:]])
            found, _ = json.JSONDecoder().raw_decode(rest)
            self.assertEqual(found, value_at(whole, place["pointer"]), place)
        return report, places

    def test_templates_in_json(self):
        for name, document, resources in (("cloudformation.json", CLOUDFORMATION, 2), ("arm.json", ARM, 2)):
            for indent in (None, 1, 4):
                text = json.dumps(document, indent=indent, ensure_ascii=indent == 1)
                file = self.write(name, text)
                _, places = self.located(file, text)
                self.assertEqual(len({(one["line"], one["column"]) for one in places}), resources)

    def test_encodings_and_packing_change_no_position(self):
        text = json.dumps(CLOUDFORMATION, indent=2, ensure_ascii=False)
        places = self.located(self.write("t.json", text), text)[1]
        lines = [(one["line"], one["column"], one["pointer"]) for one in places]
        self.assertGreater(max(lines)[0], 5)
        for bytes_ in (text.encode("utf-8-sig"), text.encode("utf-16"), b"\xfe\xff" + text.encode("utf-16-be"), gzip.compress(text.encode())):
            file = self.path / "other.json"
            file.write_bytes(bytes_)
            found = self.located(file, text)[1]
            self.assertEqual([(one["line"], one["column"], one["pointer"]) for one in found], lines)

    def test_lines_of_ndjson_held_and_in_pieces(self):
        text = "".join(("\n" if number % 7 == 3 else "") + json.dumps(asset(number), ensure_ascii=False) + "\n" for number in range(300))
        file = self.write("assets.ndjson", text)
        held, places = self.located(file, text)
        self.assertEqual(len({one["line"] for one in places}), 300)
        streamed, _ = self.located(file, text, arguments=("--limit-held-bytes", "20000"))
        self.assertEqual(streamed["findings"], held["findings"])

    def test_every_format_tells_the_same_place(self):
        file = self.write("t.json", json.dumps(CLOUDFORMATION, indent=2, ensure_ascii=False))
        listed = [(one["location"]["line"], one["location"]["column"]) for one in self.check(file)[1]["findings"] if one["input"] == str(file)]
        made = json.loads(self.run_command("check", file, "--rules", "builtin:all", "--format", "sarif").stdout)
        self.assertEqual(made["runs"][0]["columnKind"], "unicodeCodePoints")
        regions = [one["locations"][0]["physicalLocation"].get("region") for one in made["runs"][0]["results"]]
        self.assertEqual([(one["startLine"], one["startColumn"]) for one in regions if one], listed)
        line, column = listed[0]
        self.assertIn(f"t.json:{line}:{column}", self.run_command("check", file, "--rules", "builtin:all").stdout)
        self.assertIn(f"t.json:{line}", self.run_command("check", file, "--rules", "builtin:all", "--format", "html").stdout)

    def test_a_plan_has_positions_and_the_same_findings_without_its_spaces(self):
        text = sorted(EXAMPLE.rglob("plan*.json"))[0].read_text(encoding="utf-8")
        file = self.write("plan.json", text)
        spaced = self.located(file, text)[0]["findings"]
        compact = json.dumps(json.loads(text), separators=(",", ":"), ensure_ascii=False)
        file.write_text(compact, encoding="utf-8")
        dense = self.located(file, compact)[0]["findings"]
        self.assertEqual([(one["id"], one["verdict"]) for one in spaced], [(one["id"], one["verdict"]) for one in dense])


if __name__ == "__main__":
    unittest.main()
