#!/usr/bin/env python3
"""Checks that every attribute which the shipped kinds name of Google's assets exists in Google's discovery documents.

    google_attribute_paths.py [--list] [KINDS_DIRECTORY]

The documents are those of the Python package google-api-python-client. What counts as a name stands in attribute_paths.py.
Besides names, the places where the reader of assets finds labels are looked up for every type that is tagged.
What no document says is listed: the names of the asset types themselves, and types of which only the reader reads.
Exit: 0 all names found, 1 some are not, 2 a document can't be read, 77 where a package is missing.
"""
import json
import os
import re
import sys

import attribute_paths

ASSET = re.compile(r"[a-z0-9.-]+\.googleapis\.com/[A-Za-z0-9]+(:[a-z_]+)?$")
# Service: the documents that describe its assets. Where there are two, assets come in the form of either.
DOCUMENTS = {"admin": ["admin.directory_v1"], "aiplatform": ["aiplatform.v1"], "alloydb": ["alloydb.v1"], "artifactregistry": ["artifactregistry.v1"], "backupdr": ["backupdr.v1"],
             "bigquery": ["bigquery.v2"], "bigtableadmin": ["bigtableadmin.v2"], "certificatemanager": ["certificatemanager.v1"],
             "cloudfunctions": ["cloudfunctions.v1", "cloudfunctions.v2"], "cloudkms": ["cloudkms.v1"],
             "cloudresourcemanager": ["cloudresourcemanager.v1", "cloudresourcemanager.v3"], "composer": ["composer.v1"], "compute": ["compute.v1"],
             "container": ["container.v1"], "datafusion": ["datafusion.v1"], "dataproc": ["dataproc.v1"], "dns": ["dns.v1"],
             "essentialcontacts": ["essentialcontacts.v1"], "eventarc": ["eventarc.v1"], "file": ["file.v1"], "healthcare": ["healthcare.v1"],
             "iam": ["iam.v1"], "logging": ["logging.v2"], "monitoring": ["monitoring.v3"], "notebooks": ["notebooks.v1", "notebooks.v2"],
             "orgpolicy": ["orgpolicy.v2"], "osconfig": ["osconfig.v1"], "privateca": ["privateca.v1"], "pubsub": ["pubsub.v1"],
             "redis": ["redis.v1"], "run": ["run.v1", "run.v2"], "secretmanager": ["secretmanager.v1"],
             "securitycenter": ["securitycenter.v1", "securitycenter.v1beta2"], "serviceusage": ["serviceusage.v1"], "spanner": ["spanner.v1"],
             "sqladmin": ["sqladmin.v1beta4", "sqladmin.v1"], "storage": ["storage.v1"], "workflows": ["workflows.v1"]}
# Schemas that have another name than the asset type.
SCHEMAS = {"sqladmin.googleapis.com/Instance": ["DatabaseInstance"], "compute.googleapis.com/RegionDisk": ["Disk"],
           "compute.googleapis.com/RegionBackendService": ["BackendService"],
           "compute.googleapis.com/GlobalForwardingRule": ["ForwardingRule"], "aiplatform.googleapis.com/Dataset": ["GoogleCloudAiplatformV1Dataset"],
           "essentialcontacts.googleapis.com/Contact": ["GoogleCloudEssentialcontactsV1Contact"],
           "serviceusage.googleapis.com/Service": ["GoogleApiServiceusageV1Service"],
           "orgpolicy.googleapis.com/Policy": ["GoogleCloudOrgpolicyV2Policy"],
           "run.googleapis.com/Service": ["Service", "GoogleCloudRunV2Service"], "run.googleapis.com/Job": ["Job", "GoogleCloudRunV2Job"]}
# What no document has: the CSV of users has it alone.
BESIDE = {("admin.googleapis.com/User", "status")}
# Types that no kind maps, but mappings refer to.
REFERRED = ["compute.googleapis.com/UrlMap"]
# Policies are described by the inventory itself.
POLICIES = {"iam_policy": ("cloudasset.v1", "Policy")}
# Where lib/inventory/google_assets.cpp finds labels, if not in `labels`.
LABELS = {"sqladmin.googleapis.com/Instance": [("settings", "userLabels")], "container.googleapis.com/Cluster": [("resourceLabels",)],
          "run.googleapis.com/Service": [("labels",), ("metadata", "labels")], "run.googleapis.com/Job": [("labels",), ("metadata", "labels")]}


class Discovery:
    def __init__(self, folder, types):
        self.folder, self.read, self.types = folder, {}, {}
        for rtype in types:
            found = self.schemas_of(rtype)
            if found:
                self.types[rtype] = found

    def document(self, name):
        if name not in self.read:
            path = os.path.join(self.folder, name + ".json")
            with open(path, encoding="utf-8") as handle:
                self.read[name] = json.load(handle).get("schemas", {})
        return self.read[name]

    def schemas_of(self, rtype):
        """The schemas of an asset type, each with the others of its document."""
        asset, _, policy = rtype.partition(":")
        if policy:
            document, schema = POLICIES.get(policy, ("", ""))
            return [(self.document(document), self.document(document)[schema])] if document else []
        service, name = asset.split(".googleapis.com/")
        schemas = SCHEMAS.get(asset, [name])
        documents = [self.document(d) for d in DOCUMENTS.get(service, [])]
        return [(document, document[schema]) for document in documents for schema in schemas if schema in document]

    def has(self, rtype, path):
        return (rtype, *path) in BESIDE or any(self.leads(all_schemas, schema, path) for all_schemas, schema in self.types[rtype])

    def leads(self, all_schemas, node, path):
        for part in path:
            node = self.below(all_schemas, node, part)
            if node is None:
                return False
            if node == attribute_paths.ANYTHING:
                return True
        return True

    @staticmethod
    def below(all_schemas, node, name):
        while "$ref" in node or "items" in node:
            node = all_schemas[node["$ref"]] if "$ref" in node else node["items"]
        if name in node.get("properties", {}):
            return node["properties"][name]
        return attribute_paths.ANYTHING if "additionalProperties" in node else None


def main(argv):
    rest = [a for a in argv if not a.startswith("--")]
    kinds = rest[0] if rest else os.path.join(attribute_paths.ROOT, "rulesets", "kinds")
    try:
        import googleapiclient
        import yaml
    except ImportError as error:
        print(f"SKIPPED: {error.name} is not installed (google-api-python-client, PyYAML), attributes of Google's assets were not checked")
        return 77
    folder = os.path.join(os.path.dirname(googleapiclient.__file__), "discovery_cache", "documents")
    mapped = {}
    for name in sorted(f for f in os.listdir(kinds) if f.endswith(".yaml") and not f.endswith(".tests.yaml")):
        with open(os.path.join(kinds, name), encoding="utf-8") as handle:
            for kind, body in yaml.safe_load(handle)["kinds"].items():
                for rtype, mapping in body["from"].items():
                    if ASSET.match(rtype):
                        mapped.setdefault(rtype, {})[kind] = mapping
    try:
        schemas = Discovery(folder, [*mapped, *REFERRED])
    except FileNotFoundError as error:
        print(f"no discovery document {error.filename}", file=sys.stderr)
        return 2
    code = attribute_paths.check(kinds, schemas, ASSET.match, "--list" in argv)
    for rtype, by_kind in mapped.items():
        if "tagged_resource" in by_kind and rtype in schemas.types and not all(schemas.has(rtype, path) for path in LABELS.get(rtype, [("labels",)])):
            print(f"tagged_resource: {rtype}: no labels where the reader looks for them")
            code = 1
    only = sorted(t for t, by_kind in mapped.items() if not any(attribute_paths.names_of(t, m)[0] for m in by_kind.values()))
    print(f"Not in any document: the names of the {len(mapped)} asset types.")
    print(f"No attribute named, as the reader says name, place and labels: {', '.join(only)}")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
