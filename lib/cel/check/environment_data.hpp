// cel: what an environment holds, for the checker. Entry point: environment::implementation.
// Knows no expressions.
#pragma once

#include <cstdint>
#include <functional>
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

// A function of one environment: the types are those of its pool.
struct prepared_function {
  std::vector<prepared_overload> overloads;
  bool has_instance = false;
  bool has_global = false;
  bool ready = false;            // the types of all overloads are read
};

// All overloads of one name, of all packs, in the order they were added.
struct known_function {
  std::vector<const overload*> rows;
  bool has_instance = false;
  bool has_global = false;
};

// What is known of functions without a pool of types, so that environments with the same packs share it.
struct function_table {
  std::map<std::string, known_function, std::less<>> functions;
  std::set<std::string, std::less<>> first_words;   // of names with dots
};

struct text_hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

struct environment::implementation {
  // Shared with what is compiled: its types outlive the environment.
  std::shared_ptr<type_pool> types = std::make_shared<type_pool>();
  std::vector<variable> variables;
  std::map<std::string, std::uint32_t, std::less<>> slots;
  std::shared_ptr<function_table> table = std::make_shared<function_table>();   // changed through own_table() alone
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

  // The functions that were asked for, and those with types of their packs' own. Under `checking`.
  mutable std::unordered_map<std::string, prepared_function, text_hash, std::equal_to<>> prepared;
  std::set<std::string, std::less<>> first_words;   // of names with dots, of variables, types and constants

  const std::map<std::string, known_function, std::less<>>& functions() const { return table->functions; }
  function_table& own_table();   // a copy of one that is shared
  void name_type(std::string_view name, const type* named);
  // What is prepared of a function, with every overload, read or not.
  prepared_function& prepare(std::string_view name, const known_function& known) const;
  // Ready to be checked against; nullptr: none of that name. Under `checking`.
  const prepared_function* find_function(std::string_view name) const;
  // Whether a.b could be one name, of a variable, type or constant, or of a function. `first`: its `a`.
  bool begins_names(std::string_view first) const;
  bool begins_functions(std::string_view first) const;

  const type* read_type(std::string_view text) const;  // as environment::read_type
  const type* type_of(const object_field& field) const;  // dyn where its text is no type
};

}  // namespace sekimori::cel
