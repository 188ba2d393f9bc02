#include "base/source.hpp"

#include <doctest/doctest.h>

using namespace sekimori;

TEST_CASE("positions count lines from 1 and columns in code points") {
  source_text text("f", "a\n庁x\r\n\nend");
  CHECK(text.position(0).line == 1);
  CHECK(text.position(2).line == 2);
  CHECK(text.position(5).column == 2);  // after the three bytes of 庁
  CHECK(text.line(2) == "庁x");
  CHECK(text.line(3).empty());
  CHECK(text.position(999).line == 4);
  CHECK(text.position(999).column == 4);
}

TEST_CASE("a span inside an expression maps to its place in the document") {
  auto source = std::make_shared<const source_text>("f", "k: \"a\\nb\"");
  located_text text{"a\nb", source, {4, 5, 7, 8}, {3, 9}};
  auto mapped = text.map({2, 3});
  CHECK(mapped.begin == 7);
  CHECK(mapped.end == 8);
}
