"""What is timed, part by part. Entry points: expressions(), rules(), commands(). Each first makes sure that the engines
agree, and gives Figures. `everything` adds the cells that take minutes.
"""
import os
import subprocess
import sys
import time

from .tools import HERE
from . import agreement
from .figures import Figures

COUNTS = (15, 150, 1000)


def expressions(tools, inputs, results, everything):
    figures = Figures(results / "expressions.jsonl")
    if not tools.path("cel_go"):
        sys.exit("peers: expressions: cel-go gives the answers that the others are compared with, and it is not there")
    figures.ask(tools.path("cel_go"), "conditions", inputs)       # writes rules.answers
    figures.ask(tools.path("cel_go"), "cases", inputs)
    figures.ask(tools.sekimori, "cases", inputs)
    figures.ask(tools.sekimori, "conditions", inputs)
    if tools.path("rust"):
        figures.ask(tools.path("rust"), "expressions", inputs)
        figures.ask(tools.path("rust"), "conditions", inputs)
    else:
        figures.skip("cel-rust, wirefilter", "expressions", tools.missing["rust"])
    if tools.path("python"):
        program = str(HERE / "python/cel_expr.py")
        figures.ask(tools.path("python"), program, "cases", inputs)
        figures.ask(tools.path("python"), program, "conditions", inputs)
    else:
        figures.skip("cel-expr-python", "expressions", tools.missing["python"])


def _load(tools, inputs, figures):
    for count in COUNTS:
        at, repeats = inputs / f"rules{count}", 7 if count < 1000 else 5
        figures.ask(tools.sekimori, "load", at / "sekimori", repeats, rules=count, text=os.path.getsize(at / "sekimori/rules.yaml"))
        if tools.path("opa_library"):
            figures.ask(tools.path("opa_library"), "load", at / "each/resource.rego", 3, rules=count)
        if tools.path("rust"):
            figures.ask(tools.path("rust"), "regorus", "load", at / "dense/resource.rego", 3, rules=count)


def _opa(tools, inputs, figures, everything):
    program = tools.path("opa_library")
    if not program:
        return figures.skip("opa", "rules", tools.missing["opa_library"])
    for plan in ("S", "L"):
        figures.ask(program, "parse", inputs / f"{plan}.json", 3, plan=plan)
        for count in COUNTS:
            at, repeats = inputs / f"rules{count}", 5 if plan == "S" else 3
            figures.ask(program, "time", "each", at / "each/resource.rego", inputs / f"{plan}.json", repeats, rules=count, plan=plan)
            if plan == "S" or count == 15 or everything:
                figures.ask(program, "time", "whole", at / "whole/plan.rego", inputs / f"{plan}.json", 3 if plan == "S" else 1, rules=count, plan=plan)
            else:
                figures.skip("opa", f"whole, {count} rules, {plan}", "7 to 45 seconds a run: only with --all")


def _rust(tools, inputs, figures, everything):
    program = tools.path("rust")
    if not program:
        return figures.skip("regorus, cedar", "rules", tools.missing["rust"])
    slow = []
    for engine, form, count, plan, repeats, quick in (
            ("vm", "each", 15, "S", 5, True), ("vm", "each", 150, "S", 3, True), ("vm", "each", 600, "S", 3, True),
            ("vm", "whole", 15, "S", 5, True), ("vm", "whole", 150, "S", 3, True),
            ("vm", "each", 15, "L", 3, True), ("vm", "each", 150, "L", 1, True),
            ("interpreter", "each", 15, "S", 3, True), ("interpreter", "each", 150, "S", 1, True), ("interpreter", "each", 1000, "S", 1, True),
            ("interpreter", "each", 15, "L", 1, True), ("interpreter", "each", 150, "L", 1, False),
            ("interpreter", "whole", 1000, "L", 1, False)):
        if not (quick or everything):
            slow.append(f"{engine} {form}, {count} rules, {plan}")
            continue
        text = "resource" if form == "each" else "plan"
        figures.ask(program, "regorus", "time", engine, form, inputs / f"rules{count}/dense/{text}.rego", inputs / f"{plan}.json", repeats,
                    rules=count, plan=plan)
    figures.skip("regorus", "vm, 1,000 rules", "a program of its register machine holds 65,535 instructions, about 640 of these rules: 600 stand in")
    for count, plan, repeats, quick in ((15, "S", 3, True), (150, "S", 3, True), (1000, "S", 1, True), (15, "L", 1, True),
                                        (150, "L", 1, False), (1000, "L", 1, False)):
        if quick or everything:
            figures.ask(program, "cedar", "time", inputs / f"rules{count}/rules.cedar", inputs / f"{plan}.json", repeats, rules=count, plan=plan)
        else:
            slow.append(f"cedar, {count} rules, {plan}")
    if slow:
        figures.skip("regorus, cedar", "; ".join(slow), "7 to 90 seconds a run: only with --all")


def _ours(tools, inputs, figures):
    for plan in ("S", "L"):
        figures.ask(tools.sekimori, "floor", inputs / f"{plan}.json", 9, plan=plan)
        for count in (15, 150, 1000, "15-absent"):
            at, repeats = inputs / f"rules{count}/sekimori", 7 if plan == "S" else 5
            for form in ("parsed", "bytes", "report"):
                figures.ask(tools.sekimori, "time", form, at, inputs / f"{plan}.json", repeats, rules=count, plan=plan)


def _scopes(tools, inputs, figures):
    failures = set()
    for count in (20, 1000):
        at = inputs / "scopes"
        line = figures.ask(tools.sekimori, "scopes", at / "rules", at / f"organisation{count}.yaml", at / f"plan{count}.json", 5, scopes=count)
        failures.add((line["pass"], line["fail"]))
    if len(failures) != 1 or 0 in min(failures):
        sys.exit(f"peers: verdicts differ between 20 and 1,000 scopes with the same parameters: {failures}")


def _same_counts_on_large_plan(tools, inputs, figures):
    """On L whole sets would be large: the numbers are compared."""
    for count in COUNTS:
        denied = [line["denials"] for line in figures.lines
                  if line["peer"] == "opa" and line.get("case") == "each" and line.get("rules") == count and line.get("plan") == "L"]
        known = figures.ask(tools.sekimori, "time", "bytes", inputs / f"rules{count}/sekimori", inputs / "known/L.json", 1, rules=count, plan="known L")
        if denied and denied[0] != known["fail"]:
            sys.exit(f"peers: L, {count} rules: OPA denies {denied[0]}, and Sekimori finds {known['fail']} failures")


def rules(tools, inputs, results, everything):
    figures = Figures(results / "rules.jsonl")
    agreement.same_on_known_plans(tools, inputs, figures)
    agreement.held_on_plans(tools, inputs, figures)
    _load(tools, inputs, figures)
    _ours(tools, inputs, figures)
    _scopes(tools, inputs, figures)
    _opa(tools, inputs, figures, everything)
    _same_counts_on_large_plan(tools, inputs, figures)
    _rust(tools, inputs, figures, everything)


def _peers_commands(tools, inputs, figures, everything):
    def opa(count, plan, repeats):
        if tools.path("opa"):
            figures.command("opa", "eval", [tools.path("opa"), "eval", "-f", "raw", "-d", str(inputs / f"rules{count}/whole/plan.rego"), "-i",
                                            str(inputs / f"{plan}.json"), "data.main.deny"], repeats, rules=count, plan=plan)

    def conftest(count, plan, repeats):
        if tools.path("conftest"):
            figures.command("conftest", "test", [tools.path("conftest"), "test", "-p", str(inputs / f"rules{count}/whole"), "--no-color", "-o", "json",
                                                 str(inputs / f"{plan}.json")], repeats, rules=count, plan=plan, accepted=(0, 1))

    def guard(count, plan, repeats):
        if tools.path("cfn-guard"):
            figures.command("cfn-guard", "validate", [tools.path("cfn-guard"), "validate", "-r", str(inputs / f"rules{count}/rules.guard"), "-d",
                                                      str(inputs / f"{plan}.json"), "-o", "json", "--structured", "--show-summary", "none"],
                            repeats, rules=count, plan=plan, accepted=(0, 19))

    def checkov(count, plan, repeats):
        if tools.path("checkov"):
            figures.command("checkov", "custom rules", [tools.path("checkov"), "--skip-download", "--framework", "terraform_plan", "-o", "json",
                                                        "--compact", "-f", str(inputs / f"{plan}.json"), "--external-checks-dir",
                                                        str(inputs / f"rules{count}/checkov"), "--check", "CUSTOM_*"],
                            repeats, rules=count, plan=plan, accepted=(0, 1))
    for name in ("opa", "conftest", "cfn-guard", "checkov"):
        if not tools.path(name):
            figures.skip(name, "commands", tools.missing[name])
    for count, repeats in ((15, 5), (1000, 3)):
        opa(count, "S", repeats)
        conftest(count, "S", repeats)
    guard(15, "S", 1)
    checkov(15, "S", 1)
    opa(15, "L", 3)
    conftest(15, "L", 3)
    opa(1000, "L", 1)
    if everything:
        guard(15, "L", 1)
        checkov(15, "L", 1)
        conftest(1000, "L", 1)
    else:
        figures.skip("cfn-guard, checkov", "15 rules, L", "one to two minutes and up to 6 GB a run: only with --all")
        figures.skip("conftest", "1,000 rules, L", "about a minute a run: only with --all")
    figures.skip("cfn-guard", "1,000 rules", "it was stopped after 200 seconds on S")
    if tools.path("opa"):
        figures.command("opa", "version", [tools.path("opa"), "version"], 7)


def _has(tools, word):
    return word in subprocess.run([tools.command, "check", "--help"], capture_output=True, text=True, check=False).stdout


def _our_commands(tools, inputs, figures):
    accepted, empty = (0, 1, 3), inputs / "empty.json"
    empty.write_text('{"format_version":"1.2","terraform_version":"1.9.8","resource_changes":[],"configuration":{}}')

    def check(variant, loaded, plan, repeats, *options, **further):
        words = [tools.command, "check", str(inputs / f"{plan}.json"), "--rules", loaded, "--now", "2026-11-24", *options]
        return figures.command("sekimori", variant, words, repeats, accepted=accepted, plan=plan, **further)
    for plan in ("S", "L"):
        for count in COUNTS:
            check("check, json", str(inputs / f"rules{count}/sekimori"), plan, 7 if plan == "S" else 5, "--format", "json", "--output", "-", rules=count)
    check("start with all shipped rules", "builtin:all", "empty", 11, "--format", "json", "--output", "-")
    if _has(tools, "ndjson"):
        output = inputs / "all.ndjson"
        check("all findings, ndjson", str(inputs / "rules1000/sekimori"), "L", 3, "--limit-findings", "100000000", "--format", "ndjson", "--output", "-",
              rules=1000, output=output)
        figures.add({"peer": "sekimori", "variant": "all findings, ndjson", "case": "size", "bytes": output.stat().st_size,
                     "lines": sum(1 for _ in open(output, "rb"))})
        output.unlink()
    else:
        figures.skip("sekimori", "all findings as NDJSON", "there is no such format yet")
    _threads(tools, inputs, figures)


def _threads(tools, inputs, figures):
    """Two threads of one process against two processes at once: wall time, as CPU time does not get less."""
    if not _has(tools, "--threads"):
        return figures.skip("sekimori", "two threads", "there is no option for threads yet")

    def words(threads):
        return [tools.command, "check", str(inputs / "L.json"), "--rules", str(inputs / "rules1000/sekimori"), "--now", "2026-11-24", "--format", "json",
                "--output", "-", "--threads", str(threads)]

    def together(commands):
        begin = time.monotonic()
        for process in [subprocess.Popen(one, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for one in commands]:
            process.wait()
        return (time.monotonic() - begin) * 1e9
    for variant, commands in (("one thread", [words(1)]), ("two threads", [words(2)]), ("two processes", [words(1), words(1)])):
        walls = sorted(together(commands) for _ in range(7))
        figures.add({"peer": "sekimori", "variant": variant, "case": "wall", "ns": walls[3], "min": walls[0], "max": walls[-1], "repeats": 7,
                     "plan": "L", "rules": 1000})


def commands(tools, inputs, results, everything):
    figures = Figures(results / "commands.jsonl")
    _our_commands(tools, inputs, figures)
    _peers_commands(tools, inputs, figures, everything)
