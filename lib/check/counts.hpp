// check: what a run counts, by index while it runs, in the words of a report once at its end. Entry point: counter.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "check/outcome.hpp"
#include "check/rule_descriptions.hpp"
#include "inventory/inventory.hpp"
#include "plan/program.hpp"
#include "rules/organisation.hpp"
#include "sekimori/report.hpp"

namespace sekimori::check {

// One per worker; allocates nothing for a verdict.
class counter {
 public:
  counter(const plan::policy_plan& plan, std::size_t nodes, std::size_t inputs);

  // The resource that what follows is about. `node`: where it belongs, an index; no_node: none, or not known.
  static constexpr std::uint32_t no_node = 0xffffffff;
  void at(const inventory::resource& one, std::uint32_t node);
  // `mapped` where a kind or a rule speaks of its type.
  void resource(bool mapped);
  // One verdict of one program on one instance.
  void judged(std::uint32_t program, verdict outcome, bool waived, decide_by settle, bool limit);

  // Such a verdict is another one without what somebody declares.
  void assumed(verdict outcome);
  // A program that was not asked, since no scope of the resource adopts its rule.
  void not_adopted(std::uint32_t program);

  // Another worker's counts.
  void add(const counter& other);
  // `types` are the inventory's. `readable`: the records of the inputs, by inventory::resource::input.
  void write(const rules::organisation* organisation, const rule_descriptions& rules, const std::vector<std::string_view>& types,
             const std::vector<input_record*>& readable, report_summary& to) const;
  // Rules that met no resource are told after those that could not be loaded.
  tally worst() const;

 private:
  struct of_cloud {
    std::string name;
    cloud_examined examined;
    verdict_counts verdicts;
  };
  struct of_input {
    std::uint64_t resources = 0, mapped = 0;
    bool judged = false, passed_over = false;                    // whether a rule was asked of something in it, and whether one was not
    std::unordered_map<std::uint32_t, std::uint64_t> mapped_types, unmapped;   // by resource::type_index
  };
  of_cloud& cloud(std::string_view name);

  const plan::policy_plan& plan_;
  std::vector<verdict_counts> programs_;
  std::vector<std::uint64_t> not_adopted_;  // by program
  std::vector<verdict_counts> scopes_;     // by node, and one more for none
  std::vector<of_cloud> clouds_;           // a handful
  std::vector<of_input> inputs_;
  std::array<std::uint64_t, 6> settled_ = {};
  std::uint64_t limits_ = 0, assumed_pass_ = 0, assumed_fail_ = 0;
  const inventory::resource* resource_ = nullptr;
  of_input* input_ = nullptr;              // of the resource at hand
  std::size_t cloud_ = 0, scope_ = 0;      // rows of the resource at hand
};

}  // namespace sekimori::check
