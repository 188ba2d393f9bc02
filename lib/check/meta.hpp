// check: `meta` as conditions see it, of one resource after another. Entry point: meta_object. Knows no rules.
#pragma once

#include <array>
#include <string_view>

#include "base/arena.hpp"
#include "inventory/inventory.hpp"
#include "rules/checked.hpp"
#include "sekimori/value.hpp"

namespace sekimori::check {

// One per worker. Tags and what is not known are made when they are first read: few rules ask.
class meta_object final : public map_view {
 public:
  meta_object(const inventory::inventory& all, arena& memory) : all_(all), memory_(memory) {}
  // `file`: how the input is called.
  void at(const inventory::resource& current, std::string_view file);
  value tags() const { return read(tags_field); }

  std::size_t size() const override { return count; }
  bool find(value key, value& found) const override;
  const map_entry* entries() const override;
  bool field(std::uint32_t index, value& found) const override;
  std::string_view type_name() const override { return "meta"; }

 private:
  static constexpr std::size_t count = std::size(rules::meta_fields);
  static constexpr std::size_t tags_field = 9;
  value read(std::size_t index) const;
  value make(std::size_t index) const;

  const inventory::inventory& all_;
  arena& memory_;
  const inventory::resource* current_ = nullptr;
  std::string_view file_;
  mutable std::array<value, count> values_;
  mutable std::array<bool, count> made_ = {};
  mutable std::array<map_entry, count> entries_;
};

}  // namespace sekimori::check
