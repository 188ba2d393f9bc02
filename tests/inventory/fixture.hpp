// Small plans for the tests of this stage.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "inventory/inventory.hpp"
#include "value/values.hpp"

namespace fixture {

using namespace sekimori;
namespace inv = sekimori::inventory;

// A plan put together from its parts; every text is JSON.
struct plan {
  std::vector<std::string> changes;
  std::string root_module = "{}";
  std::string providers = "{}";
  std::string extra;                   // more top-level members, each with a comma before it
  bool whole = false;                  // planned_values has as many instances as the changes leave there
  std::size_t kept = 0;                // so many

  struct change {
    std::string address, after = "{}", unknown = "{}", actions = "\"create\"", index, more, sensitive = "{}";
  };
  // Type, name, module and index are read off the address.
  plan& add(const change& one);
  std::string text() const;
};

// Configuration of one resource: {"mode", "type", "name", expressions}.
std::string block(const std::string& object, const std::string& expressions, const std::string& more = "");

struct loaded {
  inv::inventory inventory;
  std::vector<input_record> records;

  explicit loaded(const plan& from, const std::string& name = "plan.json") { add(from.text(), name); }
  loaded() = default;
  const input_record& add(const std::string& text, const std::string& name = "plan.json");
  const inv::resource& at(std::string_view address) const;
  // "aws_x.a aws_x.b? open" - members, a question mark on possible ones; how the tail is.
  std::string to(std::string_view address, std::string_view type, std::string_view by, std::string_view to_attribute = "id", bool part = false) const;
  std::string part(std::string_view address, std::string_view type, std::string_view by) const { return to(address, type, by, "id", true); }
  std::string from(std::string_view address, std::string_view path, std::string_view type) const;
};

std::string shown(const inv::links& links);
std::string codes(const input_record& record);

}  // namespace fixture
