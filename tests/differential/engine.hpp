// differential: the engine and the oracle asked one case. Entry points: make_environment, ask.
#pragma once

#include <memory>
#include <string>

#include "../oracle/evaluate.hpp"
#include "cel/environment.hpp"
#include "cel/evaluator.hpp"
#include "cel/function.hpp"
#include "generate.hpp"

namespace differential {

// Turns on every pack that the oracle knows.
void add_packs(sekimori::cel::environment& environment);
// With these packs and variables().
std::unique_ptr<sekimori::cel::environment> make_environment();

struct answers {
  bool compiled = false;
  std::string mistake;              // why not
  std::string result_type;
  bool limit = false;               // the engine stopped at a limit: nothing to compare
  bool in_scope = true;             // the oracle defines it
  bool flat = false;                // flat code answered: the evaluator's answer is `engine` only if the two are the same
  oracle::value engine;
  oracle::value oracle;
  bool agree() const { return !compiled || limit || !in_scope || oracle::same_answer(engine, oracle); }
};
// What flat code says of a program: true where it answers. An answer that is not `engine` takes its place.
bool flat_answer(const sekimori::cel::compiled_ptr& program, sekimori::cel::evaluator& evaluator, const sekimori::cel::limits& bounds,
                 std::span<const sekimori::value> variables, oracle::value& engine);
answers ask(const sekimori::cel::environment& environment, const std::string& text, const std::vector<oracle::value>& inputs,
            oracle::dialect spoken = {});

}  // namespace differential
