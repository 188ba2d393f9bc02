// cel: compiled regular expressions of one evaluator. Entry point: regex_cache::find. Knows no
// expressions.
#include "cel/evaluate/regex.hpp"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <utility>

#include "cel/regex_size.hpp"
#include "value/values.hpp"

namespace sekimori::cel {

namespace {

// Patterns made at run time could be without number, so the cache starts over when it is full. It holds the
// constant patterns of an expression together: those are limited to one regex_size in all.
constexpr std::size_t most_patterns = 128;
constexpr std::uint64_t most_sizes = 4;

// RE2 takes two thirds of its memory for programs and 64 bytes an instruction, so that our own limit is always
// met before its.
constexpr std::int64_t least_memory = 2 << 20;
constexpr std::int64_t memory_per_instruction = 128;

std::string_view fault_of(re2::RE2::ErrorCode code) {
  switch (code) {
    case re2::RE2::ErrorBadEscape: return "it has an escape that does not exist";
    case re2::RE2::ErrorBadCharClass: return "it has a class [...] that is not well formed";
    case re2::RE2::ErrorBadCharRange: return "it has a range whose end comes before its start";
    case re2::RE2::ErrorMissingBracket: return "a `[` is not closed";
    case re2::RE2::ErrorMissingParen: return "a `(` is not closed";
    case re2::RE2::ErrorUnexpectedParen: return "a `)` closes nothing";
    case re2::RE2::ErrorTrailingBackslash: return "it ends with a backslash";
    case re2::RE2::ErrorRepeatArgument: return "a repetition (* + ? {n}) has nothing to repeat";
    case re2::RE2::ErrorRepeatSize: return "it repeats more than 1000 times";
    case re2::RE2::ErrorRepeatOp: return "two repetitions follow each other";
    case re2::RE2::ErrorBadPerlOp: return "it has a group (?...) that RE2 does not have; look-around and back-references do not exist";
    case re2::RE2::ErrorBadUTF8: return "it is not valid UTF-8";
    case re2::RE2::ErrorBadNamedCapture: return "it has a group name that is not well formed";
    default: return "it is not well formed";
  }
}

}  // namespace

known_regex::known_regex() = default;
known_regex::~known_regex() = default;
known_regex::known_regex(known_regex&&) noexcept = default;
known_regex& known_regex::operator=(known_regex&&) noexcept = default;

bool is_regex(std::string_view pattern) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  // A set compiles nothing until it is told to.
  return re2::RE2::Set(options, re2::RE2::UNANCHORED).Add(re2::StringPiece(pattern.data(), pattern.size()), nullptr) >= 0;
}

known_regex compile_regex(std::string_view pattern, const limits& bounds) {
  known_regex made;
  made.fault = refused_regex(pattern, bounds);
  made.beyond_limits = !made.fault.empty();
  if (made.beyond_limits) return made;
  made.size = regex_size(pattern);
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(least_memory + memory_per_instruction * static_cast<std::int64_t>(made.size));
  auto compiled = std::make_unique<re2::RE2>(re2::StringPiece(pattern.data(), pattern.size()), options);
  if (compiled->ok()) {
    made.compiled = std::move(compiled);
    return made;
  }
  made.beyond_limits = compiled->error_code() == re2::RE2::ErrorPatternTooLarge;
  made.fault = made.beyond_limits ? "the regular expression is larger than the limits allow"
                                  : "the regular expression is not valid: " + std::string(fault_of(compiled->error_code()));
  return made;
}

regex_cache::regex_cache(limits bounds) : bounds_(bounds) {}
regex_cache::~regex_cache() = default;

const known_regex* regex_cache::find(std::string_view pattern, arena& memory, std::uint32_t expression, value& failed) {
  auto fail = [&](const known_regex& tried) {
    failed = make_error(memory, tried.beyond_limits ? evaluation_error_code::limit : evaluation_error_code::invalid_argument,
                        tried.fault, expression);
    return nullptr;
  };
  // What is too long is not worth keeping.
  if (pattern.size() > bounds_.regex_bytes) return fail(compile_regex(pattern, bounds_));
  const known_regex& found = compiled(pattern);
  return found.compiled != nullptr ? &found : fail(found);
}

const known_regex& regex_cache::compiled(std::string_view pattern) {
  auto known = compiled_.find(pattern);
  if (known != compiled_.end()) return known->second;
  if (compiled_.size() >= most_patterns || held_ > most_sizes * bounds_.regex_size) {
    compiled_.clear();
    held_ = 0;
  }
  known_regex made = compile_regex(pattern, bounds_);
  held_ += made.size;
  return compiled_.emplace(std::string(pattern), std::move(made)).first->second;
}

std::uint64_t matching_work(std::size_t text_bytes, std::uint64_t regex_size) {
  return text_bytes * regex_size / 4096 * std::min<std::uint64_t>(regex_size, 256);
}

std::uint64_t compiling_work(std::uint64_t regex_size) { return 5 * regex_size; }

}  // namespace sekimori::cel
