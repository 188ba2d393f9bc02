#!/usr/bin/env python3
"""Checks that every attribute which the shipped kinds name of Azure's resources exists in the models of Azure's own SDKs.

    azure_attribute_paths.py [--list] [KINDS_DIRECTORY]

The models are those of the Python packages azure-mgmt-*, by the names that go over the wire. What counts as a name stands in
attribute_paths.py. What every resource has by the contract of Azure Resource Manager (name, location, tags ...) needs no model; types of
which nothing else is named are listed, and so are those whose package is not installed.
Exit: 0 all names found, 1 some are not, 2 a document can't be read, 77 where no package is installed.
"""
import importlib
import os
import re
import sys

import attribute_paths

TYPE = re.compile(r"microsoft\.[a-z]+/[a-z/]+$")
ENVELOPE = {"id", "name", "type", "location", "tags"}
# What Resource Graph says of a subscription in its table ResourceContainers, which no SDK has a model of (Microsoft Learn, samples of Resource Graph).
GRAPH = {"microsoft.resources/subscriptions": [("tenantId",), ("properties", "managementGroupAncestorsChain", "name")]}
FREE = object()
# Type: the package of azure.mgmt and its class.
MODELS = {
    "microsoft.authorization/locks": ("resource.locks", "ManagementLockObject"),
    "microsoft.authorization/policyassignments": ("resource.policy", "PolicyAssignment"),
    "microsoft.authorization/roleassignments": ("authorization.v2022_04_01", "RoleAssignment"),
    "microsoft.authorization/roledefinitions": ("authorization.v2022_04_01", "RoleDefinition"),
    "microsoft.cache/redis": ("redis", "RedisResource"),
    "microsoft.compute/disks": ("compute", "Disk"),
    "microsoft.compute/galleries": ("compute", "Gallery"),
    "microsoft.compute/snapshots": ("compute", "Snapshot"),
    "microsoft.compute/virtualmachines": ("compute", "VirtualMachine"),
    "microsoft.compute/virtualmachinescalesets": ("compute", "VirtualMachineScaleSet"),
    "microsoft.containerservice/managedclusters": ("containerservice", "ManagedCluster"),
    "microsoft.dataprotection/backupvaults": ("dataprotection", "BackupVaultResource"),
    "microsoft.dbformysql/flexibleservers": ("mysqlflexibleservers", "Server"),
    "microsoft.dbformysql/flexibleservers/configurations": ("mysqlflexibleservers", "Configuration"),
    "microsoft.dbformysql/flexibleservers/firewallrules": ("mysqlflexibleservers", "FirewallRule"),
    "microsoft.dbforpostgresql/flexibleservers": ("postgresqlflexibleservers", "Server"),
    "microsoft.dbforpostgresql/flexibleservers/configurations": ("postgresqlflexibleservers", "Configuration"),
    "microsoft.dbforpostgresql/flexibleservers/firewallrules": ("postgresqlflexibleservers", "FirewallRule"),
    "microsoft.dbforpostgresql/servers": ("rdbms.postgresql", "Server"),
    "microsoft.dbforpostgresql/servers/firewallrules": ("rdbms.postgresql", "FirewallRule"),
    "microsoft.consumption/budgets": ("consumption", "Budget"),
    "microsoft.insights/actiongroups": ("monitor.v2023_01_01", "ActionGroupResource"),
    "microsoft.insights/activitylogalerts": ("monitor.v2020_10_01", "ActivityLogAlertResource"),
    "microsoft.documentdb/databaseaccounts": ("cosmosdb", "DatabaseAccountGetResults"),
    "microsoft.insights/components": ("applicationinsights", "ApplicationInsightsComponent"),
    "microsoft.insights/diagnosticsettings": ("monitor.v2021_05_01_preview", "DiagnosticSettingsResource"),
    "microsoft.keyvault/managedhsms": ("keyvault", "ManagedHsm"),
    "microsoft.keyvault/vaults": ("keyvault", "Vault"),
    "microsoft.keyvault/vaults/keys": ("keyvault", "Key"),
    "microsoft.managedidentity/userassignedidentities/federatedidentitycredentials": ("msi", "FederatedIdentityCredential"),
    "microsoft.keyvault/vaults/secrets": ("keyvault", "Secret"),
    "microsoft.managedservices/registrationdefinitions": ("managedservices", "RegistrationDefinition"),
    "microsoft.network/applicationgateways": ("network", "ApplicationGateway"),
    "microsoft.network/applicationgatewaywebapplicationfirewallpolicies": ("network", "WebApplicationFirewallPolicy"),
    "microsoft.network/connections": ("network", "VirtualNetworkGatewayConnection"),
    "microsoft.network/natgateways": ("network", "NatGateway"),
    "microsoft.network/networkinterfaces": ("network", "NetworkInterface"),
    "microsoft.network/networksecuritygroups": ("network", "NetworkSecurityGroup"),
    "microsoft.network/networksecuritygroups/securityrules": ("network", "SecurityRule"),
    "microsoft.network/networkwatchers/flowlogs": ("network", "FlowLog"),
    "microsoft.network/publicipaddresses": ("network", "PublicIPAddress"),
    "microsoft.network/routetables": ("network", "RouteTable"),
    "microsoft.network/routetables/routes": ("network", "Route"),
    "microsoft.network/virtualnetworks": ("network", "VirtualNetwork"),
    "microsoft.network/virtualnetworks/subnets": ("network", "Subnet"),
    "microsoft.network/virtualnetworks/virtualnetworkpeerings": ("network", "VirtualNetworkPeering"),
    "microsoft.operationalinsights/workspaces": ("loganalytics", "Workspace"),
    "microsoft.operationalinsights/workspaces/tables": ("loganalytics", "Table"),
    "microsoft.security/pricings": ("security.v2024_01_01", "Pricing"),
    "microsoft.security/securitycontacts": ("security.v2020_01_01_preview", "SecurityContact"),
    "microsoft.recoveryservices/vaults": ("recoveryservices", "Vault"),
    "microsoft.sql/managedinstances": ("sql", "ManagedInstance"),
    "microsoft.sql/servers": ("sql", "Server"),
    "microsoft.sql/servers/databases": ("sql", "Database"),
    "microsoft.sql/servers/databases/backupshorttermretentionpolicies": ("sql", "BackupShortTermRetentionPolicy"),
    "microsoft.sql/servers/databases/transparentdataencryption": ("sql", "LogicalDatabaseTransparentDataEncryption"),
    "microsoft.sql/servers/extendedauditingsettings": ("sql", "ExtendedServerBlobAuditingPolicy"),
    "microsoft.sql/servers/firewallrules": ("sql", "FirewallRule"),
    "microsoft.storage/storageaccounts": ("storage", "StorageAccount"),
    "microsoft.storage/storageaccounts/blobservices": ("storage", "BlobServiceProperties"),
    "microsoft.storage/storageaccounts/blobservices/containers": ("storage", "BlobContainer"),
    "microsoft.storage/storageaccounts/fileservices/shares": ("storage", "FileShare"),
    "microsoft.web/certificates": ("web", "Certificate"),
    "microsoft.web/sites": ("web", "Site"),
    "microsoft.web/sites/config": ("web", "SiteConfigResource"),
}


class Models:
    def __init__(self, types):
        self.types, self.missing = {}, {}
        for rtype in types:
            package, name = MODELS.get(rtype, ("", ""))
            try:
                self.types[rtype] = getattr(importlib.import_module(f"azure.mgmt.{package}.models"), name) if package else None
            except ImportError:
                self.missing.setdefault(package, []).append(rtype)

    def has(self, rtype, path):
        if path[0] in ENVELOPE:
            return len(path) == 1 or path[0] == "tags"
        if any(path == known[:len(path)] for known in GRAPH.get(rtype, [])):
            return True
        return self.types[rtype] is not None and leads(self.types[rtype], list(path))


def leads(model, path):
    """Whether a path begins in a model, over both generations of the SDKs."""
    for key, below in members(model):
        wire = key.split(".")
        if path[:len(wire)] == wire[:len(path)] and (
                len(path) <= len(wire) or below is FREE or (below is not None and leads(below, path[len(wire):]))):
            return True
    return False


def members(model):
    """Wire name ("properties.retentionInDays") and the model below it; None: no model; FREE: a map with keys of the user's."""
    module = sys.modules[model.__module__]
    for key in getattr(model, "_attribute_map", {}).values():
        yield key["key"], class_of(module, key["type"].strip("[]{}"))
    for owner in model.__mro__:
        for name, field in vars(owner).items():
            if type(field).__name__ != "_RestField":
                continue
            annotation = str(owner.__annotations__.get(name, ""))
            found = re.search(r"_models\.(\w+)", annotation)
            yield field._rest_name_input or name, FREE if "dict[str" in annotation else class_of(sys.modules[owner.__module__], found.group(1)) if found else None


def class_of(module, name):
    """None: an enumeration, or no model at all."""
    found = getattr(module, name, None)
    return found if hasattr(found, "as_dict") else None


def main(argv):
    rest = [a for a in argv if not a.startswith("--")]
    kinds = rest[0] if rest else os.path.join(attribute_paths.ROOT, "rulesets", "kinds")
    try:
        import azure.mgmt
        import yaml
    except ImportError as error:
        print(f"SKIPPED: {error.name} is not installed (azure-mgmt-*, PyYAML), attributes of Azure's resources were not checked")
        return 77
    mapped = {}
    for name in sorted(f for f in os.listdir(kinds) if f.endswith(".yaml") and not f.endswith(".tests.yaml")):
        with open(os.path.join(kinds, name), encoding="utf-8") as handle:
            for kind, body in yaml.safe_load(handle)["kinds"].items():
                for rtype, mapping in body["from"].items():
                    if TYPE.match(rtype):
                        mapped.setdefault(rtype, []).append(mapping)
    models = Models(mapped)
    code = attribute_paths.check(kinds, models, lambda rtype: rtype in models.types, "--list" in argv)
    for package, types in sorted(models.missing.items()):
        print(f"SKIPPED: azure-mgmt-{package.split('.')[0]} is not installed, not checked: {', '.join(types)}")
    only = sorted(rtype for rtype in mapped if rtype not in MODELS and rtype not in GRAPH)
    print(f"Only what every resource has is named of {len(only)} types: {', '.join(only)}")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
