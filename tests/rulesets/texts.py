"""The words of the shipped rules: what a reader who acts on them must be able to rely on in both languages.

A fix says first what is to be done for every cloud, then cloud by cloud, so that the rule book can print a cloud's part on
its own and nothing for all clouds hangs on the last one. Japanese has no stray spaces and one spelling of each word. What is
required states the default of the parameters that it depends on, and the same in both languages. Gaps and titles of
parameters are told elsewhere and not looked at here.
"""

import functools
import pathlib
import re
import unittest

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
RULE_SETS = sorted(path for folder in ("accounts", "baseline") for path in (ROOT / "rulesets" / folder).glob("*.yaml") if ".tests" not in path.name)
CLOUDS = ("AWS", "Azure", "Google", "OCI", "Sakura")
TOLD_APART = CLOUDS + ("Kubernetes",)   # manifests are told apart where a rule is asked of them
LABEL = re.compile(r"(?<![A-Za-z])(AWS|Azure|Google|OCI|さくら|Sakura|Kubernetes): ")
ENDS = ("、", "。", ", ", ". ", "; ")   # as lib/report/book splits a fix
JAPANESE = "[\u3001-\u30ff\u4e00-\u9fff]"
# What an official text does not write, and what it writes instead. A verb keeps its kana: 割り当てる.
SPELLINGS = {
    "または": "又は", "サーバ(?!ー)": "サーバー", "クラスタ(?!ー)": "クラスター", "フォルダ(?!ー)": "フォルダー", "テナンシ(?!ー)": "テナンシー",
    "プロバイダ(?!ー)": "プロバイダー", "ロードバランサ(?!ー)": "ロードバランサー", "割り当て(?![るてらたれ、])": "割当て", "読み取り": "読取り",
    "書き込み": "書込み", "身元": "認証情報 or アカウント", "接近": "アクセス", "通報(?!、)": "警告", "(?<!クラウド)事業者": "クラウド事業者 or 委託先",
}


def split(fix):
    """What is said for all clouds, and the clouds that follow; a label inside a sentence is none that can be split at."""
    found = list(LABEL.finditer(fix))
    for one in found:
        if not fix[:one.start()].endswith(ENDS):
            return None, [fix[max(0, one.start() - 20):one.end()]]
    return fix[:found[0].start()] if found else fix, ["Sakura" if one.group(1) == "さくら" else one.group(1) for one in found]


@functools.cache
def rules():
    documents = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in RULE_SETS]
    return [(rule, document["parameters"]) for document in documents for rule in document["rules"]]


def asserts(rule):
    for part in [rule] + rule.get("also", []):
        yield from part.get("asserts", [])


def texts(rule):
    """place, Japanese, English of everything that a rule says."""
    for name in ("title", "why", "fix"):
        yield name, rule[name]["ja"], rule[name]["en"]
    for one in asserts(rule):
        for name in ("message", "required"):
            yield f"{one['id']} {name}", one[name]["ja"], one[name]["en"]


class Texts(unittest.TestCase):
    def test_there_are_rules(self):
        self.assertGreater(len(rules()), 100)

    def test_a_fix_begins_with_what_is_to_be_done_on_every_cloud(self):
        for rule, _ in rules():
            ja, en = split(rule["fix"]["ja"]), split(rule["fix"]["en"])
            with self.subTest(rule["id"]):
                self.assertTrue(ja[0] and en[0], f"no sentence for all clouds, or a label that nothing can be split at: {ja[1]} {en[1]}")
                self.assertRegex(ja[0], "。$")
                self.assertEqual(ja[1], en[1], "both languages name the same clouds")
                self.assertEqual(ja[1], [cloud for cloud in TOLD_APART if cloud in ja[1]], "in one order, each once")
                self.assertNotEqual(len(ja[1]), 1, "one cloud alone is not split off: say it in the sentence")

    def test_a_fix_names_every_cloud_that_has_no_gap(self):
        for rule, _ in rules():
            named = split(rule["fix"]["ja"])[1]
            with self.subTest(rule["id"]):
                self.assertEqual([cloud for cloud in CLOUDS if named and cloud not in named and cloud.lower() not in rule.get("gaps", {})], [])

    def test_japanese_has_no_stray_spaces_and_one_spelling_of_a_word(self):
        for rule, _ in rules():
            for place, ja, _ in texts(rule):
                with self.subTest(f"{rule['id']} {place}"):
                    self.assertNotRegex(ja, f"{JAPANESE} +{JAPANESE}")
                    for word, instead in SPELLINGS.items():
                        self.assertNotRegex(ja, word, f"write {instead}")

    def test_a_reason_says_why(self):
        for rule, _ in rules():
            with self.subTest(rule["id"]):
                self.assertRegex(rule["why"]["ja"], "ため。")

    def test_what_is_required_has_a_subject_and_the_default_that_it_depends_on(self):
        for rule, parameters in rules():
            for one in asserts(rule):
                with self.subTest(f"{rule['id']} {one['id']}"):
                    ja, en = one["required"]["ja"], one["required"]["en"]
                    self.assertRegex(ja, "こと($|[(])")
                    self.assertGreater(len(ja), 10, "say of what")
                    stated = {"ja": " ".join(re.findall(r"初期値 ([^)]*)", ja)), "en": " ".join(re.findall(r"default ([^)]*)", en))}
                    for name in re.findall(r"params\.(\w+)", one["assert"]):
                        default = parameters[name]["default"]
                        if isinstance(default, (bool, list, dict)):
                            continue
                        for language, values in stated.items():
                            self.assertIn(str(default), re.findall(r"[0-9.]+|[a-z]+", values), f"{language}: {name} is {default} by default")


if __name__ == "__main__":
    unittest.main()
