// rules: see register_reads.hpp.
#include "rules/register_reads.hpp"

#include "rules/checked.hpp"

namespace sekimori::rules {
namespace {

using cel::expression;
using cel::expression_kind;

bool is_data(const expression& e) { return e.kind == expression_kind::identifier && !e.local && e.slot == slot_data; }

void visit(const expression& e, register_set& found) {
  if (is_data(e)) found.set();
  if (e.kind == expression_kind::select && is_data(*e.operand)) {
    for (std::size_t i = 0; i < register_declarations.size(); ++i) {
      if (register_declarations[i]->name == e.name) found.set(i);
    }
    return;
  }
  for (const expression* part : {e.operand, e.condition, e.body, e.body2}) {
    if (part != nullptr) visit(*part, found);
  }
  for (const expression* argument : e.arguments) visit(*argument, found);
}

}  // namespace

register_set registers_read(const cel::compiled& program) {
  register_set found;
  visit(*program.root, found);
  return found;
}

register_set registers_of_type(std::string_view type) {
  register_set found;
  for (std::size_t i = 0; i < register_declarations.size(); ++i) found.set(i, !type.empty() && register_declarations[i]->resource_type == type);
  return found;
}

}  // namespace sekimori::rules
