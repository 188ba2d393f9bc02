// cel: see program.hpp. The frame of lowering; tests, values and paths have files of their own.
#include "cel/flat/lower.hpp"

namespace sekimori::cel::flat {

bool is_operator(const expression& e, std::string_view name, std::size_t arguments) {
  return e.kind == expression_kind::call && e.operand == nullptr && e.name == name && e.arguments.size() == arguments;
}

// A host may declare overloads of a standard name for other types; the standard one is asked first.
bool is_standard(const expression& e, std::string_view overload_id) {
  return !e.candidates.empty() && e.candidates.front()->id == overload_id;
}

std::uint32_t node_count_of(const expression& e, int depth) {
  if (depth > 250) return UINT16_MAX;
  std::uint32_t count = 1;
  for (const expression* part : {e.operand, e.condition, e.body, e.body2}) {
    if (part != nullptr) count += node_count_of(*part, depth + 1);
  }
  for (const expression* argument : e.arguments) count += node_count_of(*argument, depth + 1);
  return count;
}

std::size_t lowering::emit(opcode what, bool negated) {
  instruction made;
  made.what = what;
  made.negated = negated;
  made_.code.push_back(made);
  close(made_.code.size() - 1);
  return made_.code.size() - 1;
}

const lowering::bound* lowering::bound_of(const expression& identifier) const {
  auto from_innermost = static_cast<std::size_t>(identifier.slot);
  if (!identifier.local || from_innermost >= locals_.size()) return nullptr;
  return &locals_[locals_.size() - 1 - from_innermost];
}

bool lowering::enter(const expression& e, std::size_t loop) {
  const instruction& at = made_.code[loop];
  bound made;
  made.loop = loop;
  made.local = static_cast<std::uint16_t>(locals_.size());
  if (locals_.size() + 2 >= 60) return false;
  const std::uint32_t list = at.from == source::slot ? at.index : no_slot;
  if (!e.variable2.empty()) {
    locals_.push_back(made);
    ++made.local;
  }
  made.list = list;
  made.element = true;
  locals_.push_back(made);
  return true;
}

void lowering::leave(const expression& e) { locals_.resize(locals_.size() - (e.variable2.empty() ? 1 : 2)); }

bool lowering::run() {
  const expression& root = *made_.text->root;
  made_.is_test = made_.text->result_type != nullptr && made_.text->result_type->kind == type_kind::boolean;
  // What may be of any type is a value.
  return made_.is_test ? test(root, false) : value_of(root);
}

program lower(compiled_ptr source, std::shared_ptr<pool> shared, const limits& bounds) {
  program made;
  made.text = std::move(source);
  if (!made.text->checked || !lowering(made, *shared, bounds).run()) made.code.clear();
  // Nothing but a call of the evaluator is nothing won.
  if (!made.code.empty() && made.code.front().what == opcode::general) made.code.clear();
  made.code.shrink_to_fit();
  made.shared = std::move(shared);
  return made;
}

}  // namespace sekimori::cel::flat
