// check: looks on while one resource of a run is judged. Entry point: judgement_observer. Changes no verdict.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include "cel/evaluator.hpp"
#include "exec/budget.hpp"
#include "exec/objects.hpp"
#include "inventory/inventory.hpp"
#include "plan/program.hpp"

namespace sekimori::check {

// A rule as it is asked of a resource, or of an instance of it. `kind` and `computed` are explaining and begun: the neutral
// object, and that or the variables of a policy of Kubernetes; null for rules over provider types.
struct asked_rule {
  const plan::rule_program& program;
  cel::evaluator& evaluator;
  std::span<const value> variables;
  const exec::kind_object* kind;
  const exec::computed_object* computed;
  value belongs;                               // whether it is asked of the resource at all: true, unknown or an error
  std::string_view address;
  const exec::policy_budget* budget = nullptr; // policies of Kubernetes only
};

class judgement_observer {
 public:
  virtual ~judgement_observer() = default;
  // The address is that of a resource, with "#id" of one instance. A manifest is known by its pointer, as its address is made of what it
  // says; of the address only the instance counts then. The pointer of others is empty.
  void watch(std::string address, std::string pointer) {
    address_ = std::move(address);
    pointer_ = std::move(pointer);
  }
  // The resource, or an instance of it.
  bool watches(const inventory::resource& one) const {
    if (!pointer_.empty()) return one.pointer == pointer_;
    return address_.starts_with(one.address) && (address_.size() == one.address.size() || address_[one.address.size()] == '#');
  }
  // `instance`: "#id"; empty where there is only one.
  bool watches(const inventory::resource& one, std::string_view instance) const {
    if (!watches(one)) return false;
    const std::string_view all = address_;
    const std::string_view wanted = all.substr(pointer_.empty() ? one.address.size() : std::min(all.find('#'), all.size()));
    return wanted.empty() || (instance.starts_with(wanted) && (instance.size() == wanted.size() || instance[wanted.size()] == '#'));
  }

  // A resource is mapped: with the variables that `each` sees, and again with those of each instance, where `each` is set.
  virtual void maps(const rules::checked_kind& kind, const rules::checked_mapping& mapping, cel::evaluator& evaluator, std::span<const value> variables) = 0;
  virtual void asks(const asked_rule& asked) = 0;

 private:
  std::string address_, pointer_;
};

}  // namespace sekimori::check
