"""The pages for people in a real browser, in both languages and at the width of a desk and of a phone: nothing to complain of in
the console, nothing wider than the window, links that lead somewhere, the switch of languages, and the basics that a screen
reader needs. Without a browser (Debian: chromium) this is skipped, and says so."""

import pathlib
import re
import subprocess
import tempfile
import unittest
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "command"))
from chromium import Browser, find
from support import COMMAND, EXAMPLE, ORGANISATION, ROOT

WIDTHS = (1280, 390)
PAGES = {"book": ("book", "rulesets"), "matrix": ("matrix", "rulesets"), "clauses": ("matrix", "rulesets", "--clauses"), "compare": ("matrix", "rulesets", "--compare"),
         "intake": ("intake", "rulesets/examples/systems/kosodate.yaml", "--rules", "rulesets", "--org", ORGANISATION),
         "report": ("check", EXAMPLE / "aws/bad", "--rules", "rulesets", "--org", ORGANISATION, "--now", "2026-11-24")}
ALLOWED = "基準への適合を証明するものではありません"

# What is wrong with the page, as sentences.
BASICS = r"""(() => {
  const wrong = [], shown = e => e.checkVisibility({contentVisibilityAuto: true});
  if (document.documentElement.lang !== LANGUAGE) wrong.push("the language of the page is " + document.documentElement.lang);
  if (document.querySelectorAll("h1").length !== 1) wrong.push("not one h1");
  if (!document.querySelector("main")) wrong.push("no main");
  let last = 0;
  for (const h of document.querySelectorAll("h1,h2,h3,h4,h5,h6")) {
    const level = +h.tagName[1];
    if (level > last + 1) wrong.push("h" + level + " after h" + last + ": " + h.textContent.slice(0, 40));
    if (shown(h) && !h.innerText.trim()) wrong.push("an empty heading");
    last = level;
  }
  for (const t of document.querySelectorAll("table")) if (!t.querySelector("thead th[scope=col]")) wrong.push("a table without heads of columns");
  for (const e of document.querySelectorAll("input,select")) if (!e.labels.length) wrong.push("a field without a label");
  for (const a of document.querySelectorAll("a[href]")) {
    const to = a.getAttribute("href");
    if (!to.startsWith("#")) wrong.push("a link that leaves the page: " + to);
    else if (!document.getElementById(to.slice(1))) wrong.push("a link to nothing: " + to);
  }
  return [...new Set(wrong)];
})()"""


@unittest.skipUnless(find(), "SKIPPED: there is no browser (Debian: chromium)")
class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.browser = Browser(find())
        cls.addClassCleanup(cls.browser.close)

    def make(self, name, language):
        file = pathlib.Path(self.folder.name) / f"{name}-{language}.html"
        if not file.exists():
            subprocess.run([COMMAND, *map(str, PAGES[name]), "--format", "html", "--lang", language, "--output", file], cwd=ROOT, capture_output=True, timeout=60)
        return file

    def test_every_page_fits_says_its_language_and_leads_where_it_says(self):
        for name in PAGES:
            for language in ("ja", "en"):
                for width in WIDTHS:
                    with self.subTest(page=name, language=language, width=width):
                        self.browser.resize(width)
                        self.browser.open(self.make(name, language))
                        self.assertLessEqual(self.browser.run("document.documentElement.scrollWidth"), width)
                        self.assertEqual(self.browser.run(BASICS.replace("LANGUAGE", repr(language))), [])
                        self.assertEqual(self.browser.errors, [])

    def test_nothing_that_is_shown_promises_conformity(self):
        self.browser.resize(1280)
        for name in PAGES:
            for language in ("ja", "en"):
                self.browser.open(self.make(name, language))
                # What is folded or not yet scrolled to is text of the page as well.
                self.browser.run("document.querySelectorAll('details').forEach(e=>e.open=true),document.querySelectorAll('.rule').forEach(e=>e.style.contentVisibility='visible')")
                text = self.browser.run("document.body.innerText")
                self.assertGreater(len(text), 1000)
                self.assertIsNone(re.search("適合|準拠|合格", text.replace(ALLOWED, "")), f"{name} {language}")

    def test_the_switch_shows_the_other_language_alone(self):
        for file in (self.make("book", "both"), self.make("intake", "both"), self.make("report", "ja")):
            self.browser.resize(1280)
            self.browser.open(file)
            self.assertTrue(self.browser.run("document.querySelector('h1').innerText").isascii() is False)
            self.browser.click("label[for=lang-en]")
            self.assertTrue(self.browser.run("document.querySelector('h1').innerText").isascii())
            self.browser.click("label[for=lang-ja]")
            self.assertFalse(self.browser.run("document.querySelector('h1').innerText").isascii())

    def test_the_book_and_the_matrix_show_what_is_sought_and_count_it(self):
        seen = "[...document.querySelectorAll('.sought')].filter(e=>e.checkVisibility()).length"
        headings = "[...document.querySelectorAll('h2')].filter(e=>e.checkVisibility()).map(e=>e.innerText)"
        for name in ("book", "matrix"):
            for language, words, title in (("ja", "ＮＥＴ 管理用ポート", "ネットワーク"), ("en", "net- Internet", "Network")):
                with self.subTest(page=name, language=language):
                    self.browser.resize(1280)
                    self.browser.open(self.make(name, language))
                    every, chapters = self.browser.run(seen), self.browser.run(headings)
                    self.assertGreater(every, 100)
                    self.assertEqual(self.browser.run("document.getElementById('count').innerText"), f"{every} / {every}")
                    self.browser.click("#sought")
                    self.browser.call("Input.insertText", text=words)
                    found = self.browser.run(seen)
                    self.assertGreater(found, 0)
                    self.assertLess(found, 10)
                    self.assertEqual(self.browser.run("document.getElementById('count').innerText"), f"{found} / {every}")
                    # A chapter of which nothing is left goes with its heading, and comes back.
                    self.assertIn(title, self.browser.run(headings))
                    self.assertLess(len(self.browser.run(headings)), len(chapters))
                    self.browser.click("#filters button")
                    self.browser.run("new Promise(f=>setTimeout(f,0))")
                    self.assertEqual((self.browser.run(seen), self.browser.run(headings)), (every, chapters))

    def test_a_link_to_a_rule_that_is_filtered_away_shows_it(self):
        self.browser.resize(1280)
        self.browser.open(self.make("book", "ja"))
        self.browser.run("(f=>{f.value='NET-01';f.dispatchEvent(new Event('input',{bubbles:true}));})(document.getElementById('sought'))")
        self.assertFalse(self.browser.run("document.getElementById('accounts-ACC-01').checkVisibility()"))
        self.browser.run("new Promise(f=>{addEventListener('hashchange',()=>setTimeout(f,0));location.hash='accounts-ACC-01';})")
        self.assertTrue(self.browser.run("document.getElementById('accounts-ACC-01').checkVisibility()"))

    def test_a_phone_shows_the_title_of_a_rule_and_what_answers_mean(self):
        self.browser.resize(390)
        for language in ("ja", "en"):
            self.browser.open(self.make("matrix", language))
            titles = self.browser.run("[...document.querySelectorAll('td.title')].map(e=>[e.getBoundingClientRect().right,e.getBoundingClientRect().width])")
            self.assertGreater(len(titles), 100)
            self.assertLessEqual(max(right for right, _ in titles), 390)
            self.assertGreater(min(width for _, width in titles), 150)

    def test_the_filter_of_the_report_leaves_what_was_asked_for(self):
        self.browser.resize(1280)
        self.browser.open(self.make("report", "ja"))
        rules = "[...document.querySelectorAll('.rule')].filter(e=>!e.hidden).length"
        every = self.browser.run(rules)
        self.browser.run("(f=>{f.elements.t.value='NET-04';f.requestSubmit();})(document.getElementById('filters'))")
        self.assertGreater(self.browser.run(rules), 0)
        self.assertLess(self.browser.run(rules), every)


if __name__ == "__main__":
    if not find():
        print("SKIPPED: pages in a browser: there is no browser (Debian: chromium)")
    unittest.main()
