// cli: the `sekimori` command. Entry point: main. Knows only the public headers.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <new>
#include <string>
#include <utility>

#include "commands.hpp"
#include "sekimori/version.h"

int main(int argc, char** argv) {
  using namespace sekimori::cli;
  prepare_heap();
  CLI::App app("Sekimori: security rules in CEL, asked of cloud configurations", "sekimori");
  app.set_version_flag("--version", SKM_VERSION_STRING);
  app.require_subcommand(1);
  app.footer("Exit codes: 0 nothing to act on; 1 findings at or over --fail-on; 2 wrong usage or a mistake in a rule;\n"
             "3 something could not be read, evaluated, examined or decided. eval: 0 is a value.");
  std::pair<const char*, command> verbs[] = {
      {"check", add_check(app)}, {"diff", add_diff(app)}, {"eval", add_eval(app)}, {"test", add_test(app)}, {"lint", add_lint(app)}, {"trees", add_trees(app)},
      {"register", add_register(app)}, {"inventory", add_inventory(app)}, {"kinds", add_kinds(app)},
      {"matrix", add_matrix(app)}, {"book", add_book(app)}, {"intake", add_intake(app)}};
  // CLI11 would say only that a verb is missing.
  std::string list, given = argc > 1 ? argv[1] : "";
  bool known = !given.empty() && given[0] == '-';
  for (auto& [name, run] : verbs) {
    list += (list.empty() ? "" : ", ") + std::string(name);
    known = known || given == name;
  }
  if (!known) {
    sekimori::diagnostic wrong;
    wrong.code = "SKM001";
    wrong.message = given.empty() ? "no verb was given" : "there is no verb `" + given + "`";
    wrong.expected = list;
    wrong.help = "sekimori --help";
    print_diagnostics({wrong});
    return exit_usage;
  }
  try {
    app.parse(argc, argv);
    for (auto& [name, run] : verbs) {
      if (app.got_subcommand(name)) return run();
    }
  } catch (const CLI::ParseError& wrong) {
    int code = app.exit(wrong);
    return code == 0 ? 0 : exit_usage;
  } catch (const std::bad_alloc&) {
    std::fputs("sekimori: out of memory\n", stderr);
    return 3;
  }
  return exit_usage;
}
