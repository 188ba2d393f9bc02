// cli: sekimori register. What it writes with --format json is docs/registers.md's "sekimori.register-check/v1".
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "commands.hpp"
#include "sekimori/cel.hpp"
#include "sekimori/register.hpp"

namespace sekimori::cli {
namespace {

struct register_arguments {
  std::vector<std::string> files;
  register_options options;
  std::string format = "text";
};

std::string json_string(std::string_view text) { return cel::json_text(value::string(text)); }

std::string joined(const std::vector<std::string>& texts, bool json) {
  std::string made;
  for (const std::string& one : texts) made += (made.empty() ? "" : ", ") + (json ? json_string(one) : one);
  return json ? "[" + made + "]" : made;
}

std::string as_json(const register_check& checked) {
  std::string registers, problems;
  for (const register_record& one : checked.registers) {
    std::string converted;
    for (const auto& [conversion, cells] : one.converted) converted += fmt::format("{}{}: {}", converted.empty() ? "" : ", ", json_string(conversion), cells);
    registers += fmt::format("{}\n  {{\"file\": {}, \"register\": {}, \"as_of\": {}, \"encoding\": {}, \"rows\": {}, \"blank_rows\": {}, \"rows_with_errors\": {}, \"converted\": {{{}}}, "
                             "\"columns_not_read\": {}, \"references_not_checked\": {}}}",
                             registers.empty() ? "" : ",", json_string(one.file), json_string(one.name), json_string(one.as_of), json_string(one.encoding), one.rows, one.blank_rows,
                             one.rows_with_errors, converted, joined(one.columns_not_read, true), joined(one.references_not_checked, true));
  }
  for (const register_problem& one : checked.problems) {
    problems += fmt::format("{}\n  {{\"code\": {}, \"message\": {}, \"file\": {}, \"row\": {}, \"column\": {}, \"expected\": {}, \"help\": {}}}", problems.empty() ? "" : ",",
                            json_string(one.told.code), json_string(one.told.message), json_string(one.told.file), one.row, json_string(one.column), json_string(one.told.expected),
                            json_string(one.told.help));
  }
  return fmt::format("{{\"format\": \"sekimori.register-check/v1\", \"exit_code\": {}, \"registers\": [{}\n], \"problems\": [{}]}}\n", checked.exit_code, registers,
                     problems.empty() ? "" : problems + "\n");
}

std::string counted(std::uint64_t number, std::string_view what) { return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s"); }

std::string as_text(const register_check& checked) {
  std::string text;
  std::uint64_t rows = 0, wrong = 0;
  for (const register_record& one : checked.registers) {
    rows += one.rows;
    wrong += one.rows_with_errors;
    if (one.encoding.empty() || one.name.empty()) {
      text += fmt::format("{}: not read\n", one.file);
      continue;
    }
    text += fmt::format("{}: {}, as of {}, {}: {}, {} with errors\n", one.file, one.name, one.as_of.empty() ? "no day" : one.as_of, one.encoding, counted(one.rows, "row"), one.rows_with_errors);
    std::string converted;
    for (const auto& [conversion, cells] : one.converted) converted += fmt::format("{}{} {}", converted.empty() ? "" : ", ", conversion, cells);
    if (!converted.empty()) text += fmt::format("  cells converted: {}\n", converted);
    if (one.blank_rows > 0) text += fmt::format("  blank rows: {}\n", one.blank_rows);
    if (!one.columns_not_read.empty()) text += fmt::format("  columns not read: {}\n", joined(one.columns_not_read, false));
    if (!one.references_not_checked.empty()) text += fmt::format("  references not checked, as their register was not given: {}\n", joined(one.references_not_checked, false));
  }
  return text + fmt::format("{}, {}, {} with errors; {}\n", counted(checked.registers.size(), "file"), counted(rows, "row"), wrong, counted(checked.problems.size(), "mistake"));
}

int run(const register_arguments& given) {
  std::vector<register_file> files;
  for (const std::string& name : given.files) {
    register_file& file = files.emplace_back();
    file.name = name;
    if (name == "-") file.bytes = standard_input();
  }
  const register_check checked = check_registers(files, given.options);
  if (given.format == "json") return write_output("", as_json(checked)) ? checked.exit_code : exit_usage;
  std::vector<diagnostic> told;
  for (const register_problem& one : checked.problems) told.push_back(one.told);
  print_diagnostics(told);
  if (checked.exit_code == exit_usage) return exit_usage;
  return write_output("", as_text(checked)) ? checked.exit_code : exit_usage;
}

}  // namespace

command add_register(CLI::App& app) {
  auto given = std::make_shared<register_arguments>();
  auto* verb = app.add_subcommand("register", "Read registers (台帳) strictly: people, assignments, contracts, accounts, systems, approved images, links");
  verb->add_option("FILE", given->files, "CSV, JSON or NDJSON, together where they refer to each other; - for standard input. Of .xlsx: python -m sekimori.registers FILE > FILE.csv")->required();
  verb->add_option("--as", given->options.as, "The register that the file is, where its headings do not say");
  verb->add_option("--mapping", given->options.mappings, "A register-mapping/v1 document: what headings and words mean");
  verb->add_option("--as-of", given->options.as_of, "The day of which the registers are, where they do not say");
  verb->add_option("--format", given->format, "text or json")->check(CLI::IsMember({"text", "json"}));
  return [given] { return run(*given); };
}

}  // namespace sekimori::cli
