// check: see comparison.hpp.
#include "check/comparison.hpp"

#include <algorithm>
#include <tuple>

namespace sekimori::check {
namespace {

// Fail outranks undetermined. An error says nothing of the resource.
int rank(verdict outcome) { return outcome == verdict::fail ? 2 : outcome == verdict::undetermined ? 1 : 0; }

std::string renamed(const std::string& file, const input_names& inputs) {
  const auto found = inputs.find(file);
  return found == inputs.end() ? file : found->second;
}

// An identity or an alias that is not the cloud's own begins with the name of the input. Of one that changes, `to` keeps the new text.
std::string_view renamed_identity(const std::string& identity, const std::string& input, const input_names& inputs, std::deque<std::string>& to) {
  const bool of_input = identity.size() > input.size() && identity[input.size()] == '|' && identity.compare(0, input.size(), input) == 0;
  if (!of_input || !inputs.contains(input)) return identity;
  return to.emplace_back(renamed(input, inputs) + identity.substr(input.size()));
}

}  // namespace

bool is_known(const finding& earlier, const finding& later) {
  return is_open(earlier.outcome) && earlier.state != disposition::waived && rank(earlier.outcome) >= rank(later.outcome) && earlier.level >= later.level;
}

rule_names::rule_names(const report& one, const report& other) {
  for (const report* of : {&one, &other}) {
    for (const report_rule& rule : *of->rules) {
      const std::string name = rule.ruleset + "/" + rule.id;
      for (const std::string& former : rule.replaces) {
        if (former == name) continue;
        // Two that claim one former name: whichever report is the earlier, the same one has it.
        auto [at, fresh] = newer_.try_emplace(former, name);
        if (!fresh) at->second = std::min(at->second, name);
      }
    }
  }
}

std::string rule_names::current(const std::string& name) const {
  const auto found = newer_.find(name);
  return found == newer_.end() ? name : found->second;
}

finding_index::finding_index(const std::vector<finding>& findings, const rule_names& names, const input_names& inputs)
    : findings_(findings), names_(names), met_(findings.size()) {
  by_id_.reserve(findings.size());
  for (std::uint32_t i = 0; i < findings.size(); ++i) {
    const finding& one = findings[i];
    if (!is_open(one.outcome)) continue;
    // Under another name of its input it is another id.
    const std::string_view identity = renamed_identity(one.resource.identity, one.input, inputs, renamed_);
    if (identity == one.resource.identity) {
      const auto [first, fresh] = by_id_.emplace(one.id, i);
      const auto called = inputs.find(one.input);
      if (!fresh) by_place_.try_emplace({one.id, called == inputs.end() ? one.input : called->second, one.resource.address}, i);
    }
    const std::string_view rule = *rules_.insert(names.of(one)).first;
    for (const std::string& alias : one.resource.aliases) entries_.push_back({rule, one.resource.kind, renamed_identity(alias, one.input, inputs, renamed_), true, i});
    entries_.push_back({rule, one.resource.kind, identity, false, i});
  }
  std::sort(entries_.begin(), entries_.end(), [](const entry& a, const entry& b) {
    return std::tie(a.name, a.rule, a.kind, a.alias, a.finding) < std::tie(b.name, b.rule, b.kind, b.alias, b.finding);
  });
  walked_.resize(entries_.size());
}

const finding* finding_index::look_up(std::string_view rule, std::string_view kind, std::string_view name, bool aliases_too) {
  const auto key = std::tie(name, rule, kind);
  const auto of = [](const entry& one) { return std::tie(one.name, one.rule, one.kind); };
  const auto first = std::lower_bound(entries_.begin(), entries_.end(), key, [&](const entry& one, const auto& wanted) { return of(one) < wanted; });
  if (first == entries_.end() || of(*first) != key || (first->alias && !aliases_too)) return nullptr;
  // All of the group have a partner now; once is enough, however many ask.
  std::uint8_t& walked = walked_[static_cast<std::size_t>(first - entries_.begin())];
  const std::uint8_t wanted = aliases_too ? 2 : 1;
  if (walked < wanted) {
    walked = wanted;
    for (auto at = first; at != entries_.end() && of(*at) == key && (aliases_too || !at->alias); ++at) met_[at->finding] = true;
  }
  return &findings_[first->finding];
}

const finding* finding_index::partner(const finding& of) {
  const finding* found = nullptr;
  if (const auto at = by_id_.find(of.id); at != by_id_.end()) {
    const auto same = by_place_.find({of.id, of.input, of.resource.address});
    const std::uint32_t index = same != by_place_.end() ? same->second : at->second;
    met_[index] = true;
    found = &findings_[index];
  }
  const std::string rule = names_.of(of);
  const finding* same = look_up(rule, of.resource.kind, of.resource.identity, true);
  if (found == nullptr) found = same;
  for (const std::string& alias : of.resource.aliases) {
    const finding* moved = look_up(rule, of.resource.kind, alias, false);
    if (found == nullptr) found = moved;
  }
  return found;
}

std::string_view name_of(absence why) {
  switch (why) {
    case absence::looked: return "looked";
    case absence::rule_not_asked: return "rule_not_asked";
    case absence::only_changed: return "only_changed";
    case absence::other_scope: return "other_scope";
    case absence::input_missing: return "input_missing";
    case absence::input_unreadable: return "input_unreadable";
    case absence::input_incomplete: return "input_incomplete";
    case absence::type_not_read: return "type_not_read";
    case absence::rule_met_nothing: return "rule_met_nothing";
    case absence::not_listed: return "not_listed";
  }
  return "looked";
}

looked_at::looked_at(const report& of, const rule_names& names, const listed_counts& listed, const input_names& inputs)
    : report_(of), names_(names), inputs_(inputs) {
  for (const input_record& input : of.inputs) records_.emplace(input.file, &input);
  for (const report_rule& rule : *of.rules) rules_.emplace(names.current(rule.ruleset + "/" + rule.id), false);
  std::unordered_map<std::string, std::uint64_t> counted;
  for (const auto& [name, counts] : of.summary.by_rule) counted[names.current(name)] += counts.fail + counts.undetermined + counts.error;
  for (const auto& [name, number] : counted) {
    met_[name] = true;
    const auto found = listed.find(name);
    rules_[name] = number > (found == listed.end() ? 0 : found->second);
  }
}

absence looked_at::input_of(const std::string& file) const {
  const auto found = records_.find(file);
  if (found == records_.end()) return absence::input_missing;
  if (found->second->status == "unreadable") return absence::input_unreadable;
  return found->second->incomplete ? absence::input_incomplete : absence::looked;
}

// Where this report is one node's: whether what is missing is that node's.
bool looked_at::in_scope(const finding& missing, const report& other) const {
  if (report_.report_for.empty()) return true;
  // Another organisation may have given the resource to another node.
  if (report_.policy.organisation_digest != other.policy.organisation_digest) return false;
  std::string at = missing.scope;
  for (std::size_t i = 0; i <= other.scopes.size() && !at.empty(); ++i) {
    if (at == report_.report_for) return true;
    const auto found = std::find_if(other.scopes.begin(), other.scopes.end(), [&](const report_scope& one) { return one.id == at; });
    at = found == other.scopes.end() ? std::string() : found->parent;
  }
  return false;
}

absence looked_at::of(const finding& missing, const report& other) const {
  const std::string rule = names_.of(missing);
  const auto asked = rules_.find(rule);
  if (asked == rules_.end()) return absence::rule_not_asked;
  if (report_.only_changed) return absence::only_changed;
  if (!in_scope(missing, other)) return absence::other_scope;
  const bool of_input = std::any_of(other.inputs.begin(), other.inputs.end(), [&](const input_record& one) { return one.file == missing.input; });
  if (of_input) {
    const std::string file = renamed(missing.input, inputs_);
    if (const absence why = input_of(file); why != absence::looked) return why;
    if (!records_.at(file)->mapped_types.contains(missing.resource.type)) return absence::type_not_read;
  } else {
    // An account that inputs and the organisation only name: it is missed where any of them is.
    for (const input_record& one : other.inputs) {
      if (const absence why = input_of(renamed(one.file, inputs_)); why != absence::looked) return why;
    }
    if (report_.policy.organisation_digest != other.policy.organisation_digest) return absence::other_scope;
  }
  if (!met_.contains(rule)) return absence::rule_met_nothing;
  return asked->second ? absence::not_listed : absence::looked;
}

std::vector<localized_text> made_otherwise(const report& before, const report& after) {
  std::vector<localized_text> told;
  std::map<std::string, const policy_record::rule_set*> sets;
  for (const auto& one : before.policy.rule_sets) sets[one.id] = &one;
  for (const auto& one : after.policy.rule_sets) {
    const auto found = sets.find(one.id);
    if (found == sets.end()) {
      told.push_back({"検査規則集 " + one.id + " は比較元の報告にありません。", "The rule set " + one.id + " is not in the earlier report."});
      continue;
    }
    const auto& was = *found->second;
    if (was.version != one.version || was.digest != one.digest) {
      const bool same = was.version == one.version;
      told.push_back({"検査規則集 " + one.id + " が比較元の報告と異なります(" + (same ? "版 " + one.version + " のまま内容が変更" : "版 " + was.version + " から " + one.version) + ")。",
                      "The rule set " + one.id + " is not that of the earlier report (" + (same ? "changed within version " + one.version : "version " + was.version + ", now " + one.version) + ")."});
    }
    sets.erase(found);
  }
  for (const auto& [id, one] : sets) told.push_back({"比較元の報告にある検査規則集 " + id + " は使われていません。", "The rule set " + id + " of the earlier report is not used."});
  if (before.policy.engine_version != after.policy.engine_version) {
    told.push_back({"検査エンジンの版が異なります(" + before.policy.engine_version + " から " + after.policy.engine_version + ")。",
                    "The engine is another version (" + before.policy.engine_version + ", now " + after.policy.engine_version + ")."});
  }
  if (before.policy.organisation_digest != after.policy.organisation_digest) {
    told.push_back({"組織の定義が比較元の報告と異なります。", "The organisation document is not that of the earlier report."});
  }
  if (before.report_for != after.report_for) {
    auto name = [](const report& of, const char* all) { return of.report_for.empty() ? std::string(all) : of.report_for; };
    told.push_back({"対象の適用単位が異なります(" + name(before, "すべて") + " から " + name(after, "すべて") + ")。",
                    "The reports are for different scopes (" + name(before, "all") + ", now " + name(after, "all") + ")."});
  }
  if (before.only_changed != after.only_changed) {
    told.push_back({std::string(before.only_changed ? "比較元の報告は" : "新しい報告は") + "、計画が変更する資源だけを検査したものです。",
                    std::string(before.only_changed ? "The earlier report" : "The later report") + " is of resources that the plan changes only."});
  }
  if (before.summary.not_listed > 0) {
    told.push_back({"比較元の報告は、検出事項のうち " + std::to_string(before.summary.not_listed) + " 件を件数の上限のため一覧に載せていません。これらは新規に見えます。",
                    "The earlier report does not list " + std::to_string(before.summary.not_listed) + " of its findings (the limit of listed findings): they look new."});
  }
  return told;
}

}  // namespace sekimori::check
