// cel: types of comprehensions and the slots of their variables: the part of checker for macros.
#include "cel/check/checker.hpp"

namespace sekimori::cel {
namespace {

bool is_ordered(const type& key) {
  switch (key.kind) {
    case type_kind::boolean:
    case type_kind::integer:
    case type_kind::unsigned_integer:
    case type_kind::floating:
    case type_kind::string:
    case type_kind::bytes:
    case type_kind::timestamp:
    case type_kind::duration:
    case type_kind::parameter: return true;
    case type_kind::wrapper: return is_ordered(*key.parameters[0]);
    default: return is_dynamic(key);
  }
}

}  // namespace

void checker::push_local(std::string_view name, const type* declared) {
  locals_.push_back({name, declared});
  gone_.push_back(name);
  local_depth_ = std::max(local_depth_, static_cast<std::uint32_t>(locals_.size()));
}

const type* checker::visit_body(const expression& node) { return types_.resolve(visit(node), false); }

void checker::expect_bool(const expression& node, const type* found) {
  if (!checking_ || types_.assignable(found, simple(type_kind::boolean))) return;
  tell(diagnostic_code::cel_type, node.where, "a condition is needed here, this is " + shown(found), "bool");
}

// The types of a macro's variables: element, or index and element; key, or key and value.
void checker::range_types(const expression& node, const type* range, const type*& first, const type*& second) {
  bool two = !node.variable2.empty();
  first = second = dyn();
  switch (range->kind) {
    case type_kind::list:
      first = two ? simple(type_kind::integer) : range->parameters[0];
      second = range->parameters[0];
      return;
    case type_kind::map:
      first = range->parameters[0];
      second = range->parameters[1];
      return;
    case type_kind::parameter: types_.assignable(dyn(), range); return;
    case type_kind::error: first = second = range; return;
    default: break;
  }
  if (is_dynamic(*range)) return;
  std::string help;
  if (is_optional(*range)) help = "take its value first: .orValue([]), or use .optMap(x, ...)";
  std::string message = "this macro runs over a list or a map, not over " + shown(range);
  tell(diagnostic_code::cel_type, node.operand->where, std::move(message), "list or map", std::move(help));
  first = second = wrong();
}

const type* checker::visit_optional_macro(expression& node, const type* range) {
  const type* inner = dyn();
  if (is_optional(*range)) {
    inner = range->parameters[0];
  } else if (range->kind == type_kind::parameter) {
    types_.assignable(dyn(), range);
  } else if (!is_dynamic(*range)) {
    tell(diagnostic_code::cel_type, node.operand->where, "this macro takes an optional, not " + shown(range),
         "optional_type", "an optional comes from `.?field`, `[?key]` or optional.of(...)");
  }
  push_local(node.variable, inner);
  const type* body = visit_body(*node.body);
  locals_.pop_back();
  if (node.macro == macro_kind::opt_map) return types_.pool().optional(body);
  if (is_dynamic(*body)) return body;
  const type* wanted = types_.pool().optional(types_.fresh());
  if (types_.assignable(body, wanted)) return types_.resolve(wanted, false);
  std::string message = "`optFlatMap` needs an optional here, this is " + shown(body);
  tell(diagnostic_code::cel_type, node.body->where, std::move(message), "optional_type",
       "use `optMap` for a plain value");
  return wrong();
}

const type* checker::visit_comprehension(expression& node) {
  const type* range = types_.resolve(visit(*node.operand), false);
  bool over_optional = node.macro == macro_kind::opt_map || node.macro == macro_kind::opt_flat_map;
  if (over_optional) return visit_optional_macro(node, range);
  std::size_t outer = locals_.size();
  const type* first = range;
  const type* second = nullptr;
  if (node.macro != macro_kind::bind) range_types(node, range, first, second);
  push_local(node.variable, first);
  if (!node.variable2.empty()) push_local(node.variable2, second);
  if (node.condition != nullptr) expect_bool(*node.condition, visit_body(*node.condition));
  const type* body = visit_body(*node.body);
  locals_.resize(outer);
  return transformed(node, range, first, body);
}

// What a macro gives whose body has the type `body`.
const type* checker::transformed(const expression& node, const type* range, const type* first, const type* body) {
  switch (node.macro) {
    case macro_kind::all:
    case macro_kind::exists:
    case macro_kind::exists_one: expect_bool(*node.body, body); return simple(type_kind::boolean);
    case macro_kind::filter: expect_bool(*node.body, body); return types_.pool().list(first);
    case macro_kind::map:
    case macro_kind::transform_list: return types_.pool().list(body);
    case macro_kind::transform_map: return types_.pool().map(first, body);
    case macro_kind::transform_map_entry: {
      const type* wanted = types_.pool().map(types_.fresh(), types_.fresh());
      if (types_.assignable(body, wanted)) return types_.resolve(wanted, false);
      std::string message = "`transformMapEntry` needs a map here, this is " + shown(body);
      tell(diagnostic_code::cel_type, node.body->where, std::move(message), "map", "write {key: value}");
      return wrong();
    }
    case macro_kind::sort_by:
      if (range->kind == type_kind::map) {
        tell(diagnostic_code::cel_type, node.operand->where, "`sortBy` runs over a list, not over " + shown(range));
        return wrong();
      }
      if (!is_ordered(*body)) {
        tell(diagnostic_code::cel_type, node.body->where, shown(body) + " has no order to sort by");
      }
      // As a call of an overload for each type of key: the first fits a key of open type, all fit a dyn.
      if (body->kind == type_kind::parameter) types_.assignable(body, simple(type_kind::integer));
      if (is_dynamic(*body) && range->kind != type_kind::list) return dyn();
      return range->kind == type_kind::list ? types_.resolve(range, false) : types_.pool().list(first);
    case macro_kind::bind: return body;
    case macro_kind::opt_map:
    case macro_kind::opt_flat_map: break;
  }
  return wrong();
}

}  // namespace sekimori::cel
