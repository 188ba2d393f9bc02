// cel: what stands behind the public classes of sekimori/cel.hpp. Knows no documents of ours.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "cel/api/partial.hpp"
#include "cel/environment.hpp"
#include "cel/evaluator.hpp"
#include "cel/flat/executor.hpp"
#include "sekimori/cel.hpp"

namespace sekimori::cel {

// What a compiler declares. Programs share it: they point to its overloads and types.
struct declarations {
  environment names;
  std::vector<diagnostic> mistakes;
  // Functions of a host: rows point into these.
  std::deque<std::string> texts;
  std::deque<std::vector<std::string_view>> parameters;
  std::deque<overload> overloads;
  std::deque<function_row> rows;
};

struct compiler::implementation {
  std::shared_ptr<declarations> declared = std::make_shared<declarations>();
};

struct program::implementation {
  implementation(compiled_ptr made, std::shared_ptr<const declarations> of);

  compiled_ptr compiled;
  std::shared_ptr<const declarations> declared;
  std::size_t variable_count;       // that were declared when it was compiled
  flat::program fast;               // without code where costs are counted
};

struct activation::implementation {
  explicit implementation(std::shared_ptr<const declarations> of);
  void forget();
  // Makes room for variables that were declared later.
  void complete();
  // The variables with what is not known laid over them. Lives until `made` is reset.
  std::span<const value> effective();

  std::shared_ptr<const declarations> declared;
  arena bound;                      // what lives until clear()
  arena made;                       // what lives until the next evaluation
  evaluator run;
  flat::executor fast;
  std::vector<value> variables;     // by slot
  std::vector<unknown_node*> unknowns;  // by slot; nullptr: all known
  std::vector<value> overlaid;      // by slot, where something is not known
  bool partly_unknown = false;
  bool counted = false;             // costs are being counted
};

}  // namespace sekimori::cel
