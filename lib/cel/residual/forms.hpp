// cel: the trees that residuals are made of while they are made, and their way to CEL. Entry points: forms,
// written. Knows no evaluation.
//
// A form is an `expression` with three differences: a literal may hold any value; a comprehension's slot is
// the number of its first variable (the second has the next number); the slot of a local identifier is the
// number of the variable it means, so that forms can be moved and put into each other.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "cel/environment.hpp"
#include "cel/evaluator.hpp"

namespace sekimori::cel {

class forms {
 public:
  struct facts {
    std::uint32_t size = 1;
    std::uint32_t height = 1;
    std::uint32_t outermost = no_level;   // of the comprehensions whose variables stand free in it
    bool global = false;                  // a variable of the environment, or what may change, stands in it
    const expression* null_of = nullptr;  // of a null: the form that is compared with it to see whether a field is there
    bool unsaid = false;                  // what the environment has no words for stands in it
  };
  static constexpr std::uint32_t no_level = UINT32_MAX;

  explicit forms(arena& memory) : memory_(memory) { facts_.reserve(64); }
  arena& memory() { return memory_; }

  const facts& of(const expression& form) const { return facts_[form.id]; }
  // `written_as`: the type that its text must have; nullptr: its own.
  const expression* literal(value constant, std::uint32_t size, const type* written_as = nullptr);
  const expression* global(const expression& like);
  // Stands for what no text says: a form that holds it is of no use, one that lost it is.
  const expression* unsaid();
  const expression* null_of(const expression* compared);
  const expression* local(std::string_view name, std::int32_t number);
  // `like` with other children; those of a comprehension below `level` are bound by it.
  const expression* node(const expression& like, const expression* operand, std::span<const expression* const> arguments);
  const expression* comprehension(const expression& like, std::int32_t number, const expression* operand, const expression* condition,
                                  const expression* body);
  const expression* list(std::span<const expression* const> elements, const type* checked_type);
  const expression* map(std::span<const expression* const> keys_and_values, const type* checked_type);

  // The number of the first of two variables of a comprehension that stands in `level` others.
  std::int32_t new_variables(std::uint32_t level);

  // The same tree with slots as the evaluator has them.
  const expression* runnable(const expression& form);

 private:
  expression* add(const expression& like);
  const expression* close(expression* made, bool global);
  const expression* resolve(const expression& form, std::vector<std::int32_t>& scope);

  arena& memory_;
  std::vector<facts> facts_;
  std::vector<std::uint32_t> levels_;   // by number of a variable
};

// The function that makes a value of an extension type from its text, "ip" of "net.IP"; empty: there is none.
std::string_view maker_of(std::string_view type);

// What CEL text can say of a value.
struct contents {
  bool unknown = false;      // an unknown or an error stands in it
  bool sensitive = false;
  bool unsure = false;       // a relation
  bool unwritable = false;   // an object of a host, an extension type without a function that makes it, too much to look at
  std::uint32_t size = 0;    // nodes of its text
  std::uint32_t looked = 0;  // parts that were looked at
  bool whole() const { return !unknown && !unsure && !unwritable; }
};
constexpr std::uint32_t most_looked_at = 100'000;
// What is beyond `most` parts could be anything.
contents contents_of(value looked_at, const environment& names, evaluator& run, const compiled& program, std::uint32_t most = most_looked_at);

// The tree that unparse() takes: values as literals or as the calls that make them, variables with names that
// capture nothing, unused bindings left out. nullptr: larger than `nodes`.
const expression* written(const environment& names, forms& made, const expression& form, std::uint32_t nodes);

}  // namespace sekimori::cel
