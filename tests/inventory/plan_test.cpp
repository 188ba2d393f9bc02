#include "fixture.hpp"

using namespace fixture;

TEST_CASE("every action, and which resources are evaluated") {
  plan p;
  p.add({"aws_x.create", "{}", "{}", "\"create\""});
  p.add({"aws_x.replace", "{}", "{}", "\"delete\", \"create\""});
  p.add({"aws_x.replace_first", "{}", "{}", "\"create\", \"delete\""});
  p.add({"aws_x.update", "{}", "{}", "\"update\""});
  p.add({"aws_x.same", "{}", "{}", "\"no-op\""});
  p.add({"aws_x.gone", "{\"id\": \"i\"}", "{}", "\"delete\""});
  p.add({"aws_x.forgotten", "{\"id\": \"i\"}", "{}", "\"forget\""});
  p.add({"data.aws_x.read", "{}", "{\"id\": true}", "\"read\""});
  p.add({"aws_x.left", "{}", "{}", "\"delete\"", "", ", \"deposed\": \"0a1b2c3d\""});
  loaded l(p);
  REQUIRE(codes(l.records[0]) == "");
  CHECK(l.records[0].status == "read");
  CHECK(l.records[0].format == "terraform-plan");
  CHECK(l.records[0].format_version == "1.2");
  CHECK(l.records[0].stage == "plan");
  CHECK(l.records[0].resources == 9);
  CHECK(l.records[0].digest.substr(0, 7) == "sha256:");
  std::string seen;
  for (const auto& one : l.inventory.resources()) seen += std::string(inv::name_of(one.what)) + (one.evaluated ? "+ " : "- ");
  CHECK(seen == "create+ replace+ replace+ update+ no-op+ delete- forget- read- delete- ");
  CHECK(l.at("data.aws_x.read").data_source);
  CHECK(l.at("aws_x.left").deposed);
  CHECK(l.at("aws_x.create").provider == "hashicorp/aws");
  CHECK(l.at("aws_x.create").cloud == "aws");
  CHECK(l.at("aws_x.update").pointer == "/resource_changes/3");
  CHECK(l.at("aws_x.update").position == 3);
}

TEST_CASE("modules, keys and moves") {
  plan p;
  p.add({R"(module.app["a.b"].module.db.aws_x.y["k"])", "{}", "{}", "\"no-op\"", "", R"(, "previous_address": "aws_x.old")"});
  p.add({"aws_x.z[2]"});
  loaded l(p);
  const auto& one = l.at(R"(module.app["a.b"].module.db.aws_x.y["k"])");
  CHECK(one.module == R"(module.app["a.b"].module.db)");
  CHECK(one.name == "y");
  CHECK(one.key.as_text() == "k");
  CHECK(one.previous_address == "aws_x.old");
  CHECK(l.at("aws_x.z[2]").key.as_integer() == 2);
}

TEST_CASE("attributes tell what is computed from what nobody configured") {
  plan p;
  p.add({"aws_x.a", R"({"name": "n", "gone": null})", R"({"id": true, "kms": true, "block": [{"x": true}]})", "\"create\"", "", "", R"({"name": true})"});
  p.add({"aws_x.b", "{}", R"({"id": true})"});
  p.root_module = "{\"resources\": [" + block("aws_x.a", R"("kms": {"references": ["aws_k.k.arn", "aws_k.k"]}, "block": [{"x": {"references": ["local.x"]}}])") + "]}";
  loaded l(p);
  arena memory;
  value root = l.inventory.attributes(l.at("aws_x.a"), memory, nullptr);
  auto reason = [&](value from, std::string_view key) {
    value found;
    REQUIRE(from.as_map().find(value::string(key), found));
    REQUIRE(found.is_unknown());
    CHECK(found.as_unknown().paths[0].resource == "aws_x.a");
    return std::string(found.as_unknown().paths[0].path) + " " + std::string(reason_name(found.as_unknown().paths[0].reason));
  };
  CHECK(reason(root, "id") == "id not_configured");
  CHECK(reason(root, "kms") == "kms computed");
  value list;
  REQUIRE(root.as_map().find(value::string("block"), list));
  CHECK(reason(list.as_list().at(0), "x") == "block[0].x computed");
  value name;
  REQUIRE(root.as_map().find(value::string("name"), name));
  CHECK(name.sensitive());
  value other;
  REQUIRE(l.inventory.attributes(l.at("aws_x.b"), memory, nullptr).as_map().find(value::string("id"), other));
  CHECK(other.as_unknown().paths[0].reason == unknown_reason::computed);
}

TEST_CASE("a plan that is not whole says so and closes nothing") {
  for (const char* extra : {", \"errored\": true", ", \"complete\": false",
                            ", \"deferred_changes\": [{\"reason\": \"instance_count_unknown\", \"resource_change\": {\"address\": \"aws_x.d\"}}]"}) {
    plan p;
    p.add({"aws_s3_bucket.b", R"({"bucket": "n"})", R"({"id": true})"});
    p.extra = extra;
    loaded l(p);
    CHECK(codes(l.records[0]) == "SKM306");
    CHECK(l.records[0].diagnostics[0].level == diagnostic_level::warning);
    CHECK(l.records[0].status == "read");
    REQUIRE(l.records[0].notes.size() == 1);
    CHECK_FALSE(l.inventory.complete(0));
    CHECK(l.part("aws_s3_bucket.b", "aws_s3_bucket_versioning", "bucket") == "open");
  }
  plan whole;
  whole.add({"aws_s3_bucket.b", R"({"bucket": "n"})", R"({"id": true})"});
  whole.extra = ", \"errored\": false, \"complete\": true, \"deferred_changes\": []";
  loaded l(whole);
  CHECK(l.inventory.complete(0));
  CHECK(l.part("aws_s3_bucket.b", "aws_s3_bucket_versioning", "bucket") == "closed");
}

TEST_CASE("versions and shapes that are not read") {
  loaded l;
  auto code = [&](const std::string& text) {
    const auto& record = l.add(text);
    CHECK(record.status == "unreadable");
    CHECK(record.file == "plan.json");
    return codes(record);
  };
  CHECK(code("{}") == "SKM301");
  CHECK(code("[]") == "SKM301");
  CHECK(code("3") == "SKM301");
  CHECK(code("") == "SKM300");
  CHECK(code(R"({"format_version": "2.0", "resource_changes": []})") == "SKM302");
  CHECK(code(R"({"format_version": "1.3", "resource_changes": []})") == "SKM302");
  CHECK(code(R"({"format_version": 1, "resource_changes": []})") == "SKM303");
  CHECK(code(R"({"format_version": "1.2", "resource_changes": {}})") == "SKM303");
  CHECK(code(R"({"format_version": "1.2", "resource_changes": [{}]})") == "SKM303 SKM303 SKM303 SKM303");
  CHECK(code(R"({"format_version": "1.2", "planned_values": {"root_module": {"resources": [{"address": "a.b"}]}}})") == "SKM303");
  CHECK(code(R"({"format_version": "1.0", "checks": []})") == "SKM301");
  CHECK(code(R"({"resource_changes": []})") == "SKM301");
  CHECK(code(R"({"format_version": "1.2", "resource_changes": [], "resource_changes": []})") == "SKM304");
  plan bad;
  bad.add({"aws_x.a", "{}", "{}", "\"destroy\""});
  CHECK(code(bad.text()) == "SKM303");
  CHECK(l.inventory.resources().empty());
  CHECK(codes(l.add(R"({"format_version": "1.2", "planned_values": {}, "configuration": {}})")) == "");
  CHECK(l.records.back().status == "read");
  CHECK(l.records.back().resources == 0);
  for (const char* version : {"0.1", "0.2", "1.0", "1.1", "1.2"}) {
    CHECK(codes(l.add(std::string("{\"format_version\": \"") + version + "\", \"resource_changes\": []}")) == "");
  }
}

TEST_CASE("a duplicate key is refused wherever a rule could read it, whether one does or not") {
  const std::string twice = R"({"tags": {"a": "1", "b": "2", "a": "3"}})", deep = R"({"x": [{"y": [[{"b": 1, "a": 2, "b": false}]]}]})";
  for (const plan::change& one : {plan::change{"aws_x.a", twice}, plan::change{"aws_x.a", "{}", deep}, plan::change{"aws_x.a", "{}", "{}", "\"create\"", "", "", deep},
                                  plan::change{"aws_x.a", "{}", "{}", "\"create\"", "", R"(, "type": "aws_y")"}}) {
    plan p;
    p.add({"aws_x.other"});
    p.add(one);
    loaded l(p);
    CHECK(l.records[0].status == "unreadable");
    CHECK(codes(l.records[0]) == "SKM304");
    CHECK(l.records[0].diagnostics[0].line > 0);
    CHECK(l.inventory.resources().empty());
  }
  plan configured;
  configured.root_module = R"({"resources": [], "variables": {"v": {"default": 1, "default": 2}}})";
  CHECK(codes(loaded(configured).records[0]) == "SKM304");
  // Of what no reader looks at it is told on request.
  plan elsewhere;
  elsewhere.extra = R"(, "prior_state": {"a": 1, "a": 2})";
  CHECK(codes(loaded(elsewhere).records[0]) == "");
  inv::inventory strict;
  CHECK(codes(strict.add_text("p", elsewhere.text(), {true})) == "SKM304");
  inv::inventory manifests;
  CHECK(codes(manifests.add_text("m", R"({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "n"}, "spec": {"a": {"b": 1, "b": 1}}})", {})) == "SKM304");
}

TEST_CASE("types are told apart by number") {
  plan p;
  for (const char* address : {"aws_b.x", "aws_a.x", "aws_b.y", "aws_c.x"}) p.add({address});
  loaded l(p);
  l.add(p.text(), "again.json");
  CHECK(l.inventory.types() == std::vector<std::string_view>{"aws_b", "aws_a", "aws_c"});
  REQUIRE(l.inventory.resources().size() == 8);
  for (const auto& one : l.inventory.resources()) CHECK(l.inventory.types()[one.type_index] == one.type);
  for (std::size_t i = 0; i < 8; ++i) CHECK(l.inventory.resources()[i].position == i);
}

TEST_CASE("a host's own object is read in place") {
  plan p;
  p.add({"aws_s3_bucket.b", R"({"bucket": "n"})"});
  arena memory;
  value object = from_json(memory, p.text());
  inv::inventory inventory;
  auto record = inventory.add_object("host", &object.as_map());
  CHECK(record.status == "read");
  CHECK(record.resources == 1);
  CHECK(inventory.resources()[0].type == "aws_s3_bucket");
  CHECK_FALSE(inventory.concurrent());
  CHECK(loaded(p).inventory.concurrent());
  CHECK(inventory.add_object("nothing", nullptr).status == "unreadable");
}

TEST_CASE("secrets that a plan does not mark are hidden by key and by form") {
  plan p;
  p.add({"aws_x.a", R"({"environment": [{"variables": {"DB_PASSWORD": "hidden-1", "STAGE": "prod"}}], "list": [{"name": "API_TOKEN", "value": "hidden-2"}, {"name": "STAGE", "value": "prod"}],
    "note": "postgres://user:hidden-3@db/x", "password_length": 14, "user_data": "echo hidden-4"})", "{}", "\"create\"", "", "", "{}"});
  loaded l(p);
  arena memory;
  const value all = l.inventory.attributes(l.at("aws_x.a"), memory, nullptr);
  const auto in = [](value of, const char* key) {
    value found;
    REQUIRE(of.as_map().find(value::string(key), found));
    return found;
  };
  const value variables = in(in(all, "environment").as_list().at(0), "variables");
  CHECK(in(variables, "DB_PASSWORD").sensitive());
  CHECK(!in(variables, "STAGE").sensitive());
  CHECK(in(in(all, "list").as_list().at(0), "value").sensitive());
  CHECK(!in(in(all, "list").as_list().at(1), "value").sensitive());
  CHECK(in(all, "note").sensitive());
  CHECK(in(all, "user_data").sensitive());
  CHECK(!in(all, "password_length").sensitive());
}

TEST_CASE("secrets that stand in clear are found") {
  plan p;
  p.add({"aws_x.a", R"({"password": "from-after-1", "list": [{"key": "in-a-set-2"}], "plain": "not-secret"})", "{}", "\"create\"", "", "",
         R"({"password": true, "list": true})"});
  p.add({"aws_x.old", R"({"token": "from-before-3"})", "{}", "\"delete\"", "", "", R"({"token": true})"});
  p.root_module = "{\"resources\": [" + block("aws_x.a", R"("password_wo": {"constant_value": "write-only-4"}, "user": [{"admin_password": {"constant_value": "nested-5xx"}}],
      "plain": {"constant_value": "not-secret"}, "pin_password": {"constant_value": "short"})") + R"(], "variables": {"db": {"sensitive": true}, "open": {}}})";
  p.providers = R"({"aws": {"name": "aws", "expressions": {"secret_key": {"constant_value": "provider-6"}, "region": {"constant_value": "ap-northeast-1"}}}})";
  p.extra = R"(, "variables": {"db": {"value": "variable-7"}, "open": {"value": "open-value"}})";
  loaded l(p);
  std::string all;
  for (const auto& secret : l.inventory.secrets()) all += secret + " ";
  CHECK(all == "from-after-1 from-before-3 in-a-set-2 nested-5xx provider-6 variable-7 write-only-4 ");
}

TEST_CASE("what a plan makes is made from its configuration and nothing else") {
  plan p;
  p.add({"aws_x.created"});
  p.add({"aws_x.replaced", "{}", "{}", "\"create\", \"delete\""});
  p.add({"aws_x.updated", "{}", "{}", "\"update\""});
  p.add({"aws_x.same", "{}", "{}", "\"no-op\""});
  p.add({"aws_x.unwritten"});
  p.add({"aws_x.left", "{}", "{}", "\"create\"", "", ", \"deposed\": \"0a1b2c3d\""});
  p.add({"data.aws_x.read", "{}", "{}", "\"read\""});
  p.add({"aws_x.emptied"});
  for (const char* importing : {R"({"id": "i-1"})", R"({"unknown": true})", R"({"identity": {"id": "i-1"}})"}) {
    p.add({"aws_x.imported", "{}", "{}", "\"delete\", \"create\""});
    std::string& change = p.changes.back();
    change.insert(change.rfind("\"actions\""), "\"importing\": " + std::string(importing) + ", ");
  }
  std::string blocks;
  for (const char* name : {"aws_x.created", "aws_x.replaced", "aws_x.updated", "aws_x.same", "aws_x.left", "aws_x.imported", "data.aws_x.read"}) blocks += block(name, "") + ",";
  // Somebody took out `expressions`.
  p.root_module = "{\"resources\": [" + blocks + R"({"mode": "managed", "type": "aws_x", "name": "emptied"}]})";
  loaded l(p);
  std::string made;
  for (const auto& one : l.inventory.resources()) made += one.made_as_configured ? std::string(one.name) + " " : std::string();
  CHECK(made == "created replaced ");
  plan bare;
  bare.add({"aws_x.created"});
  bare.root_module = "null";
  CHECK_FALSE(loaded(bare).at("aws_x.created").made_as_configured);
}

TEST_CASE("a documented default is for what the configuration does not name at all") {
  attribute_table facts;
  facts["mode"].has_unset = true;
  facts["mode"].unset = value::string("off");
  const std::pair<const char*, bool> written[] = {
      {"", true},                                                               // not named
      {R"("other": {"constant_value": 1})", true},
      {R"("mode": {"constant_value": "on"})", false},
      {R"("mode": {"constant_value": null})", false},                           // an explicit null may be anything
      {R"("mode": {})", false},                                                 // a function call
      {R"("mode": {"references": ["var.mode"]})", false},                       // null by default, maybe
      {R"("mode": {"references": ["aws_y.z.mode", "aws_y.z"]})", false},
      {R"("mode": [{"references": ["each.value"]}])", false}};
  for (auto& [expressions, holds] : written) {
    plan p;
    p.add({"aws_x.a", "{}", R"({"mode": true})"});
    p.root_module = "{\"resources\": [" + block("aws_x.a", expressions) + "]}";
    loaded l(p);
    arena memory;
    value found;
    REQUIRE(l.inventory.attributes(l.at("aws_x.a"), memory, &facts).as_map().find(value::string("mode"), found));
    CAPTURE(expressions);
    CHECK(found.is_unknown() != holds);
  }
}
