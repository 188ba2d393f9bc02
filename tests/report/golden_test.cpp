// Every format of the hand-made reports against tests/report/golden. SEKIMORI_UPDATE_GOLDEN=1 writes them anew.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "fixture.hpp"

using namespace sekimori;

namespace {

std::string golden_path(const std::string& name) { return std::string(SEKIMORI_SOURCE_DIR) + "/tests/report/golden/" + name; }

void compare(const std::string& name, const report& shown, std::string_view format, const render_options& options = {}) {
  const auto text = render(shown, format, options);
  REQUIRE(text.ok());
  if (std::getenv("SEKIMORI_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(golden_path(name), std::ios::binary) << *text;
  }
  std::ifstream file(golden_path(name), std::ios::binary);
  std::stringstream golden;
  golden << file.rdbuf();
  // Not CHECK(a == b): the page is too long to print twice.
  const bool same = golden.str() == *text;
  CHECK_MESSAGE(same, "differs from golden/" << name);
}

}  // namespace

TEST_CASE("formats write what the goldens hold") {
  const report rich = fixture::rich_report();
  compare("rich.json", rich, "json");
  compare("rich.sarif", rich, "sarif");
  compare("rich.ja.html", rich, "html", {"ja", false, 100});
  compare("rich.en.html", rich, "html", {"en", false, 100});
  compare("rich.ja.80.txt", rich, "text", {"ja", false, 80});
  compare("rich.en.120.txt", rich, "text", {"en", false, 120});
  compare("rich.ja.colour.txt", rich, "text", {"ja", true, 80});
  const report clean = fixture::clean_report();
  compare("clean.ja.80.txt", clean, "text", {"ja", false, 80});
  compare("clean.json", clean, "json");
  compare("empty.ja.80.txt", report(), "text", {"ja", false, 80});
  compare("empty.ja.html", report(), "html");
}

TEST_CASE("the same report gives the same bytes") {
  for (std::string_view format : report_formats()) {
    const auto once = render(fixture::rich_report(), format);
    const auto again = render(fixture::rich_report(), format);
    REQUIRE(once.ok());
    const bool same = *once == *again;
    CHECK(same);
  }
}

TEST_CASE("a report is the same whether its findings are taken one by one or are in it") {
  for (const report& shown : {fixture::rich_report(), fixture::hostile_report(), report()}) {
    for (std::string_view format : {"json", "ndjson"}) {
      CAPTURE(format);
      const std::string whole = render(shown, format).value();
      std::string written;
      auto writer = report_writer(format, [](void* to, std::string_view more) { *static_cast<std::string*>(to) += more; }, &written);
      report known = shown, rest = shown;      // what a run knows when it begins, and what is left when it ends
      known.findings.clear();
      known.inputs.clear();
      rest.findings.clear();
      writer->begin(known);
      for (const finding& found : shown.findings) writer->take(found);
      writer->end(rest);
      const bool same = written == whole;
      CHECK(same);
    }
    const std::string lines = render(shown, "ndjson").value();
    CHECK(static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n')) == shown.findings.size() + 2);
  }
  for (std::string_view format : {"text", "sarif", "html", "xml"}) CHECK(report_writer(format, nullptr, nullptr) == nullptr);
}

TEST_CASE("an unknown format or language is an error, not another format") {
  const auto format = render(report(), "sarf");
  REQUIRE_FALSE(format.ok());
  CHECK(format.diagnostics()[0].message.find("sarf") != std::string::npos);
  CHECK(format.diagnostics()[0].help.find("sarif") != std::string::npos);
  CHECK_FALSE(render(report(), "text", {"fr", false, 80}).ok());
}

TEST_CASE("every format opens with the disclaimer and says stage, digests, engine and time") {
  const report shown = fixture::rich_report();
  for (std::string_view format : report_formats()) {
    CAPTURE(format);
    const auto text = render(shown, format, {"ja", false, 200});
    REQUIRE(text.ok());
    CHECK(text->find(disclaimer().ja) != std::string::npos);
    CHECK((text->find("\"plan\"") != std::string::npos || text->find("適用前の計画") != std::string::npos));
    CHECK(text->find(shown.policy.engine_version) != std::string::npos);
    CHECK(text->find(shown.now) != std::string::npos);
    CHECK(text->find(shown.policy.organisation_digest) != std::string::npos);
    CHECK(text->find(shown.policy.rule_sets[1].digest) != std::string::npos);
    for (const input_record& input : shown.inputs) CHECK(text->find(input.digest.substr(7)) != std::string::npos);
  }
}

TEST_CASE("no format shows a secret or speaks of conformity") {
  report shown = fixture::rich_report();
  for (std::string_view format : report_formats()) {
    for (const char* language : {"ja", "en"}) {
      CAPTURE(format);
      std::string text = *render(shown, format, {language, false, 200});
      CHECK(text.find("TOP-SECRET") == std::string::npos);
      CHECK(text.find("(masked)") == std::string::npos);
      const std::string opening = disclaimer().ja;
      for (std::size_t at = text.find(opening); at != std::string::npos; at = text.find(opening)) text.erase(at, opening.size());
      for (const char* word : {"適合", "合格", "準拠"}) CHECK(text.find(word) == std::string::npos);
    }
  }
}

TEST_CASE("clauses that nobody verified are not shown to people") {
  const report shown = fixture::rich_report();
  for (std::string_view format : {"text", "html"}) {
    for (const char* language : {"ja", "en"}) {
      const std::string text = *render(shown, format, {language, false, 200});
      CHECK(text.find("SC-7") != std::string::npos);
      CHECK(text.find("jichitai-gl") == std::string::npos);
      CHECK(text.find("未確認の条項") == std::string::npos);
    }
  }
}
