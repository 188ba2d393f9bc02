"""Policies of Kubernetes as its users give them to the command: what they match, what they say, and what must never become a pass."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMAND = os.environ.get("SEKIMORI_COMMAND", str(ROOT / "build/release/bindings/cli/sekimori"))

POD = """apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {tier: front}}
spec:
  containers:
  - {name: app, image: registry.example/app:1.2}
"""
NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {team: orders}}\n"


def policy(validations, kind="ValidatingAdmissionPolicy", version="admissionregistration.k8s.io/v1", name="demo", rules=None, more="", annotations=""):
    rules = rules or "[{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods]}]"
    return (f"apiVersion: {version}\nkind: {kind}\nmetadata:\n  name: {name}\n  annotations: {{{annotations}}}\nspec:\n"
            f"  matchConstraints:\n    resourceRules: {rules}\n{more}  validations:\n{validations}")


def kyverno(validations, **arguments):
    return policy(validations, kind="ValidatingPolicy", version="policies.kyverno.io/v1", **arguments)


def binding(more="", name="bound", of="demo"):
    return f"apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicyBinding\nmetadata: {{name: {name}}}\nspec:\n  policyName: {of}\n{more}"


def one(expression, message="no"):
    return f"  - expression: {json.dumps(expression)}\n    message: {json.dumps(message)}\n"


class Kubernetes(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name)

    def write(self, name, text):
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def command(self, *arguments):
        return subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, text=True, timeout=120)

    def check(self, rules, *manifests, arguments=()):
        if isinstance(rules, str):
            rules = [rules]
        files = [self.write(f"rules/{i}.yaml", text) for i, text in enumerate(rules)]
        inputs = [self.write(f"in/{i}.yaml", text) for i, text in enumerate(manifests)]
        done = self.command("check", *inputs, *[a for f in files for a in ("--rules", f)], "--format", "json", "--include", "pass,not_applicable", *arguments)
        self.assertIn(done.returncode, (0, 1, 3), done.stdout + done.stderr)
        return json.loads(done.stdout)

    def verdicts(self, *arguments, **named):
        return {f["resource"]["address"]: f["verdict"] for f in self.check(*arguments, **named)["findings"]}

    def verdict(self, expression, *manifests, make=policy, **named):
        report = self.check(make(one(expression), **named), *(manifests or (POD,)))
        self.assertEqual(len(report["findings"]), 1, report)
        return report["findings"][0]["verdict"]

    def refused(self, text, *expected):
        done = self.command("lint", self.write("rules/bad.yaml", text))
        self.assertNotEqual(done.returncode, 0)
        for part in expected:
            self.assertIn(part, done.stdout + done.stderr)
        return done.stdout + done.stderr

    # --- budgets -------------------------------------------------------------------------------------------------
    # k8s.io/apiserver, pkg/apis/cel/config.go: 1,000,000 an evaluation, 2,500,000 all match conditions, 10,000,000 all validations.
    TEN = "[0,1,2,3,4,5,6,7,8,9]"

    def busy(self, levels, last=10):
        """True, at a cost of about 15 for each of 10 to the power of the levels - 1, times `last`."""
        names = "abcdef"[:levels]
        made = " + ".join(names) + " >= 0"
        for i, name in reversed(list(enumerate(names))):
            made = f"{self.TEN if i < levels - 1 else list(range(last))}.all({name}, {made})"
        return made

    def over(self, report, *words):
        self.assertEqual([f["verdict"] for f in report["findings"]], ["error"], report["findings"])
        for word in words:
            self.assertIn(word, report["findings"][0]["error"])
        self.assertIn("limit", report["outcome"]["causes"])
        self.assertEqual(report["outcome"]["exit_code"], 3)

    def test_an_evaluation_over_the_budget_is_an_error_whatever_stands_beside_it(self):
        self.assertEqual(self.verdict(self.busy(4)), "pass")
        for expression in (self.busy(5), f"{self.busy(5)} || true", f"!{self.busy(5)}", f"!({self.busy(5)}) && false", f"has(object.spec) && {self.busy(5)}"):
            for make in (policy, kyverno):
                with self.subTest(expression=expression, make=make.__name__):
                    self.over(self.check(make(one(expression)), POD), "limits.cost", "1000000")
        self.assertEqual(self.verdict(f"true || {self.busy(5)}"), "pass")

    def test_all_validations_have_one_budget(self):
        almost = self.busy(5, 5)   # some 0.8 million
        self.assertEqual(self.verdict(almost), "pass")
        report = self.check(policy(one(almost) * 10), POD)
        self.assertEqual([f["verdict"] for f in report["findings"]], ["pass"])
        self.over(self.check(policy(one(almost) * 16), POD), "limits.policy_cost", "10000000")
        # What stands after it is not asked any more; what failed before it stays a failure.
        self.over(self.check(policy(one(almost) * 16 + one("false")), POD), "limits.policy_cost")
        report = self.check(policy(one("false") + one(almost) * 16), POD)
        self.assertEqual([f["verdict"] for f in report["findings"]], ["fail"])

    def test_variables_are_paid_for_once_by_who_reads_them_first(self):
        almost = self.busy(5, 5)
        variables = "  variables:\n" + "".join(f"  - {{name: v{i}, expression: {json.dumps(almost)}}}\n" for i in range(16))
        unread = self.check(policy(one("true"), more=variables), POD)
        self.assertEqual([f["verdict"] for f in unread["findings"]], ["pass"])
        often = self.check(policy(one("variables.v0 && variables.v0") * 16, more=variables), POD)
        self.assertEqual([f["verdict"] for f in often["findings"]], ["pass"])
        self.over(self.check(policy("".join(one(f"variables.v{i}") for i in range(16)), more=variables), POD), "limits.policy_cost")
        chain = "  variables:\n  - {name: v0, expression: " + json.dumps(self.busy(5)) + "}\n  - {name: v1, expression: variables.v0 || true}\n"
        self.over(self.check(policy(one("variables.v1 || true"), more=chain), POD), "limits.cost")

    def test_match_conditions_have_a_budget_of_their_own(self):
        def conditions(count, expression):
            return "  matchConditions:\n" + "".join(f"  - {{name: c{i}, expression: {json.dumps(expression)}}}\n" for i in range(count))
        almost = self.busy(5, 5)
        report = self.check(policy(one("true"), more=conditions(2, almost)), POD)
        self.assertEqual([f["verdict"] for f in report["findings"]], ["pass"])
        self.over(self.check(policy(one("true"), more=conditions(4, almost)), POD), "the match conditions cost more than 2500000")
        self.over(self.check(policy(one("true"), more=conditions(1, self.busy(5))), POD), "limits.cost")

    def test_the_budget_can_be_made_smaller_but_not_larger(self):
        report = self.check(policy(one("object.spec.containers.all(c, has(c.image))")), POD, arguments=("--limit-cost", "3"))
        self.over(report, "limits.cost", "more than 3 ")
        report = self.check(policy(one("object.kind == 'Pod'") * 3), POD, arguments=("--limit-policy-cost", "5"))
        self.over(report, "limits.policy_cost", "more than 5 ")
        self.over(self.check(policy(one(self.busy(5))), POD, arguments=("--limit-cost", "99000000")), "1000000")

    # --- verdicts ------------------------------------------------------------------------------------------------
    def test_true_false_and_error(self):
        self.assertEqual(self.verdict("object.metadata.name == 'web'"), "pass")
        self.assertEqual(self.verdict("object.metadata.name == 'other'"), "fail")
        self.assertEqual(self.verdict("object.spec.hostNetwork"), "error")      # a key that is missing is an error, as in Kubernetes
        self.assertEqual(self.verdict("!has(object.spec.hostNetwork)"), "pass")
        for failure in ("Fail", "Ignore"):                                       # an error is never a pass, whatever a cluster would do
            self.assertEqual(self.verdict("object.spec.hostNetwork", more=f"  failurePolicy: {failure}\n"), "error")

    def test_one_finding_lists_every_validation_that_is_not_true(self):
        report = self.check(policy(one("false", "first") + one("true") + one("object.spec.x == 1", "third")), POD)
        self.assertEqual(len(report["findings"]), 1)
        found = report["findings"][0]
        self.assertEqual((found["ruleset"], found["rule"], found["verdict"]), ("kubernetes.demo", "policy", "fail"))
        self.assertEqual(found["asserts"], ["validation-1", "validation-3"])
        self.assertEqual(found["message"], {"ja": "first", "en": "first"})

    def test_what_a_request_has_that_no_manifest_tells_is_unknown(self):
        self.assertEqual(self.verdict("request.userInfo.username == 'root'"), "undetermined")
        self.assertEqual(self.verdict("has(request.userInfo.extra)"), "undetermined")
        self.assertEqual(self.verdict("request.operation == 'CREATE' && request.namespace == 'shop' && request.resource.resource == 'pods'"), "pass")
        self.assertEqual(self.verdict("oldObject == null && request.kind.kind == 'Pod' && request.name == 'web'"), "pass")

    def test_the_namespace_object(self):
        wanted = "namespaceObject.metadata.labels.team == 'orders'"
        self.assertEqual(self.verdict(wanted, POD, NAMESPACE), "pass")
        self.assertEqual(self.verdict(wanted), "undetermined")
        self.assertEqual(self.verdict("namespaceObject.metadata.name == 'shop'"), "pass")
        nowhere = POD.replace("namespace: shop, ", "")
        self.assertEqual(self.verdict("namespaceObject.metadata.name != 'default'", nowhere), "undetermined")
        report = self.check(policy(one("namespaceObject.metadata.name != 'default'")), nowhere, arguments=("--namespace", "default"))
        self.assertEqual(report["findings"][0]["verdict"], "fail")

    def test_variables_are_lazy_and_stand_in_order(self):
        more = "  variables:\n  - {name: broken, expression: object.spec.none.at.all}\n  - {name: names, expression: 'object.spec.containers.map(c, c.name)'}\n  - {name: first, expression: 'variables.names[0]'}\n"
        self.assertEqual(self.verdict("variables.first == 'app'", more=more), "pass")
        self.assertEqual(self.verdict("variables.broken == 1", more=more), "error")
        self.refused(policy(one("true"), more="  variables:\n  - {name: a, expression: variables.b}\n  - {name: b, expression: '1'}\n"), "SKM2", "b")
        self.refused(policy(one("variables.nothing"), more=more), "nothing")

    def test_an_explanation_follows_variables_to_the_manifest(self):
        more = "  variables:\n  - {name: all, expression: object.spec.containers}\n  - {name: image, expression: 'variables.all[0].image'}\n"
        found = self.check(policy(one("variables.image.startsWith('other/')"), more=more), POD)["findings"][0]
        self.assertIn("spec.containers[0].image", [c["path"] for c in found["why"]])

    # --- what is asked -------------------------------------------------------------------------------------------
    def test_resource_rules(self):
        for rules, asked in (("[{apiGroups: ['*'], apiVersions: ['*'], resources: ['*']}]", True),
                             ("[{apiGroups: ['*'], apiVersions: ['*'], resources: ['*/*']}]", True),
                             ("[{apiGroups: [''], apiVersions: [v1], resources: ['pods/*']}]", False),
                             ("[{apiGroups: [''], apiVersions: [v1], resources: [pods/exec]}]", False),
                             ("[{apiGroups: [apps], apiVersions: [v1], resources: [pods]}]", False),
                             ("[{apiGroups: [''], apiVersions: [v1], operations: [UPDATE, DELETE], resources: [pods]}]", False),
                             ("[{apiGroups: [''], apiVersions: [v1], resources: [pods], scope: Cluster}]", False),
                             ("[{apiGroups: [''], apiVersions: [v1], resources: [pods], scope: Namespaced}]", True),
                             ("[{apiGroups: [''], apiVersions: [v1], resources: [pods], resourceNames: [other]}]", False),
                             ("[{apiGroups: [''], apiVersions: [v1], resources: [services, pods], resourceNames: [web]}]", True)):
            with self.subTest(rules):
                report = self.check(policy(one("false"), rules=rules), POD)
                self.assertEqual([f["verdict"] for f in report["findings"]], ["fail"] if asked else [])
                if not asked:
                    self.assertEqual(report["outcome"]["exit_code"], 3)   # nothing was examined
                    self.assertIn("kubernetes.demo/policy", [r["rule"] for r in report["summary"]["examined"]["rules_without_resources"]])

    def test_another_version_of_the_resource_decides_nothing(self):
        rules = "[{apiGroups: [apps], apiVersions: [v1], resources: [deployments]}]"
        old = "apiVersion: apps/v1beta1\nkind: Deployment\nmetadata: {name: a}\n"
        self.assertEqual(self.verdict("false", old, rules=rules), "undetermined")
        report = self.check(policy(one("false"), rules=rules).replace("    resourceRules", "    matchPolicy: Exact\n    resourceRules"), old)
        self.assertEqual(report["findings"], [])

    def test_plurals_and_custom_resources(self):
        custom = "apiVersion: example.org/v1\nkind: Mouse\nmetadata: {name: jerry}\n"
        definition = ("apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: mice.example.org}\n"
                      "spec: {group: example.org, scope: Cluster, names: {kind: Mouse, plural: mice}}\n")
        rules = "[{apiGroups: [example.org], apiVersions: [v1], resources: [mice], scope: Cluster}]"
        self.assertEqual(self.verdicts(policy(one("false"), rules=rules), custom), {})
        self.assertEqual(self.verdicts(policy(one("false"), rules=rules), custom, definition), {"Mouse.example.org/jerry": "fail"})
        for kind, group, plural in (("NetworkPolicy", "networking.k8s.io", "networkpolicies"), ("Ingress", "networking.k8s.io", "ingresses"),
                                    ("Gateway", "gateway.networking.k8s.io", "gateways")):
            rules = f"[{{apiGroups: [{group}], apiVersions: [v1], resources: [{plural}]}}]"
            text = f"apiVersion: {group}/v1\nkind: {kind}\nmetadata: {{name: a, namespace: b}}\n"
            self.assertEqual(self.verdicts(policy(one("false"), rules=rules), text), {f"{kind}.{group}/b/a": "fail"})

    def selector(self, kind, text, *manifests):
        body = policy(one("false")).replace("    resourceRules", f"    {kind}: {text}\n    resourceRules")
        return list(self.verdicts(body, *(manifests or (POD,))).values())[0]

    def test_selectors(self):
        for text, chosen in (("{matchLabels: {tier: front}}", True), ("{matchLabels: {tier: back}}", False), ("{matchLabels: {other: x}}", False),
                             ("{matchExpressions: [{key: tier, operator: In, values: [a, front]}]}", True),
                             ("{matchExpressions: [{key: tier, operator: NotIn, values: [front]}]}", False),
                             ("{matchExpressions: [{key: none, operator: NotIn, values: [x]}]}", True),
                             ("{matchExpressions: [{key: tier, operator: Exists}]}", True),
                             ("{matchExpressions: [{key: tier, operator: DoesNotExist}]}", False), ("{}", True)):
            with self.subTest(text):
                self.assertEqual(self.selector("objectSelector", text), "fail" if chosen else "not_applicable")
        self.assertEqual(self.selector("namespaceSelector", "{matchLabels: {team: orders}}", POD, NAMESPACE), "fail")
        self.assertEqual(self.selector("namespaceSelector", "{matchLabels: {team: other}}", POD, NAMESPACE), "not_applicable")
        self.assertEqual(self.selector("namespaceSelector", "{matchLabels: {team: orders}}"), "undetermined")
        self.assertEqual(self.selector("namespaceSelector", "{matchLabels: {kubernetes.io/metadata.name: shop}}"), "fail")
        self.assertEqual(self.selector("namespaceSelector", "{matchLabels: {kubernetes.io/metadata.name: x}}"), "not_applicable")
        self.assertEqual(self.selector("excludeResourceRules", "[{apiGroups: [''], apiVersions: [v1], resources: [pods]}]"), "not_applicable")

    def test_match_conditions(self):
        def of(*conditions):
            listed = "".join(f"  - {{name: c{i}, expression: {json.dumps(c)}}}\n" for i, c in enumerate(conditions))
            return self.verdict("false", more="  matchConditions:\n" + listed)
        self.assertEqual(of("true"), "fail")
        self.assertEqual(of("true", "object.kind == 'Job'"), "not_applicable")
        self.assertEqual(of("object.no == 1", "false"), "not_applicable")          # one that is false decides
        self.assertEqual(of("object.no == 1", "true // a comment"), "error")
        self.assertEqual(of("request.userInfo.username != 'root'"), "undetermined")

    # --- parameters and bindings ---------------------------------------------------------------------------------
    PARAMETERS = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: limits, namespace: shop, labels: {of: demo}}\ndata: {prefix: registry.example/}\n"

    def with_parameters(self, reference, *manifests, beside=()):
        body = policy(one("object.spec.containers.all(c, c.image.startsWith(params.data.prefix))"), more="  paramKind: {apiVersion: v1, kind: ConfigMap}\n")
        return list(self.verdicts([body, binding(reference), *beside], POD, *manifests).values())[0]

    def test_parameters(self):
        named = "  paramRef: {name: limits, namespace: shop, parameterNotFoundAction: Deny}\n"
        self.assertEqual(self.with_parameters(named, self.PARAMETERS), "pass")
        self.assertEqual(self.with_parameters(named, beside=[self.PARAMETERS]), "pass")
        self.assertEqual(self.with_parameters(named), "undetermined")               # not given: nobody knows
        self.assertEqual(self.with_parameters(named, self.PARAMETERS.replace("registry", "other")), "fail")
        self.assertEqual(self.with_parameters("  paramRef: {name: other, namespace: shop}\n", self.PARAMETERS), "undetermined")
        self.assertEqual(self.with_parameters("  paramRef: {name: limits, namespace: elsewhere}\n", self.PARAMETERS), "undetermined")
        self.assertEqual(self.with_parameters("  paramRef: {name: limits}\n", self.PARAMETERS), "pass")   # the object's own namespace
        self.assertEqual(self.with_parameters("", self.PARAMETERS), "error")        # no paramRef: params is null
        chosen = "  paramRef: {selector: {matchLabels: {of: demo}}}\n"
        self.assertEqual(self.with_parameters(chosen, self.PARAMETERS), "undetermined")   # the cluster may hold more
        self.assertEqual(self.with_parameters(chosen, self.PARAMETERS.replace("registry", "other")), "fail")

    def test_each_binding_is_a_rule(self):
        body = [policy(one("false")), binding("  matchResources: {objectSelector: {matchLabels: {tier: front}}}\n", "front"),
                binding("  matchResources: {objectSelector: {matchLabels: {tier: back}}}\n", "back")]
        found = {f["rule"]: f["verdict"] for f in self.check(body, POD)["findings"]}
        self.assertEqual(found, {"front": "fail", "back": "not_applicable"})
        self.refused(binding(of="nobody"), "SKM211", "nobody")

    # --- messages ------------------------------------------------------------------------------------------------
    def message(self, expression, fallback="plain {braces}", manifest=POD):
        text = f"  - expression: 'false'\n    message: {json.dumps(fallback)}\n    messageExpression: {json.dumps(expression)}\n"
        return self.check(policy(text), manifest)["findings"][0]["message"]["en"]

    def test_messages(self):
        self.assertEqual(self.message("' pod ' + object.metadata.name + ' \\n'"), "pod web")
        self.assertEqual(self.message("''", " plain\n"), "plain")
        for bad in ("object.none", "'  '", "''", "'two' + '\\n' + 'lines'", "object.metadata.name.split('').map(i, 'x'.split('')[0]).join('') + " + "+".join(["'%s'" % ("y" * 1000)] * 6)):
            self.assertEqual(self.message(bad), "plain {braces}")
        self.assertEqual(self.check(policy("  - expression: 1 == 2\n"), POD)["findings"][0]["message"]["en"], "failed expression: 1 == 2")
        self.refused(policy("  - {expression: 'true', messageExpression: '1'}\n"), "SKM203")

    def test_a_secret_stays_one(self):
        secret = ("apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: shop, annotations: {kubectl.kubernetes.io/last-applied-configuration: hunter2secret}}\n"
                  "stringData: {password: hunter2secret}\n")
        rules = "[{apiGroups: [''], apiVersions: [v1], resources: [secrets]}]"
        text = ("  - expression: object.stringData.password == 'x'\n    messageExpression: object.stringData.password\n"
                "  - expression: variables.v == 'x'\n    messageExpression: \"'is ' + variables.v\"\n"
                "  - expression: object.metadata.annotations.all(k, object.metadata.annotations[k] == '')\n")
        more = "  variables:\n  - {name: a, expression: object.stringData}\n  - {name: v, expression: variables.a.password}\n"
        report = self.check(policy(text, rules=rules, more=more), secret)
        self.assertEqual(report["findings"][0]["verdict"], "fail")
        self.assertNotIn("hunter2", json.dumps(report))

    def test_secrets_that_stand_in_pods_and_config_maps(self):
        deployment = self.DEPLOYMENT.replace("image: bad/app", "image: bad/app, env: [{name: A, valueFrom: {fieldRef: {}}}, {name: B, value: hunter2secret}]")
        config = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: shop}\ndata: {DB-Password: hunter2secret, plain: shown}\n"
        rules = "[{apiGroups: ['*'], apiVersions: ['*'], resources: ['*']}]"
        text = ("  - expression: \"!has(object.data) || object.data.all(k, object.data[k] == '')\"\n"
                "  - expression: \"!has(object.spec) || object.spec.template.spec.containers == []\"\n"
                "  - expression: \"!has(object.spec) || object.spec.template.spec.containers[0].env[1].value == ''\"\n"
                "    messageExpression: object.spec.template.spec.containers[0].env[1].value\n")
        report = self.check(policy(text, rules=rules), deployment, config)
        self.assertEqual([f["verdict"] for f in report["findings"]], ["fail", "fail"])
        self.assertNotIn("hunter2", json.dumps(report))
        self.assertIn("bad/app", json.dumps(report))

    # --- Kyverno -------------------------------------------------------------------------------------------------
    DEPLOYMENT = ("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec:\n  template:\n    metadata: {labels: {a: b}}\n"
                  "    spec: {containers: [{name: app, image: bad/app}]}\n")
    CRON = ("apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: tick, namespace: shop}\nspec:\n  jobTemplate:\n    spec:\n      template:\n"
            "        spec: {containers: [{name: app, image: bad/app}]}\n")

    def test_a_policy_over_pods_is_carried_over_to_their_controllers(self):
        body = one("object.spec.containers.all(c, c.image.startsWith('good/'))")
        both = {"Deployment.apps/shop/web": "fail", "CronJob.batch/shop/tick": "fail"}
        self.assertEqual(self.verdicts(kyverno(body), self.DEPLOYMENT, self.CRON), both)
        self.assertEqual(self.verdicts(policy(body), self.DEPLOYMENT, self.CRON), {})
        only = "  autogen: {podControllers: {controllers: [deployments]}}\n"
        self.assertEqual(self.verdicts(kyverno(body, more=only), self.DEPLOYMENT, self.CRON), {"Deployment.apps/shop/web": "fail"})
        self.assertEqual(self.verdicts(kyverno(body, more="  autogen: {podControllers: {controllers: []}}\n"), self.DEPLOYMENT), {})
        self.assertEqual(self.verdicts(kyverno(one("object.metadata.labels.a == 'b' && object.metadata.name == 'web'")), self.DEPLOYMENT), {"Deployment.apps/shop/web": "pass"})
        selected = kyverno(body).replace("    resourceRules", "    objectSelector: {matchLabels: {a: b}}\n    resourceRules")
        self.assertEqual(self.verdicts(selected, self.DEPLOYMENT), {})

    def test_titles_and_severity(self):
        found = self.check(kyverno(one("false"), annotations="policies.kyverno.io/title: Pinned images, policies.kyverno.io/severity: high, policies.kyverno.io/category: Images"), POD)["findings"][0]
        self.assertEqual((found["title"], found["severity"], found["category"]), ({"ja": "Pinned images", "en": "Pinned images"}, "high", "Images"))
        report = self.check(policy(one("false")), POD)
        self.assertEqual((report["findings"][0]["severity"], report["outcome"]["exit_code"]), ("high", 1))   # a cluster would deny it
        for actions, level in (("[Deny]", "high"), ("[Audit, Deny]", "high"), ("[Audit]", "medium"), ("[Warn, Audit]", "medium")):
            with self.subTest(actions):
                said = f"  validationActions: {actions}\n"
                self.assertEqual(self.check(kyverno(one("false"), more=said), POD)["findings"][0]["severity"], level)
                self.assertEqual(self.check([policy(one("false")), binding(said)], POD)["findings"][0]["severity"], level)

    def test_what_needs_a_cluster_is_named_in_every_report(self):
        for expression in ("resource.Get('v1', 'configmaps', 'a', 'b').data.x == '1'", "authorizer.group('').resource('pods').check('get').allowed()",
                           "http.Get('https://example.org').ok", "image.GetMetadata('a').x == 1", "globalContext.Get('a', 'b') == 1"):
            with self.subTest(expression):
                report = self.check([kyverno(one(expression)), kyverno(one("true"), name="other")], POD)
                told = [d for d in report["diagnostics"] if d["code"] == "SKM240"]
                self.assertEqual(len(told), 1)
                self.assertGreater(told[0]["line"], 0)
                self.assertEqual(report["outcome"]["exit_code"], 3)
                self.assertIn("kubernetes.demo", [r["rule"] for r in report["summary"]["examined"]["rules_without_resources"]])
                self.assertEqual([f["ruleset"] for f in report["findings"]], ["kubernetes.other"])   # the others are asked
        self.refused(kyverno(one("resource.Get('v1', 'configmaps', 'a', 'b').data.x == '1'")), "SKM240", "resource.Get")
        own = "['a'].all(images, images == 'a') && ['b'].all(authorizer, authorizer == 'b')"      # names of the expression's own
        self.assertEqual(self.verdict(own, make=kyverno), "pass")

    def test_policies_that_are_not_read_are_named(self):
        old = "apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: old}\nspec: {rules: []}\n"
        report = self.check([old, policy(one("true"))], POD)
        self.assertEqual([d["code"] for d in report["diagnostics"]], ["SKM241"])
        self.assertEqual(report["outcome"]["exit_code"], 3)
        self.refused(policy(one("true"), version="admissionregistration.k8s.io/v9"), "SKM241", "v9")
        self.refused(kyverno(one("json.unmarshal('{}').x == 1 && image('a').registry() == ''")), "SKM241", "json.unmarshal")
        self.refused(kyverno(one("true"), more="  evaluation: {mode: JSON}\n"), "SKM241", "JSON")

    # --- documents -----------------------------------------------------------------------------------------------
    def test_mistakes_point_into_the_policy(self):
        out = self.refused(policy("  - expression: >-\n      object.kind == 'Pod' &&\n      object.metadata.name.nothing('x')\n"), "SKM2", "nothing")
        self.assertIn("bad.yaml:12:28", out)
        self.refused(policy(one("object.kind")).replace("operations", "operation"), "SKM101", "did you mean `operations`?")
        self.refused(policy(one("true"), more="  failurePolicy: Maybe\n"), "SKM105")
        self.refused(policy("  - {expression: 'true', expression: 'false'}\n"), "SKM102")
        self.refused(policy("  - {message: x}\n"), "SKM103", "expression")
        self.refused(policy(one("true"), more="  auditAnnotations: [{key: k, valueExpression: object.}]\n"), "SKM200")
        self.refused(policy("  - {expression: [1]}\n"), "SKM104")
        self.refused(policy(one("true")).replace("    resourceRules: [", "    resourceRules: {a: ["), "SKM1")
        self.refused(policy("  - {expression: \"'text'\"}\n"), "SKM203")
        self.refused("apiVersion: policies.kyverno.io/v1\nkind: ValidatingPolicy\nmetadata: {}\n", "SKM103", "name")
        self.refused(policy(one("true")) + "---\n" + policy(one("true")), "SKM210")

    def test_one_file_may_hold_many_policies_and_lists(self):
        body = policy(one("false")) + "---\n# nothing\n---\n" + kyverno(one("false"), name="second")
        self.assertEqual(sorted(f["ruleset"] for f in self.check(body, POD)["findings"]), ["kubernetes.demo", "kubernetes.second"])
        listed = "apiVersion: v1\nkind: List\nitems:\n- " + policy(one("false")).replace("\n", "\n  ")
        self.assertEqual([f["ruleset"] for f in self.check(listed, POD)["findings"]], ["kubernetes.demo"])

    def test_manifests_in_every_form(self):
        every = policy(one("has(object.metadata)"), rules="[{apiGroups: ['*'], apiVersions: ['*'], resources: ['*']}]")
        many = POD + "---\n\n---\n" + NAMESPACE
        self.assertEqual(sorted(self.verdicts(every, many)), ["Namespace/shop", "Pod/shop/web"])
        listed = '{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}}]}'
        self.assertEqual(self.verdicts(every, listed), {"Pod/a": "pass"})
        typed = '{"apiVersion": "apps/v1", "kind": "DeploymentList", "metadata": {}, "items": [{"metadata": {"name": "a"}}]}'
        self.assertEqual(self.verdicts(every, typed), {"Deployment.apps/a": "pass"})
        self.assertEqual(self.verdicts(every, POD.encode("utf-16")), {"Pod/shop/web": "pass"})
        generated = "apiVersion: v1\nkind: Pod\nmetadata: {generateName: job-}\n"
        self.assertEqual(self.verdicts(every, generated + "---\n" + generated), {"Pod/job-*": "pass", "Pod/job-*~2": "pass"})
        found = self.check(every, many)["findings"][1]
        self.assertEqual((found["location"]["line"], found["location"]["column"]), (10, 1))

    def test_yaml_is_read_as_kubernetes_reads_it(self):
        body = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\ndata:\n"
        rules = "[{apiGroups: [''], apiVersions: [v1], resources: [configmaps]}]"
        for text, wanted in (("on", "true"), ("yes", "true"), ("n", "false"), ("0777", "511"), ("0o17", "15"), ("1e3", "1000"), ("1.0", "1"), ("08", "8"),
                             ("1_000", "1000"), ("0x1F", "31"), ("'on'", "'on'"), ("1:30", "'1:30'"), ("2001-01-01", "'2001-01-01'"), ("1e400", "'1e400'"),
                             ("9223372036854775808", "9223372036854775808.0"), ("1.5", "1.5"), ("oN", "'oN'"), ("\"\\x41\"", "'A'")):
            with self.subTest(text):
                self.assertEqual(self.verdict(f"object.data.x == {wanted} && type(object.data.x) == type({wanted})", body + f"  x: {text}\n", rules=rules), "pass")
        self.assertEqual(self.verdict("object.data['true'] == 'a'", body + "  on: a\n", rules=rules), "pass")
        shared = body.replace("data:\n", "data: {a: &x {p: 1, q: 2}, b: {<<: *x, q: 3}, c: *x}\n")
        self.assertEqual(self.verdict("object.data.b == {'p': 1, 'q': 3} && object.data.c == object.data.a", shared, rules=rules), "pass")

    def test_inputs_that_cannot_be_read_are_never_clean(self):
        laugh = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
            f"a{i}: &a{i} [{','.join(['*a%d' % (i - 1)] * 10)}]\n" for i in range(1, 10))
        cases = {
            "no kind": "apiVersion: v1\nmetadata: {name: a}\n", "no metadata": "apiVersion: v1\nkind: Pod\n", "a scalar": POD + "---\njust words\n",
            "a key twice": POD.replace("kind: Pod", "kind: Pod\nkind: Pod"), "not YAML": POD + "  bad: [1\n", "not UTF-8": POD.encode() + b"  x: \xff\xfe\n",
            "an alias to nothing": POD + "x: *nothing\n", "deep": "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: " + "[" * 5000 + "]" * 5000 + "\n",
            "deep json": '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": ' + "[" * 5000 + "]" * 5000 + "}",
            "a tag": POD + "x: !!python/object a\n", "no number": POD + "x: .inf\n", "many laughs": laugh, "a null key": POD + "~: 1\n",
            "aliases of itself": POD + "x: &x [*x]\n",
        }
        for name, text in cases.items():
            with self.subTest(name):
                report = self.check(policy(one("true")), text)
                self.assertEqual(report["outcome"]["exit_code"], 3)
                self.assertEqual(report["inputs"][0]["status"], "unreadable")
                self.assertTrue(report["inputs"][0]["diagnostics"])
                self.assertEqual(report["findings"], [])

    def test_a_mistake_in_an_input_shows_none_of_its_text(self):
        report = self.check(policy(one("true")), POD + "x: {password: hunter2secret\n")
        self.assertNotIn("hunter2", json.dumps(report))

    def test_a_limit_is_never_absorbed(self):
        many = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: b}\nspec: {l: [" + ",".join(["1"] * 3000) + "]}\n"
        for expression in ("object.spec.l.all(a, object.spec.l.all(b, a == b)) || true", "!object.spec.l.all(a, object.spec.l.all(b, a == b)) || 1 == 1"):
            report = self.check(policy(one(expression)), many)
            self.assertEqual([f["verdict"] for f in report["findings"]], ["error"])
            self.assertIn("limit", report["outcome"]["causes"])

    def test_folders(self):
        self.write("in/a.yaml", POD)
        self.write("in/values.yaml", "replicas: 3\n")
        self.write("rules/p.yaml", policy(one("false")))
        self.write("rules/beside.yaml", POD)
        done = self.command("check", self.path / "in", "--rules", self.path / "rules", "--format", "json")
        report = json.loads(done.stdout)
        self.assertEqual([f["verdict"] for f in report["findings"]], ["fail"])
        self.assertEqual(len(report["inputs"]), 1)
        self.assertIn("1 files", json.dumps(report["inputs"][0]["notes"]))

    def test_a_manifest_given_as_rules_is_a_mistake(self):
        rules, pod = self.write("rules/p.yaml", policy(one("true"))), self.write("pod.yaml", POD)
        done = self.command("check", pod, "--rules", rules, "--rules", pod)
        self.assertEqual(done.returncode, 2)
        self.assertIn("SKM004", done.stderr)

    def test_trees_lint_and_tests_of_rules(self):
        rules = self.write("rules/p.yaml", policy(one("object.metadata.name == 'web'") + one("true")))
        done = self.command("trees", rules)
        self.assertIn("kubernetes.demo/policy  pods  cost ", done.stdout)
        self.assertIn("1 rule", self.command("lint", rules).stdout)
        self.write("rules/t.yaml", "sekimori: rule-tests/v1\nruleset: kubernetes.demo\ntests:\n"
                   "- {name: right, rule: policy, expect: pass, resources: [{type: v1/Pod, values: {metadata: {name: web}}}]}\n"
                   "- {name: wrong, rule: policy, expect: fail, resources: [{type: v1/Pod, values: {metadata: {name: other}}}]}\n"
                   "- {name: of another kind, rule: policy, expect: not_applicable, resources: [{type: v1/Service, values: {metadata: {name: other}}}]}\n")
        done = self.command("test", self.path / "rules")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    # --- ordinary rules ------------------------------------------------------------------------------------------
    def ordinary(self, condition, subject="kind: pod", message="{meta.address}"):
        return ("sekimori: ruleset/v1\nengine: '>=0.1'\nid: own\nversion: 1.0.0\nlanguages: [en]\ntitle: {en: Own}\nrules:\n- id: O-01\n  title: {en: One}\n"
                "  severity: high\n  category: test\n  why: {en: Why}\n  fix: {en: Fix}\n  waiver: none\n  " + subject + "\n  assert: " + json.dumps(condition)
                + "\n  message: {en: " + json.dumps(message) + "}\n")

    KINDS = ("sekimori: kinds/v1\nengine: '>=0.1'\nkinds:\n  pod:\n    title: {en: Pod}\n    fields: {name: string, image: string}\n    from:\n"
             "      v1/Pod:\n        each: resource.spec.containers\n        id: each.value.name\n        name: meta.name\n        image: each.value.image\n")

    def test_policies_and_ordinary_rules_judge_the_same_manifest(self):
        rules = [policy(one("object.metadata.name == 'other'")), self.KINDS, self.ordinary("!resource.image.endsWith(':1.2')")]
        alone, together = self.check(rules[:1], POD, NAMESPACE), self.check(rules, POD, NAMESPACE)
        self.assertEqual([(f["rule"], f["resource"]["address"], f["verdict"]) for f in together["findings"]],
                         [("O-01", "Pod/shop/web#app", "fail"), ("policy", "Pod/shop/web", "fail")])
        self.assertEqual(together["findings"][1], alone["findings"][0])          # not a byte of the policy's
        found = together["findings"][0]
        self.assertEqual((found["resource"]["type"], found["resource"]["kind"], found["resource"]["cloud"]), ("v1/Pod", "pod", "kubernetes"))
        self.assertEqual((found["location"]["line"], found["location"]["pointer"]), (1, "/0"))
        self.assertEqual(found["why"][0]["path"], "spec.containers[0].image")
        examined = together["summary"]["examined"]
        self.assertEqual((examined["resources"], examined["mapped"], examined["unmapped_types"]), (2, 1, {"v1/Namespace": 1}))

    def test_ordinary_rules_need_no_policy(self):
        report = self.check([self.KINDS, self.ordinary("resource.image.startsWith('registry.example/')")], POD, NAMESPACE)
        self.assertEqual([(f["resource"]["address"], f["verdict"]) for f in report["findings"]], [("Pod/shop/web#app", "pass")])
        self.assertEqual([i["status"] for i in report["inputs"]], ["read", "nothing_examined"])
        listed = self.command("inventory", self.path / "in", "--rules", self.path / "rules", "--format", "json")
        types = {t["type"]: ([k["kind"] for k in t["kinds"]], t["cloud"]) for t in json.loads(listed.stdout)["types"]}
        self.assertEqual(types, {"v1/Namespace": ([], "kubernetes"), "v1/Pod": (["pod"], "kubernetes")})

    def test_a_rule_over_the_type_itself_sees_what_is_written(self):
        for condition, expected in (("!has(resource.spec.hostNetwork)", "pass"), ("resource.spec.?hostNetwork.orValue(false)", "fail"),
                                    ("resource.spec.hostNetwork", "error"), ("resource.metadata.labels.tier == 'front'", "pass")):
            with self.subTest(condition=condition):
                report = self.check(self.ordinary(condition, "type: v1/Pod"), POD)
                self.assertEqual([f["verdict"] for f in report["findings"]], [expected])

    def test_ordinary_rules_show_no_secret_of_a_manifest(self):
        secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: shop}\nstringData: {password: hunter2secret}\n"
        report = self.check(self.ordinary("resource.stringData.password == 'x'", "type: v1/Secret", "{resource.stringData.password} of {resource.stringData}"), secret)
        self.assertEqual([f["verdict"] for f in report["findings"]], ["fail"])
        self.assertNotIn("hunter2", json.dumps(report))
        pod = POD.replace("image:", "env: [{name: DB_PASSWORD, value: hunter2secret}], image:")
        report = self.check(self.ordinary("resource.spec.containers[0].env[0].value == ''", "type: v1/Pod", "{resource.spec.containers}"), pod)
        self.assertEqual([f["verdict"] for f in report["findings"]], ["fail"])
        self.assertNotIn("hunter2", json.dumps(report))

    def test_tests_of_ordinary_rules_take_manifests(self):
        self.write("rules/k.yaml", self.KINDS)
        self.write("rules/r.yaml", self.ordinary("resource.image.endsWith(':1')"))
        pod = "{type: v1/Pod, values: {metadata: {name: web}, spec: {containers: [{name: a, image: 'a:1'}, {name: b, image: 'b:2'}]}}}"
        other = "{type: v1/Pod, address: other, values: {spec: {containers: [{name: a, image: 'a:1'}]}}}"

        def test(name, expect, resources, more=""):
            return f"- {{name: {name}, rule: O-01, expect: {expect}, resources: [{resources}]{more}}}\n"
        self.write("rules/t.yaml", "sekimori: rule-tests/v1\nruleset: own\ntests:\n" + test("worst", "fail", pod) + test("first", "pass", pod, ", target: 'v1/Pod.test#a'")
                   + test("second", "fail", pod, ", target: 'v1/Pod.test#b'") + test("another", "pass", f"{pod}, {other}", ", target: other")
                   + test("beside", "pass", "{type: aws_instance, values: {}}, " + other, ", target: other"))
        done = self.command("test", self.path / "rules")
        self.assertEqual((done.returncode, done.stdout.splitlines()[-1]), (0, "5 passed, 0 failed"), done.stdout + done.stderr)
        self.write("rules/t.yaml", "sekimori: rule-tests/v1\nruleset: own\ntests:\n" + test("wrong", "not_applicable", "{type: v1/Pods, values: {}}")
                   + test("unknown", "fail", "{type: v1/Pod, values: {}, unknown: {spec: true}}"))
        done = self.command("test", self.path / "rules")
        self.assertEqual(done.returncode, 1)
        self.assertIn("no kind of the rule maps v1/Pods", done.stdout)
        self.assertIn("a manifest has `values` alone", done.stdout)

    def measured(self, rules, *tests):
        self.write("rules/p.yaml", rules)
        self.write("rules/t.yaml", "sekimori: rule-tests/v1\nruleset: kubernetes.demo\ntests:\n" + "".join(
            f"- {{name: t{i}, rule: policy, expect: {expect}, resources: [{{type: {kind}, values: {json.dumps(values)}}}]}}\n"
            for i, (kind, values, expect) in enumerate(tests)))
        done = self.command("test", self.path / "rules", "--coverage", "--mutate", "--format", "json")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        rule, = json.loads(done.stdout)["rules"]
        return [part["text"] for part in rule["coverage"]["untested"]], [survivor["change"] for survivor in rule["mutation"]["survivors"]]

    def test_how_well_tests_test_a_policy(self):
        conditions = "  matchConditions:\n  - {name: named, expression: has(object.metadata.labels)}\n  variables:\n  - {name: most, expression: '3'}\n"
        rules = policy(one("object.metadata.labels.size() < variables.most || object.metadata.name == 'web'"), more=conditions)
        few, many = {"metadata": {"name": "a", "labels": {"a": "b"}}}, {"metadata": {"name": "a", "labels": {"a": "1", "b": "2", "c": "3"}}}
        untested, survivors = self.measured(rules, ("v1/Pod", few, "pass"), ("v1/Pod", many, "fail"))
        self.assertEqual(untested, ["has(object.metadata.labels)", "object.metadata.name == 'web'"])
        self.assertEqual(survivors, ["`object.metadata.name == 'web'` was left out", "`\"web\"` became `\"web~\"`", "`when` was left out"])
        untested, survivors = self.measured(rules, ("v1/Pod", few, "pass"), ("v1/Pod", many, "fail"), ("v1/Pod", {"metadata": {"name": "b"}}, "not_applicable"),
                                            ("v1/Pod", {"metadata": {**many["metadata"], "name": "web"}}, "pass"))
        self.assertEqual((untested, survivors), ([], []))

    def test_what_a_policy_is_carried_over_to_is_the_same_condition(self):
        body = kyverno(one("object.spec.containers.all(c, c.image != 'x')"), more="  autogen: {podControllers: {controllers: [deployments]}}\n")
        pod = {"metadata": {"name": "a"}, "spec": {"containers": [{"name": "c", "image": "y"}]}}
        deployment = {"metadata": {"name": "a"}, "spec": {"template": {"spec": {"containers": [{"name": "c", "image": "x"}]}}}}
        self.assertEqual(self.measured(body, ("v1/Pod", pod, "pass"), ("apps/v1/Deployment", deployment, "fail")), ([], []))

    def test_the_same_bytes_come_out(self):
        rules = [self.write("rules/p.yaml", kyverno(one("object.spec.containers[0].image == 'x'")))]
        pod = self.write("in/pod.yaml", POD + "---\n" + self.DEPLOYMENT)
        runs = {self.command("check", pod, "--rules", *rules, "--format", "json", "--now", "2026-04-01").stdout for _ in range(3)}
        self.assertEqual(len(runs), 1)


if __name__ == "__main__":
    unittest.main()
