// What is CEL and what is not: a table of sources (grammar.jsonl) with what cel-go's parser says of each.
#include "front_end_support.hpp"

using namespace sekimori;
using namespace sekimori::cel;

TEST_CASE("the parser takes and refuses what cel-go's parser takes and refuses") {
  environment names;
  for (const char* name : {"optionals", "bindings", "comprehensions2", "strings", "math", "lists"}) names.add_pack(*find_pack(name));
  std::ifstream lines(std::filesystem::path(SEKIMORI_SOURCE_DIR) / "tests" / "cel" / "grammar.jsonl");
  REQUIRE(lines.good());
  simdjson::dom::parser parser;
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    simdjson::padded_string padded(line);
    simdjson::dom::element row;
    REQUIRE(parser.parse(padded).get(row) == simdjson::SUCCESS);
    std::string text(std::string_view(row.at(1)));
    bool wanted = std::string_view(row.at(0)) == "accept";
    CAPTURE(text);
    auto made = names.compile(plain_text(text), sekimori::cel::testing::unchecked());
    CHECK(made.ok() == wanted);
  }
  CHECK(count >= 300);
}
