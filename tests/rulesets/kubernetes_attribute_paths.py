#!/usr/bin/env python3
"""Checks that every attribute which the shipped kinds name of manifests exists in Kubernetes' own API description.

    kubernetes_attribute_paths.py [--list] [KINDS_DIRECTORY]

The schemas are those of the Python package kubernetes-validate, of the latest release that it has: what the API server says in its
OpenAPI document, with unknown members forbidden. What counts as a name stands in attribute_paths.py.
Exit: 0 all names found, 1 some are not, 77 where the package is missing.
"""
import importlib.util
import json
import os
import re
import sys

import attribute_paths

OBJECT = re.compile(r"([a-z0-9.-]+/)?v[0-9][a-z0-9]*/[A-Z][A-Za-z0-9]*$")


class Openapi:
    """Schemas of one release; `types` are those of them that are asked for."""

    def __init__(self, types):
        package = importlib.util.find_spec("kubernetes_validate")
        if package is None:
            raise ImportError(name="kubernetes_validate")
        folder = os.path.join(package.submodule_search_locations[0], "kubernetes-json-schema")
        releases = [name for name in os.listdir(folder) if name.endswith("-strict")]
        self.release = max(releases, key=lambda name: [int(part) for part in re.findall(r"[0-9]+", name)])
        with open(os.path.join(folder, self.release, "_definitions.json"), encoding="utf-8") as handle:
            self.all = json.load(handle)["$defs"]
        named = {f"{one['group'] + '/' if one['group'] else ''}{one['version']}/{one['kind']}": name
                 for name, body in self.all.items() for one in body.get("x-kubernetes-group-version-kind", [])}
        self.types = {rtype: named[rtype] for rtype in types if rtype in named}

    def has(self, rtype, path):
        node = self.all[self.types[rtype]]
        for part in path:
            while "$ref" in node or "items" in node:
                node = self.all[node["$ref"].rsplit("/", 1)[1]] if "$ref" in node else node["items"]
            if part in node.get("properties", {}):
                node = node["properties"][part]
            else:
                return bool(node.get("additionalProperties"))     # a map: anything goes
        return True

    def problems(self, rtype, values):
        """What the API server would refuse: names that it does not know, forms, what is required."""
        import jsonschema
        checked = jsonschema.Draft202012Validator({"$defs": self.all, "$ref": "#/$defs/" + self.types[rtype]})
        return [(".".join(str(part) for part in one.absolute_path), one.message) for one in checked.iter_errors(values)]


def main(argv):
    rest = [a for a in argv if not a.startswith("--")]
    kinds = rest[0] if rest else os.path.join(attribute_paths.ROOT, "rulesets", "kinds")
    try:
        import yaml
        types = set()
        for name in sorted(f for f in os.listdir(kinds) if f.endswith(".yaml")):
            with open(os.path.join(kinds, name), encoding="utf-8") as handle:
                types |= {rtype for body in yaml.safe_load(handle)["kinds"].values() for rtype in body["from"] if OBJECT.match(rtype)}
        schemas = Openapi(types)
    except ImportError as error:
        print(f"SKIPPED: {error.name} is not installed (kubernetes-validate, PyYAML), attributes of manifests were not checked")
        return 77
    code = attribute_paths.check(kinds, schemas, OBJECT.match, "--list" in argv)
    for rtype in sorted(types - set(schemas.types)):
        print(f"{rtype}: no such type in {schemas.release}")
        code = 1
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
