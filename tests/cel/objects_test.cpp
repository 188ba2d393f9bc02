// Declared object types: presence, defaults, construction and its checks, providers; by the public header only.
#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sekimori/cel.hpp"

using namespace sekimori;
using cel::field_presence;
using cel::field_storage;

namespace {

// A message of each sort of field.
cel::object_type user() {
  return {"acme.User",
          {
              {"id", "int"},
              {"name", "string", field_presence::set},
              {"shell", "string", field_presence::set, field_storage::whole, value::string("/bin/sh")},
              {"age", "int", field_presence::nonzero, field_storage::int32},
              {"score", "double", field_presence::nonzero, field_storage::float32},
              {"limit", "wrapper(int)", field_presence::set},
              {"groups", "list(string)", field_presence::nonzero},
              {"labels", "map(string, string)", field_presence::nonzero},
              {"home", "acme.Place", field_presence::set},
              {"seen", "timestamp", field_presence::set},
              {"wait", "duration", field_presence::set},
              {"extra", "dyn", field_presence::set, field_storage::json},
              {"ports", "list(uint)", field_presence::nonzero, field_storage::uint32},
              {"boss", "acme.User", field_presence::set},
          }};
}

std::string evaluate(const std::string& text, cel::compiler names = {}) {
  names.object({"acme.Place", {{"city", "string", field_presence::nonzero}}}).object(user());
  names.constant("acme.Colour.RED", 3).container("acme");
  auto compiled = names.use("optionals").compile(text);
  if (!compiled.ok()) return compiled.diagnostics()[0].code + " " + compiled.diagnostics()[0].message + "; " + compiled.diagnostics()[0].help;
  cel::activation bound(*compiled);
  value found = compiled->evaluate(bound);
  return found.is_error() ? "error: " + std::string(found.as_error().message) : cel::cel_text(found);
}

}  // namespace

TEST_CASE("objects: a field that was not set reads as its default, has() asks by presence") {
  CHECK(evaluate("User{}.id") == "error: no such field: 'id'");
  CHECK(evaluate("has(User{}.id)") == "false");
  CHECK(evaluate("has(User{id: 0}.id)") == "true");
  CHECK(evaluate("User{}.name") == "\"\"");
  CHECK(evaluate("has(User{name: ''}.name)") == "true");
  CHECK(evaluate("User{}.shell") == "\"/bin/sh\"");
  CHECK(evaluate("has(User{}.shell)") == "false");
  CHECK(evaluate("User{}.age") == "0");
  CHECK(evaluate("has(User{age: 0}.age)") == "false");
  CHECK(evaluate("has(User{age: 1}.age)") == "true");
  CHECK(evaluate("User{}.limit") == "null");
  CHECK(evaluate("has(User{limit: 0}.limit)") == "true");
  CHECK(evaluate("has(User{limit: null}.limit)") == "false");
  CHECK(evaluate("User{}.groups") == "[]");
  CHECK(evaluate("has(User{groups: []}.groups)") == "false");
  CHECK(evaluate("User{}.labels") == "{}");
  CHECK(evaluate("User{}.seen") == "timestamp(\"1970-01-01T00:00:00Z\")");
  CHECK(evaluate("User{}.wait") == "duration(\"0s\")");
  CHECK(evaluate("User{}.extra") == "null");
  CHECK(evaluate("has(User{extra: null}.extra)") == "true");
  CHECK(evaluate("User{}.?name.orValue('x')") == "\"x\"");
  CHECK(evaluate("User{age: 0}.?age.hasValue()") == "false");
}

TEST_CASE("objects: nested types, to any depth, their own included") {
  CHECK(evaluate("User{}.home.city") == "\"\"");
  CHECK(evaluate("has(User{}.home)") == "false");
  CHECK(evaluate("has(User{home: Place{}}.home)") == "true");
  CHECK(evaluate("User{}.home == Place{}") == "true");
  CHECK(evaluate("User{}.boss.boss.boss.shell") == "\"/bin/sh\"");
  CHECK(evaluate("User{boss: User{home: Place{city: 'Tokyo'}}}.boss.home.city") == "\"Tokyo\"");
}

TEST_CASE("objects: what cannot be told apart is equal") {
  CHECK(evaluate("User{age: 0, groups: [], limit: null} == User{}") == "true");
  CHECK(evaluate("User{name: ''} == User{}") == "false");
  CHECK(evaluate("User{} == Place{}").starts_with("SKM202"));
  CHECK(evaluate("dyn(User{}) == dyn(Place{})") == "false");
  CHECK(evaluate("dyn(User{}).shell + string(dyn(User{}).age)") == "\"/bin/sh0\"");
  CHECK(evaluate("has(dyn(User{age: 0}).age)") == "false");
}

TEST_CASE("objects: what a literal is checked for") {
  CHECK(evaluate("User{nmae: 'x'}") == "SKM204 acme.User has no field `nmae`; did you mean `name`?");
  CHECK(evaluate("Usr{}") == "SKM201 type `Usr` is not declared; did you mean `User`?");
  CHECK(evaluate("User{name: 1}").starts_with("SKM203 field `name` is string, not int"));
  CHECK(evaluate("User{name: dyn(1)}") == "error: field `name` takes a value of another type");
  CHECK(evaluate("User{name: dyn(null)}") == "error: field `name` is never null");
  CHECK(evaluate("User{home: dyn({'city': 'x'})}") == "error: field `home` takes a value of another type");
  CHECK(evaluate("User{age: 2147483648}") == "error: field `age` cannot hold a number of this size");
  CHECK(evaluate("User{age: -2147483648}.age") == "-2147483648");
  CHECK(evaluate("User{ports: [1u, 4294967296u]}") == "error: field `ports` cannot hold a number of this size");
  CHECK(evaluate("User{score: 0.1}.score") == "0.10000000149011612");
  CHECK(evaluate("User{score: 1e60}.score") == "double(\"Infinity\")");
  CHECK(evaluate("User{age: [1][5]}") == "error: the index is outside the list");
  CHECK(evaluate("User{?name: optional.none()} == User{}") == "true");
  CHECK(evaluate("User{?name: optional.of('x')}.name") == "\"x\"");
  CHECK(evaluate("User{}.nmae") == "SKM204 acme.User has no field `nmae`; did you mean `name`?");
}

TEST_CASE("objects: a field that holds JSON") {
  CHECK(evaluate("User{extra: 1}.extra") == "1.0");
  CHECK(evaluate("User{extra: 9007199254740993}.extra") == "\"9007199254740993\"");
  CHECK(evaluate("User{extra: {'a': [b'hi', duration('1s'), google.protobuf.FieldMask{paths: ['x', 'y']}]}}.extra") ==
        "{\"a\": [\"aGk=\", \"1s\", \"x,y\"]}");
  CHECK(evaluate("User{extra: {1: 2}}.extra") == "error: JSON has no map whose keys are not strings");
  CHECK(evaluate("User{extra: int}.extra") == "error: JSON has no form for this type");
}

TEST_CASE("objects: names resolve in the container, enums are constants") {
  CHECK(evaluate("type(User{}) == acme.User") == "true");
  CHECK(evaluate("type(User{})") == "acme.User");
  CHECK(evaluate("Colour.RED + 1") == "4");
  CHECK(evaluate("acme.Colour.RED") == "3");
  CHECK(evaluate(".acme.Colour.BLUE").starts_with("SKM201"));
}

TEST_CASE("objects: a variable of a declared type over a host's plain JSON") {
  cel::compiler names;
  names.object({"acme.Place", {{"city", "string", field_presence::nonzero}}}).object(user()).variable("u", "acme.User");
  auto input = cel::document::parse("u.json", R"({"age": 0, "name": "Hana", "limit": null, "boss": {"age": 50}})");
  auto compiled = names.compile("[u.shell, u.name, string(has(u.age)), string(has(u.limit)), u.home.city, string(u.boss.age), u.boss.shell]");
  REQUIRE(compiled.ok());
  cel::activation bound(*compiled);
  bound.set("u", input->root());
  CHECK(cel::cel_text(compiled->evaluate(bound)) == R"(["/bin/sh", "Hana", "false", "false", "", "50", "/bin/sh"])");
  CHECK_FALSE(names.compile("u.shel").ok());
}

namespace {

// A schema of 100,000 types of which each is made when it is asked for.
class large_schema final : public cel::type_provider {
 public:
  const cel::object_type* find_object(std::string_view name) const override {
    if (!name.starts_with("big.T")) return nullptr;
    auto known = made_.find(std::string(name));
    if (known != made_.end()) return known->second.get();
    int number = std::stoi(std::string(name.substr(5)));
    auto type = std::make_unique<cel::object_type>();
    type->name = name;
    type->fields = {{"next", "big.T" + std::to_string(number + 1), field_presence::set}, {"number", "int", field_presence::set, field_storage::whole, value::integer(number)}};
    return made_.emplace(name, std::move(type)).first->second.get();
  }
  bool find_constant(std::string_view name, value& found) const override {
    if (name != "big.LAST") return false;
    found = value::integer(99'999);
    return true;
  }
  std::size_t made() const { return made_.size(); }

 private:
  mutable std::map<std::string, std::unique_ptr<cel::object_type>> made_;  // this test has one thread
};

}  // namespace

TEST_CASE("objects: a provider is asked by name, and only for what an expression reaches") {
  auto schema = std::make_shared<large_schema>();
  cel::compiler names;
  names.types(schema).variable("t", "big.T7");
  auto compiled = names.compile("t.next.next.number + big.T1{}.number + big.LAST");
  REQUIRE(compiled.ok());
  CHECK(compiled->result_type() == "int");
  cel::activation bound(*compiled);
  auto input = cel::document::parse("t.json", "{}");
  bound.set("t", input->root());
  CHECK(cel::cel_text(compiled->evaluate(bound)) == "100009");
  CHECK(schema->made() <= 5);
  // What was declared stands before a provider's.
  names.object({"big.T1", {{"text", "string", field_presence::set}}});
  CHECK(names.compile("big.T1{}.text").ok());
}

TEST_CASE("objects: google.protobuf's messages") {
  CHECK(evaluate("google.protobuf.Empty{} == google.protobuf.Empty{}") == "true");
  CHECK(evaluate("google.protobuf.FieldMask{}.paths") == "[]");
  CHECK(evaluate("google.protobuf.FieldMask{paths: ['a', 'b']}.paths[1]") == "\"b\"");
  CHECK(evaluate("google.protobuf.FieldMask{path: ['a']}") == "SKM204 google.protobuf.FieldMask has no field `path`; did you mean `paths`?");
  CHECK(evaluate("google.protobuf.Struct{fields: {'a': 1}}") == "{\"a\": 1.0}");
  CHECK(evaluate("google.protobuf.Value{string_value: 'a', string_value: 'b'}").starts_with("SKM203"));
  CHECK(evaluate("google.protobuf.Value{string_value: 'a', bool_value: true}") == "error: the message holds one value at most");
}

TEST_CASE("objects: google.protobuf.Any of a well-known message is the value that the message stands for") {
  auto any = [](const std::string& type, const std::string& bytes) {
    return evaluate("google.protobuf.Any{type_url: 'type.googleapis.com/google.protobuf." + type + "', value: b'" + bytes + "'}");
  };
  CHECK(any("Int32Value", "\\x08\\x05") == "5");
  CHECK(any("Int64Value", "\\x08\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x01") == "-1");
  CHECK(any("UInt64Value", "\\x08\\x07") == "7u");
  CHECK(any("BoolValue", "\\x08\\x01") == "true");
  CHECK(any("BoolValue", "") == "false");
  CHECK(any("DoubleValue", "\\x09\\x00\\x00\\x00\\x00\\x00\\x00\\xf8\\x3f") == "1.5");
  CHECK(any("FloatValue", "\\x0d\\x00\\x00\\xc0\\x3f") == "1.5");
  CHECK(any("StringValue", "\\x0a\\x02hi") == "\"hi\"");
  CHECK(any("BytesValue", "\\x0a\\x02hi") == "b\"hi\"");
  CHECK(any("Timestamp", "\\x08\\x01\\x10\\x02") == "timestamp(\"1970-01-01T00:00:01.000000002Z\")");
  CHECK(any("Duration", "\\x08\\x3c") == "duration(\"60s\")");
  CHECK(any("Empty", "") == "google.protobuf.Empty{}");
  CHECK(any("FieldMask", "\\x0a\\x01a\\x0a\\x03b.c") == "google.protobuf.FieldMask{paths: [\"a\", \"b.c\"]}");
  CHECK(any("Value", "\\x1a\\x01x") == "\"x\"");
  CHECK(any("Value", "") == "null");
  CHECK(any("ListValue", "\\x0a\\x02\\x20\\x01\\x0a\\x02\\x08\\x00") == "[true, null]");
  CHECK(any("Struct", "\\x0a\\x07\\x0a\\x01a\\x12\\x02\\x20\\x01") == "{\"a\": true}");
  // Bytes that are no such message, and types that have no plain value.
  for (const char* bytes : {"\\x08", "\\x0a\\x05hi", "\\x0a\\x01\\xff", "\\x00", "\\x0b", "\\x08\\x01"}) {
    INFO(bytes);
    CHECK(any("StringValue", bytes).starts_with("error: "));
  }
  CHECK(any("Int32Value", "\\x08\\xff\\xff\\xff\\xff\\x0f").starts_with("error: "));
  CHECK(any("Timestamp", "\\x10\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x01").starts_with("error: "));
  CHECK(any("NoSuchValue", "").starts_with("error: "));
  CHECK(evaluate("google.protobuf.Any{}").starts_with("error: "));
  CHECK(evaluate("google.protobuf.Any{type_url: 'a/acme.User'}").starts_with("error: "));
}
