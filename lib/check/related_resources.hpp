// check: which resources of an input that is read in pieces are kept, since rules look them up from others. Entry point:
// related_resources. Knows no inputs.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/arena.hpp"
#include "cel/evaluator.hpp"
#include "inventory/inventory.hpp"
#include "rules/related_types.hpp"

namespace sekimori::check {

// One for each input, as what was kept of one says nothing of another. What it leaves out changes no verdict: no rule could
// see it. For one thread.
class related_resources {
 public:
  related_resources(const rules::related_types& sought, const inventory::inventory& all);
  bool keeps(const inventory::resource& one);

 private:
  bool is_first_of_account(const inventory::resource& one);
  bool could_be_witness(const inventory::resource& one, const std::vector<rules::witness_sought>& sought);

  const rules::related_types& sought_;
  const inventory::inventory& all_;
  arena memory_;
  cel::evaluator evaluator_;
  std::set<std::pair<std::string, std::string>> first_;   // types and accounts that one was kept of
};

}  // namespace sekimori::check
