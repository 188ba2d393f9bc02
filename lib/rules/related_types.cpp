// rules: see related_types.hpp.
#include "rules/related_types.hpp"

#include <algorithm>

namespace sekimori::rules {
namespace {

using cel::expression;
using cel::expression_kind;

class collector {
 public:
  explicit collector(const model& checked) : checked_(checked) {}
  void look_at(const cel::compiled_ptr& of) {
    if (of != nullptr) visit(of->root);
  }
  void look_at(const checked_kind& kind) {
    if (!seen_.insert(&kind).second) return;
    for (auto& field : kind.fields) look_at(field.derived);
    for (auto& mapping : kind.from) {
      for (auto& part : mapping.parts) found_.types.insert(part.types.begin(), part.types.end());
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
  related_types take() { return std::move(found_); }

 private:
  void visit(const expression* e) {
    if (e == nullptr) return;
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

  void name(const expression& type) {
    if (type.kind == expression_kind::list) {
      for (auto* one : type.arguments) name(*one);
    } else if (type.kind == expression_kind::literal && type.constant.is(value_kind::string)) {
      found_.types.insert(std::string(type.constant.as_text()));
    } else {
      found_.any = true;
    }
  }

  void held(const expression& kind) {
    for (auto& one : checked_.kinds) {
      if (one->name != kind.constant.as_text()) continue;
      for (auto& mapping : one->from) found_.types.insert(mapping.type);
      look_at(*one);
    }
  }

  const model& checked_;
  related_types found_;
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
