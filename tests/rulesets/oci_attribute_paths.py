#!/usr/bin/env python3
"""Checks that every attribute which the shipped kinds name of OCI's answers exists in the models of OCI's SDK.

    oci_attribute_paths.py [--list] [KINDS_DIRECTORY]

The models are those of the Python package oci. What counts as a name stands in attribute_paths.py. Besides names, every
type that is tagged must have both sorts of tags. What no model says: the words of the OCIDs.
Exit: 0 all names found, 1 some are not, 77 where a package is missing.
"""
import importlib.util
import os
import re
import sys

import attribute_paths

OCID = re.compile(r"ocid:[a-z0-9]+$")
MODELS = {"analyticsinstance": "analytics.AnalyticsInstance", "apideployment": "apigateway.Deployment", "apigateway": "apigateway.Gateway",
          "apikey": "identity.ApiKey", "auditconfiguration": "audit.Configuration", "authenticationpolicy": "identity.AuthenticationPolicy",
          "autonomousdatabase": "database.AutonomousDatabase", "bastion": "bastion.Bastion", "bootvolume": "core.BootVolume",
          "bucket": "object_storage.Bucket", "budget": "budget.Budget", "cloudguardtarget": "cloud_guard.Target",
          "cluster": "container_engine.Cluster", "compartment": "identity.Compartment", "containerrepo": "artifacts.ContainerRepository",
          "database": "database.Database", "dbsystem": "database.DbSystem", "dnszone": "dns.Zone",
          "domainpasswordpolicy": "identity_domains.PasswordPolicy", "drg": "core.Drg", "dynamicgroup": "identity.DynamicGroup",
          "eventrule": "events.Rule", "filesystem": "file_storage.FileSystem", "fnapp": "functions.Application", "fnfunc": "functions.Function",
          "group": "identity.Group", "image": "core.Image", "instance": "core.Instance", "instanceconfiguration": "core.InstanceConfiguration",
          "instancepool": "core.InstancePool", "integrationinstance": "integration.IntegrationInstance", "internetgateway": "core.InternetGateway",
          "key": "key_management.Key", "loadbalancer": "load_balancer.LoadBalancer", "localpeeringgateway": "core.LocalPeeringGateway",
          "log": "logging.Log", "loggroup": "logging.LogGroup", "mounttarget": "file_storage.MountTarget", "mysqldbsystem": "mysql.DbSystem",
          "natgateway": "core.NatGateway", "networkloadbalancer": "network_load_balancer.NetworkLoadBalancer",
          "networksecuritygroup": "core.NetworkSecurityGroup", "networksecuritygrouprule": "core.SecurityRule",
          "networksource": "identity.NetworkSources", "nodepool": "container_engine.NodePool", "nosqltable": "nosql.Table",
          "onssubscription": "ons.Subscription", "onstopic": "ons.NotificationTopic", "policy": "identity.Policy",
          "postgresqldbsystem": "psql.DbSystem", "publicip": "core.PublicIp", "quota": "limits.Quota", "routetable": "core.RouteTable",
          "securitylist": "core.SecurityList", "servicegateway": "core.ServiceGateway", "stream": "streaming.Stream", "subnet": "core.Subnet",
          "user": "identity.User", "vault": "key_management.Vault", "vaultsecret": "vault.Secret", "vcn": "core.Vcn", "vnic": "core.Vnic",
          "volume": "core.Volume", "volumebackuppolicy": "core.VolumeBackupPolicy", "webappfirewall": "waf.WebAppFirewallLoadBalancer",
          "webappfirewallpolicy": "waf.WebAppFirewallPolicy"}
# Models whose members stand in their subtypes.
SUBTYPES = {("load_balancer", "Rule"): ["RedirectRule"], ("logging", "Source"): ["OciService"],
            ("core", "InstanceSourceDetails"): ["InstanceSourceViaImageDetails"], ("vault", "SecretRule"): ["SecretExpiryRule"],
            ("waf", "Action"): ["ReturnHttpResponseAction"]}
INNER = re.compile(r"(?:dict\(str, (?P<mapped>.*)\)|list\[(?P<element>.*)\]|(?P<plain>\w+))$")


class Sdk:
    """Models as their files write them: importing all of the package takes minutes."""

    def __init__(self, folder):
        self.folder, self.read = folder, {}
        self.types = {"ocid:" + word: model for word, model in MODELS.items() if self.members(*model.split("."))}

    def members(self, service, model):
        """{API's name of a member: its type}; empty: no such model."""
        if (service, model) not in self.read:
            path = os.path.join(self.folder, service, "models", re.sub(r"(?<!^)(?=[A-Z])", "_", model).lower() + ".py")
            found = {}
            if os.path.exists(path):
                with open(path, encoding="utf-8") as handle:
                    text = handle.read()
                names, types = (dict(re.findall(r"'(\w+)': '([^']+)'", re.search(rf"self\.{part} = \{{(.*?)\n\s+\}}", text, re.S).group(1)))
                                for part in ("attribute_map", "swagger_types"))
                found = {name: types[member] for member, name in names.items()}
            for subtype in SUBTYPES.get((service, model), []):
                found.update(self.members(service, subtype))
            self.read[service, model] = found
        return self.read[service, model]

    def has(self, rtype, path):
        service, model = self.types[rtype].split(".")
        for at, name in enumerate(path):
            members = self.members(service, model)
            if name not in members:
                return not members and at > 0    # below a plain value or a free map
            model = next(part for part in INNER.match(members[name]).groups() if part)
        return True


def main(argv):
    rest = [a for a in argv if not a.startswith("--")]
    kinds = rest[0] if rest else os.path.join(attribute_paths.ROOT, "rulesets", "kinds")
    found = importlib.util.find_spec("oci")
    if found is None or importlib.util.find_spec("yaml") is None:
        print("SKIPPED: oci or PyYAML is not installed, attributes of OCI's answers were not checked")
        return 77
    schemas = Sdk(found.submodule_search_locations[0])
    code = attribute_paths.check(kinds, schemas, OCID.match, "--list" in argv)
    import yaml
    with open(os.path.join(kinds, "tagged_resource.yaml"), encoding="utf-8") as handle:
        tagged = [rtype for rtype in yaml.safe_load(handle)["kinds"]["tagged_resource"]["from"] if OCID.match(rtype)]
    for rtype in tagged:
        for member in ("freeformTags", "definedTags"):
            if not schemas.has(rtype, (member,)):
                print(f"tagged_resource: {rtype}: no {member}")
                code = 1
    print(f"Not in any model: the words of the {len(schemas.types)} types.")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
