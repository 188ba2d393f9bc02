// value: what a provider documents about its attributes. Entry point: attribute_table. Knows no documents.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sekimori/value.hpp"

namespace sekimori {

// What a provider documents about one attribute.
struct attribute_facts {
  std::vector<std::string> also;   // former names of the last component, tried in turn where it is absent or null
  bool has_default = false;
  value absent;                    // the documented default; lives as long as the facts
  bool has_unset = false;
  value unset;                     // what it becomes where a plan does not know it and its configuration leaves it out
  std::vector<std::string> unless; // attributes beside it that give it another value where they are set
  bool nullable = false;           // null is a value of its own
};

// Facts by attribute path without indexes ("root_block_device.encrypted"), kept by component, so that a reader that
// follows a path goes from one level to the next and puts no text together.
class attribute_table {
 public:
  struct entry {
    std::string name;
    std::unique_ptr<attribute_facts> facts;   // null: only what is below it has some
    std::unique_ptr<attribute_table> below;   // null: nothing is below it
  };

  attribute_table() = default;

  bool empty() const { return entries_.empty(); }
  const std::vector<entry>& entries() const { return entries_; }   // by name
  const entry* find_here(std::string_view name) const;             // one component
  const attribute_facts* find(std::string_view path) const;        // nullptr: none
  attribute_facts& operator[](std::string_view path);              // made where there are none
  // Leaves what is there as it is.
  void emplace(std::string_view path, attribute_facts facts);

 private:
  entry& at(std::string_view path);

  std::vector<entry> entries_;
};

}  // namespace sekimori
