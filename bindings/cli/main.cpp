// cli: the `sekimori` command. Entry point: main. Knows only the public headers.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <new>
#include <utility>

#include "commands.hpp"
#include "sekimori/version.h"

int main(int argc, char** argv) {
  using namespace sekimori::cli;
  CLI::App app("Sekimori: security rules in CEL, asked of cloud configurations", "sekimori");
  app.set_version_flag("--version", SKM_VERSION_STRING);
  app.require_subcommand(1);
  app.footer("Exit codes: 0 nothing to act on; 1 findings at or over --fail-on; 2 wrong usage or a mistake in a rule;\n"
             "3 something could not be read, evaluated, examined or decided.");
  std::pair<const char*, command> verbs[] = {
      {"check", add_check(app)}, {"test", add_test(app)}, {"lint", add_lint(app)}, {"trees", add_trees(app)}};
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
