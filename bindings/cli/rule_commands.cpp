// cli: sekimori lint and trees.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>
#include <memory>

#include "commands.hpp"
#include "sekimori/lint.hpp"
#include "sekimori/policy.hpp"

namespace sekimori::cli {
namespace {

int run_lint(const std::vector<std::string>& paths, const std::vector<std::string>& schemas) {
  auto found = lint(paths, schemas);
  print_diagnostics(found.diagnostics());
  if (!found) return exit_usage;
  auto& summary = found.value();
  fmt::print("{} rule sets, {} rules, {} kinds, {} mappings, {} standards, {} organisations, {} test files\n", summary.rulesets, summary.rules,
             summary.kinds, summary.mappings, summary.standards, summary.organisations, summary.tests);
  if (!schemas.empty()) fmt::print("{} attribute paths checked against the provider schemas, {} types not in them\n", summary.paths_checked, summary.types_unknown);
  if (summary.unanswered > 0) fmt::print("{} pairs of rule and cloud unanswered: see sekimori matrix\n", summary.unanswered);
  return found.diagnostics().empty() ? 0 : 1;
}

}  // namespace

command add_lint(CLI::App& app) {
  struct arguments { std::vector<std::string> paths, schemas; };
  auto given = std::make_shared<arguments>();
  auto* verb = app.add_subcommand("lint", "Look rule documents through without checking anything");
  verb->add_option("DIR", given->paths, "Folders or files with rules, kinds, standards, organisations")->required();
  verb->add_option("--provider-schema", given->schemas, "Output of `terraform providers schema -json`: every attribute that a kind names must be in it");
  return [given] { return run_lint(given->paths, given->schemas); };
}

command add_trees(CLI::App& app) {
  struct arguments {
    std::vector<std::string> paths;
    tree_form form = tree_form::text;
  };
  auto given = std::make_shared<arguments>();
  static const std::map<std::string, tree_form> forms = {{"text", tree_form::text}, {"sexpr", tree_form::expressions}, {"dot", tree_form::graph}};
  auto* verb = app.add_subcommand("trees", "Print the predicate trees that the rules compile to, and what they cost");
  verb->add_option("DIR", given->paths, "Folders or files with rules and kinds, or builtin:baseline")->required();
  verb->add_option("--format", given->form, "text, sexpr (a line a rule) or dot (Graphviz)")->transform(CLI::CheckedTransformer(forms));
  return [given] {
    auto loaded = policy::load(given->paths);
    print_diagnostics(loaded.diagnostics());
    if (!loaded) return exit_usage;
    return write_output("", loaded->trees(given->form)) ? 0 : exit_usage;
  };
}

}  // namespace sekimori::cli
