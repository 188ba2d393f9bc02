"""Writes the generated part of docs/performance.md from the kept figures. Entry point: write()."""
import os
import pathlib
import platform
import sys

from .goals import NINE, goals
from .table import CASES, NATIVE, Table, geomean, heading, row, shown, spread, times

BEGIN, END = "<!-- begin generated: peers -->\n", "<!-- end generated: peers -->"


def _machine():
    processor = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    memory = int(next(line for line in open("/proc/meminfo") if line.startswith("MemTotal")).split()[1]) / 2**20
    system = dict(line.strip().split("=", 1) for line in open("/etc/os-release") if "=" in line).get("PRETTY_NAME", platform.system()).strip('"')
    return f"{os.cpu_count()} cores of {processor}, {memory:.0f} GiB, {system}"


def _expressions(table):
    lines = heading("expression", "Sekimori", "best peer", "its time", "faster", "cel-go", "cel-rust", "cel-cpp", "Sekimori's allocations")
    for case in CASES:
        mine, best = table.find(peer="sekimori", variant="evaluate", case=case), table.best_native(case)
        if not mine or not best:
            return "Not measured in this run.\n"
        lines.append(row(case, spread(mine), best[1], shown(best[0]), times(best[0] / mine["ns"]), shown(table.ns(peer="cel-go", variant="optimised", case=case)),
                         shown(table.ns(peer="cel-rust", variant="evaluate", case=case)), shown(table.ns(peer="cel-cpp", variant="slope", case=case)),
                         f"{mine['allocations']:.0f}"))
    lines += ["", *heading("engine", "variant", "25 expressions, geomean", "compile one, geomean", "compile 1,000", "1,000 over parsed input", "1,000 from JSON bytes")]
    for peer, variant in (("sekimori", "evaluate"), ("sekimori", "bind and evaluate"), *NATIVE, ("cel-expr-python", "activation")):
        first = variant in ("evaluate", "optimised", "activation")
        one = geomean(table.ns(peer=peer, variant="compile", case=case) for case in CASES) if first else None
        rest = [shown(table.ns(peer=peer, variant="conditions", case=case)) if first else "-" for case in ("compile", "evaluate", "bytes")]
        lines.append(row(peer, variant, shown(geomean(table.ns(peer=peer, variant=variant, case=case) for case in CASES)), shown(one), *rest))
    lines += ["", "Slots bound beforehand, on the nine conditions that wirefilter can say:", "",
              *heading("engine", *NINE, "geomean")]
    for name, wanted in (("wirefilter", {"peer": "wirefilter"}), ("Sekimori, bound", {"peer": "sekimori", "variant": "bound"}),
                         ("Sekimori, from the DOM (r4: the whole expression)", {"peer": "sekimori", "variant": "evaluate"})):
        found = [table.ns(case=case, **wanted) for case in NINE]
        lines.append(row(name, *map(shown, found), shown(geomean(found))))
    return "\n".join(lines) + "\n"


def _rules(table):
    def cells(kind, plan, **wanted):
        return [spread(table.find(case=kind, plan=plan, rules=count, **wanted)) for count in (15, 150, 1000)]
    lines = heading("engine", "form", "plan", "15 rules", "150 rules", "1,000 rules")
    mine = {"peer": "sekimori", "variant": "library"}
    for plan in ("S", "L"):
        lines.append(row("Sekimori", "bytes to verdicts", plan, *cells("bytes", plan, **mine)))
        lines.append(row("Sekimori", "parsed input to verdicts", plan, *cells("parsed", plan, **mine)))
        lines.append(row("Sekimori", "bytes to findings, explained", plan, *cells("report", plan, **mine)))
        for name, form, wanted in (("OPA", "each", {"peer": "opa"}), ("OPA", "whole", {"peer": "opa"}), ("regorus vm", "each", {"peer": "regorus", "variant": "vm"}),
                                   ("regorus vm", "whole", {"peer": "regorus", "variant": "vm"}), ("regorus interpreter", "each", {"peer": "regorus", "variant": "interpreter"}),
                                   ("Cedar", "each", {"peer": "cedar"})):
            found = cells(form, plan, **wanted)
            stand_in = table.find(case=form, plan=plan, rules=600, **wanted)
            if stand_in:
                found[2] = f"600 rules: {spread(stand_in)}"
            lines.append(row(name, form, plan, *found))
    lines += ["", *heading("load", "15 rules", "150 rules", "1,000 rules")]
    for name, wanted in (("Sekimori", {"peer": "sekimori"}), ("OPA", {"peer": "opa"}), ("regorus interpreter", {"peer": "regorus", "variant": "interpreter"}),
                         ("regorus vm", {"peer": "regorus", "variant": "vm"}), ("Cedar", {"peer": "cedar"})):
        lines.append(row(name, *(spread(table.find(case="load", rules=count, **wanted)) for count in (15, 150, 1000))))
    lines += ["", *heading("before that", "S", "L")]
    for name, wanted in (("simdjson's DOM, new parser", {"variant": "simdjson", "case": "new parser"}), ("simdjson's DOM, kept parser", {"variant": "simdjson", "case": "kept parser"}),
                         ("copying the bytes", {"variant": "memcpy"}), ("OPA: JSON to Go values", {"peer": "opa", "case": "parse"}),
                         ("OPA: Go values to its own", {"peer": "opa", "case": "convert"})):
        lines.append(row(name, *(spread(table.find(plan=plan, **wanted)) for plan in ("S", "L"))))
    return "\n".join(lines) + "\n"


def _commands(table):
    lines = heading("command", "plan", "rules", "wall", "CPU", "peak")
    for line in table.lines:
        if line.get("case") != "command":
            continue
        if "ns" not in line:
            lines.append(row(f"{line['peer']} {line['variant']}", line.get("plan", "-"), line.get("rules", "-"), spread(line), "-", "-"))
            continue
        wall = {"ns": line["wall_ns"], "min": line["wall_min"], "max": line["wall_max"], "repeats": line["repeats"]}
        lines.append(row(f"{line['peer']} {line['variant']}", line.get("plan", "-"), line.get("rules", "-"), spread(wall), shown(line["ns"]), f"{line['peak_mb']:,.0f} MB"))
    return "\n".join(lines) + "\n"


def _agreement(table):
    known = [line for line in table.lines if line.get("agreed") and line.get("known") and line.get("rules") == 15]
    open_ones = [line for line in table.lines if line.get("agreed") and line.get("known") is False and line.get("rules") == 15]
    if not known:
        return "Not compared in this run.\n"
    engines = sorted({line["peer"] for line in table.lines if line.get("agreed")} - {"sekimori"})
    lines = [f"Before timing, {', '.join(engines)} and Sekimori gave the same set of (rule, resource), 15 rules, where nothing is marked as unknown: "
             + ", ".join(f"{line['agreed']} {line.get('fail', 0)}" for line in known)
             + " failures (Cedar without the rule that needs a regex; OPA and Sekimori with 150 and 1,000 rules too). "
             "On the plans as they are, what is not known yet is undetermined to Sekimori and absent to the others: each failure is a denial, and each denial a "
             "failure or undetermined:", "", *heading("plan", "denials", "fail", "undetermined", "error")]
    lines += [row(line["agreed"], line["denials"], line.get("fail", 0), line.get("undetermined", 0), line.get("error", 0)) for line in open_ones]
    lines += ["", "An error is an IAM policy that is no JSON, which the others pass in silence."]
    large = [f"{count:,} rules {line['fail']:,}" for count in (15, 150, 1000) if (line := table.find(plan="known L", rules=count))]
    if large:
        lines.append(f"On L without unknowns, OPA's denials and Sekimori's failures are as many: {', '.join(large)}.")
    return "\n".join(lines) + "\n"


def _skipped(table):
    lines = [f"- {line['peer']}: {line['skipped']}: {line['reason']}." for line in table.lines if "skipped" in line]
    return "\n".join(lines) + "\n" if lines else "Nothing.\n"


def text(results, versions, date):
    table = Table(results)
    known = ", ".join(f"{name} {version}" for name, version in sorted(versions.items()))
    sizes = ", ".join(f"{plan} {line['size'] / 1e6:.1f} MB" for plan in ("S", "L") if (line := table.find(plan=plan, variant="simdjson")))
    return "\n".join([
        f"{date}, {_machine()}. {known}.", "",
        f"Plans: S 1,000 resources, L 15,000 ({sizes}), made of real ones. Times are CPU time of the process, the median of repeats with the least and the most in "
        "brackets; for commands wall time stands beside it, and ratios of commands are the smaller of the two.", "",
        "### Goals", "", goals(table), "",
        "### The same answers", "", _agreement(table),
        "### Expressions", "", _expressions(table),
        "### Rule sets", "", _rules(table),
        "### Commands", "", _commands(table),
        "### Left out", "", _skipped(table)])


def write(page, results, versions, date):
    page = pathlib.Path(page)
    before = page.read_text(encoding="utf-8")
    if BEGIN not in before or END not in before:
        sys.exit(f"{page} has no place for the part `peers`")
    head, rest = before.split(BEGIN, 1)
    page.write_text(head + BEGIN + text(results, versions, date) + END + rest.split(END, 1)[1], encoding="utf-8")
