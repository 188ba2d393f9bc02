#include "generated.hpp"

#include <initializer_list>
#include <string_view>

namespace sekimori::testing {
namespace {

class source {
 public:
  explicit source(std::uint64_t seed) : state_(seed * 2 + 1) {}
  std::uint64_t below(std::uint64_t bound) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return (state_ >> 33) % bound;
  }
  bool chance(int percent) { return below(100) < static_cast<std::uint64_t>(percent); }
  std::string of(std::initializer_list<std::string_view> pool) { return std::string(pool.begin()[below(pool.size())]); }
  std::string number(std::uint64_t bound) { return std::to_string(below(bound)); }

  std::string word() { return of({"prod-web", "prod-db", "test-web", "dev", "a-1", "a-22b", "", "web"}); }
  std::string region() { return of({"ap-northeast-1", "ap-south-1", "eu-west-1", "global"}); }
  std::string block() { return of({"0.0.0.0/0", "10.0.0.0/8", "192.0.2.0/24", "::/0"}); }

 private:
  std::uint64_t state_;
};

std::string quoted(const std::string& text) {
  std::string made = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') made += '\\';
    made += c;
  }
  return made + "\"";
}

class condition_writer {
 public:
  explicit condition_writer(source& from) : from_(from) {}

  // What rules over provider types ask. `resource` has any attributes.
  std::string over_type(int depth) { return joined(depth, [this] { return type_test(); }); }
  std::string over_kind(bool entry, int depth) { return joined(depth, [this, entry] { return entry ? entry_test() : thing_test(); }); }

 private:
  template <class Leaf>
  std::string joined(int depth, Leaf leaf) {
    if (depth == 0 || from_.chance(25)) return leaf();
    switch (from_.below(8)) {
      case 0: case 1: case 2: return "(" + joined(depth - 1, leaf) + " && " + joined(depth - 1, leaf) + ")";
      case 3: case 4: case 5: return "(" + joined(depth - 1, leaf) + " || " + joined(depth - 1, leaf) + ")";
      case 6: return "!(" + joined(depth - 1, leaf) + ")";
      default: return "(" + joined(depth - 1, leaf) + " ? " + joined(depth - 1, leaf) + " : " + joined(depth - 1, leaf) + ")";
    }
  }

  std::string order() { return from_.of({" == ", " != ", " < ", " <= ", " > ", " >= "}); }

  std::string text_test(const std::string& text) {
    switch (from_.below(8)) {
      case 0: return text + " == " + quoted(from_.word());
      case 1: return text + ".startsWith(" + quoted(from_.of({"prod-", "test", "a", ""})) + ")";
      case 2: return text + ".endsWith(" + quoted(from_.of({"web", "b", "1"})) + ")";
      case 3: return text + ".contains(" + quoted(from_.of({"-", "od", "22"})) + ")";
      case 4: return text + " in [" + quoted(from_.word()) + ", " + quoted(from_.word()) + ", \"dev\"]";
      case 5: return text + ".matches(" + quoted(from_.of({"^prod-", "web$", "^dev$", "a-"})) + ")";
      // Regular expressions that are fused: more than four on one path.
      default: return text + ".matches(" + quoted(from_.of({"^[a-z]+-[0-9]+b?$", "(prod|test)-.*b", "o.{0,3}b", "[0-9]{2}", "^$|v", "w.b"})) + ")";
    }
  }

  std::string element_test(const std::string& element) {
    switch (from_.below(6)) {
      case 0: return element + ".port" + order() + from_.of({"22", "443", "3389"});
      case 1: return element + ".cidr == " + quoted(from_.block());
      case 2: return element + ".open";
      case 3: return "(" + element + ".open && " + element + ".port == 22)";
      case 4: return "!cloud.isPublicSource(" + element + ".cidr)";
      default: return element + ".names.exists(n, n.startsWith(" + quoted(from_.of({"a", "web"})) + "))";
    }
  }

  std::string type_test() {
    switch (from_.below(22)) {
      case 0: case 1: return text_test("resource.name");
      case 2: return text_test("resource.region");
      case 3: return "resource.size" + order() + from_.number(6);
      case 4: return "resource.on";
      case 5: return "has(resource." + from_.of({"note", "size", "labels.env", "conf", "never"}) + ")";
      case 6: return text_test("resource.?region.orValue(" + quoted(from_.region()) + ")");
      case 7: return "resource.labels[\"env\"] == " + quoted(from_.of({"prod", "test"}));
      case 8: return quoted(from_.of({"env", "owner"})) + " in resource.labels";
      case 9: case 10: return "resource.rules." + from_.of({"exists", "all"}) + "(r, " + element_test("r") + ")";
      case 11: return "resource.rules.exists_one(r, " + element_test("r") + ")";
      case 12: return "resource.rules.filter(r, " + element_test("r") + ").size()" + order() + from_.number(3);
      case 13: return "resource.zones." + from_.of({"exists", "all"}) + "(z, " + text_test("z") + ")";
      case 14: return "size(resource.zones)" + order() + from_.number(4);
      case 15: return "resource.conf[0].mode == " + quoted(from_.of({"strict", "loose"}));
      case 16: return "resource.?conf[?0].?level.orValue(" + from_.number(4) + ")" + order() + from_.number(4);
      case 17: return "meta.type " + from_.of({"==", "!="}) + " " + quoted(from_.of({"aws_raw", "aws_other", "aws_thing"}));
      case 18: return "meta.type in [\"aws_raw\", " + quoted(from_.of({"aws_other", "aws_thing", "google_thing"})) + "]";
      case 19: return "resource.size / resource.conf[0].level" + order() + "1";
      case 20: return "resource.name + \"/\" + resource.region == " + quoted(from_.word() + "/" + from_.region());
      default: return "resource.ratio" + order() + from_.of({"0.5", "1.0", "2"});
    }
  }

  std::string thing_test() {
    switch (from_.below(10)) {
      case 0: case 1: return text_test("resource.name");
      case 2: return text_test("resource.region");
      case 3: return "resource.size" + order() + from_.number(6);
      case 4: return "resource.public";
      case 5: return "has(resource." + from_.of({"note", "region"}) + ")";
      case 6: return "resource.exposed";
      case 7: return "resource.zones." + from_.of({"exists", "all"}) + "(z, " + text_test("z") + ")";
      case 8: return text_test("resource.?note.orValue(\"none\")");
      default: return "meta.type " + from_.of({"==", "!="}) + " " + quoted(from_.of({"aws_thing", "google_thing"}));
    }
  }

  std::string entry_test() {
    switch (from_.below(5)) {
      case 0: return "resource.port" + order() + from_.of({"22", "443", "3389"});
      case 1: return "resource.source == " + quoted(from_.block());
      case 2: return "resource.open";
      case 3: return "resource.wide";
      default: return "resource.source in [\"0.0.0.0/0\", \"::/0\"]";
    }
  }

  source& from_;
};

// Members of one object of JSON with its masks.
class object_writer {
 public:
  explicit object_writer(source& from) : from_(from) {}

  void add(const std::string& key, const std::string& json) {
    if (from_.chance(8)) return;
    if (from_.chance(8)) return put(unknown, key, "true");
    put(after, key, from_.chance(4) ? "null" : from_.chance(4) ? from_.of({"\"odd\"", "7", "true", "[]", "{}"}) : json);
    if (from_.chance(5)) put(secret, key, "true");
  }
  static void put(std::string& to, const std::string& key, const std::string& json) { to += (to.empty() ? "" : ",") + quoted(key) + ":" + json; }

  std::string after, unknown, secret;

 private:
  source& from_;
};

std::string elements(source& from, int most, auto&& make) {
  std::string made;
  for (auto left = from.below(static_cast<std::uint64_t>(most) + 1); left > 0; --left) made += (made.empty() ? "" : ",") + make();
  return "[" + made + "]";
}

}  // namespace

std::string generated_kinds() {
  return R"(sekimori: kinds/v1
engine: ">=0.1"
kinds:
  thing:
    title: {ja: 物, en: Thing}
    fields: {name: string, public: bool, size: int, region: string, zones: list(string), note: {type: string, nullable: true}}
    derive: {exposed: 'resource.public && resource.size > 1'}
    from:
      aws_thing:
        attributes:
          "on": {absent: {value: 'false', source: test}}
        name: resource.?name.orValue("")
        public: resource.on
        size: resource.size
        region: resource.region
        zones: resource.?zones.orValue([])
        note: resource.?note.orValue(null)
      google_thing:
        when: '!has(resource.never) && resource.size != 5'
        name: resource.name
        public: resource.rules.exists(r, r.open)
        size: int(resource.size)
        zones: resource.zones.filter(z, z != "")
  entry:
    title: {ja: 項目, en: Entry}
    fields: {port: int, source: string, open: bool}
    derive: {wide: 'resource.source == "0.0.0.0/0" || resource.port < 1024'}
    from:
      aws_thing:
        each: resource.rules
        port: each.value.port
        source: each.value.cidr
        open: each.value.?open.orValue(false)
)";
}

std::string generated_rules(std::uint64_t seed, int rules) {
  source from(seed);
  condition_writer conditions(from);
  std::string text = "sekimori: ruleset/v1\nid: test.set\nversion: 1.0.0\nlanguages: [ja, en]\nengine: \">=0.1\"\ncel: {environment: 2026-11, packs: [cloud]}\n"
                     "title: {ja: 試験, en: Test}\nrules:\n";
  for (int i = 0; i < rules; ++i) {
    const bool kind = i % 2 == 0, entry = i % 6 == 0;
    auto condition = [&] { return quoted(kind ? conditions.over_kind(entry, 2) : conditions.over_type(2)); };
    text += "  - id: G-" + std::to_string(i) + "\n    title: {ja: 題, en: Title}\n    severity: high\n    category: test\n    why: {ja: 理由, en: Why}\n"
            "    fix: {ja: 直し方, en: Fix}\n    waiver: none\n";
    if (kind) text += std::string("    kind: ") + (entry ? "entry" : "thing") + "\n";
    else text += "    type: [" + from.of({"aws_raw", "aws_raw, aws_other", "aws_other", "aws_thing", "aws_raw, google_thing"}) + "]\n";
    if (from.chance(40)) text += "    when: " + condition() + "\n";
    text += "    asserts:\n";
    for (auto left = from.below(3) + 1; left > 0; --left) {
      text += "      - {id: a" + std::to_string(left) + ", assert: " + condition() + ", message: {ja: \"{meta.name}: 違反\", en: \"{meta.name}: wrong\"}}\n";
    }
  }
  return text;
}

std::string generated_plan(std::uint64_t seed, int resources) {
  source from(seed);
  std::string changes;
  for (int i = 0; i < resources; ++i) {
    const std::string type = from.of({"aws_raw", "aws_other", "aws_thing", "aws_thing", "google_thing"});
    object_writer object(from);
    object.add("name", quoted(from.word()));
    object.add("region", quoted(from.region()));
    object.add("size", from.number(6));
    object.add("on", from.of({"true", "false"}));
    object.add("ratio", from.of({"0.25", "1.0", "1.5", "3"}));
    object.add("note", quoted(from.word()));
    object.add("labels", "{\"env\":" + quoted(from.of({"prod", "test"})) + (from.chance(50) ? ",\"owner\":\"x\"}" : "}"));
    object.add("zones", elements(from, 3, [&] { return quoted(from.region()); }));
    object.add("conf", elements(from, 1, [&] { return "{\"mode\":" + quoted(from.of({"strict", "loose"})) + ",\"level\":" + from.number(4) + "}"; }));
    object.add("rules", elements(from, 4, [&] {
                 object_writer rule(from);
                 rule.add("port", from.of({"22", "443", "3389", "80"}));
                 rule.add("cidr", quoted(from.block()));
                 rule.add("open", from.of({"true", "false"}));
                 rule.add("names", elements(from, 2, [&] { return quoted(from.word()); }));
                 return "{" + rule.after + "}";
               }));
    const std::string name = "r" + std::to_string(i);
    changes += std::string(i ? "," : "") + "{\"address\":\"" + type + "." + name + "\",\"mode\":\"managed\",\"type\":\"" + type + "\",\"name\":\"" + name +
               "\",\"provider_name\":\"registry.terraform.io/hashicorp/" + (type[0] == 'a' ? "aws" : "google") + "\",\"change\":{\"actions\":[\"create\"],\"before\":null,\"after\":{" +
               object.after + "},\"after_unknown\":{" + object.unknown + "},\"before_sensitive\":false,\"after_sensitive\":{" + object.secret + "}}}";
  }
  return R"({"format_version":"1.2","terraform_version":"1.9.0","resource_changes":[)" + changes + R"(],"configuration":{"root_module":{}}})";
}

}  // namespace sekimori::testing
