// cel: what every version of string.format shares: clauses, whole numbers, and values that all print alike. Entry point:
// format_with. Knows no function of any pack.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cel/packs/support.hpp"

namespace sekimori::cel::strings {

class format_reader {
 public:
  format_reader(call_context& context, const arena_vector<value>& given) : context_(context), given_(given) {}
  value run(std::string_view pattern);

 protected:
  ~format_reader() = default;
  // Each appends to `to`; false: problem_ says why not.
  virtual bool string(std::string& to, value given) = 0;
  virtual bool decimal(std::string& to, value given) = 0;
  virtual bool floating(std::string& to, value given, bool scientific, int precision) = 0;

  bool fail(std::string_view message, value_kind given);
  bool fail(std::string_view message);
  // Whether more may be written, this deep inside lists and maps.
  bool room(const std::string& to, int depth);
  // False without a problem: it is no whole number.
  static bool integer(std::string& to, value given, int base);
  // null, bools, whole numbers, strings, types, instants, durations and values of extension types.
  bool scalar(std::string& to, value given);

 private:
  bool clause(std::string_view pattern, std::size_t& at);
  bool binary(value given);
  bool hex(value given, bool upper);

  call_context& context_;
  const arena_vector<value>& given_;
  std::size_t next_ = 0;
  std::string text_;
  value problem_;
};

template <class formatter>
value format_with(call_context& context, std::span<const value> given) {
  const value undecided = pack_support::find_undecided(context, given[1]);
  if (!undecided.is_null()) return undecided;
  arena_vector<value> elements(context.memory);
  const value refused = pack_support::read_list(context, given[1].as_list(), elements);
  if (!refused.is_null()) return refused;
  return formatter(context, elements).run(given[0].as_text());
}

}  // namespace sekimori::cel::strings
