// exec: the objects that conditions read.
#include "exec/objects.hpp"

#include <algorithm>

#include "exec/executor.hpp"
#include "value/values.hpp"

namespace sekimori::exec {

// --- record_object -----------------------------------------------------------------------------------
record_object::record_object(std::string_view type, std::vector<std::string_view> names, std::vector<value> values)
    : type_(type), names_(std::move(names)), values_(std::move(values)) {
  values_.resize(names_.size());
  for (std::size_t i = 0; i < names_.size(); ++i) entries_.push_back({value::string(names_[i]), values_[i]});
  std::sort(entries_.begin(), entries_.end(), [](auto& a, auto& b) { return key_less(a.key, b.key); });
}

bool record_object::find(value key, value& found) const {
  if (!key.is(value_kind::string)) return false;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (names_[i] == key.as_text()) {
      found = values_[i];
      return true;
    }
  }
  return false;
}

bool record_object::field(std::uint32_t index, value& found) const {
  if (index >= values_.size()) return false;
  found = values_[index];
  return true;
}

void record_object::set(std::uint32_t index, value v) {
  values_[index] = v;
  for (auto& entry : entries_) {
    if (entry.key.as_text() == names_[index]) entry.mapped = v;
  }
}

// --- part_object -------------------------------------------------------------------------------------
part_object::part_object(const rules::checked_mapping& mapping, resource_access& access, arena& memory)
    : mapping_(mapping), access_(access), memory_(memory), read_(mapping.parts.size()), done_(mapping.parts.size(), false) {}

void part_object::begin() {
  if (!touched_) return;
  touched_ = false;
  std::fill(done_.begin(), done_.end(), false);
  entries_.clear();
}

value part_object::read(std::size_t index) const {
  if (!done_[index]) {
    touched_ = true;
    auto& part = mapping_.parts[index];
    value linked = access_.part(part, memory_);
    if (linked.is_null() && part.absent.given) linked = part.absent.means;
    read_[index] = linked;
    done_[index] = true;
  }
  return read_[index];
}

bool part_object::find(value key, value& found) const {
  if (!key.is(value_kind::string)) return false;
  for (std::size_t i = 0; i < mapping_.parts.size(); ++i) {
    if (mapping_.parts[i].name != key.as_text()) continue;
    found = read(i);
    return !found.is_null();
  }
  return false;
}

std::size_t part_object::size() const {
  entries();
  return entries_.size();
}

const map_entry* part_object::entries() const {
  if (entries_.empty()) {
    for (std::size_t i = 0; i < mapping_.parts.size(); ++i) {
      value linked = read(i);
      if (!linked.is_null()) entries_.push_back({value::string(mapping_.parts[i].name), linked});
    }
    std::sort(entries_.begin(), entries_.end(), [](auto& a, auto& b) { return key_less(a.key, b.key); });
  }
  return entries_.data();
}

// --- kind_object -------------------------------------------------------------------------------------
const data_path computed_object::field_mark{};

kind_object::kind_object(const plan::kind_program& kind, const plan::mapping_program& mapping, cel::evaluator& evaluator, executor* fast)
    : kind_program_(kind), mapping_program_(mapping), kind_(*kind.kind), mapping_(*mapping.mapping), evaluator_(evaluator), fast_(fast),
      type_name_("kind." + kind_.name), values_(kind_.fields.size()), state_(kind_.fields.size(), 0), traces_(fast == nullptr ? kind_.fields.size() : 0) {}

kind_object::kind_object(const plan::kind_program& kind, const plan::mapping_program& mapping, cel::evaluator& evaluator)
    : kind_object(kind, mapping, evaluator, nullptr) {}

kind_object::kind_object(const plan::kind_program& kind, const plan::mapping_program& mapping, cel::evaluator& evaluator, executor& fast)
    : kind_object(kind, mapping, evaluator, &fast) {}

void kind_object::begin(std::span<const value> variables) {
  variables_.assign(variables.begin(), variables.end());
  own_variables_.clear();
  if (fast_ != nullptr) fast_->mappings().begin(variables_);
  std::fill(state_.begin(), state_.end(), std::uint8_t{0});
  entries_.clear();
  for (auto& trace : traces_) trace.clear();
}

bool kind_object::field(std::uint32_t index, value& found) const {
  if (index >= values_.size()) return false;
  if (state_[index] != 2) {
    if (state_[index] == 1) {
      found = make_error(evaluator_.memory(), evaluation_error_code::invalid_argument, "a field refers to itself");
      return true;
    }
    state_[index] = 1;
    values_[index] = compute(index);
    state_[index] = 2;
  }
  found = values_[index];
  return true;
}

value kind_object::compute(std::uint32_t index) const {
  auto& declared = kind_.fields[index];
  cel::trace* traced = fast_ == nullptr ? &traces_[index] : nullptr;
  if (declared.derived) {
    // The executor's variables hold this object in the place of the resource.
    if (fast_ != nullptr) {
      value found = fast_->conditions().find(kind_program_.derived[index]);
      if (!cel::flat::is_open(found)) return found;
    }
    if (own_variables_.empty()) {
      own_variables_.assign(variables_.begin(), variables_.end());
      own_variables_[rules::slot_resource] = value::map(this);
    }
    return evaluator_.evaluate(*declared.derived, own_variables_, traced);
  }
  auto& program = mapping_.fields[index];
  if (!program) return make_error(evaluator_.memory(), evaluation_error_code::not_offered, declared.name);
  if (fast_ != nullptr) {
    value found = fast_->mappings().find(mapping_program_.fields[index]);
    if (!cel::flat::is_open(found)) return settle(index, found);
  }
  return settle(index, evaluator_.evaluate(*program, variables_, traced));
}

value kind_object::settle(std::uint32_t index, value computed) const {
  return settled_field(kind_.fields[index], kind_, mapping_, computed, {}, evaluator_.memory());
}

// A value, not offered, absent or null, unknown, error.
value settled_field(const rules::checked_field& declared, const rules::checked_kind& kind, const rules::checked_mapping& mapping, value computed,
                    std::string_view address, arena& memory) {
  bool absent = computed.is_null() || (computed.is_error() && (computed.as_error().code == evaluation_error_code::no_such_key ||
                                                               computed.as_error().code == evaluation_error_code::no_such_field));
  if (absent && declared.nullable) return value::null();
  if (absent) return make_unknown(memory, address, declared.name, unknown_reason::undocumented_default);
  if (computed.is_error() || computed.is_unknown() || declared.type == nullptr) return computed;
  auto is = [&](value_kind one) { return computed.is(one); };
  bool right = true;
  switch (declared.type->kind) {
    case cel::type_kind::boolean: right = is(value_kind::boolean); break;
    case cel::type_kind::integer: right = is(value_kind::integer); break;
    case cel::type_kind::floating: right = is(value_kind::floating); break;
    case cel::type_kind::string: right = is(value_kind::string); break;
    case cel::type_kind::list: right = is(value_kind::list); break;
    case cel::type_kind::map: right = is(value_kind::map); break;
    case cel::type_kind::abstract: right = is(value_kind::opaque) || is(value_kind::optional); break;
    default: break;
  }
  if (right) return computed;
  std::string text = "field `" + declared.name + "` of kind `" + kind.name + "` is declared " + cel::to_string(*declared.type) +
                     " but " + mapping.type + " gave " + std::string(kind_name(computed.kind()));
  return make_error(memory, evaluation_error_code::wrong_type, memory.copy(std::string_view(text)));
}

int kind_object::index_of(value key) const {
  if (!key.is(value_kind::string)) return -1;
  for (std::size_t i = 0; i < kind_.fields.size(); ++i) {
    if (kind_.fields[i].name == key.as_text()) return static_cast<int>(i);
  }
  return -1;
}

kind_object::computation kind_object::computation_of(std::string_view name) const {
  const int index = index_of(value::string(name));
  if (index < 0) return {};
  const auto at = static_cast<std::size_t>(index);
  auto& declared = kind_.fields[at];
  if (declared.derived) {
    const cel::type* given = declared.derived->result_type;
    const bool plain = given != nullptr && given->kind != cel::type_kind::dyn && given->kind != cel::type_kind::any &&
                       given->kind != cel::type_kind::wrapper && given->kind != cel::type_kind::null_type;
    return {declared.derived.get(), true, !plain};
  }
  return {mapping_.fields[at].get(), false, declared.nullable};
}

bool kind_object::find(value key, value& found) const {
  int index = index_of(key);
  if (index < 0 || !field(static_cast<std::uint32_t>(index), found)) return false;
  // has(): a field that this cloud does not offer, or that is null, is not there.
  bool offered = !(found.is_error() && found.as_error().code == evaluation_error_code::not_offered);
  return offered && !found.is_null();
}

value kind_object::missing(value key) const {
  value found;
  int index = index_of(key);
  if (index < 0 || !field(static_cast<std::uint32_t>(index), found)) return value::null();
  return found;
}

const map_entry* kind_object::entries() const {
  if (entries_.empty()) {
    for (std::uint32_t i = 0; i < kind_.fields.size(); ++i) {
      value found;
      field(i, found);
      entries_.push_back({value::string(kind_.fields[i].name), found});
    }
    std::sort(entries_.begin(), entries_.end(), [](auto& a, auto& b) { return key_less(a.key, b.key); });
  }
  return entries_.data();
}

const cel::trace& kind_object::field_trace(std::string_view name) const {
  static const cel::trace none;
  for (std::size_t i = 0; i < traces_.size(); ++i) {
    if (kind_.fields[i].name == name) return traces_[i];
  }
  return none;
}

}  // namespace sekimori::exec
