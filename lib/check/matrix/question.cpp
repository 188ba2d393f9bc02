// check: see question.hpp. Only what decides whether an assert is asked is worked out: constants of mappings, the name of the
// cloud, fields that are not offered, and kinds of which a cloud has no type. Everything else depends on resources.
#include "check/matrix/question.hpp"

#include <algorithm>

#include "base/cloud_types.hpp"
#include "value/values.hpp"

namespace sekimori::check {
namespace {

using cel::expression;
using cel::expression_kind;

constexpr std::string_view kind_prefix = "kind.";

// The kind whose object an expression is; empty: it is none.
std::string_view kind_of(const expression& e) {
  const cel::type* type = e.checked_type;
  if (type == nullptr || type->kind != cel::type_kind::object || !std::string_view(type->name).starts_with(kind_prefix)) return {};
  return std::string_view(type->name).substr(kind_prefix.size());
}

bool is_held(const expression& e) {
  return e.kind == expression_kind::call && e.operand == nullptr && (e.name == "held" || e.name == "all_held") && e.arguments.size() == 1;
}

// {"": false}[meta.address]: how a mapping says that nothing tells a field, which is then unknown for every resource.
bool is_never_known(const expression& e) {
  return e.kind == expression_kind::call && e.name == "_[_]" && e.arguments.size() == 2 && e.arguments[0]->kind == expression_kind::map &&
         e.arguments[0]->arguments.size() == 2 && e.arguments[0]->arguments[0]->constant.is(value_kind::string) &&
         e.arguments[0]->arguments[0]->constant.as_text().empty();
}

bool is_parameter(const expression& e) { return e.kind == expression_kind::select && rules::is_variable(*e.operand, rules::slot_params); }

}  // namespace

bool seen_in(std::string_view type, material where) {
  if (type.starts_with("account:") || type.starts_with("microsoft.")) return true;   // Azure's types are those of templates as well
  // What registers and the organisation document say is of things that stand.
  const bool planned = is_terraform_type(type) || type.starts_with("AWS::") || type.starts_with("terraform:") || is_object_type(type);
  return planned == (where == material::plan);
}

asked question::of(const rules::checked_variant& variant, const rules::checked_assert& one) {
  if (!one.condition) return asked::missing;
  if (variant.when) {
    const known when = fold(*variant.when->root);
    if (when.missing || when.never_known) return asked::missing;
    if (when.says(false)) return when.by_cloud ? asked::elsewhere : asked::missing;
  }
  const known found = fold(*one.condition->root);
  if (found.missing || found.never_known) return asked::missing;
  if (!found.constant) return asked::depends;
  if (found.by_cloud) return asked::elsewhere;
  if (found.nothing_held || (found.not_offered && found.says(true))) return asked::missing;
  if (found.if_known) return found.says(true) ? asked::true_if_known : asked::false_if_known;
  return found.says(true) ? asked::always : asked::never;
}

const rules::checked_kind* question::kind_called(std::string_view name) const {
  for (auto& one : model_.kinds) {
    if (one->name == name) return one.get();
  }
  return nullptr;
}

question::known question::fold(const expression& e) {
  switch (e.kind) {
    case expression_kind::literal: return constant(e.constant);
    case expression_kind::select: return select(e);
    case expression_kind::call: return call(e);
    case expression_kind::comprehension: return comprehension(e);
    case expression_kind::list: {
      std::vector<value> items;
      known all = constant({});
      for (auto* item : e.arguments) {
        const known one = fold(*item);
        const bool known_so_far = all.constant && one.constant;
        all = together(all, one);
        all.constant = known_so_far;
        items.push_back(one.is);
      }
      if (all.constant) all.is = make_list(memory_, items);
      return all;
    }
    case expression_kind::identifier: return {};
    default: return parts(e);
  }
}

// Of what is worked out by a function that needs every part.
question::known question::parts(const expression& e) {
  known all;
  const auto join = [&](const expression& part) {
    const known one = fold(part);
    all.missing = all.missing || one.missing;
    all.never_known = all.never_known || one.never_known;
  };
  for (const expression* part : {e.operand, e.condition, e.body, e.body2}) {
    if (part != nullptr) join(*part);
  }
  const bool never = all.never_known;
  for (auto* argument : e.arguments) join(*argument);
  if (e.name == "orValue" || e.name == "or") all.never_known = never;   // asked for only where the operand has nothing
  return all;
}

question::known question::select(const expression& e) {
  const std::string_view kind = kind_of(*e.operand);
  if (!kind.empty()) return rules::is_variable(*e.operand, rules::slot_resource) ? field(e) : held_field(e, kind);
  if (rules::is_variable(*e.operand, rules::slot_meta) && e.name == "cloud" && !cloud_.empty() && !e.test_only) return {true, false, true, false, false, value::string(cloud_)};
  return parts(e);
}

// resource.FIELD
question::known question::field(const expression& e) {
  if (kind_ == nullptr || mapping_ == nullptr) return {};
  for (std::size_t i = 0; i < kind_->fields.size(); ++i) {
    if (kind_->fields[i].name != e.name) continue;
    if (kind_->fields[i].derived) return e.test_only || e.optional ? known{} : fold(*kind_->fields[i].derived->root);
    const bool offered = mapping_->fields[i] != nullptr;
    if (e.test_only && !offered) return boolean(false, {.not_offered = true});
    if (e.test_only || e.optional) return {};
    if (!offered) return {false, true};
    known found = fold(*mapping_->fields[i]->root);
    found.missing = false;
    found.by_cloud = found.constant && (found.by_cloud || e.name == "cloud");
    return found;
  }
  return {};
}

// A field of one of several objects, of any of the types that the cloud has.
question::known question::held_field(const expression& e, std::string_view name) const {
  const rules::checked_kind* kind = kind_called(name);
  if (kind == nullptr) return {};
  for (std::size_t i = 0; i < kind->fields.size(); ++i) {
    if (kind->fields[i].name != e.name || kind->fields[i].derived) continue;
    const bool offered = std::any_of(kind->from.begin(), kind->from.end(), [&](const rules::checked_mapping& one) {
      return one.cloud == cloud_ && seen_in(one.type, where_) && one.fields[i] != nullptr;
    });
    if (offered) return {};
    if (e.test_only) return boolean(false, {.not_offered = true});
    return {false, !e.optional};
  }
  return {};
}

// `decides`: the truth that decides whatever the other side is.
question::known question::joined(const expression& e, bool decides) {
  const known a = fold(*e.arguments[0]), b = fold(*e.arguments[1]);
  for (const known& one : {a, b}) {
    if (one.says(decides)) return one;
  }
  if (a.says(!decides)) return b.constant ? boolean(!decides, together(a, b)) : b;
  if (b.says(!decides)) return a;
  return {.missing = a.missing || b.missing, .never_known = a.never_known && b.never_known};
}

question::known question::held(const expression& e) {
  const rules::checked_kind* kind = e.arguments[0]->constant.is(value_kind::string) ? kind_called(e.arguments[0]->constant.as_text()) : nullptr;
  const bool any = kind != nullptr && std::any_of(kind->from.begin(), kind->from.end(), [&](const rules::checked_mapping& one) { return one.cloud == cloud_ && seen_in(one.type, where_); });
  if (any) return {};
  known none = constant(make_list(memory_, {}));
  none.nothing_held = true;
  return none;
}

question::known question::chosen(const expression& e) {
  const known choice = fold(*e.arguments[0]);
  if (choice.missing || choice.never_known) return choice;
  if (choice.constant) {
    known found = fold(*e.arguments[choice.is.is_true() ? 1 : 2]);
    found.nothing_held = found.nothing_held || choice.nothing_held;
    return found;   // of the branch that the cloud's name chose it is a constant of its own
  }
  // A branch that is never known decides nothing: if there is a value at all, it is the other's.
  const known yes = fold(*e.arguments[1]), no = fold(*e.arguments[2]);
  if (!yes.never_known && !no.never_known) return parts(e);
  known found = yes.never_known ? no : yes;
  found.if_known = found.constant;
  return found;
}

question::known question::call(const expression& e) {
  if (is_held(e)) return held(e);
  if (e.operand != nullptr) return parts(e);
  if (e.name == "_&&_" && e.arguments.size() == 2) return joined(e, false);
  if (e.name == "_||_" && e.arguments.size() == 2) return joined(e, true);
  if (e.name == "!_" && e.arguments.size() == 1) {
    const known one = fold(*e.arguments[0]);
    return one.constant ? boolean(!one.is.is_true(), one) : one;
  }
  if (e.name == "_?_:_" && e.arguments.size() == 3) return chosen(e);
  if (is_never_known(e)) return {.never_known = true};
  const bool equal = e.name == "_==_", in = e.name == "@in";
  if ((equal || in || e.name == "_!=_") && e.arguments.size() == 2) {
    const known a = fold(*e.arguments[0]), b = fold(*e.arguments[1]);
    const known both = together(a, b);
    if (!a.constant || !b.constant || (in && !b.is.is(value_kind::list))) return {.missing = both.missing, .never_known = both.never_known};
    if (!in) return boolean(equals(memory_, a.is, b.is).is_true() == equal, both);
    bool found = false;
    for (std::size_t i = 0; i < b.is.as_list().size(); ++i) found = found || equals(memory_, a.is, b.is.as_list().at(i)).is_true();
    return boolean(found, both);
  }
  return parts(e);
}

question::known question::comprehension(const expression& e) {
  const known range = fold(*e.operand);
  if (range.missing || range.never_known) return range;
  const bool exists = e.macro == cel::macro_kind::exists || e.macro == cel::macro_kind::exists_one, all = e.macro == cel::macro_kind::all;
  if (range.constant && range.is.is(value_kind::list) && range.is.as_list().size() == 0) {
    if (exists || all) return boolean(all, range);
    if (e.macro == cel::macro_kind::filter || e.macro == cel::macro_kind::map) return range;
  }
  known body;
  if (e.body != nullptr) body = fold(*e.body);
  if (e.condition != nullptr && fold(*e.condition).missing) body.missing = true;
  // What is held comes from several types: where none offers what is asked for, nothing that is held is a witness.
  if (exists && is_held(*e.operand) && (body.missing || body.says(false))) return boolean(false, {.nothing_held = true});
  if (body.missing || body.never_known) return body;
  if (exists && body.says(false)) return body;
  if (all && body.says(true)) return body;
  // Asked for each value of a parameter: without any the rule asks for nothing.
  if (all && body.says(false) && is_parameter(*e.operand)) return body;
  if (e.macro == cel::macro_kind::bind) return body;
  return {};
}

}  // namespace sekimori::check
