// conformance: values and types of the suite's JSON. Entry points: values.hpp.
#include "values.hpp"

#include "messages.hpp"

#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "value/forms.hpp"
#include "value/values.hpp"

namespace conformance {

using namespace sekimori;

std::string_view text_of(json from, std::string_view key) {
  std::string_view text;
  if (from[key].get(text) != simdjson::SUCCESS) return {};
  return text;
}

bool flag_of(json from, std::string_view key) {
  bool flag = false;
  return from[key].get(flag) == simdjson::SUCCESS && flag;
}

namespace {

std::int64_t whole(json from) {
  std::string_view text;
  if (from.get(text) == simdjson::SUCCESS) return std::strtoll(std::string(text).c_str(), nullptr, 10);
  std::int64_t number = 0;
  return from.get(number) == simdjson::SUCCESS ? number : 0;
}

value read_instant(json from, bool timestamp) {
  json part;
  std::int64_t seconds = from["seconds"].get(part) == simdjson::SUCCESS ? whole(part) : 0;
  auto nanos = static_cast<std::int32_t>(from["nanos"].get(part) == simdjson::SUCCESS ? whole(part) : 0);
  return timestamp ? value::timestamp(seconds, nanos) : value::duration(seconds, nanos);
}

double read_double(std::string_view text) {
  if (text == "nan") return std::nan("");
  if (text == "inf") return HUGE_VAL;
  if (text == "-inf") return -HUGE_VAL;
  return std::strtod(std::string(text).c_str(), nullptr);
}

}  // namespace

value read_value(arena& memory, json from, const cel::type_provider* types) {
  for (auto field : from.get_object()) {
    std::string_view kind = field.key;
    json held = field.value;
    std::string_view text;
    if (held.get(text) != simdjson::SUCCESS) text = {};
    if (kind == "null") return value::null();
    if (kind == "bool") return value::boolean(held.get_bool().value());
    if (kind == "int64") return value::integer(whole(held));
    if (kind == "uint64") return value::unsigned_integer(std::strtoull(std::string(text).c_str(), nullptr, 10));
    if (kind == "double") return value::floating(read_double(text));
    if (kind == "string") return make_string(memory, text);
    if (kind == "type") return value::type(memory.copy(text));
    if (kind == "bytes") return value::bytes(memory.copy(std::string_view(base64_decode(text).value_or(""))));
    if (kind == "timestamp" || kind == "duration") return read_instant(held, kind == "timestamp");
    if (kind == "list") {
      std::vector<value> elements;
      for (json element : held.get_array()) elements.push_back(read_value(memory, element, types));
      return make_list(memory, elements);
    }
    if (kind == "map") {
      std::vector<map_entry> entries;
      for (json entry : held.get_array()) entries.push_back({read_value(memory, entry.at(0), types), read_value(memory, entry.at(1), types)});
      return make_map(memory, entries);
    }
    // Without descriptors an enum's constant is its number, as langdef has it.
    if (kind == "enum") return value::integer(whole(held["value"]));
    if (kind == "error") return make_error(memory, evaluation_error_code::invalid_argument, "the test binds an error");
    if (kind == "unknown") return make_unknown(memory, {}, {}, unknown_reason::computed);
    if (kind == "object") {
      json plain;
      if (held["cel"].get(plain) == simdjson::SUCCESS) return read_value(memory, plain);
      if (types != nullptr && held["message"].get(plain) == simdjson::SUCCESS) return read_message(memory, *types, text_of(held, "type"), plain);
    }
  }
  return make_error(memory, evaluation_error_code::conversion, "the suite has a value of another kind");
}

std::string type_text(json from) {
  std::string_view simple;
  if (from.get(simple) == simdjson::SUCCESS) return std::string(simple);
  json held;
  if (from["list"].get(held) == simdjson::SUCCESS) return "list(" + type_text(held) + ")";
  if (from["type"].get(held) == simdjson::SUCCESS) return "type(" + type_text(held) + ")";
  if (from["wrapper"].get(held) == simdjson::SUCCESS) return "wrapper(" + type_text(held) + ")";
  if (from["map"].get(held) == simdjson::SUCCESS) return "map(" + type_text(held.at(0)) + ", " + type_text(held.at(1)) + ")";
  if (from["message"].get(simple) == simdjson::SUCCESS || from["param"].get(simple) == simdjson::SUCCESS) return std::string(simple);
  if (from["abstract"].get(held) == simdjson::SUCCESS) {
    std::string text(std::string_view(held.at(0)));
    text += '(';
    bool first = true;
    for (json parameter : held.at(1).get_array()) {
      if (!first) text += ", ";
      first = false;
      text += type_text(parameter);
    }
    return text + ")";
  }
  return "dyn";
}

const cel::type* read_type(cel::environment& names, json from) {
  const cel::type* read = names.read_type(type_text(from));
  return read != nullptr ? read : names.types().simple(cel::type_kind::dyn);
}

bool same_value(value expected, value found) {
  if (expected.kind() != found.kind()) return false;
  switch (expected.kind()) {
    case value_kind::error:
    case value_kind::unknown: return false;
    case value_kind::floating:
      if (std::isnan(expected.as_floating()) && std::isnan(found.as_floating())) return true;
      return expected.as_floating() == found.as_floating();
    case value_kind::list: {
      const list_view& a = expected.as_list();
      const list_view& b = found.as_list();
      if (a.size() != b.size()) return false;
      for (std::size_t i = 0; i < a.size(); ++i) {
        if (!same_value(a.at(i), b.at(i))) return false;
      }
      return true;
    }
    case value_kind::map: {
      const map_view& a = expected.as_map();
      const map_view& b = found.as_map();
      if (a.size() != b.size() || a.type_name() != b.type_name()) return false;
      for (std::size_t i = 0; i < a.size(); ++i) {
        if (!same_value(a.entries()[i].key, b.entries()[i].key) || !same_value(a.entries()[i].mapped, b.entries()[i].mapped)) return false;
      }
      return true;
    }
    default: {
      arena memory;
      return equals(memory, expected, found).is_true();
    }
  }
}

}  // namespace conformance
