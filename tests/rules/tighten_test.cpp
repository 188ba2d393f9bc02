// Which of two values is the stricter, and types of parameters.
#include <doctest/doctest.h>

#include "rules/organisation.hpp"
#include "rules/parameter_type.hpp"

using namespace sekimori;
using namespace sekimori::rules;

TEST_CASE("lists and maps: superset and subset") {
  CHECK(loosening(tighten::superset, "[22,3389]", "[3389,22,5985]") == "");
  CHECK(loosening(tighten::superset, "[22,3389]", "[22]") == "the item 3389 is gone");
  CHECK(loosening(tighten::subset, "[\"a\",\"b\"]", "[\"b\"]") == "");
  CHECK(loosening(tighten::subset, "[\"a\"]", "[\"a\",\"c\"]") == "the item \"c\" is added");
  const char* above = "{\"aws\":[\"x\",\"y\"],\"oci\":[\"z\"]}";
  CHECK(loosening(tighten::subset, above, "{\"aws\":[\"x\"],\"oci\":[]}") == "");
  CHECK(loosening(tighten::subset, above, "{\"aws\":[\"x\"]}") == "");
  CHECK(loosening(tighten::subset, above, "{\"aws\":[\"x\"],\"google\":[\"z\"]}") == "the key \"google\" is added");
  CHECK(loosening(tighten::superset, above, "{\"aws\":[\"x\",\"y\"],\"google\":[],\"oci\":[\"z\",\"q\"]}") == "");
  CHECK(loosening(tighten::superset, above, "{\"aws\":[\"x\",\"y\"]}") == "the key \"oci\" is gone");
  CHECK(loosening(tighten::superset, "[\"a,b]\",\"c\\\"\"]", "[\"c\\\"\",\"a,b]\"]") == "");
}

TEST_CASE("numbers, versions, switches and fixed values") {
  CHECK(loosening(tighten::increase, "365", "400") == "");
  CHECK(loosening(tighten::increase, "365", "365") == "");
  CHECK(loosening(tighten::increase, "365", "364") == "it is lower");
  CHECK(loosening(tighten::increase, "9007199254740993", "9007199254740992") == "it is lower");
  CHECK(loosening(tighten::decrease, "1.5", "1.25") == "");
  CHECK(loosening(tighten::decrease, "90", "91") == "it is higher");
  CHECK(loosening(tighten::increase, "\"1.9\"", "\"1.10\"") == "");
  CHECK(loosening(tighten::increase, "\"1.2\"", "\"1.1.9\"") == "it is lower");
  CHECK(loosening(tighten::increase, "\"1.2\"", "\"1.2.0\"") == "");
  CHECK(loosening(tighten::increase, "\"1.2\"", "\"new\"") == "the two cannot be compared");
  CHECK(loosening(tighten::enable, "false", "true") == "");
  CHECK(loosening(tighten::enable, "true", "false") == "it is switched off");
  CHECK(loosening(tighten::fixed, "\"x\"", "\"x\"") == "");
  CHECK(loosening(tighten::fixed, "\"x\"", "\"y\"") == "the value is fixed");
}

TEST_CASE("bounds of entries") {
  CHECK(outside_bounds("[\"10.0.0.0/8\"]", "\"10.1.0.0/16\"") == "");
  CHECK(outside_bounds("[\"10.0.0.0/8\"]", "\"10.0.0.1\"") == "");
  CHECK(outside_bounds("[\"10.0.0.0/8\"]", "\"0.0.0.0/0\"") != "");
  CHECK(outside_bounds("[\"10.0.0.0/8\"]", "\"11.0.0.0/8\"") != "");
  CHECK(outside_bounds("[\"2001:db8::/32\"]", "\"2001:db8:1::/48\"") == "");
  CHECK(outside_bounds("[\"2001:db8::/32\"]", "\"10.0.0.0/8\"") != "");
  CHECK(outside_bounds("[\"tokyo\",\"osaka\"]", "\"osaka\"") == "");
  CHECK(outside_bounds("[\"tokyo\"]", "\"oregon\"") == "it is within none of [\"tokyo\"]");
  CHECK(outside_bounds("{\"max\":10,\"min\":1}", "10") == "");
  CHECK(outside_bounds("{\"max\":10,\"min\":1}", "11") == "it is over 10");
  CHECK(outside_bounds("{\"max\":10,\"min\":1}", "0") == "it is under 1");
}

TEST_CASE("types of parameters and their values") {
  for (const char* text : {"bool", "int", "double", "string", "dyn", "list(int)", "map(string, list(string))", "list( map(string,int) )"}) {
    CAPTURE(text);
    CHECK(parse_parameter_type(text).has_value());
  }
  for (const char* text : {"", "uint", "list", "list()", "list(int", "map(int, int)", "map(string)", "ports", "list(int))"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_parameter_type(text).has_value());
  }
  std::string deep;
  for (int i = 0; i < 10'000; ++i) deep += "list(";
  CHECK_FALSE(parse_parameter_type(deep + "int" + std::string(10'000, ')')).has_value());
  const auto type = parse_parameter_type("map(string, list(int))");
  REQUIRE(type.has_value());
  CHECK(to_text(*type) == "map(string, list(int))");
  CHECK(mismatch(*type, "{\"a\":[1,2],\"b\":[]}") == "");
  CHECK(mismatch(*type, "{\"a\":[1,\"2\"]}") == "its key \"a\" its item 2 is a string");
  CHECK(mismatch(*type, "[1]") == "is a list");
  CHECK(mismatch(*parse_parameter_type("double"), "1") == "is a whole number");
  CHECK(mismatch(*parse_parameter_type("double"), "1e+30") == "");
  CHECK(mismatch(*parse_parameter_type("string"), "null") == "is nothing");

  parameter declared;
  declared.name.text = "ports";
  declared.type.text = "list(int)";
  literal given{"[\"22\"]", nullptr, {}};
  const auto mistakes = check_parameter(declared, given);
  REQUIRE(mistakes.size() == 1);
  CHECK(mistakes[0].code == "SKM213");
  CHECK(mistakes[0].message == "the value of `ports` is not list(int): its item 1 is a string");
  given.json = "[22]";
  CHECK(check_parameter(declared, given).empty());
}
