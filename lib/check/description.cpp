// check: findings.
#include "check/description.hpp"

#include <algorithm>

#include "base/digest.hpp"
#include "inventory/azure_ids.hpp"

namespace sekimori::check {
namespace {

void add_required(localized_text& to, const localized_text& more) {
  if (!more.ja.empty()) to.ja += (to.ja.empty() ? "" : "\n") + more.ja;
  if (!more.en.empty()) to.en += (to.en.empty() ? "" : "\n") + more.en;
}

std::string joined(std::string_view a, char between, std::string_view b, std::string_view c) {
  std::string made;
  made.reserve(a.size() + 1 + b.size() + c.size());
  made += a;
  made += between;
  made += b;
  made += c;
  return made;
}

}  // namespace

std::optional<std::uint32_t> parent_of(const rules::organisation& organisation, std::uint32_t node) {
  auto& parent = organisation.nodes()[node].parent;
  return parent.empty() ? std::nullopt : organisation.find(parent);
}

const std::shared_ptr<const rule_words>& describer::words(std::uint32_t program, std::string_view cloud) {
  auto& known = words_[program];
  for (auto& one : known) {
    if (one.first == cloud) return one.second;
  }
  auto& rule = *of_.plan.programs[program].rule;
  auto made = std::make_shared<rule_words>();
  made->title = rules::text_of(rule.source->title);
  made->why_it_matters = rules::text_of(rule.source->why);
  made->fix = rules::text_of(rule.source->fix);
  for (std::size_t i = 0; i < rule.clauses.size(); ++i) {
    auto& clouds = rule.clause_clouds[i];
    if (clouds.empty() || std::find(clouds.begin(), clouds.end(), cloud) != clouds.end()) made->clauses.push_back(rule.clauses[i]);
  }
  known.emplace_back(cloud, std::move(made));
  return known.back().second;
}

const node_texts& describer::texts_of(std::uint32_t node) {
  auto [at, fresh] = nodes_.try_emplace(node);
  node_texts& made = at->second;
  if (!fresh) return made;
  auto& organisation = *of_.organisation;
  made.id = organisation.nodes()[node].id.text;
  made.owner = organisation.owner(node);
  made.operated_by = organisation.operated_by(node);
  // "福祉局 / 市民申請システム / 本番": a node's own title says little; the root's says nothing.
  std::string day = of_.options.now ? japan_date(*of_.options.now) : std::string();
  made.title = organisation.title(node, day);
  for (auto above = parent_of(organisation, node); above && parent_of(organisation, *above); above = parent_of(organisation, *above)) {
    auto title = organisation.title(*above, day);
    made.title = {title.in("ja") + " / " + made.title.in("ja"), title.in("en") + " / " + made.title.in("en")};
  }
  return made;
}

namespace {

// Whether the rule is asked of the resource as two kinds: the verdicts are two findings then.
bool told_apart(const rules::checked_rule& rule, const finding_place& at) {
  if (at.kind == nullptr || rule.variants.size() < 2) return false;
  return std::any_of(rule.variants.begin(), rule.variants.end(), [&](const rules::checked_variant& other) {
    return other.kind != nullptr && other.kind != at.kind &&
           std::any_of(other.kind->from.begin(), other.kind->from.end(), [&](const rules::checked_mapping& one) { return one.type == at.resource.type; });
  });
}

}  // namespace

void describer::describe(const finding_place& at, std::uint32_t program, verdict outcome, decide_by settle, exec::explanation&& why,
                         const rules::waiver_document* waiver, finding& made) {
  auto& one = at.resource;
  auto& rule = *of_.plan.programs[program].rule;
  auto& source = *rule.source;
  made.rule = source.id.text;
  made.level = source.level;
  made.outcome = outcome;
  made.settle = settle;
  if (waiver != nullptr) {
    made.state = disposition::waived;
    made.waiver = waiver->id.text;
    made.waiver_expires = waiver->expires;
  }
  made.ruleset = of_.plan.model->rulesets[rule.ruleset].id;
  made.input = of_.readable[one.input]->file;
  made.category = source.category.text;
  made.resource.address.reserve(one.address.size() + at.instance.size());
  made.resource.address.append(one.address).append(at.instance);
  made.resource.type = one.type;
  if (at.kind != nullptr) made.resource.kind = at.kind->name;
  made.resource.cloud = one.cloud;
  std::string located = joined(made.input, '|', one.address, at.instance);
  const std::string_view native_id = of_.inventory.native_id(one, memory_);
  if (native_id.empty()) {
    made.resource.identity = std::move(located);
  } else {
    made.resource.identity.append(inventory::compared_id(native_id, memory_)).append(at.instance);
    made.resource.aliases.push_back(std::move(located));
  }
  if (!one.previous_address.empty()) made.resource.aliases.push_back(joined(made.input, '|', one.previous_address, at.instance));
  made.id = sha256_base32({"skm-finding/1", made.ruleset, made.rule, told_apart(rule, at) ? joined(made.resource.identity, '|', at.kind->name, "") : made.resource.identity});
  made.words = words(program, one.cloud);
  made.message = std::move(why.message);
  made.asserts = std::move(why.asserts);
  for (auto& subject : source.subjects) {
    for (auto& assertion : subject.asserts) {
      bool wanted = std::find(made.asserts.begin(), made.asserts.end(), assertion.id.text) != made.asserts.end();
      if (wanted) add_required(made.required, rules::text_of(assertion.required));
    }
  }
  made.why = std::move(why.why);
  made.unknown = std::move(why.unknown);
  made.residual = std::move(why.residual);
  made.error = std::move(why.error);
  made.location = {made.input, 0, 0, std::string(one.pointer)};   // line and column are for what is listed
  if (at.scope.certain()) {
    auto& texts = texts_of(at.scope.nodes.front());
    made.scope = texts.id;
    made.scope_title = texts.title;
    made.owner = texts.owner;
    made.operated_by = texts.operated_by;
  }
}

}  // namespace sekimori::check
