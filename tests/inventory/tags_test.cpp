#include "fixture.hpp"

using namespace fixture;

namespace {

std::string tags(const std::string& type, const std::string& after, const std::string& unknown = "{}", const std::string& providers = R"({"aws": {"name": "aws", "expressions": {}}})") {
  plan p;
  p.add({type + ".t", after, unknown});
  p.providers = providers;
  p.root_module = "{\"resources\": [" + block(type + ".t", "") + "]}";
  loaded l(p);
  arena memory;
  value shown = l.inventory.tags(l.at(type + ".t"), memory);
  if (shown.is_unknown()) return "unknown " + std::string(shown.as_unknown().paths[0].path);
  return to_json(shown);
}

}  // namespace

TEST_CASE("tags in one form for every cloud") {
  CHECK(tags("aws_x", R"({"tags": {"a": "1"}, "tags_all": {"a": "1", "b": "2"}})") == R"({"a": "1", "b": "2"})");
  CHECK(tags("aws_x", R"({"tags": {"a": "1"}, "tags_all": {"a": "1"}})", R"({"tags_all": {"b": true}})") == R"({"a": "1", "b": null})");
  CHECK(tags("aws_x", R"({"tags": {"a": "1"}})") == R"({"a": "1"})");
  CHECK(tags("aws_x", R"({"tags": null})") == "{}");
  CHECK(tags("azurerm_x", R"({"tags": {"a": "1"}})") == R"({"a": "1"})");
  CHECK(tags("google_x", R"({"labels": {"a": "1"}, "terraform_labels": {"a": "1", "t": "2"}, "effective_labels": {"a": "1", "e": "3"}})") == R"({"a": "1", "e": "3"})");
  CHECK(tags("google_sql_database_instance", R"({"settings": [{"user_labels": {"a": "1"}}]})") == R"({"a": "1"})");
  CHECK(tags("google_sql_database_instance", R"({"settings": []})") == "{}");
  CHECK(tags("google_container_cluster", R"({"resource_labels": {"a": "1"}})") == R"({"a": "1"})");
  CHECK(tags("oci_x", R"({"freeform_tags": {"a": "1"}, "defined_tags": {"ns.b": "2"}})") == R"({"a": "1", "b": "2", "ns.b": "2"})");
  CHECK(tags("sakura_x", R"({"tags": ["a=1", "b", "c=x=y"]})") == R"({"a": "1", "c": "x=y"})");
  CHECK(tags("sakura_x", "{}") == "{}");
  CHECK(tags("random_x", R"({"tags": {"a": "1"}})") == "{}");
}

TEST_CASE("tags that are not known yet") {
  CHECK(tags("sakura_x", "{}", R"({"tags": true})") == "unknown tags");
  CHECK(tags("sakura_x", R"({"tags": ["a=1", null]})", R"({"tags": [false, true]})") == "unknown tags[1]");
  CHECK(tags("oci_x", R"({"freeform_tags": {"a": "1"}})", R"({"defined_tags": true})") == "unknown defined_tags");
  CHECK(tags("azurerm_x", "{}", R"({"tags": true})") == "unknown tags");
  // The provider adds nothing, so what the author wrote is all there is; else it can add more.
  CHECK(tags("aws_x", R"({"tags": {"a": "1"}})", R"({"tags_all": true})") == R"({"a": "1"})");
  CHECK(tags("aws_x", R"({"tags": {"a": "1"}})", R"({"tags_all": true})",
             R"({"aws": {"name": "aws", "expressions": {"default_tags": [{"tags": {"constant_value": {"b": "2"}}}]}}})") == "unknown tags_all");
}
