// cel: regular expressions that need no engine. Entry point: simplify. A pattern that is not of the simple form has
// none, and RE2 matches it. Knows no expressions.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekimori::cel::flat {

// `min` to `max` bytes of a class of ASCII characters, as many as there are before the last `left` bytes of the text.
struct run {
  std::bitset<256> bytes;
  std::uint32_t min = 1, max = 1;
  std::uint32_t left = 0;
  static constexpr std::uint32_t any = UINT32_MAX;
};

// Runs from the beginning of the text; to its end where `whole`. Taking as much as there is finds a match if there is
// one: what may follow a run of variable length begins with none of its bytes, or is of one length and ends the text.
struct sequence {
  std::vector<run> runs;
  bool whole = false;
};

struct pattern {
  enum class form : std::uint8_t { equals, prefix, suffix, contains, sequences };
  form what = form::contains;
  std::string literal;                // of all but `sequences`
  std::vector<sequence> choices;      // one of them matches
  std::string_view source;            // what it was made of
  std::uint64_t size = 0;             // regex_size() of that
  bool matches(std::string_view text) const;
};

// What RE2::PartialMatch with `regex` comes to, where that is simple: literals, sequences of ASCII classes with
// repetitions, and choices between such. nullopt: not simple, or no regular expression.
std::optional<pattern> simplify(std::string_view regex);

}  // namespace sekimori::cel::flat
