// cel: what an environment holds, for the checker. Entry point: environment::implementation.
// Knows no expressions.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cel/environment.hpp"

namespace sekimori::cel {

// An overload with its types read: nullptr and none until its function is first asked for by a checker.
struct prepared_overload {
  const overload* row;
  std::vector<const type*> parameters;
  const type* result;
};

// All rows of one name, of all packs, in the order they were added.
struct prepared_function {
  std::vector<prepared_overload> overloads;
  bool has_instance = false;
  bool has_global = false;
  bool ready = false;            // the types of all overloads are read
};

struct environment::implementation {
  // Shared with what is compiled: its types outlive the environment.
  std::shared_ptr<type_pool> types = std::make_shared<type_pool>();
  std::vector<variable> variables;
  std::map<std::string, std::uint32_t, std::less<>> slots;
  std::map<std::string, prepared_function, std::less<>> functions;
  std::map<std::string, const type*, std::less<>> type_names;  // types that may be named as values
  // Shared with what is compiled, too: objects are made and read by their types.
  std::shared_ptr<type_sources> objects = std::make_shared<type_sources>();
  std::map<std::string, std::uint8_t, std::less<>> packs_on;  // the version that each is turned on up to
  grammar syntax;
  std::string container;
  limits bounds;
  std::vector<size_hint> hints;
  // A check makes types, and the pool is not thread-safe: checks of one environment take turns.
  mutable std::mutex checking;
  // The types of the fields met so far. Under `checking`, like the next two.
  mutable std::map<const object_field*, const type*> field_types;

  // Indexes over what stands above, kept by who adds to it: functions by name, and the first words of names with dots.
  std::unordered_map<std::string_view, prepared_function*> functions_by_name;
  std::set<std::string, std::less<>> first_words, first_words_of_functions;

  void name_type(std::string_view name, const type* named);
  prepared_function& function_of(std::string_view name);   // a new one where there is none
  // Ready to be checked against; nullptr: none of that name. Under `checking`.
  const prepared_function* find_function(std::string_view name) const;
  // Whether a.b could be one name, of a variable, type or constant, or of a function. `first`: its `a`.
  bool begins_names(std::string_view first) const;
  bool begins_functions(std::string_view first) const;

  const type* read_type(std::string_view text) const;  // as environment::read_type
  const type* type_of(const object_field& field) const;  // dyn where its text is no type
};

}  // namespace sekimori::cel
