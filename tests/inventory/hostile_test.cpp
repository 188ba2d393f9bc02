#include "fixture.hpp"

using namespace fixture;

namespace {

// Asks everything that can be asked; whatever a plan holds, nothing may crash.
void ask_everything(inv::inventory& inventory) {
  inventory.link();
  for (const auto& one : inventory.resources()) {
    arena memory;
    value root = inventory.attributes(one, memory, nullptr);
    (void)to_json(root);
    (void)inventory.tags(one, memory);
    (void)inventory.linked_to(one, std::vector<std::string_view>{"aws_s3_bucket_versioning", one.type}, "bucket", "id", true, memory);
    (void)inventory.linked_to(one, std::vector<std::string_view>{one.type}, "rule.bucket", "arn", false, memory);
    (void)inventory.named_by(one, "bucket", "aws_s3_bucket", memory);
    (void)inventory.named_by(one, "network_interface.subnet", one.type, memory);
  }
  (void)inventory.secrets();
}

const char* whole_plan = R"({"format_version": "1.2", "planned_values": {"outputs": {"o": {"sensitive": true, "value": "secret-out"}}}, "variables": {"v": {"value": "x"}},
 "resource_changes": [
  {"address": "module.m[0].aws_s3_bucket.b", "module_address": "module.m[0]", "mode": "managed", "type": "aws_s3_bucket", "name": "b", "index": 0, "provider_name": "registry.terraform.io/hashicorp/aws", "deposed": "",
   "previous_address": "x", "change": {"actions": ["create"], "before": null, "after": {"bucket": "n", "tags": {"a": "b"}, "network_interface": [{"subnet": null}]}, "after_unknown": {"id": true, "network_interface": [{"subnet": true}]}, "after_sensitive": {"tags": {}}, "importing": {"id": "i"}}},
  {"address": "aws_s3_bucket_versioning.v", "mode": "managed", "type": "aws_s3_bucket_versioning", "name": "v", "provider_name": "aws", "change": {"actions": ["update"], "before": {"a": 1}, "after": {"rule": [{"bucket": null}]}, "after_unknown": {"bucket": true, "rule": [{"bucket": true}]}, "after_sensitive": false, "before_sensitive": {"a": true}}}],
 "configuration": {"provider_config": {"aws": {"name": "aws", "module_address": "module.m", "alias": "x", "expressions": {"region": {"references": ["var.v"]}}}},
  "root_module": {"variables": {"v": {"sensitive": false, "default": "d"}}, "resources": [{"mode": "managed", "type": "aws_s3_bucket_versioning", "name": "v", "provider_config_key": "aws", "count_expression": {"references": ["var.v"]},
    "expressions": {"bucket": {"references": ["module.m[0].id", "module.m[0]", "module.m"]}, "rule": [{"bucket": {"references": ["each.value.x", "each.value"]}}]}}],
   "module_calls": {"m": {"expressions": {"n": {"references": ["var.v"]}}, "for_each_expression": {"references": ["local.x"]}, "module": {"outputs": {"id": {"expression": {"references": ["aws_s3_bucket.b[0].id", "aws_s3_bucket.b[0]", "aws_s3_bucket.b"]}}},
     "resources": [{"mode": "managed", "type": "aws_s3_bucket", "name": "b", "provider_config_key": "module.m:aws", "expressions": {"bucket": {"references": ["var.n"]}}}]}}}}},
 "errored": false, "complete": true, "deferred_changes": [{"reason": "r", "resource_change": {"address": "a"}}]})";

}  // namespace

TEST_CASE("another type at each place of a plan") {
  {
    inv::inventory inventory;
    REQUIRE(inventory.add_text("whole", whole_plan, {true}).status == "read");
    ask_everything(inventory);
  }
  // Every value of the plan in turn is replaced by something else.
  std::string text = whole_plan;
  std::size_t replaced = 0, unreadable = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    bool begins = c == '{' || c == '[' || (c == '"' && at > 0 && (text[at - 1] == ' ' || text[at - 1] == '[')) || (c >= '0' && c <= '9' && text[at - 1] == ' ');
    if (!begins) continue;
    std::size_t end = at + 1;
    if (c == '"') {
      end = text.find('"', end) + 1;
      if (text[end] == ':') continue;
    } else if (c == '{' || c == '[') {
      int depth = 1;
      for (bool quoted = false; depth > 0; ++end) {
        if (text[end] == '"') quoted = !quoted;
        if (quoted) continue;
        if (text[end] == '{' || text[end] == '[') ++depth;
        if (text[end] == '}' || text[end] == ']') --depth;
      }
    }
    for (const char* other : {"null", "true", "7", "1.5", "\"text\"", "[]", "{}", "[[[]]]", "[null, 1, {\"references\": [1, \"\", \"a\", \"module.\", \"aws_x.y[\"]}]", "{\"constant_value\": {}}"}) {
      inv::inventory inventory;
      auto record = inventory.add_text("p", text.substr(0, at) + other + text.substr(end), {});
      ++replaced;
      unreadable += record.status == "unreadable";
      if (record.status == "unreadable") CHECK_FALSE(record.diagnostics.empty());
      ask_everything(inventory);
    }
  }
  CHECK(replaced > 1000);
  CHECK(unreadable > 100);
}

TEST_CASE("truncated at every byte") {
  std::string text = whole_plan;
  for (std::size_t n = 0; n < text.size(); n += 7) {
    inv::inventory inventory;
    auto record = inventory.add_text("p", text.substr(0, n), {});
    CHECK(record.status == "unreadable");
    CHECK(record.diagnostics.size() == 1);
  }
}

TEST_CASE("deep nesting, huge numbers and duplicate keys") {
  inv::inventory inventory;
  auto deep = [](int n, const std::string& open, const std::string& close) {
    std::string text;
    for (int i = 0; i < n; ++i) text += open;
    text += "1";
    for (int i = 0; i < n; ++i) text += close;
    return text;
  };
  CHECK(codes(inventory.add_text("p", deep(100'000, "[", "]"), {})) == "SKM400");
  CHECK(codes(inventory.add_text("p", deep(100'000, "{\"a\":", "}"), {})) == "SKM400");
  plan p;
  p.add({"aws_x.a", "{\"a\": " + deep(900, "{\"a\":", "}") + ", \"bucket\": " + deep(900, "[", "]") + "}", "{\"b\": " + deep(900, "[", "]") + "}"});
  auto record = inventory.add_text("p", p.text(), {});
  CHECK(record.status == "read");
  for (const auto& one : inventory.resources()) {
    arena memory;
    (void)inventory.named_by(one, "bucket", "aws_x", memory);
    (void)inventory.tags(one, memory);
  }
  plan huge;
  huge.add({"aws_x.a", "{\"size\": 123456789012345678901234567890}"});
  CHECK(codes(inventory.add_text("p", huge.text(), {})) == "SKM307");
  CHECK(inventory.add_text("p", huge.text(), {}).diagnostics[0].source_line.find("123456789012345678901234567890") == std::string::npos);
}

TEST_CASE("modules that call each other in a circle through variables and outputs end") {
  plan p;
  p.add({"aws_s3_bucket.b", R"({"bucket": null})", R"({"id": true})"});
  p.add({"aws_s3_bucket_versioning.v", "{}", R"({"bucket": true})"});
  p.root_module = "{\"resources\": [" + block("aws_s3_bucket_versioning.v", R"("bucket": {"references": ["module.a.out", "module.a"]})") + R"(],
    "module_calls": {"a": {"expressions": {"in": {"references": ["module.b.out", "module.b"]}}, "module": {"outputs": {"out": {"expression": {"references": ["var.in", "var.in", "var.in"]}}}}},
                     "b": {"expressions": {"in": {"references": ["module.a.out", "module.a", "module.a.out", "module.a"]}}, "module": {"outputs": {"out": {"expression": {"references": ["var.in", "var.in", "var.in"]}}}}}}})";
  loaded l(p);
  CHECK(l.part("aws_s3_bucket.b", "aws_s3_bucket_versioning", "bucket") == "aws_s3_bucket_versioning.v? closed");
}
