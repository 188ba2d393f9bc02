// rules: the types of parameters, and values against them. Entry points: parse_parameter_type, mismatch.
// Knows no scopes.
#include "rules/parameter_type.hpp"

#include <array>

#include "base/text.hpp"
#include "rules/organisation.hpp"
#include "base/diagnostics.hpp"

namespace sekimori::rules {
namespace {

constexpr std::uint32_t deepest = 16;

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::optional<parameter_type> parse(std::string_view text, std::uint32_t depth) {
  static constexpr std::array<std::pair<std::string_view, parameter_kind>, 5> simple = {{
      {"bool", parameter_kind::boolean}, {"int", parameter_kind::integer}, {"double", parameter_kind::floating},
      {"string", parameter_kind::string}, {"dyn", parameter_kind::dyn}}};
  text = trim(text);
  for (const auto& [name, kind] : simple) {
    if (text == name) return parameter_type{kind, {}};
  }
  if (depth == 0 || !text.ends_with(')')) return std::nullopt;
  parameter_type made;
  std::string_view inside;
  if (text.starts_with("list(")) {
    made.kind = parameter_kind::list;
    inside = text.substr(5, text.size() - 6);
  } else if (text.starts_with("map(")) {
    made.kind = parameter_kind::map;
    inside = text.substr(4, text.size() - 5);
    const std::size_t comma = inside.find(',');
    if (comma == std::string_view::npos || trim(inside.substr(0, comma)) != "string") return std::nullopt;
    inside.remove_prefix(comma + 1);
  } else {
    return std::nullopt;
  }
  auto element = parse(inside, depth - 1);
  if (!element) return std::nullopt;
  made.element.push_back(std::move(*element));
  return made;
}

// The end of the JSON value that begins at `at`. The text is our own, so it is well formed.
std::size_t value_end(std::string_view json, std::size_t at) {
  std::size_t depth = 0;
  for (; at < json.size(); ++at) {
    const char c = json[at];
    if (c == '"') {
      for (++at; at < json.size() && json[at] != '"'; ++at) at += json[at] == '\\' ? 1 : 0;
    } else if (c == '[' || c == '{') {
      ++depth;
    } else if (c == ']' || c == '}') {
      if (depth == 0) return at;
      --depth;
    } else if (depth == 0 && (c == ',' || c == ':')) {
      return at;
    }
  }
  return json.size();
}

std::string_view kind_words(std::string_view json) {
  if (json.empty() || json == "null") return "nothing";
  if (is_list(json)) return "a list";
  if (is_map(json)) return "a mapping";
  if (is_text(json)) return "a string";
  if (json == "true" || json == "false") return "true or false";
  return json.find_first_of(".e") == std::string_view::npos ? "a whole number" : "a number with a fraction";
}

}  // namespace

std::optional<parameter_type> parse_parameter_type(std::string_view text) { return parse(text, deepest); }

std::string to_text(const parameter_type& shown_type) {
  switch (shown_type.kind) {
    case parameter_kind::boolean: return "bool";
    case parameter_kind::integer: return "int";
    case parameter_kind::floating: return "double";
    case parameter_kind::string: return "string";
    case parameter_kind::dyn: return "dyn";
    case parameter_kind::list: return "list(" + to_text(shown_type.element[0]) + ")";
    case parameter_kind::map: return "map(string, " + to_text(shown_type.element[0]) + ")";
  }
  return "dyn";
}

bool is_list(std::string_view json) { return json.starts_with('['); }
bool is_map(std::string_view json) { return json.starts_with('{'); }
bool is_text(std::string_view json) { return json.starts_with('"'); }

std::vector<std::string_view> items_of(std::string_view json) {
  std::vector<std::string_view> made;
  for (std::size_t at = 1; at + 1 < json.size();) {
    const std::size_t end = value_end(json, at);
    made.push_back(json.substr(at, end - at));
    at = end + 1;
  }
  return made;
}

std::vector<std::pair<std::string_view, std::string_view>> members_of(std::string_view json) {
  std::vector<std::pair<std::string_view, std::string_view>> made;
  for (std::size_t at = 1; at + 1 < json.size();) {
    const std::size_t colon = value_end(json, at);
    const std::size_t end = value_end(json, colon + 1);
    made.emplace_back(json.substr(at, colon - at), json.substr(colon + 1, end - colon - 1));
    at = end + 1;
  }
  return made;
}

std::string text_of(std::string_view json_string) {
  std::string made;
  if (json_string.size() < 2) return made;
  json_string = json_string.substr(1, json_string.size() - 2);
  for (std::size_t at = 0; at < json_string.size(); ++at) {
    if (json_string[at] != '\\' || at + 1 >= json_string.size()) {
      made += json_string[at];
      continue;
    }
    const char escape = json_string[++at];
    if (escape == 'n') made += '\n';
    else if (escape == 't') made += '\t';
    else if (escape == 'r') made += '\r';
    else if (escape == 'u') {
      char32_t code_point = 0;
      for (int i = 0; i < 4 && at + 1 < json_string.size(); ++i) {
        const char c = json_string[++at];
        code_point = code_point * 16 + static_cast<char32_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
      }
      append_utf8(made, code_point);
    } else made += escape;
  }
  return made;
}

std::string shown(std::string_view json) {
  return cut_utf8(json, 80, "...");
}

std::string mismatch(const parameter_type& declared, std::string_view json) {
  const auto wrong = [&] { return "is " + std::string(kind_words(json)); };
  switch (declared.kind) {
    case parameter_kind::dyn: return {};
    case parameter_kind::boolean: return json == "true" || json == "false" ? "" : wrong();
    case parameter_kind::string: return is_text(json) ? "" : wrong();
    case parameter_kind::integer: return kind_words(json) == "a whole number" ? "" : wrong();
    case parameter_kind::floating: return kind_words(json) == "a number with a fraction" ? "" : wrong();
    case parameter_kind::list: {
      if (!is_list(json)) return wrong();
      std::size_t number = 0;
      for (const std::string_view item : items_of(json)) {
        ++number;
        std::string problem = mismatch(declared.element[0], item);
        if (!problem.empty()) return "its item " + std::to_string(number) + " " + problem;
      }
      return {};
    }
    case parameter_kind::map: {
      if (!is_map(json)) return wrong();
      for (const auto& [key, value] : members_of(json)) {
        std::string problem = mismatch(declared.element[0], value);
        if (!problem.empty()) return "its key " + std::string(key) + " " + problem;
      }
      return {};
    }
  }
  return {};
}

std::vector<diagnostic> check_parameter(const parameter& declared, const literal& given) {
  const auto type = parse_parameter_type(declared.type.text);
  if (!type) return {};                         // the declaration was reported when it was read
  const std::string problem = mismatch(*type, given.json);
  if (problem.empty()) return {};
  diagnostic_details details;
  details.expected = to_text(*type);
  if (type->kind == parameter_kind::floating) details.help = "write a fraction: 1.0, not 1";
  std::string message = "the value of `" + declared.name.text + "` is not " + to_text(*type) + ": " +
                        (problem.starts_with("is ") ? "it " + problem : problem);
  if (given.source) return {make_diagnostic(diagnostic_code::parameter_value, *given.source, given.where, std::move(message), std::move(details))};
  return {make_diagnostic(diagnostic_code::parameter_value, std::string("(option)"), std::move(message), std::move(details))};
}

}  // namespace sekimori::rules
