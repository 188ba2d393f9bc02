// base: a text that diagnostics point into. Entry point: source_text. Knows no format.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sekimori {

// Byte offsets into a source_text; `end` is one past the last.
struct span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct line_column {
  std::uint32_t line = 0;    // 1-based
  std::uint32_t column = 0;  // 1-based, code points
};

// Immutable after construction; shared by whatever points into it.
class source_text {
 public:
  source_text(std::string name, std::string text);
  const std::string& name() const { return name_; }
  std::string_view text() const { return text_; }
  line_column position(std::uint32_t offset) const;
  // The line (1-based) without its line end.
  std::string_view line(std::uint32_t line) const;
  std::uint32_t line_start(std::uint32_t line) const;

 private:
  std::string name_;
  std::string text_;
  std::vector<std::uint32_t> starts_;
};

using source_ptr = std::shared_ptr<const source_text>;

// An expression taken out of a document, with the place of each of its bytes there: a YAML scalar
// may be folded, indented or escaped, so its text is not a slice of the file.
struct located_text {
  std::string text;
  source_ptr source;
  // offsets[i]: where byte i of text stands in source, one more for the end. A single one: the first byte's, and
  // the text stands there as it is. Empty: all of `whole` is the text, or, where they differ in length, nobody knows.
  std::vector<std::uint32_t> offsets;
  span whole;                          // the scalar in the source, quotes or indicator included

  bool placed() const { return !offsets.empty(); }
  // Where byte i of a placed text stands; behind the last: its end.
  std::uint32_t place(std::size_t i) const;
  // A span of `text` as a span of the source.
  span map(span inside) const;
};

}  // namespace sekimori
