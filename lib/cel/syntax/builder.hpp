// cel: makes tree nodes and keeps their number and height within the limits. Entry point: builder.
// Knows no syntax.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/arena.hpp"
#include "cel/ast.hpp"
#include "cel/environment.hpp"
#include "cel/syntax/mistakes.hpp"

namespace sekimori::cel {

// Chains (a.b.c, 1 + 2 + 3) make a tree high without nesting the text. Whoever walks a tree recurses at
// most this many times the nesting limit.
constexpr std::uint32_t height_per_nesting = 4;

class builder {
 public:
  builder(arena& memory, const limits& bounds, mistakes& found) : memory_(memory), limits_(bounds), found_(found) {}

  arena& memory() { return memory_; }
  mistakes& found() { return found_; }
  const limits& bounds() const { return limits_; }

  // A limit was hit: it is reported, and nothing that follows is worth saying.
  bool given_up() const { return given_up_; }
  void give_up(span where, std::string message) {
    if (!given_up_) found_.add(diagnostic_code::cel_limit, where, std::move(message));
    given_up_ = true;
  }

  expression* make(expression_kind kind, span where, span anchor) {
    auto* made = memory_.make<expression>();
    heights_.push_back(1);
    made->kind = kind;
    made->id = static_cast<std::uint32_t>(heights_.size());
    made->where = where;
    made->anchor = anchor;
    if (heights_.size() > limits_.nodes) {
      give_up(where, "the expression has more than " + std::to_string(limits_.nodes) + " parts");
    }
    return made;
  }

  // Once a node has its children.
  expression* finish(expression* made) {
    std::uint32_t tallest = 0;
    auto look = [&](const expression* child) {
      if (child != nullptr) tallest = std::max(tallest, heights_[child->id - 1]);
    };
    look(made->operand);
    look(made->condition);
    look(made->body);
    look(made->body2);
    for (const expression* argument : made->arguments) look(argument);
    heights_[made->id - 1] = tallest + 1;
    if (tallest + 1 > limits_.nesting * height_per_nesting) {
      give_up(made->where, "the expression is nested or chained too deeply");
    }
    return made;
  }

  expression* call(std::string_view name, span where, span anchor, std::initializer_list<expression*> arguments) {
    auto* made = make(expression_kind::call, where, anchor);
    made->name = name;
    auto kept = memory_.make_array<expression*>(arguments.size());
    std::copy(arguments.begin(), arguments.end(), kept.begin());
    made->arguments = kept;
    return finish(made);
  }

 private:
  arena& memory_;
  const limits& limits_;
  mistakes& found_;
  std::vector<std::uint32_t> heights_;  // by provisional id
  bool given_up_ = false;
};

}  // namespace sekimori::cel
