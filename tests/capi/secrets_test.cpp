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

}  // namespace

TEST_CASE("secrets of plans are in no output") {
  auto folder = fs::temp_directory_path() / "sekimori-secrets-test";
  fs::create_directories(folder);
  std::ofstream(folder / "curious.yaml") << curious_rules;
  auto loaded = policy::load({"builtin:all", (folder / "curious.yaml").string()});
  INFO(render(loaded.diagnostics()));
  REQUIRE(loaded);
  std::size_t secrets_seen = 0, masks_seen = 0;
  for (auto& path : plans()) {
    inventory::inventory all;
    std::string bytes = read(path);
    all.add_text(path.string(), bytes, false);
    all.link();
    auto secrets = all.secrets();
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
