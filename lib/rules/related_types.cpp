// rules: see related_types.hpp.
#include "rules/related_types.hpp"

#include <algorithm>

namespace sekimori::rules {
namespace {

using cel::expression;
using cel::expression_kind;

bool looks_up(const expression& call) {
  static constexpr std::string_view functions[] = {"related", "references_to", "held", "all_held"};
  return call.kind == expression_kind::call && call.operand == nullptr && std::find(std::begin(functions), std::end(functions), call.name) != std::end(functions);
}

// Reads nothing but literals and the `bound` innermost variables of macros.
bool is_closed(const expression* e, std::int32_t bound) {
  if (e == nullptr) return true;
  if (e->kind == expression_kind::identifier && !(e->local && e->slot < bound)) return false;
  if (looks_up(*e)) return false;
  std::int32_t inside = bound;
  if (e->kind == expression_kind::comprehension) inside += e->variable2.empty() ? 1 : 2;
  return is_closed(e->operand, bound) && is_closed(e->condition, inside) && is_closed(e->body, inside) && is_closed(e->body2, inside) &&
         std::all_of(e->arguments.begin(), e->arguments.end(), [&](const expression* one) { return is_closed(one, bound); });
}

bool is_exists(const expression& e) { return e.kind == expression_kind::comprehension && e.macro == cel::macro_kind::exists && e.operand != nullptr && looks_up(*e.operand); }

// The names in a literal, or in a list of literals; none: it is worked out.
std::vector<std::string> names_in(const expression& type) {
  std::vector<std::string> made;
  if (type.kind == expression_kind::literal && type.constant.is(value_kind::string)) made.emplace_back(type.constant.as_text());
  if (type.kind != expression_kind::list) return made;
  for (auto* one : type.arguments) {
    const auto name = names_in(*one);
    if (name.size() != 1) return {};
    made.push_back(name[0]);
  }
  return made;
}

class collector {
 public:
  explicit collector(const model& checked) : checked_(checked) {}
  void look_at(const cel::compiled_ptr& of) {
    if (of == nullptr) return;
    program_ = of;
    visit(of->root);
  }
  void look_at(const checked_kind& kind) {
    if (!seen_.insert(&kind).second) return;
    for (auto& field : kind.fields) look_at(field.derived);
    for (auto& mapping : kind.from) {
      for (auto& part : mapping.parts) {
        for (auto& type : part.types) whole(type);
      }
      look_at(mapping.when);
      look_at(mapping.each_id);
      for (auto& each : mapping.each) look_at(each.collection);
      for (auto& field : mapping.fields) look_at(field);
    }
  }
  void look_at(const checked_variant& variant) {
    auto named = [](std::string_view type) { return type.starts_with("account:"); };
    found_.accounts = found_.accounts || std::any_of(variant.types.begin(), variant.types.end(), named) ||
                      (variant.kind != nullptr && std::any_of(variant.kind->from.begin(), variant.kind->from.end(), [&](auto& one) { return named(one.type); }));
  }
  void look_at(const message_template& message) {
    for (auto& piece : message) look_at(piece.placeholder);
  }
  related_types take() {
    for (auto& type : whole_) found_.by_witness.erase(type), found_.by_account.erase(type);
    return std::move(found_);
  }

 private:
  void whole(const std::string& type) {
    found_.types.insert(type);
    whole_.insert(type);
  }

  void visit(const expression* e) {
    if (e == nullptr) return;
    if (is_exists(*e) && narrows(*e)) return;
    if (e->kind == expression_kind::call && e->operand == nullptr) {
      if (e->name == "related" && !e->arguments.empty()) name(*e->arguments[0]);
      if (e->name == "references_to" && e->arguments.size() > 1) name(*e->arguments[1]);
      if ((e->name == "held" || e->name == "all_held") && e->arguments.size() == 1) held(*e->arguments[0]);
    }
    visit(e->operand);
    for (auto* argument : e->arguments) visit(argument);
    visit(e->condition);
    visit(e->body);
    visit(e->body2);
  }

  // Whether a look-up asks only for a witness; then it is noted as such.
  bool narrows(const expression& exists) {
    const expression& asked = *exists.operand;
    if (asked.name == "held" && exists.body->kind == expression_kind::literal && exists.body->constant.is_true()) {
      held(*asked.arguments[0], true);
      return true;
    }
    if (asked.name != "related" || !is_closed(exists.body, exists.variable2.empty() ? 1 : 2)) return false;
    const auto types = names_in(*asked.arguments[0]);
    for (auto& type : types) {
      found_.types.insert(type);
      found_.by_witness[type].push_back({program_, &exists});
    }
    return !types.empty();
  }

  void name(const expression& type) {
    const auto types = names_in(type);
    for (auto& one : types) whole(one);
    found_.any = found_.any || types.empty();
  }

  void held(const expression& kind, bool any_does = false) {
    for (auto& one : checked_.kinds) {
      if (one->name != kind.constant.as_text()) continue;
      for (auto& mapping : one->from) {
        // Of what becomes a member only under a condition, or several, the first may be none.
        if (!any_does || mapping.when != nullptr || !mapping.each.empty()) {
          whole(mapping.type);
        } else {
          found_.types.insert(mapping.type);
          found_.by_account.insert(mapping.type);
        }
      }
      const cel::compiled_ptr here = program_;
      look_at(*one);
      program_ = here;
    }
  }

  const model& checked_;
  cel::compiled_ptr program_;          // that is looked at
  related_types found_;
  std::set<std::string, std::less<>> whole_;
  std::set<const checked_kind*> seen_;
};

}  // namespace

const cel::expression* find_call(const cel::expression& in, std::string_view function) {
  if (in.kind == expression_kind::call && in.operand == nullptr && in.name == function) return &in;
  const expression* found = in.operand != nullptr ? find_call(*in.operand, function) : nullptr;
  for (const expression* argument : in.arguments) {
    if (found == nullptr) found = find_call(*argument, function);
  }
  for (const expression* part : {in.condition, in.body, in.body2}) {
    if (found == nullptr && part != nullptr) found = find_call(*part, function);
  }
  return found;
}

std::set<std::string, std::less<>> related_types_of(const model& checked, const checked_kind& kind) {
  collector all(checked);
  all.look_at(kind);
  return all.take().types;
}

related_types related_types_of(const model& checked) {
  collector all(checked);
  for (auto& rule : checked.rules) {
    for (auto& variant : rule.variants) {
      if (variant.kind != nullptr) all.look_at(*variant.kind);
      all.look_at(variant);
      all.look_at(variant.when);
      for (auto& one : variant.asserts) {
        all.look_at(one.condition);
        all.look_at(one.message_expression);
        all.look_at(one.ja);
        all.look_at(one.en);
      }
    }
  }
  return all.take();
}

}  // namespace sekimori::rules
