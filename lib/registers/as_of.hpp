// registers: of which day a register is. Entry point: as_of_sources. Never the clock.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "registers/problems.hpp"
#include "registers/table.hpp"

namespace sekimori::registers {

// Everything that says the day must say the same one.
class as_of_sources {
 public:
  as_of_sources(const std::string& file, table_form form, problem_list& problems) : file_(file), form_(form), problems_(problems) {}

  void say(std::int64_t day, std::string_view who, std::uint64_t row = 0);
  // A row above the headings: 「基準日,2027/3/1」, 「令和9年3月1日現在」.
  void read_line(const raw_table& table, const raw_row& row);
  // Told where nothing says it.
  std::optional<std::int64_t> day();

 private:
  void read_text(std::string_view text, std::string_view shown, std::uint64_t row);

  const std::string& file_;
  table_form form_;
  problem_list& problems_;
  std::optional<std::int64_t> day_;
  std::string who_;
  bool wrong_ = false;
};

}  // namespace sekimori::registers
