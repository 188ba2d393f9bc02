// What the tests of laws share: rule sets with the plans they are asked of, and what a report says of them, to compare.
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "check/admission.hpp"
#include "check/run.hpp"
#include "check/run_context.hpp"
#include "plan/program.hpp"
#include "rules/documents.hpp"

namespace sekimori::testing {

using plan_ptr = std::shared_ptr<const plan::policy_plan>;

struct law_case {
  std::string name;
  rules::loaded_documents documents;
  std::vector<std::pair<std::string, std::string>> plans;   // name, text
  std::vector<input> inputs() const;
};

// The shipped rules over the plans at hand, and generated ones.
const std::vector<law_case>& law_cases();
plan_ptr plan_of(rules::loaded_documents documents);

// Every verdict is listed and so explained; and none, so that the fast executor's count.
check_options all_listed();
check_options none_listed();

// The findings as lines of JSON, sorted; without their places in the input, where that may differ.
enum class told_place { whole, pointer, none };      // of lines and columns, too; of the pointer alone
std::vector<std::string> findings_of(report made, told_place place = told_place::whole);
// What was found of what, without texts: sorted lines.
std::vector<std::string> verdicts_of(const report& made);
// The counts of each rule as text.
std::string counts_of(const report_summary& made);

// The first line that only one of two sorted lists has; empty: they are the same.
std::string difference(const std::vector<std::string>& a, const std::vector<std::string>& b);

// What the worker of a run reads.
struct law_run {
  law_run(const plan::policy_plan& plan, const std::vector<input>& inputs, const check_options& options);

  check_options options;
  inventory::inventory inventory;
  std::vector<input_record> records;
  check::scope_table scopes;
  check::waiver_table waivers;
  check::admission manifests;
  registers::register_data registers;
  check::run_context context;
};

}  // namespace sekimori::testing
