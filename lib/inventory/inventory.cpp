// inventory: see inventory.hpp. Inputs come in here, formats are told by their readers.
#include "inventory/inventory.hpp"

#include "base/diagnostics.hpp"
#include "base/digest.hpp"
#include "inventory/kubernetes_kinds.hpp"
#include "inventory/kubernetes_text.hpp"
#include "inventory/reading.hpp"
#include "inventory/state.hpp"

namespace sekimori::inventory {

namespace {

struct prefix_row { std::string_view prefix, cloud; };
constexpr prefix_row prefixes[] = {{"aws_", "aws"}, {"azurerm_", "azure"}, {"azuread_", "azure"}, {"google_", "google"}, {"oci_", "oci"},
                                   {"sakura_", "sakura"}, {"sakuracloud_", "sakura"}, {"kubernetes_", "kubernetes"}};

const format_reader* const readers[] = {&terraform_plan_reader(), &kubernetes_manifest_reader()};

void read_root(inventory::implementation& in, input_state& state, input_record& record, const std::map<std::string, line_column>* places = nullptr) {
  const format_reader* reader = nullptr;
  for (const format_reader* candidate : readers) {
    bool container = state.root.is(value_kind::map) || state.root.is(value_kind::list);
    if (container && reader == nullptr && candidate->recognises(state.root)) reader = candidate;
  }
  if (reader == nullptr) {
    diagnostic_details details;
    details.expected = "a Terraform plan as terraform show -json writes it, or manifests of Kubernetes";
    for (const format_reader* candidate : readers) {
      if (details.help.empty()) details.help = candidate->guess(state.root);
    }
    record.diagnostics.push_back(make_diagnostic(diagnostic_code::unknown_format, record.file, "the input is of no format that is read", std::move(details)));
    return;
  }
  record.format = reader->name();
  record.stage = reader->stage();
  std::size_t first = in.resources.size();
  reading into{record, static_cast<std::uint32_t>(in.inputs.size() - 1), in.resources, *state.memory, places};
  reader->read(state.root, into);
  state.told = state.document.duplicate_keys().size();
  for (const diagnostic& d : state.document.duplicate_keys()) record.diagnostics.push_back(d);
  if (has_error(record.diagnostics)) {
    while (in.resources.size() > first) in.resources.pop_back();
    return;
  }
  state.links = std::move(into.links);
  state.complete = into.complete;
  state.readable = true;
  record.resources = in.resources.size() - first;
}

}  // namespace

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

std::string_view cloud_of_type(std::string_view type) {
  for (const prefix_row& row : prefixes) {
    if (type.substr(0, row.prefix.size()) == row.prefix) return row.cloud;
  }
  return {};
}

inventory::inventory() : implementation_(std::make_unique<implementation>()) {}
inventory::~inventory() = default;

input_record inventory::add_text(const std::string& name, std::string bytes, bool strict_json) {
  implementation& in = *implementation_;
  in.indexes.clear();
  input_record record;
  record.file = name;
  record.status = "unreadable";
  record.digest = "sha256:" + sha256_hex(bytes);
  input_state& state = in.inputs.emplace_back();
  std::map<std::string, line_column> places;
  const bool yaml = looks_like_manifest(bytes);
  if (yaml) {
    auto read = manifest_json(name, std::move(bytes));
    if (!read) {
      record.diagnostics = std::move(read.diagnostics());
      return record;
    }
    bytes = std::move(read.value().json);
    places = std::move(read.value().places);
  }
  auto parsed = json_document::parse(name, std::move(bytes), strict_json);
  if (!parsed) {
    record.diagnostics = std::move(parsed.diagnostics());
    return record;
  }
  state.document = std::move(parsed).value();
  state.root = state.document.root();
  read_root(in, state, record, &places);
  if (state.readable) record.status = "read";
  link();
  return record;
}

input_record inventory::add_object(const std::string& name, const map_view* object) {
  implementation& in = *implementation_;
  in.indexes.clear();
  input_record record;
  record.file = name;
  record.status = "unreadable";
  input_state& state = in.inputs.emplace_back();
  state.root = object == nullptr ? value::null() : value::map(object);
  read_root(in, state, record);
  if (state.readable) record.status = "read";
  link();
  return record;
}

void inventory::link() {
  std::uint32_t position = 0;
  for (resource& one : implementation_->resources) one.position = position++;
  implementation_->indexes.clear();
}

const std::deque<resource>& inventory::resources() const { return implementation_->resources; }

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
  if (facts == nullptr && of.manifest != nullptr) source.facts = always_there(of.manifest->group, of.manifest->kind);
  source.nulls = of.manifest != nullptr && !is_builtin_group(of.manifest->group);
  const link_source* links = implementation_->links_of(of);
  if (links != nullptr && of.configuration != nullptr) {
    source.reason_context = memory.make<asked>(links, &of);
    source.reason = [](void* context, std::string_view path) {
      const asked& about = *static_cast<const asked*>(context);
      return about.source->configures(*about.of, path.substr(0, path.find_first_of(".["))) ? unknown_reason::computed
                                                                                          : unknown_reason::not_configured;
    };
  }
  return make_overlay(memory, source);
}

bool inventory::complete(std::uint32_t input) const {
  return input < implementation_->inputs.size() && implementation_->inputs[input].complete;
}

const std::vector<diagnostic>& inventory::duplicate_keys(std::uint32_t input) const {
  input_state& state = implementation_->inputs[input];
  const auto& all = state.document.duplicate_keys();
  state.late.assign(all.begin() + static_cast<std::ptrdiff_t>(std::min(state.told, all.size())), all.end());
  return state.late;
}

void inventory::close_all() { implementation_->all_closed = true; }

}  // namespace sekimori::inventory
