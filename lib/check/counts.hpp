// check: the summary's counts. Entry point: counter.
#pragma once

#include <set>
#include <string>

#include "rules/checked.hpp"
#include "sekimori/report.hpp"

namespace sekimori::check {

class counter {
 public:
  explicit counter(report_summary& into) : into_(into) {}

  // A resource that was read; `mapped` where a kind or a rule speaks of its type.
  void resource(const std::string& type, const std::string& cloud, bool mapped);
  // One verdict of one rule on one instance.
  void judged(const std::string& full_rule_id, const std::string& category, const std::string& cloud, const std::string& scope,
              verdict outcome, bool waived, decide_by settle);
  // Rules that met no resource, with the kinds that they wait for.
  void finish(const rules::model& model);

 private:
  report_summary& into_;
};

}  // namespace sekimori::check
