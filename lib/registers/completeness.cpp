// registers: see completeness.hpp.
#include "registers/completeness.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "registers/cell_text.hpp"

namespace sekimori::registers {
namespace {

template <std::size_t size>
bool is_one_of(const std::array<std::string_view, size>& words, std::string_view text) { return std::find(words.begin(), words.end(), text) != words.end(); }

constexpr std::array<std::string_view, 3> labels = {"範囲", "収録範囲", "complete"};
constexpr std::array<std::string_view, 5> all = {"全件", "全数", "全員", "true", "○"};
constexpr std::array<std::string_view, 5> some = {"一部", "抜粋", "抽出", "false", "×"};
constexpr std::array<std::string_view, 4> people = {"作成責任者", "作成者", "責任者", "declared_by"};

}  // namespace

void completeness_sources::read_line(const raw_table& table, const raw_row& row) {
  std::array<std::string, 2> cells;            // what is labelled, and what is said
  std::size_t found = 0;
  for (const raw_cell& cell : row.cells) {
    std::string text;
    if (!decode(table, cell.text, text) || trim(text).empty()) continue;
    if (found < cells.size()) cells[found] = std::string(trim(text));
    ++found;
  }
  std::string label = heading_key(cells[0]);
  if (label.ends_with(":")) label.pop_back();
  if (is_one_of(people, label)) declared_by_ = cells[1];
  if (!is_one_of(labels, label)) return;
  const std::string said = heading_key(cells[1]);
  const bool is_all = is_one_of(all, said);
  if (!is_all && !is_one_of(some, said)) {
    return problems_.add({file_, form_, row.number}, {diagnostic_code::register_cell, fmt::format("`{}` does not say whether the register lists all there is", cells[1]), "全件 or 一部 (true or false)"});
  }
  if (complete_ && *complete_ != is_all && !settled_) {
    return problems_.add({file_, form_, row.number}, {diagnostic_code::register_cell, "two lines disagree on whether the register lists all there is", "one of them"});
  }
  if (!settled_) complete_ = is_all;
}

}  // namespace sekimori::registers
