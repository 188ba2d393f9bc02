#include <doctest/doctest.h>

#include "report/text_blocks.hpp"

using namespace sekimori;

namespace {

void add(void* to, std::string_view text) { *static_cast<std::string*>(to) += text; }

// Pieces of many lengths, put in both ways, over several blocks of each size.
std::string fill(text_blocks& text) {
  std::string wanted;
  for (std::size_t i = 0; wanted.size() < 6'000'000; ++i) {
    const std::string piece(i * 7919 % 3000, static_cast<char>('a' + i % 26));
    wanted += piece;
    if (i % 2 == 0) {
      text.append(piece);
    } else {
      char* at = text.room(piece.size());
      piece.copy(at, piece.size());
      text.wrote(at + piece.size());
    }
  }
  const std::string large(700'000, '.');
  text.append(large);
  return wanted + large;
}

}  // namespace

TEST_CASE("a text in blocks is the text, kept or handed on") {
  text_blocks kept;
  CHECK(kept.empty());
  CHECK(kept.whole().empty());
  const std::string wanted = fill(kept);
  CHECK_FALSE(kept.empty());
  bool same = kept.whole() == wanted;
  CHECK(same);
  std::string pieces, handed_on;
  kept.each(add, &pieces);
  same = pieces == wanted;
  CHECK(same);
  text_blocks passing(add, &handed_on);
  passing.finish();
  CHECK(handed_on.empty());
  fill(passing);
  CHECK(handed_on.size() < wanted.size());
  passing.finish();
  same = handed_on == wanted;
  CHECK(same);
}
