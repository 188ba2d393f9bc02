// No output of any format holds a secret of an input, for every plan at hand.
#include "plans.hpp"

#include "inventory/inventory.hpp"
#include "sekimori/policy.hpp"

using namespace sekimori;
using namespace sekimori::testing;

namespace {

// A rule that shows whatever it can: every attribute of every resource that has a secret-looking one.
const char* curious_rules = R"(sekimori: ruleset/v1
id: test.curious
version: 1.0.0
languages: [ja, en]
engine: ">=0.1"
title: {ja: 試験, en: Test}
rules:
  - id: C-01
    title: {ja: 題, en: Title}
    severity: high
    category: test
    why: {ja: 理由, en: Why}
    fix: {ja: 直し方, en: Fix}
    waiver: none
    type: [sakura_database, sakura_server, google_sql_database_instance, google_sql_user, aws_db_instance, azurerm_mssql_server, oci_database_autonomous_database]
    assert: false && resource.?password.orValue("x") == "never" || resource.?password.orValue("y") == "never either"
    message:
      ja: "{resource.password} {resource} {resource.?admin_password}"
      en: "{resource.?password.orValue('') + resource.?administrator_login_password.orValue('')} {resource.map(k, resource[k])}"
)";

// Conditions that read a secret, or text with a secret in it, beside an endpoint that is not known.
const char* secret_conditions[] = {
    R"(resource.password == "x")",
    R"(resource.password != "" && resource.password.startsWith("h"))",
    R"(resource.?password.orValue("") == "x")",
    R"(resource.password + "!" in ["a", resource.name])",
    R"([resource.password, resource.name].exists(s, s == "x"))",
    R"([resource.password, resource.name].filter(s, s != "x").size() > 5)",
    R"([resource.password].map(s, s + "?").exists(s, s == resource.endpoint))",
    R"(resource.settings.exists(k, resource.settings[k] == resource.endpoint))",
    R"(resource.settings == {"token": resource.endpoint})",
    R"(resource.users.exists(u, u.token == "x" || u.name == resource.endpoint))",
    R"(resource.users.all(u, u.name == "root" && u.token.contains("h")))",
    R"({"a": resource.password}["a"] == resource.endpoint)",
    R"((resource.password.size() > 3 ? resource.name : resource.password) == resource.endpoint)",
    R"(cel.bind(p, resource.password, p + p == resource.endpoint))",
    R"(optional.of(resource.password).optMap(p, p + "!").orValue("") == resource.endpoint)",
    R"("%s:%s".format([resource.name, resource.password]) == resource.endpoint)",
    R"(resource.password.split("-").exists(p, p == resource.endpoint))",
};

std::string secret_plan() {
  return R"({"format_version": "1.2", "terraform_version": "1.9.0", "complete": true, "errored": false, "applyable": true, "resource_changes": [{
    "address": "sakura_thing.a", "mode": "managed", "type": "sakura_thing", "name": "a", "provider_name": "registry.terraform.io/x/sakura",
    "change": {"actions": ["create"], "before": null,
      "after": {"name": "n", "password": "hunter2-first-secret", "settings": {"token": "hunter2-second-secret", "plain": "p"},
                "users": [{"name": "root", "token": "hunter2-third-secret"}]},
      "after_unknown": {"endpoint": true, "settings": {}, "users": [{}]}, "before_sensitive": false,
      "after_sensitive": {"password": true, "settings": {"token": true}, "users": [{"token": true}]}}}],
  "configuration": {"provider_config": {}, "root_module": {"resources": [{"address": "sakura_thing.a", "mode": "managed", "type": "sakura_thing",
    "name": "a", "provider_config_key": "sakura", "expressions": {"endpoint": {"references": []}}, "schema_version": 0}]}}})";
}

std::string secret_rules(const std::string& about) {
  std::string text = "sekimori: ruleset/v1\nid: test.secrets-" + about.substr(0, about.find(':')) +
                     "\nversion: 1.0.0\nlanguages: [ja, en]\nengine: \">=0.1\"\n"
                     "cel: {environment: 2026-11, packs: [cloud]}\ntitle: {ja: 試験, en: Test}\nrules:\n";
  int number = 0;
  for (const char* condition : secret_conditions) {
    text += "  - id: S-" + std::to_string(10 + number++) + "\n    title: {ja: 題, en: Title}\n    severity: high\n    category: test\n"
            "    why: {ja: 理由, en: Why}\n    fix: {ja: 直し方, en: Fix}\n    waiver: none\n    " + about + "\n    assert: >-\n      (" + condition +
            ") && resource.endpoint == \"e\" || resource.endpoint == \"f\"\n    message: {ja: 違反, en: wrong}\n";
  }
  return text;
}

const char* secret_kinds = R"(sekimori: kinds/v1
engine: ">=0.1"
cel: {environment: 2026-11, packs: [cloud]}
kinds:
  thing:
    title: {ja: 物, en: Thing}
    fields: {name: string, password: string, endpoint: string, settings: 'map(string, string)', users: list(dyn)}
    from:
      sakura_thing:
        name: resource.name
        password: resource.password
        endpoint: resource.endpoint
        settings: resource.settings
        users: resource.users
)";

}  // namespace

TEST_CASE("what is left of a condition beside a secret shows none of it, in any format") {
  auto folder = fs::temp_directory_path() / "sekimori-residual-secrets-test";
  fs::create_directories(folder);
  std::ofstream(folder / "by-kind.yaml") << secret_rules("kind: thing");
  std::ofstream(folder / "by-type.yaml") << secret_rules("type: sakura_thing");
  std::ofstream(folder / "kinds.yaml") << secret_kinds;
  auto loaded = policy::load({folder.string()});
  INFO(render(loaded.diagnostics()));
  REQUIRE(loaded);
  check_options options;
  options.now = 1795446000;
  auto made = loaded->check({input::text("plan.json", secret_plan())}, options);
  std::size_t left = 0, undetermined = 0;
  for (auto& one : made.findings) {
    INFO(one.ruleset << " " << one.rule << " " << one.residual);
    undetermined += one.outcome == verdict::undetermined;
    left += !one.residual.empty();
    CHECK(one.residual.find("hunter2") == std::string::npos);
    CHECK(one.residual.find("secret") == std::string::npos);
  }
  // All of them, by kind and by provider type.
  CHECK(undetermined == 2 * std::size(secret_conditions));
  CHECK(left == 2 * std::size(secret_conditions));
  for (auto format : report_formats()) {
    auto text = render(made, format, {});
    REQUIRE(text);
    INFO(format << "\n" << text.value());
    for (const char* secret : {"first-secret", "second-secret", "third-secret"}) CHECK(text.value().find(secret) == std::string::npos);
  }
  fs::remove_all(folder);
}

TEST_CASE("secrets of plans are in no output") {
  auto folder = fs::temp_directory_path() / "sekimori-secrets-test";
  fs::create_directories(folder);
  std::ofstream(folder / "curious.yaml") << curious_rules;
  auto loaded = policy::load({"builtin:all", (folder / "curious.yaml").string()});
  INFO(render(loaded.diagnostics()));
  REQUIRE(loaded);
  std::size_t secrets_seen = 0, masks_seen = 0;
  std::string said_by_rules;
  for (auto& entry : fs::directory_iterator(fs::path(SEKIMORI_SOURCE_DIR) / "rulesets/kinds")) said_by_rules += read(entry.path());
  for (auto& path : plans()) {
    inventory::inventory all;
    std::string bytes = read(path);
    all.add_text(path.string(), bytes, {});
    all.link();
    auto secrets = all.secrets();
    // What is the name of a resource as well is no secret of that plan, whatever key it stands under besides.
    // Nor is what its address is made of, nor what a rule or a kind says itself (the digest of nothing at all).
    std::erase_if(secrets, [&](const std::string& text) { return said_by_rules.find(text) != std::string::npos || bytes.find(text + "\",\"mode\":") != std::string::npos; });
    std::erase_if(secrets, [&](const std::string& text) { return bytes.find("\"name\":\"" + text + "\"") != std::string::npos || bytes.find("\"name\": \"" + text + "\"") != std::string::npos; });
    if (secrets.empty()) continue;
    secrets_seen += secrets.size();
    check_options options;
    options.now = 1795446000;
    options.include = {verdict::pass, verdict::not_applicable};
    auto made = loaded->check({input::text("plan.json", bytes)}, options);
    for (auto& one : made.findings) masks_seen += one.rule == "C-01" && one.message.en.find("(sensitive)") != std::string::npos;
    for (auto format : report_formats()) {
      auto text = render(made, format, {});
      REQUIRE(text);
      for (auto& secret : secrets) {
        INFO(path.string() << " " << format);
        CHECK(text.value().find(secret) == std::string::npos);
      }
    }
  }
  CHECK(secrets_seen > 5);
  CHECK(masks_seen > 1);   // the rule did try to show them
  fs::remove_all(folder);
}
