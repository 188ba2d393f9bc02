// exec: budgets of cost. Entry points: may_cost_more, policy_budget. Knows no resources.
#pragma once

#include <cstdint>

#include "cel/environment.hpp"
#include "plan/program.hpp"

namespace sekimori::exec {

// Whether one of the rule's conditions could cost more than `budget` (cel-go's units): by the estimate,
// to which sizes in the input contribute nothing. Such a rule is evaluated in source order and counted;
// of any other nothing needs to be counted.
bool may_cost_more(const plan::rule_program& program, std::uint64_t budget);

// What all evaluations of one policy of Kubernetes over one object may cost together; what each may is the
// evaluator's limits.cost. Source: k8s.io/apiserver 0.37, pkg/apis/cel/config.go.
struct policy_budget {
  std::uint64_t conditions = 2'500'000;   // of the match conditions: RuntimeCELCostBudgetMatchConditions
  std::uint64_t whole;                    // of the validations, with the variables they read: limits.policy_cost
};

// The limits that policies of Kubernetes are judged under: the profile "kubernetes", or less where `own` asks for less.
cel::limits kubernetes_limits(const cel::limits& own);

}  // namespace sekimori::exec
