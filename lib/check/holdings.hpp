// check: the objects of a kind that an account holds, and those of all inputs, as held() and all_held() give them. Entry
// points: holdings::of_account, holdings::of_all.
#pragma once

#include <deque>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cel/evaluator.hpp"
#include "check/access.hpp"
#include "check/completeness.hpp"
#include "check/instances.hpp"
#include "check/meta.hpp"
#include "check/run_context.hpp"
#include "exec/objects.hpp"

namespace sekimori::check {

// One per worker. What it gives lives in the evaluator's memory: fields are computed when they are read.
class holdings {
 public:
  // `own`: the evaluator's host while the resource at hand is looked at.
  holdings(const run_context& of, cel::evaluator& evaluator, exec::resource_access& own, closing& declared);

  // A resource that stands for no account holds nothing that could be told: an error.
  value of_account(std::string_view kind, const inventory::resource& account);
  value of_all(std::string_view kind, const inventory::resource& at);

 private:
  // A resource as one kind, or one of the instances that it is.
  struct place {
    const inventory::resource* of = nullptr;
    const rules::checked_kind* kind = nullptr;
    const rules::checked_mapping* mapping = nullptr;
    value key, element, index;     // of an instance
  };
  class member;
  class member_list;
  class gathering;
  class visit;

  const rules::checked_kind* find(std::string_view kind) const;
  // Variables, parts and relations are those of `to` from here on.
  void move_to(const place& to);

  const run_context& of_;
  cel::evaluator& evaluator_;
  exec::resource_access& own_;
  closing& declared_;
  inventory_access access_;
  meta_object meta_;
  exec::record_object each_;
  std::vector<value> variables_;
  std::unordered_map<const rules::checked_mapping*, std::unique_ptr<exec::part_object>> parts_;
  const visit* visit_ = nullptr;            // the innermost
  std::deque<cel::trace> traces_;           // one for each visit
  std::size_t depth_ = 0;
};

}  // namespace sekimori::check
