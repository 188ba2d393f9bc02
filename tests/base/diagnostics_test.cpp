#include "base/diagnostics.hpp"

#include <set>
#include <string>

#include <doctest/doctest.h>

using namespace sekimori;

TEST_CASE("the caret stands under wide characters") {
  source_text text("rules.yaml", "title: 管理用 x\n");
  auto made = make_diagnostic(diagnostic_code::unknown_key, text, {17, 18}, "unknown key `x`", {"title, id", did_you_mean("titel", {"title", "id"})});
  CHECK(render(made) ==
        "error[SKM101]: unknown key `x`\n"
        " --> rules.yaml:1:12\n"
        "  |\n"
        "1 | title: 管理用 x\n"
        "  |               ^\n"
        "  = expected: title, id\n"
        "  = help: did you mean `title`?\n");
}

TEST_CASE("control characters of a file never reach the terminal") {
  source_text text("a", "x: \x1b[31mred\n");
  auto shown = render(make_diagnostic(diagnostic_code::bad_form, text, {3, 4}, "bad \x1b form"));
  CHECK(shown.find('\x1b') == std::string::npos);
}

TEST_CASE("a very long line is cut around the caret") {
  source_text text("a", std::string(5000, 'x') + "HERE" + std::string(5000, 'y'));
  auto made = make_diagnostic(diagnostic_code::bad_form, text, {5000, 5004}, "bad");
  CHECK(made.source_line.size() < 700);
  CHECK(made.source_line.substr(made.caret + 2, 4) == "HERE");  // the ellipsis takes two bytes more than columns
  CHECK(made.column == 5001);
}

TEST_CASE("suggestions are near or none") {
  CHECK(nearest("serverity", {"severity", "title"}) == "severity");
  CHECK(nearest("zzz", {"severity", "title"}).empty());
  CHECK(nearest("titel", {"title"}) == "title");
}

TEST_CASE("codes are unique") {
  std::set<std::string_view> seen;
  for (int i = 0; i <= static_cast<int>(diagnostic_code::limit_exceeded); ++i) CHECK(seen.insert(code_text(static_cast<diagnostic_code>(i))).second);
}
