// registers: whether a register lists all there is. Entry point: completeness_sources. What is not said is not so.
#pragma once

#include <optional>
#include <string>

#include "registers/problems.hpp"
#include "registers/table.hpp"

namespace sekimori::registers {

// A mapping's word goes before the file's own; inside a file the lines have to agree.
class completeness_sources {
 public:
  completeness_sources(const std::string& file, table_form form, problem_list& problems) : file_(file), form_(form), problems_(problems) {}

  void say(bool complete, std::string_view who) { complete_ = complete, said_by_ = who, settled_ = true; }
  // A row above the headings: 「範囲,全件」, 「complete,true」, 「作成責任者,福祉局 人事担当」.
  void read_line(const raw_table& table, const raw_row& row);

  bool complete() const { return complete_.value_or(false); }
  const std::string& declared_by() const { return said_by_.empty() ? declared_by_ : said_by_; }

 private:
  const std::string& file_;
  table_form form_;
  problem_list& problems_;
  std::optional<bool> complete_;
  std::string declared_by_, said_by_;
  bool settled_ = false;
};

}  // namespace sekimori::registers
