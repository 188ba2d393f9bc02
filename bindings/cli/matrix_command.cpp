// cli: sekimori matrix. Beside the public headers it knows what is listed of rules and the forms of these
// lists, which no API offers.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "check/matrix/matrix.hpp"
#include "check/matrix/native.hpp"
#include "commands.hpp"
#include "load_model.hpp"
#include "report/matrix/matrix_writers.hpp"

namespace sekimori::cli {
namespace {

struct matrix_arguments {
  std::vector<std::string> paths;
  std::string format = "text", language = "ja", book, output;
  bool clauses = false, compare = false, tests = false, strict = false;
};

std::string written(const page_document& shown, const std::string& format, const std::string& language) {
  if (format == "markdown") return page_markdown(shown, language);
  if (format == "html") return page_html(shown, language);
  if (format == "csv") return page_csv(shown, language);
  return page_text(shown, language);
}

int show_matrix(const matrix_arguments& given) {
  if (!given.book.empty() && given.format != "html" && given.format != "markdown") {
    fmt::print(stderr, "sekimori: --book goes with --format html or markdown: the other formats have no links\n");
    return exit_usage;
  }
  const rules::model_ptr model = load_model(given.paths, given.tests ? rules::wanted_documents::all : rules::wanted_documents::tests_left_out);
  if (model == nullptr) return exit_usage;
  const check::control_matrix matrix = check::control_matrix_of(*model, given.tests);
  const auto wrong = check::gap_mistakes(matrix);
  print_diagnostics(wrong);
  if (!wrong.empty()) return exit_usage;
  const bool json = given.format == "json", narrow = given.format == "text";
  std::string text;
  if (given.clauses) {
    const auto tables = check::clause_tables_of(*model);
    text = json ? clauses_json(tables) : written(clauses_document(*model, matrix, tables, given.book), given.format, given.language);
  } else if (given.compare) {
    const auto rows = check::comparison_of(model, matrix);
    text = json ? comparison_json(rows) : written(comparison_document(*model, matrix, rows, narrow, given.book), given.format, given.language);
  } else {
    text = json ? matrix_json(matrix) : written(matrix_document(*model, matrix, narrow, given.book), given.format, given.language);
  }
  if (!write_output(given.output, text)) return exit_usage;
  const auto unanswered = matrix.count(check::matrix_answer::unanswered), untested = std::uint64_t(check::untested_cells(matrix).size());
  if (!given.strict || (unanswered == 0 && (!given.tests || untested == 0))) return 0;
  fmt::print(stderr, "sekimori: {} cells unanswered", unanswered);
  if (given.tests) fmt::print(stderr, ", {} without a test that passes or one that fails", untested);
  fmt::print(stderr, "\n");
  return 1;
}

}  // namespace

command add_matrix(CLI::App& app) {
  auto given = std::make_shared<matrix_arguments>();
  auto* verb = app.add_subcommand("matrix", "What the rules can be asked of in each cloud; clauses and their rules; what each cloud brings along");
  verb->add_option("DIR", given->paths, "Folders or files with rules, kinds and standards")->required();
  auto* clauses = verb->add_flag("--clauses", given->clauses, "Clauses of the standards and the rules related to them");
  verb->add_flag("--compare", given->compare, "What each cloud has natively, with settings, or not at all")->excludes(clauses);
  verb->add_flag("--tests", given->tests, "Tell cells without a test that passes or one that fails, too");
  verb->add_flag("--strict", given->strict, "Exit 1 where a cell is unanswered or, with --tests, lacks a test");
  verb->add_option("--format", given->format, "text, markdown, html, csv or json")->check(CLI::IsMember({"text", "markdown", "html", "csv", "json"}));
  verb->add_option("--lang", given->language, "Language of text")->check(CLI::IsMember({"ja", "en"}));
  verb->add_option("--book", given->book, "Rule book in HTML that rules are linked to: its path from the page that is written");
  verb->add_option("--output", given->output, "File that is written instead of standard output");
  return [given] { return show_matrix(*given); };
}

}  // namespace sekimori::cli
