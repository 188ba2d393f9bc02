// cel: text to a syntax tree. Entry point: parse. Knows neither types nor names.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/arena.hpp"
#include "cel/ast.hpp"
#include "cel/environment.hpp"
#include "cel/macro.hpp"
#include "cel/syntax/mistakes.hpp"

namespace sekimori::cel {

struct parsed {
  expression* root = nullptr;     // nullptr: mistakes were reported
  std::uint32_t node_count = 0;   // ids are 1 .. node_count, parents before children, in source order
};

// Names in the tree point into `text`, which must live as long as `memory`.
parsed parse(arena& memory, std::string_view text, const limits& bounds, const grammar& on, mistakes& found);

}  // namespace sekimori::cel
