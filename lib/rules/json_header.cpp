// rules: see json_header.hpp.
#include "rules/json_header.hpp"

#include <cstddef>

namespace sekimori::rules {

std::optional<std::string_view> after_header_key(std::string_view text) {
  std::size_t depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && depth > 0) --depth;
    if (c != '"') continue;
    const std::size_t begin = ++at;
    while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
    if (depth == 1 && at < text.size() && text.substr(begin, at - begin) == "sekimori") return text.substr(at + 1);
  }
  return std::nullopt;
}

}  // namespace sekimori::rules
