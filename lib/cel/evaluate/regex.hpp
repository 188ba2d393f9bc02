// cel: compiled regular expressions of one evaluator. Entry point: regex_cache::find. Not shared
// between threads. Knows no expressions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/arena.hpp"
#include "cel/environment.hpp"
#include "sekimori/value.hpp"

namespace re2 {
class RE2;
}

namespace sekimori::cel {

// One pattern, ready to match; valid until the next find().
struct known_regex {
  known_regex();
  ~known_regex();
  known_regex(known_regex&&) noexcept;
  known_regex& operator=(known_regex&&) noexcept;

  std::unique_ptr<re2::RE2> compiled;  // nullptr: `fault` says why
  std::uint64_t size = 0;              // regex_size()
  std::string fault;                   // what is wrong, without the pattern's text
  bool beyond_limits = false;          // the fault is a limit
};

// Whether a text is a pattern at all. Much cheaper than compiling it; says nothing of limits.
bool is_regex(std::string_view pattern);

// Compiles a pattern within the limits. Literal patterns are tried by this while an expression is compiled, others
// while it is evaluated.
known_regex compile_regex(std::string_view pattern, const limits& bounds);

class regex_cache {
 public:
  explicit regex_cache(limits bounds);
  ~regex_cache();
  // The compiled pattern; or nullptr, and in `failed` the error of the call `expression`.
  const known_regex* find(std::string_view pattern, arena& memory, std::uint32_t expression, value& failed);

 private:
  const known_regex& compiled(std::string_view pattern);
  struct hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  limits bounds_;
  std::uint64_t held_ = 0;  // sizes of all that is kept
  std::unordered_map<std::string, known_regex, hash, std::equal_to<>> compiled_;
};

// What matching costs in loop steps. Texts and patterns of any size may come from the input, and the slowest
// pattern visits about all of its instructions for each byte; small ones do not.
std::uint64_t matching_work(std::size_t text_bytes, std::uint64_t regex_size);
// What compiling a pattern that no text of the expression holds costs in loop steps, kept or not.
std::uint64_t compiling_work(std::uint64_t regex_size);

}  // namespace sekimori::cel
