// cel: compiled regular expressions of one evaluator. Entry point: regex_cache::find. Knows no
// expressions.
#include "cel/evaluate/regex.hpp"

#include <re2/re2.h>

#include "value/values.hpp"

namespace sekimori::cel {

namespace {
// Patterns made at run time could be without number, so the cache starts over when it is full.
constexpr std::size_t most_patterns = 128;
constexpr std::int64_t most_memory = 2 << 20;
}  // namespace

regex_cache::regex_cache(std::uint32_t most_bytes) : most_bytes_(most_bytes) {}
regex_cache::~regex_cache() = default;

const re2::RE2* regex_cache::find(std::string_view pattern, arena& memory, std::uint32_t expression, value& failed) {
  if (pattern.size() > most_bytes_) {
    failed = make_error(memory, evaluation_error_code::limit, "the regular expression is longer than the limits allow", expression);
    return nullptr;
  }
  const re2::RE2& found = compiled(pattern);
  if (found.ok()) return &found;
  bool large = found.error_code() == re2::RE2::ErrorPatternTooLarge;
  failed = make_error(memory, large ? evaluation_error_code::limit : evaluation_error_code::invalid_argument,
                      large ? "the regular expression is larger than the limits allow" : "the regular expression is not valid", expression);
  return nullptr;
}

const re2::RE2& regex_cache::compiled(std::string_view pattern) {
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
