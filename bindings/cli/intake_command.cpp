// cli: sekimori intake. Beside the public headers it knows what is told of rules before a system stands and the forms of the
// sheet, which no API offers.
#include <CLI/CLI.hpp>
#include <memory>

#include "check/intake/intake.hpp"
#include "commands.hpp"
#include "load_model.hpp"
#include "report/intake/intake_writers.hpp"
#include "time_option.hpp"

namespace sekimori::cli {
namespace {

struct intake_arguments {
  std::string system, organisation, language = "ja", format = "markdown", output, now;
  std::vector<std::string> rules;
};

// The one document of a type that a file holds; nothing, with the mistakes on standard error.
template <class Document>
std::optional<Document> read_one(const std::string& file, const std::string& what) {
  const auto text = read_file(file);
  if (!text) return std::nullopt;
  auto loaded = rules::load_document(std::make_shared<const source_text>(file, *text));
  print_diagnostics(loaded.diagnostics());
  if (!loaded) return std::nullopt;
  if (auto* found = std::get_if<Document>(&loaded.value())) return std::move(*found);
  usage(file + " is a document of another type", "give a file with `sekimori: " + what + "`");
  return std::nullopt;
}

int write_intake(const intake_arguments& given) {
  const auto system = read_one<rules::system_document>(given.system, "system/v1");
  if (!system) return exit_usage;
  std::optional<rules::organisation_document> organisation;
  if (!given.organisation.empty()) {
    organisation = read_one<rules::organisation_document>(given.organisation, "organisation/v1");
    if (!organisation) return exit_usage;
  }
  const rules::model_ptr model = load_model(given.rules, rules::wanted_documents::tests_left_out);
  if (model == nullptr) return exit_usage;
  std::optional<std::int64_t> now;
  if (!given.now.empty()) {
    now = parse_time(given.now);
    if (!now) return usage("--now takes a day or a moment, not `" + given.now + "`", "for example 2027-04-01 or 2027-04-01T09:00:00+09:00");
  }
  auto sheet = check::intake_of(model, *system, organisation ? &*organisation : nullptr, model->documents->profiles, now);
  print_diagnostics(sheet.diagnostics());
  if (!sheet) return exit_usage;
  std::string text;
  if (given.format == "json") text = intake_json(sheet.value());
  else if (given.format == "csv") text = page_csv(intake_table(sheet.value()), given.language);
  else if (given.format == "html") text = page_html(intake_document(sheet.value()), given.language);
  else text = page_markdown(intake_document(sheet.value()), given.language);
  return write_output(given.output, text) ? 0 : exit_usage;
}

}  // namespace

command add_intake(CLI::App& app) {
  auto given = std::make_shared<intake_arguments>();
  auto* verb = app.add_subcommand("intake", "What will be asked of a system on each candidate cloud, and what has to be decided: its requirements sheet");
  verb->add_option("SYSTEM", given->system, "File with `sekimori: system/v1`")->required();
  verb->add_option("--rules", given->rules, "Folders or files with rules, kinds, standards and profiles")->required();
  verb->add_option("--org", given->organisation, "The organisation document that the system goes into");
  verb->add_option("--now", given->now, "Day or moment, for tables that age; else they are not known");
  verb->add_option("--lang", given->language, "ja (default) or en; both of markdown and html")->check(CLI::IsMember({"ja", "en", "both"}));
  verb->add_option("--format", given->format, "markdown (default), html (one page), csv or json")->check(CLI::IsMember({"markdown", "html", "csv", "json"}));
  verb->add_option("--output", given->output, "File that is written instead of standard output");
  return [given] { return write_intake(*given); };
}

}  // namespace sekimori::cli
