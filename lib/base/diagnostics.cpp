// base: makes and renders diagnostics. Entry points: make_diagnostic, render. Knows no format.
#include "base/diagnostics.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace sekimori {
namespace {

struct entry { std::string_view code, meaning; };
constexpr entry catalogue[] = {
#define SEKIMORI_DIAGNOSTIC(name, code, meaning) {code, meaning},
#include "base/catalogue.def"
#undef SEKIMORI_DIAGNOSTIC
};

constexpr std::uint32_t widest_line = 200;  // columns of source shown; longer lines are cut around the caret

std::string plain(std::string_view text) {
  std::string shown;
  for (std::size_t i = 0; i < text.size();) {
    char32_t c = decode_utf8(text, i);
    if (c == '\t') c = ' ';
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) c = 0xFFFD;  // a control character must not reach a terminal
    append_utf8(shown, c);
  }
  return shown;
}

// A line can be the whole of a large file: only what may be shown is looked at.
constexpr std::size_t most_bytes_looked_at = 8 * widest_line;

bool inside_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::string_view first_part(std::string_view text) {
  if (text.size() <= most_bytes_looked_at) return text;
  std::size_t end = most_bytes_looked_at;
  while (end > 0 && inside_character(text[end])) --end;
  return text.substr(0, end);
}

std::string_view last_part(std::string_view text) {
  if (text.size() <= most_bytes_looked_at) return text;
  std::size_t begin = text.size() - most_bytes_looked_at;
  while (begin < text.size() && inside_character(text[begin])) ++begin;
  return text.substr(begin);
}

void place(diagnostic& made, const source_text& source, span where) {
  made.file = source.name();
  auto at = source.position(where.begin);
  made.line = at.line;
  made.column = at.column;
  auto line = source.line(at.line);
  std::size_t begin = std::min<std::size_t>(where.begin - source.line_start(at.line), line.size());
  std::size_t end = std::min<std::size_t>(std::max(where.end, where.begin) - source.line_start(at.line), line.size());
  std::string before = plain(last_part(line.substr(0, begin)));
  std::string covered = plain(first_part(line.substr(begin, end - begin)));
  std::string after = plain(first_part(line.substr(end)));
  // A caret far to the right: show the text around it.
  while (display_width(before) > widest_line / 2) {
    std::size_t half = before.size() / 2;
    while (half < before.size() && (static_cast<unsigned char>(before[half]) & 0xC0) == 0x80) ++half;
    before = "…" + before.substr(half);
  }
  std::string shown = before + covered + after;
  std::uint32_t width = 0;
  for (std::size_t i = 0; i < shown.size();) {
    std::size_t start = i;
    width += display_width(decode_utf8(shown, i));
    if (width > widest_line) {
      shown.resize(start);
      shown += "…";
      break;
    }
  }
  made.source_line = std::move(shown);
  made.caret = display_width(before);
  made.width = std::max(1u, std::min(display_width(covered), widest_line > made.caret ? widest_line - made.caret : 1));
}

// Damerau-Levenshtein with adjacent swaps, cut off early by the caller's bound.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + cost});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = std::min(now[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, now);
  }
  return last[b.size()];
}

}  // namespace

std::string_view code_text(diagnostic_code code) { return catalogue[static_cast<std::size_t>(code)].code; }
std::string_view code_meaning(diagnostic_code code) { return catalogue[static_cast<std::size_t>(code)].meaning; }

diagnostic make_diagnostic(diagnostic_code code, std::string file, std::string message, diagnostic_details details) {
  diagnostic made;
  made.level = details.level;
  made.code = code_text(code);
  made.message = std::move(message);
  made.file = std::move(file);
  made.expected = std::move(details.expected);
  made.help = std::move(details.help);
  return made;
}

diagnostic make_diagnostic(diagnostic_code code, const source_text& source, span where, std::string message,
                           diagnostic_details details) {
  diagnostic made = make_diagnostic(code, source.name(), std::move(message), std::move(details));
  place(made, source, where);
  return made;
}

diagnostic make_diagnostic(diagnostic_code code, const located_text& expression, span inside, std::string message,
                           diagnostic_details details) {
  if (!expression.source) return make_diagnostic(code, std::string(), std::move(message), std::move(details));
  return make_diagnostic(code, *expression.source, expression.map(inside), std::move(message), std::move(details));
}

bool has_error(const std::vector<diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(), [](const diagnostic& one) { return one.level == diagnostic_level::error; });
}

std::string_view nearest(std::string_view name, const std::vector<std::string_view>& candidates) {
  std::string_view best;
  std::size_t best_distance = name.size() <= 3 ? 2 : name.size() <= 7 ? 3 : 4;  // one more than is accepted
  for (auto candidate : candidates) {
    if (candidate == name || candidate.size() + best_distance < name.size() || name.size() + best_distance < candidate.size()) continue;
    auto d = distance(name, candidate);
    if (d < best_distance || (d == best_distance && !best.empty() && candidate < best)) {
      best = candidate;
      best_distance = d;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view name, const std::vector<std::string_view>& candidates) {
  auto best = nearest(name, candidates);
  return best.empty() ? std::string() : "did you mean `" + std::string(best) + "`?";
}

std::string render(const diagnostic& shown, bool colour) {
  auto paint = [&](const char* code, const std::string& text) { return colour ? "\x1b[" + std::string(code) + "m" + text + "\x1b[0m" : text; };
  bool warning = shown.level == diagnostic_level::warning;
  std::string text = paint(warning ? "1;33" : "1;31", (warning ? "warning[" : "error[") + shown.code + "]") + ": " + plain(shown.message) + "\n";
  std::string number = shown.line > 0 ? std::to_string(shown.line) : "";
  std::string margin(std::max<std::size_t>(number.size(), 1), ' ');
  if (!shown.file.empty() || shown.line > 0) {
    text += margin + paint("36", "-->") + " " + (shown.file.empty() ? "<expression>" : plain(shown.file));
    if (shown.line > 0) text += ":" + number + ":" + std::to_string(shown.column);
    text += "\n";
  }
  if (shown.line > 0) {
    text += margin + " " + paint("36", "|") + "\n";
    text += paint("36", number + " |") + " " + shown.source_line + "\n";
    text += margin + " " + paint("36", "|") + " " + std::string(shown.caret, ' ') + paint(warning ? "1;33" : "1;31", std::string(shown.width, '^')) + "\n";
  }
  if (!shown.expected.empty()) text += margin + " = expected: " + plain(shown.expected) + "\n";
  if (!shown.help.empty()) text += margin + " = help: " + plain(shown.help) + "\n";
  return text;
}

std::string render(const std::vector<diagnostic>& shown, bool colour) {
  std::string text;
  for (auto& d : shown) {
    if (!text.empty()) text += "\n";
    text += render(d, colour);
  }
  return text;
}

}  // namespace sekimori
