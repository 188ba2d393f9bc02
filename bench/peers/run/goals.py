"""The goals of docs/performance.md beside the figures of one run. Entry point: goals()."""
from .table import CASES, geomean, heading, row, shown, times

NINE = ("b1", "b2", "b5", "r1", "r2", "r3", "r4", "r8", "r9")
BUILDS = {"b12": "a list", "b13": "a string", "r11": "a list", "r12": "a string"}


def _ratio(above, below):
    return above / below if above and below else None


class Goal:
    """One line: what, the peers, ours, how they compare, the goal, and whether it is reached (None: not measured, or no goal)."""

    def __init__(self, what, peers, ours, compared, goal, reached):
        outcome = "not measured" if reached is None and ours == "-" else "" if reached is None else "met" if reached else "**missed**"
        self.cells = (what, peers, ours, compared, goal, outcome)


def _from_to(one, other):
    return f"{shown(one)} to {shown(other)}" if one and other else "-"


def _at_least(ratio, goal):
    return None if ratio is None else ratio >= goal


def _at_most(ratio, goal):
    return None if ratio is None else ratio <= goal


def _expressions(table):
    best = {case: table.best_native(case) for case in CASES}
    ours = {case: table.ns(peer="sekimori", variant="evaluate", case=case) for case in CASES}
    if all(best.values()) and all(ours.values()):
        ratios = {case: best[case][0] / ours[case] for case in CASES}
        middle, slowest = geomean(ratios.values()), min(ratios, key=ratios.get)
        yield Goal("25 expressions, one evaluation, parsed input: geomean", shown(geomean(one[0] for one in best.values())) + ", the best peer on each",
                   shown(geomean(ours.values())), times(middle, " faster"), "10 times", _at_least(middle, 10))
        yield Goal("the same, the least of the 25", f"{shown(best[slowest][0])} ({best[slowest][1]})", f"{shown(ours[slowest])} ({slowest})",
                   times(ratios[slowest], " faster"), "3 times", _at_least(ratios[slowest], 3))
    else:
        yield Goal("25 expressions, one evaluation, parsed input", "-", "-", "-", "10 times; none less than 3", None)
    wire = geomean(table.ns(peer="wirefilter", case=case) for case in NINE)
    bound = geomean(table.ns(peer="sekimori", variant="bound", case=case) for case in NINE)
    dom = geomean(ours[case] for case in NINE)
    yield Goal("the nine that wirefilter can say, slots bound beforehand", shown(wire), shown(bound), times(_ratio(bound, wire)), "at most 2 times", _at_most(_ratio(bound, wire), 2))
    yield Goal("the same, ours read from the JSON DOM", shown(wire), shown(dom), times(_ratio(dom, wire)), "shown only", None)
    allocations = {case: (table.find(peer="sekimori", variant="evaluate", case=case) or {}).get("allocations") for case in CASES}
    if all(count is not None for count in allocations.values()):
        counted = {case: count for case, count in allocations.items() if count >= 0.01}
        unexpected = [case for case, count in counted.items() if case not in BUILDS or count > 1.01]
        of_peer = [line["allocations"] for line in table.lines if line.get("peer") == "cel-go" and line.get("variant") == "optimised"]
        yield Goal("allocations of an evaluation, warm", f"cel-go {min(of_peer):.0f} to {max(of_peer):.0f}" if of_peer else "-",
                   ", ".join(f"{case} {count:.0f}" for case, count in counted.items()) or "0 for each", "-",
                   "0; 1 where a text or list is built", not unexpected)
    peer, mine = (table.ns(peer=name, variant="conditions", case="bytes") for name in ("cel-go", "sekimori"))
    yield Goal("1,000 rules that all apply to one 3 KB resource, JSON bytes to verdicts", f"cel-go {shown(peer)}", shown(mine), times(_ratio(peer, mine), " faster"),
               "50 times", _at_least(_ratio(peer, mine), 50))
    rules = table.ns(peer="sekimori", variant="conditions as rules", case="bytes")
    yield Goal("the same, ours as a rule set over a plan of that resource", f"cel-go {shown(peer)}", shown(rules), times(_ratio(peer, rules), " faster"), "shown only", None)
    peer, mine = (geomean(table.ns(peer=name, variant="compile", case=case) for case in CASES) for name in ("cel-go", "sekimori"))
    yield Goal("compile (parse, check, plan) one expression: geomean of the 25", f"cel-go {shown(peer)}", shown(mine), times(_ratio(peer, mine), " faster"),
               "8 times", _at_least(_ratio(peer, mine), 8))


def _loading(table):
    mine = table.find(peer="sekimori", case="load", rules=1000)
    loaded = [(line["ns"], line["peer"]) for line in table.lines if line.get("case") == "load" and line.get("rules") == 1000 and line["peer"] != "sekimori"]
    best = min(loaded) if loaded else (None, "-")
    ratio = _ratio(best[0], mine and mine["ns"])
    yield Goal("load 1,000 rules from YAML to a ready policy", f"{best[1]} {shown(best[0])}", shown(mine and mine["ns"]), times(ratio, " faster"), "5 times", _at_least(ratio, 5))
    plan = table.find(peer="sekimori", variant="plan", case="memory", rules=1000)
    size = plan["heap"] / 1000 if plan else None
    yield Goal("memory of a loaded rule: program and indices", "-", f"{size / 1024:.2f} KB" if size is not None else "-", "-", "at most 2 KB", _at_most(size, 2048))
    whole = (mine["heap"] - mine["text"]) / 1000 if mine else None
    yield Goal("the same with the trees, titles and places that explanations are made of", "-", f"{whole / 1024:.1f} KB" if whole is not None else "-", "-", "shown only", None)


def _plans(table):
    for rules, goal in ((15, 30), (150, 50), (1000, 100)):
        peer = table.ns(peer="opa", case="each", rules=rules, plan="L")
        mine = table.ns(peer="sekimori", case="parsed", rules=rules, plan="L")
        yield Goal(f"15,000 resources, {rules:,} rules, parsed input to verdicts", f"OPA by its index {shown(peer)}", shown(mine), times(_ratio(peer, mine), " faster"),
                   f"{goal} times", _at_least(_ratio(peer, mine), goal))
    fresh, kept = (table.ns(peer="sekimori", variant="simdjson", case=case, plan="L") for case in ("new parser", "kept parser"))
    for rules, goal in ((15, 2), (1000, 3)):
        mine = table.ns(peer="sekimori", case="bytes", rules=rules, plan="L")
        yield Goal(f"the same plan, {rules:,} rules, bytes to verdicts in process", f"simdjson's DOM with memory of its own {shown(fresh)}", shown(mine), times(_ratio(mine, fresh)),
                   f"at most {goal} times", _at_most(_ratio(mine, fresh), goal))
        yield Goal(f"the same, {rules:,} rules, against a parser that keeps its memory", f"simdjson's DOM {shown(kept)}", shown(mine), times(_ratio(mine, kept)),
                   f"at most {goal} times", _at_most(_ratio(mine, kept), goal))


def _commands(table):
    for peer, variant, rules, goal in (("conftest", "test", 15, 20), ("opa", "eval", 1000, 150)):
        theirs = table.find(peer=peer, variant=variant, rules=rules, plan="L")
        mine = table.find(peer="sekimori", variant="check, json", rules=rules, plan="L")
        if theirs and mine and "ns" in theirs:
            ratio = min(theirs[key] / mine[key] for key in ("ns", "wall_ns"))   # CPU and wall: the one that is worse for us
            yield Goal(f"the whole command with its JSON report, {rules:,} rules", f"{peer} {shown(theirs['wall_ns'])}", shown(mine["wall_ns"]), times(ratio, " faster"),
                       f"{goal} times", ratio >= goal)
        else:
            yield Goal(f"the whole command with its JSON report, {rules:,} rules", peer, "-", "-", f"{goal} times", None)
    streamed, size = (table.find(peer="sekimori", variant="all findings, ndjson", case=case) for case in ("command", "size"))
    if streamed and size:
        yield Goal("all findings of 1,000 rules as NDJSON", f"{size['lines']:,} lines", shown(streamed["wall_ns"]),
                   f"{size['bytes'] / 1e6 / (streamed['wall_ns'] / 1e9):,.0f} MB/s, peak {streamed['peak_mb']:,.0f} MB", "shown only", None)
    else:
        yield Goal("all findings of 1,000 rules as NDJSON", "-", "-", "-", "shown only", None)


def _growth(table):
    for plan in ("S", "L"):
        few, many, absent = (table.ns(peer="sekimori", case="parsed", rules=rules, plan=plan) for rules in (15, 1000, "15-absent"))
        peer = _ratio(table.ns(peer="opa", case="each", rules=1000, plan=plan), table.ns(peer="opa", case="each", rules=15, plan=plan))
        yield Goal(f"rules 15 to 1,000, half of them for absent types, plan {plan}", f"OPA by its index x {peer:.1f}" if peer else "-", _from_to(few, many),
                   times(_ratio(many, few)), "at most 8 times", _at_most(_ratio(many, few), 8))
        yield Goal(f"15 rules, and 985 more for absent types alone, plan {plan}", "-", _from_to(few, absent), times(_ratio(absent, few)), "at most 1.05 times",
                   _at_most(_ratio(absent, few), 1.05))
    for rules in (15, 1000):
        small, large = (table.ns(peer="sekimori", case="parsed", rules=rules, plan=plan) for plan in ("S", "L"))
        peer = _ratio(table.ns(peer="opa", case="each", rules=rules, plan="L"), table.ns(peer="opa", case="each", rules=rules, plan="S"))
        yield Goal(f"resources 1,000 to 15,000, {rules:,} rules", f"OPA by its index x {peer:.1f}" if peer else "-", _from_to(small, large),
                   times(_ratio(large, small)), "at most 16 times", _at_most(_ratio(large, small), 16))


def _process(table):
    mine = table.find(peer="sekimori", variant="check, json", rules=15, plan="L")
    peers = [f"{peer} {line['peak_mb']:,.0f}" for peer in ("conftest", "opa", "cfn-guard", "checkov")
             if (line := table.find(peer=peer, case="command", rules=15, plan="L")) and "peak_mb" in line]
    peak = mine and mine["peak_mb"]
    yield Goal("peak memory of the command on the large plan, 15 rules", ", ".join(peers) or "-", f"{peak:,.0f} MB" if peak else "-", "-", "at most 200 MB", _at_most(peak, 200))
    start, opa = table.find(peer="sekimori", variant="start with all shipped rules"), table.find(peer="opa", variant="version")
    yield Goal("start of the command with all shipped rule sets loaded", f"opa, none {shown(opa['wall_ns'])}" if opa else "-", shown(start and start["wall_ns"]), "-", "at most 30 ms",
               _at_most(start and start["wall_ns"] / 1e6, 30))
    one, two, apart = (table.ns(peer="sekimori", variant=variant) for variant in ("one thread", "two threads", "two processes"))
    ratio = (one / two) / (2 * one / apart) if one and two and apart else None
    yield Goal("two threads over one", f"two processes x {2 * one / apart:.2f}" if ratio else "-", f"x {one / two:.2f}" if ratio else "-", f"{ratio:.2f} of it" if ratio else "-",
               "at least 0.95", _at_least(ratio, 0.95))


def _scopes(table):
    for what, case, key in (("load", "load", "ns"), ("memory", "load", "heap"), ("bytes to verdicts of 15,000 resources", "bytes", "ns")):
        few, many = (table.find(peer="sekimori", variant="scopes", case=case, scopes=count) for count in (20, 1000))
        ratio = _ratio(many and many[key], few and few[key])
        text = "-" if ratio is None else f"{shown(few[key])} to {shown(many[key])}" if key == "ns" else f"{few[key] / 1024:,.0f} to {many[key] / 1024:,.0f} KB"
        yield Goal(f"1,000 scopes against 20, with the same 20 parameter sets: {what}", "-", text, times(ratio), "at most 1.05 times", _at_most(ratio, 1.05))


def goals(table):
    lines = heading("scenario", "peer", "Sekimori", "compared", "goal", "")
    for group in (_expressions, _loading, _plans, _commands, _growth, _process, _scopes):
        lines += [row(*goal.cells) for goal in group(table)]
    return "\n".join(lines)
