// exec: judges one rule on one resource again in source order and says why. Entry point: explain.
// Whatever a report lists comes from here, so that no fast path can change a byte of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cel/evaluator.hpp"
#include "exec/budget.hpp"
#include "exec/executor.hpp"
#include "exec/objects.hpp"
#include "plan/program.hpp"
#include "sekimori/finding.hpp"

namespace sekimori::exec {

// What masks show instead of a secret, in every output.
inline constexpr std::string_view mask = "(sensitive)";

struct explanation {
  verdict outcome = verdict::pass;
  std::vector<std::string> asserts;        // ids of those that are not true
  std::vector<explained_clause> why;       // of those that are false
  std::vector<unknown_item> unknown;       // sorted, each once
  localized_text message;                  // for fail
  std::string error;                       // for error: "assert ID: TEXT"; types and names only
  bool limit = false;                      // a limit was hit
  std::string residual;                    // for undetermined: residual.hpp's; explain() leaves it empty
};

// `address` is that of the resource at hand: paths and unknowns of it are shown without it.
// `computed` must have been made explaining and begun; null for rules over provider types. With a budget (policies of
// Kubernetes only; the evaluator counts) what goes over it is a limit error, and so is whatever stands after it.
// `traced` is written over: its memory serves one explanation after the other.
explanation explain(const plan::rule_program& program, cel::evaluator& evaluator, std::span<const value> variables,
                    const computed_object* computed, std::string_view address, cel::trace& traced, const policy_budget* budget = nullptr);

// Adds the paths of an unknown value, those of `address` without it; the list stays sorted, each item once.
void add_unknowns(value v, std::string_view address, std::vector<unknown_item>& to);

// What a verdict is where `belongs`, whether the rule is asked of the resource at all, is unknown or an error: a pass
// stands, anything else is undetermined, or an error.
verdict doubt(value belongs, std::string_view address, explanation& why);

// Who can settle a verdict that rests on these.
decide_by settled_by(const std::vector<unknown_item>& unknown);
// The same for an undetermined verdict that nobody lists, of which nothing is explained: `judged` has just come to it.
decide_by settled_by(const executor& judged, const plan::rule_program& program, cel::evaluator& evaluator, std::span<const value> variables);

}  // namespace sekimori::exec
