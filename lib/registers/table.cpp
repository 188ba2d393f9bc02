// registers: encodings, and the forms that a file can have.
#include "registers/table.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/cp932.hpp"
#include "base/csv.hpp"
#include "base/text.hpp"
#include "value/json_view.hpp"

namespace sekimori::registers {
namespace {

constexpr std::size_t most_rows = 1'000'000, most_keys = 1'000;

bool is_scalar(const document_node& of) { return !of.is_map() && !of.is_list(); }

// What a scalar of JSON says, as a spreadsheet's cell would have it.
bool scalar_text(const document_node& of, std::string& text) {
  if (of.is_string()) return text = std::string(of.text()), true;
  if (of.is_boolean()) return text = of.is_true() ? "true" : "false", true;
  const value number = of.scalar();
  if (number.is(value_kind::integer)) text = std::to_string(number.as_integer());
  else if (number.is(value_kind::unsigned_integer)) text = std::to_string(number.as_unsigned());
  else if (number.is(value_kind::floating)) text = fmt::format("{}", number.as_floating());
  else return false;
  return true;
}

class json_rows {
 public:
  json_rows(const std::string& file, raw_table& to, problem_list& problems) : file_(file), to_(to), problems_(problems) {}

  void list(std::string_view text) {
    const auto read = json_document::parse(file_, text, true);
    if (!read) return tell(read.diagnostics());
    std::uint64_t number = 0;
    read->root().each_element([&](const document_node& element) { object(element, ++number); });
  }

  void lines(std::string_view text) {
    for (std::uint64_t number = 1; !text.empty(); ++number) {
      std::string_view line = text.substr(0, text.find('\n'));
      text.remove_prefix(std::min(text.size(), line.size() + 1));
      if (trimmed(line).empty()) continue;
      const auto read = json_document::parse(file_, line, true);
      if (!read) {
        problems_.add({file_, to_.form, number}, {diagnostic_code::json_syntax, "the line is not JSON", "an object on each line, or a list of objects"});
        return;
      }
      object(read->root(), number);
    }
  }

 private:
  void tell(const std::vector<diagnostic>& found) {
    for (const diagnostic& one : found) problems_.add(one);
  }

  void object(const document_node& element, std::uint64_t number) {
    if (!element.is_map()) {
      return problems_.add({file_, to_.form, number}, {diagnostic_code::register_table, "this is no object", "an object for each row of the register"});
    }
    if (to_.rows.size() == most_rows || to_.keys.size() > most_keys) return over(number);
    raw_row row{number, {}};
    element.each_entry([&](std::string_view key, const document_node& held) {
      std::size_t at = static_cast<std::size_t>(std::find(to_.keys.begin(), to_.keys.end(), key) - to_.keys.begin());
      if (at > most_keys) return;      // told below
      if (at == to_.keys.size()) to_.keys.emplace_back(key);
      if (row.cells.size() <= at) row.cells.resize(at + 1);
      cell(held, row.cells[at], number, key);
    });
    to_.rows.push_back(std::move(row));
    if (to_.keys.size() > most_keys) over(number);
  }

  void over(std::uint64_t number) {
    if (!over_) problems_.add({file_, to_.form, number}, {diagnostic_code::limit_exceeded, "the register has more than 1,000,000 rows or 1,000 different keys", "a register of fewer", "split it"});
    over_ = true;
  }

  void cell(const document_node& held, raw_cell& to, std::uint64_t number, std::string_view key) {
    using form_of = raw_cell::form_of;
    to.form = held.is_list() ? form_of::list : held.is_boolean() ? form_of::boolean : held.is_string() || held.is_null() ? form_of::text : form_of::number;
    bool good = true;
    if (held.is_list()) {
      held.each_element([&](const document_node& item) {
        std::string made;
        good = good && item.is_string();
        if (item.is_string()) to.items.emplace_back(item.text());
      });
    } else if (!held.is_null()) {
      good = is_scalar(held) && scalar_text(held, to.text);
    }
    if (!good) {
      problems_.add({file_, to_.form, number, key}, {diagnostic_code::register_cell, "the value cannot stand in a register", "a text, a number, true, false, null or a list of texts"});
    }
  }

  const std::string& file_;
  raw_table& to_;
  problem_list& problems_;
  bool over_ = false;
};

bool is_workbook(std::string_view bytes) { return bytes.starts_with("PK\x03\x04") || bytes.starts_with("\xD0\xCF\x11\xE0"); }

}  // namespace

std::optional<raw_table> open_table(const std::string& file, std::string_view bytes, std::string_view encoding, problem_list& problems) {
  raw_table made;
  const auto refuse = [&](diagnostic_code code, std::string message, std::string expected, std::string help = {}) {
    problems.add({file}, {code, std::move(message), std::move(expected), std::move(help)});
    return std::nullopt;
  };
  if (is_workbook(bytes)) {
    return refuse(diagnostic_code::register_table, "the file is a workbook of a spreadsheet", "CSV, JSON or NDJSON",
                  "python -m sekimori.registers FILE.xlsx > FILE.csv writes the first sheet of an .xlsx workbook as CSV; or save it as CSV UTF-8");
  }
  const bool marked = bytes.starts_with("\xEF\xBB\xBF");
  const bool wide = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  if (marked) bytes.remove_prefix(3);
  const auto invalid = wide ? std::nullopt : invalid_utf8(bytes);
  if (wide) {
    auto text = to_utf8(bytes);
    if (!text || (!encoding.empty() && encoding != "utf-16")) return refuse(diagnostic_code::input_encoding, "the text is not what its byte order mark says", encoding.empty() ? "UTF-16" : std::string(encoding));
    made.text = std::move(*text);
    made.encoding = "utf-16";
  } else {
    made.cp932 = encoding == "cp932" || (encoding.empty() && !marked && invalid);
    made.encoding = made.cp932 ? "cp932" : "utf-8";
    made.text = bytes;
    if (marked && made.cp932) return refuse(diagnostic_code::input_encoding, "the text has the byte order mark of UTF-8", "CP932, as the mapping says");
  }
  const std::string_view first = trimmed(std::string_view(made.text).substr(0, 100));
  if (trimmed(made.text).empty()) return refuse(diagnostic_code::register_table, "the file is empty", "a row of headings, and rows below it");
  if (first.starts_with("[") || first.starts_with("{")) {
    made.form = first.starts_with("[") ? table_form::json : table_form::ndjson;
    if (made.cp932) return refuse(diagnostic_code::input_encoding, "the text is not valid UTF-8", "JSON in UTF-8");
    json_rows rows(file, made, problems);
    made.form == table_form::json ? rows.list(made.text) : rows.lines(made.text);
    made.text.clear();
  }
  return made;
}

bool read_rows(const std::string& file, const raw_table& table, char separator, std::size_t most, std::vector<raw_row>& rows, problem_list* problems) {
  bool over = false;
  const csv_problem wrong = read_csv(table.text, separator, [&](std::uint64_t number, std::vector<std::string>&& cells) {
    if (rows.size() == most) return false;
    over = rows.size() == most_rows;
    if (over) return false;
    raw_row row{number, {}};
    row.cells.reserve(cells.size());
    for (std::string& one : cells) row.cells.push_back({raw_cell::form_of::text, std::move(one)});
    rows.push_back(std::move(row));
    return true;
  });
  if (over && problems != nullptr) problems->add({file}, {diagnostic_code::limit_exceeded, "the file has more than 1,000,000 rows", "a register of fewer rows", "split it"});
  if (wrong.row > 0 && problems != nullptr) {
    const std::string column = std::to_string(wrong.column + 1);
    problems->add({file, table_form::csv, wrong.row}, {wrong.limit ? diagnostic_code::limit_exceeded : diagnostic_code::register_table,
                                                       "cell " + column + ": " + wrong.message, wrong.expected});
  }
  return wrong.row == 0 && !over;
}

bool decode(const raw_table& table, std::string_view bytes, std::string& to) {
  if (table.cp932) return !append_cp932(bytes, to);
  const auto invalid = invalid_utf8(bytes);
  to.append(bytes.substr(0, invalid.value_or(bytes.size())));
  return !invalid;
}

}  // namespace sekimori::registers
