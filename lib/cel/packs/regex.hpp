// cel: searching with regular expressions, for the packs that have functions of them. Entry point: regex_search. Knows no
// function of any pack.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/arena_vector.hpp"
#include "cel/function.hpp"

namespace sekimori::cel {

struct known_regex;

// One match: the whole first, then the groups; a group that took no part has no data.
using regex_match = arena_vector<std::string_view>;

// The matches of a pattern in a text from left to right, none overlapping, with Go's treatment of empty ones: none right
// behind another match.
class regex_search {
 public:
  // `text` outlives the search. What is wrong with the pattern is told by failed().
  regex_search(call_context& context, std::string_view text, std::string_view pattern);
  // An error of the pattern, or the limit that a search hit; null kind: none so far.
  value failed() const { return failed_; }
  int groups() const;
  bool next(regex_match& found);

 private:
  call_context& context_;
  std::string_view text_;
  value failed_;                // before the pattern, whose compilation may set it
  const known_regex* pattern_;
  std::size_t at_ = 0;
  std::size_t last_end_ = std::string_view::npos;
};

}  // namespace sekimori::cel
