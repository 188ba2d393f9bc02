"""Looking figures up and showing them. Entry points: Table (the kept lines of all parts), geomean(), shown(), spread()."""
import json
import math

PARTS = ("expressions", "rules", "commands")
CASES = [f"b{number}" for number in range(1, 14)] + [f"r{number}" for number in range(1, 13)]
NATIVE = (("cel-go", "optimised"), ("cel-go", "optimised, converted inputs"), ("cel-go", "no option"), ("cel-rust", "evaluate"), ("cel-cpp", "slope"))


class Table:
    def __init__(self, folder):
        self.lines = []
        for part in PARTS:
            file = folder / f"{part}.jsonl"
            if file.exists():
                self.lines += [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]

    def find(self, **wanted):
        for line in self.lines:
            if all(line.get(key) == given for key, given in wanted.items()):
                return line
        return None

    def ns(self, **wanted):
        line = self.find(**wanted)
        return line.get("ns") if line else None

    def best_native(self, case):
        """(ns, name) of the fastest other engine on an expression."""
        found = [(self.ns(peer=peer, variant=variant, case=case), f"{peer}, {variant}") for peer, variant in NATIVE]
        found = [one for one in found if one[0]]
        return min(found) if found else None


def geomean(values):
    values = list(values)
    return math.exp(sum(map(math.log, values)) / len(values)) if values and all(values) else None


def shown(ns):
    """Three digits, in the unit that suits."""
    if ns is None:
        return "-"
    for size, unit in ((1e9, "s"), (1e6, "ms"), (1e3, "us")):
        if ns >= size:
            return f"{_digits(ns / size)} {unit}"
    return f"{_digits(ns)} ns"


def _digits(number):
    return f"{number:,.0f}" if number >= 100 else f"{number:.1f}" if number >= 10 else f"{number:.2f}"


def spread(line):
    if line is None:
        return "-"
    if "ns" not in line:
        return f"over {line['stopped_s']} s"
    if line["repeats"] == 1:
        return f"{shown(line['ns'])} (once)"
    return f"{shown(line['ns'])} ({shown(line['min'])} to {shown(line['max'])})"


def times(ratio, word=""):
    return "-" if ratio is None else f"{_digits(ratio)} times{word}"


def row(*cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def heading(*cells):
    return [row(*cells), "|" + " --- |" * len(cells)]
