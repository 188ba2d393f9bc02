// check: see register_inputs.hpp.
#include "check/register_inputs.hpp"

#include <algorithm>
#include <memory>
#include <optional>

#include "base/diagnostics.hpp"
#include "inventory/compressed.hpp"
#include "inventory/csv_export.hpp"
#include "inventory/yaml_text.hpp"
#include "registers/layout.hpp"
#include "registers/mapping.hpp"
#include "registers/references.hpp"
#include "registers/resource_rows.hpp"
#include "sekimori/register.hpp"

namespace sekimori::check {
namespace {

constexpr std::string_view format_name = "register", stage_name = "register";

// In UTF-8 or UTF-16.
bool begins_as_json(std::string_view bytes) {
  constexpr std::string_view before{" \t\r\n\0\xef\xbb\xbf\xff\xfe", 10};
  const std::size_t first = bytes.find_first_not_of(before);
  return first != std::string_view::npos && (bytes[first] == '{' || bytes[first] == '[');
}

bool is_mapping(std::string_view bytes) {
  const std::string_view beginning = bytes.substr(0, 4'096);
  const std::size_t at = beginning.find("register-mapping/");
  return at != std::string_view::npos && beginning.substr(0, at).find("sekimori") != std::string_view::npos;
}

}  // namespace

register_text register_text_of(std::string_view bytes, bool named) {
  if (is_mapping(bytes)) return register_text::mapping;
  if (named) return register_text::table;
  if (bytes.empty() || begins_as_json(bytes) || inventory::is_compressed(bytes) || inventory::looks_like_yaml(bytes) || inventory::looks_like_csv_export(bytes)) return register_text::none;
  return registers::looks_like_register(bytes) ? register_text::table : register_text::perhaps;
}

bool is_register_json(std::string_view bytes) { return begins_as_json(bytes) && registers::looks_like_register(bytes); }

void register_inputs::add(std::size_t record, const std::string& name, std::string_view bytes, register_text kind) {
  texts_.push_back({record, name, std::string(bytes), kind});
}

void register_inputs::finish(inventory::inventory& into, const std::string& format, std::vector<input_record>& records, std::vector<std::size_t>& added) {
  auto begin = [&](const text& one, std::string_view what) -> input_record& {
    input_record& record = records[one.record];
    record.file = one.name;
    record.format = what;
    record.stage = stage_name;
    record.status = "unreadable";
    record.digest = inventory::input_digest(one.bytes);
    return record;
  };
  std::vector<registers::mapping> mappings;
  for (const text& one : texts_) {
    if (one.kind != register_text::mapping) continue;
    input_record& record = begin(one, "register-mapping");
    auto read = registers::read_mapping(one.name, one.bytes, record.diagnostics);
    if (!read) continue;
    const auto is_its = [&](const text& other) { return other.kind != register_text::mapping && !read->said.file.empty() && read->is_for(other.name); };
    if (std::none_of(texts_.begin(), texts_.end(), is_its)) {
      record.diagnostics.push_back(make_diagnostic(diagnostic_code::nothing_found, one.name,
                                                   read->said.file.empty() ? "the mapping does not say which file it is for" : "none of the inputs is called `" + read->said.file + "`, which the mapping is for",
                                                   {"`file:` with the name of a register among the inputs", ""}));
      continue;
    }
    record.status = "read";
    mappings.push_back(std::move(*read));
  }
  registers::problem_list problems;
  std::vector<registers::register_table> tables;
  std::vector<const text*> of_tables, of_problems;
  std::vector<std::shared_ptr<register_record>> listed;
  for (const text& one : texts_) {
    if (one.kind == register_text::mapping) continue;
    const registers::mapping* with = nullptr;
    for (const registers::mapping& candidate : mappings) {
      if (candidate.is_for(one.name)) with = &candidate;
    }
    if (one.kind == register_text::perhaps && with == nullptr) {
      added.push_back(one.record);
      input_record told = into.add_text(one.name, one.bytes, {false, format});
      records[one.record] = std::move(told);
      continue;
    }
    input_record& record = begin(one, format_name);
    auto made = std::make_shared<register_record>();
    made->file = one.name;
    // Two inputs may have one name, so that mistakes are told by the text.
    registers::problem_list own;
    auto table = registers::read_register(one.name, one.bytes, {with != nullptr ? with->of : nullptr, with, {}}, *made, own);
    made->rows_with_errors = own.rows_with_errors(one.name);
    const bool good = table && !own.any();
    for (auto& wrong : own.take()) record.diagnostics.push_back(std::move(wrong.told));
    record.listed = made;
    if (!good) continue;
    tables.push_back(std::move(*table));
    of_tables.push_back(&one);
    listed.push_back(std::move(made));
  }
  std::vector<std::vector<std::string>> not_checked;
  registers::check_references(tables, not_checked, problems);
  for (std::size_t i = 0; i < tables.size(); ++i) listed[i]->references_not_checked = std::move(not_checked[i]);
  for (auto& wrong : problems.take()) {
    for (std::size_t i = 0; i < tables.size(); ++i) {
      if (wrong.told.file != tables[i].file) continue;
      records[of_tables[i]->record].diagnostics.push_back(std::move(wrong.told));
      break;
    }
  }
  for (std::size_t i = 0; i < tables.size(); ++i) {
    input_record& record = records[of_tables[i]->record];
    if (has_error(record.diagnostics)) continue;
    record.status = "read";
    if (const std::string rows = registers::resource_rows(tables[i]); !rows.empty()) {
      added.push_back(of_tables[i]->record);
      into.add_text(tables[i].file, rows, {false, format_name});
    }
    tables_.push_back(std::move(tables[i]));
  }
  texts_.clear();
}

}  // namespace sekimori::check
