// plan: programs as one-line s-expressions. Entry point: dump.
#include <fmt/format.h>

#include "plan/program.hpp"

namespace sekimori::plan {
namespace {

std::string shown_condition(const cel::flat::program& of) {
  return of.lowered() ? cel::flat::dump(of) : fmt::format("(evaluate {})", cel::dump(*of.text->root));
}

}  // namespace

std::string dump(const policy_plan& shown) {
  std::string text;
  for (auto& program : shown.programs) {
    auto* kind = program.variant->kind;
    std::string subject = kind != nullptr ? kind->name : std::string();
    for (auto& type : program.variant->types) subject += (subject.empty() ? "" : ",") + type;
    text += fmt::format("(program {} {}", program.rule->full_id, subject);
    if (program.when.text) text += fmt::format(" (when {})", shown_condition(program.when));
    for (std::size_t i = 0; i < program.asserts.size(); ++i) {
      text += fmt::format(" (assert {} {})", program.variant->asserts[i].id, shown_condition(program.asserts[i]));
    }
    text += ")\n";
  }
  return text;
}

}  // namespace sekimori::plan
