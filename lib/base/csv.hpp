// base: CSV as RFC 4180 has it and spreadsheets write it. Entry point: read_csv. Reads bytes of any encoding in which
// no character but a quote, a separator or an end of line has their bytes: UTF-8 and CP932. Knows no headings.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sekimori {

struct csv_problem {
  std::uint64_t row = 0;      // as a spreadsheet counts; 0: none
  std::size_t column = 0;     // counted from 0
  bool limit = false;
  std::string message, expected;
};

// Calls `take` with each row, blank ones too, until it returns false. Where the text is no CSV: the first mistake.
csv_problem read_csv(std::string_view text, char separator, const std::function<bool(std::uint64_t row, std::vector<std::string>&& cells)>& take);

}  // namespace sekimori
