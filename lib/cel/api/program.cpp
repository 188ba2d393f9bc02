// cel: the public way to bind and evaluate. Entry points: activation, program, document. Knows no documents of ours.
#include <string>
#include <utility>

#include "base/diagnostics.hpp"
#include "cel/api/implementation.hpp"
#include "cel/residual.hpp"
#include "value/json_view.hpp"
#include "value/values.hpp"

namespace sekimori::cel {
namespace {

const evaluation_error empty_program{evaluation_error_code::invalid_argument, "the program is empty"};
const evaluation_error foreign_activation{evaluation_error_code::invalid_argument, "the activation belongs to programs of another compiler"};

// The keys of a path from its variable down. False where it is something else than fields and constant keys of one.
bool add_keys(const expression& path, std::vector<value>& keys) {
  const expression* at = &path;
  for (;;) {
    if (at->kind == expression_kind::identifier) return at->slot >= 0 && !at->local;
    if (at->kind == expression_kind::select && !at->optional && !at->test_only) {
      keys.insert(keys.begin(), value::string(at->name));
      at = at->operand;
      continue;
    }
    bool is_index = at->kind == expression_kind::call && at->name == "_[_]" && at->arguments.size() == 2;
    if (!is_index || at->arguments[1]->kind != expression_kind::literal) return false;
    value key = at->arguments[1]->constant;
    bool fits = key.is(value_kind::string) || key.is(value_kind::boolean) || key.is(value_kind::integer) || key.is(value_kind::unsigned_integer);
    if (!fits) return false;
    keys.insert(keys.begin(), key);
    at = at->arguments[0];
  }
}

const expression& variable_of(const expression& path) {
  const expression* at = &path;
  while (at->kind != expression_kind::identifier) at = at->kind == expression_kind::select ? at->operand : at->arguments[0];
  return *at;
}

void add_nodes(const expression& node, std::vector<const expression*>& to) {
  to.push_back(&node);
  for (const expression* child : {node.operand, node.condition, node.body, node.body2}) {
    if (child != nullptr) add_nodes(*child, to);
  }
  for (const expression* child : node.arguments) add_nodes(*child, to);
}

// The nodes of a program by their id; where an id is nobody's, nullptr.
std::vector<const expression*> nodes_by_id(const compiled& of) {
  std::vector<const expression*> nodes;
  add_nodes(*of.root, nodes);
  std::vector<const expression*> by_id(of.node_count + 1, nullptr);
  for (const expression* node : nodes) {
    if (node->id < by_id.size()) by_id[node->id] = node;
  }
  return by_id;
}

}  // namespace

// --- documents ----------------------------------------------------------------------------------------

struct document::implementation {
  json_document parsed;
  arena memory;      // of the root's views
  value root;
};

document::document() = default;
document::~document() = default;
document::document(document&&) noexcept = default;
document& document::operator=(document&&) noexcept = default;

result<document> document::parse(std::string name, std::string json) {
  auto parsed = json_document::parse(name, json, true);
  if (!parsed) return std::move(parsed.diagnostics());
  document made;
  made.implementation_ = std::make_unique<implementation>();
  made.implementation_->parsed = std::move(parsed).value();
  made.implementation_->root = made.implementation_->parsed.root().read(made.implementation_->memory);
  return made;
}

value document::root() const { return implementation_ != nullptr ? implementation_->root : value::null(); }

// --- activations --------------------------------------------------------------------------------------

activation::implementation::implementation(std::shared_ptr<const declarations> of)
    : declared(std::move(of)), run(made, declared != nullptr ? declared->names.current_limits() : limits{}),
      fast(run, declared != nullptr ? declared->names.current_limits() : limits{}) {
  forget();
}

void activation::implementation::forget() {
  bound.reset();
  variables.clear();
  unknowns.clear();
  partly_unknown = false;
  run.set_now(make_unknown(bound, {}, "now", unknown_reason::open_set));
  run.set_host(nullptr);
  complete();
}

void activation::implementation::complete() {
  if (declared == nullptr) return;
  const std::vector<variable>& names = declared->names.variables();
  while (variables.size() < names.size()) {
    std::string message = "no value was given for `" + names[variables.size()].name + "`";
    variables.push_back(make_error(bound, evaluation_error_code::no_such_member, message));
  }
  unknowns.resize(names.size(), nullptr);
}

std::span<const value> activation::implementation::effective() {
  if (!partly_unknown) return variables;
  overlaid.assign(variables.begin(), variables.end());
  for (std::size_t slot = 0; slot < unknowns.size(); ++slot) {
    if (unknowns[slot] == nullptr) continue;
    // A variable of which only the unknown part was told.
    if (overlaid[slot].is_error()) overlaid[slot] = make_map(made, {});
    overlaid[slot] = make_partial(made, overlaid[slot], *unknowns[slot]);
  }
  return overlaid;
}

activation::activation(const program& of)
    : implementation_(std::make_unique<implementation>(of.inside() != nullptr ? of.inside()->declared : nullptr)) {}
activation::~activation() = default;
activation::activation(activation&&) noexcept = default;
activation& activation::operator=(activation&&) noexcept = default;

bool activation::set(std::string_view variable, value given) {
  implementation& inside = *implementation_;
  if (inside.declared == nullptr) return false;
  const std::vector<cel::variable>& names = inside.declared->names.variables();
  for (std::size_t slot = 0; slot < names.size(); ++slot) {
    if (names[slot].name != variable) continue;
    inside.complete();
    inside.variables[slot] = given;
    return true;
  }
  return false;
}

bool activation::set_unknown(std::string_view path, unknown_reason reason) {
  implementation& inside = *implementation_;
  if (inside.declared == nullptr) return false;
  environment::compile_options options;
  options.check = false;
  options.macros = false;
  auto read = inside.declared->names.compile(plain_text(std::string(path)), options);
  std::vector<value> keys;
  if (!read || !add_keys(*read.value()->root, keys)) return false;
  inside.complete();
  auto slot = static_cast<std::size_t>(variable_of(*read.value()->root).slot);
  if (inside.unknowns[slot] == nullptr) inside.unknowns[slot] = inside.bound.make<unknown_node>();
  unknown_node* at = inside.unknowns[slot];
  for (value key : keys) {
    // The parse ends here: texts move to the activation's memory.
    if (key.is(value_kind::string)) key = make_string(inside.bound, key.as_text());
    at = &at->child_or_new(inside.bound, key);
  }
  at->unknown = make_unknown(inside.bound, {}, path, reason);
  inside.partly_unknown = true;
  return true;
}

void activation::set_now(value timestamp) { implementation_->run.set_now(timestamp); }
void activation::set_host(void* host) { implementation_->run.set_host(host); }
value activation::string(std::string_view text) { return make_string(implementation_->bound, text); }
value activation::list(std::span<const value> elements) { return make_list(implementation_->bound, elements); }
value activation::map(std::span<const map_entry> entries) { return make_map(implementation_->bound, entries); }
void activation::clear() { implementation_->forget(); }

// --- programs -----------------------------------------------------------------------------------------

program::implementation::implementation(compiled_ptr made, std::shared_ptr<const declarations> of) : compiled(std::move(made)), declared(std::move(of)), variable_count(declared->names.variables().size()) {
  const limits& bounds = declared->names.current_limits();
  if (bounds.cost == limits::no_limit) fast = flat::lower(compiled, std::make_shared<flat::pool>(true), bounds);
}

namespace {

value evaluate_with(const program::implementation* of, activation::implementation& with, trace* traced) {
  if (of == nullptr) return value::error(&empty_program);
  if (of->declared != with.declared) return value::error(&foreign_activation);
  with.made.reset();
  if (with.variables.size() < of->variable_count) with.complete();
  std::span<const value> variables = with.effective();
  if (traced == nullptr && !with.counted) {
    with.fast.begin(variables);
    value found = with.fast.find(of->fast);
    if (!flat::is_open(found)) return found;
  }
  return with.run.evaluate(*of->compiled, variables, traced);
}

}  // namespace

value program::evaluate(activation& with) const { return evaluate_with(implementation_.get(), with.inside(), nullptr); }

explanation program::explain(activation& with) const {
  explanation made;
  trace traced;
  made.found = evaluate_with(implementation_.get(), with.inside(), &traced);
  if (implementation_ == nullptr) return made;
  const compiled& of = *implementation_->compiled;
  std::vector<const expression*> nodes = nodes_by_id(of);
  for (const observation& one : traced.observations) {
    const expression* node = one.expression < nodes.size() ? nodes[one.expression] : nullptr;
    if (node == nullptr) continue;
    line_column at = of.text.source->position(node->where.begin);
    std::string_view text = std::string_view(of.text.text).substr(node->where.begin, node->where.end - node->where.begin);
    std::string type = node->checked_type != nullptr ? to_string(*node->checked_type) : "dyn";
    made.steps.push_back({node->id, node->where.begin, node->where.end, at.line, at.column, text, std::move(type), one.found});
  }
  return made;
}

partial_result program::residual(activation& with) const {
  partial_result made;
  activation::implementation& inside = with.inside();
  if (implementation_ == nullptr || implementation_->declared != inside.declared) {
    made.known = evaluate_with(implementation_.get(), inside, nullptr);
    return made;
  }
  inside.made.reset();
  inside.complete();
  cel::residual left = residual_of(implementation_->declared->names, implementation_->compiled, inside.effective(), inside.run);
  made.known = left.known;
  made.text = std::move(left.text);
  if (left.program != nullptr) {
    made.rest.implementation_ = std::make_shared<implementation>(std::move(left.program), implementation_->declared);
  }
  return made;
}

diagnostic program::describe(value failed) const {
  bool is_limit = failed.is_error() && failed.as_error().code == evaluation_error_code::limit;
  diagnostic_code code = is_limit ? diagnostic_code::limit_exceeded : diagnostic_code::cel_evaluation;
  std::string message = failed.is_error() ? std::string(failed.as_error().message) : "the value is no error";
  if (implementation_ != nullptr && failed.is_error()) {
    const compiled& of = *implementation_->compiled;
    std::vector<const expression*> nodes = nodes_by_id(of);
    std::uint32_t id = failed.as_error().expression;
    if (id < nodes.size() && nodes[id] != nullptr) return make_diagnostic(code, of.text, nodes[id]->anchor, std::move(message));
  }
  return make_diagnostic(code, std::string(), std::move(message));
}

std::string program::result_type() const {
  return implementation_ != nullptr ? to_string(*implementation_->compiled->result_type) : std::string();
}
std::string program::tree() const { return implementation_ != nullptr ? dump(*implementation_->compiled->root, true) : std::string(); }
std::string program::text() const { return implementation_ != nullptr ? unparse(*implementation_->compiled->root) : std::string(); }

// --- function bodies ----------------------------------------------------------------------------------

value call_context::string(std::string_view text) const { return make_string(memory, text); }
value call_context::list(std::span<const value> elements) const { return make_list(memory, elements); }
value call_context::map(std::span<const map_entry> entries) const { return make_map(memory, entries); }

}  // namespace sekimori::cel
