// report: lines of a terminal, wrapped by display width. Entry point: text_page. Knows no report.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sekimori {

enum class text_style : std::uint8_t { plain, bold, dim, red, yellow, blue, green };

struct text_run {
  std::string text;
  text_style style = text_style::plain;
};

class text_page {
 public:
  // `width` is brought into 40 to 400 columns.
  text_page(std::string& to, std::uint32_t width, bool colour);

  void blank() { to_ += '\n'; }
  void rule(char with);
  // One paragraph: the first line indented by `first` columns, the others by `rest`. Every control character in the runs
  // but the line feed is written out; a line feed begins a new line.
  void paragraph(std::uint32_t first, std::uint32_t rest, const std::vector<text_run>& runs);
  void paragraph(std::uint32_t indent, std::string_view text, text_style style = text_style::plain);
  // "label  text", the text in a column of its own.
  void labelled(std::uint32_t indent, std::uint32_t label_width, std::string_view label, std::string_view text,
                text_style style = text_style::plain);
  // Cells in columns; the last one wraps. Column widths without the last.
  void row(std::uint32_t indent, const std::vector<std::uint32_t>& widths, const std::vector<text_run>& cells);

  std::uint32_t width() const { return width_; }

 private:
  struct cell {
    std::string bytes;
    std::uint32_t width;
    char32_t code_point;
    text_style style;
  };
  void append_cells(std::vector<cell>& cells, std::string_view line, text_style style) const;
  void write_wrapped(const std::vector<cell>& cells, std::uint32_t first, std::uint32_t rest);
  void write_line(const std::vector<cell>& cells, std::size_t begin, std::size_t end, std::uint32_t indent);

  std::string& to_;
  std::uint32_t width_;
  bool colour_;
};

}  // namespace sekimori
