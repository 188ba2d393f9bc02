// cli: sekimori inventory INPUT... and sekimori kinds [KIND]
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "commands.hpp"
#include "limit_options.hpp"
#include "sekimori/policy.hpp"

namespace sekimori::cli {
namespace {

constexpr int exit_not_read = 3;

struct listing_arguments {
  std::vector<std::string> inputs, rules = {"builtin:all"};
  std::string kind, format = "text", language = "ja", output;
  check_options options;
};

void add_common(CLI::App& verb, listing_arguments& given, const char* forms) {
  verb.add_option("--rules", given.rules, "Folders or files with rule sets and kinds (default builtin:all)");
  verb.add_option("--format", given.format, forms);
  verb.add_option("--lang", given.language, "Language of text")->check(CLI::IsMember({"ja", "en"}));
  verb.add_option("--output", given.output, "File that the listing is written to");
}

// Writes the listing; exit_usage where there is none or it cannot be written.
int write(const result<std::string>& listed, const listing_arguments& given) {
  if (!listed) {
    print_diagnostics(listed.diagnostics());
    return exit_usage;
  }
  return write_output(given.output, listed.value()) ? 0 : exit_usage;
}

int list_inputs(const listing_arguments& given) {
  auto loaded = policy::load(given.rules);
  print_diagnostics(loaded.diagnostics());
  if (!loaded) return exit_usage;
  std::vector<input> inputs;
  for (auto& name : given.inputs) inputs.push_back(name == "-" ? input::text("-", standard_input()) : input::file(name));
  auto opened = open_inputs(std::move(inputs), given.options);
  auto listed = loaded->inventory(*opened, given.format, given.language);
  if (int code = write(listed, given); code != 0) return code;
  // A table has no place for them, and a file is not looked at.
  if (given.format == "csv" || !given.output.empty()) print_diagnostics(listed.diagnostics());
  auto& told = listed.diagnostics();
  const bool unread = std::any_of(told.begin(), told.end(), [](const diagnostic& one) { return one.level == diagnostic_level::error; });
  return unread ? exit_not_read : 0;
}

int list_kinds(const listing_arguments& given) {
  auto loaded = policy::load(given.rules);
  print_diagnostics(loaded.diagnostics());
  if (!loaded) return exit_usage;
  return write(loaded->kinds(given.format, given.language, given.kind), given);
}

}  // namespace

command add_inventory(CLI::App& app) {
  auto given = std::make_shared<listing_arguments>();
  auto* verb = app.add_subcommand("inventory", "List what inputs hold: resources by cloud, kind and type, and what no kind maps");
  verb->add_option("INPUT", given->inputs, "Files or folders with plans, states, exports or manifests; - for standard input")->required();
  add_common(*verb, *given, "text, json or csv (a row for each type)");
  verb->add_option("--input-format", given->options.input_format, "What every input is (terraform-plan, google-assets ...), instead of by content");
  verb->add_option("--threads", given->options.threads, "Threads that read (default 1)")->check(CLI::Range(1, 1024));
  verb->add_flag("--strict-json", given->options.strict_json, "Refuse duplicate keys everywhere");
  add_limit(*verb, "input-bytes", given->options.limits.input_bytes, "Size of one input");
  add_limit(*verb, "held-bytes", given->options.limits.held_bytes, "Of one input with a value on each line: a larger one is read in pieces, twice");
  return [given] { return list_inputs(*given); };
}

command add_kinds(CLI::App& app) {
  auto given = std::make_shared<listing_arguments>();
  auto* verb = app.add_subcommand("kinds", "List kinds: their fields, and the types of resources that offer each");
  verb->add_option("KIND", given->kind, "Only this kind");
  add_common(*verb, *given, "text, json or markdown");
  return [given] { return list_kinds(*given); };
}

}  // namespace sekimori::cli
