// rules: the types and values of parameters. Entry points: parse_parameter_type, mismatch, loosening.
// Values are canonical JSON text, so that equal values are equal texts. Knows no scopes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/documents.hpp"

namespace sekimori::rules {

enum class parameter_kind : std::uint8_t { boolean, integer, floating, string, dyn, list, map };

struct parameter_type {
  parameter_kind kind = parameter_kind::dyn;
  std::vector<parameter_type> element;       // of a list or map, one
};

// "list(int)", "map(string, list(string))"; nullopt for what no literal of a document can be.
std::optional<parameter_type> parse_parameter_type(std::string_view text);
std::string to_text(const parameter_type& shown);

// Why the value is not of the type ("item 2 is a string"); empty: it is.
std::string mismatch(const parameter_type& declared, std::string_view json);

// Whether a direction can be told apart on such a type; `expected` says on which it can.
bool direction_fits(tighten direction, const parameter_type& type, std::string& expected);

// In what way `given` is looser than `above` under `direction` ("the item 3389 is gone"); empty: it is not.
std::string loosening(tighten direction, std::string_view above, std::string_view given);

// The stricter of two values; where neither is, a value that is stricter than both: lists and maps joined (superset) or what
// they share (subset). nullopt: there is none.
std::optional<std::string> stricter_of(tighten direction, std::string_view a, std::string_view b);

// Why `value` lies outside `bounds`: a list of permitted values, where a network stands for every
// network inside it, or a mapping with min and max. Empty: it does not.
std::string outside_bounds(std::string_view bounds, std::string_view value);

// The parts of canonical JSON text.
std::vector<std::string_view> items_of(std::string_view json);                                // of a list
std::vector<std::pair<std::string_view, std::string_view>> members_of(std::string_view json); // keys as JSON strings
bool is_list(std::string_view json);
bool is_map(std::string_view json);
bool is_text(std::string_view json);
std::string text_of(std::string_view json_string);

// Values as a person reads them, cut where they are long.
std::string shown(std::string_view json);

}  // namespace sekimori::rules
