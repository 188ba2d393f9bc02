// A mistake in an expression is shown where it stands in the YAML file, however the scalar is written.
#include "front_end_support.hpp"

using namespace sekimori;
using namespace sekimori::cel;

namespace {

// The place of the mistake in a text that was taken out of `file` byte by byte: `offsets` as a YAML reader makes them.
std::string place_of(const std::string& file, const std::string& text, std::vector<std::uint32_t> offsets, span whole) {
  environment names;
  located_text taken;
  taken.text = text;
  taken.source = std::make_shared<source_text>("rules.yaml", file);
  taken.offsets = std::move(offsets);
  taken.whole = whole;
  auto made = names.compile(taken);
  REQUIRE_FALSE(made.ok());
  const diagnostic& one = made.diagnostics().front();
  return std::to_string(one.line) + ":" + std::to_string(one.column) + " " + one.source_line.substr(one.caret, one.width);
}

}  // namespace

TEST_CASE("a text that stands as it is needs no offsets, and a text without a known place shows all of it") {
  CHECK(place_of("- 1 +\n  true", "1 +\n  true", {}, {2, 12}) == "1:5 +");
  CHECK(place_of("- '1 + ''a'''", "1 + 'a'", {}, {2, 13}) == "1:3 '1 + ''a'''");
}

TEST_CASE("one offset places a text that stands as it is, within more of the file") {
  CHECK(place_of("- '1 + true'", "1 + true", {3}, {2, 12}) == "1:6 +");
}

TEST_CASE("what is missing at the end is missing behind the last word") {
  auto made = environment().compile(plain_text("1 +\n\n// no more\n"));
  REQUIRE_FALSE(made.ok());
  CHECK(made.diagnostics().front().line == 1);
  CHECK(made.diagnostics().front().column == 4);
}
