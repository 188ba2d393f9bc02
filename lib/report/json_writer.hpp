// report: writes JSON text, the same bytes for the same calls. Entry point: json_writer. Knows no report.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "report/text_blocks.hpp"
#include "sekimori/finding.hpp"

namespace sekimori {

// Members stand in the order of the calls, indented by two spaces or all in one line, LF line ends. Text that is not valid UTF-8 becomes
// U+FFFD; control characters and those that turn the direction of writing are escaped, so that printing the JSON on a
// terminal shows what it holds.
class json_writer {
 public:
  enum class layout { indented, one_line };
  enum class place { first, later };
  explicit json_writer(text_blocks& to, layout chosen = layout::indented) : to_(to), layout_(chosen) {}
  // A part of a text that another writer writes: members or values of what stands `depth` deep in it, from the first on
  // or later ones.
  json_writer(text_blocks& to, std::size_t depth, layout chosen, place begin = place::later)
      : to_(to), layout_(chosen), has_member_(depth, true) {
    has_member_.back() = begin == place::later;
  }

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void key(std::string_view name);
  void text(std::string_view value);
  void number(std::uint64_t value);
  void signed_number(std::int64_t value);
  void flag(bool value);
  void null();

  void begin_object(std::string_view name) { key(name); begin_object(); }
  void begin_array(std::string_view name) { key(name); begin_array(); }
  void text(std::string_view name, std::string_view value) { key(name); text(value); }
  void number(std::string_view name, std::uint64_t value) { key(name); number(value); }
  void flag(std::string_view name, bool value) { key(name); flag(value); }
  // Nothing where the text is empty.
  void text_if(std::string_view name, std::string_view value) { if (!value.empty()) text(name, value); }
  void localized(const localized_text& value);
  void localized(std::string_view name, const localized_text& value) { key(name); localized(value); }
  void texts(std::string_view name, const std::vector<std::string>& values);
  // Members that another writer wrote for this depth: here they are, or they stand in the text already.
  void members(std::string_view written) { to_.append(written); }
  void wrote_values() { has_member_.back() = true; }

 private:
  void open(char bracket);
  void close(char bracket);
  void before_value();
  void new_line(bool comma);
  void quoted(std::string_view value);
  void put(char one) {
    char* at = to_.room(1);
    *at = one;
    to_.wrote(at + 1);
  }

  text_blocks& to_;
  layout layout_;
  std::vector<char> has_member_;  // one per open bracket
  bool after_key_ = false;
};

}  // namespace sekimori
