// rules: words for mistakes of YAML. Entry points: first_words, parse_words, offset_at, help_for, in_ticks, too_many.
#include "rules/yaml_words.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>

#include "base/diagnostics.hpp"
#include "base/text.hpp"
#include "rules/yaml_reader.hpp"

namespace sekimori::rules {

void first_words::keep(std::string_view more) {
  more = more.substr(0, text.size() - size);
  std::copy(more.begin(), more.end(), text.begin() + static_cast<std::ptrdiff_t>(size));
  size += more.size();
}

// "<memory...>:3:1: error: flow sequence without a closing bracket\n..."
said parse_words(std::string_view words) {
  static constexpr std::string_view mark = ": error: ";
  said made;
  const std::size_t at = words.find(mark);
  if (at == std::string_view::npos) return made;
  const std::string_view rest = words.substr(at + mark.size());
  made.message = std::string(rest.substr(0, rest.find('\n')));
  const std::string_view place = words.substr(0, at);
  const std::size_t second = place.rfind(':');
  const std::size_t first = second == std::string_view::npos || second == 0 ? second : place.rfind(':', second - 1);
  if (first == std::string_view::npos) return made;
  std::from_chars(place.data() + first + 1, place.data() + second, made.line);
  std::from_chars(place.data() + second + 1, place.data() + place.size(), made.column);
  return made;
}

std::uint32_t offset_at(const source_text& source, const said& told) {
  if (told.line < 1) return 0;
  const std::string_view text = source.text();
  const auto lines = static_cast<int>(source.position(static_cast<std::uint32_t>(text.size())).line);
  std::size_t at = source.line_start(static_cast<std::uint32_t>(std::min(told.line, lines)));
  for (int i = 1; i < told.column && at < text.size() && text[at] != '\n'; ++i) decode_utf8(text, at);
  return static_cast<std::uint32_t>(at);
}

std::string help_for(std::string_view message) {
  if (message.find("invalid multiline plain key") != std::string_view::npos ||
      message.find("could not find expected ':'") != std::string_view::npos) {
    return "check the indentation (spaces only) and that every key is followed by `: `";
  }
  if (message.find("tab character") != std::string_view::npos) return "indent with spaces";
  if (message.find("quoted scalar") != std::string_view::npos) {
    return "close the quote that opens here; lines that follow are indented deeper than its key";
  }
  if (message.find("closing bracket") != std::string_view::npos || message.find("missing comma") != std::string_view::npos) {
    return "close every `[` and `{` that was opened, and put text that holds `: ` in quotes";
  }
  if (message.find("plain scalar cannot start") != std::string_view::npos ||
      message.find("nested block mapping") != std::string_view::npos) {
    return "put text that holds `: `, ` #` or begins with a special character in quotes";
  }
  return {};
}

std::string in_ticks(std::string_view text) {
  constexpr std::size_t longest = 80;
  if (text.size() <= longest) return "`" + std::string(text) + "`";
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return "`" + std::string(text.substr(0, end)) + "...`";
}

diagnostic too_many(const source_text& source, span where) {
  return make_diagnostic(diagnostic_code::limit_exceeded, source, where,
                         "there are more mistakes than are shown; those that follow this place are left out");
}

}  // namespace sekimori::rules
