// inventory: see inventory.hpp. Inputs come in here, formats are told by their readers.
#include "inventory/inventory.hpp"

#include <algorithm>

#include "base/diagnostics.hpp"
#include "base/digest.hpp"
#include "base/text.hpp"
#include "inventory/accounts.hpp"
#include "inventory/compressed.hpp"
#include "inventory/csv_export.hpp"
#include "inventory/exported.hpp"
#include "inventory/kubernetes_kinds.hpp"
#include "inventory/lines.hpp"
#include "inventory/reading.hpp"
#include "inventory/state.hpp"
#include "inventory/yaml_text.hpp"

namespace sekimori::inventory {

namespace {

void read_root(inventory::implementation& in, input_state& state, input_record& record, std::string_view format = {}, std::string_view text = {},
               const std::map<std::string, line_column>* places = nullptr, const json_document* parameters = nullptr) {
  const format_reader* reader = reader_for(state.root, format, record);
  if (reader == nullptr) return;
  const std::size_t first = in.resources.size();
  known_names names;
  reader->prepare(state.root, names);
  reading into(record, static_cast<std::uint32_t>(in.inputs.size() - 1), in.resources, *state.memory, state.inner, names, places);
  if (parameters != nullptr) into.parameters = parameters->root();
  reader->read(state.root, into);
  if (into.duplicates) {
    for (diagnostic& one : duplicate_keys(record.file, text)) record.diagnostics.push_back(std::move(one));
  }
  if (has_error(record.diagnostics)) {
    while (in.resources.size() > first) in.resources.pop_back();
    return;
  }
  settle(in, first);
  state.links = std::move(into.links);
  state.complete = into.complete;
  state.readable = true;
  record.resources = in.resources.size() - first;
  state.first = first;
  state.last = in.resources.size();
}

}  // namespace

void settle(inventory::implementation& in, std::size_t first) {
  std::string_view type;
  std::uint32_t index = 0;
  for (std::size_t i = first; i < in.resources.size(); ++i) {
    resource& one = in.resources[i];
    one.position = static_cast<std::uint32_t>(i);
    if (i == first || one.type != type) {
      type = one.type;
      auto [at, fresh] = in.type_indexes.try_emplace(type, static_cast<std::uint32_t>(in.types.size()));
      if (fresh) in.types.push_back(type);
      index = at->second;
    }
    one.type_index = index;
  }
}

std::string_view name_of(action what) {
  switch (what) {
    case action::create: return "create";
    case action::replace: return "replace";
    case action::update: return "update";
    case action::no_op: return "no-op";
    case action::remove: return "delete";
    case action::read: return "read";
    case action::forget: return "forget";
  }
  return "no-op";
}

inventory::inventory() : implementation_(std::make_unique<implementation>()) { link(); }
inventory::~inventory() = default;

parsed_text parse_text(const std::string& name, std::string_view bytes, const reading_options& options) {
  parsed_text made;
  made.name = name;
  made.format = options.format;
  if (is_compressed(bytes)) {
    auto unpacked = decompress(name, bytes, options.most_bytes);
    if (!unpacked) {
      made.diagnostics = std::move(unpacked.diagnostics());
      return made;
    }
    made.made = std::move(unpacked).value();
    bytes = made.made;
  }
  const csv_export* table = csv_export_of(bytes);
  if (table != nullptr && (options.format.empty() || options.format == table->format)) {
    auto read = csv_export_json(name, bytes, *table);
    if (!read) {
      made.diagnostics = std::move(read.diagnostics());
      return made;
    }
    made.format = table->format;
    bytes = made.made = std::move(read).value();
  } else if (looks_like_yaml(bytes)) {
    auto read = yaml_json(name, std::string(bytes));
    if (!read) {
      made.diagnostics = std::move(read.diagnostics());
      return made;
    }
    made.made = std::move(read.value().json);
    made.places = std::move(read.value().places);
    bytes = made.made;
  } else {
    made.placed = true;
    if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff")) {
      if (auto decoded = to_utf8(bytes)) bytes = made.made = std::move(*decoded);
    }
    if (looks_like_lines(bytes)) {
      bytes = made.made = lines_json(bytes);
      made.indented = 1;
    }
  }
  auto parsed = json_document::parse(name, bytes, options.strict_json);
  if (!parsed) made.diagnostics = std::move(parsed.diagnostics());
  else made.document = std::move(parsed).value();
  if (made.made.empty()) made.bytes = bytes;
  return made;
}

std::string input_digest(std::string_view bytes) { return "sha256:" + sha256_hex(bytes); }

input_record inventory::add(parsed_text text, const json_document* parameters) {
  implementation& in = *implementation_;
  in.indexes.reset();
  input_record record;
  record.file = text.name;
  record.status = "unreadable";
  input_state& state = in.inputs.emplace_back();
  if (!text.diagnostics.empty()) {
    record.diagnostics = std::move(text.diagnostics);
  } else {
    state.document = std::move(text.document);
    state.root = state.document.root();
    read_root(in, state, record, text.format, text.made.empty() ? text.bytes : text.made, &text.places, parameters);
    if (state.readable) record.status = "read";
    if (state.readable && text.placed) {
      state.made = std::move(text.made);
      state.text = state.made.empty() ? text.bytes : state.made;
      state.indented = text.indented;
    }
  }
  link();
  return record;
}

void inventory::keep(file_bytes bytes) { implementation_->inputs.back().kept = std::move(bytes); }

input_record inventory::add_text(const std::string& name, std::string_view bytes, const reading_options& options) {
  parsed_text text = parse_text(name, bytes, options);
  text.placed = false;
  input_record record = add(std::move(text));
  record.digest = input_digest(bytes);
  return record;
}

std::unique_ptr<json_positions> positions_in(std::string_view text, const resource_store& resources, std::size_t first, std::size_t last, std::size_t first_element) {
  std::vector<std::string_view> pointers;
  pointers.reserve(last - first);
  for (std::size_t i = first; i < last; ++i) {
    if (resources[i].line == 0) pointers.push_back(resources[i].pointer);
  }
  return std::make_unique<json_positions>(text, pointers, first_element);
}

line_column inventory::position(const resource& of) {
  if (of.line > 0) return {of.line, of.column};
  input_state& state = implementation_->inputs[of.input];
  if (state.lines != nullptr) return state.lines->position(of);
  if (state.text.empty()) return {};
  if (state.positions == nullptr) state.positions = positions_in(state.text, implementation_->resources, state.first, state.last, 0);
  line_column found = state.positions->find(of.pointer);
  if (found.line > 0) found.column -= state.indented;
  return found;
}

input_record inventory::add_object(const std::string& name, const map_view* object, std::string_view format) {
  implementation& in = *implementation_;
  in.indexes.reset();
  input_record record;
  record.file = name;
  record.status = "unreadable";
  input_state& state = in.inputs.emplace_back();
  if (object != nullptr) state.root = value::map(object);
  read_root(in, state, record, format);
  if (state.readable) record.status = "read";
  link();
  return record;
}

void inventory::set_named(const std::vector<named_text>& texts) {
  implementation& in = *implementation_;
  if (in.named > 0) {
    in.indexes.reset();
    for (; in.named > 0; --in.named) {
      while (in.resources.size() > in.inputs.back().first) in.resources.pop_back();
      in.inputs.pop_back();
    }
    link();
  }
  for (const named_text& one : texts) add_text(one.name, one.text, {});
  in.named = texts.size();
}

void inventory::link() { implementation_->indexes = std::make_unique<link_indexes>(implementation_->resources, implementation_->inputs); }

bool inventory::concurrent() const {
  for (const input_state& input : implementation_->inputs) {
    if (input.root.tape() == nullptr && input.readable) return false;
  }
  return true;
}

const resource_store& inventory::resources() const { return implementation_->resources; }
const std::vector<std::string_view>& inventory::types() const { return implementation_->types; }

region_found inventory::region(const resource& of, arena& memory) const {
  const link_source* source = implementation_->links_of(of);
  return source == nullptr ? region_found() : source->region(of, memory);
}

std::string_view inventory::account(const resource& of, arena& memory) const {
  return account_in(implementation_->inputs[of.input], of, memory);
}

void inventory::set_candidates(std::vector<account_candidates> by_input) {
  implementation& in = *implementation_;
  auto none = [](const account_candidates& one) { return one.empty(); };
  const bool same = std::all_of(by_input.begin(), by_input.end(), none) && std::all_of(in.inputs.begin(), in.inputs.end(), [&](const input_state& one) { return none(one.candidates); });
  if (same) return;
  for (std::size_t i = 0; i < in.inputs.size(); ++i) in.inputs[i].candidates = i < by_input.size() ? std::move(by_input[i]) : account_candidates();
  link();
}

std::string_view inventory::scope(const resource& of) const { return of.says == nullptr ? std::string_view() : of.says->scope; }

std::string_view inventory::native_id(const resource& of, arena& memory) const {
  const link_source* source = implementation_->links_of(of);
  return source == nullptr ? std::string_view() : source->native_id(of, memory);
}

namespace {
// A column that its register does not have is settled by who keeps the register.
bool is_register_row(const resource& of) { return of.type.starts_with("register:"); }
}  // namespace

value inventory::attributes(const resource& of, arena& memory, const attribute_table* facts) const {
  struct asked { const link_source* source; const resource* of; };
  overlay_source source;
  source.known = of.known;
  source.unknown_mask = of.unknown_mask;
  source.sensitive_mask = of.sensitive_mask;
  source.facts = facts;
  source.resource = of.address;
  // A manifest is the whole of its object. A null is as good as nothing for the types that Kubernetes has itself; a
  // custom one may keep it.
  source.complete = of.manifest != nullptr;
  source.made_as_configured = of.made_as_configured;
  source.secret_keys = of.manifest == nullptr;      // Kubernetes' own masks say where secrets are; `secret:` names a volume's
  if (facts == nullptr && of.manifest != nullptr) source.facts = always_there(of.manifest->group, of.manifest->kind);
  source.nulls = of.manifest != nullptr && !is_builtin_group(of.manifest->group);
  const link_source* links = implementation_->links_of(of);
  if (is_register_row(of)) {
    source.reason = [](const void*, std::string_view) { return unknown_reason::register_missing; };
  } else if (links != nullptr && of.configuration != nullptr) {
    source.reason_context = memory.make<asked>(links, &of);
    source.reason = [](const void* context, std::string_view path) {
      const asked& about = *static_cast<const asked*>(context);
      return about.source->configures(*about.of, path.substr(0, path.find_first_of(".["))) ? unknown_reason::computed
                                                                                          : unknown_reason::not_configured;
    };
  }
  return make_overlay(memory, source);
}

std::vector<segment> inventory::segments() const {
  std::vector<segment> all;
  for (const input_state& input : implementation_->inputs) {
    if (input.lines != nullptr) all.push_back({0, 0, input.lines.get()});
    else if (input.first < input.last) all.push_back({input.first, input.last, nullptr});
  }
  return all;
}

bool inventory::complete(std::uint32_t input) const {
  return input < implementation_->inputs.size() && implementation_->inputs[input].complete;
}

std::string_view inventory::own_account(const resource& of, arena& memory) const {
  const auto own = account_ids(of, memory);
  return own.empty() ? std::string_view() : own.front();
}

holdings inventory::held_by(const resource& account, std::string_view type, arena& memory) const {
  const account_index& index = implementation_->indexes->by_account(type);
  holdings made(memory);
  for (const std::string_view id : account_ids(account, memory)) {
    const auto found = index.of.find(id);
    if (found != index.of.end()) made.certain.insert(made.certain.end(), found->second.begin(), found->second.end());
  }
  const unnamed_account whose(account);
  made.possible.reserve(index.unplaced.size());
  const auto ids = account_ids(account, memory);
  for (const resource* one : index.unplaced) {
    const std::vector<std::string>* candidates = candidates_of(implementation_->inputs[one->input], *one);
    const bool here = candidates == nullptr || ids.empty() || std::any_of(ids.begin(), ids.end(), [&](std::string_view id) { return std::find(candidates->begin(), candidates->end(), id) != candidates->end(); });
    if (here) (whose.holds(*one) ? made.certain : made.possible).push_back(one);
  }
  return made;
}

std::span<const resource* const> inventory::all_of(std::string_view type) const { return implementation_->indexes->by_account(type).all; }

void inventory::close_all() { implementation_->all_closed = true; }
bool inventory::all_closed() const { return implementation_->all_closed; }

}  // namespace sekimori::inventory
