"""An organisation of many scopes, rules with a parameter that scopes tighten, and resources that tags place in scopes.
Entry points: organisation(), rules(), plan(). Whatever the number of scopes (a multiple of SETS), there are SETS different
values of the parameter, and a resource is judged by the same value: so verdicts are the same too.
"""

SETS, RESOURCES = 20, 15_000


def organisation(scopes):
    out = ["sekimori: organisation/v1", 'engine: ">=0.1"', "id: peers-organisation", "title: {ja: 組織, en: Organisation}", "scopes:",
           "  - id: platform", "    type: platform", "    title: {ja: 基盤, en: Platform}", "    adopts: {peers.scoped: 1.0.0}", "    children:"]
    for number in range(scopes):
        out += [f"      - id: platform.s{number:04d}", "        type: system", f"        title: {{ja: システム{number}, en: System {number}}}",
                f"        tags: {{system: system-{number:04d}}}", f"        parameters: {{peers.scoped: {{days: {365 + number % SETS * 10}}}}}"]
    return "\n".join(out) + "\n"


def rules():
    return """sekimori: ruleset/v1
engine: ">=0.1"
cel: {environment: 2026-11, packs: [cloud]}
id: peers.scoped
version: 1.0.0
languages: [en]
title: {en: A rule with a parameter}
parameters:
  days: {type: int, default: 365, basis: ours, tighten: increase}
rules:
  - id: RETENTION
    title: {en: logs are kept}
    severity: high
    category: logging
    why: {en: logs are kept}
    fix: {en: logs are kept}
    waiver: none
    type: aws_cloudwatch_log_group
    assert: resource.?retention_in_days.orValue(0) >= params.days
    message: {en: "{meta.address} keeps logs for less than {params.days} days"}
"""


def plan(scopes):
    changes = []
    for number in range(RESOURCES):
        after = {"name": f"group-{number}", "retention_in_days": 365 + number // SETS % SETS * 10, "tags": {"system": f"system-{number % scopes:04d}"}}
        changes.append({"address": f"aws_cloudwatch_log_group.g{number}", "mode": "managed", "type": "aws_cloudwatch_log_group", "name": f"g{number}",
                        "provider_name": "registry.terraform.io/hashicorp/aws",
                        "change": {"actions": ["create"], "before": None, "after": after, "after_unknown": {}}})
    return {"format_version": "1.2", "terraform_version": "1.9.8", "resource_changes": changes, "configuration": {"provider_config": {}, "root_module": {}}}
