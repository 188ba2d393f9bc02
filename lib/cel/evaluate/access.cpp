// cel: reads of containers (field, key, index, has, optional access), and list, map and object
// literals. Entry points: machine::select, index, make_*. Records what was read where a trace asks.
#include <algorithm>
#include <cmath>
#include <string>

#include "base/arena_vector.hpp"
#include "cel/cost/rules.hpp"
#include "cel/evaluate/machine.hpp"
#include "cel/evaluate/objects.hpp"
#include "value/containers.hpp"

namespace sekimori::cel {

namespace {

const evaluation_error absent_error{evaluation_error_code::no_such_key, "no such key", 0};

bool not_offered(value v) { return v.is_error() && v.as_error().code == evaluation_error_code::not_offered; }

// What can stand between brackets at all, whatever is indexed: NaN is a number that finds nothing.
bool is_index(value key) { return is_key(key) || key.is(value_kind::floating); }

// A number that is a whole one in the range of an index.
bool whole_index(value key, std::int64_t& index) {
  switch (key.kind()) {
    case value_kind::integer: index = key.as_integer(); return true;
    case value_kind::unsigned_integer:
      index = key.as_unsigned() > std::uint64_t{INT64_MAX} ? INT64_MAX : static_cast<std::int64_t>(key.as_unsigned());
      return true;
    case value_kind::floating: {
      double d = key.as_floating();
      if (!(d >= -9223372036854775808.0 && d < 9223372036854775808.0) || std::trunc(d) != d) return false;
      index = static_cast<std::int64_t>(d);
      return true;
    }
    default: return false;
  }
}

// Whether a secret is in a value, at any depth. What shares parts with itself is looked at up to a
// bound; past it the answer is the safe one.
bool holds_sensitive(value v, int& left) {
  if (v.sensitive() || --left < 0) return true;
  switch (v.kind()) {
    case value_kind::list:
      for (std::size_t i = 0; i < v.as_list().size(); ++i) {
        if (holds_sensitive(v.as_list().at(i), left)) return true;
      }
      return false;
    case value_kind::map: {
      const map_entry* entries = v.as_map().entries();
      for (std::size_t i = 0; i < v.as_map().size(); ++i) {
        if (entries[i].key.sensitive() || holds_sensitive(entries[i].mapped, left)) return true;
      }
      return false;
    }
    case value_kind::optional: return v.some() != nullptr && holds_sensitive(*v.some(), left);
    default: return false;
  }
}

}  // namespace

void machine::record(const expression& e, const data_path* container, value key, value found) {
  if (found.sensitive()) frame_.traced->reads_sensitive = true;
  if (container != nullptr) frame_.traced->reads.push_back({container, key, found, found.sensitive(), e.id});
}

void machine::note_sensitive(value used) {
  if (frame_.traced->reads_sensitive) return;
  int left = 100'000;
  if (holds_sensitive(used, left)) frame_.traced->reads_sensitive = true;
}

value machine::select(const expression& e) {
  spend_before_operand(e);
  value operand = eval(*e.operand);
  spend_operand(*e.operand);
  if (blocked(operand)) return operand;
  bool optional = e.optional;
  if (operand.is(value_kind::optional)) {
    if (operand.some() == nullptr) {
      if (!ends_attribute(*e.operand)) spend(cost::read);
      return e.test_only ? value::boolean(false) : operand;
    }
    operand = *operand.some();
    optional = true;
    if (blocked(operand)) return operand;
  }
  spend(cost::read);
  if (!operand.is(value_kind::map)) return no_overload(e, std::span<const value>(&operand, 1));
  if (e.test_only) return presence(e, operand);
  return entry_of(e, operand, value::string(e.name), e.slot, optional);
}

value machine::presence(const expression& e, value operand) {
  const map_view& map = operand.as_map();
  value found;
  value key = value::string(e.name);
  bool present = (e.slot >= 0 && map.field(static_cast<std::uint32_t>(e.slot), found)) || map.find(key, found);
  if (!present) found = value::error(&absent_error);
  if (!present && e.slot < 0 && is_undeclared_field(e, map)) return no_such_field(e);
  if (const object_field* declared = present ? declared_field(e, map) : nullptr) {
    present = !counts_as_unset(memory, *declared, found, *frame_.objects);
  }
  if (frame_.traced != nullptr) record(e, map.where(), key, found.marked_sensitive(found.sensitive() || operand.sensitive()));
  if (!present || not_offered(found)) return value::boolean(false);
  return blocked(found) ? found : value::boolean(true);
}

value machine::entry_of(const expression& e, value operand, value key, std::int32_t slot, bool optional) {
  const map_view& map = operand.as_map();
  value found;
  bool present = (slot >= 0 && map.field(static_cast<std::uint32_t>(slot), found)) || (is_key(key) && map.find(key, found));
  const object_field* declared = nullptr;
  if (e.kind == expression_kind::select && (!present || optional || found.is_null())) declared = declared_field(e, map);
  if (declared != nullptr && present) present = !counts_as_unset(memory, *declared, found, *frame_.objects);
  if (!present && !optional) {
    if (is_key(key)) found = map.missing(key);
    if (declared != nullptr && found.is_null()) {
      found = unset_value(memory, *declared, *frame_.objects);
    } else if (found.is_null()) {
      found = no_entry(e, map);
    }
  } else if (!present) {
    found = value::error(&absent_error);
  }
  if (operand.sensitive()) found = found.marked_sensitive(true);
  if (frame_.traced != nullptr) record(e, map.where(), key, found);
  if (!optional) return found;
  if (!present || not_offered(found)) return value::optional(nullptr);
  return blocked(found) ? found : to_optional(found);
}

// The name stands in the expression; a computed key could be a secret.
value machine::no_entry(const expression& e, const map_view& map) {
  bool declared = !map.type_name().empty();
  const evaluation_error_code code = declared ? evaluation_error_code::no_such_field : evaluation_error_code::no_such_key;
  const std::string_view what = declared ? "no such field" : "no such key";
  if (e.kind != expression_kind::select) return fail(e, code, what);
  std::basic_string<char, std::char_traits<char>, arena_allocator<char>> message(what, memory);
  message.append(": '").append(e.name).append("'");
  return fail(e, code, message);
}

// The declaration of the field that a select reads, where its presence is not a key's: from the checker, or from
// the type that an object says it has.
const object_field* machine::declared_field(const expression& e, const map_view& holder) const {
  if (e.slot >= 0 || holder.type_name().empty() || frame_.objects == nullptr) return e.field;
  const object_field* field = frame_.objects->find_field(holder.type_name(), e.name);
  return field != nullptr && field->presence != field_presence::key ? field : nullptr;
}

// Asking a declared type for a field that it does not have is a mistake, even by has(): langdef.md, "Field Selection".
bool machine::is_undeclared_field(const expression& e, const map_view& holder) const {
  if (holder.type_name().empty() || frame_.objects == nullptr) return false;
  const object_type* declared = frame_.objects->find_object(holder.type_name());
  return declared != nullptr && declared->index_of(e.name) < 0;
}

value machine::no_such_field(const expression& e) {
  return fail(e, evaluation_error_code::no_such_field, "no such field: '" + std::string(e.name) + "'");
}

value machine::index(const expression& e, bool optional) {
  if (e.arguments.size() != 2) return no_overload(e, {});
  value joined;
  value operand = eval(*e.arguments[0]);
  spend_operand(*e.arguments[0]);
  if (join(operand, joined)) return joined;
  bool nothing = operand.is(value_kind::optional) && operand.some() == nullptr && ends_attribute(*e.arguments[0]);
  value key;
  {
    meter::pause not_asked(costs, blocked(operand) || nothing);
    key = eval_part(*e.arguments[1]);
    spend(cost::read);
  }
  if (join(key, joined)) return joined;
  if (blocked(joined)) return joined;
  optional = optional || e.optional;
  if (operand.is(value_kind::optional)) {
    if (operand.some() == nullptr) return operand;
    operand = *operand.some();
    optional = true;
    if (blocked(operand)) return operand;
  }
  if (!is_index(key)) {
    const value sides[] = {operand, key};
    return no_overload(e, sides);
  }
  if (frame_.traced != nullptr) note_sensitive(key);
  if (operand.is(value_kind::list)) return element_at(e, operand, key, optional);
  if (operand.is(value_kind::map)) return entry_of(e, operand, key, -1, optional);
  const value sides[] = {operand, key};
  return no_overload(e, sides);
}

value machine::element_at(const expression& e, value operand, value key, bool optional) {
  const list_view& list = operand.as_list();
  value open = unsure(operand);
  if (open.is_unknown()) return open;
  std::int64_t at = 0;
  if (!whole_index(key, at)) {
    const value sides[] = {operand, key};
    return key.is(value_kind::floating) ? fail(e, evaluation_error_code::invalid_argument, "the index is not a whole number") : no_overload(e, sides);
  }
  bool inside = at >= 0 && static_cast<std::uint64_t>(at) < list.size();
  if (!inside) {
    if (optional) return value::optional(nullptr);
    return fail(e, evaluation_error_code::index_out_of_range, "the index is outside the list");
  }
  value found = list.at(static_cast<std::size_t>(at));
  if (operand.sensitive()) found = found.marked_sensitive(true);
  if (frame_.traced != nullptr) record(e, list.where(), value::integer(at), found);
  return optional && !blocked(found) ? to_optional(found) : found;
}

// An unknown element is a leaf of the list; an unknown `?x` leaves the size open, so it is the whole.
value machine::make_list_value(const expression& e) {
  std::size_t first = scratch_.size();
  value failed;
  value open;
  meter::pause after_error(costs);
  for (std::size_t i = 0; i < e.arguments.size(); ++i) {
    if (failed.is_error()) after_error.begin();
    value v = eval(*e.arguments[i]);
    bool maybe = !e.optional_at.empty() && e.optional_at[i];
    if (v.is_error() && join(v, failed)) break;
    if (maybe && !blocked(v)) {
      if (!v.is(value_kind::optional)) v = no_overload(e, std::span<const value>(&v, 1));
      else if (v.some() == nullptr) continue;
      else v = *v.some();
      if (v.is_error()) join(v, failed);
    }
    if (maybe && v.is_unknown()) join(v, open);
    scratch_.push_back(v);
  }
  if (!failed.is_error()) spend(cost::make_list);
  value result = is_limit(failed) ? failed : open.is_unknown() ? open : failed;
  if (!blocked(result)) result = make_list(memory, std::span<const value>(scratch_.data() + first, scratch_.size() - first));
  scratch_.resize(first);
  return result;
}

value machine::make_map_value(const expression& e) {
  std::size_t first = scratch_.size();
  value failed;
  value open;
  meter::pause after_error(costs);
  for (std::size_t i = 0; i + 1 < e.arguments.size(); i += 2) {
    if (failed.is_error()) after_error.begin();
    value key = eval(*e.arguments[i]);
    if (key.is_error()) after_error.begin();
    if (key.is_error() && join(key, failed)) break;
    if (key.is_unknown()) join(key, open);
    value mapped = eval(*e.arguments[i + 1]);
    if (mapped.is_error() && join(mapped, failed)) break;
    bool maybe = !e.optional_at.empty() && e.optional_at[i / 2];
    if (maybe && !blocked(mapped)) {
      if (!mapped.is(value_kind::optional)) mapped = no_overload(e, std::span<const value>(&mapped, 1));
      else if (mapped.some() == nullptr) continue;
      else mapped = *mapped.some();
      if (mapped.is_error()) join(mapped, failed);
    }
    if (maybe && mapped.is_unknown()) join(mapped, open);
    scratch_.push_back(key);
    scratch_.push_back(mapped);
  }
  if (!failed.is_error()) spend(cost::make_map);
  value result = is_limit(failed) ? failed : open.is_unknown() ? open : failed;
  if (!blocked(result)) result = map_of(first, e.id, {});
  scratch_.resize(first);
  return result;
}

// Keys and values stand in turn in the scratch stack.
value machine::map_of(std::size_t first, std::uint32_t id, std::string_view type_name) {
  std::size_t count = (scratch_.size() - first) / 2;
  auto entries = memory.make_array<map_entry>(count);
  bool in_order = true;
  for (std::size_t i = 0; i < count; ++i) {
    entries[i] = {scratch_[first + 2 * i], scratch_[first + 2 * i + 1]};
    if (!is_key(entries[i].key) || entries[i].key.is(value_kind::floating)) {
      return make_error(memory, evaluation_error_code::no_matching_overload, "a map's key must be a bool, int, uint or string", id);
    }
    in_order = in_order && (i == 0 || key_less(entries[i - 1].key, entries[i].key));
  }
  if (!in_order) {
    std::sort(entries.begin(), entries.end(), [](const map_entry& a, const map_entry& b) { return key_less(a.key, b.key); });
    for (std::size_t i = 1; i < count; ++i) {
      if (!key_less(entries[i - 1].key, entries[i].key)) return make_error(memory, evaluation_error_code::duplicate_key, "a map has a key twice", id);
    }
  }
  return value::map(memory.make<arena_map>(entries, type_name));
}

value machine::make_object_value(const expression& e) {
  std::size_t first = scratch_.size();
  value failed;
  value open;
  meter::pause after_error(costs);
  for (std::size_t i = 0; i < e.arguments.size() && i < e.fields.size(); ++i) {
    if (failed.is_error()) after_error.begin();
    value v = eval(*e.arguments[i]);
    if (v.is_error() && join(v, failed)) break;
    if (!e.optional_at.empty() && e.optional_at[i] && !blocked(v)) {
      if (!v.is(value_kind::optional)) join(no_overload(e, std::span<const value>(&v, 1)), failed);
      else if (v.some() == nullptr) continue;
      else v = *v.some();
    } else if (!e.optional_at.empty() && e.optional_at[i] && v.is_unknown()) {
      join(v, open);
    }
    scratch_.push_back(value::string(e.fields[i]));
    scratch_.push_back(v);
  }
  if (!failed.is_error()) spend(cost::make_object);
  value result = is_limit(failed) ? failed : open.is_unknown() ? open : failed;
  if (!blocked(result)) {
    result = e.object != nullptr ? object_of(e, first)
                                 : well_known_value(memory, e.name, std::span<const value>(scratch_.data() + first, scratch_.size() - first), e.id);
  }
  scratch_.resize(first);
  return result;
}

// Names and values of fields stand in turn in the scratch stack. What equals the default of a field that cannot
// tell the two apart is left out, so that equal objects have equal fields.
value machine::object_of(const expression& e, std::size_t first) {
  std::size_t kept = first;
  for (std::size_t i = first; i + 1 < scratch_.size(); i += 2) {
    int index = e.object->index_of(scratch_[i].as_text());
    if (index < 0) return fail(e, evaluation_error_code::no_such_field, "no such field: '" + std::string(scratch_[i].as_text()) + "'");
    const object_field& field = e.object->fields[static_cast<std::size_t>(index)];
    value stored = stored_value(memory, field, scratch_[i + 1], e.id);
    if (stored.is_error() && !scratch_[i + 1].is_error()) return stored;
    if (counts_as_unset(memory, field, stored, *frame_.objects)) continue;
    scratch_[kept] = scratch_[i];
    scratch_[kept + 1] = stored;
    kept += 2;
  }
  scratch_.resize(kept);
  return map_of(first, e.id, e.object->name);
}

}  // namespace sekimori::cel
