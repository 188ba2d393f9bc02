// conformance: the suite's message types and messages. Entry points: messages.hpp.
#include "messages.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "cel/evaluate/objects.hpp"
#include "value/containers.hpp"
#include "value/forms.hpp"
#include "value/values.hpp"

namespace conformance {

using namespace sekimori;
using cel::field_presence;
using cel::field_storage;
using cel::object_field;
using cel::object_type;

namespace {

struct scalar {
  std::string_view name;
  std::string_view type;
  field_storage storage = field_storage::whole;
};
constexpr std::array scalars = {
    scalar{"int32", "int", field_storage::int32},   scalar{"int64", "int"},
    scalar{"uint32", "uint", field_storage::uint32}, scalar{"uint64", "uint"},
    scalar{"sint32", "int", field_storage::int32},  scalar{"sint64", "int"},
    scalar{"fixed32", "uint", field_storage::uint32}, scalar{"fixed64", "uint"},
    scalar{"sfixed32", "int", field_storage::int32}, scalar{"sfixed64", "int"},
    scalar{"float", "double", field_storage::float32}, scalar{"double", "double"},
    scalar{"bool", "bool"}, scalar{"string", "string"}, scalar{"bytes", "bytes"},
};
// Fields that are messages with a plain value.
constexpr std::array plain_messages = {
    scalar{"any", "any"}, scalar{"duration", "duration"}, scalar{"timestamp", "timestamp"},
    scalar{"struct", "map(string, dyn)", field_storage::json}, scalar{"value", "dyn", field_storage::json},
    scalar{"list_value", "list(dyn)", field_storage::json},
};
constexpr std::array words = {"as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
                              "namespace", "package", "return", "var", "void", "while", "in"};
constexpr std::string_view package = "cel.expr.conformance.";

class types_of_suite final : public cel::type_provider {
 public:
  types_of_suite() {
    for (bool proto2 : {true, false}) declare_package(proto2);
  }

  const object_type* find_object(std::string_view name) const override {
    auto found = types_.find(name);
    return found != types_.end() ? &found->second : nullptr;
  }
  bool find_constant(std::string_view name, value& found) const override {
    auto known = constants_.find(name);
    if (known == constants_.end()) return false;
    found = value::integer(known->second);
    return true;
  }
  void add_names(std::vector<std::string_view>& to) const override {
    for (const auto& [name, type] : types_) to.push_back(name);
  }
  // A constant by its last name, as messages in text write it.
  bool find_symbol(std::string_view name, value& found) const {
    for (const auto& [full, number] : constants_) {
      if (!full.ends_with("." + std::string(name))) continue;
      found = value::integer(number);
      return true;
    }
    return false;
  }

 private:
  void declare_package(bool proto2) {
    std::string space = std::string(package) + (proto2 ? "proto2." : "proto3.");
    std::string all = space + "TestAllTypes";
    object_type made{all, {}};
    auto add = [&made](std::string name, std::string type, field_presence presence, field_storage storage = field_storage::whole) {
      made.fields.push_back({std::move(name), std::move(type), presence, storage});
    };
    field_presence plain = proto2 ? field_presence::set : field_presence::nonzero;
    for (const scalar& one : scalars) {
      std::string name(one.name), type(one.type);
      add("single_" + name, type, plain, one.storage);
      add("repeated_" + name, "list(" + type + ")", field_presence::nonzero, one.storage);
      add("single_" + name + "_wrapper", "wrapper(" + type + ")", field_presence::set, one.storage);
      add("repeated_" + name + "_wrapper", "list(wrapper(" + type + "))", field_presence::nonzero, one.storage);
      add("map_string_" + name, "map(string, " + type + ")", field_presence::nonzero, one.storage);
      add("map_bool_" + name + "_wrapper", "map(bool, wrapper(" + type + "))", field_presence::nonzero, one.storage);
      add("map_int32_" + name, "map(int, " + type + ")", field_presence::nonzero, one.storage);
    }
    for (const scalar& one : plain_messages) {
      std::string name(one.name), type(one.type);
      add(name == "list_value" ? name : "single_" + name, type, field_presence::set, one.storage);
      add("repeated_" + name, "list(" + type + ")", field_presence::nonzero, one.storage);
      add("map_bool_" + name, "map(bool, " + type + ")", field_presence::nonzero, one.storage);
    }
    std::string message = all + ".NestedMessage", nested = space + "NestedTestAllTypes";
    for (const char* name : {"single_nested_message", "standalone_message"}) add(name, message, field_presence::set);
    add("single_nested_enum", "int", field_presence::set, field_storage::int32);
    add("standalone_enum", "int", plain, field_storage::int32);
    add("repeated_nested_message", "list(" + message + ")", field_presence::nonzero);
    add("repeated_nested_enum", "list(int)", field_presence::nonzero, field_storage::int32);
    add("map_int32_enum", "map(int, int)", field_presence::nonzero, field_storage::int32);
    add("oneof_type", nested, field_presence::set);
    for (const char* word : words) add(word, "bool", plain);
    if (proto2) {
      made.fields[0].initial = value::integer(-32);  // of single_int32
      add(space + "int32_ext", "int", field_presence::set, field_storage::int32);
      add(space + "nested_ext", all, field_presence::set);
      add(space + "test_all_types_ext", all, field_presence::set);
      add(space + "nested_enum_ext", "int", field_presence::set, field_storage::int32);
      add(space + "repeated_test_all_types", "list(" + all + ")", field_presence::nonzero);
      std::string scoped = space + "Proto2ExtensionScopedMessage.";
      add(scoped + "int64_ext", "int", field_presence::set);
      add(scoped + "message_scoped_nested_ext", all, field_presence::set);
      add(scoped + "nested_enum_ext", "int", field_presence::set, field_storage::int32);
      add(scoped + "message_scoped_repeated_test_all_types", "list(" + all + ")", field_presence::nonzero);
      types_.emplace(space + "TestRequired", object_type{space + "TestRequired", {{"required_int32", "int", field_presence::set, field_storage::int32}}});
    }
    types_.emplace(all, std::move(made));
    types_.emplace(message, object_type{message, {{"bb", "int", plain, field_storage::int32}}});
    types_.emplace(nested, object_type{nested, {{"child", nested, field_presence::set}, {"payload", all, field_presence::set}}});
    for (auto [name, number] : {std::pair{"GlobalEnum.GOO", 0}, {"GlobalEnum.GAR", 1}, {"GlobalEnum.GAZ", 2}, {"TestAllTypes.NestedEnum.FOO", 0},
                                {"TestAllTypes.NestedEnum.BAR", 1}, {"TestAllTypes.NestedEnum.BAZ", 2}}) {
      constants_.emplace(space + name, number);
    }
  }

  std::map<std::string, object_type, std::less<>> types_;
  std::map<std::string, std::int64_t, std::less<>> constants_;
};

class message_reader {
 public:
  message_reader(arena& memory, const types_of_suite& types) : memory_(memory), types_(types) {}

  value message(std::string_view type, json from) {
    const object_type* declared = types_.find_object(type);
    if (declared == nullptr) return plain_message(type, from);
    std::map<std::string, std::vector<json>> given;
    for (json field : from["fields"].get_array()) given[std::string(std::string_view(field.at(0)))].push_back(field.at(1));
    std::vector<map_entry> entries;
    cel::type_sources none;
    for (auto& [written, values] : given) {
      std::string name = written.front() == '[' ? written.substr(1, written.size() - 2) : written;
      int index = declared->index_of(name);
      if (index < 0) return make_error(memory_, evaluation_error_code::no_such_field, "no field " + name);
      const object_field& field = declared->fields[static_cast<std::size_t>(index)];
      value held = cel::stored_value(memory_, field, field_value(field.type, values), 0);
      if (held.is_error()) return held;
      if (!cel::counts_as_unset(memory_, field, held, none)) entries.push_back({make_string(memory_, name), held});
    }
    std::sort(entries.begin(), entries.end(), [](auto& a, auto& b) { return key_less(a.key, b.key); });
    return value::map(memory_.make<arena_map>(memory_.copy(std::span<const map_entry>(entries)), declared->name));
  }

 private:
  static std::string_view inside(std::string_view type) { return type.substr(type.find('(') + 1, type.size() - type.find('(') - 2); }

  value field_value(std::string_view type, const std::vector<json>& values) {
    if (type == "map(string, dyn)") return plain_message("google.protobuf.Struct", values.back());
    if (type == "list(dyn)") return plain_message("google.protobuf.ListValue", values.back());
    if (type.starts_with("list(")) {
      std::vector<value> made;
      for (json one : values) made.push_back(single(inside(type), one));
      return make_list(memory_, made);
    }
    if (type.starts_with("map(")) {
      std::string_view parts = inside(type);
      std::size_t comma = parts.find(',');
      std::vector<map_entry> made;
      for (json one : values) made.push_back({single(parts.substr(0, comma), part(one, "key")), single(parts.substr(comma + 2), part(one, "value"))});
      return make_map(memory_, made);
    }
    return single(type, values.back());
  }

  // A message's field; what is not given reads as a number 0.
  json part(json from, std::string_view name) {
    for (json field : from["fields"].get_array()) {
      if (std::string_view(field.at(0)) == name) return field.at(1);
    }
    return zero_.parse(std::string_view("{\"num\": \"0\"}")).value();
  }
  bool has_part(json from, std::string_view name) {
    for (json field : from["fields"].get_array()) {
      if (std::string_view(field.at(0)) == name) return true;
    }
    return false;
  }

  value single(std::string_view type, json from) {
    if (type.starts_with("wrapper(")) return has_part(from, "value") ? single(inside(type), part(from, "value")) : zero_of(inside(type));
    if (type == "timestamp" || type == "duration") {
      std::int64_t seconds = single("int", part(from, "seconds")).as_integer();
      auto nanos = static_cast<std::int32_t>(single("int", part(from, "nanos")).as_integer());
      return type == "timestamp" ? value::timestamp(seconds, nanos) : value::duration(seconds, nanos);
    }
    if (type == "dyn") return plain_message("google.protobuf.Value", from);
    if (type == "any") return any(from);
    if (types_.find_object(type) != nullptr) return message(type, from);
    std::string text(text_of(from, "num"));
    if (std::string_view symbol = text_of(from, "id"); !symbol.empty()) {
      if (symbol == "true" || symbol == "false") return value::boolean(symbol == "true");
      value found;
      return types_.find_symbol(symbol, found) ? found : value::floating(std::strtod(std::string(symbol).c_str(), nullptr));
    }
    if (type == "int") return value::integer(std::strtoll(text.c_str(), nullptr, 0));
    if (type == "uint") return value::unsigned_integer(std::strtoull(text.c_str(), nullptr, 0));
    if (type == "double") return value::floating(std::strtod(text.c_str(), nullptr));
    if (type == "bool") return value::boolean(false);
    std::string bytes = base64_decode(text_of(from, "b64")).value_or("");
    if (bytes.empty()) bytes = text_of(from, "str");
    return type == "bytes" ? value::bytes(memory_.copy(std::string_view(bytes))) : make_string(memory_, bytes);
  }

  value zero_of(std::string_view type) {
    return cel::unset_value(memory_, object_field{"", std::string(type), field_presence::set}, cel::type_sources());
  }

  // google.protobuf's messages that stand for a plain value.
  value plain_message(std::string_view type, json from) {
    if (type == "google.protobuf.Struct") {
      std::vector<map_entry> made;
      for (json field : from["fields"].get_array()) {
        made.push_back({single("string", part(field.at(1), "key")), plain_message("google.protobuf.Value", part(field.at(1), "value"))});
      }
      return make_map(memory_, made);
    }
    if (type == "google.protobuf.ListValue") {
      std::vector<value> made;
      for (json field : from["fields"].get_array()) made.push_back(plain_message("google.protobuf.Value", field.at(1)));
      return make_list(memory_, made);
    }
    if (type == "google.protobuf.Value") {
      for (json field : from["fields"].get_array()) {
        std::string_view name = field.at(0);
        if (name == "number_value") return single("double", field.at(1));
        if (name == "string_value") return single("string", field.at(1));
        if (name == "bool_value") return single("bool", field.at(1));
        if (name == "struct_value") return plain_message("google.protobuf.Struct", field.at(1));
        if (name == "list_value") return plain_message("google.protobuf.ListValue", field.at(1));
      }
      return value::null();
    }
    return make_error(memory_, evaluation_error_code::conversion, "the suite has a message of an undeclared type");
  }

  // Written out under its type's URL, or as bytes, which need a descriptor.
  value any(json from) {
    for (json field : from["fields"].get_array()) {
      std::string_view name = field.at(0);
      std::size_t slash = name.rfind('/');
      if (name.front() != '[' || slash == std::string_view::npos) break;
      return message(name.substr(slash + 1, name.size() - slash - 2), field.at(1));
    }
    return make_error(memory_, evaluation_error_code::conversion, "the bytes of google.protobuf.Any need a descriptor");
  }

  arena& memory_;
  const types_of_suite& types_;
  simdjson::dom::parser zero_;
};

}  // namespace

std::shared_ptr<const cel::type_provider> message_types() { return std::make_shared<types_of_suite>(); }

value read_message(arena& memory, const cel::type_provider& types, std::string_view type, json message) {
  return message_reader(memory, static_cast<const types_of_suite&>(types)).message(type, message);
}

}  // namespace conformance
