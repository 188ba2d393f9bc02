"""sekimori check of ARM templates with files of parameters beside them: joined where it is certain which template a file is for, never guessed."""

import json
import unittest

from support import CommandTest, ROOT

SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/"
TEMPLATE = {"$schema": SCHEMA + "deploymentTemplate.json#", "contentVersion": "1.0.0.0",
            "parameters": {"access": {"type": "bool", "defaultValue": True}, "key": {"type": "secureString"}},
            "resources": [{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "name": "logs", "location": "japaneast", "tags": {"key": "[parameters('key')]"},
                           "properties": {"allowBlobPublicAccess": "[parameters('access')]"}}]}


def parameters(**values):
    return {"$schema": SCHEMA + "deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": values}


class Deployments(CommandTest):
    def put(self, name, content):
        return self.write(name, content if isinstance(content, str) else json.dumps(content))

    def told(self, *inputs):
        """What became of each input, the verdicts of DAT-01, and the whole report as text."""
        report = self.check(*inputs, rules=(ROOT / "rulesets",))
        report = report[1] if isinstance(report, tuple) else report
        inputs = [(one.get("format"), one["status"], [problem["message"] for problem in one.get("diagnostics", [])]) for one in report["inputs"]]
        return inputs, [one["verdict"] for one in report["findings"] if one["rule"] == "DAT-01"], json.dumps(report)

    def test_values_are_joined_in_either_order_and_without_case(self):
        template, given = self.put("main.json", TEMPLATE), self.put("given.json", parameters(ACCESS={"value": False}, key={"value": "hidden-words"}))
        self.assertEqual(self.told(template)[1], ["fail"])
        for inputs in ((template, given), (given, template)):
            records, verdicts, whole = self.told(*inputs)
            self.assertEqual({one[:2] for one in records}, {("arm-template", "read"), ("arm-parameters", "read")})
            self.assertNotIn("fail", verdicts)
            self.assertNotIn("hidden-words", whole)
            self.assertIn("the values of parameters are those of", whole)

    def test_a_name_settles_which_template_and_nothing_is_guessed(self):
        (self.path / "one").mkdir()
        one, two = self.put("one/main.json", TEMPLATE), self.put("other.json", TEMPLATE)
        given = self.put("given.json", parameters(access={"value": False}))
        records, verdicts, _ = self.told(one, two, given)
        self.assertEqual(verdicts, ["fail", "fail"])
        self.assertIn("several templates declare all of these parameters", records[2][2][0])
        named = self.put("one/main.parameters.prod.json", parameters(access={"value": False}))
        records, verdicts, _ = self.told(one, two, named)
        self.assertEqual((records[2][1], sorted(verdicts).count("fail")), ("read", 1))
        second = self.put("one/main.parameters.dev.json", parameters(access={"value": True}))
        records, verdicts, _ = self.told(one, named, second)
        self.assertEqual(([record[1] for record in records], verdicts), (["read", "unreadable", "unreadable"], ["fail"]))
        self.assertIn("several files of parameters", records[1][2][0])

    def test_what_fits_nothing_is_refused_and_the_template_is_read_without(self):
        template = self.put("main.json", TEMPLATE)
        for content, message in ((parameters(other={"value": 1}), "no template among the inputs declares all of these parameters"),
                                 (parameters(access=1), "/parameters is no object"), ({**parameters(), "parameters": []}, "/parameters is no object"),
                                 (json.dumps(parameters(access={"value": False})).replace('"value": false', '"value": false, "value": true'), "stands twice")):
            records, verdicts, _ = self.told(template, self.put("given.json", content))
            self.assertEqual([record[1] for record in records], ["read", "unreadable"])
            self.assertIn(message, records[1][2][0])
            self.assertEqual(verdicts, ["fail"])
        records, _, _ = self.told(template, self.put("main.parameters.json", parameters(other={"value": 1})))
        self.assertIn("has no parameter `other`", records[1][2][0])
        records, _, _ = self.told(self.put("alone.json", parameters(access={"value": False})))
        self.assertIn("no template is among the inputs", records[0][2][0])

    def test_what_stands_in_a_vault_is_not_known(self):
        template = self.put("main.json", TEMPLATE)
        given = self.put("given.json", parameters(access={"reference": {"keyVault": {"id": "x"}, "secretName": "y"}}))
        self.assertEqual(self.told(template, given)[1], ["undetermined"])


if __name__ == "__main__":
    unittest.main()
