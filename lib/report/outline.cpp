// report: findings put in order and in groups for people. Entry point: outline_of. Knows no format.
#include "report/outline.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/words.hpp"

namespace sekimori {

namespace {

using rank_map = std::unordered_map<std::string, std::size_t>;

std::string name_of_rule(const finding& found) { return found.ruleset + "/" + found.rule; }

// Collects findings into groups without caring about order; sorted() puts them in it.
class grouping {
 public:
  void add(const finding& found) {
    std::string name = name_of_rule(found);
    const std::string key = std::to_string(static_cast<int>(found.level)) + name;
    auto [place, fresh] = places_.try_emplace(key, groups_.size());
    if (fresh) groups_.push_back({std::move(name), found.level, {}});
    groups_[place->second].findings.push_back(&found);
  }

  std::vector<rule_group> sorted(const rank_map& ranks) {
    auto rank = [&](const rule_group& group) {
      const auto place = ranks.find(group.name);
      return place == ranks.end() ? ranks.size() : place->second;
    };
    std::stable_sort(groups_.begin(), groups_.end(), [&](const rule_group& a, const rule_group& b) {
      if (a.level != b.level) return a.level > b.level;
      if (rank(a) != rank(b)) return rank(a) < rank(b);
      return a.name < b.name;
    });
    return std::move(groups_);
  }

 private:
  std::vector<rule_group> groups_;
  std::unordered_map<std::string, std::size_t> places_;
};

struct collected_actor {
  actor_group actor;
  grouping rules;
};

std::uint64_t count_of(const std::map<std::string, std::uint64_t>& counts, std::string_view name) {
  const auto place = counts.find(std::string(name));
  return place == counts.end() ? 0 : place->second;
}

std::vector<settle_group> settle_groups(const report& shown, const rank_map& ranks) {
  std::vector<settle_group> groups;
  for (decide_by settle : {decide_by::after_apply, decide_by::inventory, decide_by::register_data,
                           decide_by::completeness, decide_by::rule_gap, decide_by::none}) {
    grouping rules;
    std::uint64_t listed = 0;
    for (const finding& found : shown.findings) {
      if (found.outcome != verdict::undetermined || found.settle != settle) continue;
      rules.add(found);
      ++listed;
    }
    const std::uint64_t counted = count_of(shown.summary.undetermined_by, name_of(settle));
    if (listed == 0 && counted == 0) continue;
    groups.push_back({settle, std::max(listed, counted), rules.sorted(ranks)});
  }
  return groups;
}

bool comes_first(const actor_group& a, const actor_group& b) {
  for (int level = 4; level >= 0; --level) {
    if (a.by_severity[level] != b.by_severity[level]) return a.by_severity[level] > b.by_severity[level];
  }
  if (a.errors != b.errors) return a.errors > b.errors;
  if (a.undetermined != b.undetermined) return a.undetermined > b.undetermined;
  if (a.owner != b.owner) return a.owner < b.owner;
  return a.operated_by < b.operated_by;
}

std::vector<actor_group> actors_of(const report& shown, const rank_map& ranks) {
  std::map<std::pair<std::string, std::string>, collected_actor> actors;
  for (const finding& found : shown.findings) {
    const bool violation = found.outcome == verdict::fail && found.state != disposition::waived;
    if (!violation && found.outcome != verdict::undetermined && found.outcome != verdict::error) continue;
    collected_actor& place = actors[{found.owner, found.operated_by}];
    place.actor.owner = found.owner;
    place.actor.operated_by = found.operated_by;
    if (violation) {
      ++place.actor.violations;
      ++place.actor.by_severity[static_cast<std::size_t>(found.level)];
      place.rules.add(found);
    } else if (found.outcome == verdict::undetermined) {
      ++place.actor.undetermined;
    } else {
      ++place.actor.errors;
    }
  }
  std::vector<actor_group> sorted;
  for (auto& [names, place] : actors) {
    place.actor.rules = place.rules.sorted(ranks);
    sorted.push_back(std::move(place.actor));
  }
  std::stable_sort(sorted.begin(), sorted.end(), comes_first);
  return sorted;
}

// Where not every finding is listed, the counts of each rule say how severe those in need of action are.
void count_severities_by_rule(const report& shown, const rank_map& ranks, report_outline& outline) {
  std::uint64_t by_severity[5] = {};
  std::uint64_t sum = 0;
  for (const auto& [name, counts] : shown.summary.by_rule) {
    const auto place = ranks.find(name);
    if (place == ranks.end() || counts.fail <= counts.waived) continue;
    by_severity[static_cast<std::size_t>((*shown.rules)[place->second].level)] += counts.fail - counts.waived;
    sum += counts.fail - counts.waived;
  }
  if (sum == outline.action_needed) std::copy(std::begin(by_severity), std::end(by_severity), outline.by_severity);
}

}  // namespace

std::set<std::string> clouds_of(const rule_group& group) {
  std::set<std::string> made;
  for (const finding* found : group.findings) made.insert(found->resource.cloud);
  return made;
}

report_outline outline_of(const report& shown) {
  rank_map ranks;
  for (std::size_t i = 0; i < shown.rules->size(); ++i) {
    ranks.try_emplace((*shown.rules)[i].ruleset + "/" + (*shown.rules)[i].id, i);
  }
  report_outline outline;
  grouping violations, waived, errors, others;
  std::uint64_t listed = 0;
  for (const finding& found : shown.findings) {
    if (found.outcome == verdict::error) {
      errors.add(found);
    } else if (found.outcome == verdict::fail && found.state == disposition::waived) {
      waived.add(found);
    } else if (found.outcome == verdict::fail) {
      violations.add(found);
      ++listed;
      ++outline.by_severity[static_cast<std::size_t>(found.level)];
    } else if (found.outcome != verdict::undetermined) {
      others.add(found);
    }
  }
  const verdict_counts& total = shown.summary.total;
  outline.action_needed = std::max(listed, total.fail > total.waived ? total.fail - total.waived : 0);
  if (shown.summary.not_listed > 0) count_severities_by_rule(shown, ranks, outline);
  outline.violations = violations.sorted(ranks);
  outline.waived = waived.sorted(ranks);
  outline.errors = errors.sorted(ranks);
  outline.others = others.sorted(ranks);
  outline.undetermined = settle_groups(shown, ranks);
  outline.actors = actors_of(shown, ranks);
  return outline;
}

}  // namespace sekimori
