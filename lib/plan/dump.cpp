// plan: programs as one-line s-expressions. Entry point: dump.
#include <fmt/format.h>

#include "plan/program.hpp"
#include "value/values.hpp"

namespace sekimori::plan {
namespace {

std::string_view name_of(opcode what) {
  static constexpr std::string_view names[] = {"field",   "==",       "!=",     "<",          "<=",          ">",        ">=",
                                               "general", "constant", "negate", "jump-if-no", "jump-if-yes", "join-and", "join-or"};
  return names[static_cast<std::size_t>(what)];
}

std::string dump(const predicate& shown, const rules::checked_kind* kind) {
  std::string text;
  auto field = [&](std::uint16_t slot) { return kind != nullptr && slot < kind->fields.size() ? kind->fields[slot].name : fmt::format("#{}", slot); };
  for (std::size_t i = 0; i < shown.code.size(); ++i) {
    auto& at = shown.code[i];
    text += fmt::format(" ({}", name_of(at.what));
    switch (at.what) {
      case opcode::field: text += " " + field(at.slot); break;
      case opcode::equal: case opcode::not_equal: case opcode::less: case opcode::less_equal: case opcode::greater: case opcode::greater_equal:
        text += " " + field(at.slot) + " " + to_json(shown.constants[at.operand]);
        break;
      case opcode::general: text += " " + cel::dump(*shown.general[at.operand]); break;
      case opcode::constant: text += static_cast<truth>(at.operand) == truth::yes ? " yes" : " no"; break;
      case opcode::jump_if_no: case opcode::jump_if_yes: text += fmt::format(" {}", at.operand); break;
      default: break;
    }
    text += ")";
  }
  return text;
}

}  // namespace

std::string dump(const policy_plan& shown) {
  std::string text;
  for (auto& program : shown.programs) {
    auto* kind = program.variant->kind;
    std::string subject = kind != nullptr ? kind->name : std::string();
    for (auto& type : program.variant->types) subject += (subject.empty() ? "" : ",") + type;
    text += fmt::format("(program {} {}", program.rule->full_id, subject);
    if (program.has_when) text += " (when" + dump(program.when, kind) + ")";
    for (std::size_t i = 0; i < program.asserts.size(); ++i) {
      text += fmt::format(" (assert {}{})", program.variant->asserts[i].id, dump(program.asserts[i], kind));
    }
    text += ")\n";
  }
  return text;
}

}  // namespace sekimori::plan
