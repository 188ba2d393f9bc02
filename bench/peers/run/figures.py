"""Figures: running a program that prints them, timing a whole command, and keeping both as JSON lines.

Entry points: Figures (the kept lines), asked() (a program's lines), command() (a whole process).
"""
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time


def asked(program, *words, limit=900):
    """The lines that a program prints. One core, so that CPU time is one thread's and its collector's."""
    try:
        done = subprocess.run([program, *map(str, words)], env=os.environ | {"GOMAXPROCS": "1"}, capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        sys.exit(f"{program} {' '.join(map(str, words))}: not done after {limit} seconds")
    if done.returncode != 0:
        sys.exit(f"{program} {' '.join(map(str, words))}: {done.stderr.strip()[-2000:]}")
    return done.stdout.splitlines()


def command(words, repeats, accepted=(0,), limit=900, output=os.devnull):
    """Wall seconds, CPU seconds and peak memory in MB of whole processes, one run after the other; None where one took longer
    than `limit` seconds."""
    walls, cpus, peaks = [], [], []
    for _ in range(repeats):
        with open(output, "wb") as to, tempfile.TemporaryFile() as told:
            begin = time.monotonic()
            process = subprocess.Popen(words, stdout=to, stderr=told)
            alarm = threading.Timer(limit, process.kill)
            alarm.start()
            _, status, used = os.wait4(process.pid, 0)
            walls.append(time.monotonic() - begin)
            alarm.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode == -signal.SIGKILL:
                return None
            if process.returncode not in accepted:
                told.seek(0)
                sys.exit(f"{' '.join(words)}: exit {process.returncode}: {told.read().decode(errors='replace')[-2000:]}")
        cpus.append(used.ru_utime + used.ru_stime)
        peaks.append(used.ru_maxrss / 1024)
    return walls, cpus, peaks


class Figures:
    """The lines of one part, kept in a file as they come."""

    def __init__(self, file):
        self.file = file
        self.lines = []
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")

    def add(self, line, **further):
        line = line | further
        self.lines.append(line)
        with open(self.file, "a", encoding="utf-8") as to:
            to.write(json.dumps(line) + "\n")
        if "ns" in line:
            shown = " ".join(str(line[key]) for key in ("peer", "variant", "rules", "plan", "case") if key in line)
            print(f"  {shown}: {line['ns'] / 1e6:,.4g} ms" if line["ns"] >= 1e5 else f"  {shown}: {line['ns']:,.4g} ns", file=sys.stderr)
        return line

    def ask(self, program, *words, **further):
        made = [self.add(json.loads(line), **further) for line in asked(program, *words)]
        return made[-1] if made else None

    def command(self, peer, variant, words, repeats, **further):
        """A whole process; the options of command() are taken out of `further`."""
        options = {name: further.pop(name) for name in ("accepted", "limit", "output") if name in further}
        found = command(words, repeats, **options)
        named = {"peer": peer, "variant": variant, "case": "command"} | further
        if found is None:
            print(f"  {peer} {variant}: stopped at {options['limit']} s", file=sys.stderr)
            return self.add(named | {"stopped_s": options["limit"]})
        walls, cpus, peaks = found
        return self.add(named | {"ns": statistics.median(cpus) * 1e9, "min": min(cpus) * 1e9, "max": max(cpus) * 1e9,
                                 "wall_ns": statistics.median(walls) * 1e9, "wall_min": min(walls) * 1e9, "wall_max": max(walls) * 1e9,
                                 "repeats": repeats, "peak_mb": max(peaks)})

    def skip(self, peer, what, reason):
        print(f"SKIPPED: {peer}: {what}: {reason}", file=sys.stderr)
        self.add({"peer": peer, "skipped": what, "reason": reason})
