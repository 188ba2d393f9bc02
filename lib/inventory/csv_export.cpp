// inventory: see csv_export.hpp.
#include "inventory/csv_export.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "base/cp932.hpp"
#include "base/csv.hpp"
#include "base/diagnostics.hpp"
#include "base/text.hpp"
#include "inventory/format.hpp"
#include "value/forms.hpp"
#include "value/values.hpp"

namespace sekimori::inventory {
namespace {

using row_cells = std::vector<std::string>;

constexpr std::size_t most_rows = 1'000'000, problems_told = 20;

bool is_marked(std::string_view bytes) { return bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff"); }

std::optional<std::string> decoded(std::string_view bytes) {
  if (auto text = to_utf8(bytes)) return text;
  std::string text;
  if (is_marked(bytes) || append_cp932(bytes, text)) return std::nullopt;
  return text;
}

const csv_column* column_of(const csv_export& of, std::string_view heading) {
  const auto found = std::find_if(of.columns.begin(), of.columns.end(), [&](const csv_column& one) { return one.heading == heading; });
  return found == of.columns.end() ? nullptr : &*found;
}

bool is_known_by(const csv_export& of, const row_cells& headings) {
  bool any = false;
  for (const csv_column& one : of.columns) {
    if (one.presence != csv_presence::distinctive) continue;
    any = true;
    if (std::none_of(headings.begin(), headings.end(), [&](const std::string& heading) { return trimmed(heading) == one.heading; })) return false;
  }
  return any;
}

std::string lower(std::string_view text) {
  std::string made(text);
  for (char& c : made) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return made;
}

// "2026/08/27 15:15:08" as RFC 3339; anything else stays.
std::string with_offset(std::string_view text) {
  constexpr std::string_view form = "0000/00/00 00:00:00";
  std::string made(text);
  if (text.size() != form.size()) return made;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (form[i] == '0' ? !digit : text[i] != form[i]) return made;
  }
  made[4] = made[7] = '-';
  made[10] = 'T';
  return made + "Z";
}

class export_reading {
 public:
  export_reading(const std::string& name, const csv_export& of) : name_(name), of_(of) {}

  result<std::string> read(std::string_view bytes) {
    const auto text = decoded(bytes);
    if (!text) {
      problems_.push_back(make_diagnostic(diagnostic_code::input_encoding, name_, "the text is neither UTF-8 nor CP932", {"", std::string(of_.help)}));
      return std::move(problems_);
    }
    std::uint64_t rows = 0;
    const csv_problem broken = read_csv(*text, ',', [&](std::uint64_t number, row_cells&& cells) {
      if (number == 1) return headings(cells);
      if (++rows > most_rows) return tell(diagnostic_code::limit_exceeded, "the file has more than 1,000,000 rows", "an export of fewer"), false;
      if (cells.size() > 1 || !trimmed(cells[0]).empty()) row(number, cells);
      return true;
    });
    if (broken.row > 0) {
      tell(broken.limit ? diagnostic_code::limit_exceeded : diagnostic_code::input_shape, fmt::format("row {}, cell {}: {}", broken.row, broken.column + 1, broken.message), broken.expected);
    }
    if (wrong_ > problems_told) tell(diagnostic_code::input_shape, fmt::format("{} more cells do not have the form that is expected", wrong_ - problems_told), {});
    if (!problems_.empty()) return std::move(problems_);
    std::string made = "{";
    append_json_string(made, of_.table);
    made += ":[" + rows_ + "],\"unread\":[";
    for (std::size_t i = 0; i < unknown_.size(); ++i) {
      if (i > 0) made += ',';
      append_json_string(made, unknown_[i]);
    }
    return made + "]}";
  }

 private:
  void tell(diagnostic_code code, std::string message, std::string expected) {
    problems_.push_back(make_diagnostic(code, name_, std::move(message), {std::move(expected), std::string(of_.help)}));
  }
  void wrong(std::string message, std::string expected) {
    if (++wrong_ <= problems_told) tell(diagnostic_code::input_shape, std::move(message), std::move(expected));
  }

  bool headings(const row_cells& cells) {
    std::vector<bool> seen(of_.columns.size(), false);
    for (const std::string& cell : cells) {
      const std::string heading(trimmed(cell));
      const csv_column* column = column_of(of_, heading);
      columns_.push_back(column);
      if (column == nullptr) {
        if (!heading.empty()) unknown_.push_back(heading);
        continue;
      }
      seen[static_cast<std::size_t>(column - of_.columns.data())] = true;
      const auto before = columns_.end() - 1;
      if (column->form != csv_cell::unread && std::any_of(columns_.begin(), before, [&](const csv_column* one) { return one != nullptr && one->attribute == column->attribute; })) {
        wrong("the heading `" + heading + "`, or another one for the same, stands twice", "each column once");
      }
    }
    for (std::size_t i = 0; i < seen.size(); ++i) {
      if (!seen[i] && of_.columns[i].presence != csv_presence::optional) wrong("there is no column `" + std::string(of_.columns[i].heading) + "`", "all columns as they were exported");
    }
    return wrong_ == 0;
  }

  void row(std::uint64_t number, const row_cells& cells) {
    if (cells.size() != columns_.size()) return wrong(fmt::format("row {} has {} cells, and there are {} headings", number, cells.size(), columns_.size()), "a cell for each heading");
    rows_ += fmt::format("{}{{\"row\":{},\"attributes\":{{", rows_.empty() ? "" : ",", number);
    bool first = true;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (columns_[i] == nullptr || columns_[i]->form == csv_cell::unread) continue;
      std::string made;
      if (!cell(*columns_[i], number, cells[i], made)) continue;
      if (!first) rows_ += ',';
      first = false;
      append_json_string(rows_, columns_[i]->attribute);
      rows_ += ':' + made;
    }
    rows_ += "}}";
  }

  // What a cell says, as JSON. False: nothing, or something wrong.
  bool cell(const csv_column& column, std::uint64_t number, const std::string& given, std::string& made) {
    const std::string_view text = trimmed(given);
    const bool nothing = column.form != csv_cell::text && std::find(of_.nothing.begin(), of_.nothing.end(), text) != of_.nothing.end();
    const auto refuse = [&](std::string expected) {
      wrong(fmt::format("row {}, column `{}`: the cell is of another form", number, column.heading), std::move(expected));
      return false;
    };
    if (text.empty() || nothing) {
      return text.empty() && column.form == csv_cell::text && column.presence != csv_presence::optional ? refuse("a cell that is not blank") : false;
    }
    switch (column.form) {
      case csv_cell::flag:
        made = lower(text);
        return made == "true" || made == "false" ? true : refuse("true or false");
      case csv_cell::moment: {
        const std::string moment = with_offset(text);
        if (!parse_timestamp(moment)) return refuse("a moment as the export writes it, such as 2026-08-27T15:15:08Z");
        append_json_string(made, moment);
        return true;
      }
      case csv_cell::list: {
        made = "[";
        for (std::size_t at = 0; at <= text.size();) {
          const std::size_t end = std::min(text.find_first_of(",;", at), text.size());
          if (const std::string_view one = trimmed(text.substr(at, end - at)); !one.empty()) {
            if (made.size() > 1) made += ',';
            append_json_string(made, one);
          }
          at = end + 1;
        }
        made += ']';
        return true;
      }
      case csv_cell::text:
      case csv_cell::word:
      case csv_cell::unread: break;
    }
    append_json_string(made, text);
    return true;
  }

  const std::string& name_;
  const csv_export& of_;
  std::vector<const csv_column*> columns_;       // of the file; null: not known
  std::vector<std::string> unknown_;
  std::string rows_;
  std::vector<diagnostic> problems_;
  std::size_t wrong_ = 0;
};

}  // namespace

const csv_export* csv_export_of(std::string_view bytes) {
  constexpr std::size_t longest = 1 << 14;       // of the first row
  const std::string_view first = bytes.substr(0, longest);
  if (first.find(',') == std::string_view::npos && !is_marked(first)) return nullptr;
  std::string wide;
  std::string_view text = first;
  if (is_marked(first)) {
    auto made = to_utf8(first.substr(0, first.size() / 2 * 2));
    if (!made) return nullptr;
    wide = std::move(*made);
    text = wide;
  } else if (text.starts_with("\xef\xbb\xbf")) {
    text.remove_prefix(3);
  }
  if (text.empty() || text.front() == '{' || text.front() == '[') return nullptr;
  row_cells headings;
  read_csv(text, ',', [&](std::uint64_t, row_cells&& cells) { return headings = std::move(cells), false; });
  for (const format_reader* reader : format_readers()) {
    for (const csv_export& one : reader->csv_exports()) {
      if (is_known_by(one, headings)) return &one;
    }
  }
  return nullptr;
}

result<std::string> csv_export_json(const std::string& name, std::string_view bytes, const csv_export& of) { return export_reading(name, of).read(bytes); }

void each_csv_row(const document_node& root, const csv_export& of, reading& into,
                  const std::function<void(const document_node& attributes, const std::string& pointer, std::uint32_t row)>& take) {
  const document_node rows = root.field(of.table);
  if (!rows.is_list()) return into.wrong_shape("the input is no such export", {"CSV with the headings of the export", std::string(of.help)});
  std::size_t index = 0;
  rows.each_element([&](const document_node& one) {
    const value row = one.field("row").is_map() || one.field("row").is_list() ? value::null() : one.field("row").scalar();
    const std::string pointer = "/" + std::string(of.table) + "/" + std::to_string(index++);
    const document_node attributes = one.field("attributes");
    if (!attributes.is_map()) return into.wrong_shape(pointer + " is no row", {"CSV with the headings of the export", std::string(of.help)});
    take(attributes, pointer, row.is(value_kind::integer) ? static_cast<std::uint32_t>(row.as_integer()) : 0);
  });
  root.field("unread").each_element([&](const document_node& one) {
    into.record.notes.push_back({"読まない列があります: " + std::string(one.text()), "a column that is not read: " + std::string(one.text())});
  });
}

}  // namespace sekimori::inventory
