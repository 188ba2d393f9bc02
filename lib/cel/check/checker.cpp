// cel: gives every node of a tree its type and slot: names, fields and literals. Entry point: check.
#include "cel/check/checker.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "cel/syntax/lexer.hpp"

namespace sekimori::cel {
namespace {

// A field of a message type that CEL knows without a descriptor.
struct well_known_field {
  std::string_view message;
  std::string_view field;
  std::string_view field_type;
};

constexpr std::array well_known_fields = {
    well_known_field{"google.protobuf.BoolValue", "value", "bool"},
    well_known_field{"google.protobuf.Int32Value", "value", "int"},
    well_known_field{"google.protobuf.Int64Value", "value", "int"},
    well_known_field{"google.protobuf.UInt32Value", "value", "uint"},
    well_known_field{"google.protobuf.UInt64Value", "value", "uint"},
    well_known_field{"google.protobuf.FloatValue", "value", "double"},
    well_known_field{"google.protobuf.DoubleValue", "value", "double"},
    well_known_field{"google.protobuf.StringValue", "value", "string"},
    well_known_field{"google.protobuf.BytesValue", "value", "bytes"},
    well_known_field{"google.protobuf.Timestamp", "seconds", "int"},
    well_known_field{"google.protobuf.Timestamp", "nanos", "int"},
    well_known_field{"google.protobuf.Duration", "seconds", "int"},
    well_known_field{"google.protobuf.Duration", "nanos", "int"},
    well_known_field{"google.protobuf.Struct", "fields", "map(string, dyn)"},
    well_known_field{"google.protobuf.ListValue", "values", "list(dyn)"},
    well_known_field{"google.protobuf.Value", "null_value", "dyn"},
    well_known_field{"google.protobuf.Value", "number_value", "double"},
    well_known_field{"google.protobuf.Value", "string_value", "string"},
    well_known_field{"google.protobuf.Value", "bool_value", "bool"},
    well_known_field{"google.protobuf.Value", "struct_value", "map(string, dyn)"},
    well_known_field{"google.protobuf.Value", "list_value", "list(dyn)"},
    well_known_field{"google.protobuf.Any", "type_url", "string"},
    well_known_field{"google.protobuf.Any", "value", "bytes"},
};

// Calls `look` with each name that `name` can mean in a container, the innermost first, until it says true.
template <class Look>
bool each_candidate(std::string_view container, std::string_view name, Look&& look) {
  if (!name.empty() && name.front() == '.') return look(name.substr(1));
  while (!container.empty()) {
    std::string candidate(container);
    candidate += '.';
    candidate += name;
    if (look(std::string_view(candidate))) return true;
    std::size_t dot = container.rfind('.');
    container = dot == std::string_view::npos ? std::string_view() : container.substr(0, dot);
  }
  return look(name);
}

std::string_view foreign_word_help(std::string_view name) {
  if (name == "True") return "CEL writes `true`";
  if (name == "False") return "CEL writes `false`";
  if (name == "None" || name == "nil" || name == "undefined" || name == "NULL") return "CEL writes `null`";
  return {};
}

std::string listed(const object_type& holder) {
  std::string text = "one of: ";
  for (std::size_t i = 0; i < holder.fields.size(); ++i) {
    if (i > 0) text += ", ";
    text += holder.fields[i].name;
  }
  return text;
}

}  // namespace

checker::checker(const environment::implementation& inside, arena& memory, std::uint32_t nodes, bool checking, mistakes& found)
    : inside_(inside), memory_(memory), checking_(checking), found_(found), types_(*inside.types) {
  typed_.reserve(nodes);
  operands_.reserve(8);
  loose_.reserve(4);
  candidates_.reserve(8);
  letters_.reserve(4);
}

checked_tree checker::run(expression& root, const type* expected) {
  const type* made = visit(root);
  if (checking_ && expected != nullptr && !types_.assignable(made, expected) && !found_.any()) {
    std::string wanted = shown(expected);
    std::string message = "the expression is " + shown(made) + ", its place takes " + wanted;
    tell(diagnostic_code::cel_type, root.where, std::move(message), wanted);
  }
  for (expression* node : typed_) node->checked_type = types_.resolve(node->checked_type, true);
  return {root.checked_type, local_depth_};
}

const type* checker::visit(const expression& node) {
  expression& opened = open(node);
  const type* made = visit_kind(opened);
  if (!checking_) made = dyn();
  opened.checked_type = made;
  typed_.push_back(&opened);
  return made;
}

const type* checker::visit_kind(expression& node) {
  switch (node.kind) {
    case expression_kind::literal:
      switch (node.constant.kind()) {
        case value_kind::boolean: return simple(type_kind::boolean);
        case value_kind::integer: return simple(type_kind::integer);
        case value_kind::unsigned_integer: return simple(type_kind::unsigned_integer);
        case value_kind::floating: return simple(type_kind::floating);
        case value_kind::string: return simple(type_kind::string);
        case value_kind::bytes: return simple(type_kind::bytes);
        default: return simple(type_kind::null_type);
      }
    case expression_kind::identifier: return visit_identifier(node);
    case expression_kind::select: return visit_select(node);
    case expression_kind::call: return visit_call(node);
    case expression_kind::list: return visit_list(node);
    case expression_kind::map: return visit_map(node);
    case expression_kind::object: return visit_object(node);
    case expression_kind::comprehension: return visit_comprehension(node);
  }
  return wrong();
}

const checker::local_variable* checker::find_local(std::string_view name) const {
  for (std::size_t i = locals_.size(); i-- > 0;) {
    if (locals_[i].name == name) return &locals_[i];
  }
  return nullptr;
}

std::optional<checker::resolved_name> checker::resolve_name(std::string_view name) const {
  resolved_name made;
  bool found = each_candidate(inside_.container, name, [&](std::string_view candidate) {
    if (auto slot = inside_.slots.find(candidate); slot != inside_.slots.end()) {
      made.slot = static_cast<std::int32_t>(slot->second);
      made.declared = inside_.variables[slot->second].declared;
      return true;
    }
    if (auto named = inside_.type_names.find(candidate); named != inside_.type_names.end()) {
      made.named = named->second;
      return true;
    }
    if (inside_.objects->find_object(candidate) != nullptr) {
      made.named = inside_.types->object(candidate);
      return true;
    }
    value constant;
    if (!inside_.objects->find_constant(candidate, constant)) return false;
    made.constant = constant;
    return true;
  });
  if (!found) return std::nullopt;
  return made;
}

const type* checker::take_name(expression& node, const resolved_name& name) {
  if (name.slot >= 0) {
    node.slot = name.slot;
    return name.declared;
  }
  if (name.constant) {
    node.kind = expression_kind::literal;
    node.constant = *name.constant;
    return visit_kind(node);
  }
  const type& named = *name.named;
  std::string text;
  switch (named.kind) {
    case type_kind::list: text = "list"; break;
    case type_kind::map: text = "map"; break;
    case type_kind::type: text = "type"; break;
    default: text = named.name.empty() ? to_string(named) : named.name;
  }
  node.kind = expression_kind::literal;
  node.constant = value::type(memory_.copy(std::string_view(text)));
  return types_.pool().type_of(&named);
}

const type* checker::visit_identifier(expression& node) {
  if (const local_variable* local = find_local(node.name)) {
    node.local = true;
    node.slot = static_cast<std::int32_t>(&locals_.back() - local);
    return local->declared;
  }
  if (auto name = resolve_name(node.name)) return take_name(node, *name);
  undeclared(node);
  return wrong();
}

void checker::undeclared(const expression& node) {
  if (!checking_) return;
  if (node.name.front() == '@') {
    tell(diagnostic_code::cel_undeclared, node.where, "no `cel.block` or macro around this gives it a value");
    return;
  }
  std::string_view plain = node.name.front() == '.' ? node.name.substr(1) : node.name;
  std::vector<std::string_view> names;
  for (const local_variable& local : locals_) names.push_back(local.name);
  for (const variable& declared : inside_.variables) {
    names.push_back(declared.name);
    names.push_back(std::string_view(declared.name).substr(0, declared.name.find('.')));
  }
  for (const auto& [name, declared] : inside_.type_names) names.push_back(name);
  for (const auto& [name, function] : inside_.functions()) {
    std::size_t dot = name.rfind('.');
    if (dot != std::string::npos) names.push_back(std::string_view(name).substr(0, dot));
  }
  inside_.objects->add_names(names);
  std::string help(foreign_word_help(plain));
  bool has_ended = std::find(gone_.begin(), gone_.end(), plain) != gone_.end();
  if (help.empty() && has_ended) help = "a macro's variable is known only inside the macro's parentheses";
  if (help.empty()) help = did_you_mean(plain, names);
  if (help.empty() && find_function(plain) != nullptr) help = "`" + std::string(plain) + "` is a function: call it";
  std::string message = "`" + std::string(plain) + "` is not declared";
  tell(diagnostic_code::cel_undeclared, node.where, std::move(message), "", std::move(help));
}

std::string_view checker::root_name(const expression& node) const {
  const expression* part = &node;
  while (part->kind == expression_kind::select && !part->optional && !part->test_only) part = part->operand;
  const bool is_name = part->kind == expression_kind::identifier && find_local(part->name) == nullptr;
  return is_name ? part->name : std::string_view();
}

std::string checker::qualified_name(const expression& node) const {
  std::vector<std::string_view> parts;
  const expression* part = &node;
  for (; part->kind == expression_kind::select; part = part->operand) {
    if (part->optional || part->test_only || !is_identifier(part->name)) return {};
    parts.push_back(part->name);
  }
  if (part->kind != expression_kind::identifier || find_local(part->name) != nullptr) return {};
  std::string name(part->name);
  for (std::size_t i = parts.size(); i-- > 0;) {
    name += '.';
    name += parts[i];
  }
  return name;
}

// a.b.c may be one name: then the longest that is declared wins over selection.
bool checker::visit_qualified(expression& node, const type*& made) {
  if (!inside_.begins_names(root_name(node))) return false;
  std::string name = qualified_name(node);
  if (name.empty()) return false;
  auto resolved = resolve_name(name);
  if (!resolved) return false;
  node.kind = expression_kind::identifier;
  node.name = memory_.copy(std::string_view(name));
  node.operand = nullptr;
  made = take_name(node, *resolved);
  return true;
}

const type* checker::visit_select(expression& node) {
  const type* made = nullptr;
  if (!node.optional && !node.test_only && visit_qualified(node, made)) return made;
  const type* holder = types_.resolve(visit(*node.operand), false);
  bool through_optional = is_optional(*holder);
  if (through_optional) holder = holder->parameters[0];
  made = field_of(node, types_.resolve(holder, false));
  if (node.test_only) return simple(type_kind::boolean);
  return through_optional || node.optional ? types_.pool().optional(made) : made;
}

const type* checker::field_of(expression& node, const type* holder) {
  switch (holder->kind) {
    case type_kind::map: return holder->parameters[1];
    case type_kind::object: {
      const object_type* declared = inside_.objects->find_object(holder->name);
      if (declared == nullptr) return dyn();
      int index = declared->index_of(node.name);
      if (index < 0) {
        no_field(*declared, node.name, node.anchor);
        return wrong();
      }
      const object_field& field = declared->fields[static_cast<std::size_t>(index)];
      node.slot = index;
      if (field.presence != field_presence::key) node.field = &field;
      return inside_.type_of(field);
    }
    case type_kind::parameter:
      // Nothing is known of it yet; guessing a type now could contradict what is learnt later.
      types_.assignable(dyn(), holder);
      return dyn();
    default: break;
  }
  if (is_dynamic(*holder)) return holder->kind == type_kind::error ? holder : dyn();
  std::string help;
  if (holder->kind == type_kind::list) {
    help = "ask its elements: .exists(x, x." + std::string(node.name) + " ...), .all(...) or .map(...)";
  }
  if (node.name == "length" || node.name == "size" || node.name == "count") help = "write size(x)";
  tell(diagnostic_code::cel_no_field, node.anchor, shown(holder) + " has no fields", "", std::move(help));
  return wrong();
}

void checker::no_field(const object_type& holder, std::string_view field, span where) {
  if (!checking_) return;
  std::vector<std::string_view> names;
  for (const object_field& f : holder.fields) names.push_back(f.name);
  tell(diagnostic_code::cel_no_field, where, holder.name + " has no field `" + std::string(field) + "`",
       listed(holder), did_you_mean(field, names));
}

// The type of an element or entry; one with `?` is an optional of it.
const type* checker::element_type(const expression& collection, std::size_t entry, const expression& element) {
  const type* made = types_.resolve(visit(element), false);
  if (collection.optional_at.empty() || !collection.optional_at[entry]) return made;
  if (is_optional(*made)) return made->parameters[0];
  if (!is_dynamic(*made)) not_optional(element, made);
  return dyn();
}

void checker::not_optional(const expression& element, const type* made) {
  tell(diagnostic_code::cel_type, element.where, "an entry with `?` takes an optional, this is " + shown(made),
       "optional_type", "write optional.of(...), or leave the `?` out");
}

const type* checker::visit_list(expression& node) {
  const type* element = nullptr;
  for (std::size_t i = 0; i < node.arguments.size(); ++i) {
    element = types_.join(element, element_type(node, i, *node.arguments[i]));
  }
  return types_.pool().list(element != nullptr ? element : types_.fresh());
}

const type* checker::visit_map(expression& node) {
  const type* key = nullptr;
  const type* mapped = nullptr;
  for (std::size_t i = 0; i + 1 < node.arguments.size(); i += 2) {
    const type* this_key = types_.resolve(visit(*node.arguments[i]), false);
    if (!this_key->parameters.empty() && this_key->kind != type_kind::wrapper) {
      tell(diagnostic_code::cel_type, node.arguments[i]->where, shown(this_key) + " cannot be the key of a map",
           "int, uint, bool or string");
      this_key = wrong();
    }
    key = types_.join(key, this_key);
    mapped = types_.join(mapped, element_type(node, i / 2, *node.arguments[i + 1]));
  }
  if (key == nullptr) return types_.pool().map(types_.fresh(), types_.fresh());
  return types_.pool().map(key, mapped);
}

void checker::check_field_value(const expression& assigned, std::string_view field, const type* given,
                                const type* wanted) {
  if (!checking_ || types_.assignable(given, wanted)) return;
  std::string message = "field `" + std::string(field) + "` is " + shown(wanted) + ", not " + shown(given);
  tell(diagnostic_code::cel_type, assigned.where, std::move(message), shown(wanted));
}

const type* checker::visit_object(expression& node) {
  const object_type* declared = nullptr;
  each_candidate(inside_.container, node.name, [&](std::string_view candidate) {
    declared = inside_.objects->find_object(candidate);
    return declared != nullptr;
  });
  if (declared == nullptr) return well_known_object(node);
  node.name = declared->name;
  node.object = declared;
  for (std::size_t i = 0; i < node.arguments.size(); ++i) {
    const type* given = element_type(node, i, *node.arguments[i]);
    int index = declared->index_of(node.fields[i]);
    if (index < 0) {
      no_field(*declared, node.fields[i], node.arguments[i]->where);
      continue;
    }
    const type* wanted = inside_.type_of(declared->fields[static_cast<std::size_t>(index)]);
    check_field_value(*node.arguments[i], node.fields[i], given, wanted);
  }
  tell_repeated_fields(node);
  return types_.pool().object(declared->name);
}

void checker::tell_repeated_fields(const expression& node) {
  std::set<std::string_view> given;
  for (std::size_t i = 0; i < node.fields.size(); ++i) {
    if (given.insert(node.fields[i]).second) continue;
    tell(diagnostic_code::cel_type, node.arguments[i]->where, "field `" + std::string(node.fields[i]) + "` is given twice");
  }
}

const type* checker::well_known_object(expression& node) {
  std::string_view message;
  each_candidate(inside_.container, node.name, [&](std::string_view candidate) {
    for (const well_known_field& f : well_known_fields) {
      if (f.message == candidate) message = f.message;
    }
    return !message.empty();
  });
  if (message.empty()) {
    for (std::size_t i = 0; i < node.arguments.size(); ++i) element_type(node, i, *node.arguments[i]);
    if (!checking_) return dyn();
    std::vector<std::string_view> names;
    inside_.objects->add_names(names);
    // As it would be written here: inside the container.
    for (std::string_view& name : names) {
      if (name.starts_with(inside_.container) && name.substr(inside_.container.size()).starts_with('.')) {
        name.remove_prefix(inside_.container.size() + 1);
      }
    }
    tell(diagnostic_code::cel_undeclared, node.anchor, "type `" + std::string(node.name) + "` is not declared", "",
         did_you_mean(node.name, names));
    return wrong();
  }
  node.name = message;
  for (std::size_t i = 0; i < node.arguments.size(); ++i) {
    const type* given = element_type(node, i, *node.arguments[i]);
    const type* wanted = nullptr;
    for (const well_known_field& f : well_known_fields) {
      if (f.message == message && f.field == node.fields[i]) wanted = types_.pool().parse(f.field_type);
    }
    if (wanted == nullptr) {
      tell(diagnostic_code::cel_no_field, node.arguments[i]->where,
           std::string(message) + " has no field `" + std::string(node.fields[i]) + "`");
    } else {
      check_field_value(*node.arguments[i], node.fields[i], given, wanted);
    }
  }
  tell_repeated_fields(node);
  return types_.pool().parse(message);
}

checked_tree check(const environment::implementation& inside, arena& memory, expression& root, std::uint32_t nodes,
                   const environment::compile_options& options, mistakes& found) {
  return checker(inside, memory, nodes, options.check, found).run(root, options.expected);
}

}  // namespace sekimori::cel
