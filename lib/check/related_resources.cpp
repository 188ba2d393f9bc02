// check: see related_resources.hpp.
#include "check/related_resources.hpp"

#include "inventory/exported.hpp"
#include "rules/host.hpp"

namespace sekimori::check {
namespace {

// Whoever looks something up finds the one resource.
class only_one final : public rules::relation_host {
 public:
  only_one(const inventory::inventory& all, const inventory::resource& one) : all_(all), one_(one) {}
  value related(value, std::string_view, arena& memory) override {
    const value attributes = all_.attributes(one_, memory, nullptr);
    return make_list(memory, std::span<const value>(&attributes, 1));
  }
  value references_to(std::string_view, std::string_view, value, arena& memory) override { return related(value::null(), {}, memory); }
  value held(std::string_view, arena& memory) override { return related(value::null(), {}, memory); }
  value all_held(std::string_view, arena& memory) override { return related(value::null(), {}, memory); }

 private:
  const inventory::inventory& all_;
  const inventory::resource& one_;
};

}  // namespace

related_resources::related_resources(const rules::related_types& sought, const inventory::inventory& all)
    : sought_(sought), all_(all), evaluator_(memory_, cel::limits()) {}

bool related_resources::keeps(const inventory::resource& one) {
  if (sought_.any) return true;
  if (sought_.types.count(one.type) == 0) return false;
  const auto witnesses = sought_.by_witness.find(one.type);
  const bool by_account = sought_.by_account.count(one.type) > 0;
  if (witnesses == sought_.by_witness.end() && !by_account) return true;
  return (by_account && is_first_of_account(one)) || (witnesses != sought_.by_witness.end() && could_be_witness(one, witnesses->second));
}

// One whose account is not told could be any account's.
bool related_resources::is_first_of_account(const inventory::resource& one) {
  if (one.says == nullptr || one.says->account.empty()) return true;
  return first_.emplace(one.type, one.says->account).second;
}

bool related_resources::could_be_witness(const inventory::resource& one, const std::vector<rules::witness_sought>& sought) {
  only_one host(all_, one);
  evaluator_.set_host(static_cast<rules::relation_host*>(&host));
  bool could = false;
  for (const rules::witness_sought& each : sought) {
    memory_.reset();
    evaluator_.reset_steps();
    could = could || !evaluator_.evaluate(*each.program, *each.exists, {}).is_false();
  }
  return could;
}

}  // namespace sekimori::check
