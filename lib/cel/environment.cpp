// cel: what an expression may name, and the way from text to a checked expression. Entry point:
// environment::compile. Knows no documents of ours.
#include "cel/environment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "cel/check/checker.hpp"
#include "cel/check/environment_data.hpp"
#include "cel/cost.hpp"
#include "cel/evaluate/constants.hpp"
#include "cel/syntax/mistakes.hpp"
#include "cel/syntax/parser.hpp"

namespace sekimori::cel {
namespace {

constexpr std::array<std::string_view, 13> type_value_names = {
    "bool", "bytes", "double", "google.protobuf.Duration", "int", "list", "map", "null_type", "string",
    "google.protobuf.Timestamp", "type", "uint", "optional_type"};

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

// Calls `take` with each name in the text of a type.
template <class Take>
void for_each_name(std::string_view text, Take&& take) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t begin = at;
    while (at < text.size() && is_name_character(text[at])) ++at;
    if (at == begin) ++at;
    else take(text.substr(begin, at - begin));
  }
}

// Names in a signature that no type has yet are extension types, declared by being used.
void declare_extension_types(environment::implementation& inside, std::string_view signature) {
  for_each_name(signature, [&inside](std::string_view name) {
    bool is_constructor = name == "wrapper";
    if (is_constructor || inside.read_type(name) != nullptr) return;
    inside.name_type(name, inside.types->abstract(name));
  });
}

const type* read_signature(environment::implementation& inside, std::string_view signature) {
  if (const type* read = inside.types->parse(signature)) return read;
  declare_extension_types(inside, signature);
  const type* read = inside.types->parse(signature);
  // A row that cannot be read takes anything; the packs' own tests refuse such rows.
  return read != nullptr ? read : inside.types->simple(type_kind::dyn);
}

void note_first_word(std::string_view name, std::set<std::string, std::less<>>& to) {
  const std::size_t dot = name.find('.');
  if (dot != std::string_view::npos) to.emplace(name.substr(0, dot));
}

// About what the tree of a text of this length takes, so that a short one is one small block.
std::size_t first_block(std::size_t text_bytes) { return std::clamp<std::size_t>(256 + text_bytes * sizeof(expression) / 5, 512, 1 << 16); }

void read_types(environment::implementation& inside, prepared_overload& o) {
  for (std::string_view parameter : o.row->parameters) o.parameters.push_back(read_signature(inside, parameter));
  o.result = read_signature(inside, o.row->result);
}

// Whether the types of an overload are CEL's own, so that they mean the same in every environment.
bool is_builtin(const overload& o) {
  static constexpr std::array<std::string_view, 14> names = {
      "bool", "bytes", "double", "dyn", "google.protobuf.Duration", "google.protobuf.Timestamp", "int", "list", "map", "null_type", "optional_type",
      "string", "type", "uint"};
  bool all = true;
  const auto look = [&](std::string_view text) {
    for_each_name(text, [&](std::string_view name) {
      const bool letter = name.size() == 1 && name[0] >= 'A' && name[0] <= 'Z';
      all = all && (letter || std::find(names.begin(), names.end(), name) != names.end());
    });
  };
  for (std::string_view parameter : o.parameters) look(parameter);
  look(o.result);
  return all;
}

void read_builtin_types(type_pool& types, prepared_overload& o) {
  const auto read = [&](std::string_view text) {
    const type* found = types.parse(text);
    return found != nullptr ? found : types.simple(type_kind::dyn);
  };
  for (std::string_view parameter : o.row->parameters) o.parameters.push_back(read(parameter));
  o.result = read(o.row->result);
}

bool is_of(const function_row& row, const overload& one) {
  return std::any_of(row.overloads.begin(), row.overloads.end(), [&](const overload& o) { return &o == &one; });
}

}  // namespace

environment::environment() : implementation_(std::make_unique<implementation>()) {
  implementation& inside = *implementation_;
  for (std::string_view name : type_value_names) inside.name_type(name, inside.types->parse(name));
  add_pack(standard_pack());
  for (const macro_row& macro : standard_macros()) inside.syntax.macros.push_back(&macro);
}

environment::environment(const environment* like) : implementation_(std::make_unique<implementation>()) {
  implementation& inside = *implementation_;
  const implementation& other = *like->implementation_;
  for (std::string_view name : type_value_names) inside.name_type(name, inside.types->parse(name));
  inside.table = other.table;
  inside.packs_on = other.packs_on;
  inside.syntax = other.syntax;
  // Types are of one pool, so that signatures are read again: those that declare the packs' types.
  for (const auto& [name, function] : other.prepared) {
    prepared_function& made = inside.prepare(name, other.functions().find(name)->second);
    for (std::size_t i = 0; i < made.overloads.size(); ++i) {
      if (function.overloads[i].result != nullptr) read_types(inside, made.overloads[i]);
    }
  }
}

environment::~environment() = default;

type_pool& environment::types() { return *implementation_->types; }

std::uint32_t environment::declare_variable(std::string_view name, const type* declared) {
  auto slot = static_cast<std::uint32_t>(implementation_->variables.size());
  implementation_->variables.push_back({std::string(name), declared});
  implementation_->slots.insert_or_assign(std::string(name), slot);
  note_first_word(name, implementation_->first_words);
  return slot;
}

const object_type& environment::declare_object(object_type declared) {
  const object_type& kept = implementation_->objects->declare(std::move(declared));
  implementation_->types->object(kept.name);
  return kept;
}

const object_type* environment::find_object(std::string_view name) const { return implementation_->objects->find_object(name); }

void environment::declare_constant(std::string_view name, std::int64_t number) { implementation_->objects->declare_constant(name, number); }

void environment::declare_opaque(std::string_view name) { declare_extension_types(*implementation_, name); }

void environment::add_types(std::shared_ptr<const type_provider> provider) { implementation_->objects->add(std::move(provider)); }

const type* environment::read_type(std::string_view text) const {
  std::lock_guard<std::mutex> turn(implementation_->checking);
  return implementation_->read_type(text);
}

void environment::implementation::name_type(std::string_view name, const type* named) {
  type_names.emplace(name, named);
  note_first_word(name, first_words);
}

function_table& environment::implementation::own_table() {
  if (table.use_count() > 1) table = std::make_shared<function_table>(*table);
  return *table;
}

prepared_function& environment::implementation::prepare(std::string_view name, const known_function& known) const {
  auto found = prepared.find(name);
  if (found == prepared.end()) found = prepared.emplace(name, prepared_function{}).first;
  prepared_function& made = found->second;
  for (std::size_t i = made.overloads.size(); i < known.rows.size(); ++i) made.overloads.push_back({known.rows[i], {}, nullptr});
  made.has_instance = known.has_instance;
  made.has_global = known.has_global;
  made.ready = false;
  return made;
}

bool environment::implementation::begins_names(std::string_view first) const {
  if (first.empty()) return false;
  if (first.front() == '.') first.remove_prefix(1);
  // Inside a container every name may be another's end.
  return !container.empty() || first_words.contains(first) || objects->begins_names(first);
}

bool environment::implementation::begins_functions(std::string_view first) const {
  if (first.empty()) return false;
  if (first.front() == '.') first.remove_prefix(1);
  return !container.empty() || table->first_words.contains(first);
}

const type* environment::implementation::read_type(std::string_view text) const {
  // Object types are asked for by name: only those that a text mentions are looked up.
  for_each_name(text, [this](std::string_view name) {
    if (types->parse(name) == nullptr && objects->find_object(name) != nullptr) types->object(name);
  });
  return types->parse(text);
}

const type* environment::implementation::type_of(const object_field& field) const {
  auto known = field_types.find(&field);
  if (known != field_types.end()) return known->second;
  const type* read = read_type(field.type);
  if (read == nullptr) read = types->simple(type_kind::dyn);
  field_types.emplace(&field, read);
  return read;
}

void environment::add_pack(const pack& added, std::uint8_t version) {
  implementation& inside = *implementation_;
  auto [known, is_new] = inside.packs_on.emplace(added.name, version);
  if (!is_new) {
    if (known->second >= version) return;
    known->second = version;
  }
  for (const function_row& row : added.rows) {
    if (!inside.functions().contains(row.name)) continue;
    // What a later version of the pack has another overload for.
    const auto replaced = [&](const overload& o) { return o.last < version && is_of(row, o); };
    std::erase_if(inside.own_table().functions.find(row.name)->second.rows, [&](const overload* o) { return replaced(*o); });
    if (auto made = inside.prepared.find(row.name); made != inside.prepared.end()) {
      std::erase_if(made->second.overloads, [&](const prepared_overload& o) { return replaced(*o.row); });
    }
  }
  add_pack(added.rows, version);
  for (const macro_row& macro : added.macros) {
    bool taken = std::find(inside.syntax.macros.begin(), inside.syntax.macros.end(), &macro) != inside.syntax.macros.end();
    if (macro.since <= version && !taken) inside.syntax.macros.push_back(&macro);
  }
  inside.syntax.optional_syntax = inside.syntax.optional_syntax || added.optional_syntax;
}

void environment::add_pack(std::span<const function_row> rows, std::uint8_t version) {
  implementation& inside = *implementation_;
  function_table& table = inside.own_table();
  for (const function_row& row : rows) {
    for (const overload& o : row.overloads) {
      if (o.since > version || o.last < version) continue;
      auto [function, is_new] = table.functions.try_emplace(std::string(row.name));
      if (is_new) note_first_word(row.name, table.first_words);
      known_function& known = function->second;
      if (std::find(known.rows.begin(), known.rows.end(), &o) != known.rows.end()) continue;
      known.rows.push_back(&o);
      (o.instance ? known.has_instance : known.has_global) = true;
      // A type that is met here for the first time is declared by that; and what a name means to a pack is what it
      // means now.
      if (!is_builtin(o)) read_types(inside, inside.prepare(row.name, known).overloads.back());
      else if (inside.prepared.contains(row.name)) inside.prepare(row.name, known);
    }
  }
}

const prepared_function* environment::implementation::find_function(std::string_view name) const {
  if (const auto found = prepared.find(name); found != prepared.end() && found->second.ready) return &found->second;
  const auto known = functions().find(name);
  if (known == functions().end()) return nullptr;
  // Most functions of an environment are never called: their signatures are not worth reading beforehand.
  prepared_function& function = prepare(name, known->second);
  for (prepared_overload& o : function.overloads) {
    if (o.result == nullptr) read_builtin_types(*types, o);
  }
  function.ready = true;
  return &function;
}

void environment::set_container(std::string_view container) { implementation_->container = container; }
void environment::set_limits(limits set) { implementation_->bounds = set; }
void environment::add_size_hint(size_hint hint) { implementation_->hints.push_back(std::move(hint)); }
const limits& environment::current_limits() const { return implementation_->bounds; }
const std::vector<variable>& environment::variables() const { return implementation_->variables; }

result<compiled_ptr> environment::compile(located_text text, compile_options options) const {
  auto made = std::make_shared<compiled>();
  made->text = std::move(text);
  made->memory = options.memory != nullptr ? options.memory : std::make_shared<arena>(first_block(made->text.text.size()));
  made->types = implementation_->types;
  made->objects = implementation_->objects;
  mistakes found(made->text);
  const grammar plain{{}, implementation_->syntax.optional_syntax};
  const grammar& on = options.macros ? implementation_->syntax : plain;
  parsed tree = parse(*made->memory, made->text.text, implementation_->bounds, on, found);
  if (tree.root == nullptr) return found.take();

  std::lock_guard<std::mutex> turn(implementation_->checking);
  checked_tree checked = check(*implementation_, *made->memory, *tree.root, tree.node_count, options, found);
  if (found.any()) return found.take();
  made->root = tree.root;
  made->result_type = checked.result_type;
  made->node_count = tree.node_count;
  made->local_depth = checked.local_depth;
  made->checked = options.check;
  check_constants(*made, implementation_->bounds, options.constants, found);
  const limits& bounds = implementation_->bounds;
  if (bounds.estimated_cost != limits::no_limit) {
    cost_estimate estimate = estimate_cost(*made, {bounds.presence_tests_cost, implementation_->hints});
    if (estimate.cost.max > bounds.estimated_cost) {
      found.add(diagnostic_code::cel_limit, estimate.costliest->where,
                fmt::format("the expression may cost more than {} (limits.estimated_cost): {}", bounds.estimated_cost, explain_cost(*made, estimate)),
                {"", "go over less, or say how large it can be"});
      return found.take();
    }
  }
  std::vector<diagnostic> warnings = found.take();
  if (has_error(warnings)) return warnings;
  return {std::move(made), std::move(warnings)};
}

located_text plain_text(std::string text, std::string name) {
  located_text plain;
  plain.source = std::make_shared<source_text>(std::move(name), text);
  plain.offsets = {0};
  plain.whole = {0, static_cast<std::uint32_t>(text.size())};
  plain.text = std::move(text);
  return plain;
}

}  // namespace sekimori::cel
