// registers: what conditions read as `data`: the rows of all registers of a run as typed values, found by key. Entry point:
// register_data. Knows no rules and no files.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/arena.hpp"
#include "registers/read.hpp"
#include "rules/register_reads.hpp"
#include "sekimori/value.hpp"

namespace sekimori::registers {

// How the registers of a run are read.
struct data_options {
  std::optional<std::int64_t> today;   // the day of `now` in Japan, days since 1970-01-01; nothing: no register can be judged
  bool include_planned = false;        // appointments that are not announced yet count as possible
};

// Add, then finish; after that it is read by several threads. It outlives what evaluates with its values.
class register_data {
 public:
  register_data();
  ~register_data();
  register_data(const register_data&) = delete;
  register_data& operator=(const register_data&) = delete;

  // Several files of one register are one register: as of the oldest day, and complete where each of them is.
  void add(const register_table& table);
  void finish(const data_options& options);

  // Objects of type `data`. In the second no register is complete: what differs rests on what somebody declared.
  value all() const;
  value all_open() const;

  // By index in rules::register_declarations.
  rules::register_set given() const { return given_; }
  rules::register_set complete() const;                          // those that were given and are
  std::optional<std::int64_t> as_of(std::size_t index) const;    // days since 1970-01-01; nothing: not given
  std::string declared_by(std::size_t index) const;              // who says that it is complete
  // Whether it is older than `now`, so that what it says of that day is a forecast (予定).
  bool is_forecast(std::size_t index) const;
  // Whether rows that are only planned are among what conditions see.
  bool shows_planned() const { return shows_planned_; }

 private:
  class row_view;
  class rows_by_key;
  class rows_of_key;
  class data_view;
  struct held;
  class on_demand;

  std::unique_ptr<on_demand> made_;
  std::array<std::unique_ptr<held>, rules::register_declarations.size()> registers_;
  std::unique_ptr<data_view> all_, all_open_;
  rules::register_set given_;
  std::optional<std::int64_t> today_;
  bool shows_planned_ = false;
};

}  // namespace sekimori::registers
