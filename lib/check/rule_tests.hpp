// check: one test of a rule. Entry point: run_rule_test. Knows no measure of tests.
#pragma once

#include "check/run.hpp"
#include "sekimori/rule_test.hpp"

namespace sekimori::check {

// Of the model of the plan. `observer` may be null: it is shown what the test judges.
rule_test_result run_rule_test(const plan::policy_plan& plan, const rule_descriptions& descriptions, const rules::tests_document& document,
                               const rules::rule_test& test, judgement_observer* observer);

// Of several verdicts on one resource a test sees the first of the worst.
int badness(verdict outcome);

}  // namespace sekimori::check
