// cel: what an expression may name, and the way from text to a checked expression. Entry point:
// environment::compile. Knows no documents of ours.
#include "cel/environment.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "cel/check/checker.hpp"
#include "cel/check/environment_data.hpp"
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

// Names in a signature that no type has yet are extension types, declared by being used.
void declare_extension_types(environment::implementation& inside, std::string_view signature) {
  std::size_t at = 0;
  while (at < signature.size()) {
    std::size_t begin = at;
    while (at < signature.size() && is_name_character(signature[at])) ++at;
    if (at == begin) {
      ++at;
      continue;
    }
    std::string_view name = signature.substr(begin, at - begin);
    bool is_constructor = name == "wrapper";
    if (is_constructor || inside.types->parse(name) != nullptr) continue;
    inside.type_names.emplace(name, inside.types->abstract(name));
  }
}

const type* read_type(environment::implementation& inside, std::string_view signature) {
  declare_extension_types(inside, signature);
  const type* read = inside.types->parse(signature);
  // A row that cannot be read takes anything; the packs' own tests refuse such rows.
  return read != nullptr ? read : inside.types->simple(type_kind::dyn);
}

}  // namespace

environment::environment() : implementation_(std::make_unique<implementation>()) {
  implementation& inside = *implementation_;
  for (std::string_view name : type_value_names) inside.type_names.emplace(name, inside.types->parse(name));
  add_pack(standard_pack());
  for (const macro_row& macro : standard_macros()) inside.syntax.macros.push_back(&macro);
}

environment::~environment() = default;

type_pool& environment::types() { return *implementation_->types; }

std::uint32_t environment::declare_variable(std::string_view name, const type* declared) {
  auto slot = static_cast<std::uint32_t>(implementation_->variables.size());
  implementation_->variables.push_back({std::string(name), declared});
  implementation_->slots.insert_or_assign(std::string(name), slot);
  return slot;
}

const object_type& environment::declare_object(object_type declared) {
  implementation& inside = *implementation_;
  inside.objects.push_back(std::move(declared));
  const object_type& kept = inside.objects.back();
  inside.object_names.insert_or_assign(kept.name, &kept);
  inside.type_names.insert_or_assign(kept.name, inside.types->object(kept.name));
  return kept;
}

const object_type* environment::find_object(std::string_view name) const {
  auto found = implementation_->object_names.find(name);
  return found != implementation_->object_names.end() ? found->second : nullptr;
}

void environment::add_pack(const pack& added, std::uint8_t version) {
  implementation& inside = *implementation_;
  auto [known, is_new] = inside.packs_on.emplace(added.name, version);
  if (!is_new) {
    if (known->second >= version) return;
    known->second = version;
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
  for (const function_row& row : rows) {
    for (const overload& o : row.overloads) {
      if (o.since > version || !inside.taken_overloads.insert(&o).second) continue;
      prepared_function& function = inside.functions[std::string(row.name)];
      prepared_overload prepared{&o, {}, nullptr};
      for (std::string_view parameter : o.parameters) prepared.parameters.push_back(read_type(inside, parameter));
      prepared.result = read_type(inside, o.result);
      function.overloads.push_back(std::move(prepared));
      (o.instance ? function.has_instance : function.has_global) = true;
    }
  }
}

void environment::set_container(std::string_view container) { implementation_->container = container; }
void environment::set_limits(limits set) { implementation_->bounds = set; }
const limits& environment::current_limits() const { return implementation_->bounds; }
const std::vector<variable>& environment::variables() const { return implementation_->variables; }

result<compiled_ptr> environment::compile(located_text text, compile_options options) const {
  auto made = std::make_shared<compiled>();
  made->text = std::move(text);
  made->types = implementation_->types;
  mistakes found(made->text);
  const grammar plain{{}, implementation_->syntax.optional_syntax};
  const grammar& on = options.macros ? implementation_->syntax : plain;
  parsed tree = parse(made->memory, made->text.text, implementation_->bounds, on, found);
  if (tree.root == nullptr) return found.take();

  std::lock_guard<std::mutex> turn(implementation_->checking);
  checked_tree checked = check(*implementation_, made->memory, *tree.root, options, found);
  if (found.any()) return found.take();
  made->root = tree.root;
  made->result_type = checked.result_type;
  made->node_count = tree.node_count;
  made->local_depth = checked.local_depth;
  check_constants(*made, implementation_->bounds, options.constants, found);
  std::vector<diagnostic> warnings = found.take();
  if (has_error(warnings)) return warnings;
  return {std::move(made), std::move(warnings)};
}

located_text plain_text(std::string text, std::string name) {
  located_text plain;
  plain.source = std::make_shared<source_text>(std::move(name), text);
  plain.whole = {0, static_cast<std::uint32_t>(text.size())};
  plain.text = std::move(text);
  return plain;
}

}  // namespace sekimori::cel
