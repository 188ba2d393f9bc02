// check: what will be asked of a system before anything of it is made: data of `sekimori intake`. Entry point: intake_of. Knows no
// form of a sheet, and judges nothing.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "check/matrix/native.hpp"
#include "rules/organisation.hpp"

namespace sekimori::check {

enum class intake_class : std::uint8_t {
  applies,
  depends,         // on what the system does not say yet
  does_not_apply,  // by what the system says
  not_used,        // it is about kinds of which the system uses nothing
  not_adopted,     // by no scope of the system
};
std::string_view name_of(intake_class of);

enum class intake_offer : std::uint8_t { native, with_settings, never, not_offered, not_read, unanswered };   // never: such a resource is a violation as such
std::string_view name_of(intake_offer of);

struct intake_parameter {
  std::string name, full_name;                  // "admin_ports", "baseline.network/admin_ports"
  localized_text title;                         // empty: it has none
  const rules::effective_parameter* value = nullptr;
  rules::tighten direction = rules::tighten::fixed;
  bool to_fill() const { return direction == rules::tighten::entry && value->json == "[]"; }
};

struct intake_cloud {
  std::size_t cloud = 0;                        // index in known_clouds
  intake_offer offer = intake_offer::unanswered;
  localized_text gap;                           // why it is not asked there
  bool plan = false, inventory = false;         // what answers it there
  std::set<std::string> registers;
  std::vector<compared_type> types;
  std::vector<clause_reference> clauses;        // verified ones, of that cloud
};

struct intake_control {
  const rules::checked_rule* rule = nullptr;
  std::string ruleset;
  intake_class found = intake_class::applies;
  std::set<std::string> missing;                // "zone", "classification" ...: what it depends on, wholly or in part
  std::vector<std::string> conditions;          // CEL that settles it, or leaves it open; of one that is not used: kinds that would bring it in
  std::vector<intake_parameter> parameters;
  std::vector<intake_cloud> clouds;             // the candidates, where it applies or may
};

// Something that people have to decide before the specification stands.
struct intake_decision {
  enum class about : std::uint8_t { missing, entries, not_offered, not_read, kinds } what = about::missing;   // kinds: that nothing is used of what was not named
  std::string subject;                          // a field of the scope, a parameter, a cloud, "kinds"
  localized_text title;                         // of the parameter
  std::vector<std::string> rules;               // short ids
};

struct intake_sheet {
  std::shared_ptr<const rules::organisation> organisation;   // with the system in it
  std::uint32_t node = 0;
  std::vector<std::string> clouds, kinds;
  std::vector<intake_control> controls;         // in the order of the rule sets
  std::vector<intake_decision> decisions;
  std::string approver;                         // who owns what the system goes under; empty: not known
  std::uint64_t kubernetes = 0;                 // rules that are about no cloud and not in the sheet
  std::uint64_t count(intake_class of) const;
  std::uint64_t count(std::size_t cloud, intake_offer of) const;   // cloud: index among the candidates
};

// `organisation`: the one that the system goes into, or null. `now`: for tables that age.
result<intake_sheet> intake_of(const rules::model_ptr& model, const rules::system_document& system, const rules::organisation_document* organisation,
                               const std::vector<rules::profile_document>& profiles, std::optional<std::int64_t> now);

}  // namespace sekimori::check
