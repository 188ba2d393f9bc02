// differential: the engine against the oracle on generated cases and on the conformance suite, and against
// another engine. Entry point: main; usage() says how. Exit code 0 where nothing differs that is not explained.
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>

#include "engine.hpp"
#include "explain.hpp"
#include "generate.hpp"
#include "shrink.hpp"
#include "suite.hpp"

using namespace differential;

namespace {

struct options {
  std::uint64_t cases = 20'000;
  std::uint64_t seed = 1;
  std::uint64_t only = UINT64_MAX;
  std::uint64_t processes = 2;
  std::uint64_t shown = 20;           // differences shrunk and printed
  std::string peer;                   // the program that answers for another engine
  std::string peer_name = "peer";
  std::uint64_t peer_cases = 100'000;
  std::string suite;                  // the conformance suite's file
};

struct counts {
  std::uint64_t compared = 0;
  std::uint64_t rejected = 0;         // by the type checker
  std::uint64_t limits = 0;
  std::uint64_t out_of_scope = 0;
  std::uint64_t errors = 0;
  std::uint64_t unknowns = 0;
  std::uint64_t flat = 0;             // answered by flat code as well
  std::uint64_t differences = 0;
  void add(const counts& other) {
    compared += other.compared;
    rejected += other.rejected;
    limits += other.limits;
    out_of_scope += other.out_of_scope;
    errors += other.errors;
    unknowns += other.unknowns;
    flat += other.flat;
    differences += other.differences;
  }
};

void print_case(const sekimori::cel::environment& environment, const generated& failing, std::uint64_t seed, std::uint64_t number) {
  std::string text = write(failing.expression);
  answers found = ask(environment, text, failing.inputs);
  std::string shown = "DIFFERENCE: --seed " + std::to_string(seed) + " --case " + std::to_string(number) + "\n  expression  " + text + "\n";
  for (std::size_t i = 0; i < variables().size(); ++i) {
    if (names(text, variables()[i].name)) shown += "  input       " + std::string(variables()[i].name) + " = " + oracle::show(failing.inputs[i]) + "\n";
  }
  shown += "  engine      " + (found.compiled ? oracle::show(found.engine) + " : " + found.result_type : found.mistake) + "\n  oracle      " + oracle::show(found.oracle) + "\n";
  std::fputs(shown.c_str(), stdout);
  std::fflush(stdout);
}

counts run(const options& set, std::uint64_t first, std::uint64_t step) {
  auto environment = make_environment();
  counts sum;
  for (std::uint64_t i = first; i < set.cases; i += step) {
    std::uint64_t number = set.only == UINT64_MAX ? i : set.only;
    generated made = generate(set.seed, number, {set.only != UINT64_MAX && !set.peer.empty()});
    answers found = ask(*environment, write(made.expression), made.inputs);
    if (set.only != UINT64_MAX) std::printf("%s\n%s%s\n", write(made.expression).c_str(), found.mistake.c_str(), oracle::show(found.engine).c_str());
    if (!found.compiled) ++sum.rejected;
    else if (found.limit) ++sum.limits;
    else if (!found.in_scope) ++sum.out_of_scope;
    else ++sum.compared;
    if (found.compiled && found.engine.is<oracle::error>()) ++sum.errors;
    if (found.compiled && found.engine.is<oracle::unknown>()) ++sum.unknowns;
    if (found.flat) ++sum.flat;
    if (found.agree()) continue;
    if (++sum.differences > set.shown) continue;
    generated small = shrink(made, [&](const generated& smaller) { return !ask(*environment, write(smaller.expression), smaller.inputs).agree(); });
    print_case(*environment, small, set.seed, number);
  }
  return sum;
}

struct peer_counts {
  std::uint64_t unexplained = 0;
  std::uint64_t explained = 0;
};

// Against another engine. Differences are counted by class; those of no class are shrunk and printed.
peer_counts run_peer(const options& set) {
  auto environment = make_environment();
  peer other(set.peer);
  std::map<std::string, std::uint64_t> classes;
  peer_counts sum;
  std::uint64_t rejected = 0;
  constexpr std::uint64_t batch = 512;
  auto ask_once = [&](const generated& one) { return other.ask({one})[0]; };
  auto ask_often = [&](const generated& one) { return other.ask({one}, 40)[0]; };
  auto explain_again = [&](const generated& one) {
    std::string found = explain(*environment, one, ask_once(one), ask_once);
    return found.starts_with("?") ? explain(*environment, one, ask_often(one), ask_often) : found;
  };
  const std::uint64_t begin = set.only == UINT64_MAX ? 0 : set.only;
  const std::uint64_t end = set.only == UINT64_MAX ? set.peer_cases : set.only + 1;
  for (std::uint64_t first = begin; first < end; first += batch) {
    std::vector<generated> cases;
    for (std::uint64_t i = first; i < std::min(first + batch, end); ++i) cases.push_back(generate(set.seed, i, {true}));
    std::vector<peer_answer> answers = other.ask(cases);
    for (std::size_t i = 0; i < cases.size(); ++i) {
      rejected += !answers[i].compiled;
      std::string found = explain(*environment, cases[i], answers[i], ask_once);
      if (found.starts_with("?")) found = explain_again(cases[i]);
      if (found.empty()) continue;
      ++classes[found];
      if (!found.starts_with("?")) {
        ++sum.explained;
        continue;
      }
      if (++sum.unexplained > set.shown) continue;
      generated small = shrink(cases[i], [&](const generated& smaller) { return explain_again(smaller) == found; });
      print_case(*environment, small, set.seed, first + i);
      peer_answer theirs = other.ask({small})[0];
      std::printf("  %-11s %s : %s %s\n  class       %s\n", set.peer_name.c_str(), theirs.answers.empty() ? "-" : oracle::show(theirs.answers[0]).c_str(),
                  theirs.result_type.c_str(), theirs.why.substr(0, 300).c_str(), found.c_str());
      std::fflush(stdout);
    }
  }
  for (const auto& [name, count] : classes) std::printf("%s: %8llu  %s\n", set.peer_name.c_str(), static_cast<unsigned long long>(count), name.c_str());
  std::printf("%s: %llu of these were refused by its type checker\n", set.peer_name.c_str(), static_cast<unsigned long long>(rejected));
  return sum;
}

// Each process takes every n-th case and writes its counts into a pipe.
counts run_in_processes(const options& set) {
  int ends[2];
  if (pipe(ends) != 0) std::exit(2);
  for (std::uint64_t i = 0; i < set.processes; ++i) {
    pid_t child = fork();
    if (child < 0) std::exit(2);
    if (child == 0) {
      counts sum = run(set, i, set.processes);
      bool told = write(ends[1], &sum, sizeof sum) == sizeof sum;
      std::fflush(stdout);
      _exit(told ? 0 : 2);
    }
  }
  close(ends[1]);
  counts sum;
  counts one;
  std::uint64_t told = 0;
  while (read(ends[0], &one, sizeof one) == sizeof one) {
    sum.add(one);
    ++told;
  }
  while (wait(nullptr) > 0) continue;
  if (told != set.processes) {
    std::fprintf(stderr, "differential: a process ended before it was done\n");
    std::exit(2);
  }
  return sum;
}

int usage() {
  std::fprintf(stderr,
               "usage: differential [--cases N] [--seed S] [--case I] [--processes P] [--show N]\n"
               "                    [--suite FILE] [--peer PROGRAM [--peer-name NAME] [--peer-cases N]]\n");
  return 2;
}

bool read_options(int argc, char** argv, options& set) {
  for (int i = 1; i < argc; i += 2) {
    if (i + 1 >= argc) return false;
    const std::string name = argv[i];
    const char* given = argv[i + 1];
    std::uint64_t* number = name == "--cases" ? &set.cases : name == "--seed" ? &set.seed : name == "--case" ? &set.only
                            : name == "--processes" ? &set.processes : name == "--show" ? &set.shown
                            : name == "--peer-cases" ? &set.peer_cases : nullptr;
    std::string* text = name == "--suite" ? &set.suite : name == "--peer" ? &set.peer : name == "--peer-name" ? &set.peer_name : nullptr;
    char* end = nullptr;
    if (number != nullptr) *number = std::strtoull(given, &end, 10);
    if (text != nullptr) *text = given;
    if ((number == nullptr && text == nullptr) || (number != nullptr && (*given == '\0' || *end != '\0'))) return false;
  }
  return set.processes > 0;
}

}  // namespace

int main(int argc, char** argv) {
  options set;
  if (!read_options(argc, argv, set)) return usage();
  if (set.only != UINT64_MAX) set.cases = set.processes = set.peer_cases = 1;
  counts sum = run_in_processes(set);
  auto shown = [](std::uint64_t number) { return static_cast<unsigned long long>(number); };
  std::printf("oracle: %llu compared (%llu errors, %llu unknown; %llu by flat code as well), %llu refused by the type checker, %llu at a limit, %llu not defined by the oracle\n",
              shown(sum.compared), shown(sum.errors), shown(sum.unknowns), shown(sum.flat), shown(sum.rejected), shown(sum.limits), shown(sum.out_of_scope));
  if (!set.suite.empty()) {
    suite_counts suite;
    if (!compare_suite(set.suite, suite)) {
      std::printf("SKIPPED: the conformance suite: no file `%s`\n", set.suite.c_str());
    } else {
      std::printf("suite: %llu compared, %llu left out (messages, functions of a test's own, check only, packs without an oracle), %llu differences\n",
                  shown(suite.compared), shown(suite.left_out), shown(suite.differences));
      sum.differences += suite.differences;
    }
  }
  std::string last = "differential: " + std::to_string(set.cases) + " cases, " + std::to_string(sum.differences) + " differences with the oracle";
  peer_counts peers;
  if (!set.peer.empty()) {
    peers = run_peer(set);
    last += "; " + set.peer_name + ": " + std::to_string(set.peer_cases) + " cases, " + std::to_string(peers.unexplained) + " unexplained, " +
            std::to_string(peers.explained) + " explained";
  }
  std::printf("%s\n", last.c_str());
  return sum.differences == 0 && peers.unexplained == 0 ? 0 : 1;
}
