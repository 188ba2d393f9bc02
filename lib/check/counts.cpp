// check: the summary's counts.
#include "check/counts.hpp"

namespace sekimori::check {
namespace {

void add(verdict_counts& to, verdict outcome, bool waived) {
  switch (outcome) {
    case verdict::pass: ++to.pass; break;
    case verdict::fail: ++to.fail; break;
    case verdict::undetermined: ++to.undetermined; break;
    case verdict::error: ++to.error; break;
    case verdict::not_applicable: ++to.not_applicable; break;
  }
  if (waived) ++to.waived;
}

}  // namespace

void counter::resource(const std::string& type, const std::string& cloud, bool mapped) {
  auto& examined = into_.examined;
  ++examined.resources;
  ++examined.by_cloud[cloud].resources;
  if (mapped) {
    ++examined.mapped;
    ++examined.by_cloud[cloud].mapped;
  } else {
    ++examined.unmapped;
    ++examined.unmapped_types[type];
  }
}

void counter::judged(const std::string& full_rule_id, const std::string& category, const std::string& cloud, const std::string& scope,
                     verdict outcome, bool waived, decide_by settle) {
  add(into_.total, outcome, waived);
  add(into_.by_rule[full_rule_id], outcome, waived);
  add(into_.by_category[category], outcome, waived);
  add(into_.by_cloud[cloud], outcome, waived);
  add(into_.by_scope[scope], outcome, waived);
  if (outcome == verdict::undetermined) ++into_.undetermined_by[std::string(name_of(settle))];
}

void counter::finish(const rules::model& model) {
  for (auto& rule : model.rules) {
    if (into_.by_rule.count(rule.full_id) != 0) continue;
    not_examined missing;
    missing.rule = rule.full_id;
    missing.title = {rule.source->title.ja.text, rule.source->title.en.text};
    for (auto& kind : rule.source->kinds) missing.needs += (missing.needs.empty() ? "" : ", ") + kind.text;
    for (auto& type : rule.source->types) missing.needs += (missing.needs.empty() ? "" : ", ") + type.text;
    into_.examined.rules_without_resources.push_back(std::move(missing));
  }
}

}  // namespace sekimori::check
