// differential: one case through the engine and through the oracle. Entry points: engine.hpp.
#include "engine.hpp"

#include "../oracle/convert.hpp"
#include "cel/flat/executor.hpp"

namespace differential {

namespace cel = sekimori::cel;

void add_packs(cel::environment& environment) {
  for (const char* name : {"bindings", "block", "comprehensions2", "encoders", "lists", "math", "network", "optionals", "regex", "sets", "strings"}) {
    if (const cel::pack* found = cel::find_pack(name)) environment.add_pack(*found);
  }
}

std::unique_ptr<cel::environment> make_environment() {
  auto made = std::make_unique<cel::environment>();
  add_packs(*made);
  using enum cel::field_presence;
  made->declare_object({"Thing", {{"n", "int", set}, {"z", "int", nonzero}, {"s", "string", key}, {"l", "list(string)", nonzero},
                                  {"w", "wrapper(int)", set}, {"t", "Thing", set}, {"any", "dyn", set}}});
  for (const variable& v : variables()) made->declare_variable(v.name, made->types().parse(v.type));
  return made;
}

bool flat_answer(const cel::compiled_ptr& program, cel::evaluator& evaluator, const cel::limits& bounds, std::span<const sekimori::value> variables,
                 oracle::value& engine) {
  // Twice in one pool: what both ask is asked once, and a second round finds what the first one kept.
  auto pool = std::make_shared<cel::flat::pool>();
  cel::flat::program lowered[] = {cel::flat::lower(program, pool, bounds, {{}, true}), cel::flat::lower(program, pool, bounds, {{}, true})};
  cel::flat::program* both[] = {&lowered[0], &lowered[1]};
  pool->close(both);
  cel::flat::executor executor(evaluator, bounds);
  for (int round = 0; round < 2; ++round) {
    executor.begin(variables);
    for (auto& one : lowered) {
      if (executor.test(one) == cel::flat::answer::open && (executor.doubts() & cel::flat::executor::unclear) == 0 && !engine.is<oracle::unknown>()) {
        engine = oracle::from_engine(sekimori::make_unknown(evaluator.memory(), {}, "flat code", sekimori::unknown_reason::computed));
        return true;
      }
      sekimori::value found = executor.find(one);
      if (cel::flat::is_open(found)) return false;
      oracle::value flat = oracle::from_engine(found);
      if (!oracle::same_answer(flat, engine)) {
        engine = flat;
        return true;
      }
    }
  }
  return true;
}

answers ask(const cel::environment& environment, const std::string& text, const std::vector<oracle::value>& inputs, oracle::dialect spoken) {
  answers found;
  auto program = environment.compile(cel::plain_text(text));
  if (!program.ok()) {
    found.mistake = program.diagnostics().front().message;
    return found;
  }
  found.compiled = true;
  found.result_type = cel::to_string(*program.value()->result_type);
  sekimori::arena memory;
  std::vector<sekimori::value> variables;
  for (const oracle::value& v : inputs) variables.push_back(oracle::to_engine(memory, v));
  cel::evaluator evaluator(memory, environment.current_limits());
  sekimori::value answer = evaluator.evaluate(*program.value(), variables);
  found.limit = answer.is_error() && answer.as_error().code == sekimori::evaluation_error_code::limit;
  found.engine = oracle::from_engine(answer);
  found.flat = flat_answer(program.value(), evaluator, environment.current_limits(), variables, found.engine);
  try {
    found.oracle = oracle::evaluate(*program.value()->root, inputs, spoken);
  } catch (const oracle::out_of_scope&) {
    found.in_scope = false;
  }
  return found;
}

}  // namespace differential
