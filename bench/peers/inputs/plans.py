"""Large Terraform plans made of real ones: every managed resource of the plans in a folder, repeated under other
names until there are enough. Entry points: pool_of(), large_plan(), one_resource(),
without_unknowns(). The same folder, count and
seed give the same bytes.

Nine resources of ten exist already (an update with `before` and a place in `prior_state`), as in an estate that is
kept up; the tenth is created. A module holds one copy of the pool.
"""
import copy
import json
import pathlib
import random

NAMES = ("name", "bucket", "identifier", "display_name", "description", "function_name", "cluster_identifier")


def _planned(module, found):
    for one in module.get("resources") or []:
        found[one.get("address")] = one
    for child in module.get("child_modules") or []:
        _planned(child, found)


def _configured(module, found):
    for one in module.get("resources") or []:
        found.setdefault((one.get("type"), one.get("name")), one)
    for call in (module.get("module_calls") or {}).values():
        _configured(call.get("module") or {}, found)


def pool_of(folder):
    """(change, planned resource or None, configuration or None) of each; files that are no readable plan are left out."""
    pool = []
    for file in sorted(pathlib.Path(folder).glob("*.json")):
        try:
            plan = json.loads(file.read_text(encoding="utf-8"))
            planned, configured = {}, {}
            _planned((plan.get("planned_values") or {}).get("root_module") or {}, planned)
            _configured((plan.get("configuration") or {}).get("root_module") or {}, configured)
            for change in plan.get("resource_changes") or []:
                if change["mode"] == "managed" and isinstance(change["change"].get("after"), dict):
                    pool.append((change, planned.get(change["address"]), configured.get((change["type"], change["name"]))))
        except (AttributeError, KeyError, TypeError, ValueError):
            continue
    return pool


def _renamed(values, number):
    for name in NAMES:
        if isinstance(values.get(name), str) and values[name]:
            values[name] = f"{values[name]}-{number}"


def _change(change, module, name, number):
    made = copy.deepcopy(change)
    made["address"] = f"module.{module}.{change['type']}.{name}"
    if "index" in change:
        made["address"] += f"[{json.dumps(change['index'])}]"
    made["module_address"], made["name"] = f"module.{module}", name
    made.pop("previous_address", None)
    _renamed(made["change"]["after"], number)
    if number % 10:
        made["change"]["actions"] = ["update"]
        made["change"]["before"] = copy.deepcopy(made["change"]["after"])
    return made


def _resource(planned, change):
    made = copy.deepcopy(planned) if planned else {
        "address": "", "mode": "managed", "type": change["type"], "name": "",
        "provider_name": change.get("provider_name", ""), "schema_version": 0}
    made["address"], made["name"] = change["address"], change["name"]
    made["values"] = copy.deepcopy(change["change"]["after"])
    return made


def large_plan(pool, count, seed=7):
    chooser = random.Random(seed)
    changes, planned_modules, prior_modules, calls = [], [], [], {}
    while len(changes) < count:
        module = f"stack{len(calls):03d}"
        order = list(range(len(pool)))
        chooser.shuffle(order)
        resources, existing, configuration = [], [], []
        for index in order[:count - len(changes)]:
            source, planned, configured = pool[index]
            number = len(changes)
            name = f"{source['name']}_{number}"
            change = _change(source, module, name, number)
            changes.append(change)
            resources.append(_resource(planned, change))
            if number % 10:
                existing.append(resources[-1])
            if configured:
                configuration.append(configured | {"address": f"{change['type']}.{name}", "name": name})
        planned_modules.append({"resources": resources, "address": f"module.{module}"})
        prior_modules.append({"resources": existing, "address": f"module.{module}"})
        calls[module] = {"source": f"./modules/{module}", "module": {"resources": configuration}}
    return {
        "format_version": "1.2", "terraform_version": "1.9.8",
        "planned_values": {"root_module": {"child_modules": planned_modules}},
        "resource_changes": changes,
        "prior_state": {"format_version": "1.0", "terraform_version": "1.9.8",
                        "values": {"root_module": {"child_modules": prior_modules}}},
        "configuration": {"provider_config": {}, "root_module": {"module_calls": calls}},
    }


def one_resource(type_, attributes):
    change = {"address": f"{type_}.one", "mode": "managed", "type": type_, "name": "one", "provider_name": "registry.terraform.io/example/example",
              "change": {"actions": ["create"], "before": None, "after": attributes, "after_unknown": {}}}
    return {"format_version": "1.2", "terraform_version": "1.9.8", "resource_changes": [change]}


def without_unknowns(plan):
    """The same plan with nothing marked as not known yet: what the other engines see of it. They have no unknown."""
    changes = [one | {"change": one["change"] | {"after_unknown": {}}} if isinstance(one.get("change"), dict) else one
               for one in plan.get("resource_changes") or []]
    return plan | {"resource_changes": changes}
