#include <doctest/doctest.h>

#include <string>

#include "value/json_view.hpp"
#include "value/overlay.hpp"
#include "value/values.hpp"

using namespace sekimori;

namespace {

struct laid {
  arena memory;
  value root;

  laid(std::string_view known, std::string_view unknown, std::string_view sensitive, const attribute_table* facts = nullptr, bool made_as_configured = false) {
    overlay_source source;
    source.made_as_configured = made_as_configured;
    source.known = from_json(memory, known);
    source.unknown_mask = from_json(memory, unknown);
    source.sensitive_mask = from_json(memory, sensitive);
    source.resource = "aws_x.test";
    source.facts = facts;
    source.reason = [](const void*, std::string_view path) {
      return path.substr(0, 4) == "auto" ? unknown_reason::not_configured : unknown_reason::computed;
    };
    root = make_overlay(memory, source);
  }
};

bool has(value from, std::string_view key) {
  value found;
  return from.as_map().find(value::string(key), found);
}

value get(value from, std::string_view key) {
  value found;
  REQUIRE(from.is(value_kind::map));
  CAPTURE(key);
  REQUIRE(from.as_map().find(value::string(key), found));
  return found;
}

value get(value from, std::size_t index) {
  REQUIRE(from.is(value_kind::list));
  REQUIRE(index < from.as_list().size());
  return from.as_list().at(index);
}

std::string unknown_of(value v) {
  REQUIRE(v.is_unknown());
  REQUIRE(v.as_unknown().count == 1);
  const unknown_path& path = v.as_unknown().paths[0];
  return std::string(path.resource) + "/" + std::string(path.path) + "/" + std::string(reason_name(path.reason));
}

std::string keys(value from) {
  std::string text;
  for (std::size_t i = 0; i < from.as_map().size(); ++i) text += std::string(from.as_map().entries()[i].key.as_text()) + " ";
  return text;
}

}  // namespace

TEST_CASE("known, unknown, null and absent keys of a map") {
  laid x(R"({"name": "a", "gone": null, "n": 3})", R"({"id": true, "auto_ip": true, "tags": {}, "name": false})", "null");
  CHECK(get(x.root, "name").as_text() == "a");
  CHECK(unknown_of(get(x.root, "id")) == "aws_x.test/id/computed");
  CHECK(unknown_of(get(x.root, "auto_ip")) == "aws_x.test/auto_ip/not_configured");
  CHECK_FALSE(has(x.root, "gone"));
  CHECK_FALSE(has(x.root, "tags"));
  CHECK_FALSE(has(x.root, "other"));
  CHECK(unknown_of(x.root.as_map().missing(value::string("other"))) == "aws_x.test/other/undocumented_default");
  CHECK(keys(x.root) == "auto_ip id n name ");
  CHECK(get(x.root, "id").is_unknown());
}

TEST_CASE("masks inside lists are positional, and a mask that is true covers the whole") {
  laid x(R"({"ids": [null, "b"], "rules": [{"cidr": ["10.0.0.0/8", null], "port": 1}], "all": null})",
         R"({"ids": [true, false], "rules": [{"cidr": [false, true], "extra": true}], "all": true, "more": [true]})", "null");
  CHECK(unknown_of(get(get(x.root, "ids"), 0)) == "aws_x.test/ids[0]/computed");
  CHECK(get(get(x.root, "ids"), 1).as_text() == "b");
  value rule = get(get(x.root, "rules"), 0);
  CHECK(get(get(rule, "cidr"), 0).as_text() == "10.0.0.0/8");
  CHECK(unknown_of(get(get(rule, "cidr"), 1)) == "aws_x.test/rules[0].cidr[1]/computed");
  CHECK(unknown_of(get(rule, "extra")) == "aws_x.test/rules[0].extra/computed");
  CHECK(keys(rule) == "cidr extra port ");
  CHECK(path_text(rule.as_map().where(), value::string("port")) == "rules[0].port");
  CHECK(path_root(rule.as_map().where()) == "aws_x.test");
  CHECK(unknown_of(get(x.root, "all")) == "aws_x.test/all/computed");
  CHECK(get(x.root, "more").as_list().size() == 1);
  CHECK(unknown_of(get(get(x.root, "more"), 0)) == "aws_x.test/more[0]/computed");
}

TEST_CASE("an object that only its mask has is an object with unknown parts") {
  laid x(R"({"block": null})", R"({"block": {"a": true, "b": {"c": false}}})", "null");
  value block = get(x.root, "block");
  CHECK(keys(block) == "a ");
  CHECK(unknown_of(get(block, "a")) == "aws_x.test/block.a/computed");
}

TEST_CASE("sensitive marks reach everything below") {
  laid x(R"({"password": "p", "set": [{"a": "s"}], "user": [{"name": "n", "pw": "s"}]})", R"({"key": true})",
         R"({"password": true, "set": true, "key": true, "user": [{"pw": true}]})");
  CHECK(get(x.root, "password").sensitive());
  CHECK(get(x.root, "set").sensitive());
  CHECK(get(get(get(x.root, "set"), 0), "a").sensitive());
  CHECK(get(x.root, "key").is_unknown());
  CHECK(get(x.root, "key").sensitive());
  value user = get(get(x.root, "user"), 0);
  CHECK_FALSE(user.sensitive());
  CHECK_FALSE(get(user, "name").sensitive());
  CHECK(get(user, "pw").sensitive());
}

TEST_CASE("documented defaults, former names and nullable attributes") {
  arena memory;
  attribute_table facts;
  auto documented = [&](std::string_view path, value absent) {
    facts[path].has_default = true;
    facts[path].absent = absent;
  };
  documented("encrypted", value::boolean(false));
  facts["encrypted"].also = {"enc_old", "enc_older"};
  facts["note"].nullable = true;
  documented("note_default", value::integer(7));
  facts["note_default"].nullable = true;
  documented("disk.size", value::integer(20));
  facts["disk"] = {};
  laid absent(R"({"disk": [{"name": "d"}, {"size": 5}], "note": null, "note_default": null})", "null", "null", &facts);
  CHECK(get(absent.root, "encrypted").is_false());
  CHECK(get(absent.root, "note").is_null());
  CHECK(get(absent.root, "note_default").is_null());
  CHECK(get(get(get(absent.root, "disk"), 0), "size").as_integer() == 20);
  CHECK(get(get(get(absent.root, "disk"), 1), "size").as_integer() == 5);
  CHECK(keys(get(get(absent.root, "disk"), 0)) == "name size ");
  CHECK(keys(absent.root) == "disk encrypted note note_default ");

  laid former(R"({"encrypted": null, "enc_older": true})", "null", "null", &facts);
  CHECK(get(former.root, "encrypted").is_true());
  CHECK(get(former.root, "note_default").as_integer() == 7);
  laid unknown_former(R"({})", R"({"enc_old": true})", "null", &facts);
  CHECK(unknown_of(get(unknown_former.root, "encrypted")) == "aws_x.test/enc_old/computed");
  laid unknown(R"({})", R"({"encrypted": true})", "null", &facts);
  CHECK(get(unknown.root, "encrypted").is_unknown());
}

TEST_CASE("a root that is unknown or null") {
  laid nothing("null", "null", "null");
  CHECK(nothing.root.is(value_kind::map));
  CHECK(nothing.root.as_map().size() == 0);
  laid unknown("null", "true", "null");
  CHECK(unknown.root.is_unknown());
}

TEST_CASE("many children stay the same objects whichever way they are read") {
  std::string text = "{";
  for (int i = 0; i < 200; ++i) text += (i ? "," : "") + std::string("\"k") + std::to_string(i) + "\": {\"v\": " + std::to_string(i) + "}";
  text += "}";
  laid x(text, "null", "null");
  const map_view* first = &get(x.root, "k7").as_map();
  for (int i = 0; i < 200; ++i) CHECK(get(get(x.root, "k" + std::to_string(i)), "v").as_integer() == i);
  CHECK(x.root.as_map().size() == 200);
  CHECK(&get(x.root, "k7").as_map() == first);
}

TEST_CASE("a mask nested without end counts as unknown instead of overflowing the stack") {
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "{\"a\":";
  deep += "false";
  for (int i = 0; i < 300; ++i) deep += "}";
  auto document = json_document::parse("mask", "{\"m\": " + deep + "}");
  REQUIRE(document.ok());
  arena memory;
  overlay_source source;
  source.unknown_mask = document->root();
  CHECK(has(make_overlay(memory, source), "m"));
}

TEST_CASE("a complete document: what it does not have is not there, and null is as it says") {
  arena memory, documents;
  for (bool nulls : {false, true}) {
    overlay_source source;
    source.known = from_json(documents, R"({"a": 1, "n": null, "m": {}})");
    source.complete = true;
    source.nulls = nulls;
    value root = make_overlay(memory, source);
    value found;
    CHECK(root.as_map().find(value::string("n"), found) == nulls);
    CHECK(root.as_map().size() == (nulls ? 3 : 2));
    CHECK(!root.as_map().find(value::string("x"), found));
    CHECK(root.as_map().missing(value::string("x")).is_null());   // the reader makes its "no such key" of that
    REQUIRE(root.as_map().find(value::string("m"), found));
    CHECK(found.as_map().missing(value::string("x")).is_null());
  }
}

TEST_CASE("what nobody configured becomes what is documented, where a plan makes the resource") {
  attribute_table facts;
  auto unset = [&](std::string_view path, value means, std::vector<std::string> unless = {}) {
    facts[path].has_unset = true;
    facts[path].unset = means;
    facts[path].unless = std::move(unless);
  };
  unset("auto_mode", value::string("off"));
  unset("auto_none", value::null());
  unset("auto_by_other", value::integer(7), {"other", "block"});
  unset("auto_hangs", value::integer(8), {"auto_mode"});
  unset("mode", value::string("off"));
  facts["auto_renamed"].also = {"auto_former"};
  unset("auto_renamed", value::boolean(true));
  facts["block.auto_mode"].has_unset = true;
  const char* unknown = R"({"auto_mode": true, "auto_none": true, "auto_by_other": true, "auto_hangs": true, "mode": true, "auto_renamed": true, "auto_text": true})";
  laid made(R"({"block": [], "other": ""})", unknown, R"({"auto_mode": true})", &facts, true);
  CHECK(get(made.root, "auto_mode").as_text() == "off");
  CHECK(get(made.root, "auto_mode").sensitive());
  CHECK_FALSE(has(made.root, "auto_none"));
  CHECK(made.root.as_map().missing(value::string("auto_none")).is_unknown());
  CHECK(get(made.root, "auto_by_other").as_integer() == 7);
  CHECK(get(made.root, "auto_hangs").is_unknown());       // what it hangs on is set by default
  CHECK(unknown_of(get(made.root, "mode")) == "aws_x.test/mode/computed");
  CHECK(unknown_of(get(made.root, "auto_text")) == "aws_x.test/auto_text/not_configured");   // nothing is documented
  CHECK(get(made.root, "auto_renamed").is_true());
  CHECK(keys(made.root) == "auto_by_other auto_hangs auto_mode auto_renamed auto_text block mode other ");
  laid standing("{}", unknown, "null", &facts);
  CHECK(get(standing.root, "auto_mode").is_unknown());
  CHECK(get(standing.root, "auto_none").is_unknown());
  for (const char* known : {R"({"other": "x"})", R"({"other": false})", R"({"block": [{}]})", R"({"auto_former": "x"})"}) {
    laid set(known, unknown, "null", &facts, true);
    CAPTURE(known);
    CHECK((get(set.root, "auto_by_other").is_unknown() || get(set.root, "auto_renamed").is_unknown()));
  }
  laid maybe("{}", R"({"auto_by_other": true, "block": true})", "null", &facts, true);      // a `dynamic` block over a list that is not known
  CHECK(get(maybe.root, "auto_by_other").is_unknown());
  laid inside(R"({"block": [{}]})", R"({"block": [{"auto_mode": true}]})", "null", &facts, true);
  CHECK(get(get(get(inside.root, "block"), std::size_t{0}), "auto_mode").is_unknown());
}
