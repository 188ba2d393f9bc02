"""bench/peers: cel-expr-python, which is cel-cpp behind a Python call: cel_expr.py cases|conditions DIR.

`slope` is what one evaluation costs inside cel-cpp: an expression stands K times in one conjunction, and the difference
between K = 24 and K = 4 is 20 copies, each with one comparison with the answer and one `&&`.
"""
import json
import pathlib
import sys
import time

from cel_expr_python import cel
from cel_expr_python.ext import ext_strings

PEER = "cel-expr-python"
TYPES = {"string": cel.Type.STRING, "list<string>": cel.Type.List(cel.Type.STRING), "dyn": cel.Type.DYN}
FEW, MANY = 4, 24


def sample(work, repeats=7, target=0.02):
    """Nanoseconds of one call, sorted."""
    now, count = time.process_time, 1
    while True:
        begin = now()
        for _ in range(count):
            work()
        spent = now() - begin + 1e-9
        if spent >= target / 2:
            count = max(1, int(count * target / spent))
            break
        count *= 4
    times = []
    for _ in range(repeats):
        begin = now()
        for _ in range(count):
            work()
        times.append((now() - begin) / count * 1e9)
    return sorted(times)


def tell(variant, name, times, peer=PEER):
    times = sorted(times)
    print(json.dumps({"peer": peer, "variant": variant, "case": name, "ns": times[len(times) // 2], "min": times[0],
                      "max": times[-1], "repeats": len(times)}), flush=True)


def environment(variables):
    return cel.NewEnv(variables=variables, extensions=[ext_strings.ExtStrings()])


def cases(folder):
    for one in json.loads((folder / "cases.json").read_text()):
        known = environment({name: TYPES[kind] for name, kind in one["types"].items()})
        program, bound = known.compile(one["expr"]), known.Activation(one["in"])
        if program.eval(bound).value() != one["out"]:
            sys.exit(f"{one['id']}: {program.eval(bound).value()!r}")
        tell("activation", one["id"], sample(lambda: program.eval(bound).value()))
        tell("compile", one["id"], sample(lambda: known.compile(one["expr"]), repeats=5))
        copies = {count: known.compile(" && ".join([f"(({one['expr']}) == {json.dumps(one['out'])})"] * count))
                  for count in (FEW, MANY)}
        if not all(chain.eval(bound).value() is True for chain in copies.values()):
            sys.exit(f"{one['id']}: a chain of it is not true")
        few, many = (sample(lambda chain=copies[count]: chain.eval(bound), repeats=5) for count in (FEW, MANY))
        tell("slope", one["id"], [(high - low) / (MANY - FEW) for low, high in zip(few, many)], "cel-cpp")


def conditions(folder):
    lines = (folder / "rules.txt").read_text().splitlines()
    text, parameters = (folder / "resource.json").read_text(), json.loads((folder / "params.json").read_text())
    known = environment({"resource": cel.Type.DYN, "params": cel.Type.DYN})
    programs = [known.compile(line) for line in lines]

    def run():
        bound = known.Activation({"resource": json.loads(text), "params": parameters})
        return "".join("1" if program.eval(bound).value() else "0" for program in programs)
    if run() != (folder / "rules.answers").read_text():
        sys.exit("the thousand conditions answer otherwise than cel-go")
    tell("conditions", "compile", sample(lambda: [known.compile(line) for line in lines], repeats=3))
    tell("conditions", "bytes", sample(run, repeats=5))


{"cases": cases, "conditions": conditions}[sys.argv[1]](pathlib.Path(sys.argv[2]))
