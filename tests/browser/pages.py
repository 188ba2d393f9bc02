"""The pages for people in a real browser, in both languages and at the width of a desk and of a phone: nothing to complain of in
the console, nothing wider than the window, links that lead somewhere, the switch of languages, contrast, and the basics that a
screen reader and a keyboard need. Without a browser (Debian: chromium) this is skipped, and says so."""

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
         "report": ("check", EXAMPLE / "aws/bad", "--rules", "rulesets", "--org", ORGANISATION, "--now", "2026-11-24"),
         "diff": ("diff", "OLD", "NEW")}   # reports that are made first
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


# Text whose contrast with what is behind it is less than WCAG 2.2 asks for at level AA (1.4.3), with its ratio.
CONTRAST = r"""(() => {
  const parts = c => { const m = c.match(/[\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const light = c => { const [r, g, b] = c.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = e => {
    const layers = [];
    for (let at = e; at; at = at.parentElement) layers.unshift(parts(getComputedStyle(at).backgroundColor));
    return layers.reduce((under, layer) => over(layer, under), [255, 255, 255, 1]);
  };
  document.querySelectorAll("details").forEach(e => e.open = true);
  document.querySelectorAll(".rule").forEach(e => e.style.contentVisibility = "visible");
  const wrong = new Set(), texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  while (texts.nextNode()) {
    const text = texts.currentNode.data.trim(), e = texts.currentNode.parentElement;
    if (!text || !e.checkVisibility({opacityProperty: true, visibilityProperty: true}) || e.closest("script,style")) continue;
    ++seen;
    const style = getComputedStyle(e), size = parseFloat(style.fontSize), under = behind(e);
    const [a, b] = [light(over(parts(style.color), under)), light(under)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) wrong.add(`${ratio.toFixed(2)}: ${style.color} on rgb(${under.slice(0, 3)}): ${e.tagName} ${e.className}: ${text.slice(0, 30)}`);
  }
  return [seen, [...wrong]];
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
            given = PAGES[name]
            if name == "diff":
                given = [given[0]]
                for example in ("bad", "good"):
                    report = file.with_name(example + ".json")
                    subprocess.run([COMMAND, "check", EXAMPLE / "aws" / example, "--rules", "rulesets", "--now", "2026-11-24", "--format", "json", "--output", report], cwd=ROOT, capture_output=True, timeout=60)
                    given.append(report)
            subprocess.run([COMMAND, *map(str, given), "--format", "html", "--lang", language, "--output", file], cwd=ROOT, capture_output=True, timeout=60)
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

    def test_every_text_stands_out_from_what_is_behind_it(self):
        self.browser.resize(1280)
        for scheme in ("light", "dark"):
            self.browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
            for name in PAGES:
                with self.subTest(page=name, scheme=scheme):
                    self.browser.open(self.make(name, "ja"))
                    seen, wrong = self.browser.run(CONTRAST)
                    self.assertGreater(seen, 50)
                    self.assertEqual(wrong, [])
        self.browser.call("Emulation.setEmulatedMedia", features=[])
        # A page that fails is told: the test itself can see.
        self.browser.run("document.querySelector('h1').style.color='#999'")
        self.assertEqual(len(self.browser.run(CONTRAST)[1]), 1)

    def test_the_keyboard_gets_to_the_content_and_shows_where_it_is(self):
        self.browser.resize(1280)
        for name in PAGES:
            with self.subTest(page=name):
                self.browser.open(self.make(name, "ja"))
                self.browser.press("Tab")
                place = "(r=>[document.activeElement.className,r.left>=0&&r.top>=0])(document.activeElement.getBoundingClientRect())"
                self.assertEqual(self.browser.run(place), ["skip", True])
                self.browser.press("Enter")
                self.assertEqual(self.browser.run("location.hash"), "#main")
                for _ in range(3):
                    self.browser.press("Tab")
                    shown = self.browser.run("(e=>e===document.body?null:(s=>s.outlineStyle+' '+s.outlineWidth)(getComputedStyle(e.matches('.lang')?e.nextElementSibling:e)))(document.activeElement)")
                    self.assertIn(shown, ("solid 3px", None))   # none: the page has nothing more to get to

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

    def test_a_severity_finds_the_rules_that_have_it(self):
        # Not those of whose entries one is called severity: 重大度.
        self.browser.resize(1280)
        for language, word in (("ja", "重大"), ("en", "critical")):
            self.browser.open(self.make("book", language))
            self.browser.run(f"(f=>{{f.value='{word}';f.dispatchEvent(new Event('input',{{bubbles:true}}));}})(document.getElementById('sought'))")
            found = self.browser.run("[...document.querySelectorAll('section.sought')].filter(e=>e.checkVisibility()).length")
            self.assertGreater(found, 15)
            self.assertLess(found, 60)

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
        # Columns stand below each other, each with its name: nothing is outside of the window.
        for name in ("matrix", "clauses", "book", "compare", "intake"):
            self.browser.open(self.make(name, "ja"))
            self.browser.run("document.querySelectorAll('details').forEach(e=>e.open=true)")
            self.assertLessEqual(self.browser.run("Math.max(...[...document.querySelectorAll('td')].map(e=>e.getBoundingClientRect().right))"), 390, name)
            self.assertEqual(self.browser.run("getComputedStyle(document.querySelector('td'),'::before').content.length>4"), True, name)

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
