// check: how well the tests of rules test them. Entry point: measure_rules. Knows no output format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cel/mutation/mutants.hpp"
#include "sekimori/diagnostic.hpp"
#include "sekimori/rule_test.hpp"

namespace sekimori::check {

struct measure_options {
  bool coverage = false, mutation = false;
  std::string rule;          // "NET-01" or "baseline.network/NET-01": of it alone; empty: of all
  std::size_t threads = 1;   // no number changes a result
};

struct share {
  std::size_t reached = 0, all = 0;
  void add(const share& other) {
    reached += other.reached;
    all += other.all;
  }
  double percent() const { return all == 0 ? 100.0 : 100.0 * static_cast<double>(reached) / static_cast<double>(all); }
  bool reaches(double wanted) const { return 100.0 * static_cast<double>(reached) >= wanted * static_cast<double>(all); }
};

// A part of a condition that no test has seen both ways. `told` has its place.
struct untested_part {
  std::string text;
  bool never_true = false, never_false = false;
  diagnostic told;
};

// A change that no test of the rule notices. `kind` is cel::name_of's, or "when".
struct survivor {
  std::string kind, change;
  diagnostic told;
};

struct rule_measure {
  std::string rule;          // "baseline.network/NET-01"
  std::size_t tests = 0;
  share coverage;            // parts seen true and false
  std::vector<untested_part> untested;
  share mutation;            // mutants that a test notices
  std::size_t not_compiled = 0;   // mutants that are no expression: in no share
  std::vector<survivor> survivors;
};

// What the measured rules read of a kind: its derived fields, or those of one provider type with `when`, `each` and `id`.
struct kind_measure {
  std::string kind, type;    // no type: derived
  share coverage;
  std::vector<untested_part> untested;
};

struct measures {
  std::vector<rule_test_result> tests;   // in the order of the documents
  std::vector<rule_measure> rules;       // in the order of the rule sets, those without tests, too; empty where nothing is measured
  std::vector<kind_measure> kinds;       // where coverage is measured
  share coverage, mutation, kinds_coverage;
};

// Loads the documents below `paths` and runs every test in order.
result<measures> measure_rules(const std::vector<std::string>& paths, const measure_options& options);

}  // namespace sekimori::check
