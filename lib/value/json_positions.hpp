// value: where values of a JSON text begin, by JSON pointer (RFC 6901). Entry point: json_positions. One pass over the text,
// as far as somebody asks; nothing recurses. Knows neither documents nor formats.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/source.hpp"
#include "value/json_cursor.hpp"

namespace sekimori {

// For one thread. The time it takes is linear in the text and in the pointers, however many and however deep they are.
class json_positions {
 public:
  // The text has been parsed, in UTF-8 with or without byte order mark. Text and pointers must outlive it. `first_element` is
  // what the first element of a list at the top is numbered.
  json_positions(std::string_view text, std::span<const std::string_view> pointers, std::size_t first_element = 0);

  // Line and column, from 1 and in code points, of the value that one of the pointers leads to; of what stands in a string that
  // holds JSON, those of the string; zeros where there is nothing. Where a key stands twice, the first one counts, as it does in a
  // document.
  line_column find(std::string_view pointer);

 private:
  static constexpr std::uint32_t none = 0xffffffff;

  // What a pointer or the beginning of one leads to.
  struct node {
    line_column at;
    bool entered = false;               // some pointer goes on from here
    bool string = false;                // found, and a string
    std::uint32_t numbers = none;       // of what its tokens that could number elements lead to, in numbers_
  };
  struct step {
    std::uint32_t from;
    std::string_view token;
    bool operator==(const step&) const = default;
  };
  struct hash_of_step {
    std::size_t operator()(const step& one) const { return std::hash<std::string_view>()(one.token) ^ (one.from * std::size_t{0x9E3779B97F4A7C15}); }
  };
  struct numbered { std::uint64_t index; std::uint32_t node; };
  struct frame {
    std::uint32_t node;
    bool object;
    std::uint64_t index;                // of a list: of the next element
    std::size_t next;                   // and of the next of its numbers
  };

  void want(std::string_view pointer);
  std::uint32_t child(std::uint32_t from, std::string_view token) const;
  std::string_view plain(std::string_view token, std::string& memory) const;

  void go_on();
  void enter_value(std::uint32_t node);
  void next_member();
  void next_element();
  line_column place(std::size_t offset);

  std::size_t first_element_;
  std::vector<node> nodes_;
  std::unordered_map<step, std::uint32_t, hash_of_step> steps_;
  std::vector<std::vector<numbered>> numbers_;
  std::deque<std::string> unescaped_;   // tokens that pointers write in another way
  std::string_view before_;             // the pointer that was added last, without its last token
  std::uint32_t before_node_ = 0;

  json_cursor cursor_;
  std::vector<frame> frames_;
  bool begun_ = false, ended_ = false;
  std::size_t placed_ = 0;              // `line_` and `column_` are those of this byte
  std::uint32_t line_ = 1, column_ = 1;
};

}  // namespace sekimori
