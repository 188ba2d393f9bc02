// check: what findings of two reports have to do with each other, and what a report looked at. Entry points: rule_names,
// finding_index, looked_at. Knows no run and no form of a report.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "sekimori/report.hpp"

namespace sekimori::check {

// Fail, undetermined and error: what somebody has to act on. All of it is listed, as far as there is room.
inline bool is_open(verdict outcome) { return outcome == verdict::fail || outcome == verdict::undetermined || outcome == verdict::error; }

// Whether `later` says nothing worse than `earlier` did.
bool is_known(const finding& earlier, const finding& later);

// The names that rules of two reports have in the later one: a rule says which former ids it replaces.
class rule_names {
 public:
  rule_names(const report& one, const report& other);
  std::string of(const finding& one) const { return current(one.ruleset + "/" + one.rule); }
  std::string current(const std::string& name) const;

 private:
  std::map<std::string, std::string> newer_;   // by former name
};

// Partners are findings of one rule about one resource: the same id, or a resource that one report calls by an alias of the other's. Of
// whichever report the index is made, the same findings are partners. Where several inputs hold one resource, its findings share an id,
// and the one of the same input and address comes first.
class finding_index {
 public:
  // `findings` must outlive it. `inputs`: what an input of theirs is called in the other report.
  finding_index(const std::vector<finding>& findings, const rule_names& names, const input_names& inputs);

  // The partner of the other report's finding: the one in its place, one with its id, else the first; null: there is none.
  const finding* partner(const finding& of);
  bool has_partner(std::size_t index) const { return met_[index]; }

 private:
  struct entry {
    std::string_view rule, kind, name;
    bool alias;
    std::uint32_t finding;
  };
  const finding* look_up(std::string_view rule, std::string_view kind, std::string_view name, bool aliases_too);

  const std::vector<finding>& findings_;
  const rule_names& names_;
  struct place {
    std::string_view id, input, address;
    bool operator==(const place&) const = default;
  };
  struct hash_of_place {
    std::size_t operator()(const place& one) const {
      const std::hash<std::string_view> hash;
      return hash(one.id) ^ (hash(one.input) * std::size_t{3}) ^ (hash(one.address) * std::size_t{5});
    }
  };
  std::unordered_map<std::string_view, std::uint32_t> by_id_;     // the first of each
  std::unordered_map<place, std::uint32_t, hash_of_place> by_place_;
  std::unordered_set<std::string> rules_;
  std::deque<std::string> renamed_;
  std::vector<entry> entries_;     // sorted
  std::vector<bool> met_;
  std::vector<std::uint8_t> walked_;   // by the first entry of a group: 1 its findings are met, 2 those that bear the name as an alias too
};

// Why a report does not have a finding that another has. `looked`: because there was nothing to find.
enum class absence : std::uint8_t {
  looked, rule_not_asked, only_changed, other_scope, input_missing, input_unreadable, input_incomplete, type_not_read, rule_met_nothing, not_listed
};
std::string_view name_of(absence why);

// Open findings that a report lists, by rule.
using listed_counts = std::unordered_map<std::string, std::uint64_t>;

class looked_at {
 public:
  // `inputs`: what this report calls an input of the other one. All must outlive it.
  looked_at(const report& of, const rule_names& names, const listed_counts& listed, const input_names& inputs);

  // Of a finding of `other` without a partner in this report.
  absence of(const finding& missing, const report& other) const;

 private:
  absence input_of(const std::string& file) const;
  bool in_scope(const finding& missing, const report& other) const;

  const report& report_;
  const rule_names& names_;
  const input_names& inputs_;
  std::unordered_map<std::string, const input_record*> records_;
  std::unordered_map<std::string, bool> rules_;          // by current name: whether one of its findings may not be listed
  std::unordered_map<std::string, bool> met_;            // rules that met a resource
};

// How the later of two reports was made otherwise than the earlier one, a sentence for each.
std::vector<localized_text> made_otherwise(const report& before, const report& after);

}  // namespace sekimori::check
