// cel: fields of declared object types at run time. Entry points: unset_value, stored_value, json_value.
#include "cel/evaluate/objects.hpp"

#include <string>

#include "cel/evaluate/machine.hpp"
#include "value/containers.hpp"
#include "value/forms.hpp"

namespace sekimori::cel {
namespace {

constexpr std::string_view package = "google.protobuf.";
constexpr int deepest = 100;
constexpr std::int64_t largest_exact = (std::int64_t{1} << 53) - 1;  // of the integers that a double holds

// "map" of "map(string, int)".
std::string_view head_of(std::string_view type) { return type.substr(0, type.find('(')); }

// The last parameter: the elements of a list, the values of a map, what a wrapper wraps.
std::string_view element_of(std::string_view type) {
  std::size_t open = type.find('(');
  if (open == std::string_view::npos || type.back() != ')') return "dyn";
  std::string_view inside = type.substr(open + 1, type.size() - open - 2);
  int depth = 0;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == '(') ++depth;
    if (inside[i] == ')') --depth;
    if (inside[i] == ',' && depth == 0) {
      inside.remove_prefix(i + 1);
      break;
    }
  }
  while (!inside.empty() && inside.front() == ' ') inside.remove_prefix(1);
  return inside;
}

bool is_wrapper(std::string_view type) {
  if (head_of(type) == "wrapper") return true;
  return type.starts_with(package) && type.ends_with("Value") && type != "google.protobuf.Value" && type != "google.protobuf.ListValue";
}

bool is_free(std::string_view type) {
  return type == "dyn" || type == "any" || type == "google.protobuf.Any" || type == "google.protobuf.Value" || type == "null_type";
}

bool is_plain(std::string_view type) {
  std::string_view head = head_of(type);
  return head == "bool" || head == "int" || head == "uint" || head == "double" || head == "string" || head == "bytes" ||
         head == "list" || head == "map" || head == "type";
}

bool within(field_storage storage, value held) {
  switch (storage) {
    case field_storage::int32:
      return !held.is(value_kind::integer) || (held.as_integer() >= INT32_MIN && held.as_integer() <= INT32_MAX);
    case field_storage::uint32: return !held.is(value_kind::unsigned_integer) || held.as_unsigned() <= UINT32_MAX;
    default: return true;
  }
}

class keeper {
 public:
  keeper(arena& memory, const object_field& field, std::uint32_t expression)
      : memory_(memory), field_(field), expression_(expression) {}

  value keep(std::string_view type, value given, int depth) {
    if (given.is_error() || given.is_unknown()) return given;
    if (depth > deepest) return fail(evaluation_error_code::limit, "nests deeper than the limits allow");
    if (field_.storage == field_storage::json && is_free(type)) return json_value(memory_, given, expression_);
    if (given.is_null()) return is_plain(type) ? fail(evaluation_error_code::wrong_type, "is never null") : given;
    if (!is_free(type) && !is_wrapper(type) && !accepts(type, given)) {
      return fail(evaluation_error_code::wrong_type, "takes a value of another type");
    }
    if (given.is(value_kind::list) && head_of(type) == "list") return keep_list(element_of(type), given, depth);
    if (given.is(value_kind::map) && head_of(type) == "map") return keep_map(element_of(type), given, depth);
    if (!within(field_.storage, given)) return fail(evaluation_error_code::overflow, "cannot hold a number of this size");
    if (field_.storage == field_storage::float32 && given.is(value_kind::floating)) {
      return value::floating(static_cast<double>(static_cast<float>(given.as_floating())));
    }
    return given;
  }

 private:
  // Elements that are null are nothing, unless null is a value of theirs.
  static bool leaves_out(std::string_view type, value kept) { return kept.is_null() && !is_free(type); }
  // What can stand as it is need not be copied.
  bool as_it_is(std::string_view type) const { return field_.storage == field_storage::whole && is_free(type); }

  value keep_list(std::string_view type, value given, int depth) {
    if (as_it_is(type)) return given;
    const list_view& list = given.as_list();
    auto kept = memory_.make_array<value>(list.size());
    std::size_t count = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
      value one = keep(type, list.at(i), depth + 1);
      if (one.is_error()) return one;
      if (!leaves_out(type, one)) kept[count++] = one;
    }
    return value::list(memory_.make<arena_list>(kept.first(count)));
  }

  value keep_map(std::string_view type, value given, int depth) {
    if (as_it_is(type)) return given;
    const map_view& map = given.as_map();
    const map_entry* entries = map.entries();
    auto kept = memory_.make_array<map_entry>(map.size());
    std::size_t count = 0;
    for (std::size_t i = 0; i < map.size(); ++i) {
      if (!within(field_.storage, entries[i].key)) return fail(evaluation_error_code::overflow, "cannot hold a key of this size");
      value one = keep(type, entries[i].mapped, depth + 1);
      if (one.is_error()) return one;
      if (!leaves_out(type, one)) kept[count++] = {entries[i].key, one};
    }
    return value::map(memory_.make<arena_map>(kept.first(count)));
  }

  value fail(evaluation_error_code code, std::string_view what) {
    return make_error(memory_, code, "field `" + field_.name + "` " + std::string(what), expression_);
  }

  arena& memory_;
  const object_field& field_;
  std::uint32_t expression_;
};

value json_number(arena& memory, double number, bool exact, const std::string& text) {
  return exact ? value::floating(number) : make_string(memory, text);
}

value json_of(arena& memory, value given, std::uint32_t expression, int depth) {
  if (depth > deepest) return make_error(memory, evaluation_error_code::limit, "the value nests deeper than the limits allow", expression);
  switch (given.kind()) {
    case value_kind::integer: {
      std::int64_t i = given.as_integer();
      return json_number(memory, static_cast<double>(i), i >= -largest_exact && i <= largest_exact, std::to_string(i));
    }
    case value_kind::unsigned_integer: {
      std::uint64_t u = given.as_unsigned();
      return json_number(memory, static_cast<double>(u), u <= std::uint64_t{largest_exact}, std::to_string(u));
    }
    case value_kind::bytes: return make_string(memory, base64_encode(given.as_text()));
    case value_kind::timestamp: return make_string(memory, format_timestamp(given.seconds(), given.nanos()));
    case value_kind::duration: return make_string(memory, format_duration(given.seconds(), given.nanos()));
    case value_kind::list: {
      auto made = memory.make_array<value>(given.as_list().size());
      for (std::size_t i = 0; i < made.size(); ++i) {
        made[i] = json_of(memory, given.as_list().at(i), expression, depth + 1);
        if (made[i].is_error()) return made[i];
      }
      return value::list(memory.make<arena_list>(made));
    }
    case value_kind::map: {
      const map_view& map = given.as_map();
      const map_entry* entries = map.entries();
      if (map.type_name() == "google.protobuf.FieldMask") {
        value paths;
        std::string text;
        if (!map.find(value::string("paths"), paths) || !paths.is(value_kind::list)) return value::string({});
        for (std::size_t i = 0; i < paths.as_list().size(); ++i) {
          value path = paths.as_list().at(i);
          if (path.is(value_kind::string)) text += (i > 0 ? "," : "") + std::string(path.as_text());
        }
        return make_string(memory, text);
      }
      auto made = memory.make_array<map_entry>(map.size());
      for (std::size_t i = 0; i < map.size(); ++i) {
        if (!entries[i].key.is(value_kind::string)) {
          return make_error(memory, evaluation_error_code::conversion, "JSON has no map whose keys are not strings", expression);
        }
        made[i] = {entries[i].key, json_of(memory, entries[i].mapped, expression, depth + 1)};
        if (made[i].mapped.is_error()) return made[i].mapped;
      }
      return value::map(memory.make<arena_map>(made));
    }
    case value_kind::type:
    case value_kind::optional:
    case value_kind::opaque: return make_error(memory, evaluation_error_code::conversion, "JSON has no form for this type", expression);
    default: return given;
  }
}

}  // namespace

bool holds_null(const object_field& field) { return is_free(field.type); }

value unset_value(arena& memory, const object_field& field, const type_sources& objects) {
  if (field.initial) return *field.initial;
  std::string_view type = field.type;
  std::string_view head = head_of(type);
  if (head == "bool") return value::boolean(false);
  if (head == "int") return value::integer(0);
  if (head == "uint") return value::unsigned_integer(0);
  if (head == "double") return value::floating(0);
  if (head == "string") return value::string({});
  if (head == "bytes") return value::bytes({});
  if (head == "list" || type == "google.protobuf.ListValue") return make_list(memory, {});
  if (head == "map" || type == "google.protobuf.Struct") return make_map(memory, {});
  if (head == "timestamp" || head == "google.protobuf.Timestamp") return value::timestamp(0, 0);
  if (head == "duration" || head == "google.protobuf.Duration") return value::duration(0, 0);
  if (head == "optional_type") return value::optional(nullptr);
  if (const object_type* nested = objects.find_object(head)) {
    return value::map(memory.make<arena_map>(std::span<const map_entry>(), nested->name));
  }
  return value::null();
}

bool counts_as_unset(arena& memory, const object_field& field, value found, const type_sources& objects) {
  if (field.presence == field_presence::key) return false;
  if (found.is_null()) return !holds_null(field);
  if (field.presence != field_presence::nonzero || found.is_error() || found.is_unknown()) return false;
  return equals(memory, found, unset_value(memory, field, objects)).is_true();
}

value stored_value(arena& memory, const object_field& field, value given, std::uint32_t expression) {
  return keeper(memory, field, expression).keep(field.type, given, 0);
}

value json_value(arena& memory, value given, std::uint32_t expression) { return json_of(memory, given, expression, 0); }

}  // namespace sekimori::cel
