// check: see rule_reads.hpp.
#include "check/book/rule_reads.hpp"

namespace sekimori::check {
namespace {

using cel::expression;

void read(const expression* e, rule_reads& to) {
  if (e == nullptr) return;
  if (e->kind == cel::expression_kind::select) {
    if (rules::is_variable(*e->operand, rules::slot_params)) to.parameters.insert(std::string(e->name));
    if (rules::is_variable(*e->operand, rules::slot_scope)) to.scope.insert(std::string(e->name));
  }
  to.day = to.day || rules::is_variable(*e, rules::slot_now);
  for (const expression* part : {e->operand, e->condition, e->body, e->body2}) read(part, to);
  for (const expression* argument : e->arguments) read(argument, to);
}

}  // namespace

rule_reads reads_of(const rules::checked_rule& rule) {
  rule_reads made;
  for (auto& variant : rule.variants) {
    if (variant.when) read(variant.when->root, made);
    for (auto& one : variant.asserts) {
      if (one.condition) read(one.condition->root, made);
    }
  }
  return made;
}

}  // namespace sekimori::check
