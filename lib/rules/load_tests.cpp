// rules: rule-tests/v1 -> tests_document. Entry point: load_tests. Runs nothing.
#include <algorithm>

#include "rules/decoder.hpp"
#include "rules/register_fields.hpp"

namespace sekimori::rules {
namespace {

literal mapping_data(decoder& from, const node* body, std::string_view name) {
  if (body != nullptr && body->kind != node_kind::mapping && body->kind != node_kind::refused) {
    from.report(diagnostic_code::wrong_type, body->where,
                "`" + std::string(name) + "` must be a mapping, but " + std::string(describe(*body)) + " is given");
    return from.data(nullptr);
  }
  return from.data(body);
}

test_resource load_resource(decoder& from, const node& body, std::map<std::string, span>& addresses) {
  test_resource made;
  const mapping_node read = from.open(&body, "a resource",
      {{"type", required}, {"address"}, {"account"}, {"values", required}, {"unknown"}, {"unset"}, {"sensitive"}, {"references"}, {"export"}});
  const located_string type = from.text(read.find("type"), "type", resource_type);
  const located_string address = from.text(read.find("address"), "address");
  made.type = type.text;
  made.address = address.source ? address.text : type.text + ".test";
  if (type.source) {
    from.unique(addresses, {made.address, from.source(), address.source ? address.where : type.where},
                "resources of this test (give each an `address`)");
  }
  made.account = from.text(read.find("account"), "account").text;
  made.values = mapping_data(from, read.find("values"), "values");
  made.unknown = mapping_data(from, read.find("unknown"), "unknown");
  made.unset = from.texts(read.find("unset"), "unset", word);
  made.sensitive = mapping_data(from, read.find("sensitive"), "sensitive");
  made.references = mapping_data(from, read.find("references"), "references");
  made.exported = mapping_data(from, read.find("export"), "export");
  if (const node* said = read.find("export"); said != nullptr && said->kind == node_kind::mapping) {
    const mapping_node inside = from.open(said, "`export`", {{"id"}, {"account"}, {"region"}, {"tags"}});
    for (const std::string_view key : {"id", "account", "region"}) from.text(inside.find(key), key);
    mapping_data(from, inside.find("tags"), "tags");
  }
  if (const node* references = read.find("references"); references != nullptr && references->kind == node_kind::mapping) {
    for (const auto& [key, value] : from.open_named(references, "references", attribute_path).pairs()) {
      from.texts(value, key->text, any_text);
    }
  }
  return made;
}

// `people: [...]` beside `as_of` and `complete`, which is true or a list of names.
void load_registers(decoder& from, const node* body, rule_test& into) {
  if (body == nullptr) return;
  std::vector<key_rule> keys = {{"as_of"}, {"complete"}};
  std::vector<std::string_view> names;
  for (const register_declaration* one : register_declarations) {
    keys.push_back({one->name});
    names.push_back(one->name);
  }
  const mapping_node read = from.open(body, "`registers`", keys);
  const std::string as_of = from.plain(read.find("as_of"), "as_of", calendar_day);
  std::vector<std::string> complete;
  bool all = false;
  if (const node* said = read.find("complete"); said != nullptr && said->kind == node_kind::sequence) {
    for (const located_string& name : from.texts(said, "complete", any_text)) {
      complete.push_back(name.text);
      if (std::find(names.begin(), names.end(), name.text) != names.end()) continue;
      from.report(diagnostic_code::unknown_reference, name.where, "there is no register " + in_ticks(name.text), "one of: " + join(names), did_you_mean(name.text, names));
    }
  } else {
    all = from.truth(said, "complete", false);
  }
  for (const register_declaration* one : register_declarations) {
    const node* rows = read.find(one->name);
    if (rows == nullptr) continue;
    if (rows->kind != node_kind::sequence) {
      from.report(diagnostic_code::wrong_type, rows->where, in_ticks(one->name) + " must be a list of rows, but " + std::string(describe(*rows)) + " is given");
      continue;
    }
    test_register made;
    made.name = {std::string(one->name), from.source(), rows->where};
    made.rows = from.data(rows);
    made.as_of = as_of;
    made.complete = all || std::find(complete.begin(), complete.end(), one->name) != complete.end();
    into.registers.push_back(std::move(made));
  }
}

// What is said of the scope, in the forms that an organisation gives it.
void load_scope(decoder& from, const node* body, rule_test& into) {
  if (body == nullptr) return;
  const mapping_node read = from.open(body, "`scope`", {{"id"}, {"zone"}, {"classification"}, {"environment"}, {"owner"}, {"profile"}});
  into.profile = from.text(read.find("profile"), "profile", node_id);
  auto take = [&](std::string_view field, std::string text) {
    if (!text.empty()) into.scope.emplace(field, std::move(text));
  };
  take("id", from.text(read.find("id"), "id", node_id).text);
  for (const std::string_view field : {"zone", "classification", "environment"}) take(field, from.plain(read.find(field), field, local_id));
  take("owner", from.plain(read.find("owner"), "owner"));
}

rule_test load_test(decoder& from, const node& body) {
  rule_test made{};
  const mapping_node read = from.open(&body, "a test",
      {{"name", required}, {"rule", required}, {"cloud"}, {"resources", required}, {"target"}, {"expect", required},
       {"complete"}, {"params"}, {"scope"}, {"now"}, {"registers"}, {"message"}, {"decide_by"}});
  made.name = from.text(read.find("name"), "name");
  made.rule = from.text(read.find("rule"), "rule", rule_reference);
  made.cloud = from.choice(read.find("cloud"), "cloud", {"aws", "azure", "google", "oci", "sakura", "kubernetes"});
  std::map<std::string, span> addresses;
  for (const node* item : from.list(read.find("resources"), "resources", false)) {
    made.resources.push_back(load_resource(from, *item, addresses));
  }
  const located_string target = from.text(read.find("target"), "target");
  made.target = target.text;
  const std::string address = made.target.substr(0, made.target.find('#'));
  if (target.source && addresses.find(address) == addresses.end()) {
    std::vector<std::string_view> known;
    for (const auto& [name, where] : addresses) known.push_back(name);
    from.report(diagnostic_code::unknown_reference, target.where, in_ticks(address) + " is no resource of this test",
                known.empty() ? "" : "one of: " + join(known), did_you_mean(address, known));
  }
  const std::string expected = from.choice(read.find("expect"), "expect",
                                           {"pass", "fail", "undetermined", "error", "not_applicable"});
  parse_verdict(expected, made.expected);
  made.complete = from.truth(read.find("complete"), "complete", false);
  made.parameters = mapping_data(from, read.find("params"), "params");
  load_scope(from, read.find("scope"), made);
  made.now = from.plain(read.find("now"), "now", moment);
  load_registers(from, read.find("registers"), made);
  if (const mapping_node message = from.open(read.find("message"), "`message`", {{"ja"}, {"en"}})) {
    made.message_ja = from.plain(message.find("ja"), "ja");
    made.message_en = from.plain(message.find("en"), "en");
  }
  made.decide_by = from.choice(read.find("decide_by"), "decide_by",
                               {"after_apply", "inventory", "register", "completeness", "rule_gap"});
  return made;
}

}  // namespace

tests_document load_tests(decoder& from, const node& root) {
  tests_document made;
  const mapping_node read = from.open(&root, "a rule-tests document",
      {{"sekimori", required}, {"engine"}, {"ruleset", required}, {"tests", required}});
  made.header = from.header(read, false);
  made.rule_set = from.text(read.find("ruleset"), "ruleset", ruleset_id);
  std::map<std::string, span> seen;
  for (const node* body : from.list(read.find("tests"), "tests", false)) {
    made.tests.push_back(load_test(from, *body));
    const rule_test& last = made.tests.back();
    from.unique(seen, last.name, "tests of one rule and cloud", last.rule.text + "\n" + last.cloud + "\n");
  }
  return made;
}

}  // namespace sekimori::rules
