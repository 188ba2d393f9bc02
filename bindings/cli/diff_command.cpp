// cli: sekimori diff OLD NEW. Beside the public headers it knows the difference itself, which decides on the exit code.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "commands.hpp"
#include "fail_on.hpp"
#include "report/difference.hpp"
#include "report/visible.hpp"

namespace sekimori::cli {
namespace {

struct diff_arguments {
  std::string before, after, format = "text", language = "ja", output, fail_on = "high";
  std::vector<std::string> same_inputs;
};

int run(const diff_arguments& given) {
  threshold limit;
  if (given.fail_on != "never" && !parse_threshold(given.fail_on, limit)) return usage("--fail-on takes a severity, not `" + given.fail_on + "`", "critical, high, medium, low, info or never; `new:` may stand before it");
  input_names same;
  if (!parse_same_inputs(given.same_inputs, same)) return exit_usage;
  if (given.before == "-" && given.after == "-") return usage("both reports are standard input", "give one of them as a file");
  std::optional<report> reports[2];
  for (int i = 0; i < 2; ++i) {
    reports[i] = read_report_file(i == 0 ? given.before : given.after);
    if (!reports[i]) return exit_incomplete;
  }
  const report_difference made = difference_of(*reports[0], *reports[1], same);
  if (!write_output(given.output, render(made, given.format, given.language))) return exit_usage;
  // With the rest in a file, or in a format for programs, the terminal still hears it.
  if (!given.output.empty() || given.format != "text") {
    for (const localized_text& one : made.not_compared) fmt::print(stderr, "{}\n", visible(one.in(given.language)));
  }
  if (given.fail_on != "never" && made.new_violations(limit.level) > 0) return 1;
  return made.not_compared.empty() ? 0 : exit_incomplete;
}

}  // namespace

command add_diff(CLI::App& app) {
  auto given = std::make_shared<diff_arguments>();
  auto* verb = app.add_subcommand("diff", "What is new, changed, fixed or unchanged between two reports, and what cannot be told");
  verb->add_option("OLD", given->before, "The earlier report (check --format json); - for standard input")->required();
  verb->add_option("NEW", given->after, "The later one")->required();
  verb->add_option("--format", given->format, "text, json, markdown, csv or html")->check(CLI::IsMember({"text", "json", "markdown", "csv", "html"}));
  verb->add_option("--output", given->output, "File that is written instead of standard output");
  verb->add_option("--lang", given->language, "Language of text, markdown, csv and html")->check(CLI::IsMember({"ja", "en"}));
  verb->add_option("--fail-on", given->fail_on, "Exit 1 where a violation of this severity or a higher one is new or worse, or never (default high)");
  verb->add_option("--same-input", given->same_inputs, "OLD=NEW: an input that the reports call by two names")->allow_extra_args(false);
  return [given, verb] {
    for (auto* name : {"--fail-on", "--output"}) {
      auto* option = verb->get_option(name);
      if (option->count() > 0 && option->as<std::string>().empty()) return usage(fmt::format("{} was given an empty value", name), "leave the option out, or give it a value");
    }
    return run(*given);
  };
}

}  // namespace sekimori::cli
