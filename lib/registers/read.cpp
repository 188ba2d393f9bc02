// registers: every cell of a file, converted or told.
#include "registers/read.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "registers/as_of.hpp"
#include "registers/cell_text.hpp"
#include "registers/completeness.hpp"
#include "registers/dates.hpp"
#include "registers/layout.hpp"

namespace sekimori::registers {
namespace {

constexpr std::size_t all_rows = static_cast<std::size_t>(-1);

bool is_blank(const raw_cell& cell) { return cell.items.empty() && trim(cell.text).empty(); }

class register_reader {
 public:
  register_reader(const raw_table& table, const layout& found, register_table& made, register_record& record, problem_list& problems, as_of_sources& as_of)
      : table_(table), layout_(found), of_(*found.of), made_(made), record_(record), problems_(problems), as_of_(as_of) {}

  void row(const raw_row& from) {
    if (std::all_of(from.cells.begin(), from.cells.end(), is_blank)) {
      ++record_.blank_rows;
      return;
    }
    register_row to{from.number, std::vector<cell_value>(of_.fields.size()), std::vector<bool>(of_.fields.size())};
    for (std::size_t i = 0; i < from.cells.size(); ++i) cell(from, i, to);
    for (std::size_t f = 0; f < of_.fields.size(); ++f) filled(to, f);
    terms(to);
    account_number(to);
    say_day(to);
    made_.rows.push_back(std::move(to));
  }

 private:
  void tell(register_row& to, std::size_t f, mistake wrong) {
    to.wrong[f] = true;
    problems_.add(made_.place(to, f), std::move(wrong));
  }

  void cell(const raw_row& from, std::size_t i, register_row& to) {
    raw_cell given = from.cells[i];
    std::string text;
    const bool decoded = decode(table_, given.text, text);
    given.text = std::move(text);
    const std::string heading = i < layout_.columns.size() ? layout_.columns[i].heading : "";
    const cell_place at{made_.file, made_.form, to.number, heading};
    if (!decoded) {
      if (i < layout_.columns.size() && layout_.columns[i].field != no_field) to.wrong[layout_.columns[i].field] = true;
      return problems_.add(at, {diagnostic_code::input_encoding, fmt::format("cell {} has a byte that stands for no character", i + 1), table_.cp932 ? "text in CP932" : "text in UTF-8"});
    }
    if (heading.empty()) {
      if (is_blank(given)) return;
      return problems_.add(at, {diagnostic_code::register_heading, fmt::format("cell {} is not blank, and its column has no heading", i + 1), "a heading for each column; each cell with a separator in it in quotes"});
    }
    const column& in = layout_.columns[i];
    if (in.field == no_field) return;
    if (auto wrong = convert(of_.fields[in.field], in, given, record_.converted, to.values[in.field])) tell(to, in.field, std::move(*wrong));
  }

  bool blank(const register_row& row, std::size_t f) const { return std::holds_alternative<std::monostate>(row.values[f]); }

  void filled(register_row& to, std::size_t f) {
    const field& one = of_.fields[f];
    if (!blank(to, f) || to.wrong[f]) return;
    if (one.declared->use != presence::optional) {
      return tell(to, f, {diagnostic_code::register_blank, "the cell is blank", fmt::format("{} for every row", one.declared->type == field_type::choice ? "one of the words" : name_of(one.declared->type))});
    }
    if (one.needed_values.empty()) return;
    const auto* said = std::get_if<std::string>(&to.values[one.needed_field]);
    if (said == nullptr || std::find(one.needed_values.begin(), one.needed_values.end(), *said) == one.needed_values.end()) return;
    tell(to, f, {diagnostic_code::register_blank, fmt::format("the cell is blank, and `{}` is {}", of_.fields[one.needed_field].declared->ja, *said), std::string(one.declared->ja)});
  }

  void terms(register_row& to) {
    for (const term& one : of_.declared->terms) {
      if (one.from.empty()) continue;
      const std::size_t first = of_.find(one.from), last = of_.find(one.to);
      const auto* begin = std::get_if<std::int64_t>(&to.values[first]);
      const auto* end = std::get_if<std::int64_t>(&to.values[last]);
      if (begin == nullptr || end == nullptr || *begin <= *end) continue;
      tell(to, last, {diagnostic_code::register_term, fmt::format("the term ends on {}, before it begins on {}", format_day(*end), format_day(*begin)), "a day that is not before `" + made_.headings[first] + "`"});
    }
  }

  // A spreadsheet drops leading zeros; of these twelve digits that shows.
  void account_number(register_row& to) {
    const std::size_t at = of_.find("account"), cloud = of_.find("cloud");
    if (at == no_field || cloud == no_field) return;
    const auto* number = std::get_if<std::string>(&to.values[at]);
    const auto* name = std::get_if<std::string>(&to.values[cloud]);
    if (number == nullptr || name == nullptr || *name != "aws") return;
    if (number->size() == 12 && number->find_first_not_of("0123456789") == std::string::npos) return;
    tell(to, at, {diagnostic_code::register_cell, fmt::format("`{}` is no account number of AWS", *number), "12 digits, leading zeros included", "a spreadsheet drops leading zeros: make the column one of text"});
  }

  void say_day(const register_row& row) {
    const std::size_t at = of_.find("as_of");
    if (const auto* day = std::get_if<std::int64_t>(&row.values[at])) as_of_.say(*day, fmt::format("the column `{}`", made_.headings[at]), row.number);
  }

  const raw_table& table_;
  const layout& layout_;
  const schema& of_;
  register_table& made_;
  register_record& record_;
  problem_list& problems_;
  as_of_sources& as_of_;
};

}  // namespace

std::optional<register_table> read_register(const std::string& file, std::string_view bytes, const read_options& options, register_record& record, problem_list& problems) {
  const std::uint64_t before = problems.count();
  auto table = open_table(file, bytes, options.with != nullptr ? options.with->said.encoding : "", problems);
  if (!table) return std::nullopt;
  record.encoding = table->encoding;
  if (table->form != table_form::csv && table->rows.empty()) {
    if (problems.count() == before) problems.add({file, table->form}, {diagnostic_code::register_table, "the list is empty", "an object for each row of the register"});
    return std::nullopt;
  }
  const auto found = find_layout(file, *table, options.named, options.with, problems);
  if (!found) return std::nullopt;
  record.name = found->of->declared->name;
  record.columns_not_read = found->not_read;
  if (table->form == table_form::csv && !read_rows(file, *table, found->separator, all_rows, table->rows, &problems)) return std::nullopt;

  register_table made{found->of, file, table->form, {}, std::vector<bool>(found->of->fields.size()), {}, {}};
  for (const field& one : found->of->fields) made.headings.emplace_back(one.declared->ja);
  for (const column& one : found->columns) {
    if (one.field == no_field) continue;
    made.headings[one.field] = one.heading;
    made.kept[one.field] = true;
  }
  as_of_sources as_of(file, table->form, problems);
  if (options.as_of) as_of.say(*options.as_of, "the option --as-of");
  if (options.with != nullptr && !options.with->said.as_of.empty()) as_of.say(read_date(options.with->said.as_of).value, "the mapping");
  completeness_sources whole(file, table->form, problems);
  if (options.with != nullptr && options.with->said.complete) whole.say(*options.with->said.complete, options.with->said.declared_by);
  register_reader reader(*table, *found, made, record, problems, as_of);
  for (const raw_row& row : table->rows) {
    if (row.number > found->heading_row || table->form != table_form::csv) reader.row(row);
    else if (row.number < found->heading_row) as_of.read_line(*table, row), whole.read_line(*table, row);
  }
  made.complete = whole.complete();
  made.declared_by = whole.declared_by();
  made.as_of = as_of.day();
  if (made.as_of) record.as_of = format_day(*made.as_of);
  record.rows = made.rows.size();
  if (made.rows.empty()) problems.add({file, table->form}, {diagnostic_code::register_table, "the register has headings and no row", "a row for each of what the register lists"});
  return made;
}

}  // namespace sekimori::registers
