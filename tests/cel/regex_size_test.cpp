// The size of a regular expression by our own measure: every expected number is counted by hand from the rules in
// regex_size.hpp.
#include "cel/regex_size.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>

using namespace sekimori;
using namespace sekimori::cel;

namespace {

constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

}  // namespace

TEST_CASE("a pattern has the size that its characters, classes and repetitions add up to") {
  struct row {
    std::string pattern;
    std::uint64_t size;
  };
  const row rows[] = {
      {"", 0},
      {"abc", 3},
      {"関守", 6},                      // bytes of UTF-8
      {"^ab$", 4},
      {".", 9},
      {"\\d", 4},
      {"\\D", 4 + 12},
      {"\\.\\/", 2},
      {"\\pL", 1'200},
      {"\\p{Lu}", 1'200},
      {"\\PL", 1'200},
      {"\\p{^Lu}", 1'200},
      {"\\pN", 500},
      {"\\p{So}", 500},
      {"\\p{Common}", 500},
      {"\\p{Han}", 150},
      {"[abc]", 1 + 3},
      {"[a-z]", 1 + 1},
      {"[]a]", 1 + 2},                  // a bracket in the first place is a character
      {"[^a]", 12 + 1},
      {"[ぁ-ん]", 1 + 12},
      {"[[:alpha:]]", 1 + 4},
      {"[[:^alpha:]]", 1 + 4 + 12},
      {"[\\pN\\d]", 1 + 500 + 4},
      {"(a)", 1 + 2},
      {"(?:a)", 1 + 2},
      {"(?P<name>a)", 1 + 2},
      {"(?<name>a)", 1 + 2},
      {"((a))", 1 + 2 + 2},
      {"a|b", 1 + 1 + 1},
      {"a|b|c", 3 + 2},
      {"(a|bc)d", 1 + 2 + 1 + 2 + 1},
      {"a*", 2},
      {"a+?", 1 + 1 + 1},
      {"ab*", 3},
      {"(ab)*", 2 + 2 + 1},
      {"a{3}", 3},
      {"a{2,}", 2 + 1},
      {"a{2,5}", 5 + 3},
      {"a{0}", 1},                      // at least one copy is read
      {"a{0,0}", 1},
      {"a{0,3}", 3 + 3},
      {"a{1000}", 1'000},
      {"a{1000,}", 1'001},
      {"(a{10}){10}", (10 + 2) * 10},
      {"((a{10}){10}){10}", ((10 + 2) * 10 + 2) * 10},
      {"(a{1000}){1000}", (1'000 + 2) * 1'000},
      {"(?:){1000}", 2 * 1'000},        // empty, and still repeated
      {"(?:a{0}){1000}", (1 + 2) * 1'000},
      {"(|a){1000}", (1 + 1 + 2) * 1'000},
      {"^{1000}", 1'000},
      {"\\pL{63}", 1'200 * 63},
      {"[\\pL\\pN]{100}", (1 + 1'200 + 500) * 100},
      {"(?i)abc", 3},
      {"(?i)k", 3},                     // k, K and the Kelvin sign
      {"(?i)s", 3},
      {"(?i)é", 2 * 3},
      {"(?i:k)k", 3 + 2 + 1},           // ends with its group
      {"((?i)k)k", 3 + 2 + 1},
      {"(?i)(?-i)k", 1},
      {"(?i)[k]", 1 + 3},
      {"(?i)[あ-ん]", 1 + 12 * 3},
      {"(?is)k", 3},
      {"\\Qa{9}\\E", 4},                // no repetition between \Q and \E
      {"\\Qa{9}", 4},
      {"\\x41", 2},
      {"\\x{1F600}", 4},
      // Braces that count nothing are characters: five of them and what is between.
      {"a{,5}", 1 + 4},
      {"a{}", 1 + 2},
      {"a{b}", 1 + 3},
      {"a{1", 1 + 2},
      {"a{1,2", 1 + 4},
      {"{3}", 3},                       // no regular expression: nothing to repeat counts one
      // No regular expressions, and of some size still.
      {"(", 2},
      {"(((", 6},
      {")", 0},
      {"a)b", 2},
      {"[", 1},
      {"[a", 1 + 1},
      {"[a-", 1 + 1 + 1},
      {"\\", 1},
      {"\\p", 500},
      {"\\p{", 500},
      {"(?", 2},
      {"(?P<", 2},
      {"**", 2},
      {"a{5,2}", 5},
      {"\xFF\xFE", 2},
  };
  for (const row& one : rows) {
    CAPTURE(one.pattern);
    CHECK(regex_size(one.pattern) == one.size);
  }
}

TEST_CASE("sizes of evil patterns are found at once and do not overflow") {
  CHECK(regex_size("a{99999999999999999999999999}") == most);
  CHECK(regex_size("a{18446744073709551615}{18446744073709551615}") == most);
  CHECK(regex_size(repeated("(", 100) + "a" + repeated("{1000})", 100)) == most);
  CHECK(regex_size(repeated("a|", 1'000'000)) == 2'000'000);
  CHECK(regex_size(repeated("(", 1'000'000)) == 2'000'000);
  CHECK(regex_size(repeated("[", 1'000'000)) == 1'000'000);
  CHECK(regex_size(repeated("[[:", 100'000)) > 100'000);
  CHECK(regex_size(repeated("\\p{", 100'000)) == 150);  // a name that never ends
  CHECK(regex_size(repeated("(?", 100'000)) > 100'000);
  CHECK(regex_size(repeated("(?P<", 100'000)) == 2);
  CHECK(regex_size(repeated("(?i", 100'000)) > 100'000);
}

TEST_CASE("patterns beyond the limits are refused with what they exceed, and never shown") {
  limits bounds;
  CHECK(refused_regex("a{1000}", bounds).empty());
  CHECK(refused_regex(repeated("a", 1'000), bounds).empty());
  CHECK(refused_regex(repeated("a", 1'001), bounds) == "the regular expression has more than 1000 bytes");
  CHECK(refused_regex("(a{500}){199}", bounds).empty());       // 502 * 199 is 99,898
  CHECK(refused_regex("(a{500}){200}", bounds) ==
        "the regular expression is larger than 100000 instructions once its repetitions are written out");
  bounds.regex_size = 1'200;
  CHECK(refused_regex("\\pL", bounds).empty());
  CHECK(refused_regex("\\pLa", bounds) ==
        "the regular expression is larger than 1200 instructions once its repetitions are written out");
}
