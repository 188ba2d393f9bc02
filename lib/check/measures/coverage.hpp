// check: which parts of expressions were seen true and which false. Entry points: coverage_table, cover. Knows no tests.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "check/measures/measures.hpp"
#include "check/observer.hpp"

namespace sekimori::check {

// By expression, for each of its parts observation::was_false, was_true.
class coverage_table {
 public:
  void add(const cel::compiled& program, const cel::trace& traced);
  void add(const coverage_table& other);
  std::uint8_t truths(const cel::compiled& program, std::uint32_t id) const;

 private:
  std::unordered_map<const cel::compiled*, std::vector<std::uint8_t>> seen_;
};

// Evaluates the conditions of a rule in source order and adds what they and the fields that they read were. The asserts are
// asked only where `when` does not rule them out.
void cover(const asked_rule& asked, coverage_table& to);
// The same for what a mapping asks beside its fields; see judgement_observer::maps.
void cover(const rules::checked_mapping& mapping, cel::evaluator& evaluator, std::span<const value> variables, coverage_table& to);

// Adds the parts of one text to the share and the list. `programs`: what it was compiled to, over several kinds. `asked`: it
// is to be a bool.
void count_parts(std::span<const cel::compiled* const> programs, bool asked, const coverage_table& table, share& counted, std::vector<untested_part>& untested);

// Of each kind that the rules are over: what they read.
std::vector<kind_measure> measure_kinds(std::span<const rules::checked_rule* const> rules, const coverage_table& table);

}  // namespace sekimori::check
