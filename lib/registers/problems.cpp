// registers: mistakes are told up to a limit and counted beyond it.
#include "registers/problems.hpp"

#include <fmt/format.h>

namespace sekimori::registers {
namespace {

constexpr std::size_t most_listed = 1'000;

std::string words_of(const cell_place& at) {
  const bool csv = at.form == table_form::csv;
  const std::string column = at.column.empty() ? "" : fmt::format("{} `{}`", csv ? "column" : "key", at.column);
  if (at.row == 0) return column;
  const std::string row = fmt::format("{} {}", csv ? "row" : at.form == table_form::json ? "object" : "line", at.row);
  return column.empty() ? row : row + ", " + column;
}

}  // namespace

void problem_list::add_listed(register_problem one) {
  ++told_;
  if (listed_.size() < most_listed) listed_.push_back(std::move(one));
}

void problem_list::add(const cell_place& at, mistake wrong) {
  if (at.row > 0) rows_[std::string(at.file)].insert(at.row);
  const std::string where = words_of(at);
  add_listed({make_diagnostic(wrong.code, std::string(at.file), where.empty() ? std::move(wrong.message) : where + ": " + wrong.message,
                              {std::move(wrong.expected), std::move(wrong.help), diagnostic_level::error}),
              at.row, std::string(at.column)});
}

std::uint64_t problem_list::rows_with_errors(std::string_view file) const {
  const auto found = rows_.find(file);
  return found == rows_.end() ? 0 : found->second.size();
}

std::vector<register_problem> problem_list::take() {
  if (told_ > listed_.size()) {
    listed_.push_back({make_diagnostic(diagnostic_code::limit_exceeded, std::string(),
                                       fmt::format("{} more mistakes are not listed", told_ - listed_.size()),
                                       {"", "mend those above first", diagnostic_level::error}), 0, {}});
  }
  return std::move(listed_);
}

}  // namespace sekimori::registers
