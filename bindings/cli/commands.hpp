// cli: the verbs of the command. Each adds its options to the parser and returns an exit code when it
// is run: 2 usage or rule error, 1 findings, 3 something could not be looked at, 0 else.
#pragma once

#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sekimori/diagnostic.hpp"
#include "sekimori/policy.hpp"

namespace CLI {
class App;
}

namespace sekimori::cli {

inline constexpr int exit_usage = 2;

using command = std::function<int()>;

void prepare_heap();   // before anything large is made

command add_check(CLI::App& app);
command add_diff(CLI::App& app);
command add_eval(CLI::App& app);
command add_test(CLI::App& app);
command add_lint(CLI::App& app);
command add_trees(CLI::App& app);
command add_register(CLI::App& app);
command add_inventory(CLI::App& app);
command add_kinds(CLI::App& app);
command add_matrix(CLI::App& app);
command add_book(CLI::App& app);
command add_intake(CLI::App& app);

// A file that is written piece by piece, or standard output where the name is empty or "-". It is opened when the first
// piece comes: until then nothing is lost.
class output {
 public:
  explicit output(const std::string& name) : name_(name) {}
  ~output();
  output(const output&) = delete;
  output& operator=(const output&) = delete;
  void write(std::string_view text);
  bool close();      // false, with a diagnostic on standard error, where anything of it failed

 private:
  void open();

  std::string name_;
  std::FILE* file_ = nullptr;
  int reason_ = 0;   // of the first failure
};
// By time, the slowest first: a table, or JSON where the file's name ends in .json; "-" is standard error.
bool write_profile(std::vector<rule_profile> rules, const std::string& file);
// Writes the whole text; as output.
bool write_output(const std::string& file, std::string_view text);
void print_diagnostics(const std::vector<diagnostic>& shown);
// Tells a mistake in how the command was called; exit_usage.
int usage(const std::string& message, const std::string& help);
std::string standard_input();
// The bytes of a file, or of standard input for "-"; nothing, with a diagnostic on standard error, where it cannot be read.
std::optional<std::string> read_file(const std::string& name);
bool is_terminal(int descriptor);
// Columns of the terminal, 100 where there is none.
unsigned terminal_width();

}  // namespace sekimori::cli
