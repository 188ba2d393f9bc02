// cel: evaluates a checked expression in source order: the reference for every faster way, and the
// explaining mode. Entry point: evaluator::evaluate. Knows neither rules nor documents.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "cel/environment.hpp"
#include "sekimori/value.hpp"
#include "value/values.hpp"

namespace sekimori::cel {

// One read of a leaf or a container of a document, in the order of evaluation.
struct read {
  const data_path* container;   // where the container stands
  value key;                    // string key or integer index inside it
  value found;                  // what was read; unknown and error included
  bool sensitive;
  std::uint32_t expression;     // id of the select or index
};

// The value of one sub-expression; for a comprehension's body the last one evaluated.
struct observation {
  std::uint32_t expression;
  std::uint8_t truths = 0;      // whether it was ever false, ever true: a body is evaluated for each element
  value found;
  static constexpr std::uint8_t was_false = 1, was_true = 2;
};

// Collects what an evaluation read and saw. Passed only in explaining mode: without one nothing is
// recorded and nothing is allocated for it.
struct trace {
  std::vector<read> reads;
  std::vector<observation> observations;
  bool reads_sensitive = false;
  bool observes = true;          // false: only what is read
  // For the next evaluation, in the same memory unless that is large.
  void clear() {
    if (reads.capacity() > most_kept) reads = std::vector<read>();
    if (observations.capacity() > most_kept) observations = std::vector<observation>();
    reads.clear();
    observations.clear();
    reads_sensitive = false;
  }
  static constexpr std::size_t most_kept = 4'096;
};

// One per thread. Values it returns live in `memory` or in the variables given.
class evaluator {
 public:
  evaluator(sekimori::arena& memory, limits set);
  ~evaluator();
  evaluator(const evaluator&) = delete;
  evaluator& operator=(const evaluator&) = delete;

  void set_host(void* host);       // handed to function bodies
  void set_now(value now);         // a timestamp, or an unknown

  // variables[slot] for each variable that the environment declared. Never throws on data; an error
  // or an unknown is the value. Re-entrant: a map_view may evaluate another expression while being read.
  value evaluate(const compiled& program, std::span<const value> variables, trace* traced = nullptr);
  // The same for one sub-expression of `program` that uses no comprehension variable.
  value evaluate(const compiled& program, const expression& part, std::span<const value> variables, trace* traced = nullptr);

  // For a map_view that answers for what it evaluates while it is read: counted apart from the evaluation that
  // reads it, under a limits.cost of its own. `cost` grows by what it came to.
  value evaluate_apart(const compiled& program, std::span<const value> variables, trace* traced, std::uint64_t& cost);

  std::uint64_t steps() const;     // what limits.steps counts, since reset_steps()
  void reset_steps();

  // Counting what evaluations cost, in cel-go's units (cost.hpp). Off unless limits.cost is set. What a
  // map_view evaluates while it is read is not counted: it belongs to who made the view.
  void set_metering(bool on);
  std::uint64_t cost() const;      // since reset_cost()
  void reset_cost();
  sekimori::arena& memory();
  // What a function's body gets when a call `expression` runs it outside of evaluate().
  call_context context_of(std::uint32_t expression);

 private:
  struct implementation;
  implementation* implementation_;
};

}  // namespace sekimori::cel
