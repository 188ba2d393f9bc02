// check: a resource of the inventory as evaluation asks about it. Entry point: inventory_access.
// Knows no rules.
#pragma once

#include "exec/resource_access.hpp"
#include "inventory/inventory.hpp"

namespace sekimori::check {

class closing;
class holdings;

// One per evaluator; at() moves it to another resource.
class inventory_access final : public exec::resource_access {
 public:
  explicit inventory_access(const inventory::inventory& all) : all_(all) {}
  // `kind`: that it is looked at as; null: none.
  void at(const inventory::resource& current, const rules::checked_kind* kind = nullptr) { current_ = &current, kind_ = kind; }
  // Without it nobody may ask for objects of a kind.
  void use(holdings& of_kinds) { of_kinds_ = &of_kinds; }
  // What is declared complete. Without it nothing is.
  void use(closing& declared) { declared_ = &declared; }

  value attributes(const attribute_table* facts, arena& memory) override;
  value part(const rules::checked_part& asked, arena& memory) override;
  value related(value types, std::string_view by, arena& memory) override;
  value references_to(std::string_view path, std::string_view type, value words, arena& memory) override;
  value held(std::string_view kind, arena& memory) override;
  value all_held(std::string_view kind, arena& memory) override;

 private:
  bool whole(std::span<const std::string_view> types) const;
  bool only_words(value at, std::string_view path, value words) const;
  value relation(const inventory::links& found, std::string_view what, arena& memory) const;

  const inventory::inventory& all_;
  const inventory::resource* current_ = nullptr;
  const rules::checked_kind* kind_ = nullptr;
  holdings* of_kinds_ = nullptr;
  closing* declared_ = nullptr;
};

}  // namespace sekimori::check
