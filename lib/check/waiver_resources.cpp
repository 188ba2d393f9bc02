// check: see waiver_resources.hpp.
#include "check/waiver_resources.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "value/values.hpp"

namespace sekimori::check {
namespace {

constexpr std::string_view type = "organisation:waiver";

std::string quoted(std::string_view text) { return to_json(value::string(text)); }

// Loading has made sure that it is one rule.
const rules::checked_rule* rule_of(const rules::model& model, std::string_view name) {
  for (auto& one : model.rules) {
    const auto called = [&](std::string_view id) { return id == name || std::string(model.rulesets[one.ruleset].id) + "/" + std::string(id) == name; };
    if (called(one.source->id.text)) return &one;
    if (std::any_of(one.source->replaces.begin(), one.source->replaces.end(), [&](auto& former) { return called(former.text); })) return &one;
  }
  return nullptr;
}

std::vector<std::string> approvers(const rules::organisation& organisation, std::uint32_t node, const rules::checked_rule* rule) {
  std::vector<std::string> made;
  const bool floor = rule != nullptr && rule->source->waiver.approver == "floor_owner";
  while (true) {
    const rules::scope_node& one = organisation.nodes()[node];
    const auto above = organisation.find(one.parent);
    if (!one.owner.empty() && (!floor || !above)) made.push_back(one.owner);
    if (!above) return made;
    node = *above;
  }
}

}  // namespace

bool asks_of_waivers(const plan::policy_plan& plan) {
  const auto found = plan.by_type.find(std::string(type));
  return found != plan.by_type.end() && std::any_of(found->second.begin(), found->second.end(), [](auto& entry) { return !entry.programs.empty(); });
}

inventory::inventory::named_text waiver_resources(const rules::organisation& organisation, const rules::model& model, std::optional<std::uint32_t> scope) {
  inventory::inventory::named_text made;
  std::string items;
  for (std::uint32_t i = 0; i < organisation.nodes().size(); ++i) {
    if (scope && !organisation.is_within(i, *scope)) continue;
    for (const rules::waiver_document& one : organisation.nodes()[i].waivers) {
      if (made.name.empty()) made.name = one.source->name();
      const line_column at = one.source->position(one.id.where.begin);
      std::string posts;
      for (auto& post : approvers(organisation, i, rule_of(model, one.rule.text))) posts += (posts.empty() ? "" : ",") + quoted(post);
      items += fmt::format(R"({}{{"type":"{}","id":{},"name":{},"scope":{},"attributes":{{"id":{},"rule":{},"resource":{},"requester":{},"approver":{},)"
                           R"("approvers":[{}],"decision":{},"starts":{},"expires":{},{}"renewals":{}}},"line":{},"column":{}}})",
                           items.empty() ? "" : ",", type, quoted("waiver:" + one.id.text), quoted(one.id.text), quoted(organisation.nodes()[i].id.text),
                           quoted(one.id.text), quoted(one.rule.text), quoted(one.resource.text), quoted(one.requester), quoted(one.approver), posts,
                           quoted(one.decision), quoted(one.starts), quoted(one.expires), one.review.empty() ? "" : "\"review\":" + quoted(one.review) + ",",
                           one.renewals, at.line, at.column);
    }
  }
  if (!items.empty()) made.text = R"({"sekimori":"resources/v1","resources":[)" + items + "]}";
  return made;
}

}  // namespace sekimori::check
