// cel: compiled regular expressions of one evaluator. Entry point: regex_cache::find. Not shared
// between threads. Knows no expressions.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace re2 {
class RE2;
}

namespace sekimori::cel {

class regex_cache {
 public:
  regex_cache();
  ~regex_cache();
  // The compiled pattern; it may hold an error (RE2::ok).
  const re2::RE2& find(std::string_view pattern);

 private:
  struct hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, std::unique_ptr<re2::RE2>, hash, std::equal_to<>> compiled_;
};

}  // namespace sekimori::cel
