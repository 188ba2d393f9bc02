// inventory: see lines.hpp.
#include "inventory/lines.hpp"

#include "base/text.hpp"

namespace sekimori::inventory {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

// The next line, without its end, taken off the text.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return trimmed(line);
}

}  // namespace

bool looks_like_lines(std::string_view text) {
  constexpr std::size_t longest_line = 4 << 20;   // a document without line ends is not searched from end to end
  if (text.substr(0, longest_line).find('\n') == std::string_view::npos) return false;
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  std::string_view first;
  while (first.empty() && !text.empty()) first = take_line(text);
  if (first.size() < 2 || first.front() != '{' || first.back() != '}') return false;
  const std::size_t next = text.find_first_not_of(" \t\r\n");
  return next != std::string_view::npos && text[next] == '{';
}

void each_line(std::string_view text, const std::function<void(std::string_view line)>& take) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (!line.empty()) take(line);
  }
}

std::string lines_json(std::string_view text) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  std::string made;
  made.reserve(text.size() + text.size() / 256 + 16);
  made += '[';
  bool any = false;
  for (bool first = true; !text.empty(); first = false) {
    if (!first) made += '\n';
    const char* begin = text.data();
    const std::string_view line = take_line(text);
    if (line.empty()) continue;
    if (any) made += ',';
    made.append(static_cast<std::size_t>(line.data() - begin), ' ').append(line);
    any = true;
  }
  made += ']';
  return made;
}

}  // namespace sekimori::inventory
