// inventory: the expressions of ARM templates ("[concat(parameters('name'), '-log')]"), as far as a template alone decides
// them. Entry point: arm_expressions. Knows no resources.
// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/arena.hpp"
#include "sekimori/value.hpp"
#include "value/document_node.hpp"

namespace sekimori::inventory {

// What a template's expressions stand for. A value that only a deployment knows is unknown, and its path is a text for it that
// is the same wherever the same is meant: "{parameters('name')}-log". Secure parameters make what they are in sensitive.
class arm_expressions {
 public:
  using complaint = std::function<void(const std::string& pointer, const std::string& message)>;

  // `place` is the JSON pointer of the template. `wrong` hears of expressions that are none.
  arm_expressions(arena& memory, const document_node& of, std::string place, complaint wrong)
      : memory_(memory), of_(of), place_(std::move(place)), wrong_(std::move(wrong)) {}

  void give(std::string_view parameter, value given) { parameters_[std::string(parameter)] = {given, false}; }
  // A value of the template with all expressions in it. `pointer` is where it stands.
  value resolve(const document_node& one, const std::string& pointer);
  // Whether a parameter's default was taken for its value.
  bool took_defaults() const { return took_defaults_; }

  void enter_loop(std::string_view name, value index) { loops_.emplace_back(name, index); }
  void leave_loop() { loops_.pop_back(); }
  // How often a loop runs; below zero: not known, or more than a deployment may.
  std::int64_t times(value count) const;

 private:
  friend class arm_parser;
  struct named { value held; bool open = false; };      // open: it is being worked out

  value list(const document_node& one, const std::string& pointer);
  value map(const document_node& one, const std::string& pointer);
  bool loops_of(const document_node& loops, const std::string& pointer, std::vector<map_entry>& into);
  value parameter(std::string_view name);
  value variable(std::string_view name);
  value call(std::string_view function, std::vector<value>& arguments);
  value text_of(std::string_view text, const std::string& pointer);
  value unknown(const std::string& text);
  value bounded(value one);

  arena& memory_;
  document_node of_;
  std::string place_;
  complaint wrong_;
  std::map<std::string, named, std::less<>> parameters_, variables_;
  std::vector<std::pair<std::string, value>> loops_;
  std::size_t depth_ = 0;
  std::size_t steps_ = 0;
  bool took_defaults_ = false, told_steps_ = false;
};

// The text that an unknown value stands for; empty: nothing that can be compared.
std::string_view arm_text(value unknown);
// The same of a known text: as it is.
std::string arm_text_of(value one);
// A resource by its type and name, for comparing: resourceId() is unknown, and this is its text.
std::string arm_resource_text(std::string_view type, std::string_view name);

}  // namespace sekimori::inventory
