// cel: makes the trees of residuals and keeps what is asked of them most. Entry point: forms. Knows no
// evaluation.
#include "cel/residual/forms.hpp"

#include <algorithm>

namespace sekimori::cel {

namespace {

std::uint32_t sum(std::uint32_t a, std::uint32_t b) { return a > UINT32_MAX - b ? UINT32_MAX : a + b; }

}  // namespace

expression* forms::add(const expression& like) {
  auto* made = memory_.make<expression>(like);
  made->id = static_cast<std::uint32_t>(facts_.size());
  facts_.push_back({});
  return made;
}

const expression* forms::close(expression* made, bool global) {
  facts own;
  own.global = global;
  auto look = [&](const expression* child) {
    if (child == nullptr) return;
    const facts& known = facts_[child->id];
    own.size = sum(own.size, known.size);
    own.height = std::max(own.height, known.height + 1);
    own.outermost = std::min(own.outermost, known.outermost);
    own.global = own.global || known.global;
    own.unsaid = own.unsaid || known.unsaid;
  };
  look(made->operand);
  look(made->condition);
  look(made->body);
  for (const expression* argument : made->arguments) look(argument);
  facts_[made->id] = own;
  return made;
}

const expression* forms::literal(value constant, std::uint32_t size, const type* written_as) {
  expression* made = add({});
  made->kind = expression_kind::literal;
  made->constant = constant;
  made->checked_type = written_as;
  facts_[made->id].size = size;
  return made;
}

const expression* forms::global(const expression& like) { return close(add(like), true); }

const expression* forms::unsaid() {
  expression* made = add({});
  made->kind = expression_kind::literal;
  facts_[made->id].global = facts_[made->id].unsaid = true;
  return made;
}

const expression* forms::null_of(const expression* compared) {
  const expression* made = literal(value::null(), 1);
  facts_[made->id].null_of = compared;
  return made;
}

const expression* forms::local(std::string_view name, std::int32_t number) {
  expression* made = add({});
  made->kind = expression_kind::identifier;
  made->name = name;
  made->local = true;
  made->slot = number;
  facts_[made->id].outermost = levels_[static_cast<std::size_t>(number)];
  return made;
}

const expression* forms::node(const expression& like, const expression* operand, std::span<const expression* const> arguments) {
  expression* made = add(like);
  made->operand = operand;
  auto kept = memory_.make_array<expression*>(arguments.size());
  // The tree's type has no const in its spans; nothing writes through them.
  for (std::size_t i = 0; i < arguments.size(); ++i) kept[i] = const_cast<expression*>(arguments[i]);
  made->arguments = kept;
  return close(made, false);
}

const expression* forms::comprehension(const expression& like, std::int32_t number, const expression* operand, const expression* condition,
                                       const expression* body) {
  expression* made = add(like);
  made->slot = number;
  made->operand = operand;
  made->condition = condition;
  made->body = body;
  const std::uint32_t level = levels_[static_cast<std::size_t>(number)];
  const expression* closed = close(made, false);
  facts& own = facts_[closed->id];
  // Its own variables are not free in it; what is further in is bound further in.
  own.outermost = facts_[operand->id].outermost;
  for (const expression* inner : {condition, body}) {
    if (inner != nullptr && facts_[inner->id].outermost < level) own.outermost = std::min(own.outermost, facts_[inner->id].outermost);
  }
  return closed;
}

const expression* forms::list(std::span<const expression* const> elements, const type* checked_type) {
  expression like{};
  like.kind = expression_kind::list;
  like.checked_type = checked_type;
  return node(like, nullptr, elements);
}

const expression* forms::map(std::span<const expression* const> keys_and_values, const type* checked_type) {
  expression like{};
  like.kind = expression_kind::map;
  like.checked_type = checked_type;
  return node(like, nullptr, keys_and_values);
}

std::int32_t forms::new_variables(std::uint32_t level) {
  levels_.push_back(level);
  levels_.push_back(level);
  return static_cast<std::int32_t>(levels_.size() - 2);
}

const expression* forms::runnable(const expression& form) {
  std::vector<std::int32_t> scope;
  return resolve(form, scope);
}

const expression* forms::resolve(const expression& form, std::vector<std::int32_t>& scope) {
  if (form.kind == expression_kind::literal || (form.kind == expression_kind::identifier && !form.local)) return &form;
  auto* made = memory_.make<expression>(form);
  if (form.kind == expression_kind::identifier) {
    std::size_t out = 0;
    while (out < scope.size() && scope[scope.size() - 1 - out] != form.slot) ++out;
    made->slot = static_cast<std::int32_t>(out);
    return made;
  }
  if (form.operand != nullptr) made->operand = resolve(*form.operand, scope);
  auto arguments = memory_.make_array<expression*>(form.arguments.size());
  for (std::size_t i = 0; i < arguments.size(); ++i) arguments[i] = const_cast<expression*>(resolve(*form.arguments[i], scope));
  made->arguments = arguments;
  if (form.kind == expression_kind::comprehension) {
    const std::size_t outer = scope.size();
    scope.push_back(form.slot);
    if (!form.variable2.empty()) scope.push_back(form.slot + 1);
    if (form.condition != nullptr) made->condition = resolve(*form.condition, scope);
    made->body = resolve(*form.body, scope);
    scope.resize(outer);
  }
  return made;
}

}  // namespace sekimori::cel
