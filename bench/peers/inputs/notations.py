"""The same rules as documents of each engine: `rules`, `rego`, `guard`, `cedar`, `checkov`. Rule k is check k % 15 in
variant k // 15 of checks.py. Entry points: the functions of those names; each gives the text, or the files, of `count` rules.
"""
import json
import re

from . import checks

STAR = '''star(x) if x == "*"
star(x) if {
  is_array(x)
  "*" in x
}
'''


def _first(count):
    return [(k % len(checks.IDS), k // len(checks.IDS)) for k in range(count)]


def _each(wanted):
    for number, variant in wanted:
        yield checks.rule_id(number, variant), checks.IDS[number], checks.clauses_of(number, variant)


def _yaml(text):
    return "'" + text.replace("'", "''") + "'"


_HEADER = ["sekimori: ruleset/v1", 'engine: ">=0.1"', "cel: {environment: 2026-11, packs: [cloud]}"]


def _rule(identity, words, types):
    return [f"  - id: {identity}", f"    title: {{en: {words}}}", "    severity: high", "    category: security", f"    why: {{en: {words}}}",
            f"    fix: {{en: {words}}}", "    waiver: none", f"    type: {types}"]


def _assertions(clauses):
    """(id, condition) of each clause: one that is about some of the rule's types only says so."""
    union = list(dict.fromkeys(type_ for clause in clauses for type_ in clause.types))
    made = []
    for place, clause in enumerate(clauses, 1):
        condition = clause.cel
        if set(clause.types) != set(union):
            other = f'meta.type != "{clause.types[0]}"' if len(clause.types) == 1 else f"!(meta.type in {json.dumps(clause.types)})"
            condition = f"{other} || {condition}"
        made.append((f"clause-{place}", condition))
    return union, made


def rules(count):
    return rules_of(_first(count))


def rules_of(wanted):
    """A rule set of ours over provider types, of (check, variant) pairs."""
    out = _HEADER + ["id: peers.rules", "version: 1.0.0", "languages: [en]", "title: {en: The rules that all engines are given}", "rules:"]
    for rule, name, clauses in _each(wanted):
        types, assertions = _assertions(clauses)
        out += _rule(rule, name.replace("_", " "), f"[{', '.join(types)}]") + ["    asserts:"]
        for identity, condition in assertions:
            out += [f"      - id: {identity}", f"        assert: {_yaml(condition)}",
                    f'        message: {{en: "{rule} {{meta.address}}"}}']
    return "\n".join(out) + "\n"


def conditions(expressions, parameters):
    """The conditions of expressions.py as a rule set of ours about one type."""
    out = _HEADER + ["id: peers.conditions", "version: 1.0.0", "languages: [en]", "title: {en: A thousand conditions of one resource}", "parameters:"]
    for name, given in parameters.items():
        kind = "string" if isinstance(given, str) else "list(int)"
        out.append(f"  {name}: {{type: {kind}, default: {json.dumps(given)}, basis: ours, tighten: fixed}}")
    out.append("rules:")
    for number, expression in enumerate(expressions):
        out += _rule(f"C{number:03d}", "condition", "example_resource") + [f"    assert: {_yaml(expression)}", '    message: {en: "{meta.address}"}']
    return "\n".join(out) + "\n"


def rego(count, whole):
    """Package main with denials "RULE ADDRESS". whole: input is the plan; else it is one resource change."""
    out = ["package main", "", "import rego.v1", "", STAR]
    change = "rc" if whole else "input"
    for rule, _, clauses in _each(_first(count)):
        for clause in clauses:
            of_type = f"RC.type == {json.dumps(clause.types[0])}" if len(clause.types) == 1 else "RC.type in " + checks.rego_set(clause.types)
            lines = ['RC.mode == "managed"', of_type, "RC.change.after != null"] + clause.rego
            lines = [re.sub(r"\bA\.", f"{change}.change.after.", line.replace("RC.", change + ".")) for line in lines]
            out += ["deny contains msg if {"] + (["  some rc in input.resource_changes"] if whole else [])
            out += ["  " + line for line in lines] + [f'  msg := sprintf("{rule} %s", [{change}.address])', "}"]
        out.append("")
    return "\n".join(out)


def dense(text):
    """A denial a line: regorus reads no file of more than 20,000 lines."""
    return text.replace("if {\n  ", "if { ").replace("\n  ", "; ").replace("\n}", " }")


def guard(count):
    out = []
    for rule, _, clauses in _each(_first(count)):
        out.append(f"rule {rule} {{")
        for clause in clauses:
            of_type = f"type == '{clause.types[0]}'" if len(clause.types) == 1 else "type in " + checks.guard_list(clause.types)
            out.append(f"  resource_changes[ mode == 'managed' {of_type} change.after is_struct ] {{")
            out += ["    " + line for line in clause.guard] + ["  }"]
        out.append("}\n")
    return "\n".join(out)


def cedar(count):
    out = []
    for rule, _, clauses in _each(_first(count)):
        place = 0
        for clause in clauses:
            for type_ in clause.types:
                out.append(f'@id("{rule}.{place}")\nforbid(principal, action == Action::"create", resource is {type_})'
                           f" when {{ {clause.cedar} }};")
                place += 1
    return "\n".join(out) + "\n"


def checkov(count):
    """File name to text: a custom policy for each clause."""
    made = {}

    def about(types, condition):
        if "cond_type" in condition:
            return condition | {"resource_types": types}
        return {word: [about(types, part) for part in parts] for word, parts in condition.items()}

    for rule, _, clauses in _each(_first(count)):
        for place, clause in enumerate(clauses):
            policy = {"metadata": {"id": f"CUSTOM_{rule}_{place}", "name": rule, "category": "GENERAL_SECURITY"},
                      "definition": about(clause.types, clause.checkov)}
            made[f"{rule}_{place}.yaml"] = json.dumps(policy, indent=1)
    return made
