// differential: rewriting by the texts of the productions. Entry points: rewrite.hpp.
#include "rewrite.hpp"

#include <cctype>

namespace differential {

namespace {

node wrapped(node inner, const char* before, const char* after) { return {{before, after}, {std::move(inner)}}; }

bool is_text(const node& n) {
  if (!n.parts.empty() || n.texts[0].size() < 2) return false;
  char first = n.texts[0][0];
  return first == '\'' || first == '"' || (std::tolower(static_cast<unsigned char>(first)) == 'r' && (n.texts[0][1] == '\'' || n.texts[0][1] == '"'));
}

// The position behind the text literal in single quotes that begins at `at`.
std::size_t literal_end(const std::string& in, std::size_t at) {
  std::size_t end = at + 1;
  while (end < in.size() && in[end] != '\'') end += in[end] == '\\' ? 2 : 1;
  return end + 1;
}

}  // namespace

node separate_signs(node of) {
  for (node& part : of.parts) part = separate_signs(std::move(part));
  for (std::size_t i = 0; i < of.parts.size(); ++i) {
    std::string& before = of.texts[i];
    std::size_t last = before.find_last_not_of(' ');
    char sign = last == std::string::npos ? ' ' : before[last];
    if (sign != '!' && sign != '-') continue;
    if (last > 0 && before[last - 1] == sign) {
      before.insert(last, "(");
      of.texts[i + 1].insert(0, ")");
    }
    std::string inner = write(of.parts[i]);
    if (inner.starts_with(sign)) of.parts[i] = wrapped(std::move(of.parts[i]), "(", ")");
  }
  return of;
}

node hide_constants(node of) {
  for (node& part : of.parts) part = is_text(part) ? wrapped(std::move(part), "string(", ")") : hide_constants(std::move(part));
  for (std::string& text : of.texts) {
    for (const char* call : {"ip(", "cidr(", "isCanonical(", "containsIP(", "containsCIDR("}) {
      const std::string begin = std::string(call) + "'";
      for (std::size_t at = 0; (at = text.find(begin, at)) != std::string::npos; at += begin.size()) {
        std::size_t first = at + begin.size() - 1;
        text.insert(literal_end(text, first), ")");
        text.insert(first, "string(");
      }
    }
  }
  std::size_t format = of.texts[0].find("'.format(");
  if (format != std::string::npos && of.texts[0][0] == '\'') of.texts[0] = "string(" + of.texts[0].substr(0, format + 1) + ")" + of.texts[0].substr(format + 1);
  return of;
}

node hide_nulls(node of) {
  for (node& part : of.parts) part = hide_nulls(std::move(part));
  if (of.parts.empty() && of.texts[0] == "null") of.texts[0] = "dyn(null)";
  return of;
}

node hide_open_types(node of) {
  for (node& part : of.parts) part = hide_open_types(std::move(part));
  bool opens = false;
  for (std::size_t i = 0; i < of.parts.size(); ++i) {
    for (const std::string macro : {".sortBy(", ".optMap(", ".optFlatMap("}) {
      std::size_t at = of.texts[i].find(macro);
      if (at == std::string::npos) continue;
      opens = true;
      at += macro.size();
      const std::string name = of.texts[i].substr(at, of.texts[i].find(',', at) - at);
      of.parts[i] = wrapped(std::move(of.parts[i]), ("cel.bind(" + name + ", dyn(" + name + "), dyn(").c_str(), "))");
    }
  }
  return opens ? wrapped(std::move(of), "dyn(", ")") : of;
}

}  // namespace differential
