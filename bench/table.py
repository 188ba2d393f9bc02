"""The result of Google Benchmark as a table: medians, spread and, beside what has a floor, multiples of it: table.py FILE.json...

Benchmarks are called WHAT/WORK; the floor of WORK is called floor/WORK.
"""
import json
import sys

OPTIONS = ("process_time", "real_time", "manual_time")
UNITS = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}
OWN = {"name", "run_name", "run_type", "aggregate_name", "aggregate_unit", "threads", "time_unit", "real_time", "cpu_time", "iterations",
       "repetitions", "family_index", "per_family_instance_index", "repetition_index", "label", "bytes_per_second", "items_per_second"}


def plain(name):
    return "/".join(part for part in name.split("/") if part not in OPTIONS and not part.startswith(("min_time:", "repeats:")))


def duration(ns):
    for size, unit in ((1e9, "s"), (1e6, "ms"), (1e3, "us")):
        if ns >= size:
            return f"{ns / size:.3g} {unit}"
    return f"{ns:.3g} ns"


def read(file):
    """Name to (median in ns, coefficient of variation, throughput, counters), in the order in which they are registered."""
    found, wrong = {}, []
    runs = json.load(open(file, encoding="utf-8"))["benchmarks"]
    for one in sorted(runs, key=lambda run: (run["family_index"], run["per_family_instance_index"])):   # repetitions are interleaved
        name = plain(one["run_name"])
        if one.get("error_occurred"):
            wrong.append(f"{name}: {one['error_message']}")
            continue
        time = one["real_time" if "real_time" in one["run_name"] else "cpu_time"]
        entry = found.setdefault(name, {})
        if one.get("aggregate_name") == "median":
            entry["ns"] = time * UNITS[one["time_unit"]]
            entry["rate"] = one.get("bytes_per_second")
            entry["counters"] = {key: given for key, given in one.items() if key not in OWN}
        elif one.get("aggregate_name") == "cv":
            entry["spread"] = time
    return found, wrong


def main():
    failed = False
    for file in sys.argv[1:]:
        found, wrong = read(file)
        failed |= bool(wrong)
        floors = {name.split("/", 1)[1]: one["ns"] for name, one in found.items() if name.startswith("floor/")}
        width = max(map(len, found), default=0)
        print(f"{'':{width}}  {'median':>10}  {'spread':>7}  {'/ floor':>8}  {'GB/s':>6}")
        for name, one in found.items():
            floor = floors.get(name.split("/", 1)[1])
            ratio = f"{one['ns'] / floor:.3g}" if floor and not name.startswith("floor/") else ""
            rate = f"{one['rate'] / 1e9:.2f}" if one["rate"] else ""
            counters = "  ".join(f"{key} {given:.4g}" for key, given in one["counters"].items())
            print(f"{name:{width}}  {duration(one['ns']):>10}  {one['spread']:>7.1%}  {ratio:>8}  {rate:>6}  {counters}".rstrip())
        for line in wrong:
            print(f"WRONG: {line}", file=sys.stderr)
    sys.exit(1 if failed else 0)


main()
