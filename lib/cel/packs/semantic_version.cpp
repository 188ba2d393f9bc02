// cel: semantic versions. Entry point: parse_version.
#include "cel/packs/semantic_version.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace sekimori::cel {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_number(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

bool is_identifier(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  });
}

bool read_number(std::string_view text, std::uint64_t& number) {
  if (!is_number(text) || (text.size() > 1 && text[0] == '0')) return false;
  return std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc();
}

std::vector<std::string_view> split(std::string_view text, char separator, std::size_t most = std::string_view::npos) {
  std::vector<std::string_view> pieces;
  while (pieces.size() + 1 < most) {
    std::size_t at = text.find(separator);
    if (at == std::string_view::npos) break;
    pieces.push_back(text.substr(0, at));
    text.remove_prefix(at + 1);
  }
  pieces.push_back(text);
  return pieces;
}

// A number's leading zeros taken off; "0-x" keeps its zero.
std::string without_leading_zeros(std::string_view text) {
  if (text.size() < 2) return std::string(text);
  std::size_t zeros = std::min(text.find_first_not_of('0'), text.size());
  text.remove_prefix(zeros);
  return text.empty() || !is_digit(text[0]) ? "0" + std::string(text) : std::string(text);
}

bool normalized(std::string_view text, std::string& made) {
  if (!text.empty() && text[0] == 'v') text.remove_prefix(1);
  std::vector<std::string_view> pieces = split(text, '.', 3);
  if (pieces.size() < 3 && pieces.back().find_first_of("+-") != std::string_view::npos) return false;
  for (std::size_t i = 0; i < 3; ++i) {
    if (i > 0) made += '.';
    made += i < pieces.size() ? without_leading_zeros(pieces[i]) : "0";
  }
  return true;
}

int compare_identifiers(const std::string& a, const std::string& b) {
  bool numbers = is_number(a) && is_number(b);
  if (numbers && a.size() != b.size()) return a.size() < b.size() ? -1 : 1;  // neither has leading zeros
  if (is_number(a) != is_number(b)) return is_number(a) ? -1 : 1;
  int order = a.compare(b);
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

}  // namespace

bool parse_version(std::string_view text, bool normalize, semantic_version& parsed) {
  parsed = {};
  std::string made;
  if (normalize) {
    if (!normalized(text, made)) return false;
    text = made;
  }
  std::vector<std::string_view> pieces = split(text, '.', 3);
  if (pieces.size() != 3) return false;
  std::string_view patch = pieces[2];
  std::size_t plus = patch.find('+');
  if (plus != std::string_view::npos) {
    parsed.build = patch.substr(plus + 1);
    patch = patch.substr(0, plus);
    for (std::string_view one : split(parsed.build, '.')) {
      if (!is_identifier(one)) return false;
    }
  }
  std::size_t dash = patch.find('-');
  if (dash != std::string_view::npos) {
    for (std::string_view one : split(patch.substr(dash + 1), '.')) {
      std::uint64_t number = 0;
      if (!is_identifier(one) || (is_number(one) && !read_number(one, number))) return false;
      parsed.prerelease.emplace_back(one);
    }
    patch = patch.substr(0, dash);
  }
  return read_number(pieces[0], parsed.major) && read_number(pieces[1], parsed.minor) && read_number(patch, parsed.patch);
}

int compare(const semantic_version& a, const semantic_version& b) {
  const std::array<std::uint64_t, 3> left = {a.major, a.minor, a.patch};
  const std::array<std::uint64_t, 3> right = {b.major, b.minor, b.patch};
  if (left != right) return left < right ? -1 : 1;
  if (a.prerelease.empty() != b.prerelease.empty()) return a.prerelease.empty() ? 1 : -1;
  for (std::size_t i = 0; i < a.prerelease.size() && i < b.prerelease.size(); ++i) {
    int order = compare_identifiers(a.prerelease[i], b.prerelease[i]);
    if (order != 0) return order;
  }
  if (a.prerelease.size() == b.prerelease.size()) return 0;
  return a.prerelease.size() < b.prerelease.size() ? -1 : 1;
}

std::string to_string(const semantic_version& of) {
  std::string text = std::to_string(of.major) + "." + std::to_string(of.minor) + "." + std::to_string(of.patch);
  for (std::size_t i = 0; i < of.prerelease.size(); ++i) text += (i == 0 ? "-" : ".") + of.prerelease[i];
  if (!of.build.empty()) text += "+" + of.build;
  return text;
}

}  // namespace sekimori::cel
