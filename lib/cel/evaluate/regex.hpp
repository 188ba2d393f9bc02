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
#include "sekimori/value.hpp"

namespace re2 {
class RE2;
}

namespace sekimori::cel {

class regex_cache {
 public:
  // `most_bytes`: of a pattern's text, limits.regex_bytes.
  explicit regex_cache(std::uint32_t most_bytes);
  ~regex_cache();
  // The compiled pattern; or nullptr, and in `failed` the error of the call `expression`.
  const re2::RE2* find(std::string_view pattern, arena& memory, std::uint32_t expression, value& failed);

 private:
  const re2::RE2& compiled(std::string_view pattern);
  struct hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::uint32_t most_bytes_;
  std::unordered_map<std::string, std::unique_ptr<re2::RE2>, hash, std::equal_to<>> compiled_;
};

}  // namespace sekimori::cel
