// registers: mistakes with file, row and column, and what is counted of them. Entry point: problem_list.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"
#include "sekimori/register.hpp"

namespace sekimori::registers {

// What a row is called: a spreadsheet's row, an object of a list, a line.
enum class table_form : std::uint8_t { csv, json, ndjson };

struct cell_place {
  std::string_view file;
  table_form form = table_form::csv;
  std::uint64_t row = 0;            // 0: the file as a whole
  std::string_view column = {};     // its heading as the file has it; may be empty
};

struct mistake {
  diagnostic_code code = diagnostic_code::register_cell;
  std::string message, expected = {}, help = {};
};

class problem_list {
 public:
  void add(const cell_place& at, mistake wrong);
  void add(diagnostic told) { add_listed({std::move(told), 0, {}}); }
  std::uint64_t rows_with_errors(std::string_view file) const;
  bool any() const { return told_ > 0; }
  std::uint64_t count() const { return told_; }
  std::vector<register_problem> take();    // those that are listed, and one more that says how many are not

 private:
  void add_listed(register_problem one);

  std::vector<register_problem> listed_;
  std::uint64_t told_ = 0;
  std::map<std::string, std::set<std::uint64_t>, std::less<>> rows_;   // with mistakes, by file
};

}  // namespace sekimori::registers
