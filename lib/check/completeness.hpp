// check: of which kinds everything was given, as inputs documents say (design 4, Open and closed worlds): for which accounts, and by
// whom. Entry points: completeness, closing. Knows no conditions and reads no inputs.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "check/inputs_documents.hpp"
#include "inventory/inventory.hpp"
#include "rules/checked.hpp"
#include "rules/organisation.hpp"

namespace sekimori::check {

// A kind that a document names and no kinds document declares: its document says so, and the entry declares nothing of it.
void check_declared_kinds(const rules::model& model, std::span<const stated_inputs> stated, std::vector<input_record>& records);

// One per run, for all threads.
class completeness {
 public:
  completeness() = default;
  // `input_of`: by record, its number in the inventory. `scopes`: by entry, the node that its inputs are of; nothing: not said, or not
  // known. Records of documents are told which declarations do not count.
  completeness(const rules::model& model, const rules::organisation* organisation, const inventory::inventory& all, std::span<const stated_inputs> stated,
               std::span<const std::optional<std::uint32_t>> scopes, std::span<const std::optional<std::uint32_t>> input_of, std::vector<input_record>& records);

  bool any() const { return !claims_.empty(); }
  // Which declaration says that an account holds no more of a kind than was given; that nothing more is linked to a resource, through
  // `types`, of what makes it the kind; that nobody holds more of the kind.
  std::optional<std::uint32_t> of_account(const rules::checked_kind& kind, const inventory::resource& account, arena& memory) const;
  std::optional<std::uint32_t> of_links(const rules::checked_kind& kind, std::span<const std::string_view> types, const inventory::resource& one, arena& memory) const;
  const std::set<std::uint32_t>& of_all(const rules::checked_kind& kind) const;
  const std::string& text(std::uint32_t claim) const { return claims_[claim].text; }

 private:
  struct declaration {
    std::string text;                                      // "audit_trail complete (2026-11-24, 福祉局, exports/config.json)"
    std::unordered_set<std::uint32_t> inputs;              // of the inventory
    std::unordered_set<std::string> accounts;              // "aws:111122223333"
    std::set<std::string> everywhere;                      // clouds of which every account of the organisation is among them
    std::set<std::string, std::less<>> types;              // that the kind is made of
  };
  // By cloud, the accounts that the organisation or an input names. An account that nobody names makes no list of them whole.
  using accounts_by_cloud = std::map<std::string, std::set<std::string>>;
  std::set<std::uint32_t> for_all(const rules::checked_kind& kind, const accounts_by_cloud& accounts) const;
  std::optional<std::uint32_t> find(const rules::checked_kind& kind, std::string_view cloud, std::string_view account, std::optional<std::uint32_t> input,
                                    std::span<const std::string_view> types) const;

  const inventory::inventory* all_ = nullptr;
  std::vector<declaration> claims_;
  std::unordered_map<const rules::checked_kind*, std::vector<std::uint32_t>> by_kind_;
  std::unordered_map<const rules::checked_kind*, std::set<std::uint32_t>> for_all_;
};

// One per worker: asks, and notes which declarations the answers rest on. Withheld, it notes them and says no.
class closing {
 public:
  // `all` may be null: nothing is declared.
  closing(const completeness* all, arena& memory) : all_(all != nullptr && all->any() ? all : nullptr), memory_(memory) {}

  bool account(const rules::checked_kind& kind, const inventory::resource& account) { return all_ != nullptr && note(all_->of_account(kind, account, memory_)); }
  bool links(const rules::checked_kind* kind, std::span<const std::string_view> types, const inventory::resource& one) {
    return all_ != nullptr && kind != nullptr && note(all_->of_links(*kind, types, one, memory_));
  }
  bool everywhere(const rules::checked_kind& kind);

  void begin() { used_.clear(); }
  void keep(std::uint32_t claim) { used_.insert(claim); }
  void withhold(bool withheld) { withheld_ = withheld; }
  const std::set<std::uint32_t>& used() const { return used_; }
  const std::string& text(std::uint32_t claim) const { return all_->text(claim); }

 private:
  bool note(std::optional<std::uint32_t> claim) {
    if (!claim) return false;
    used_.insert(*claim);
    return !withheld_;
  }

  const completeness* const all_;
  arena& memory_;
  std::set<std::uint32_t> used_;
  bool withheld_ = false;
};

}  // namespace sekimori::check
