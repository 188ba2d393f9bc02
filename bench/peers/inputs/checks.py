"""Fifteen checks of cloud configuration, each said in CEL, Rego, Guard, Cedar and Checkov's YAML. Entry points:
IDS, clauses_of(number, variant). How a whole document is written is notations.py's part.

A check is one or more clauses, each about some resource types. In Rego `A.` is the resource's attributes and `RC.` the
resource change, and the lines are what denies; in Guard and CEL a line is what must hold; in Cedar it is what forbids.
Cedar has no quantifier over records, no regex and no JSON, so that a host derives the attributes that begin with `d_`.

Variant 0 is the plain text. Other variants have other constants, or an exempted prefix of addresses where there are none.
Odd ones are about resource types that no plan has, as most rules of a large library are.
"""
import dataclasses
import json

IDS = ["storage_public", "storage_encrypted", "storage_versioning", "world_ssh_rdp", "db_public", "db_encrypted",
       "iam_admin", "required_tags", "kms_rotation", "log_retention", "tls_minimum", "vm_public_ip",
       "default_service_account", "region_allowed", "name_pattern"]


@dataclasses.dataclass
class Clause:
    types: list
    cel: str
    rego: list
    guard: list
    cedar: str
    checkov: object = None
    varies: bool = False        # its text does not depend on the variant: other variants exempt an address


def quoted(text):
    return json.dumps(text)


def rego_set(items):
    return "{" + ", ".join(map(quoted, items)) + "}"


def guard_list(items):
    return "[" + ", ".join(f"'{item}'" if isinstance(item, str) else json.dumps(item) for item in items) + "]"


def attribute(path, operator, value=None):
    return {"cond_type": "attribute", "attribute": path, "operator": operator} | ({} if value is None else {"value": value})


def must_not_be_true(type_, name):
    return Clause([type_], f"resource.?{name}.orValue(false) != true", [f"A.{name} == true"],
                  [f"when change.after.{name} exists {{", f"  change.after.{name} != true", "}"],
                  f"resource has {name} && resource.{name} == true", attribute(name, "not_equals", True), True)


def must_be_true(type_, name):
    return Clause([type_], f"resource.?{name}.orValue(false) == true", [f"not A.{name} == true"],
                  [f"change.after.{name} == true"], f"!(resource has {name} && resource.{name} == true)",
                  attribute(name, "equals", True), True)


def not_within(types, name, bad, varies):
    return Clause(types, f'!(resource.?{name}.orValue("") in {quoted(bad)})', [f"A.{name} in {rego_set(bad)}"],
                  [f"when change.after.{name} is_string {{", f"  change.after.{name} not in {guard_list(bad)}", "}"],
                  f"resource has {name} && {quoted(bad)}.contains(resource.{name})", attribute(name, "not_within", bad), varies)


def storage_public(v):
    bad = ["public-read", "public-read-write" if v == 0 else f"public-read-{v}"]
    return [not_within(["aws_s3_bucket"], "acl", bad, False), not_within(["aws_s3_bucket_acl"], "acl", bad, False),
            not_within(["google_storage_bucket_iam_member"], "member", ["allUsers", "allAuthenticatedUsers"], True),
            must_not_be_true("azurerm_storage_account", "allow_blob_public_access")]


def storage_encrypted(v):
    name = "server_side_encryption_configuration"
    return [Clause(["aws_s3_bucket"], f"resource.?{name}.orValue([]).size() > 0", [f"not A.{name}[0]"],
                   [f"change.after.{name}[0] exists"], f"!(resource has {name}) || resource.{name}.isEmpty()",
                   attribute(f"{name}.rule", "exists"), True),
            must_be_true("aws_ebs_volume", "encrypted")]


def storage_versioning(v):
    enabled = ['{"enabled":true}', '{"enabled":true,"mfa_delete":false}', '{"enabled":true,"mfa_delete":true}']
    return [Clause([type_], "resource.?versioning.orValue([]).exists(v, v.?enabled.orValue(false) == true)",
                   ["count([1 | A.versioning[_].enabled == true]) == 0"], ["some change.after.versioning[*].enabled == true"],
                   "!(resource has versioning) || " + " && ".join(f"!resource.versioning.contains({one})" for one in enabled),
                   attribute("versioning.enabled", "equals", True), True)
            for type_ in ("aws_s3_bucket", "google_storage_bucket")]


def world_ssh_rdp(v):
    ports = [22 + v, 3389 + v]
    texts = [str(port) for port in ports]
    world = '"0.0.0.0/0" in {0}.?cidr_blocks.orValue([])'
    open_ports = f"{json.dumps(ports)}.exists(p, {{0}}.from_port <= p && {{0}}.to_port >= p)"
    rego = ['"0.0.0.0/0" in I.cidr_blocks', "some p in " + rego_set(ports), "I.from_port <= p", "I.to_port >= p"]
    guard = [f"  from_port > {port} or to_port < {port}" for port in ports]
    derived = "resource has d_world_ranges && (" + " || ".join(f"resource.d_world_ports.contains({port})" for port in ports) + ")"
    sources, anywhere = "source_address_prefix", ["*", "0.0.0.0/0", "Internet"]
    wanted = texts + ["*"]
    return [
        Clause(["aws_security_group"],
               f"!resource.?ingress.orValue([]).exists(r, {world.format('r')} && {open_ports.format('r')})",
               ["some ing in A.ingress"] + [line.replace("I.", "ing.") for line in rego],
               ["when change.after.ingress is_list {", " change.after.ingress[ some cidr_blocks[*] == '0.0.0.0/0' ] {"]
               + guard + [" }", "}"], derived, attribute("ingress.*.cidr_blocks", "not_contains", "0.0.0.0/0")),
        Clause(["aws_security_group_rule"],
               f'!(resource.?type.orValue("") == "ingress" && {world.format("resource")} && {open_ports.format("resource")})',
               ['A.type == "ingress"'] + [line.replace("I.", "A.") for line in rego],
               ["when change.after.type == 'ingress'", "     some change.after.cidr_blocks[*] == '0.0.0.0/0' {"]
               + [line.replace("from_port", "change.after.from_port").replace("to_port", "change.after.to_port") for line in guard]
               + ["}"], derived,
               {"or": [attribute("type", "not_equals", "ingress"), attribute("cidr_blocks", "not_contains", "0.0.0.0/0")]}),
        Clause(["google_compute_firewall"],
               '!("0.0.0.0/0" in resource.?source_ranges.orValue([])'
               f" && resource.?allow.orValue([]).exists(a, a.?ports.orValue([]).exists(p, p in {quoted(texts)})))",
               ['"0.0.0.0/0" in A.source_ranges', "some a in A.allow", "some p in a.ports", "p in " + rego_set(texts)],
               ["when some change.after.source_ranges[*] == '0.0.0.0/0' {", " when change.after.allow[*].ports[*] exists {",
                "  change.after.allow[*].ports[*] not in " + guard_list(texts), " }", "}"],
               derived, attribute("source_ranges", "not_contains", "0.0.0.0/0")),
        Clause(["azurerm_network_security_rule"],
               '!(resource.?access.orValue("") == "Allow" && resource.?direction.orValue("") == "Inbound"'
               f' && resource.?{sources}.orValue("") in {quoted(anywhere)}'
               f' && resource.?destination_port_range.orValue("") in {quoted(wanted)})',
               ['A.access == "Allow"', 'A.direction == "Inbound"', f"A.{sources} in {rego_set(anywhere)}",
                "A.destination_port_range in " + rego_set(wanted)],
               ["when change.after.access == 'Allow'", "     change.after.direction == 'Inbound'",
                f"     change.after.{sources} in {guard_list(anywhere)} {{",
                "  change.after.destination_port_range not in " + guard_list(wanted), "}"],
               'resource has access && resource.access == "Allow" && resource has direction && resource.direction == "Inbound"'
               f" && resource has {sources} && {quoted(anywhere)}.contains(resource.{sources})"
               f" && resource has destination_port_range && {quoted(wanted)}.contains(resource.destination_port_range)",
               attribute(sources, "not_within", anywhere)),
    ]


def db_public(v):
    path = "settings[*].ip_configuration[*].authorized_networks[*].value"
    return [must_not_be_true("aws_db_instance", "publicly_accessible"),
            must_not_be_true("azurerm_postgresql_server", "public_network_access_enabled"),
            Clause(["google_sql_database_instance"],
                   "!resource.?settings.orValue([]).exists(s, s.?ip_configuration.orValue([]).exists(i,"
                   ' i.?authorized_networks.orValue([]).exists(n, n.?value.orValue("") == "0.0.0.0/0")))',
                   [f'A.{path.replace("*", "_")} == "0.0.0.0/0"'],
                   [f"when change.after.{path} exists {{", f"  change.after.{path} != '0.0.0.0/0'", "}"],
                   'resource has d_authorized_networks && resource.d_authorized_networks.contains("0.0.0.0/0")',
                   attribute(path.replace("[*]", ""), "not_equals", "0.0.0.0/0"), True)]


def db_encrypted(v):
    return [must_be_true(type_, "storage_encrypted") for type_ in ("aws_db_instance", "aws_neptune_cluster", "aws_rds_cluster")]


def iam_admin(v):
    return [Clause(["aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy"],
                   "!has(resource.policy) || !policy.statements(resource.policy).exists(s,"
                   ' s.effect == "Allow" && "*" in s.actions && "*" in s.resources)',
                   ["doc := json.unmarshal(A.policy)", "some st in doc.Statement", 'st.Effect == "Allow"', "star(st.Action)",
                    "star(st.Resource)"],
                   ["when change.after.policy is_string", "     change.after.policy !empty {",
                    " let doc = json_parse(change.after.policy)",
                    " %doc.Statement[ Effect == 'Allow' some Resource[*] == '*' ] {", "  Action[*] != '*'", " }", "}"],
                   "resource has d_admin_statements && resource.d_admin_statements > 0",
                   attribute("policy", "not_regex_match", r'"Action":\s*\[?\s*"\*"'), True)]


def required_tags(v):
    keys = ["owner", "cost_center", "system_id"] if v == 0 else [f"owner_{v}", "cost_center", f"system_{v}"]
    aws = ["aws_s3_bucket", "aws_instance", "aws_db_instance", "aws_vpc", "aws_subnet", "aws_security_group",
           "aws_lambda_function", "aws_eks_cluster"]
    azure = ["azurerm_resource_group", "azurerm_storage_account", "azurerm_virtual_machine"]
    google = ["google_storage_bucket", "google_compute_instance"]
    return [Clause(types, f"{quoted(keys)}.all(k, k in resource.?{name}.orValue({{}}))",
                   ["some k in " + rego_set(keys), f"not A.{name}[k]"], [f"change.after.{name}.{key} exists" for key in keys],
                   f"!(resource has {name} && " + " && ".join(f"resource.{name} has {key}" for key in keys) + ")",
                   {"and": [attribute(f"{name}.{key}", "exists") for key in keys]})
            for types, name in ((aws, "tags"), (azure, "tags"), (google, "labels"))]


def kms_rotation(v):
    name = "rotation_period"
    return [must_be_true("aws_kms_key", "enable_key_rotation"),
            Clause(["google_kms_crypto_key"], f"has(resource.{name})", [f'object.get(RC.change.after, "{name}", null) == null'],
                   [f"change.after.{name} is_string"], f"!(resource has {name})", attribute(name, "exists"), True)]


def log_retention(v):
    days, name = (365 if v == 0 else 30 + v), "retention_in_days"
    return [Clause(["aws_cloudwatch_log_group"], f"resource.?{name}.orValue(0) >= {days}",
                   [f'object.get(RC.change.after, "{name}", 0) < {days}'], [f"change.after.{name} >= {days}"],
                   f"!(resource has {name} && resource.{name} >= {days})", attribute(name, "greater_than_or_equal", days))]


def tls_minimum(v):
    versions = ["TLS1_2", "TLS1_3"]
    pattern = "TLS-1-[23]|TLS13" if v == 0 else f"TLS-1-[23]-{v}|TLS13"
    listeners = ["aws_lb_listener", "aws_alb_listener"]
    like = " || ".join(f'resource.ssl_policy like "*{part}*"' for part in ("TLS-1-2", "TLS-1-3", "TLS13"))
    search_policy = "Policy-Min-TLS-1-2-2019-07"
    return [
        Clause(["azurerm_storage_account"], f'resource.?min_tls_version.orValue("") in {quoted(versions)}',
               [f'not object.get(RC.change.after, "min_tls_version", "") in {rego_set(versions)}'],
               [f"change.after.min_tls_version in {guard_list(versions)}"],
               f"!(resource has min_tls_version && {quoted(versions)}.contains(resource.min_tls_version))",
               attribute("min_tls_version", "within", versions), True),
        Clause(listeners, f'resource.?protocol.orValue("") != "HTTPS" || resource.?ssl_policy.orValue("").matches({quoted(pattern)})',
               ['A.protocol == "HTTPS"', f'not regex.match({quoted(pattern)}, object.get(RC.change.after, "ssl_policy", ""))'],
               ["when change.after.protocol == 'HTTPS' {", f"  change.after.ssl_policy == /{pattern}/", "}"],
               f'resource has protocol && resource.protocol == "HTTPS" && !(resource has ssl_policy && ({like}))',
               {"or": [attribute("protocol", "not_equals", "HTTPS"), attribute("ssl_policy", "regex_match", pattern)]}),
        Clause(listeners, 'resource.?protocol.orValue("") != "HTTP"', ['A.protocol == "HTTP"'],
               ["change.after.protocol != 'HTTP'"], 'resource has protocol && resource.protocol == "HTTP"',
               attribute("protocol", "not_equals", "HTTP"), True),
        Clause(["aws_elasticsearch_domain"],
               f'resource.?domain_endpoint_options.orValue([]).exists(o, o.?tls_security_policy.orValue("") == "{search_policy}")',
               [f'count([1 | A.domain_endpoint_options[_].tls_security_policy == "{search_policy}"]) == 0'],
               [f"some change.after.domain_endpoint_options[*].tls_security_policy == '{search_policy}'"],
               f'!(resource has d_tls_policies && resource.d_tls_policies.contains("{search_policy}"))',
               attribute("domain_endpoint_options.tls_security_policy", "equals", search_policy), True),
    ]


def vm_public_ip(v):
    return [must_not_be_true("aws_instance", "associate_public_ip_address"),
            Clause(["google_compute_instance"],
                   "!resource.?network_interface.orValue([]).exists(n, n.?access_config.orValue([]).size() > 0)",
                   ["A.network_interface[_].access_config[_]"], ["change.after.network_interface[*].access_config[0] not exists"],
                   "resource has d_access_configs && resource.d_access_configs > 0",
                   attribute("network_interface.access_config", "not_exists"), True)]


def default_service_account(v):
    suffix = "-compute@developer.gserviceaccount.com"
    pattern = suffix.replace(".", r"\.")
    return [Clause(["google_compute_instance"], "resource.?service_account.orValue([]).size() > 0",
                   ["not A.service_account[0]"], ["change.after.service_account[0] exists"],
                   "!(resource has service_account) || resource.service_account.isEmpty()",
                   attribute("service_account", "exists"), True),
            Clause(["google_compute_instance"],
                   f'!resource.?service_account.orValue([]).exists(a, a.?email.orValue("").endsWith("{suffix}"))',
                   [f'endswith(A.service_account[_].email, "{suffix}")'],
                   ["when change.after.service_account[*].email is_string {",
                    f"  change.after.service_account[*].email != /{pattern}$/", "}"],
                   f'resource has d_sa_email && resource.d_sa_email like "*{suffix}"',
                   attribute("service_account.email", "not_ending_with", suffix), True)]


def matched(types, name, pattern, cedar):
    return Clause(types, f"!has(resource.{name}) || resource.{name}.matches({quoted(pattern)})",
                  [f"is_string(A.{name})", f"not regex.match({quoted(pattern)}, A.{name})"],
                  [f"when change.after.{name} is_string {{", f"  change.after.{name} == /{pattern}/", "}"],
                  f"resource has {name} && {cedar}",
                  {"or": [attribute(name, "not_exists"), attribute(name, "regex_match", pattern)]})


def region_allowed(v):
    more = [] if v == 0 else [f"region-{v}"]
    zones = ["eu-west-1", "eu-central-1"] + more
    zone = "availability_zone"
    made = [matched(["aws_subnet", "aws_instance", "aws_ebs_volume"], zone, f"^({'|'.join(zones)})[a-f]$",
                    "!(" + " || ".join(f'resource.{zone} like "{one}*"' for one in zones) + ")")]
    for types, name, regions in (
            (["azurerm_resource_group", "azurerm_storage_account", "azurerm_virtual_machine", "azurerm_network_security_group"],
             "location", ["westeurope", "northeurope"]),
            (["google_storage_bucket", "google_sql_database_instance"], "location", ["EU", "EUROPE-WEST1", "europe-west1"]),
            (["google_compute_instance"], "zone", ["europe-west1-b", "europe-west1-c"])):
        regions = regions + more
        made.append(Clause(types, f"!has(resource.{name}) || resource.{name} in {quoted(regions)}",
                           [f"is_string(A.{name})", f"not A.{name} in {rego_set(regions)}"],
                           [f"when change.after.{name} is_string {{", f"  change.after.{name} in {guard_list(regions)}", "}"],
                           f"resource has {name} && !{quoted(regions)}.contains(resource.{name})",
                           {"or": [attribute(name, "not_exists"), attribute(name, "within", regions)]}))
    return made


def name_pattern(v):
    pattern = f"^[a-z][a-z0-9-]{{2,{62 - v % 30}}}$"
    return [matched(types, name, pattern, "(" + " || ".join(f'resource.{name} like "*{mark}*"' for mark in ("_", ".", " ")) + ")")
            for types, name in (
                (["aws_s3_bucket"], "bucket"), (["aws_db_instance"], "identifier"),
                (["aws_iam_role", "azurerm_resource_group", "google_compute_instance", "oci_identity_policy",
                  "oci_identity_group"], "name"),
                (["oci_core_network_security_group", "oci_core_subnet"], "display_name"))]


CHECKS = [storage_public, storage_encrypted, storage_versioning, world_ssh_rdp, db_public, db_encrypted, iam_admin, required_tags,
          kms_rotation, log_retention, tls_minimum, vm_public_ip, default_service_account, region_allowed, name_pattern]


def rule_id(number, variant):
    return f"R{number + 1:02d}_{IDS[number]}" + ("" if variant == 0 else f"_v{variant:03d}")


def clauses_of(number, variant):
    made = CHECKS[number](variant)
    for clause in made:
        if clause.varies and variant:
            prefix = f"exempt{variant}."
            clause.cel = f'meta.address.startsWith("{prefix}") || {clause.cel}'
            clause.rego = clause.rego + [f'not startswith(RC.address, "{prefix}")']
            clause.guard = [rf"when address != /^exempt{variant}\./ {{"] + clause.guard + ["}"]
            clause.cedar = f'({clause.cedar}) && !(resource.address like "{prefix}*")'
        if variant % 2:
            clause.types = [f"{type_}_v{variant}" for type_ in clause.types]
    return made
