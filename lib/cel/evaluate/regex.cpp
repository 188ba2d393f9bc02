// cel: compiled regular expressions of one evaluator. Entry point: regex_cache::find. Knows no
// expressions.
#include "cel/evaluate/regex.hpp"

#include <re2/re2.h>

namespace sekimori::cel {

namespace {
// Patterns made at run time could be without number, so the cache starts over when it is full.
constexpr std::size_t most_patterns = 128;
constexpr std::int64_t most_memory = 2 << 20;
}  // namespace

regex_cache::regex_cache() = default;
regex_cache::~regex_cache() = default;

const re2::RE2& regex_cache::find(std::string_view pattern) {
  auto known = compiled_.find(pattern);
  if (known != compiled_.end()) return *known->second;
  if (compiled_.size() >= most_patterns) compiled_.clear();
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(most_memory);
  auto made = std::make_unique<re2::RE2>(re2::StringPiece(pattern.data(), pattern.size()), options);
  return *compiled_.emplace(std::string(pattern), std::move(made)).first->second;
}

}  // namespace sekimori::cel
