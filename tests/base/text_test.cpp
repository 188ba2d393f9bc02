#include "base/text.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace sekimori;

TEST_CASE("invalid UTF-8 is found where it begins") {
  CHECK(!invalid_utf8("関守"));
  CHECK(invalid_utf8("a\xC0\x80").value() == 1);       // overlong
  CHECK(invalid_utf8("\xED\xA0\x80").value() == 0);    // surrogate
  CHECK(invalid_utf8("ab\xE9\x96").value() == 2);      // truncated
  CHECK(invalid_utf8("\xF4\x90\x80\x80").value() == 0);  // beyond U+10FFFF
}

TEST_CASE("a byte that is no UTF-8 is found wherever it stands among letters that are looked at together") {
  for (std::size_t size = 1; size <= 40; ++size) {
    const std::string letters(size, 'a');
    CHECK(!invalid_utf8(letters));
    for (std::size_t at = 0; at < size; ++at) {
      for (const char wrong : {'\x80', '\xE9', '\xFF'}) {
        std::string text = letters;
        text[at] = wrong;
        CHECK(invalid_utf8(text) == at);
      }
    }
    for (std::size_t at = 0; at <= size; ++at) CHECK(!invalid_utf8(letters.substr(0, at) + "関" + letters.substr(at)));
  }
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

TEST_CASE("texts are found where find and rfind of the standard library find them") {
  // All texts of two letters: every way to match in part and fall back.
  auto texts = [](int longest) {
    std::vector<std::string> made = {""};
    for (std::size_t i = 0; made.size() < (std::size_t{2} << longest) - 1; ++i) {
      made.push_back(made[i] + "a");
      made.push_back(made[i] + "b");
    }
    return made;
  };
  int wrong = 0;
  for (const std::string& text : texts(9)) {
    for (const std::string& sought : texts(5)) {
      for (std::size_t from : {std::size_t{0}, std::size_t{1}, text.size(), text.size() + 1, std::string::npos}) {
        wrong += find_text(text, sought, from) != text.find(sought, from);
        wrong += find_last_text(text, sought, from) != text.rfind(sought, from);
      }
    }
  }
  // Long enough that the linear search takes over.
  const std::string many(300, 'a');
  const std::string near_miss = many.substr(0, 100) + "b";
  for (const std::string& text : {many, many + "b", many + "b" + many, "b" + many, many + "b" + many + "b"}) {
    for (const std::string& sought : {near_miss, "b" + many.substr(0, 100), many.substr(0, 50) + "b" + many.substr(0, 50), many + "c"}) {
      wrong += find_text(text, sought) != text.find(sought);
      wrong += find_last_text(text, sought) != text.rfind(sought);
    }
  }
  CHECK(wrong == 0);
}
