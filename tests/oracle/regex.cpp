// oracle: the regex pack by its definition: matches from left to right, found one place after another. Entry point:
// regex_call. Matching itself is RE2's.
#include <re2/re2.h>

#include "text.hpp"

namespace oracle {

namespace {

using match = std::vector<std::string>;  // the whole and the groups; a group that took no part is empty

struct found_at {
  std::size_t begin;
  std::size_t end;
  match parts;
};

// An empty match right behind another one is none.
std::vector<found_at> all_matches(const re2::RE2& pattern, const std::string& text) {
  std::vector<found_at> found;
  std::vector<re2::StringPiece> parts(static_cast<std::size_t>(pattern.NumberOfCapturingGroups()) + 1);
  std::size_t free_from = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    bool inside = at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80;  // of a character
    if (inside || at < free_from) continue;
    if (!pattern.Match(text, at, text.size(), re2::RE2::ANCHOR_START, parts.data(), static_cast<int>(parts.size()))) continue;
    std::size_t end = at + parts[0].size();
    if (end == at && !found.empty() && found.back().end == at) continue;
    found.push_back({at, end, {}});
    for (const re2::StringPiece& part : parts) found.back().parts.emplace_back(part.data() == nullptr ? "" : std::string(part.data(), part.size()));
    free_from = end;
  }
  return found;
}

// \0 to \9 are groups, \\ is one \.
bool expand(const std::string& replacement, const match& parts, std::string& to) {
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    if (replacement[i] != '\\') {
      to += replacement[i];
      continue;
    }
    if (++i == replacement.size()) return false;
    if (replacement[i] == '\\') {
      to += '\\';
      continue;
    }
    if (replacement[i] < '0' || replacement[i] > '9' || static_cast<std::size_t>(replacement[i] - '0') >= parts.size()) return false;
    to += parts[static_cast<std::size_t>(replacement[i] - '0')];
  }
  return true;
}

}  // namespace

value regex_call(std::string_view name, const std::vector<value>& given) {
  if (given.size() < 2) return error{};
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (i < 3 ? !given[i].is<std::string>() : !given[i].is<std::int64_t>()) return error{};
  }
  const std::string& text = given[0].as<std::string>();
  std::int64_t most = given.size() == 4 ? given[3].as<std::int64_t>() : -1;
  if (name == "replace" && most == 0) return text;
  re2::RE2 pattern(given[1].as<std::string>(), re2::RE2::Quiet);
  if (!pattern.ok()) return error{};
  std::vector<found_at> found = all_matches(pattern, text);
  if (name == "replace" && given.size() >= 3) {
    std::string made;
    std::size_t copied = 0;
    for (const found_at& one : found) {
      if (most-- == 0) break;
      made += text.substr(copied, one.begin - copied);
      if (!expand(given[2].as<std::string>(), one.parts, made)) return error{};
      copied = one.end;
    }
    return made + text.substr(copied);
  }
  if (pattern.NumberOfCapturingGroups() > 1) return error{};
  const bool grouped = pattern.NumberOfCapturingGroups() == 1;
  if (name == "extract") {
    if (found.empty() || (grouped && found[0].parts[1].empty())) return optional{};
    return optional{{found[0].parts.back()}};
  }
  list made;
  for (const found_at& one : found) {
    if (!grouped || !one.parts[1].empty()) made.elements.push_back(one.parts.back());
  }
  return made;
}

}  // namespace oracle
