// value: a long list in a JSON text, some of its elements at a time, so that nobody holds the whole as a document. Entry point:
// json_pieces. If what frame() and next() give is JSON, all of the text is; who finds a mistake reads the text as a whole.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "value/json_cursor.hpp"

namespace sekimori {

class json_pieces {
 public:
  // The list under `key` of the object at the top. Nothing: none is found there. The text, in UTF-8, must outlive it.
  static std::optional<json_pieces> of(std::string_view text, std::string_view key);

  // The text with nothing in the list.
  std::string frame() const;
  // The next elements as a list of about `bytes`, or of one that is longer. False: there are no more.
  bool next(std::size_t bytes, std::string& piece);

 private:
  json_pieces(std::string_view text, std::size_t begin, std::size_t end) : text_(text), begin_(begin), end_(end), inside_(text.substr(begin, end - begin)) {}

  std::string_view text_;
  std::size_t begin_, end_;      // of what stands between the brackets
  json_cursor inside_;
  bool ended_ = false, begun_ = false;
};

}  // namespace sekimori
