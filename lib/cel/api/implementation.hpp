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
  compiled_ptr compiled;
  std::shared_ptr<const declarations> declared;
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
  std::vector<value> variables;     // by slot
  std::vector<unknown_node*> unknowns;  // by slot; nullptr: all known
  std::vector<value> overlaid;      // by slot, where something is not known
  bool partly_unknown = false;
};

}  // namespace sekimori::cel
