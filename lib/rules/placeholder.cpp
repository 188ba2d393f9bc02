// rules: messages with CEL between braces. Entry point: message_compiler.
#include "base/diagnostics.hpp"
#include "rules/checked.hpp"

namespace sekimori::rules {
namespace {

// The end of a placeholder that begins at `at`: the brace that closes it, strings and nested braces skipped.
std::size_t closing_brace(std::string_view text, std::size_t at) {
  int depth = 0;
  for (std::size_t i = at; i < text.size(); ++i) {
    char c = text[i];
    if (c == '"' || c == '\'') {
      for (++i; i < text.size() && text[i] != c; ++i) {
        if (text[i] == '\\') ++i;
      }
    } else if (c == '{') {
      ++depth;
    } else if (c == '}') {
      if (depth == 0) return i;
      --depth;
    }
  }
  return std::string_view::npos;
}

// Each is a program of its own with memory of its own; a sentence that people read has a few.
constexpr std::size_t most_placeholders = 50;

located_text part_of(const located_string& text, std::size_t begin, std::size_t length) {
  located_text part;
  part.text = text.text.substr(begin, length);
  part.source = text.source;
  part.whole = text.where;
  // Placeholders stand in one-line texts nearly always; where the text is a slice of the file its place is
  // exact, else the whole scalar is pointed at.
  if (text.source) {
    auto slice = text.source->text().substr(text.where.begin, text.where.end - text.where.begin);
    auto found = slice.find(part.text);
    if (found != std::string_view::npos) {
      part.offsets = {static_cast<std::uint32_t>(text.where.begin + found)};
    }
  }
  return part;
}

}  // namespace

// Messages say the same few things, and where a placeholder stands matters only to what is wrong with it: one that is
// right is compiled once for all messages over the same names.
cel::compiled_ptr message_compiler::placeholder(const located_string& text, std::size_t begin, std::size_t length, const cel::environment& names) {
  const std::string_view written = std::string_view(text.text).substr(begin, length);
  auto& known = known_[&names];
  if (auto found = known.find(written); found != known.end()) return found->second;
  cel::environment::compile_options options;
  options.constants = diagnostic_level::error;
  options.memory = trees_;
  auto compiled = names.compile(part_of(text, begin, length), options);
  if (!compiled) {
    for (auto& d : compiled.diagnostics()) mistakes_.push_back(d);
    return nullptr;
  }
  return known.emplace(compiled.value()->text.text, compiled.value()).first->second;
}

message_template message_compiler::compile(const located_string& text, const cel::environment& names) {
  message_template pieces;
  std::string plain;
  std::size_t placeholders = 0;
  auto report = [&](std::string message, std::string help) {
    if (text.source) mistakes_.push_back(make_diagnostic(diagnostic_code::placeholder, *text.source, text.where, std::move(message), {"", std::move(help)}));
  };
  const std::string& from = text.text;
  for (std::size_t i = 0; i < from.size(); ++i) {
    // What stands before the next brace is taken whole.
    std::size_t brace = i;
    while (brace < from.size() && from[brace] != '{' && from[brace] != '}') ++brace;
    plain.append(from, i, brace - i);
    i = brace;
    if (i == from.size()) break;
    if (from[i] == '{' && i + 1 < from.size() && from[i + 1] == '{') {
      plain += '{';
      ++i;
    } else if (from[i] == '}') {
      if (i + 1 < from.size() && from[i + 1] == '}') {
        plain += '}';
        ++i;
      } else {
        report("`}` without an opening brace in a message", "write `}}` for a brace in the text");
        return pieces;
      }
    } else if (from[i] == '{') {
      std::size_t end = closing_brace(from, i + 1);
      if (end == std::string::npos || end == i + 1) {
        report(end == std::string::npos ? "a placeholder is not closed" : "a placeholder is empty", "write `{expression}`, or `{{` for a brace in the text");
        return pieces;
      }
      if (++placeholders > most_placeholders) {
        report("a message has more than " + std::to_string(most_placeholders) + " placeholders", "say less in the message");
        return pieces;
      }
      if (!plain.empty()) pieces.push_back({std::move(plain), nullptr});
      plain.clear();
      if (auto compiled = placeholder(text, i + 1, end - i - 1, names)) pieces.push_back({std::string(), std::move(compiled)});
      i = end;
    }
  }
  if (!plain.empty()) pieces.push_back({std::move(plain), nullptr});
  return pieces;
}

}  // namespace sekimori::rules
