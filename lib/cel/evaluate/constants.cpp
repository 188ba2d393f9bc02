// cel: what constants of an expression are wrong on their own. Entry point: check_constants.
#include "cel/evaluate/constants.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/arena.hpp"
#include "cel/evaluate/regex.hpp"
#include "cel/evaluator.hpp"
#include "cel/function.hpp"
#include "cel/regex_size.hpp"
#include "cel/syntax/literal.hpp"

namespace sekimori::cel {
namespace {

// Loop steps for all constants of one expression: they are tried, not worked through.
constexpr std::uint64_t most_steps = 10'000;

constexpr std::string_view always = "evaluating this always ends in this error";

bool is_literal(const expression& node) {
  return node.kind == expression_kind::literal && !node.constant.is(value_kind::type);
}

// A list of literals: nothing in it can fail.
bool is_plain_list(const expression& node) {
  return node.kind == expression_kind::list && std::all_of(node.arguments.begin(), node.arguments.end(), [](const expression* e) { return is_literal(*e); });
}

// Rows of a host are left alone: their bodies may need what is there only while a rule runs.
const function_row* row_of(const expression& call) {
  static const auto rows = [] {
    std::unordered_map<const overload*, const function_row*> made;
    const auto add = [&](std::span<const function_row> from) {
      for (const function_row& row : from) {
        for (const overload& one : row.overloads) made.emplace(&one, &row);
      }
    };
    add(standard_pack());
    for (const pack& one : packs()) add(one.rows);
    return made;
  }();
  if (call.candidates.empty()) return nullptr;
  const auto found = rows.find(call.candidates.front());
  return found == rows.end() || found->second->name != call.name ? nullptr : found->second;
}

const expression* operand_of(const expression& call, std::size_t i) {
  if (call.operand == nullptr) return i < call.arguments.size() ? call.arguments[i] : nullptr;
  return i == 0 ? call.operand : i - 1 < call.arguments.size() ? call.arguments[i - 1] : nullptr;
}

template <class Look>
void each_child(const expression& node, Look&& look) {
  for (const expression* child : {node.operand, node.condition, node.body, node.body2}) {
    if (child != nullptr) look(*child);
  }
  for (const expression* argument : node.arguments) look(*argument);
}

class examiner {
 public:
  examiner(const compiled& program, const limits& bounds, diagnostic_level level, mistakes& found)
      : program_(program), bounds_(bounds), level_(level), found_(found) {}

  void examine() {
    collect();
    if (!count_patterns()) return;
    mark_constants();
    for (const auto& [node, row] : nodes_) {
      if (node->kind == expression_kind::map) keys_of(*node);
      if (marks_[node->id].constant) {
        if (!marks_[node->id].inside_constant && !is_literal(*node) && !is_plain_list(*node)) try_whole(*node);
      } else if (row != nullptr) {
        try_argument(*node, *row);
      }
    }
  }

 private:
  struct examined {
    const expression* node;
    const function_row* row;           // that a call means; nullptr: a host's, or no call
  };
  struct mark {
    bool constant = false;             // made of literals, operators and functions of packs only
    bool inside_constant = false;
  };

  static limits trial_limits(limits bounds) {
    bounds.steps = std::min(bounds.steps, most_steps);
    return bounds;
  }

  evaluator& run() {
    if (!run_) run_.emplace(memory_, trial_limits(bounds_));
    return *run_;
  }

  // All nodes, parents first.
  void collect() {
    nodes_.reserve(program_.node_count);
    std::vector<const expression*> open;
    open.reserve(16);
    open.push_back(program_.root);
    while (!open.empty()) {
      const expression* node = open.back();
      open.pop_back();
      nodes_.push_back({node, node->kind == expression_kind::call ? row_of(*node) : nullptr});
      std::size_t first = open.size();
      each_child(*node, [&](const expression& child) { open.push_back(&child); });
      std::reverse(open.begin() + static_cast<std::ptrdiff_t>(first), open.end());
    }
  }

  void warn(span where, std::string message, std::string expected = {}, std::string help = {}) {
    found_.add(diagnostic_code::cel_constant, where, std::move(message),
               {std::move(expected), std::move(help), level_});
  }

  // Whether the constant patterns may all be compiled; then those that are no patterns are told.
  bool count_patterns() {
    std::vector<const expression*> patterns;
    std::uint64_t sum = 0;
    for (const auto& [node, row] : nodes_) {
      if (row == nullptr || row->constants != constant_check::pattern) continue;
      const expression* pattern = operand_of(*node, 1);
      if (pattern == nullptr || !is_literal(*pattern) || !pattern->constant.is(value_kind::string)) continue;
      if (std::string refused = refused_regex(pattern->constant.as_text(), bounds_); !refused.empty()) {
        found_.add(diagnostic_code::cel_limit, pattern->where, std::move(refused), {"", "repeat less, or in smaller groups"});
        return false;
      }
      sum += regex_size(pattern->constant.as_text());
      if (sum > bounds_.regex_size) {
        found_.add(diagnostic_code::cel_limit, pattern->where,
                   "the regular expressions up to this one are together larger than " + std::to_string(bounds_.regex_size) +
                       " instructions once their repetitions are written out",
                   {"", "repeat less, or share a pattern through cel.bind"});
        return false;
      }
      patterns.push_back(pattern);
    }
    for (const expression* pattern : patterns) {
      if (is_regex(pattern->constant.as_text())) continue;
      known_regex tried = compile_regex(pattern->constant.as_text(), bounds_);
      if (tried.compiled == nullptr) warn(pattern->where, std::move(tried.fault), "", "RE2's syntax; r\"...\" keeps backslashes as they are");
    }
    return true;
  }

  void mark_constants() {
    marks_.resize(program_.node_count + 1);
    for (std::size_t i = nodes_.size(); i-- > 0;) {
      const expression& node = *nodes_[i].node;
      bool whole = false;
      switch (node.kind) {
        case expression_kind::literal: whole = true; break;
        case expression_kind::list:
        case expression_kind::map: whole = node.optional_at.empty(); break;
        case expression_kind::call: whole = nodes_[i].row != nullptr; break;
        default: break;
      }
      each_child(node, [&](const expression& child) { whole = whole && marks_[child.id].constant; });
      marks_[node.id].constant = whole;
      if (whole) each_child(node, [&](const expression& child) { marks_[child.id].inside_constant = true; });
    }
  }

  void try_whole(const expression& node) {
    value given = run().evaluate(program_, node, {});
    if (!given.is_error()) return;
    const evaluation_error& error = given.as_error();
    // Keys that stand twice and patterns have been told, with a better place; a limit may be ours.
    if (error.code == evaluation_error_code::duplicate_key || error.code == evaluation_error_code::limit) return;
    const expression* at = &node;
    for (const examined& one : nodes_) {
      if (one.node->id == error.expression) at = one.node;
    }
    const function_row* row = at->kind == expression_kind::call ? row_of(*at) : nullptr;
    if (row != nullptr && row->constants == constant_check::pattern) return;
    tell(*at, error);
  }

  // What a constant of these should look like.
  static std::string_view form_of(std::string_view function) {
    if (function == "timestamp") return "a time with its zone, such as 2026-11-27T09:30:00+09:00";
    if (function == "duration") return "such as 1h30m, 90s or 1.5s; the units are h, m, s, ms, us, ns";
    if (function == "ip") return "such as 192.0.2.1 or 2001:db8::1";
    if (function == "cidr") return "such as 192.0.2.0/24 or 2001:db8::/32";
    if (function == "int" || function == "uint") return "digits only";
    if (function == "bool") return "true or false";
    return {};
  }

  void tell(const expression& at, const evaluation_error& error) {
    const expression* only = at.kind == expression_kind::call && at.operand == nullptr && at.arguments.size() == 1 ? at.arguments[0] : &at;
    std::string form(only != &at ? form_of(at.name) : std::string_view());
    warn(only->where, std::string(error.message), std::move(form), std::string(always));
  }

  // A literal that is wrong whatever the first operand is: something harmless is put in its place.
  void try_argument(const expression& node, const function_row& row) {
    if (row.constants != constant_check::argument) return;
    const expression* argument = operand_of(node, 1);
    if (argument == nullptr || !is_literal(*argument)) return;
    for (const overload* candidate : node.candidates) {
      value harmless;
      if (candidate->parameters.size() != 2 || !harmless_for(candidate->parameters[0], harmless)) continue;
      expression first = *argument;
      first.constant = harmless;
      expression tried = node;
      const expression* both[] = {&first, argument};
      bool method = node.operand != nullptr;
      if (method) tried.operand = &first;
      std::span<expression* const> kept(const_cast<expression* const*>(both), 2);
      tried.arguments = kept.subspan(method ? 1 : 0);
      value given = run().evaluate(program_, tried, {});
      if (!given.is_error()) return;  // good for one type that the operand may have
      if (given.as_error().code == evaluation_error_code::no_matching_overload) continue;
      bool zone = argument->constant.is(value_kind::string);
      warn(argument->where, std::string(given.as_error().message), zone ? "such as Asia/Tokyo, UTC or +09:00" : "", std::string(always));
      return;
    }
  }

  static bool harmless_for(std::string_view type, value& given) {
    if (type == "int") given = value::integer(1);
    else if (type == "uint") given = value::unsigned_integer(1);
    else if (type == "google.protobuf.Timestamp" || type == "timestamp") given = value::timestamp(0, 0);
    else return false;
    return true;
  }

  // Keys as one text each: 1 and 1u are one key.
  void keys_of(const expression& map) {
    std::map<std::string, const expression*> seen;
    for (std::size_t i = 0; i + 1 < map.arguments.size(); i += 2) {
      const expression& key = *map.arguments[i];
      if (!is_literal(key)) continue;
      std::string text = literal_text(key.constant);
      if (key.constant.is(value_kind::unsigned_integer)) text.pop_back();
      if (!seen.emplace(std::move(text), &key).second) {
        warn(key.where, "this key stands twice in the map", "", "evaluating the map always ends in an error: leave one of them out");
      }
    }
  }

  const compiled& program_;
  const limits& bounds_;
  diagnostic_level level_;
  mistakes& found_;
  sekimori::arena memory_;
  std::optional<evaluator> run_;       // made for the first constant: most expressions have none to try
  std::vector<examined> nodes_;
  std::vector<mark> marks_;            // by id
};

}  // namespace

void check_constants(const compiled& program, const limits& bounds, diagnostic_level level, mistakes& found) {
  examiner(program, bounds, level, found).examine();
}

}  // namespace sekimori::cel
