// differential: differences from cel-go by class. Entry point: explain.
#include "explain.hpp"

#include <algorithm>

#include "rewrite.hpp"

namespace differential {

namespace {

// Unknowns are compared by being one: cel-go names attributes, we name paths.
bool same(const oracle::value& ours, const oracle::value& theirs) {
  return oracle::same_answer(ours, theirs) || (ours.is<oracle::unknown>() && theirs.is<oracle::unknown>());
}

struct habit_class {
  oracle::habit habit;
  const char* name;
};
constexpr habit_class habits[] = {
    {oracle::habit::errors_first, "an error beside an unknown"},
    {oracle::habit::unknown_containers, "a container with unknown parts"},
    {oracle::habit::positions_past_the_end, "indexOf past the end"},
    {oracle::habit::loose_zones, "zones with one digit"},
    {oracle::habit::or_takes_anything, "or() of no optional"},
    {oracle::habit::whole_milliseconds, "milliseconds of a duration"},
    {oracle::habit::durations_as_doubles, "durations as text"},
    {oracle::habit::upper_case_instants, "lower case in RFC 3339"},
    {oracle::habit::short_bools, "bool('T')"},
    {oracle::habit::last_key_wins, "a key twice in a map literal"},
    {oracle::habit::empty_text_as_range, "a macro over empty text"},
    {oracle::habit::nan_beside_anything, "what has no order beside NaN"},
    {oracle::habit::none_without_key, "a key of no value"},
    {oracle::habit::literal_keys_first, "literals that are no keys"},
    {oracle::habit::no_optionals_in_paths, "a path through an optional"},
    {oracle::habit::any_key, "keys of other types"},
    {oracle::habit::offsets_stay, "offsets of timestamps"},
    {oracle::habit::index_within_int, "an index beyond int"},
    {oracle::habit::has_answers_none, "has() of a key of no value"},
    {oracle::habit::negated_durations, "negated durations"},
    {oracle::habit::no_mapped_addresses, "IPv4-mapped addresses"},
    {oracle::habit::no_addresses_in_format, "addresses in format"},
};

// Refusals by texts of the other checker, which looks into constants.
struct refusal {
  const char* in_their_words;
  const char* name;
  bool hidden = false;      // it cannot where a constant is hidden from it
};
constexpr refusal refusals[] = {
    {"error during formatting", "format calls refused", true},
    {"supplied to string.format", "format calls refused", true},
    {"out of range", "format calls refused", true},
    {"math.greatest() invalid single argument", "greatest of nothing refused"},
    {"math.least() invalid single argument", "greatest of nothing refused"},
    {"simple literal arguments must be numeric", "greatest of nothing refused"},
    {"applied to '(type(", "types of types refused"},
    {"type(list(", "types of types refused"},
    {"type(map(", "types of types refused"},
    {"type(optional_type(", "types of types refused"},
    {"IPv4-mapped IPv6 address", "IPv4-mapped addresses", true},
    {"invalid ip argument", "constant addresses refused", true},
    {"invalid cidr argument", "constant addresses refused", true},
};

std::string without_wrappers(std::string type) {
  for (std::size_t at; (at = type.find("wrapper(")) != std::string::npos;) {
    type.erase(type.find(')', at), 1);
    type.erase(at, 8);
  }
  return type;
}

// Whether the types are alike but for parts that are dyn in `general`, or but for parts that are
// null_type in `other`.
bool alike_but_for(std::string_view part, std::string_view general, std::string_view other) {
  auto word = [](std::string_view from) { return from.substr(0, from.find_first_of("(), ")); };
  auto whole = [](std::string_view from) {
    std::size_t end = 0;
    for (int depth = 0; end < from.size(); ++end) {
      depth += from[end] == '(' ? 1 : from[end] == ')' ? -1 : 0;
      if (depth < 0 || (depth == 0 && from[end] == ',')) break;
    }
    return end;
  };
  while (!general.empty() && !other.empty()) {
    std::string_view left = word(general);
    std::string_view right = word(other);
    if (left == right) {
      std::size_t length = left.empty() ? 1 : left.size();
      if (general.substr(0, length) != other.substr(0, length)) return false;
      general.remove_prefix(length);
      other.remove_prefix(length);
      continue;
    }
    if ((part == "dyn" ? left : right) != part) return false;
    general.remove_prefix(whole(general));
    other.remove_prefix(whole(other));
  }
  return general.empty() && other.empty();
}

bool contains(const std::string& text, const char* sought) { return text.find(sought) != std::string::npos; }

// The fewest habits with which the oracle gives their answer: one, two, or all.
std::string explain_answer(const sekimori::cel::environment& environment, const generated& asked, const std::vector<oracle::value>& theirs) {
  std::string text = write(asked.expression);
  auto gives = [&](std::uint32_t set) {
    oracle::value found = ask(environment, text, asked.inputs, {set}).oracle;
    return std::any_of(theirs.begin(), theirs.end(), [&](const oracle::value& one) { return same(found, one); });
  };
  auto bit = [](const habit_class& one) { return static_cast<std::uint32_t>(one.habit); };
  for (const habit_class& one : habits) {
    if (gives(bit(one))) return one.name;
  }
  std::uint32_t all = 0;
  for (const habit_class& one : habits) {
    all |= bit(one);
    for (const habit_class& two : habits) {
      if (gives(bit(one) | bit(two))) return "two of these at once";
    }
  }
  return gives(all) ? "several of these at once" : "";
}

// Why they take or refuse what we do not.
std::string explain_refusal(const generated& asked, const answers& ours, const peer_answer& theirs, const std::function<bool(node)>& agree_on) {
  if (ours.compiled) {
    for (const refusal& one : refusals) {
      if (contains(theirs.why, one.in_their_words) && (!one.hidden || agree_on(hide_constants(asked.expression)))) return one.name;
    }
    // What a macro makes of a dyn is a dyn here, a type that its use decides there.
    if (contains(theirs.why, "found no matching overload") && agree_on(hide_open_types(asked.expression))) return "a type left open";
    return agree_on(hide_nulls(asked.expression)) ? "null beside a type that may be null" : "?only we take it";
  }
  if (contains(ours.mistake, "cannot be the key of a map")) return "keys of other types";
  if (contains(ours.mistake, "null_type has no elements") || contains(ours.mistake, "an optional, not null_type")) return "null as an optional";
  if (contains(ours.mistake, "has no order to sort by")) return "keys without an order";
  if (agree_on(hide_nulls(asked.expression))) return "null beside a type that may be null";
  return "?only cel-go takes it";
}

std::string explain_type(const std::string& ours, const std::string& theirs) {
  if (ours == theirs) return {};
  if (without_wrappers(ours) == without_wrappers(theirs)) return "wrapper beside its primitive";
  if (alike_but_for("dyn", ours, theirs) || alike_but_for("dyn", theirs, ours)) return "a type left open";
  if (alike_but_for("null_type", ours, theirs)) return "null beside a type that may be null";
  return "?type";
}

std::string explain_difference(const sekimori::cel::environment& environment, const generated& asked, const answers& ours, const peer_answer& theirs) {
  if (ours.limit || same(ours.engine, theirs.answers[0])) return {};
  for (const oracle::value& one : theirs.answers) {
    if (same(ours.engine, one)) return "order of a map";
  }
  if (contains(theirs.why, "before evaluation: invalid qualifier type")) return "literals that are no keys";
  if (contains(theirs.why, "internal error: runtime error")) return "its internal errors";
  if (contains(theirs.why, "reference to undefined type")) return "cel.bind of a type";
  std::string found = explain_answer(environment, asked, theirs.answers);
  return found.empty() ? "?answer" : found;
}

}  // namespace

std::string explain(const sekimori::cel::environment& environment, const generated& asked, const peer_answer& theirs, const asker& ask_again, int rewrites) {
  answers ours = ask(environment, write(asked.expression), asked.inputs);
  auto agree_on = [&](node rewritten) {
    generated other{std::move(rewritten), asked.inputs};
    if (rewrites == 0 || write(other.expression) == write(asked.expression)) return false;
    return !explain(environment, other, ask_again(other), ask_again, rewrites - 1).starts_with("?");
  };
  if (theirs.broke_down) return "?panic " + theirs.why;
  std::string found;
  if (ours.compiled != theirs.compiled) {
    found = explain_refusal(asked, ours, theirs, agree_on);
  } else if (ours.compiled) {
    // Types may differ beside answers: both must be explained.
    std::string by_type = explain_type(ours.result_type, theirs.result_type);
    found = by_type.starts_with("?") ? by_type : explain_difference(environment, asked, ours, theirs);
    if (found.empty()) found = by_type;
  }
  // Their parser drops pairs of signs, and with them the check of what stands behind.
  if (found.starts_with("?") && agree_on(separate_signs(asked.expression))) return "double signs";
  return found;
}

}  // namespace differential
