// value: walks over a JSON text by its brackets, quotes and commas, without reading what is passed. Entry point: json_cursor.
// Of a text that is no JSON it makes something, but always comes to an end. Nothing recurses.
#pragma once

#include <cstddef>
#include <string_view>

namespace sekimori {

class json_cursor {
 public:
  explicit json_cursor(std::string_view text) : text_(text) {}

  std::string_view text() const { return text_; }
  std::size_t at() const { return at_; }
  bool ended() const { return at_ >= text_.size(); }
  char here() const { return ended() ? '\0' : text_[at_]; }

  void pass() { ++at_; }      // one byte
  void pass_mark();           // the byte order mark, where there is one
  void pass_space();
  void pass_value();
  // From a quote to behind the one that ends the string; what stands between them, escapes as they are.
  std::string_view pass_string();
  // From within an object or a list, outside of strings, to behind its end.
  void pass_rest();

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace sekimori
