// report: lines of a terminal, wrapped by display width. Entry point: text_page. Knows no report.
#include "report/text_page.hpp"

#include <algorithm>
#include <string_view>

#include "base/text.hpp"
#include "report/visible.hpp"

namespace sekimori {

namespace {

std::string_view code_of(text_style style) {
  switch (style) {
    case text_style::plain: return "";
    case text_style::bold: return "\x1b[1m";
    case text_style::dim: return "\x1b[2m";
    case text_style::red: return "\x1b[1;31m";
    case text_style::yellow: return "\x1b[33m";
    case text_style::blue: return "\x1b[36m";
    case text_style::green: return "\x1b[32m";
  }
  return "";
}

// Characters that Japanese typesetting does not put at the start of a line.
bool never_first(char32_t c) {
  static constexpr std::u32string_view set = U"、。，．・：；！？)]}）］｝〕〉》」』】’”ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々ゝ…,.:;!?%";
  return set.find(c) != std::u32string_view::npos;
}

// ... and at the end of one.
bool never_last(char32_t c) {
  static constexpr std::u32string_view set = U"([{（［｛〔〈《「『【‘“";
  return set.find(c) != std::u32string_view::npos;
}

}  // namespace

text_page::text_page(std::string& to, std::uint32_t width, bool colour)
    : to_(to), width_(std::clamp<std::uint32_t>(width, 40, 400)), colour_(colour) {}

void text_page::rule(char with) {
  to_.append(width_, with);
  to_ += '\n';
}

void text_page::append_cells(std::vector<cell>& cells, std::string_view line, text_style style) const {
  for (std::size_t offset = 0; offset < line.size();) {
    const std::size_t begin = offset;
    const char32_t code_point = decode_utf8(line, offset);
    cells.push_back({std::string(line.substr(begin, offset - begin)), display_width(code_point), code_point, style});
  }
}

void text_page::paragraph(std::uint32_t first, std::uint32_t rest, const std::vector<text_run>& runs) {
  std::vector<cell> cells;
  std::uint32_t indent = first;
  for (const text_run& run : runs) {
    const std::vector<std::string> lines = visible_lines(run.text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (i > 0) {
        write_wrapped(cells, indent, rest);
        cells.clear();
        indent = rest;
      }
      append_cells(cells, lines[i], run.style);
    }
  }
  write_wrapped(cells, indent, rest);
}

void text_page::paragraph(std::uint32_t indent, std::string_view text, text_style style) {
  paragraph(indent, indent, {{std::string(text), style}});
}

void text_page::labelled(std::uint32_t indent, std::uint32_t label_width, std::string_view label, std::string_view text,
                         text_style style) {
  row(indent, {label_width}, {{std::string(label), text_style::dim}, {std::string(text), style}});
}

void text_page::row(std::uint32_t indent, const std::vector<std::uint32_t>& widths, const std::vector<text_run>& cells) {
  std::vector<text_run> runs;
  std::uint32_t at = indent;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    runs.push_back(cells[i]);
    if (i >= widths.size()) continue;
    const std::uint32_t used = display_width(visible(cells[i].text));
    const std::uint32_t padding = used < widths[i] ? widths[i] - used : 1;
    if (i + 1 < cells.size()) runs.push_back({std::string(padding, ' '), text_style::plain});
    at += widths[i];
  }
  paragraph(indent, std::min(at, width_ / 2), runs);
}

void text_page::write_wrapped(const std::vector<cell>& cells, std::uint32_t first, std::uint32_t rest) {
  if (cells.empty()) {
    to_ += '\n';
    return;
  }
  std::size_t begin = 0;
  std::uint32_t indent = first;
  while (begin < cells.size()) {
    const std::uint32_t room = indent + 20 < width_ ? width_ - indent : 20;
    std::uint32_t used = 0;
    std::size_t end = begin;
    std::size_t last_break = begin;
    while (end < cells.size() && used + cells[end].width <= room) {
      used += cells[end].width;
      ++end;
      if (end == cells.size()) break;
      const cell& before = cells[end - 1];
      const cell& after = cells[end];
      if (after.width == 0 || before.code_point == 0x200d) continue;
      const bool wide = (before.width == 2 || after.width == 2) && !never_first(after.code_point) &&
                        !never_last(before.code_point) && after.code_point != ' ';
      if (before.code_point == ' ' || wide) last_break = end;
    }
    if (end < cells.size() && last_break > begin) end = last_break;
    if (end == begin) ++end;
    write_line(cells, begin, end, indent);
    begin = end;
    while (begin < cells.size() && cells[begin].code_point == ' ') ++begin;
    indent = rest;
  }
}

void text_page::write_line(const std::vector<cell>& cells, std::size_t begin, std::size_t end, std::uint32_t indent) {
  while (end > begin && cells[end - 1].code_point == ' ') --end;
  to_.append(indent, ' ');
  text_style style = text_style::plain;
  for (std::size_t i = begin; i < end; ++i) {
    if (colour_ && cells[i].style != style) {
      if (style != text_style::plain) to_ += "\x1b[0m";
      to_ += code_of(cells[i].style);
      style = cells[i].style;
    }
    to_ += cells[i].bytes;
  }
  if (style != text_style::plain) to_ += "\x1b[0m";
  to_ += '\n';
}

}  // namespace sekimori
