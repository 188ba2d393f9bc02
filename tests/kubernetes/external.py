"""Policies of Kubernetes that others wrote, with the verdicts that others expect of them, through the command.

Data: $SEKIMORI_EXTERNAL_DATA/kyverno-cel (default ../shared/data). Every test case of vap-kubescape's tests.json and of the
ValidatingPolicy folders (*-vpol: .kyverno-test and .chainsaw-test) is asked, or named with the reason why it is not. Prints a table;
exits 1 on any verdict that differs.  Arguments: --verbose, and names of policies to look at only those.
"""

import collections
import copy
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

try:
    import yaml
except ImportError:
    print("SKIPPED: kubernetes_external: the Python package PyYAML is missing")
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMAND = os.environ.get("SEKIMORI_COMMAND", str(ROOT / "build/release/bindings/cli/sekimori"))
DATA = pathlib.Path(os.environ.get("SEKIMORI_EXTERNAL_DATA") or ROOT / "../shared/data") / "kyverno-cel"
ARGUMENTS = [a for a in sys.argv[1:] if not a.startswith("-")]
VERBOSE = "--verbose" in sys.argv

Case = collections.namedtuple("Case", "suite policy name expected input key asked", defaults=[""])   # asked: the policy's name, or any


def documents(path):
    text = path.read_text(encoding="utf-8")
    return [d for d in yaml.load_all(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) if isinstance(d, dict)]


def key_of(document):
    metadata = document.get("metadata") or {}
    return document.get("kind", ""), str(metadata.get("namespace") or ""), str(metadata.get("name") or "")


class Results:
    def __init__(self):
        self.asked = collections.Counter()
        self.agreed = collections.Counter()
        self.by_error = collections.Counter()
        self.unasked = collections.Counter()
        self.left_out = collections.defaultdict(collections.Counter)
        self.wrong = []

    def leave_out(self, suite, reason, count, names=""):
        self.left_out[suite][reason] += count
        if VERBOSE:
            print(f"left out: {suite}: {names}: {reason} ({count})")

    def judge(self, case, verdict, detail):
        self.asked[case.suite] += 1
        # In a cluster "allowed" is all that is seen; Kyverno's command says whether the policy passed.
        allowed = verdict == "pass" if case.suite == "kyverno-test" else verdict in ("pass", "not_applicable", "not_asked")
        self.unasked[case.suite] += verdict in ("not_applicable", "not_asked")
        right = {"pass": allowed, "skip": verdict in ("not_applicable", "not_asked"), "fail": verdict in ("fail", "error")}[case.expected]
        if right:
            self.agreed[case.suite] += 1
            if verdict == "error":
                self.by_error[case.suite] += 1
        else:
            self.wrong.append((case, verdict, detail))


class Run:
    """One policy asked of many inputs at once."""

    def __init__(self, rules, inputs, namespace):
        command = [COMMAND, "check", *map(str, inputs), "--format", "json", "--include", "pass,not_applicable", "--namespace", namespace,
                   "--limit-findings", "1000000"]
        for rule in rules:
            command += ["--rules", str(rule)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        self.error = None
        self.report = {}
        if done.returncode not in (0, 1, 3) or not done.stdout:
            self.error = done.stderr or done.stdout or f"exit code {done.returncode}"
            return
        self.report = json.loads(done.stdout)
        self.unreadable = {i["file"]: i["diagnostics"] for i in self.report["inputs"] if i["status"] == "unreadable"}

    def rejected(self):
        return [d for d in self.report.get("diagnostics", []) if d["code"] in ("SKM240", "SKM241")]

    def verdict(self, case):
        if str(case.input) in self.unreadable:
            return "unreadable", json.dumps(self.unreadable[str(case.input)])[:300]
        found = []
        for one in self.report["findings"]:
            if one["input"] != str(case.input):
                continue
            kind, _, rest = one["resource"]["address"].partition("/")
            namespace, _, name = rest.rpartition("/")
            if (kind.split(".")[0], name.split("~")[0]) != (case.key[0], case.key[2]):
                continue
            if case.key[1] and namespace != case.key[1]:
                continue
            if case.asked and one["ruleset"] != "kubernetes." + case.asked:
                continue
            found.append(one)
        for verdict in ("fail", "error", "undetermined", "pass", "not_applicable"):
            for one in found:
                if one["verdict"] == verdict:
                    return verdict, one.get("error") or json.dumps(one.get("unknown") or one.get("message"), ensure_ascii=False)[:300]
        return "not_asked", ""


def load_failure(results, suite, policy, run, cases):
    """Whether the run has no verdicts of the policy; says why."""
    if run.error:
        for case in cases:
            results.judge(case, "not_loaded", run.error.strip()[:600])
        return True
    rejected = run.rejected()
    if rejected:
        match = re.search(r"`([^`]+)`, which only", rejected[0]["message"])
        results.leave_out(suite, f"needs a live cluster: {match.group(1)}" if match else rejected[0]["message"], len(cases), policy)
        return True
    return False


# --- vap-kubescape ---------------------------------------------------------------------------------------------------
def changed(document, changes):
    document = copy.deepcopy(document)
    for change in changes:
        path, _, text = change.partition("=")
        steps = re.findall(r"\[\d+\]|[^.\[\]]+", path)
        new = yaml.safe_load(text)
        at = document
        for i, step in enumerate(steps):
            last = i + 1 == len(steps)
            empty = [] if not last and steps[i + 1].startswith("[") else {}
            if step.startswith("["):
                index = int(step[1:-1])
                while len(at) <= index:
                    at.append(copy.deepcopy(empty))
                if last:
                    at[index] = new
                at = at[index]
            else:
                if last:
                    at[step] = new
                elif at.get(step) is None:
                    at[step] = empty
                at = at[step]
    return document


def kubescape(results, folder):
    base = DATA / "vap-kubescape"
    for tests in sorted(base.glob("controls/*/tests.json")):
        control = tests.parent.name
        if ARGUMENTS and control not in ARGUMENTS:
            continue
        policy_file = tests.parent / "policy.yaml"
        policy = documents(policy_file)[0]
        by_parameters = collections.defaultdict(list)
        for number, test in enumerate(json.loads(tests.read_text(encoding="utf-8"))):
            document = changed(documents(base / "test-resources" / test["template"])[0], test.get("field_change_list") or [])
            file = folder / f"{control}-{number}.json"
            file.write_text(json.dumps(document), encoding="utf-8")
            case = Case("vap-kubescape", control, test["name"], test["expected"], file, key_of(document))
            by_parameters[test.get("param_template") or "default-control-configuration.yaml"].append(case)
        for template, cases in by_parameters.items():
            binding = documents(base / "test-resources" / "policy-binding.yaml")[0]
            parameters = documents(base / "test-resources" / template)[0]
            binding["metadata"]["name"] = control.lower() + "-binding"
            binding["spec"]["policyName"] = policy["metadata"]["name"]
            parameters["metadata"]["name"] = binding["spec"]["paramRef"]["name"] = "parameters"
            if "paramKind" not in policy["spec"]:
                del binding["spec"]["paramRef"]
            beside = folder / f"{control}-binding.yaml"
            beside.write_text(yaml.safe_dump_all([binding, parameters]), encoding="utf-8")
            run = Run([policy_file, beside], [c.input for c in cases], "default")
            if not load_failure(results, "vap-kubescape", control, run, cases):
                for case in cases:
                    results.judge(case, *run.verdict(case))


# --- Kyverno's command-line tests ------------------------------------------------------------------------------------
def kyverno_cli(results, folder):
    for test_file in sorted(DATA.glob("*-vpol/**/.kyverno-test/kyverno-test.yaml")):
        if ARGUMENTS and test_file.parent.parent.name not in ARGUMENTS:
            continue
        test = documents(test_file)[0]
        here = test_file.parent
        suite = "kyverno-test"
        resources = [here / r for r in test["resources"]]
        spaces = []
        if test.get("variables"):
            for values in documents(here / test["variables"]):
                spaces += values.get("namespaces") or []
        inputs = list(resources)
        if spaces:
            file = folder / f"{here.parent.name}-namespaces.yaml"
            file.write_text(yaml.safe_dump_all(spaces), encoding="utf-8")
            inputs.append(file)
        policies = [here / p for p in test["policies"]]
        known = [(file, key_of(document)) for file in resources for document in documents(file)]
        cases = []
        for expected in test["results"]:
            names = expected.get("resources") or ([expected["resource"]] if expected.get("resource") else [])
            for name in names:
                space, _, plain = str(name).rpartition("/")
                for file, key in known:
                    if (key[0] == expected.get("kind", key[0]) or not expected.get("kind")) and key[2] == plain and (not space or (key[1] or "default") == space):
                        cases.append(Case(suite, here.parent.name, f"{key[0]} {name}", expected["result"].strip(), file, key, expected["policy"].strip()))
                        break
                else:
                    results.leave_out(suite, "the resource that the test names is not in its files", 1, f"{here.parent.name} {name}")
        run = Run(policies, inputs, "default")
        if not load_failure(results, suite, here.parent.name, run, cases):
            for case in cases:
                results.judge(case, *run.verdict(case))


# --- Kyverno's tests in a cluster ------------------------------------------------------------------------------------
def chainsaw(results, folder):
    suite = "chainsaw-test"
    for test_file in sorted(DATA.glob("*-vpol/**/.chainsaw-test/chainsaw-test.yaml")):
        here, name = test_file.parent, test_file.parent.parent.name
        if ARGUMENTS and name not in ARGUMENTS:
            continue
        policies, inputs, cases = [], [], []
        for step in documents(test_file)[0]["spec"]["steps"]:
            for action in step.get("try") or []:
                if "script" in action or "command" in action:
                    text = json.dumps(action)
                    # What a script does to what was made before is of a cluster; one that only prepares it decides nothing.
                    if re.search(r"then exit 1|then exit 0|kubectl (apply|create|exec|delete|label|annotate)", text):
                        results.leave_out(suite, "a script asks a live cluster (kubectl as another user, exec, update, delete)", 1, name)
                    continue
                given = action.get("apply") or action.get("create") or {}
                if "file" not in given:
                    continue
                file = (here / given["file"]).resolve()
                denied = any("$error != null" in json.dumps(e) for e in given.get("expect") or [])
                content = documents(file)
                if any(d.get("kind") == "ValidatingPolicy" for d in content):
                    policies.append(file)
                    continue
                inputs.append(file)
                for document in content:
                    key = key_of(document)
                    cases.append(Case(suite, name, f"{given['file']} {key[0]} {key[2]}", "fail" if denied else "pass", file, key))
        if not policies or not inputs:
            results.leave_out(suite, "the test applies no policy with resources", 1, name)
            continue
        run = Run(policies, list(dict.fromkeys(inputs)), "chainsaw")
        if load_failure(results, suite, name, run, cases):
            continue
        for case in cases:
            verdict, detail = run.verdict(case)
            if case.expected == "pass" and verdict == "not_asked":
                results.leave_out(suite, "set up for others (no policy speaks of the object, and none should)", 1, f"{name} {case.name}")
                continue
            results.judge(case, verdict, detail)


# --- Kyverno's ClusterPolicy with CEL: named, and its expressions compile --------------------------------------------
def cluster_policies(folder):
    named = compiled = expressions = total = 0
    problems = []
    for file in sorted(DATA.glob("*-cel/*/*.yaml")):
        for number, document in enumerate(documents(file)):
            if document.get("kind") != "ClusterPolicy":
                continue
            run = subprocess.run([COMMAND, "lint", str(file)], capture_output=True, text=True, timeout=60)
            total += 1
            if "SKM241" in run.stdout + run.stderr:
                named += 1
            else:
                problems.append((file, "-", "the policy is not named"))
            for index, rule in enumerate(document["spec"].get("rules") or []):
                cel = (rule.get("validate") or {}).get("cel")
                if not cel:
                    continue
                copied = {"apiVersion": "policies.kyverno.io/v1", "kind": "ValidatingPolicy", "metadata": {"name": "copied"},
                          "spec": {"matchConstraints": {"resourceRules": [{"apiGroups": ["*"], "apiVersions": ["*"], "resources": ["*"]}]},
                                   "matchConditions": rule.get("celPreconditions") or [], "variables": cel.get("variables") or [],
                                   "validations": [{k: v for k, v in e.items() if k in ("expression", "message", "messageExpression")}
                                                   for e in cel.get("expressions") or []]}}
                spec = copied["spec"]
                count = len(spec["matchConditions"]) + len(spec["variables"]) + sum(1 + ("messageExpression" in v) for v in spec["validations"])
                expressions += count
                copy_file = folder / "copied.yaml"
                copy_file.write_text(yaml.safe_dump(copied), encoding="utf-8")
                run = subprocess.run([COMMAND, "lint", str(copy_file)], capture_output=True, text=True, timeout=60)
                if run.returncode == 0:
                    compiled += count
                else:
                    problems.append((file, index, run.stderr or run.stdout))
    return f"{named} of {total}", expressions, compiled, problems


def main():
    if not DATA.is_dir():
        print(f"SKIPPED: kubernetes_external: no {DATA}; set SEKIMORI_EXTERNAL_DATA")
        return 77
    results = Results()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        kubescape(results, folder)
        kyverno_cli(results, folder)
        chainsaw(results, folder)
        named, expressions, compiled, problems = ("", 0, 0, []) if ARGUMENTS else cluster_policies(folder)

    print(f"{'suite':<16}{'asked':>7}{'as expected':>13}{'denied by error':>17}{'not chosen':>12}{'left out':>10}")
    for suite in ("vap-kubescape", "kyverno-test", "chainsaw-test"):
        print(f"{suite:<16}{results.asked[suite]:>7}{results.agreed[suite]:>13}{results.by_error[suite]:>17}{results.unasked[suite]:>12}{sum(results.left_out[suite].values()):>10}")
    for suite, reasons in results.left_out.items():
        for reason, count in sorted(reasons.items()):
            print(f"  left out of {suite}: {count:>3}  {reason}")
    for case, verdict, detail in results.wrong:
        print(f"WRONG {case.suite} {case.policy}: {case.name}: expected {case.expected}, got {verdict} {detail}")
    if not ARGUMENTS:
        print(f"ClusterPolicy with CEL: {named} policies named as not read; {compiled} of {expressions} expressions compile")
    for file, index, text in problems:
        print(f"WRONG {file} rule {index}: {text[:1500]}")
    failed = len(results.wrong) + len(problems)
    print(f"{sum(results.agreed.values())} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
