// cel: a value with paths below it that are not known. Entry points: unknown_node, make_partial. Knows neither
// expressions nor where the value comes from.
#pragma once

#include <span>

#include "base/arena.hpp"
#include "sekimori/value.hpp"

namespace sekimori::cel {

// A tree of the paths that are not known: keys from a variable down. Lives in an arena.
struct unknown_node {
  value key;                          // string, bool or number
  value unknown;                      // of kind unknown: all of it is not known
  unknown_node* first = nullptr;      // children
  unknown_node* next = nullptr;       // sibling

  const unknown_node* child(value wanted) const;
  unknown_node& child_or_new(arena& memory, value wanted);
};

// `given` read in place, but for what `node` says is not known. A key that is not known is there, with an unknown
// value. Where a path leads through something that holds no such part, all of that is unknown: what a host calls
// unknown is never taken for absent.
value make_partial(arena& memory, value given, const unknown_node& node);

}  // namespace sekimori::cel
