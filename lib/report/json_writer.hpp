// report: writes JSON text, the same bytes for the same calls. Entry point: json_writer. Knows no report.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "report/text_blocks.hpp"
#include "sekimori/finding.hpp"

namespace sekimori {

// The name of a member as the source has it: short, and standing for itself, so that nobody looks for what to escape.
struct member_name {
  template <std::size_t size>
  consteval member_name(const char (&name)[size]) : text(name, size - 1) {
    for (char one : text) {
      if (size > 64 || one < 0x20 || one > 0x7e || one == '"' || one == '\\') throw "not a plain name";   // is no constant: does not compile
    }
  }
  std::string_view text;
};

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
  json_writer(text_blocks& to, unsigned depth, layout chosen, place begin = place::later)
      : to_(to), layout_(chosen), depth_(depth), members_(begin == place::later ? 1ull << depth : 0) {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void key(member_name name) {
    char* at = before_value(to_.room(most_head + name.text.size()));
    *at++ = '"';
    std::memcpy(at, name.text.data(), name.text.size());
    at += name.text.size();
    std::memcpy(at, "\": ", 3);
    to_.wrote(at + (layout_ == layout::one_line ? 2 : 3));
    after_key_ = true;
  }
  void key_of(std::string_view name);      // one that comes from an input
  void text(std::string_view value);
  void number(std::uint64_t value);
  void signed_number(std::int64_t value);
  void flag(bool value);
  void null();

  void begin_object(member_name name) { key(name); begin_object(); }
  void begin_array(member_name name) { key(name); begin_array(); }
  void text(member_name name, std::string_view value) { key(name); text(value); }
  void number(member_name name, std::uint64_t value) { key(name); number(value); }
  void flag(member_name name, bool value) { key(name); flag(value); }
  // Nothing where the text is empty.
  void text_if(member_name name, std::string_view value) { if (!value.empty()) text(name, value); }
  void localized(const localized_text& value);
  void localized(member_name name, const localized_text& value) { key(name); localized(value); }
  void texts(member_name name, const std::vector<std::string>& values);
  // Members that another writer wrote for this depth: here they are, or they stand in the text already.
  void members(std::string_view written) { to_.append(written); }
  void wrote_values() { members_ |= 1ull << depth_; }

 private:
  static constexpr unsigned deepest = 40;          // no format is
  static constexpr std::size_t most_head = 128;    // a comma, a new line, a name's quotes

  char* before_value(char* at) {
    if (after_key_) {
      after_key_ = false;
      return at;
    }
    if (depth_ == 0) return at;
    if ((members_ >> depth_ & 1) != 0) *at++ = ',';
    members_ |= 1ull << depth_;
    return new_line(at);
  }
  char* new_line(char* at) const {
    if (layout_ == layout::one_line) return at;
    *at++ = '\n';
    std::memset(at, ' ', 32);
    if (depth_ > 16) std::memset(at + 32, ' ', 2 * deepest - 32);
    return at + 2 * depth_;
  }
  void open(char bracket);
  void close(char bracket);
  void bare(std::string_view word);
  void quoted(std::string_view value);

  text_blocks& to_;
  layout layout_;
  unsigned depth_ = 0;               // open brackets
  std::uint64_t members_ = 0;        // whether what stands so deep has members
  bool after_key_ = false;
};

}  // namespace sekimori
