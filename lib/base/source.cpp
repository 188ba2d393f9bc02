// base: line positions of a text. Entry point: source_text. Knows no format.
#include "base/source.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace sekimori {

source_text::source_text(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) {
  starts_.push_back(0);
  for (std::size_t end = text_.find('\n'); end != std::string::npos; end = text_.find('\n', end + 1)) {
    starts_.push_back(static_cast<std::uint32_t>(end + 1));
  }
}

std::uint32_t source_text::line_start(std::uint32_t line) const {
  return line >= 1 && line <= starts_.size() ? starts_[line - 1] : static_cast<std::uint32_t>(text_.size());
}

std::string_view source_text::line(std::uint32_t line) const {
  if (line < 1 || line > starts_.size()) return {};
  std::uint32_t begin = starts_[line - 1];
  std::uint32_t end = line < starts_.size() ? starts_[line] - 1 : static_cast<std::uint32_t>(text_.size());
  if (end > begin && text_[end - 1] == '\r') --end;
  return std::string_view(text_).substr(begin, end - begin);
}

line_column source_text::position(std::uint32_t offset) const {
  offset = std::min<std::uint32_t>(offset, static_cast<std::uint32_t>(text_.size()));
  auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  line_column at;
  at.line = static_cast<std::uint32_t>(after - starts_.begin());
  std::size_t i = starts_[at.line - 1];
  at.column = 1;
  while (i < offset) {
    decode_utf8(text_, i);
    ++at.column;
  }
  return at;
}

std::uint32_t located_text::place(std::size_t i) const {
  if (offsets.size() == 1) return offsets[0] + static_cast<std::uint32_t>(std::min(i, text.size()));
  return offsets[std::min(i, offsets.size() - 1)];
}

span located_text::map(span inside) const {
  if (offsets.empty()) {
    if (whole.end - whole.begin != text.size()) return whole;
    std::uint32_t begin = std::min(whole.begin + inside.begin, whole.end);
    return {begin, std::min(std::max(whole.begin + inside.end, begin), whole.end)};
  }
  std::uint32_t begin = place(inside.begin);
  // The end is taken from the last byte inside, so that a span never swallows the indentation or the
  // quotes that follow it.
  std::uint32_t end = inside.end > inside.begin ? place(inside.end - 1) + 1 : begin;
  return {begin, std::max(begin, end)};
}

}  // namespace sekimori
