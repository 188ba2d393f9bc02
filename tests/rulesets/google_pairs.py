"""A thing of Google's says the same of itself as a Terraform plan and as an asset of Cloud Asset Inventory.

What is compared stands in google_pairs.yaml. Every Terraform type of Google that a kind maps has an asset type that offers
the same fields, and each field has the same value from both sides: in pairs written here, and in the pairs of
SEKIMORI_EXTERNAL_DATA, where what one side can't know is listed with the reason. The values are read through rules
that always fail and show one field each. Exit: 0, 1 with what differs, 77 where the external data or PyYAML is missing.
"""

import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parents[2]
command = os.environ.get("SEKIMORI_COMMAND", str(root / "build/release/bindings/cli/sekimori"))
data = pathlib.Path(os.environ.get("SEKIMORI_EXTERNAL_DATA", root / "../shared/data"))
failures, known_to_neither = [], set()
try:
    import yaml
except ImportError:
    print("SKIPPED: PyYAML is not installed, plans and assets of Google's were not compared")
    sys.exit(77)


def load(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


kinds = {}
for path in sorted((root / "rulesets/kinds").glob("*.yaml")):
    kinds.update(load(path)["kinds"])
given = load(root / "tests/rulesets/google_pairs.yaml")
partners = given["partners"]
for kind in given["plan_only"]:
    if "." not in kind:
        kinds.pop(kind)


def fields_of(kind, rtype):
    return set(kinds[kind]["fields"]) & set(kinds[kind]["from"][rtype])


def kinds_of(rtype):
    return [kind for kind, body in kinds.items() if rtype in body["from"]]


def shared_kinds_of(rtype):
    """Those that its asset is mapped by as well."""
    return [kind for kind in kinds_of(rtype) if f"{kind}.{rtype}" not in given["plan_only"]]


def rules(folder):
    """A rule for each field of each kind, which fails with the field's value for a message."""
    text = {"ja": "x", "en": "x"}
    made = [{"id": kind + "." + field, "title": text, "severity": "info", "category": "data", "why": text, "fix": text, "waiver": "none",
             "kind": kind, "asserts": [{"id": "value", "assert": f"!(resource.{field} == resource.{field})",
                                        "message": {"ja": "{resource." + field + "}", "en": "{resource." + field + "}"}, "required": text}]}
            for kind, body in kinds.items() for field in body["fields"]]
    (folder / "fields.yaml").write_text(json.dumps({
        "sekimori": "ruleset/v1", "engine": ">=0.1", "cel": {"environment": "2026-11", "packs": ["cloud"]}, "id": "test.fields", "version": "1.0.0",
        "languages": ["ja", "en"], "title": text, "rules": made}), encoding="utf-8")


def said_of(documents):
    """{(kind, address without instance): [{field: value} for each instance]}; None for what is not known."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        (folder / "rules").mkdir()
        rules(folder / "rules")
        inputs = []
        for name, document in documents.items():
            inputs.append(folder / name)
            inputs[-1].write_text(json.dumps(document), encoding="utf-8")
        out = folder / "report.json"
        run = subprocess.run([command, "check", *map(str, inputs), "--rules", str(root / "rulesets/kinds"), "--rules", str(folder / "rules"),
                              "--format", "json", "--output", str(out), "--now", "2026-11-24", "--lang", "en"], capture_output=True, text=True)
        if not out.exists():
            sys.exit(f"the command ended with {run.returncode}\n{run.stderr}")
        report = json.loads(out.read_text(encoding="utf-8"))
    for record in report["inputs"]:
        if record["status"] == "unreadable":
            failures.append(f"{record['file']} was not read: {record['diagnostics']}")
    instances = collections.defaultdict(dict)
    for finding in report["findings"]:
        kind, field = finding["rule"].split(".")
        if finding["resource"]["type"].startswith(("account:", "terraform:")):
            continue      # an account that is only named, by one side or the other; what a plan alone is made with
        if finding["verdict"] not in ("fail", "undetermined"):
            failures.append(f"{finding['resource']['address']}: {finding['rule']}: {finding['verdict']} {finding.get('error', '')}")
        instances[kind, finding["resource"]["address"]][field] = finding["message"].get("en", "") if finding["verdict"] == "fail" else None
    said = collections.defaultdict(list)
    for (kind, address), fields in instances.items():
        said[kind, address.split("#")[0]].append(fields)
    return said


def compare(where, plan, asset, unknowable):
    """The instances of one kind from both sides."""
    def order(one):
        return json.dumps(one, sort_keys=True)
    compared = 0
    if len(plan) != len(asset):
        failures.append(f"{where}: {len(plan)} instances in the plan, {len(asset)} in the inventory: {plan} {asset}")
        return 0
    for left, right in zip(sorted(plan, key=order), sorted(asset, key=order)):
        for field in sorted(set(left) & set(right)):
            name = f"{where[1]}.{field}"
            side = unknowable.get(name, [""])[0]
            if side:
                silent = {"plan": left, "inventory": right}[side][field]
                if silent is not None:
                    failures.append(f"{where[0]}: {name} is known to the {side} ({silent}), though it is listed as unknowable there")
            elif left[field] is None and right[field] is None and name in given["known_to_neither"]:
                known_to_neither.add(name)
            elif left[field] is None or left[field] != right[field]:
                failures.append(f"{where[0]}: {name} is {left[field]} in the plan and {right[field]} in the inventory")
            else:
                compared += 1
    return compared


def parity():
    """Every mapped Terraform type has a partner, and both offer the same fields."""
    types = sorted({t for body in kinds.values() for t in body["from"] if t.startswith("google_")})
    for rtype in types:
        if rtype not in partners:
            if rtype not in given["without_partner"]:
                failures.append(f"{rtype} has no partner in google_pairs.yaml")
            continue
        asset = partners[rtype][0]
        for kind in kinds_of(rtype):
            if f"{kind}.{rtype}" in given["plan_only"]:
                if asset in kinds[kind]["from"]:
                    failures.append(f"{kind} maps {asset}, though {rtype} is listed as telling it alone")
                continue
            if asset not in kinds[kind]["from"]:
                failures.append(f"{kind} maps {rtype}, but not {asset}")
                continue
            differs = fields_of(kind, rtype) ^ fields_of(kind, asset)
            if differs:
                failures.append(f"{kind}: {rtype} and {asset} do not both offer {sorted(differs)}")
    for rtype in list(partners) + list(given["without_partner"]):
        if rtype not in types:
            failures.append(f"{rtype} is in google_pairs.yaml, but no kind maps it")
    return types


def made_cases():
    """The cases of google_pairs.yaml, and one for the place and the labels of each partner."""
    cases = [dict(case, name=str(case["name"])) for case in given["cases"]]
    for number, (rtype, (asset, form)) in enumerate(partners.items()):
        kind_names = set(kinds_of(rtype)) & {"located_resource", "tagged_resource"}
        if not kind_names:
            continue
        place = next((form.split(f"/{part}/")[1].split("/")[0] for part in ("zones", "regions", "locations") if f"/{part}/" in form), "asia-northeast1")
        # Each type reads the one of these that it has; what it does not read changes nothing.
        plan, says, labels = {"region": place, "location": place, "zone": place}, {}, {"bureau": "soumu"}
        if f"/{place}/" not in form:
            says["region" if asset == "sqladmin.googleapis.com/Instance" else "location"] = place.upper()
        if rtype == "google_sql_database_instance":
            plan["settings"], says["settings"] = [{"user_labels": labels}], {"userLabels": labels}
        elif rtype == "google_container_cluster":
            plan["resource_labels"] = says["resourceLabels"] = labels
        elif rtype == "google_cloud_run_service":
            says["metadata"] = {"labels": labels}
        elif "tagged_resource" in kind_names:
            plan["labels"] = says["labels"] = labels
        cases.append({"name": f"place-{number}", "type": rtype, "plan": plan, "asset": says, "only": kind_names})
    return cases


def own_pairs():
    cases, changes, assets = made_cases(), [], []
    for case in cases:
        asset, form = partners[case["type"]]
        case["asset_name"] = form.format(name=case["name"])
        case["address"] = f"{case['type']}.{case['name']}"
        after = {"name": case["name"], **case["plan"]}
        changes.append({"address": case["address"], "type": case["type"], "name": case["name"], "mode": "managed",
                        "provider_name": "registry.terraform.io/hashicorp/google", "change": {
                            "actions": ["create"], "before": None, "after": after, "after_unknown": {}, "before_sensitive": False, "after_sensitive": {}}})
        one = {"name": case["asset_name"], "assetType": asset.split(":")[0]}
        if "policy" in case:
            one["iamPolicy"] = case["policy"]
            case["asset_name"] += ":iam_policy"
        else:
            one["resource"] = {"version": "v1", "data": {"name": case["name"], **case["asset"]}}
        assets.append(one)
    said = said_of({"plan.json": {"format_version": "1.2", "terraform_version": "1.9.0", "resource_changes": changes}, "assets.json": assets})
    seen, values = set(), 0
    for case in cases:
        for kind in case.get("only") or shared_kinds_of(case["type"]):
            plan, asset = said.get((kind, case["address"]), []), said.get((kind, case["asset_name"]), [])
            if not plan:
                failures.append(f"{case['name']}: the plan has no {kind}")
            values += compare((case["name"], kind), plan, asset, {})
            seen.add((case["type"], kind))
    for rtype in partners:
        for kind in shared_kinds_of(rtype):
            if (rtype, kind) not in seen:
                failures.append(f"no case compares {kind} of {rtype}")
    return len(cases), values


def shared_pairs():
    """The pairs that Google's own converter was tested with: a plan, and what it makes of it."""
    folder = data / "inventory/gcp-cai-pairs"
    if not folder.is_dir() or not (data / "terraform-plans").is_dir():
        return None
    pairs, values, silent, alone = 0, 0, 0, []
    for path in sorted(folder.glob("templates_*.json")):
        name = path.stem[len("templates_"):]
        plan = data / "terraform-plans" / f"tgc__{name}.tfplan.json"
        if not plan.exists():
            alone.append(path.name)
            continue
        pairs += 1
        unknowable = given["unknowable"].get(name, {})
        silent += len(unknowable)
        said = said_of({"plan.json": json.loads(plan.read_text(encoding="utf-8")), "assets.json": json.loads(path.read_text(encoding="utf-8"))})
        for kind in sorted({kind for kind, _ in said}):
            sides = {side: [one for (k, address), found in said.items() if k == kind and address.startswith("//") == (side == "inventory") for one in found]
                     for side in ("plan", "inventory")}
            if not sides["inventory"] and any(one.split(".")[0] == kind for one in given["plan_only"]):
                continue
            values += compare((name, kind), sides["plan"], sides["inventory"], unknowable)
        for field in unknowable:
            if not any(kind == field.split(".")[0] for kind, _ in said):
                failures.append(f"{name}: {field} is listed as unknowable, but nothing offers it")
    return pairs, values, silent, alone


types = parity()
cases, values = own_pairs()
for name in set(given["known_to_neither"]) - known_to_neither:
    failures.append(f"{name} is known to a side of every pair, though it is listed as known to neither")
print(f"{len(types)} Terraform types, {len(given['without_partner'])} without a partner; {cases} pairs written here, {values} values equal")
shared = shared_pairs()
if shared:
    pairs, values, silent, alone = shared
    print(f"{pairs} pairs of {data}: {values} values equal, {silent} known to one side only; without a plan of the same name: {', '.join(alone)}")
for failure in sorted(set(failures)):
    print("FAIL", failure)
if failures:
    sys.exit(1)
if not shared:
    print(f"SKIPPED: no pairs below {data}: set SEKIMORI_EXTERNAL_DATA")
    sys.exit(77)
