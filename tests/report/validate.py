"""Checks what report_fixture writes: the native JSON and the SARIF against their schemas, the HTML with a parser.

validate.py REPORT_FIXTURE [FOLDER]    (a folder keeps the files)
SEKIMORI_SCHEMAS names the folder that holds sarif-2.1.0.json; by default ../shared/schemas beside the source.
"""
import copy
import html.parser
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
SCHEMAS = pathlib.Path(os.environ.get("SEKIMORI_SCHEMAS", SOURCE.parent / "shared" / "schemas"))
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
problems = []


def expect(good, what):
    if not good:
        problems.append(what)


class Page(html.parser.HTMLParser):
    """Balance, unique ids, targets of links, nothing loaded, accessible basics."""

    def __init__(self, name):
        super().__init__(convert_charrefs=True)
        self.name, self.open, self.ids, self.links = name, [], [], []
        self.tags, self.labels, self.headings = {}, 0, []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags.setdefault(tag, []).append(values)
        expect(len(values) == len(attrs), f"{self.name}: an attribute stands twice in <{tag}>")
        for key, value in attrs:
            expect(not key.startswith("on"), f"{self.name}: event attribute {key} in <{tag}>")
            expect(key not in ("src", "srcset", "data", "action", "poster"), f"{self.name}: <{tag} {key}> loads something")
            if key == "href":
                expect(value.startswith("#"), f"{self.name}: link to {value!r}")
                self.links.append(value[1:])
            if key == "id":
                self.ids.append(value)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "th":
            expect("scope" in values, f"{self.name}: a table header without scope")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        expect(tag not in VOID, f"{self.name}: </{tag}>")
        expect(bool(self.open) and self.open[-1] == tag, f"{self.name}: </{tag}> closes {self.open[-1:]} at {self.getpos()}")
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def finish(self, text):
        expect(not self.open, f"{self.name}: never closed: {self.open}")
        expect(len(self.ids) == len(set(self.ids)), f"{self.name}: an id stands twice")
        for link in self.links:
            expect(link in self.ids, f"{self.name}: a link to #{link}, which is not there")
        expect(not re.search(r"https?://|@import|url\(", text), f"{self.name}: names an outside resource")
        expect(self.tags["html"][0].get("lang") in ("ja", "en"), f"{self.name}: no language")
        expect(len(self.tags.get("h1", [])) == 1 and len(self.tags.get("main", [])) == 1, f"{self.name}: one h1 and one main")
        for before, after in zip(self.headings, self.headings[1:]):
            expect(after <= before + 1, f"{self.name}: heading {after} after {before}")
        expect(len(self.tags.get("script", [])) == 1, f"{self.name}: more than one script")


def check_html(path):
    text = path.read_text(encoding="utf-8")
    page = Page(path.name)
    page.feed(text)
    page.close()
    page.finish(text)


def check_schema(jsonschema, schema, path):
    document = json.loads(path.read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    for error in list(kind(schema).iter_errors(document))[:5]:
        problems.append(f"{path.name}: {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")
    return document


def check_native_schema_refuses(jsonschema, schema, good):
    """A schema that accepts everything would pass every file."""
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    for change in (
        lambda r: r.pop("disclaimer"),
        lambda r: r["findings"][0].update(verdict="ok"),
        lambda r: r["findings"][0]["location"].update(line=0),
        lambda r: r["summary"]["total"].pop("undetermined"),
        lambda r: r["inputs"][0].update(status="fine"),
    ):
        bad = copy.deepcopy(good)
        change(bad)
        expect(not kind(schema).is_valid(bad), "the native schema accepts a broken report")


def check_sarif(document, native, name):
    run = document["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    expect(len(run["results"]) == len(native["findings"]), f"{name}: a finding is missing")
    for result, finding in zip(run["results"], native["findings"]):
        expect(rules[result["ruleIndex"]]["id"] == result["ruleId"], f"{name}: ruleIndex and ruleId differ")
        expect(result["fingerprints"]["sekimori/v1"] == finding["id"], f"{name}: fingerprint")
        expect((result["kind"] == "fail") == (finding["verdict"] == "fail"), f"{name}: kind")
        expect(result["kind"] == "fail" or result["level"] == "none", f"{name}: level beside kind")
        accepted = any(s["status"] == "accepted" for s in result["suppressions"])
        expect(accepted == (finding["disposition"] == "waived"), f"{name}: suppression")
        location = result["locations"][0]
        expect(location["logicalLocations"][0]["fullyQualifiedName"] == finding["resource"]["address"], f"{name}: address")
        expect(("region" in location["physicalLocation"]) == ("line" in finding["location"]), f"{name}: region")
    for rule in rules:
        for text in (rule["shortDescription"]["text"], rule["fullDescription"]["text"], rule["help"]["text"]):
            expect(0 < len(text) <= 1024 or text == rule["help"]["text"], f"{name}: length of a text of {rule['id']}")
        severity = rule["properties"].get("security-severity", "1.0")
        expect(isinstance(severity, str) and 0.1 <= float(severity) <= 10, f"{name}: security-severity")
        expect(len(rule["properties"]["tags"]) <= 10, f"{name}: tags")


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else temporary)
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run([program, folder], check=True)
        for path in sorted(folder.glob("*.html")):
            check_html(path)
        try:
            import jsonschema
        except ImportError:
            jsonschema = None
            print("SKIPPED: schemas: Python has no module jsonschema")
        natives = {}
        for path in sorted(folder.glob("*.ndjson")):
            first, *findings, last = map(json.loads, path.read_text(encoding="utf-8").splitlines())
            whole = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
            expect({**first, **last, "findings": findings} == whole and not first.keys() & last.keys(), f"{path.name}: not the JSON in lines")
        if jsonschema:
            schema = json.loads((SOURCE / "rulesets/schemas/report-v1.schema.json").read_text(encoding="utf-8"))
            for path in sorted(folder.glob("*.json")):
                natives[path.stem] = check_schema(jsonschema, schema, path)
            check_native_schema_refuses(jsonschema, schema, natives["rich"])
        sarif_schema = SCHEMAS / "sarif-2.1.0.json"
        if not sarif_schema.exists():
            print(f"SKIPPED: SARIF schema: no {sarif_schema}; set SEKIMORI_SCHEMAS")
        for path in sorted(folder.glob("*.sarif")):
            document = json.loads(path.read_text(encoding="utf-8"))
            check_sarif(document, json.loads(path.with_suffix(".json").read_text(encoding="utf-8")), path.name)
            if jsonschema and sarif_schema.exists():
                check_schema(jsonschema, json.loads(sarif_schema.read_text(encoding="utf-8")), path)
    for problem in problems[:40]:
        print(problem)
    print(f"{len(problems)} problems" if problems else "all formats are valid")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
