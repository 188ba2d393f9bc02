// differential: differences from cel-go by class. Entry point: explain.
#include "explain.hpp"

namespace differential {

namespace {

// Unknowns are compared by being one: cel-go names attributes, we name paths.
bool same(const oracle::value& ours, const oracle::value& theirs) {
  return oracle::same_answer(ours, theirs) || (ours.is<oracle::unknown>() && theirs.is<oracle::unknown>());
}

}  // namespace

std::string explain(const sekimori::cel::environment& environment, const generated& asked, const peer_answer& theirs) {
  std::string text = write(asked.expression);
  answers ours = ask(environment, text, asked.inputs);
  if (theirs.broke_down) return "?panic " + theirs.why;
  if (ours.compiled != theirs.compiled) return theirs.compiled ? "?only cel-go takes it" : "?only we take it";
  if (!ours.compiled) return {};
  if (ours.result_type != theirs.result_type) return "?type";
  if (ours.limit || same(ours.engine, theirs.answers[0])) return {};
  for (const oracle::value& one : theirs.answers) {
    if (same(ours.engine, one)) return "map order";
  }
  for (int i = 1; i < 4; ++i) {
    oracle::dialect spoken{(i & 1) != 0, (i & 2) != 0};
    if (same(ask(environment, text, asked.inputs, spoken).oracle, theirs.answers[0])) return i == 1 ? "leftmost undecided operand" : i == 2 ? "container with unknown parts" : "unknown parts, leftmost";
  }
  return "?answer";
}

}  // namespace differential
