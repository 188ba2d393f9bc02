#include "rule_laws.hpp"

#include "check/builtin.hpp"
#include "check/inputs.hpp"
#include "generated.hpp"
#include "plans.hpp"

namespace sekimori::testing {
namespace {

void add(rules::loaded_documents& to, const std::string& name, const std::string& text) {
  auto loaded = rules::load_document(std::make_shared<const source_text>(name, text));
  INFO(render(loaded.diagnostics()));
  REQUIRE(loaded);
  if (auto* one = std::get_if<rules::ruleset_document>(&loaded.value())) to.rulesets.push_back(std::move(*one));
  else if (auto* kinds = std::get_if<rules::kinds_document>(&loaded.value())) to.kinds.push_back(std::move(*kinds));
  else if (auto* standards = std::get_if<rules::standards_document>(&loaded.value())) to.standards.push_back(std::move(*standards));
}

law_case shipped() {
  law_case made{"shipped", {}, {}};
  for (auto& document : check::builtin_documents()) add(made.documents, std::string(document.path), std::string(document.text));
  for (auto& path : plans()) made.plans.emplace_back(path.string(), read(path));
  return made;
}

law_case generated(std::uint64_t seed, int rules, int resources) {
  law_case made{"generated " + std::to_string(seed), {}, {}};
  add(made.documents, "kinds.yaml", generated_kinds());
  add(made.documents, "rules.yaml", generated_rules(seed, rules));
  made.plans.emplace_back("plan.json", generated_plan(seed + 1, resources));
  return made;
}

check_options options_of(std::uint64_t listed) {
  check_options made;
  made.now = 1795446000;
  made.limits.findings_listed = listed;
  return made;
}

}  // namespace

std::vector<input> law_case::inputs() const {
  std::vector<input> made;
  for (auto& [plan_name, text] : plans) made.push_back(input::text(plan_name, text));
  return made;
}

const std::vector<law_case>& law_cases() {
  static const std::vector<law_case> all = {shipped(), generated(1, 160, 100), generated(7, 160, 100)};
  return all;
}

plan_ptr plan_of(rules::loaded_documents documents) {
  auto model = rules::check_documents(std::make_shared<const rules::loaded_documents>(std::move(documents)));
  INFO(render(model.diagnostics()));
  REQUIRE(model);
  return plan::make_plan(model.value());
}

check_options all_listed() {
  check_options made = options_of(UINT64_MAX);
  made.include = {verdict::pass, verdict::not_applicable};
  return made;
}

check_options none_listed() { return options_of(0); }

std::vector<std::string> findings_of(report made, told_place place) {
  for (auto& one : made.findings) {
    if (place != told_place::whole) one.location.line = one.location.column = 0;
    if (place == told_place::none) one.location = {};
  }
  const std::string text = render(made, "ndjson").value();
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  REQUIRE(lines.size() == made.findings.size() + 2);
  lines.erase(lines.begin());
  lines.pop_back();
  std::sort(lines.begin(), lines.end());
  return lines;
}

std::vector<std::string> verdicts_of(const report& made) {
  std::vector<std::string> lines;
  for (auto& one : made.findings) {
    std::string line = one.ruleset + "/" + one.rule + " " + one.resource.address + " " + std::string(name_of(one.outcome)) + " " + std::string(name_of(one.settle));
    for (auto& item : one.unknown) line += " " + item.resource + "." + item.path + ":" + item.reason;
    lines.push_back(std::move(line));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

std::string counts_of(const report_summary& made) {
  std::string text;
  for (auto& [rule, counts] : made.by_rule) {
    text += rule;
    for (auto one : {counts.pass, counts.fail, counts.undetermined, counts.error, counts.not_applicable}) text += " " + std::to_string(one);
    text += "\n";
  }
  for (auto& [who, count] : made.undetermined_by) text += who + " " + std::to_string(count) + "\n";
  return text;
}

std::string difference(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    if (i >= a.size()) return "only the second: " + b[i];
    if (i >= b.size()) return "only the first: " + a[i];
    if (a[i] != b[i]) return a[i] + "\n" + b[i];
  }
  return {};
}

law_run::law_run(const plan::policy_plan& plan, const std::vector<input>& inputs, const check_options& given)
    : options(given), scopes(*plan.model, nullptr, {}, given.now), waivers(nullptr, given.now, plan), manifests(inventory, *plan.model, ""),
      context{plan, nullptr, options, inventory, manifests, waivers, scopes, {}, {}, {}, cel::limits{}, value::timestamp(*given.now, 0), {}, {}} {
  check::input_reading reading(inputs, options, inventory);
  auto& read = reading.finish(*plan.model);
  records = read.records;
  for (auto index : read.added) context.readable.push_back(&records[index]);
  manifests.begin();
  registers.finish({});
  context.registers = &registers;
  for (auto type : inventory.types()) {
    auto found = plan.by_type.find(std::string(type));
    context.by_type.push_back(found != plan.by_type.end() ? &found->second : nullptr);
  }
}

}  // namespace sekimori::testing
