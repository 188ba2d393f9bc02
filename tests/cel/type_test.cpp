#include <doctest/doctest.h>

#include "cel/type.hpp"

using namespace sekimori::cel;

namespace {

std::string round_trip(type_pool& pool, std::string_view text) {
  const type* read = pool.parse(text);
  return read != nullptr ? to_string(*read) : "none";
}

}  // namespace

TEST_CASE("types are read and written") {
  type_pool pool;
  CHECK(round_trip(pool, "int") == "int");
  CHECK(round_trip(pool, "list(int)") == "list(int)");
  CHECK(round_trip(pool, "map(string,list( string ))") == "map(string, list(string))");
  CHECK(round_trip(pool, "optional_type(int)") == "optional_type(int)");
  CHECK(round_trip(pool, "timestamp") == "google.protobuf.Timestamp");
  CHECK(round_trip(pool, "google.protobuf.Duration") == "google.protobuf.Duration");
  CHECK(round_trip(pool, "wrapper(int)") == "wrapper(int)");
  CHECK(round_trip(pool, "google.protobuf.UInt32Value") == "wrapper(uint)");
  CHECK(round_trip(pool, "google.protobuf.Struct") == "map(string, dyn)");
  CHECK(round_trip(pool, "type(int)") == "type(int)");
  CHECK(round_trip(pool, "list") == "list(dyn)");
  CHECK(round_trip(pool, "map(K, V)") == "map(K, V)");
}

TEST_CASE("what is no type is refused") {
  type_pool pool;
  for (std::string_view text : {"", "integer", "list(", "list()", "list(int", "list(int))", "map(int)", "list(int, int)",
                                "ports", "(int)", "list (int) x", "error", "wrapper(list(int))"}) {
    CAPTURE(text);
    CHECK(pool.parse(text) == nullptr);
  }
  std::string deep;
  for (int i = 0; i < 2000; ++i) deep += "list(";
  CHECK(pool.parse(deep) == nullptr);
}

TEST_CASE("object types and extension types are known once they were declared") {
  type_pool pool;
  CHECK(pool.parse("ports") == nullptr);
  pool.object("ports");
  CHECK(pool.parse("list(ports)") == pool.list(pool.object("ports")));
  CHECK(pool.parse("tuple(int, string)") == nullptr);
  pool.abstract("tuple");
  CHECK(round_trip(pool, "tuple(int, string)") == "tuple(int, string)");
  CHECK(pool.parse("tuples(int)") == nullptr);
}

TEST_CASE("an object and an extension type of one name stay apart") {
  type_pool pool;
  const type* extension = pool.abstract("ip");
  const type* object = pool.object("ip");
  CHECK(extension != object);
  CHECK(pool.parse("ip") == object);
}

TEST_CASE("equal types are one pointer") {
  type_pool pool;
  CHECK(pool.parse("map(string, list(int))") == pool.map(pool.parse("string"), pool.list(pool.simple(type_kind::integer))));
}

TEST_CASE("a type of exponential size becomes dyn") {
  type_pool pool;
  const type* t = pool.parse("int");
  for (int i = 0; i < 200; ++i) t = pool.map(t, t);
  CHECK(to_string(*t).size() <= 20'000);
}
