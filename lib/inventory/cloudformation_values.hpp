// inventory: what the values of a CloudFormation template come to before it is deployed. Entry point: template_values.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "value/document_node.hpp"

namespace sekimori::inventory {

// A value of a template once its functions are worked out as far as they can be.
struct template_value {
  enum class sort { absent, scalar, text, list, map, unknown };   // absent: AWS::NoValue
  sort is = sort::absent;
  std::string text;                                               // of a text itself; of a scalar as JSON
  std::vector<std::pair<std::string, template_value>> parts;      // of a list without keys
  std::vector<std::string> names;                                 // of what is unknown: the resources that it comes from
  bool anything = false;                                          // of what is unknown: or from somewhere else
};

// What `of` is known to be, and what of it is not, as JSON (null and true where it is not known).
void write_known(const template_value& of, std::string& to);
bool write_unknown(const template_value& of, std::string& to);     // false: all of it is known

class template_values {
 public:
  explicit template_values(const document_node& root)
      : parameters_(root.field("Parameters")), conditions_(root.field("Conditions")), mappings_(root.field("Mappings")), resources_(root.field("Resources")) {}

  template_value value_of(const document_node& of) { return resolve(of, 0); }
  // Whether a condition holds; nothing where that is not known.
  std::optional<bool> holds(std::string_view condition) { return named_condition(condition, 0); }
  bool too_large() const { return made_ > most_made; }

 private:
  static constexpr std::size_t most_made = std::size_t{1} << 28;   // a text can be put into many places

  template_value resolve(const document_node& of, int depth);
  template_value function(std::string_view name, const document_node& argument, int depth);
  template_value reference(std::string_view name);
  template_value parameter(const document_node& declared);
  template_value substituted(const document_node& argument, int depth);
  template_value joined(const document_node& argument, int depth);
  template_value selected(const document_node& argument, int depth);
  template_value split(const document_node& argument, int depth);
  template_value mapped(const document_node& argument, int depth);
  std::optional<bool> named_condition(std::string_view name, int depth);
  std::optional<bool> condition(const document_node& of, int depth);

  document_node parameters_, conditions_, mappings_, resources_;
  std::map<std::string, std::optional<bool>> held_;      // of conditions that were asked for
  std::size_t made_ = 0;
};

}  // namespace sekimori::inventory
