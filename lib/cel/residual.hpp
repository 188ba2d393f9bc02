// cel: what is left of an expression once its known variables are filled in: a value, or CEL text over
// what is not known. Entry point: residual_of. Knows neither rules nor documents.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>

#include "cel/environment.hpp"
#include "cel/evaluator.hpp"

namespace sekimori::cel {

// Objects whose fields expressions of their own compute, over variables of their own: in a residual those
// expressions stand for the fields.
class field_definitions {
 public:
  struct definition {
    const compiled* program = nullptr;   // nullptr: nothing computes the field
    std::span<const value> variables;
    bool may_be_null = false;              // and is then not there
  };
  virtual bool defines(const map_view& object) const = 0;
  virtual definition of(const map_view& object, std::string_view field) const = 0;

 protected:
  ~field_definitions() = default;
};

// Which texts of residuals compile, of one environment: many resources leave the same one. Of one thread. Programs are not
// kept: a pattern in one takes more memory than many texts. The memory that one residual was made in serves the next.
class residual_texts {
 public:
  bool compiles(const environment& names, const std::string& text);
  arena& fresh_memory() {
    memory_.reset();
    return memory_;
  }

 private:
  arena memory_{16 * 1024};
  static constexpr std::size_t most = 4'096;   // kept at once
  std::unordered_map<std::string, bool> known_;
};

struct residual_options {
  // Nodes of the residual; where it would be larger it is the expression itself.
  std::uint32_t nodes = 10'000;
  // Steps of the evaluator, parts of the expression and of values looked at; past it parts stay as they are written.
  std::uint64_t work = 1'000'000;
  // Where the answer is taken for a condition a value that is no bool is an error anyway, so that
  // `true && x` is x whatever x is.
  bool condition = false;
  // With these the residual is one in the environment of the definitions, and may be none: `program` is
  // nullptr and `known` unknown where a defined object would have to stand in it, as in dyn(object), or a field
  // that nothing computes.
  const field_definitions* definitions = nullptr;
  residual_texts* texts = nullptr;       // for who wants texts only: `program` is nullptr always
};

struct residual {
  // A value or an error; of unknown kind where `program` remains. Marked sensitive where a secret decided it.
  value known;
  // What remains, checked in the environment of the expression: with the same variables, the unknown ones
  // given, it has the answer of the original (any error for an error). nullptr: `known` is the answer.
  compiled_ptr program;
  std::string text;           // of `program`, as CEL
};

// Folds what is known, simplifies what is not. Stay as they are written: whatever read a sensitive value,
// containers with unknown parts, relations with members that are not sure, and values that no CEL text
// makes. `program` was compiled by `names`; `variables` as for evaluator::evaluate, values whose leaves may
// be unknown. A limit that the evaluation hits is the answer, as an error; past a bound of its own work the
// residual is less folded, or the expression itself. Values live in `run.memory()` or in the variables.
// Safe from several threads with an evaluator each.
residual residual_of(const environment& names, const compiled_ptr& program, std::span<const value> variables, evaluator& run,
                     residual_options options = {});

}  // namespace sekimori::cel
