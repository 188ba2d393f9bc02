// cel: literals of well-known messages, which are the plain values that they stand for. Entry point:
// well_known_value. Knows no trees.
#include <cstdint>
#include <utility>

#include "cel/evaluate/machine.hpp"
#include "cel/evaluate/objects.hpp"
#include "value/containers.hpp"
#include "value/forms.hpp"

namespace sekimori::cel {

namespace {

constexpr std::string_view package = "google.protobuf.";

struct wrapper {
  std::string_view name;
  value_kind kind;
};
constexpr wrapper wrappers[] = {
    {"BoolValue", value_kind::boolean},          {"Int32Value", value_kind::integer},           {"Int64Value", value_kind::integer},
    {"UInt32Value", value_kind::unsigned_integer}, {"UInt64Value", value_kind::unsigned_integer}, {"FloatValue", value_kind::floating},
    {"DoubleValue", value_kind::floating},       {"StringValue", value_kind::string},           {"BytesValue", value_kind::bytes},
};

value zero_of(value_kind kind) {
  switch (kind) {
    case value_kind::boolean: return value::boolean(false);
    case value_kind::integer: return value::integer(0);
    case value_kind::unsigned_integer: return value::unsigned_integer(0);
    case value_kind::floating: return value::floating(0);
    case value_kind::string: return value::string({});
    default: return value::bytes({});
  }
}

bool in_range(std::string_view name, value held) {
  if (name == "Int32Value") return held.as_integer() >= INT32_MIN && held.as_integer() <= INT32_MAX;
  if (name == "UInt32Value") return held.as_unsigned() <= UINT32_MAX;
  return true;
}

}  // namespace

value well_known_value(arena& memory, std::string_view name, std::span<const value> fields, std::uint32_t expression) {
  auto field = [&](std::string_view wanted, value& found) {
    for (std::size_t i = 0; i + 1 < fields.size(); i += 2) {
      if (fields[i].as_text() != wanted) continue;
      found = fields[i + 1];
      return true;
    }
    return false;
  };
  auto fail = [&](std::string_view message) { return make_error(memory, evaluation_error_code::conversion, message, expression); };
  if (!name.starts_with(package)) return make_error(memory, evaluation_error_code::invalid_argument, "no type of that name is declared", expression);
  name.remove_prefix(package.size());
  value found;
  for (const wrapper& one : wrappers) {
    if (one.name != name) continue;
    if (!field("value", found) || found.is_null()) return zero_of(one.kind);
    if (found.is_unknown()) return found;
    if (!found.is(one.kind)) return fail("the field has a value of another type");
    if (!in_range(name, found)) return make_error(memory, evaluation_error_code::overflow, "the value is out of range for the message", expression);
    return name == "FloatValue" ? value::floating(static_cast<double>(static_cast<float>(found.as_floating()))) : found;
  }
  if (name == "Timestamp" || name == "Duration") {
    std::int64_t parts[2] = {0, 0};
    for (int i = 0; i < 2; ++i) {
      if (!field(i == 0 ? "seconds" : "nanos", found)) continue;
      if (found.is_unknown()) return found;
      if (!found.is(value_kind::integer)) return fail("the field has a value of another type");
      parts[i] = found.as_integer();
    }
    bool sign_agrees = parts[0] == 0 || parts[1] == 0 || (parts[0] < 0) == (parts[1] < 0);
    bool whole = parts[1] > -1'000'000'000 && parts[1] < 1'000'000'000;
    auto nanos = static_cast<std::int32_t>(whole ? parts[1] : 0);
    if (name == "Timestamp") {
      if (!whole || parts[1] < 0 || parts[0] < min_timestamp_seconds || parts[0] > max_timestamp_seconds) return fail("the timestamp is out of range");
      return value::timestamp(parts[0], nanos);
    }
    if (!whole || !sign_agrees || !duration_from_nanos(static_cast<wide_integer>(parts[0]) * 1'000'000'000 + nanos)) return fail("the duration is out of range");
    return value::duration(parts[0], nanos);
  }
  // Inside these three, values are JSON's.
  if (name == "Struct") return field("fields", found) ? json_value(memory, found, expression) : make_map(memory, {});
  if (name == "ListValue") return field("values", found) ? json_value(memory, found, expression) : make_list(memory, {});
  if (name == "Value") {
    if (fields.size() > 2) return fail("the message holds one value at most");
    return fields.size() < 2 || fields[0].as_text() == "null_value" ? value::null() : json_value(memory, fields[1], expression);
  }
  if (name == "Any") {
    value held = value::bytes({});
    for (auto [wanted, part] : {std::pair{"type_url", &found}, std::pair{"value", &held}}) {
      field(wanted, *part);
      if (part->is_unknown()) return *part;
    }
    if (!found.is(value_kind::string) || !held.is(value_kind::bytes)) return fail("google.protobuf.Any has no type");
    return unpack_any(memory, found.as_text(), held.as_text(), expression);
  }
  return fail("the message stands for no plain value");
}

}  // namespace sekimori::cel
