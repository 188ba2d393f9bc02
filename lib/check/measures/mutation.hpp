// check: a rule with one mistake in it, many times. Entry point: mutated_rule. Knows no tests but what each wants to see.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "base/arena.hpp"
#include "check/measures/measures.hpp"
#include "check/observer.hpp"
#include "exec/explain.hpp"

namespace sekimori::check {

// Judged where the rule itself is judged, over the same objects: only conditions are compiled anew and evaluated again, in
// source order; nothing is planned and no input read again.
class mutated_rule {
 public:
  explicit mutated_rule(const rules::checked_rule& rule);

  // One test: asks() for every instance it judges, then finish().
  void begin();
  void asks(const asked_rule& asked);
  void finish(const rules::rule_test& test);

  void write(rule_measure& to) const;

 private:
  // What a test would see of the worst finding.
  struct result {
    verdict outcome = verdict::not_applicable;
    decide_by settle = decide_by::none;
    localized_text message;
    bool any = false;
  };
  struct mutant {
    std::string kind, change;
    diagnostic told;
    std::vector<rules::checked_variant> variants;   // as the rule's
    std::vector<plan::rule_program> programs;
    bool caught = false;
    result seen;
  };

  // `of`: the first variant of a subject, whose conditions all of its variants have.
  void mutate(std::size_t of, std::size_t condition);
  void drop_when(std::size_t of);
  mutant& add(std::string kind, std::string change, diagnostic told);
  void judge(const plan::rule_program& program, const asked_rule& asked, result& to);

  const rules::checked_rule& rule_;
  std::shared_ptr<arena> trees_ = std::make_shared<arena>();
  std::deque<mutant> mutants_;
  std::size_t not_compiled_ = 0;
  result own_;
  cel::trace traced_;
};

}  // namespace sekimori::check
