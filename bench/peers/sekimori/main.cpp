// bench/peers: this library on the work that the other engines are given, through its public headers. One JSON line a
// figure, or the verdicts of `agree`. bench/peers/run.py calls it.
#include <cstdlib>
#include <cstring>

#include "common/process.hpp"
#include "expressions.hpp"
#include "measure.hpp"
#include "rules.hpp"

namespace {

constexpr const char* usage =
    "peers_sekimori cases DIR\n"
    "               conditions DIR\n"
    "               load RULES REPEATS\n"
    "               agree RULES PLAN\n"
    "               time bytes|parsed|report RULES PLAN REPEATS\n"
    "               scopes RULES ORGANISATION PLAN REPEATS\n"
    "               floor PLAN REPEATS";

}  // namespace

int main(int count, char** words) {
  const auto is = [&](const char* verb, int arguments) { return count == arguments + 2 && std::strcmp(words[1], verb) == 0; };
  if (is("cases", 1)) peers::cases(words[2]);
  else if (is("conditions", 1)) peers::conditions(words[2]), peers::conditions_as_rules(words[2]);
  else if (is("load", 2)) peers::load(words[2], std::atoi(words[3]));
  else if (is("agree", 2)) peers::agree(words[2], words[3]);
  else if (is("time", 4)) peers::evaluate(words[2], words[3], words[4], std::atoi(words[5]));
  else if (is("scopes", 4)) peers::scopes(words[2], words[3], words[4], std::atoi(words[5]));
  else if (is("floor", 2)) peers::floor(words[2], std::atoi(words[3]));
  else bench::stop(usage);
}
