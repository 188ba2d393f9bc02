#include "fixture.hpp"
#include "inventory/address.hpp"

using namespace fixture;

namespace {

// One bucket block "b" and one versioning block "v" whose `bucket` is unknown and refers to `references`.
struct pair {
  plan p;
  explicit pair(const std::vector<std::string>& buckets, const std::vector<std::string>& versionings) {
    for (const auto& key : buckets) p.add({"aws_s3_bucket.b" + key, "{}", R"({"id": true})"});
    for (const auto& key : versionings) p.add({"aws_s3_bucket_versioning.v" + key, "{}", R"({"bucket": true})"});
  }
  std::string parts(const std::string& bucket, const std::string& references, const std::string& more = "") {
    p.root_module = "{\"resources\": [" + block("aws_s3_bucket_versioning.v", "\"bucket\": {\"references\": [" + references + "]}", more) + "]}";
    return loaded(p).part("aws_s3_bucket.b" + bucket, "aws_s3_bucket_versioning", "bucket");
  }
};

}  // namespace

TEST_CASE("addresses and references are split with their quotes") {
  using namespace sekimori::inventory;
  CHECK(split_steps(R"(module.a["x.y]"].b[0].c)") == std::vector<std::string_view>{"module", "a", R"(["x.y]"])", "b", "[0]", "c"});
  CHECK(split_steps("a..b").empty());
  CHECK(split_steps("a[\"b").empty());
  CHECK(split_steps("a.").empty());
  CHECK(parent_module(R"(module.a["module.z"].module.b[0])") == R"(module.a["module.z"])");
  CHECK(parent_module("module.a") == "");
  CHECK(last_module("module.a.module.b[0]").name == "b");
  CHECK(last_module("module.a.module.b[0]").key == "[0]");
  CHECK(key_text(value::string("a\"b")) == R"(["a\"b"])");
  CHECK(key_text(value::string("${x}")) == R"(["$${x}"])");
  CHECK(longest_references({"a.b.c", "a.b", "local.x.y", "local.x", "var.z", "var.z"}) == std::vector<std::string_view>{"a.b.c", "local.x.y", "var.z", "var.z"});
  CHECK(longest_references({"a.bc", "a.b"}) == std::vector<std::string_view>{"a.bc", "a.b"});
}

TEST_CASE("count: a literal index, count.index with equal keys, and neither") {
  pair x({"[0]", "[1]"}, {"[0]", "[1]"});
  CHECK(x.parts("[1]", R"("aws_s3_bucket.b", "count.index")") == "aws_s3_bucket_versioning.v[1] closed");
  CHECK(x.parts("[0]", R"("aws_s3_bucket.b[0].id", "aws_s3_bucket.b[0]", "aws_s3_bucket.b")") == "aws_s3_bucket_versioning.v[0] aws_s3_bucket_versioning.v[1] closed");
  CHECK(x.parts("[1]", R"("aws_s3_bucket.b[0].id", "aws_s3_bucket.b[0]", "aws_s3_bucket.b")") == "closed");
  CHECK(x.parts("[1]", R"("aws_s3_bucket.b")") == "aws_s3_bucket_versioning.v[0]? aws_s3_bucket_versioning.v[1]? closed");
  pair uneven({"[0]", "[1]", "[2]"}, {"[0]", "[1]"});
  CHECK(uneven.parts("[2]", R"("aws_s3_bucket.b", "count.index")") == "aws_s3_bucket_versioning.v[0]? aws_s3_bucket_versioning.v[1]? closed");
  pair single({"[0]"}, {"[0]"});
  CHECK(single.parts("[0]", R"("aws_s3_bucket.b")") == "aws_s3_bucket_versioning.v[0] closed");
}

TEST_CASE("for_each: literal keys, each.key with equal keys, chaining through each.value") {
  pair x({R"(["a.x"])", R"(["b"])"}, {R"(["a.x"])", R"(["b"])"});
  CHECK(x.parts(R"(["a.x"])", R"("aws_s3_bucket.b", "each.key")") == R"(aws_s3_bucket_versioning.v["a.x"] closed)");
  CHECK(x.parts(R"(["b"])", R"("aws_s3_bucket.b[\"b\"].id", "aws_s3_bucket.b[\"b\"]", "aws_s3_bucket.b")") == R"(aws_s3_bucket_versioning.v["a.x"] aws_s3_bucket_versioning.v["b"] closed)");
  CHECK(x.parts(R"(["b"])", R"("each.value.id", "each.value")", R"(, "for_each_expression": {"references": ["aws_s3_bucket.b"]})") == R"(aws_s3_bucket_versioning.v["b"] closed)");
  CHECK(x.parts(R"(["b"])", R"("each.value")", R"(, "for_each_expression": {"references": ["local.all"]})") == R"(aws_s3_bucket_versioning.v["a.x"]? aws_s3_bucket_versioning.v["b"]? closed)");
  pair different({R"(["a"])", R"(["b"])"}, {R"(["a"])", R"(["c"])"});
  CHECK(different.parts(R"(["a"])", R"("aws_s3_bucket.b", "each.key")") == R"(aws_s3_bucket_versioning.v["a"]? aws_s3_bucket_versioning.v["c"]? closed)");
}

TEST_CASE("a module's variable leads to what its caller passed") {
  plan p;
  p.add({"aws_s3_bucket.a", "{}", R"({"id": true})"});
  p.add({"aws_s3_bucket.b", "{}", R"({"id": true})"});
  p.add({R"(module.m["a"].module.inner.aws_s3_bucket_versioning.v)", "{}", R"({"bucket": true})"});
  p.add({R"(module.m["b"].module.inner.aws_s3_bucket_versioning.v)", "{}", R"({"bucket": true})"});
  p.root_module = R"({"module_calls": {"m": {"expressions": {"name": {"references": ["aws_s3_bucket.a.id", "aws_s3_bucket.a"]}}, "for_each_expression": {"constant_value": ["a", "b"]},
    "module": {"module_calls": {"inner": {"expressions": {"bucket": {"references": ["var.name"]}}, "module": {"variables": {"bucket": {}}, "resources": [)" +
                  block("aws_s3_bucket_versioning.v", R"("bucket": {"references": ["var.bucket"]})") + "]}}}}}}}";
  loaded l(p);
  CHECK(l.part("aws_s3_bucket.a", "aws_s3_bucket_versioning", "bucket") ==
        R"(module.m["a"].module.inner.aws_s3_bucket_versioning.v module.m["b"].module.inner.aws_s3_bucket_versioning.v closed)");
  CHECK(l.part("aws_s3_bucket.b", "aws_s3_bucket_versioning", "bucket") == "closed");
}

TEST_CASE("a module's variable by the key that the module is called with") {
  plan p;
  p.add({R"(aws_s3_bucket.b["x"])", "{}", R"({"id": true})"});
  p.add({R"(aws_s3_bucket.b["y"])", "{}", R"({"id": true})"});
  p.add({R"(module.m["x"].aws_s3_bucket_versioning.v)", "{}", R"({"bucket": true})"});
  p.add({R"(module.m["y"].aws_s3_bucket_versioning.v)", "{}", R"({"bucket": true})"});
  p.root_module = R"({"module_calls": {"m": {"expressions": {"bucket": {"references": ["aws_s3_bucket.b", "each.key"]}}, "for_each_expression": {"constant_value": ["x", "y"]}, "module": {"resources": [)" +
                  block("aws_s3_bucket_versioning.v", R"("bucket": {"references": ["var.bucket"]})") + "]}}}}";
  loaded l(p);
  CHECK(l.part(R"(aws_s3_bucket.b["y"])", "aws_s3_bucket_versioning", "bucket") == R"(module.m["y"].aws_s3_bucket_versioning.v closed)");
}

TEST_CASE("a module's output leads to what it holds") {
  plan p;
  p.add({"module.storage.aws_s3_bucket.this[0]", "{}", R"({"id": true})"});
  p.add({R"(module.many["k"].aws_s3_bucket.this)", "{}", R"({"id": true})"});
  p.add({R"(module.many["l"].aws_s3_bucket.this)", "{}", R"({"id": true})"});
  p.add({R"(module.set.aws_s3_bucket.each["q"])", "{}", R"({"id": true})"});
  p.add({R"(module.set.aws_s3_bucket.each["r"])", "{}", R"({"id": true})"});
  for (const char* name : {"plain", "keyed", "unkeyed", "indexed"}) p.add({std::string("aws_s3_bucket_versioning.") + name, "{}", R"({"bucket": true})"});
  std::string output = R"("outputs": {"id": {"expression": {"references": ["aws_s3_bucket.this.id", "aws_s3_bucket.this"]}}})";
  p.root_module = "{\"resources\": [" +
      block("aws_s3_bucket_versioning.plain", R"("bucket": {"references": ["module.storage.id", "module.storage"]})") + "," +
      block("aws_s3_bucket_versioning.keyed", R"("bucket": {"references": ["module.many[\"k\"].id", "module.many[\"k\"]", "module.many"]})") + "," +
      block("aws_s3_bucket_versioning.unkeyed", R"("bucket": {"references": ["module.many"]})") + "," +
      block("aws_s3_bucket_versioning.indexed", R"("bucket": {"references": ["module.set.ids[\"r\"]", "module.set.ids", "module.set"]})") +
      R"(], "module_calls": {"storage": {"module": {"outputs": {"id": {"expression": {"references": ["aws_s3_bucket.this[0].id", "aws_s3_bucket.this[0]", "aws_s3_bucket.this"]}}}}},
      "many": {"for_each_expression": {"constant_value": ["k", "l"]}, "module": {)" + output + R"(}},
      "set": {"module": {"outputs": {"ids": {"expression": {"references": ["aws_s3_bucket.each"]}}}}}}})";
  loaded l(p);
  auto from = [&](const char* name) { return l.from(std::string("aws_s3_bucket_versioning.") + name, "bucket", "aws_s3_bucket"); };
  CHECK(from("plain") == "module.storage.aws_s3_bucket.this[0] closed");
  CHECK(from("keyed") == R"(module.many["k"].aws_s3_bucket.this closed)");
  CHECK(from("indexed") == R"(module.set.aws_s3_bucket.each["r"] closed)");
  CHECK(from("unkeyed").find("closed") == std::string::npos);
  CHECK(from("unkeyed").find("? ") != std::string::npos);
  CHECK(l.part("module.storage.aws_s3_bucket.this[0]", "aws_s3_bucket_versioning", "bucket") == "aws_s3_bucket_versioning.plain aws_s3_bucket_versioning.unkeyed? closed");
}

TEST_CASE("an attribute of another resource is asked of that resource") {
  plan p;
  p.add({"aws_s3_bucket.a", "{}", R"({"id": true})"});
  p.add({"aws_s3_bucket.b", "{}", R"({"id": true})"});
  p.add({"aws_s3_bucket_acl.acl", "{}", R"({"bucket": true, "id": true})"});
  p.add({"aws_s3_bucket_versioning.chained", "{}", R"({"bucket": true})"});
  p.add({"aws_s3_bucket_versioning.by_id", "{}", R"({"bucket": true})"});
  p.root_module = "{\"resources\": [" + block("aws_s3_bucket_acl.acl", R"("bucket": {"references": ["aws_s3_bucket.a.id", "aws_s3_bucket.a"]})") + "," +
                  block("aws_s3_bucket_versioning.chained", R"("bucket": {"references": ["aws_s3_bucket_acl.acl.bucket", "aws_s3_bucket_acl.acl"]})") + "," +
                  block("aws_s3_bucket_versioning.by_id", R"("bucket": {"references": ["aws_s3_bucket_acl.acl.id", "aws_s3_bucket_acl.acl"]})") + "]}";
  loaded l(p);
  CHECK(l.part("aws_s3_bucket.a", "aws_s3_bucket_versioning", "bucket") == "aws_s3_bucket_versioning.chained aws_s3_bucket_versioning.by_id? closed");
  CHECK(l.part("aws_s3_bucket.b", "aws_s3_bucket_versioning", "bucket") == "aws_s3_bucket_versioning.by_id? closed");
}

TEST_CASE("a reference to what has no instance, or to data that was read already") {
  pair x({""}, {""});
  CHECK(x.parts("", R"("aws_s3_bucket.none.id", "aws_s3_bucket.none")") == "aws_s3_bucket_versioning.v? closed");
  CHECK(x.parts("", R"("data.aws_s3_bucket.read.id", "data.aws_s3_bucket.read", "aws_s3_bucket.b.id", "aws_s3_bucket.b")") == "aws_s3_bucket_versioning.v? closed");
  CHECK(x.parts("", R"("var.create", "path.module", "aws_s3_bucket.b.id", "aws_s3_bucket.b")") == "aws_s3_bucket_versioning.v closed");
}

TEST_CASE("what the plan makes no instance of is no possible target") {
  const std::string both = R"("aws_s3_bucket_policy.p[0].id", "aws_s3_bucket_policy.p[0]", "aws_s3_bucket_policy.p", "aws_s3_bucket.b.id", "aws_s3_bucket.b")";
  struct given {
    plan p;
    std::string resources = block("aws_s3_bucket.b", "") + "," + block("aws_s3_bucket_policy.p", "", R"(, "count_expression": {"references": ["var.create"]})");
    std::string calls;
    given() {
      p.add({"aws_s3_bucket.b", "{}", R"({"id": true})"});
      p.add({"aws_s3_bucket_versioning.v", "{}", R"({"bucket": true})"});
      p.whole = true;
    }
    std::string parts(const std::string& references) {
      p.root_module = "{\"resources\": [" + resources + "," + block("aws_s3_bucket_versioning.v", "\"bucket\": {\"references\": [" + references + "]}") +
                      "], \"module_calls\": {" + calls + "}}";
      return loaded(p).part("aws_s3_bucket.b", "aws_s3_bucket_versioning", "bucket");
    }
  };
  const char* certain = "aws_s3_bucket_versioning.v closed";
  const char* possible = "aws_s3_bucket_versioning.v? closed";
  SUBCASE("count is 0, or only what goes away is left") {
    given x;
    CHECK(x.parts(both) == certain);
    CHECK(x.parts(R"("aws_s3_bucket_policy.p")") == possible);     // then nobody knows what is named
    x.p.add({"aws_s3_bucket_policy.p[0]", R"({"id": "n"})", "{}", "\"delete\""});
    CHECK(x.parts(both) == certain);
  }
  SUBCASE("an instance, or no block that could have one") {
    given made, unwritten;
    made.p.add({"aws_s3_bucket_policy.p[0]", "{}", R"({"id": true})"});
    CHECK(made.parts(both) == possible);
    unwritten.resources = block("aws_s3_bucket.b", "") + "," + block("data.aws_s3_bucket_policy.p", "");
    CHECK(unwritten.parts(both) == possible);
    CHECK(unwritten.parts(R"("data.aws_s3_bucket_policy.p.id", "data.aws_s3_bucket_policy.p", "aws_s3_bucket.b.id", "aws_s3_bucket.b")") == possible);
  }
  SUBCASE("a plan that does not hold all changes") {
    given shortened;
    shortened.p.whole = false;
    CHECK(shortened.parts(both) == possible);
    for (const char* extra : {", \"errored\": true", ", \"complete\": false", ", \"deferred_changes\": [{\"reason\": \"instance_count_unknown\"}]"}) {
      given x;
      x.p.extra = extra;
      CHECK(x.parts(both).substr(0, 27) == "aws_s3_bucket_versioning.v?");
    }
  }
  SUBCASE("modules") {
    const std::string inside = R"("module": {"outputs": {"id": {"expression": {"references": ["aws_s3_bucket_policy.p[0].id", "aws_s3_bucket_policy.p[0]", "aws_s3_bucket_policy.p"]}}}, "resources": [)" +
                               block("aws_s3_bucket_policy.p", "") + "]}";
    const std::string through = R"("module.m[\"k\"].id", "module.m[\"k\"]", "module.m", "aws_s3_bucket.b.id", "aws_s3_bucket.b")";
    given none, other, same;
    none.calls = other.calls = same.calls = "\"m\": {" + inside + "}";
    CHECK(none.parts(through) == certain);                  // no instance of the module has anything
    other.p.add({R"(module.m["l"].aws_s3_bucket_policy.p)", "{}", R"({"id": true})"});
    CHECK(other.parts(through) == possible);                // a key that no instance is known by
    same.p.add({R"(module.m["k"].aws_s3_object.o)", "{}", "{}"});
    CHECK(same.parts(through) == certain);
    given handed;                                           // what a module hands on is there without it
    handed.p.add({"aws_s3_bucket.c", "{}", R"({"id": true})"});
    handed.calls = R"("m": {"expressions": {"x": {"references": ["aws_s3_bucket.c.id", "aws_s3_bucket.c"]}}, "module": {"outputs": {"id": {"expression": {"references": ["var.x"]}}}}})";
    CHECK(handed.parts(R"("module.m.id", "module.m", "aws_s3_bucket.b.id", "aws_s3_bucket.b")") == possible);
  }
}
