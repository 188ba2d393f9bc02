// cli: sekimori book. Beside the public headers it knows what is told of rules and the forms of the book, which no API offers.
#include <CLI/CLI.hpp>
#include <memory>

#include "check/book/changes.hpp"
#include "check/matrix/matrix.hpp"
#include "commands.hpp"
#include "load_model.hpp"
#include "report/book/book.hpp"

namespace sekimori::cli {
namespace {

struct book_arguments {
  std::vector<std::string> paths, since;
  std::string language = "both", format = "markdown", clauses = "verified", output;
};

int write_book(const book_arguments& given) {
  const rules::model_ptr model = load_model(given.paths, rules::wanted_documents::tests_left_out);
  if (model == nullptr) return exit_usage;
  book_options options;
  options.unverified_clauses = given.clauses == "all";
  if (!given.since.empty()) {
    const rules::model_ptr before = load_model(given.since, rules::wanted_documents::tests_left_out);
    if (before == nullptr) return exit_usage;
    options.changes = check::changes_between(*before, *model);
  }
  const page_document book = book_document(*model, check::control_matrix_of(*model, false), options);
  return write_output(given.output, given.format == "html" ? page_html(book, given.language) : page_markdown(book, given.language)) ? 0 : exit_usage;
}

}  // namespace

command add_book(CLI::App& app) {
  auto given = std::make_shared<book_arguments>();
  auto* verb = app.add_subcommand("book", "Write the rule book: what each rule asks for and why, for people who agree on rules");
  verb->add_option("DIR", given->paths, "Folders or files with rules, kinds and standards")->required();
  verb->add_option("--since", given->since, "Folder or file with another version of the rule sets and its kinds: tell what changed");
  verb->add_option("--clauses", given->clauses, "verified (default), or all: show unverified clauses, too")->check(CLI::IsMember({"verified", "all"}));
  verb->add_option("--format", given->format, "markdown or html (one page)")->check(CLI::IsMember({"markdown", "html"}));
  verb->add_option("--lang", given->language, "ja, en or both (default)")->check(CLI::IsMember({"ja", "en", "both"}));
  verb->add_option("--output", given->output, "File that is written instead of standard output");
  return [given] { return write_book(*given); };
}

}  // namespace sekimori::cli
