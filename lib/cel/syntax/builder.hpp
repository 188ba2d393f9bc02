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

class builder {
 public:
  // `nodes`: about how many will be made.
  builder(arena& memory, const limits& bounds, mistakes& found, std::size_t nodes = 0) : memory_(memory), limits_(bounds), found_(found) {
    heights_.reserve(nodes);
  }

  arena& memory() { return memory_; }
  mistakes& found() { return found_; }
  const limits& bounds() const { return limits_; }

  // A limit was hit: it is reported, and nothing that follows is worth saying.
  bool given_up() const { return given_up_; }
  void give_up(span where, std::string message, diagnostic_details details = {}) {
    if (!given_up_) found_.add(diagnostic_code::cel_limit, where, std::move(message), std::move(details));
    given_up_ = true;
  }

  // Out of line: the parser recurses through make() and finish().
  [[gnu::noinline, gnu::cold]] void too_tall(span where) {
    std::string links = std::to_string(limits_.height());
    give_up(where, "the expression nests and chains more than " + links + " operations deep",
            {"", "split it: give a part a name with cel.bind(name, part, rest)"});
  }

  expression* make(expression_kind kind, span where, span anchor) {
    auto* made = memory_.make<expression>();
    heights_.push_back(1);
    made->kind = kind;
    made->id = static_cast<std::uint32_t>(heights_.size());
    made->where = where;
    made->anchor = anchor;
    if (heights_.size() > limits_.nodes) too_many(where);
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
    if (tallest + 1 > limits_.height()) too_tall(made->where);
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
  [[gnu::noinline, gnu::cold]] void too_many(span where) {
    give_up(where, "the expression has more than " + std::to_string(limits_.nodes) + " parts",
            {"", "move long lists into the input, a parameter or a register"});
  }

  arena& memory_;
  const limits& limits_;
  mistakes& found_;
  std::vector<std::uint32_t> heights_;  // by provisional id
  bool given_up_ = false;
};

}  // namespace sekimori::cel
