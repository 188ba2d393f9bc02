#include "base/text.hpp"

#include <doctest/doctest.h>

using namespace sekimori;

TEST_CASE("invalid UTF-8 is found where it begins") {
  CHECK(!invalid_utf8("関守"));
  CHECK(invalid_utf8("a\xC0\x80").value() == 1);       // overlong
  CHECK(invalid_utf8("\xED\xA0\x80").value() == 0);    // surrogate
  CHECK(invalid_utf8("ab\xE9\x96").value() == 2);      // truncated
  CHECK(invalid_utf8("\xF4\x90\x80\x80").value() == 0);  // beyond U+10FFFF
}

TEST_CASE("texts in the encodings that plans come in") {
  CHECK(to_utf8("\xEF\xBB\xBF{}").value() == "{}");
  CHECK(to_utf8(std::string_view("\xFF\xFE{\0\xA2\x95", 6)).value() == "{関");
  CHECK(to_utf8(std::string_view("\xFE\xFF\0{\x95\xA2", 6)).value() == "{関");
  CHECK(!to_utf8(std::string_view("\xFF\xFE\x00\xD8", 4)));  // lone surrogate
  CHECK(!to_utf8(std::string_view("\xFF\xFE{", 3)));          // odd length
}

TEST_CASE("texts are cut between characters") {
  CHECK(cut_utf8("abc", 3) == "abc");
  CHECK(cut_utf8("abcd", 3) == "abc…");
  CHECK(cut_utf8("関守", 4) == "関…");
  CHECK(cut_utf8("関守", 2, "...") == "...");
}

TEST_CASE("terminal columns") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("関守") == 4);
  CHECK(display_width("ｱ") == 1);
  CHECK(display_width("e\xCC\x81") == 1);  // combining accent
  CHECK(display_width("①") == 1);          // ambiguous counts 1
}
