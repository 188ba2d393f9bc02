// cli: sekimori test. Beside the public headers it knows how tests are measured, which no API offers.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <thread>

#include "check/measures/measures.hpp"
#include "commands.hpp"
#include "report/measures_writers.hpp"

namespace sekimori::cli {
namespace {

struct test_arguments {
  std::vector<std::string> paths;
  check::measure_options options;
  bool verbose = false;
  std::string format = "text", output;
  std::optional<double> least_coverage, least_mutation;
};

bool too_low(const char* what, const check::share& reached, const std::optional<double>& least) {
  if (!least || reached.reaches(*least)) return false;
  fmt::print(stderr, "sekimori: {} is {:.2f} %, less than {} %\n", what, reached.percent(), *least);
  return true;
}

int run(const test_arguments& given) {
  auto made = check::measure_rules(given.paths, given.options);
  print_diagnostics(made.diagnostics());
  if (!made) return exit_usage;
  auto& all = made.value();
  const measures_shown shown{given.options.coverage, given.options.mutation, given.verbose};
  if (!write_output(given.output, given.format == "json" ? measures_json(all, shown) : measures_text(all, shown))) return exit_usage;
  const bool failed = std::any_of(all.tests.begin(), all.tests.end(), [](auto& one) { return !one.ok; });
  const bool covered_too_little = too_low("coverage", all.coverage, given.least_coverage);
  const bool caught_too_little = too_low("mutation", all.mutation, given.least_mutation);
  return failed || covered_too_little || caught_too_little ? 1 : 0;
}

}  // namespace

command add_test(CLI::App& app) {
  auto given = std::make_shared<test_arguments>();
  given->options.threads = std::max(1u, std::thread::hardware_concurrency());
  auto* verb = app.add_subcommand("test", "Run the tests that stand beside rules, and say how well they test them");
  verb->add_option("DIR", given->paths, "Folders or files with rules, kinds and rule tests")->required();
  auto* coverage = verb->add_flag("--coverage", given->options.coverage, "Which parts of the rules' conditions the tests have seen true and false");
  auto* mutation = verb->add_flag("--mutate", given->options.mutation, "Which changes of the rules' conditions the tests notice");
  const CLI::Range share(0.0, 100.0);
  verb->add_option("--min-coverage", given->least_coverage, "Exit 1 where less of the parts was seen, in percent")->needs(coverage)->check(share);
  verb->add_option("--min-mutation", given->least_mutation, "Exit 1 where less of the changes is noticed, in percent")->needs(mutation)->check(share);
  verb->add_option("--rule", given->options.rule, "Only this rule, by its id");
  verb->add_option("--format", given->format, "text or json")->check(CLI::IsMember({"text", "json"}));
  verb->add_option("--output", given->output, "File that is written instead of standard output");
  verb->add_option("--threads", given->options.threads, "Threads (default: as many as there are processors); no number changes a result")->check(CLI::Range(1, 1024));
  verb->add_flag("--verbose,-v", given->verbose, "Name the tests that pass and what is untested of kinds, too");
  return [given, verb] {
    // `--rule "$RULE"` with nothing in RULE must not mean every rule.
    if (verb->get_option("--rule")->count() > 0 && given->options.rule.empty()) return usage("--rule was given an empty value", "leave the option out, or give the id of a rule");
    return run(*given);
  };
}

}  // namespace sekimori::cli
