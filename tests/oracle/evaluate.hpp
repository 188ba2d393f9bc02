// oracle: the naive evaluator: CEL by its definition, over plain values. Entry point: evaluate. It
// reads the library's syntax trees and nothing else of it: names, numbers and functions are its own.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "cel/ast.hpp"
#include "value.hpp"

namespace oracle {

// What another engine does otherwise, so that its answers can be told from mistakes. Without any: the
// spec, and what we decided where it is silent.
enum class habit : std::uint32_t {
  errors_first = 1 << 0,         // an error outranks unknowns in strict operations
  unknown_containers = 1 << 1,   // a container with an unknown part is unknown as a whole
  positions_past_the_end = 1 << 2,  // indexOf and lastIndexOf take them
  loose_zones = 1 << 3,          // "+9:00"
  or_takes_anything = 1 << 4,    // optional.none().or(1) is 1
  whole_milliseconds = 1 << 5,   // duration.getMilliseconds() is the whole length
  durations_as_doubles = 1 << 6, // string(duration) by a double
  upper_case_instants = 1 << 7,  // no "t" and "z" in RFC 3339
  short_bools = 1 << 8,          // bool('T'), bool('F')
  last_key_wins = 1 << 9,        // a key that a map literal has twice
  empty_text_as_range = 1 << 10, // a macro over '' or b''
  nan_beside_anything = 1 << 11, // true < NaN is false
  none_without_key = 1 << 12,    // an optional without a value is not indexed, whatever the key is
  literal_keys_first = 1 << 13,  // a literal that can be no key is an error whatever it indexes
  no_optionals_in_paths = 1 << 14,  // a.b.c is an error where a.b is an optional
  any_key = 1 << 15,             // a map literal takes keys of every type
  offsets_stay = 1 << 16,        // string(timestamp) writes the offset that it was read with
  index_within_int = 1 << 19,    // a uint beyond int as the index of a list is an error even where none is the answer
  has_answers_none = 1 << 18,    // has() of a computed optional that holds nothing is none
  no_mapped_addresses = 1 << 20, // no form of an IPv4-mapped IPv6 address is one
  no_addresses_in_format = 1 << 21,  // '%s' takes none
  negated_durations = 1 << 17,   // -duration, and a timestamp less the least duration overflows
};
struct dialect {
  std::uint32_t habits = 0;
  bool has(habit asked) const { return (habits & static_cast<std::uint32_t>(asked)) != 0; }
};

// The expression needs something that the oracle does not define.
struct out_of_scope : std::runtime_error {
  using std::runtime_error::runtime_error;
};

value evaluate(const sekimori::cel::expression& root, const std::vector<value>& variables, dialect spoken = {});

// functions.cpp: a call of anything but an operator; the receiver of a method stands first. The
// arguments are decided, but what is inside of them may not be.
value call(std::string_view name, bool method, const std::vector<value>& arguments, dialect spoken);
// operators.cpp: + - * / % and unary minus.
value arithmetic(char operation, const value& a, const value& b);
value negate(const value& v);

}  // namespace oracle
