// cel: where in a text an evaluation went wrong. Entry point: evaluation_diagnostic.
#include "cel/evaluation_diagnostic.hpp"

#include <string>
#include <utility>
#include <vector>

#include "base/diagnostics.hpp"
#include "value/values.hpp"

namespace sekimori::cel {
namespace {

// What to write where a field may be missing.
std::string field_help(const expression& at) {
  if (at.kind != expression_kind::select) return {};
  return "ask with has(...) first, or read it with `.?" + std::string(at.name) + "` and .orValue(...)";
}

std::string help_of(const expression& at, evaluation_error_code code) {
  switch (code) {
    case evaluation_error_code::no_such_key:
      if (at.kind == expression_kind::call) return "ask with `key in map` first, or read it with [?key] and .orValue(...)";
      return field_help(at);
    case evaluation_error_code::no_such_field: return field_help(at);
    case evaluation_error_code::index_out_of_range: return "ask size(list) first, or read it with [?index] and .orValue(...)";
    case evaluation_error_code::division_by_zero: return "ask whether the divisor is 0 first: d != 0 && n / d > 1";
    case evaluation_error_code::no_matching_overload:
      return "the input has another type here than the expression takes; type(x) == int asks for it";
    default: return {};
  }
}

}  // namespace

const expression* find_expression(const compiled& program, std::uint32_t id) {
  if (program.root == nullptr || id == 0) return nullptr;
  std::vector<const expression*> open{program.root};
  while (!open.empty()) {
    const expression* node = open.back();
    open.pop_back();
    if (node->id == id) return node;
    for (const expression* child : {node->operand, node->condition, node->body, node->body2}) {
      if (child != nullptr) open.push_back(child);
    }
    open.insert(open.end(), node->arguments.begin(), node->arguments.end());
  }
  return nullptr;
}

diagnostic evaluation_diagnostic(const compiled& program, const evaluation_error& error) {
  const expression* at = find_expression(program, error.expression);
  span where = at != nullptr ? at->anchor : span{0, static_cast<std::uint32_t>(program.text.text.size())};
  // A call's name says what failed; of an index its whole text.
  if (at != nullptr && at->kind == expression_kind::call && (at->name == "_[_]" || at->name == "_[?_]")) where = at->where;
  std::string help = at != nullptr ? help_of(*at, error.code) : std::string();
  diagnostic made = make_diagnostic(diagnostic_code::limit_exceeded, program.text, where, std::string(error.message),
                                    {"", std::move(help)});
  made.code = error_name(error.code);
  return made;
}

}  // namespace sekimori::cel
