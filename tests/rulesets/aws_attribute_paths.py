#!/usr/bin/env python3
"""Checks that every attribute which the shipped kinds name in AWS's own types exists in AWS's own descriptions.

    aws_attribute_paths.py [KINDS_DIRECTORY]

- aws-api:SERVICE.SHAPE: the shapes of botocore's service models.
- AWS::SERVICE::TYPE: the resource schemas that cfn-lint brings along.
- aws-config:AWS::...: nothing that installs describes them (github.com/awslabs/aws-config-resource-schema does); they are
  counted, not checked.
- aws-api:iam.CredentialReport: the columns of a CSV, as its reader has them.
Where neither package is installed (pip install botocore cfn-lint) the test says SKIPPED and ends with 77.
Exit: 0 all names found, 1 some are not, 2 a document can't be read.
"""
import json
import os
import sys

import attribute_paths


class Shapes:
    """Structures of botocore's models; `types` tells which there are."""

    def __init__(self, chosen):
        import botocore.loaders
        self.loader, self.models, self.types = botocore.loaders.Loader(), {}, set()
        for rtype in chosen:
            if rtype.startswith("aws-config:") or self.shape(rtype) is not None:
                self.types.add(rtype)

    def shape(self, rtype):
        service, name = rtype.split(":", 1)[1].split(".", 1)
        if service not in self.models:
            self.models[service] = self.loader.load_service_model(service, "service-2")["shapes"]
        # The element of DescribeTable's result is a TableDescription, and so on.
        for candidate in (name, name + "Description", name + "Configuration", name + "ListEntry"):
            if candidate in self.models[service]:
                return candidate
        return None

    def has(self, rtype, path):
        if rtype.startswith("aws-config:"):
            return True                          # what a result refers to
        shapes = self.models[rtype.split(":", 1)[1].split(".", 1)[0]]
        shape = shapes[self.shape(rtype)]
        for part in path:
            while shape["type"] == "list":
                shape = shapes[shape["member"]["shape"]]
            if shape["type"] == "map":
                return True
            if part not in shape.get("members", {}):
                return False
            shape = shapes[shape["members"][part]["shape"]]
        return True


class Schemas:
    """CloudFormation's resource schemas."""

    def __init__(self):
        import cfnlint
        folder = os.path.join(os.path.dirname(cfnlint.__file__), "data", "schemas")
        with open(os.path.join(folder, "providers", "us-east-1.json"), encoding="utf-8") as handle:
            self.files = json.load(handle)
        self.folder, self.types = folder, set(self.files)

    def has(self, rtype, path):
        with open(os.path.join(self.folder, "resources", self.files[rtype] + ".json"), encoding="utf-8") as handle:
            schema = json.load(handle)
        return self.below(schema, schema, path)

    def below(self, schema, node, path):
        while "$ref" in node:
            node = schema["definitions"][node["$ref"].rsplit("/", 1)[1]]
        if "items" in node:
            return self.below(schema, node["items"], path)
        if not path:
            return True
        if path[0] in node.get("properties", {}):
            return self.below(schema, node["properties"][path[0]], path[1:])
        kinds = node.get("type", [])
        free = "object" in ([kinds] if isinstance(kinds, str) else kinds) and not node.get("properties")
        return free or any(self.below(schema, other, path) for word in ("anyOf", "oneOf", "allOf") for other in node.get(word, []))


def types_of(kinds):
    import yaml
    for name in sorted(os.listdir(kinds)):
        if name.endswith(".yaml") and not name.endswith(".tests.yaml"):
            with open(os.path.join(kinds, name), encoding="utf-8") as handle:
                for body in yaml.safe_load(handle)["kinds"].values():
                    yield from body["from"]


def main(argv):
    kinds = argv[1] if len(argv) > 1 else os.path.join(attribute_paths.ROOT, "rulesets", "kinds")
    types = set(types_of(kinds))
    print(str(sum(t.startswith("aws-config:") for t in types)) + " types of AWS Config are not checked: no package describes them")
    worst, checked = 0, 0
    for package, begins, make in (("botocore", "aws-api:", lambda: Shapes(t for t in types | {"aws-config:AWS::EC2::PrefixList"} if t.startswith("aws-"))), ("cfnlint", "AWS::", Schemas)):
        try:
            schemas = make()
        except ImportError:
            print("SKIPPED: no " + package + ", types that begin with " + begins + " were not checked")
            continue
        checked += 1
        worst = max(worst, attribute_paths.check(kinds, schemas, lambda t: t.startswith(begins), False))
    return worst if checked else 77


if __name__ == "__main__":
    sys.exit(main(sys.argv))
