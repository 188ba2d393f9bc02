// base: one pass over the bytes. A quote may stand only around a whole cell.
#include "base/csv.hpp"

namespace sekimori {
namespace {

constexpr std::size_t most_columns = 1'000;

class csv_reader {
 public:
  csv_reader(std::string_view text, char separator) : text_(text), separator_(separator) {}

  bool at_end() const { return at_ >= text_.size(); }

  // The next row. False after a mistake.
  bool row(std::uint64_t number, std::vector<std::string>& cells, csv_problem& wrong) {
    while (true) {
      if (cells.size() == most_columns) return fail(wrong, number, cells.size(), "the row has more than 1,000 cells", "a table with fewer columns"), wrong.limit = true, false;
      std::string cell;
      if (!at_end() && text_[at_] == '"' ? !quoted(number, cells.size(), cell, wrong) : !plain(number, cells.size(), cell, wrong)) return false;
      cells.push_back(std::move(cell));
      if (at_end()) return true;
      if (text_[at_++] == separator_) continue;
      if (text_[at_ - 1] == '\r' && !at_end() && text_[at_] == '\n') ++at_;
      return true;
    }
  }

 private:
  bool ends(char c) const { return c == separator_ || c == '\r' || c == '\n'; }

  static void fail(csv_problem& wrong, std::uint64_t row, std::size_t column, std::string message, std::string expected) {
    wrong = {row, column, false, std::move(message), std::move(expected)};
  }

  bool plain(std::uint64_t row, std::size_t column, std::string& cell, csv_problem& wrong) {
    const std::size_t begin = at_;
    while (!at_end() && !ends(text_[at_])) {
      const char c = text_[at_];
      if (c == '"' || c == '\0') {
        fail(wrong, row, column, c == '"' ? "a quote stands inside a cell that does not begin with one" : "the cell holds a NUL byte",
             c == '"' ? "the whole cell in quotes, with each quote inside it doubled" : "text");
        return false;
      }
      ++at_;
    }
    cell.assign(text_.substr(begin, at_ - begin));
    return true;
  }

  bool quoted(std::uint64_t row, std::size_t column, std::string& cell, csv_problem& wrong) {
    ++at_;
    while (true) {
      const std::size_t quote = text_.find('"', at_);
      if (quote == std::string_view::npos) return fail(wrong, row, column, "a quote is never closed", "a closing quote at the end of the cell"), false;
      cell.append(text_.substr(at_, quote - at_));
      at_ = quote + 1;
      if (!at_end() && text_[at_] == '"') {
        cell += '"';
        ++at_;
      } else {
        break;
      }
    }
    if (cell.find('\0') != std::string::npos) return fail(wrong, row, column, "the cell holds a NUL byte", "text"), false;
    if (at_end() || ends(text_[at_])) return true;
    fail(wrong, row, column, "text follows the closing quote of a cell", "a separator or the end of the row; each quote inside a cell is doubled");
    return false;
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
};

}  // namespace

csv_problem read_csv(std::string_view text, char separator, const std::function<bool(std::uint64_t, std::vector<std::string>&&)>& take) {
  csv_reader reader(text, separator);
  csv_problem wrong;
  for (std::uint64_t number = 1; !reader.at_end(); ++number) {
    std::vector<std::string> cells;
    if (!reader.row(number, cells, wrong) || !take(number, std::move(cells))) break;
  }
  return wrong;
}

}  // namespace sekimori
