// registers: the files of one call, read and held against each other. Entry point: check_registers.
#include <algorithm>

#include <fmt/format.h>

#include "base/diagnostics.hpp"
#include "base/files.hpp"
#include "registers/cell_text.hpp"
#include "registers/dates.hpp"
#include "registers/references.hpp"
#include "sekimori/register.hpp"

namespace sekimori {
namespace {

using namespace registers;

constexpr std::uint64_t byte_limit = 256u << 20;
constexpr int exit_usage = 2, exit_unread = 3;

// What is wrong with the call itself.
class call_check {
 public:
  explicit call_check(const std::vector<register_file>& files) : files_(files) {}

  bool run(const register_options& options) {
    if (!options.as.empty()) {
      named = find_schema(options.as);
      if (named == nullptr) tell(fmt::format("there is no register `{}`", options.as), schema_names(), options.as);
      if (files_.size() != 1) tell("a register can be named for one file only", {}, "", "name it in a mapping with `file:`, or call the file after its register: people.csv");
    }
    if (!options.as_of.empty()) {
      const date_reading read = read_date(narrow(trim(options.as_of)));
      if (read.state == date_state::read) as_of = read.value;
      else tell(fmt::format("`{}` is no day", options.as_of), {}, "", read.expected);
    }
    for (const std::string& path : options.mappings) {
      if (auto one = load_mapping(path, problems)) mappings.push_back(std::move(*one));
    }
    if (problems.empty()) match();
    return problems.empty();
  }

  const mapping* mapping_of(const std::string& file) const {
    for (const mapping& one : mappings) {
      if (one.is_for(file)) return &one;
    }
    return nullptr;
  }

  std::vector<diagnostic> problems;
  std::vector<mapping> mappings;
  const schema* named = nullptr;
  std::optional<std::int64_t> as_of;

 private:
  void tell(std::string message, const std::vector<std::string_view>& known, const std::string& given, std::string help = {}) {
    std::string expected;
    for (const std::string_view one : known) expected += (expected.empty() ? "one of: " : ", ") + std::string(one);
    if (help.empty()) help = did_you_mean(given, known);
    problems.push_back(make_diagnostic(diagnostic_code::usage, std::string(), std::move(message), {std::move(expected), std::move(help), diagnostic_level::error}));
  }

  // Each mapping is for one file, each file has one at most.
  void match() {
    for (const mapping& one : mappings) {
      const std::string& source = one.said.header.source->name();
      const auto files = std::count_if(files_.begin(), files_.end(), [&](const register_file& file) { return one.is_for(file.name); });
      if (files != 1) {
        tell(one.said.file.empty() ? fmt::format("the mapping {} does not say which of the {} files it is for", source, files_.size())
                                   : fmt::format("the mapping {} is for `{}`, and {} of the files are called so", source, one.said.file, files),
             {}, "", "write `file:` with the file's name into the mapping");
      }
      if (named != nullptr && one.of != named) tell(fmt::format("the mapping {} is of `{}`, not of `{}`", source, one.of->declared->name, named->declared->name), {}, "");
    }
    for (const register_file& file : files_) {
      if (std::count_if(mappings.begin(), mappings.end(), [&](const mapping& one) { return one.is_for(file.name); }) > 1) tell(fmt::format("two mappings are for {}", file.name), {}, "");
    }
  }

  const std::vector<register_file>& files_;
};

std::string_view stem(std::string_view file) {
  file.remove_prefix(std::min(file.size(), file.find_last_of('/') + 1));
  return file.substr(0, file.find('.'));
}

}  // namespace

register_check check_registers(const std::vector<register_file>& files, const register_options& options) {
  register_check made;
  call_check call(files);
  if (!call.run(options)) {
    made.exit_code = exit_usage;
    for (diagnostic& one : call.problems) made.problems.push_back({std::move(one), 0, {}});
    return made;
  }
  problem_list problems;
  std::vector<register_table> tables;
  std::vector<std::size_t> records;        // of the tables
  for (const register_file& file : files) {
    register_record& record = made.registers.emplace_back();
    record.file = file.name;
    std::string bytes, why;
    const read_outcome outcome = file.bytes ? read_outcome::read : read_file(file.name, byte_limit, bytes, why);
    if (outcome != read_outcome::read) {
      problems.add(make_diagnostic(outcome == read_outcome::over_limit ? diagnostic_code::limit_exceeded : diagnostic_code::unreadable_file, file.name,
                                   outcome == read_outcome::over_limit ? "the file is larger than 256 MiB" : "the file cannot be read: " + why));
      continue;
    }
    const mapping* with = call.mapping_of(file.name);
    const schema* named = call.named != nullptr ? call.named : with != nullptr ? with->of : find_schema(stem(file.name));
    auto table = read_register(file.name, file.bytes ? *file.bytes : bytes, {named, with, call.as_of}, record, problems);
    if (!table) continue;
    tables.push_back(std::move(*table));
    records.push_back(made.registers.size() - 1);
  }
  std::vector<std::vector<std::string>> not_checked;
  check_references(tables, not_checked, problems);
  for (std::size_t i = 0; i < records.size(); ++i) made.registers[records[i]].references_not_checked = std::move(not_checked[i]);
  for (register_record& one : made.registers) one.rows_with_errors = problems.rows_with_errors(one.file);
  made.exit_code = problems.any() ? exit_unread : 0;
  made.problems = problems.take();
  return made;
}

}  // namespace sekimori
