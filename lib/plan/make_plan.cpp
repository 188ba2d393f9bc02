// plan: lowers conditions to flat code. Entry point: make_plan.
#include <algorithm>

#include "plan/program.hpp"

namespace sekimori::plan {
namespace {

// Lowers one condition. Only the boolean skeleton and comparisons of a field with a constant are
// lowered: everything else keeps its shape and runs on the CEL evaluator over the same values.
class lowering {
 public:
  explicit lowering(cel::compiled_ptr source) { made_.source = std::move(source); }

  predicate run() {
    emit(*made_.source->root, 0);
    return std::move(made_);
  }

 private:
  static constexpr std::uint32_t deepest = 64;  // deeper skeletons are left to the evaluator, which bounds its own depth

  static const cel::expression* field_of(const cel::expression& e) {
    bool is_field = e.kind == cel::expression_kind::select && !e.test_only && !e.optional && e.slot >= 0 && e.slot < 65536 &&
                    e.operand != nullptr && e.operand->kind == cel::expression_kind::identifier && !e.operand->local &&
                    e.operand->slot == rules::slot_resource;
    return is_field ? &e : nullptr;
  }

  static bool is_call(const cel::expression& e, std::string_view name, std::size_t arguments) {
    return e.kind == cel::expression_kind::call && e.operand == nullptr && e.name == name && e.arguments.size() == arguments;
  }

  static bool comparison(std::string_view name, opcode& forward, opcode& backward) {
    struct row { std::string_view name; opcode forward, backward; };
    static constexpr row rows[] = {
        {"_==_", opcode::equal, opcode::equal},          {"_!=_", opcode::not_equal, opcode::not_equal},
        {"_<_", opcode::less, opcode::greater},          {"_<=_", opcode::less_equal, opcode::greater_equal},
        {"_>_", opcode::greater, opcode::less},          {"_>=_", opcode::greater_equal, opcode::less_equal}};
    for (auto& r : rows) {
      if (r.name == name) {
        forward = r.forward;
        backward = r.backward;
        return true;
      }
    }
    return false;
  }

  void push(instruction made) { made_.code.push_back(made); }

  void emit(const cel::expression& e, std::uint32_t depth) {
    made_.depth = std::max(made_.depth, depth + 1);
    if (depth >= deepest) return emit_general(e);
    if (is_call(e, "_&&_", 2) || is_call(e, "_||_", 2)) {
      bool conjunction = e.name == "_&&_";
      emit(*e.arguments[0], depth);
      std::size_t jump = made_.code.size();
      push({conjunction ? opcode::jump_if_no : opcode::jump_if_yes, 0, 0});
      emit(*e.arguments[1], depth + 1);
      push({conjunction ? opcode::join_and : opcode::join_or, 0, 0});
      made_.code[jump].operand = static_cast<std::uint32_t>(made_.code.size());
      return;
    }
    if (is_call(e, "!_", 1)) {
      emit(*e.arguments[0], depth);
      return push({opcode::negate, 0, 0});
    }
    if (e.kind == cel::expression_kind::literal && e.constant.is(value_kind::boolean)) {
      return push({opcode::constant, 0, static_cast<std::uint32_t>(e.constant.as_boolean() ? truth::yes : truth::no)});
    }
    if (auto* field = field_of(e)) return push({opcode::field, static_cast<std::uint16_t>(field->slot), 0});
    opcode forward, backward;
    if (e.kind == cel::expression_kind::call && e.operand == nullptr && e.arguments.size() == 2 && comparison(e.name, forward, backward)) {
      auto *left = e.arguments[0], *right = e.arguments[1];
      bool swapped = field_of(*left) == nullptr;
      if (swapped) std::swap(left, right);
      if (field_of(*left) != nullptr && right->kind == cel::expression_kind::literal && scalar(right->constant)) {
        made_.constants.push_back(right->constant);
        return push({swapped ? backward : forward, static_cast<std::uint16_t>(left->slot), static_cast<std::uint32_t>(made_.constants.size() - 1)});
      }
    }
    emit_general(e);
  }

  static bool scalar(value v) {
    switch (v.kind()) {
      case value_kind::boolean:
      case value_kind::integer:
      case value_kind::string:
        return true;
      default:
        return false;
    }
  }

  void emit_general(const cel::expression& e) {
    made_.general.push_back(&e);
    push({opcode::general, 0, static_cast<std::uint32_t>(made_.general.size() - 1)});
  }

  predicate made_;
};

}  // namespace

std::shared_ptr<const policy_plan> make_plan(rules::model_ptr model) {
  auto made = std::make_shared<policy_plan>();
  std::unordered_map<const rules::checked_kind*, std::vector<std::uint32_t>> over_kind;
  std::unordered_map<std::string, std::vector<std::uint32_t>> over_type;
  for (auto& rule : model->rules) {
    for (auto& variant : rule.variants) {
      rule_program program;
      program.rule = &rule;
      program.variant = &variant;
      program.has_when = variant.when != nullptr;
      if (program.has_when) program.when = lowering(variant.when).run();
      for (auto& assertion : variant.asserts) program.asserts.push_back(lowering(assertion.condition).run());
      auto index = static_cast<std::uint32_t>(made->programs.size());
      made->programs.push_back(std::move(program));
      if (variant.admission != nullptr) {
        made->admission.push_back(index);
      } else if (variant.kind != nullptr) {
        over_kind[variant.kind].push_back(index);
      } else {
        for (auto& type : variant.types) over_type[type].push_back(index);
      }
    }
  }
  // Kinds that no loaded rule speaks of stay in: their resources count as mapped.
  for (auto& kind : model->kinds) {
    for (auto& mapping : kind->from) made->by_type[mapping.type].push_back({kind.get(), &mapping, over_kind[kind.get()]});
  }
  for (auto& [type, programs] : over_type) made->by_type[type].push_back({nullptr, nullptr, programs});
  made->model = std::move(model);
  return made;
}

}  // namespace sekimori::plan
