// check: tests of rules, each through a small plan and the whole run. Entry point: run_rule_test.
#include "check/rule_tests.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/cloud_types.hpp"
#include "base/diagnostics.hpp"
#include "check/waivers.hpp"
#include "plan/program.hpp"
#include "registers/dates.hpp"
#include "registers/read.hpp"
#include "rules/documents.hpp"
#include "rules/profiles.hpp"
#include "value/values.hpp"

namespace sekimori {
namespace {

std::string quoted(std::string_view text) { return to_json(value::string(text)); }

std::string address_of(const rules::test_resource& one) { return one.address.empty() ? one.type + ".test" : one.address; }

// `target` is an address, with "#id" of one instance.
bool is_target(const rules::test_resource& one, const std::string& target) { return target == address_of(one) || target.starts_with(address_of(one) + "#"); }

// Whether a finding is about the target. A manifest has an address of its own; it is the one at `pointer`.
bool is_about(const finding& one, const std::string& target, const std::string& pointer) {
  if (pointer.empty()) return one.resource.address == target || one.resource.address.starts_with(target + "#");
  if (one.location.pointer != pointer) return false;
  const std::string wanted = target.substr(std::min(target.find('#'), target.size()));
  const std::string instance = one.resource.address.substr(std::min(one.resource.address.find('#'), one.resource.address.size()));
  return wanted.empty() || instance == wanted || instance.starts_with(wanted + "#");
}

// The name inside an address: module.a.TYPE.NAME[0] -> NAME.
std::string name_of_address(const std::string& address) {
  auto dot = address.rfind('.');
  std::string name = address.substr(dot == std::string::npos ? 0 : dot + 1);
  return name.substr(0, name.find('['));
}

std::string or_else(const rules::literal& given, const char* otherwise) { return given.json.empty() || given.json == "null" ? otherwise : given.json; }

// The setting of a provider that says which account its resources are in; empty: none does.
std::string_view account_setting(std::string_view type) {
  constexpr std::pair<std::string_view, std::string_view> settings[] = {{"aws_", "allowed_account_ids"}, {"azurerm_", "subscription_id"}, {"google_", "project"}};
  for (auto [begins, setting] : settings) {
    if (type.starts_with(begins)) return setting;
  }
  return {};
}

// What the test does not know, as `after_unknown`.
std::string mask_of(const rules::test_resource& one, arena& memory) {
  std::string entries;
  const value unknown = from_json(memory, or_else(one.unknown, "{}"));
  for (std::size_t i = 0; unknown.is(value_kind::map) && i < unknown.as_map().size(); ++i) {
    auto& entry = unknown.as_map().entries()[i];
    entries += (entries.empty() ? "" : ",") + to_json(entry.key) + ":" + to_json(entry.mapped);
  }
  for (auto& name : one.unset) entries += (entries.empty() ? "" : ",") + quoted(name.text) + ":true";
  return "{" + entries + "}";
}

// A plan as `terraform show -json` would print it for the test's resources. What says its account has a provider of its own.
std::string plan_text(const rules::rule_test& test) {
  std::string changes, configured, providers;
  arena memory;
  for (auto& one : test.resources) {
    if (!is_terraform_type(one.type)) continue;
    std::string address = address_of(one), name = name_of_address(address);
    if (!changes.empty()) {
      changes += ",";
      configured += ",";
    }
    changes += fmt::format(
        R"({{"address":{},"mode":"managed","type":{},"name":{},"provider_name":"test/test","change":{{"actions":["create"],"before":null,"after":{},"after_unknown":{},"before_sensitive":false,"after_sensitive":{}}}}})",
        quoted(address), quoted(one.type), quoted(name), or_else(one.values, "{}"), mask_of(one, memory), or_else(one.sensitive, "{}"));
    // Every attribute that is given, known or not, counts as configured but for `unset`; references are as given.
    std::string expressions;
    value references = from_json(memory, or_else(one.references, "{}"));
    if (references.is(value_kind::map)) {
      auto* entries = references.as_map().entries();
      for (std::size_t i = 0; i < references.as_map().size(); ++i) {
        expressions += fmt::format("{}{}:{{\"references\":{}}}", expressions.empty() ? "" : ",", to_json(entries[i].key), to_json(entries[i].mapped));
      }
    }
    value unknown = from_json(memory, or_else(one.unknown, "{}"));
    if (unknown.is(value_kind::map)) {
      auto* entries = unknown.as_map().entries();
      for (std::size_t i = 0; i < unknown.as_map().size(); ++i) {
        value already;
        if (references.is(value_kind::map) && references.as_map().find(entries[i].key, already)) continue;
        expressions += fmt::format("{}{}:{{}}", expressions.empty() ? "" : ",", to_json(entries[i].key));
      }
    }
    std::string provider;
    if (!one.account.empty()) {
      const std::string local = one.type.substr(0, one.type.find('_')), key = local + ".of_" + name;
      provider = fmt::format(R"("provider_config_key":{},)", quoted(key));
      providers += fmt::format(R"({}{}:{{"name":{},"alias":{},"expressions":{{"{}":{{"constant_value":{}}}}}}})", providers.empty() ? "" : ",", quoted(key), quoted(local),
                               quoted("of_" + name), account_setting(one.type), quoted(one.account));
    }
    configured += fmt::format(R"({{"address":{},"mode":"managed","type":{},"name":{},{}"expressions":{{{}}}}})", quoted(one.type + "." + name), quoted(one.type), quoted(name), provider, expressions);
  }
  return fmt::format(R"({{"format_version":"1.2","terraform_version":"1.9.0","resource_changes":[{}],"configuration":{{"provider_config":{{{}}},"root_module":{{"resources":[{}]}}}}}})", changes, providers, configured);
}

// The test's resources of types that exports have, as resources/v1.
std::string exports_text(const rules::rule_test& test) {
  std::string items;
  arena memory;
  for (auto& one : test.resources) {
    if (is_terraform_type(one.type) || is_object_type(one.type)) continue;
    std::string said;
    bool named = false, placed = false;
    const value beside = from_json(memory, or_else(one.exported, "{}"));
    for (std::size_t i = 0; i < beside.as_map().size(); ++i) {
      auto& entry = beside.as_map().entries()[i];
      named = named || entry.key.as_text() == "id";
      placed = placed || entry.key.as_text() == "account";
      said += "," + to_json(entry.key) + ":" + to_json(entry.mapped);
    }
    if (!named) said += ",\"id\":" + quoted(address_of(one));
    if (!placed && !one.account.empty()) said += ",\"account\":" + quoted(one.account);
    items += (items.empty() ? "" : ",") + fmt::format(R"({{"type":{},"address":{},"attributes":{}{}}})", quoted(one.type), quoted(address_of(one)), or_else(one.values, "{}"), said);
  }
  return R"({"sekimori":"resources/v1","resources":[)" + items + "]}";
}

// The test's resources of types that manifests have; `type` says apiVersion and kind, a name is made where none is given.
std::string manifests_text(const rules::rule_test& test) {
  std::string items;
  arena memory;
  for (auto& one : test.resources) {
    if (!is_object_type(one.type)) continue;
    auto slash = one.type.rfind('/');
    std::string fields = fmt::format(R"("apiVersion":{},"kind":{})", quoted(one.type.substr(0, slash)), quoted(one.type.substr(slash + 1)));
    value values = from_json(memory, or_else(one.values, "{}"));
    bool named = false;
    for (std::size_t i = 0; values.is(value_kind::map) && i < values.as_map().size(); ++i) {
      auto& entry = values.as_map().entries()[i];
      if (entry.key.as_text() == "apiVersion" || entry.key.as_text() == "kind") continue;
      named = named || entry.key.as_text() == "metadata";
      fields += "," + to_json(entry.key) + ":" + to_json(entry.mapped);
    }
    if (!named) fields += R"(,"metadata":{"name":"test"})";
    items += (items.empty() ? "{" : ",{") + fields + "}";
  }
  return R"({"apiVersion":"v1","kind":"List","items":[)" + items + "]}";
}

// The registers of a test, read as files are. Nothing: `detail` says what is wrong with them.
std::optional<std::vector<registers::register_table>> tables_of(const rules::rule_test& test, std::int64_t now, std::string& detail) {
  std::vector<registers::register_table> made;
  registers::problem_list problems;
  for (auto& one : test.registers) {
    const std::string name = "registers." + one.name.text;
    const auto as_of = one.as_of.empty() ? registers::read_date(check::japan_date(now)) : registers::read_date(one.as_of);
    register_record record;
    // An empty list is a register, too: nobody is listed in it.
    if (one.rows.json == "[]") {
      const auto* of = registers::find_schema(one.name.text);
      made.push_back({of, name, registers::table_form::json, {}, std::vector<bool>(of->fields.size(), true), as_of.value, {}});
    } else if (auto table = registers::read_register(name, one.rows.json, {registers::find_schema(one.name.text), nullptr, as_of.value}, record, problems)) {
      made.push_back(std::move(*table));
    }
    if (problems.any()) continue;
    made.back().complete = one.complete;
    made.back().declared_by = "the test";
  }
  if (!problems.any()) return made;
  for (auto& one : problems.take()) detail += (detail.empty() ? "" : "; ") + render(one.told);
  return std::nullopt;
}

std::string describe(const finding& one) {
  std::string text = std::string(name_of(one.outcome)) + " for " + one.resource.address;
  if (!one.error.empty()) text += ": " + one.error;
  if (!one.message.en.empty()) text += ": " + one.message.en;
  for (auto& item : one.unknown) text += "; unknown " + (item.resource.empty() ? "" : item.resource + "#") + item.path + " (" + item.reason + ")";
  for (auto& clause : one.why) text += "; " + clause.path + " = " + clause.actual;
  return text;
}

class test_runner {
 public:
  test_runner(const plan::policy_plan& plan, const check::rule_descriptions& descriptions, check::judgement_observer* observer)
      : plan_(plan), descriptions_(descriptions), observer_(observer) {}

  const rules::checked_rule* find(const std::string& ruleset, const std::string& id) const {
    for (auto& rule : plan_.model->rules) {
      if (plan_.model->rulesets[rule.ruleset].id == ruleset && rule.source->id.text == id) return &rule;
    }
    return nullptr;
  }

  rule_test_result run(const rules::tests_document& document, const rules::rule_test& test) {
    rule_test_result made;
    if (test.name.source) {
      made.file = test.name.source->name();
      made.line = test.name.source->position(test.name.where.begin).line;
    }
    made.name = test.name.text;
    made.rule = document.rule_set.text + "/" + test.rule.text;
    made.cloud = test.cloud;
    made.expected = test.expected;
    auto* rule = find(document.rule_set.text, test.rule.text);
    if (rule == nullptr) {
      made.detail = "no loaded rule set has rule " + made.rule;
      return made;
    }
    if (test.resources.empty()) {
      made.detail = "the test has no resources";
      return made;
    }
    check::run_overrides overrides;
    overrides.close_relations = test.complete;
    overrides.observer = observer_;
    overrides.scope = test.scope;
    if (!take_profile(test, overrides, made.detail)) return made;
    arena memory;
    value parameters = from_json(memory, or_else(test.parameters, "{}"));
    if (parameters.is(value_kind::map)) {
      auto* entries = parameters.as_map().entries();
      for (std::size_t i = 0; i < parameters.as_map().size(); ++i) {
        overrides.parameters[document.rule_set.text + "/" + std::string(entries[i].key.as_text())] = to_json(entries[i].mapped);
      }
    }
    check_options options;
    options.now = test.now.empty() ? std::int64_t{1775055600} : registers::read_timestamp(test.now).value;  // 2026-04-02 00:00 JST: tests depend on no clock
    const auto tables = tables_of(test, *options.now, made.detail);
    if (!tables) return made;
    overrides.tables = &*tables;
    options.include = {verdict::pass, verdict::not_applicable};
    const bool policy = !rule->variants.empty() && rule->variants.front().admission != nullptr;
    const std::string target = test.target.empty() ? address_of(test.resources.front()) : test.target;
    std::string pointer;   // of the judged one among manifests
    std::size_t planned = 0, exported = 0, manifests = 0;
    for (auto& one : test.resources) {
      const bool known = or_else(one.unknown, "").empty() && or_else(one.references, "").empty();
      const bool object = is_object_type(one.type), terraform = is_terraform_type(one.type);
      if (policy && (!object || !known)) {
        made.detail = "rule " + made.rule + " takes manifests: `type` is an apiVersion and a kind, nothing is unknown in them";
        return made;
      }
      if (object && !policy && (!known || !one.account.empty() || !or_else(one.sensitive, "").empty() || !or_else(one.exported, "").empty())) {
        made.detail = "a manifest has `values` alone, nothing that is unknown, marked or said beside them: " + one.type;
        return made;
      }
      if (!terraform && !known) {
        made.detail = "an export has nothing unknown and no references: " + one.type;
        return made;
      }
      if (terraform && !one.account.empty() && account_setting(one.type).empty()) {
        made.detail = "a plan does not say the account of " + one.type + " by its provider: leave `account` out and give the attribute that does (compartment_id)";
        return made;
      }
      if (object && is_target(one, target)) pointer = "/items/" + std::to_string(manifests);
      ++(object ? manifests : terraform ? planned : exported);
    }
    if (observer_ != nullptr) observer_->watch(target, pointer);
    std::vector<input> inputs;
    if (planned > 0) inputs.push_back(input::text("test", plan_text(test)));
    if (exported > 0) inputs.push_back(input::text("test-exports", exports_text(test)));
    if (manifests > 0) inputs.push_back(input::text("test-manifests", manifests_text(test)));
    auto report = check::run_check(plan_, nullptr, {}, inputs, options, overrides, nullptr, &descriptions_);
    const finding* worst = nullptr;
    for (auto& one : report.findings) {
      if (one.rule != test.rule.text || one.ruleset != document.rule_set.text) continue;
      if (!is_about(one, target, pointer)) continue;
      if (worst == nullptr || check::badness(one.outcome) > check::badness(worst->outcome)) worst = &one;
    }
    if (worst == nullptr) {
      made.actual = verdict::not_applicable;
      made.ok = test.expected == verdict::not_applicable && (policy || type_known(test, target));
      if (!made.ok) made.detail = "the rule met no resource: " + (report.inputs.empty() || report.inputs.front().diagnostics.empty() ? "no kind of the rule maps " + test.resources.front().type : report.inputs.front().diagnostics.front().message);
      return made;
    }
    made.actual = worst->outcome;
    made.ok = made.actual == made.expected;
    if (!made.ok) made.detail = "expected " + std::string(name_of(made.expected)) + ", got " + describe(*worst);
    auto differs = [&](const std::string& what, const std::string& expected, const std::string& got) {
      if (!made.ok || expected.empty() || expected == got) return;
      made.ok = false;
      made.detail = what + " is `" + got + "`, expected `" + expected + "`";
    };
    differs("message.ja", test.message_ja, worst->message.ja);
    differs("message.en", test.message_en, worst->message.en);
    differs("decide_by", test.decide_by, std::string(name_of(worst->settle)));
    return made;
  }

  // The parameters of the profile that the test's scope takes. False: `detail` says why there is none.
  bool take_profile(const rules::rule_test& test, check::run_overrides& overrides, std::string& detail) const {
    if (test.profile.text.empty()) return true;
    std::vector<diagnostic> problems;
    rules::profile_table known(plan_.model->documents->profiles, plan_.model->documents->rulesets);
    const rules::checked_profile* profile = known.find(test.profile, problems);
    for (auto& one : problems) detail += (detail.empty() ? "" : "; ") + one.message;
    if (profile == nullptr) return false;
    for (auto& [name, value] : profile->parameters) overrides.parameters[name] = value.json;
    return true;
  }

  // Whether any kind or rule speaks of the judged resource's type: a misspelt type is no proof that a rule
  // does not apply.
  bool type_known(const rules::rule_test& test, const std::string& target) const {
    for (auto& one : test.resources) {
      if (is_target(one, target)) return plan_.by_type.count(one.type) != 0;
    }
    return false;
  }

  const plan::policy_plan& plan_;
  const check::rule_descriptions& descriptions_;
  check::judgement_observer* observer_;   // may be null
};

}  // namespace

namespace check {

int badness(verdict outcome) {
  switch (outcome) {
    case verdict::fail: return 4;
    case verdict::error: return 3;
    case verdict::undetermined: return 2;
    case verdict::pass: return 1;
    default: return 0;
  }
}

rule_test_result run_rule_test(const plan::policy_plan& plan, const rule_descriptions& descriptions, const rules::tests_document& document,
                               const rules::rule_test& test, judgement_observer* observer) {
  return test_runner(plan, descriptions, observer).run(document, test);
}

}  // namespace check

}  // namespace sekimori
