"""The Python package against the built command, on real plans."""

import gc
import json
import os
import pathlib
import subprocess
import threading

import pytest

import sekimori

ROOT = pathlib.Path(__file__).resolve().parents[3]
PLAN = ROOT / "rulesets/examples/citizen-application/aws/bad/plan.json"
RULES = [ROOT / "rulesets/kinds", ROOT / "rulesets/standards", ROOT / "rulesets/baseline"]
NOW = 1795446000  # 2026-11-24 00:00 in Japan


@pytest.fixture(scope="module")
def policy():
    return sekimori.load(*RULES)


def test_the_same_check_as_the_command_gives_the_same_json(policy, tmp_path):
    out = tmp_path / "report.json"
    command = [os.environ["SEKIMORI_COMMAND"], "check", str(PLAN), "--now", "2026-11-24", "--format", "json", "--output", str(out)]
    for path in RULES:
        command += ["--rules", str(path)]
    run = subprocess.run(command, capture_output=True, text=True)
    report = policy.check(PLAN, now=NOW)
    assert report.to_json() == out.read_text(encoding="utf-8")
    assert report.exit_code == run.returncode == 1


def test_a_document_that_names_inputs_opens_what_is_beside_it_where_it_is_a_file(policy, tmp_path):
    (tmp_path / "plan.json").write_bytes(PLAN.read_bytes())
    document = tmp_path / "inputs.yaml"
    document.write_text("sekimori: inputs/v1\ninputs:\n  - {path: plan.json, taken_at: 2026-11-24, declared_by: p, complete: [budget]}\n", encoding="utf-8")
    out = tmp_path / "report.json"
    command = [os.environ["SEKIMORI_COMMAND"], "check", str(document), "--now", "2026-11-24", "--format", "json", "--output", str(out)]
    for path in RULES:
        command += ["--rules", str(path)]
    subprocess.run(command, capture_output=True, text=True)
    report = policy.check(document, now=NOW)
    assert report.to_json() == out.read_text(encoding="utf-8")
    made = json.loads(report.to_json())
    assert [one["format"] for one in made["inputs"]] == ["inputs", "terraform-plan"]
    assert len(list(report)) >= len(list(policy.check(PLAN, now=NOW)))
    as_bytes = json.loads(policy.check(document.read_bytes(), name=str(document), now=NOW).to_json())
    assert [(one["status"], one["diagnostics"][0]["code"]) for one in as_bytes["inputs"]] == [("unreadable", "SKM004")]


def test_dict_bytes_text_and_path_agree(policy):
    text = PLAN.read_bytes()
    forms = [policy.check(json.loads(text), name="p", now=NOW), policy.check(text, name="p", now=NOW),
             policy.check(text.decode(), name="p", now=NOW), policy.check(memoryview(text), name="p", now=NOW)]
    verdicts = [[(f.rule, f.address, f.verdict, f.id, f.message) for f in form] for form in forms]
    assert verdicts[0] and all(v == verdicts[0] for v in verdicts)
    assert {(f.rule, f.address) for f in forms[0]} == {(f.rule, f.address) for f in policy.check(PLAN, now=NOW)}


def test_builtin_rules_are_those_of_the_tree(policy):
    builtin = sekimori.load("builtin:baseline")
    assert [f.id for f in builtin.check(PLAN, now=NOW)] == [f.id for f in policy.check(PLAN, now=NOW)]
    with pytest.raises(sekimori.RuleError, match="did you mean `baseline`"):
        sekimori.load("builtin:baselin")


def test_limits_are_keyword_arguments(policy):
    assert "limit" in policy.check(PLAN, now=NOW, steps=0).data["outcome"]["causes"]
    assert "limit" in policy.check(PLAN, now=NOW, cost=1).data["outcome"]["causes"]
    assert "input_unreadable" in policy.check(PLAN, now=NOW, input_bytes=10).data["outcome"]["causes"]
    assert len(policy.check(PLAN, now=NOW, findings_listed=1)) == 1
    whole = policy.check(PLAN, now=NOW, policy_cost=1, regex_bytes=4_000, regex_size=200_000)
    assert whole.to_json() == policy.check(PLAN, now=NOW).to_json()
    for wrong in ({"steps": -1}, {"cost": 2**64}, {"regex_size": 2**32}):
        with pytest.raises(ValueError):
            policy.check(PLAN, now=NOW, **wrong)
    with pytest.raises(TypeError):
        policy.check(PLAN, now=NOW, step=1)


def test_what_an_input_is_can_be_said(policy):
    asset = {"name": "//storage.googleapis.com/b", "assetType": "storage.googleapis.com/Bucket", "resource": {"data": {"name": "b"}}}
    lines = "\n".join([json.dumps(asset)] * 5).encode()
    forms = [asset, json.dumps(asset), lines]
    for form in forms:
        assert policy.check(form, now=NOW, input_format="google-assets").data["inputs"][0]["format"] == "google-assets"
        wrong = policy.check(form, now=NOW, input_format="google-asset").data["inputs"][0]
        assert wrong["status"] == "unreadable" and "google-assets" in wrong["diagnostics"][0]["help"]
    related = sekimori.load(ROOT / "tests/consumer/related.yaml")
    subnetwork = {"name": "//compute.googleapis.com/s", "assetType": "compute.googleapis.com/Subnetwork", "resource": {"data": {}}}
    lines = "\n".join([json.dumps(subnetwork)] * 5).encode()
    codes = [[d["code"] for d in related.check(lines, now=NOW, **more).data["inputs"][0]["diagnostics"]] for more in ({}, {"held_bytes": 100})]
    assert codes == [[], ["SKM400"]]


def test_a_report_has_no_truth_value_and_undetermined_must_be_said(policy):
    report = policy.check(PLAN, now=NOW)
    with pytest.raises(TypeError, match="decide"):
        bool(report)
    with pytest.raises(TypeError):
        report.decide(fail_on="high")
    assert report.decide(fail_on="high", undetermined="allow") is False
    with pytest.raises(ValueError):
        report.decide(fail_on="grave", undetermined="block")


def test_nothing_examined_is_never_allowed(policy):
    for nothing in (b"{}", {}, b"", b"[]", {"format_version": "1.2", "resource_changes": []}):
        report = policy.check(nothing, now=NOW)
        assert report.exit_code == 3
        assert report.decide(fail_on="critical", undetermined="allow") is False


def test_a_mistake_in_a_rule_is_an_exception_with_its_place(tmp_path):
    (tmp_path / "r.yaml").write_text("sekimori: ruleset/v1\nid: a.b\nversion: 1.0.0\nengine: '>=0.1'\nlanguages: [en]\ntitel: {en: T}\nrules: []\n")
    with pytest.raises(sekimori.RuleError) as caught:
        sekimori.load(tmp_path)
    first = next(d for d in caught.value.diagnostics if d.code == "SKM101")
    assert (first.line, first.column) == (6, 1)
    assert "title" in first.help


@pytest.mark.parametrize("wrong", [{1: 2}, {"a": float("nan")}, {"a": 2**64}, {"a": -(2**63) - 1}, {"a": object()}, {"a": "\ud800"}, 3, None])
def test_objects_that_are_not_json(policy, wrong):
    with pytest.raises(sekimori.InputError):
        policy.check(wrong, now=NOW)


def test_an_object_that_contains_itself(policy):
    loop = {}
    loop["again"] = loop
    with pytest.raises(sekimori.InputError, match="nested"):
        policy.check(loop, now=NOW)


def test_bool_is_not_int_and_null_is_not_missing(policy):
    plan = json.loads(PLAN.read_text(encoding="utf-8"))
    for change in plan["resource_changes"]:
        if change["type"] == "aws_db_instance":
            change["change"]["after"]["publicly_accessible"] = 1
            break
    else:
        pytest.fail("the example has no aws_db_instance")
    report = policy.check(plan, now=NOW)
    verdict = {(f.rule, f.address): f.verdict for f in report}[("NET-05", change["address"])]
    assert verdict == "error"


def test_a_policy_is_shared_by_threads_and_kept_alive_by_reports():
    policy = sekimori.load("builtin:all")
    expected = policy.check(PLAN, now=NOW).to_json()
    results = []
    threads = [threading.Thread(target=lambda: results.append(policy.check(PLAN, now=NOW).to_json())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 4
    report = policy.check(PLAN, now=NOW)
    del policy
    gc.collect()
    assert report.to_json() == expected


def test_a_report_shows_itself(policy):
    report = policy.check(PLAN, now=NOW)
    assert "検査規則" in str(report)
    assert "fail" in repr(report)
    assert report._repr_html_().startswith("<iframe")
    with pytest.raises(ValueError, match="format"):
        report.render("docx")


# --- earlier reports ---------------------------------------------------------------------------------
def test_a_baseline_tells_what_is_new(policy, tmp_path):
    plan = json.loads(PLAN.read_bytes())
    earlier = policy.check(plan, name="plan.json", now=NOW)
    file = tmp_path / "baseline.json"
    file.write_text(earlier.to_json(), encoding="utf-8")
    for baseline in (earlier, file, file.read_bytes(), earlier.to_json()):
        report = policy.check(plan, name="plan.json", now=NOW, baseline=baseline)
        assert {f.data["baseline"] for f in report} == {"unchanged"}
        assert report.decide(fail_on="new", undetermined="block_new") is True
        assert report.decide(fail_on="new:low", undetermined="allow") is True
        assert report.decide(fail_on="new", undetermined="block") is False      # undetermined stays
        assert report.decide(fail_on="high", undetermined="allow") is False
    fewer = {**plan, "resource_changes": plan["resource_changes"][:5]}
    report = policy.check(plan, name="plan.json", now=NOW, baseline=policy.check(fewer, name="plan.json", now=NOW))
    assert report.decide(fail_on="new", undetermined="allow") is False
    assert report.data["baseline"]["new"] > 0
    for fail_on, undetermined in (("new", "allow"), ("high", "block_new")):
        with pytest.raises(ValueError, match="baseline"):
            earlier.decide(fail_on=fail_on, undetermined=undetermined)
    for wrong in (b"{}", tmp_path / "none.json", 7, b"\xff"):
        with pytest.raises(sekimori.InputError):
            policy.check(plan, now=NOW, baseline=wrong)
    with pytest.raises(ValueError, match="include takes verdicts"):
        policy.check(plan, now=NOW, include=["good"])


def test_a_difference_of_two_reports(policy, tmp_path):
    plan = json.loads(PLAN.read_bytes())
    one = policy.check(plan, name="april.json", now=NOW)
    two = policy.check({**plan, "resource_changes": plan["resource_changes"][:-3]}, name="may.json", now=NOW)
    told = sekimori.diff(one, two, same_inputs={"april.json": "may.json"})
    assert told.counts["new"] == 0 and told.counts["unchanged"] > 0
    assert {f["class"] for f in told.findings("fixed", "not_seen")} <= {"fixed", "not_seen"}
    assert two.diff(one, same_inputs={"april.json": "may.json"}).data == told.data
    assert sekimori.diff(one, one).complete and not sekimori.diff(one, two).complete
    assert "解消" in str(told) and "fixed" in told.render("html", language="en")
    with pytest.raises(TypeError, match="counts"):
        bool(told)
    with pytest.raises(sekimori.InputError, match="SKM300"):
        sekimori.diff(one.to_json()[:1000], two)
    with pytest.raises(sekimori.InputError):
        told.render("xml")
