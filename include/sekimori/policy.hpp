// Load rules once, check inputs many times.
//   auto policy = sekimori::policy::load({"rulesets"});
//   if (!policy) { std::cerr << sekimori::render(policy.diagnostics()); return 2; }
//   auto report = policy->check({sekimori::input::file("plan.json")}, options);
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sekimori/report.hpp"
#include "sekimori/result.hpp"
#include "sekimori/value.hpp"

namespace sekimori {

struct input {                           // something to check
  std::string name;                      // what reports and diagnostics call it
  std::optional<std::string> bytes;      // the document, or
  const map_view* object = nullptr;      // a host's own object, read in place while check() runs, or neither: the file called `name` is read, and those below its folder that it names (inputs/v1)
  static input file(std::string path) { return {std::move(path), std::nullopt, nullptr}; }
  static input text(std::string name, std::string bytes) { return {std::move(name), std::move(bytes), nullptr}; }
  static input host(std::string name, const map_view* object) { return {std::move(name), std::nullopt, object}; }
};

// Of one check (docs/language.md, "Cost and limits"). Those of a rule's text hold when it is loaded.
struct check_limits {
  std::uint64_t input_bytes = 1ull << 30, held_bytes = 1ull << 25;   // of one input; of one with a value on each line, else it is read in pieces
  std::uint64_t findings_listed = 10'000;   // a cap: all are counted
  std::uint64_t steps = 1'000'000;          // of one rule on one resource
  std::uint64_t cost = UINT64_MAX;          // of one condition on one resource, in cel-go's units: no budget. Policies of
  std::uint64_t policy_cost = UINT64_MAX;   // Kubernetes have theirs (1,000,000, and 10,000,000 of all validations)
  std::uint32_t regex_bytes = 1'000;        // of a pattern that is made while a condition is evaluated,
  std::uint32_t regex_size = 100'000;       // and its size written out, in instructions
};

// What one rule took over one kind, or over its types. Times differ from run to run: no report holds them.
struct rule_profile {
  std::string rule, subject;             // "baseline.network/NET-01", "firewall_rule"
  std::uint64_t nanoseconds = 0, evaluations = 0, open = 0, explained = 0, cost = 0;   // open: asked of the evaluator; cost: that of trees()
};

struct check_options {
  std::string scope, report_for;         // node ids: these inputs are that node's; write that node's findings only
  std::string input_format;              // "terraform-plan", "google-assets" ...: what every input is; empty: by content
  std::optional<std::int64_t> now;       // seconds since 1970; absent: `now` is unknown
  std::string namespace_name;            // where manifests of Kubernetes go that name no namespace; empty: not known
  bool only_changed = false, strict_json = false, include_planned = false;   // leave out what a plan does not change; refuse keys that stand twice; appointments not announced yet
  std::vector<verdict> include;          // list pass and not_applicable as well
  severity fail_on = severity::high, fail_on_undetermined = severity::critical;
  bool never_fail_on_undetermined = false, fail_on_new = false, fail_on_undetermined_new = false;   // new: what the baseline does not know
  const report* baseline = nullptr;      // from read_report(); findings say how they stand against it
  input_names same_inputs;
  std::uint32_t threads = 1;             // that read and judge; 0 and 1: the caller's alone. No number changes a byte of the report
  check_limits limits;
  std::vector<rule_profile>* profile = nullptr;   // filled in rule order where it is given; changes no report
};
// Inputs that are read from now on where options.threads allow it, so that rules can be loaded meanwhile: for check() with the same options.
std::shared_ptr<struct opened_inputs> open_inputs(std::vector<input> inputs, const check_options& options);
enum class tree_form : std::uint8_t { text, expressions, graph };   // with statistics; a line each; Graphviz

// Immutable; check() is const and may run in several threads at once.
class policy {
 public:
  policy();
  ~policy();
  policy(policy&&) noexcept;
  policy& operator=(policy&&) noexcept;
  // Rule sets, kinds, standards and policies of Kubernetes from files and folders, and "builtin:NAME" for the shipped ones ("builtin:baseline").
  // `organisation`: path of an organisation document, or empty. Every mistake of every document is told; a policy is never partly loaded.
  static result<policy> load(const std::vector<std::string>& paths, const std::string& organisation = {});

  report check(const std::vector<input>& inputs, const check_options& options, finding_sink* sink = nullptr) const;
  report check(opened_inputs& inputs, const check_options& options, finding_sink* sink = nullptr) const;   // by one thread at a time
  std::string trees(tree_form form = tree_form::text) const;   // what the rules compile to
  // Which types offer which fields: "text", "json", "markdown"; `kind` empty: of all. What inputs hold: "text", "json", "csv"; the diagnostics tell
  // errors of inputs that could not be read. `language`: "ja" or "en".
  result<std::string> kinds(std::string_view format, const std::string& language, std::string_view kind = {}) const;
  result<std::string> inventory(opened_inputs& inputs, std::string_view format, const std::string& language) const;
  struct implementation;
  const implementation& inside() const { return *implementation_; }
 private:
  std::unique_ptr<implementation> implementation_;
};

}  // namespace sekimori
