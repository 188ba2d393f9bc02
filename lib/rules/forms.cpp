// rules: the forms, written as plain loops. Entry points: the forms of forms.hpp. Knows no nodes.
#include "rules/forms.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

#include "base/cloud_types.hpp"
#include "sekimori/version.h"

namespace sekimori::rules {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool lower(char c) { return c >= 'a' && c <= 'z'; }
bool letter(char c) { return lower(c) || (c >= 'A' && c <= 'Z'); }

template <class Allowed>
bool every(std::string_view text, Allowed allowed) {
  return std::all_of(text.begin(), text.end(), allowed);
}

bool not_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") != std::string_view::npos; }

// Parts between `separator`, none empty, each of which passes.
template <class Part>
bool parts(std::string_view text, char separator, Part part) {
  while (true) {
    const std::size_t stop = text.find(separator);
    const std::string_view one = text.substr(0, stop);
    if (one.empty() || !part(one)) return false;
    if (stop == std::string_view::npos) return true;
    text.remove_prefix(stop + 1);
  }
}

bool is_ruleset_id(std::string_view text) {
  return parts(text, '.', [](std::string_view part) {
    return (lower(part[0]) || digit(part[0])) &&
           every(part, [](char c) { return lower(c) || digit(c) || c == '-' || c == '_'; });
  });
}

bool is_rule_id(std::string_view text) {
  return !text.empty() && letter(text[0]) &&
         every(text, [](char c) { return letter(c) || digit(c) || c == '-' || c == '_' || c == '.'; });
}

bool is_rule_reference(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return is_rule_id(text);
  return is_ruleset_id(text.substr(0, slash)) && is_rule_id(text.substr(slash + 1));
}

bool is_local_id(std::string_view text) {
  return !text.empty() && (letter(text[0]) || digit(text[0])) &&
         every(text, [](char c) { return letter(c) || digit(c) || c == '-' || c == '_'; });
}

bool is_word(std::string_view text) {
  static constexpr std::array<std::string_view, 21> reserved = {
      "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop",
      "namespace", "null", "package", "return", "true", "var", "void", "while"};
  return !text.empty() && lower(text[0]) && every(text, [](char c) { return lower(c) || digit(c) || c == '_'; }) &&
         std::find(reserved.begin(), reserved.end(), text) == reserved.end();
}

bool is_standard_id(std::string_view text) {
  return !text.empty() && (letter(text[0]) || digit(text[0])) &&
         every(text, [](char c) { return letter(c) || digit(c) || c == '-' || c == '_' || c == '.'; });
}

bool is_clause_id(std::string_view text) {
  return not_blank(text) && text.front() != ' ' && text.back() != ' ' &&
         text.find_first_of(":\n\t") == std::string_view::npos;
}

bool is_clause_reference(std::string_view text) {
  const std::size_t colon = text.find(':');
  return colon != std::string_view::npos && is_standard_id(text.substr(0, colon)) &&
         is_clause_id(text.substr(colon + 1));
}

bool is_attribute_path(std::string_view text) {
  return parts(text, '.', [](std::string_view part) {
    return every(part, [](char c) { return letter(c) || digit(c) || c == '_' || c == '-'; });
  });
}

bool is_number(std::string_view text, std::size_t most_digits = 9) {
  return !text.empty() && text.size() <= most_digits && every(text, digit);
}

std::size_t count_dots(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '.'));
}

bool is_version(std::string_view text) {
  const std::string_view core = text.substr(0, text.find('-'));
  if (count_dots(core) != 2 || !parts(core, '.', [](std::string_view part) { return is_number(part); })) return false;
  if (core.size() == text.size()) return true;
  return parts(text.substr(core.size() + 1), '.', [](std::string_view part) {
    return every(part, [](char c) { return letter(c) || digit(c) || c == '-'; });
  });
}

bool is_engine(std::string_view text) {
  if (!text.starts_with(">=")) return false;
  text.remove_prefix(2);
  return count_dots(text) >= 1 && count_dots(text) <= 2 &&
         parts(text, '.', [](std::string_view part) { return is_number(part, 6); });
}

bool is_environment(std::string_view text) {
  return text.size() == 7 && day_number(std::string(text) + "-01").has_value();
}

bool is_node_id(std::string_view text) {
  return !text.empty() && (letter(text[0]) || digit(text[0])) &&
         every(text, [](char c) { return letter(c) || digit(c) || c == '-' || c == '_' || c == '.'; });
}

bool is_day(std::string_view text) { return day_number(text).has_value(); }

bool is_month_or_day(std::string_view text) {
  if (text.size() == 4) return every(text, digit);
  return is_day(text) || is_environment(text);
}

std::optional<int> two_digits(std::string_view text, std::size_t at) {
  if (at + 2 > text.size() || !digit(text[at]) || !digit(text[at + 1])) return std::nullopt;
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

bool is_moment(std::string_view text) {
  if (text.size() <= 10) return is_day(text);
  if (!is_day(text.substr(0, 10)) || text[10] != 'T' || text.size() < 20) return false;
  const auto hour = two_digits(text, 11), minute = two_digits(text, 14), second = two_digits(text, 17);
  if (!hour || !minute || !second || text[13] != ':' || text[16] != ':') return false;
  if (*hour > 23 || *minute > 59 || *second > 59) return false;
  const std::string_view zone = text.substr(19);
  if (zone == "Z") return true;
  return zone.size() == 6 && (zone[0] == '+' || zone[0] == '-') && zone[3] == ':' && two_digits(zone, 1).value_or(99) <= 23 &&
         two_digits(zone, 4).value_or(99) <= 59;
}

}  // namespace

const form any_text{not_blank, "text that is not blank"};
const form expression_text{not_blank, "a CEL expression"};
const form ruleset_id{is_ruleset_id, "lower-case words joined by dots, such as `baseline.network`"};
const form rule_id{is_rule_id, "letters, digits, `-`, `_` and `.`, beginning with a letter, such as `NET-01`"};
const form rule_reference{is_rule_reference, "a rule id such as `NET-01` or `baseline.network/NET-01`"};
const form local_id{is_local_id, "letters, digits, `-` and `_`, such as `admin-ports`"};
const form word{is_word, "lower-case letters, digits and `_`, beginning with a letter and no word of CEL's own, such as `admin_ports`"};
const form standard_id{is_standard_id, "letters, digits, `-`, `_` and `.`, such as `nist-800-53r5`"};
const form clause_id{is_clause_id, "a clause id without `:`, such as `SC-7`"};
const form clause_reference_form{is_clause_reference, "a standard and a clause joined by `:`, such as `nist-800-53r5:SC-7`"};
const form resource_type{is_resource_type, "a type of a cloud, such as `aws_s3_bucket` or `storage.googleapis.com/Bucket`"};
const form attribute_path{is_attribute_path, "attribute names joined by dots, without indexes, such as `versioning.enabled`"};
const form version_text{is_version, "three numbers joined by dots, such as `1.0.0`"};
const form engine_text{is_engine, "the oldest engine that will do, such as `\">=0.1\"`"};
const form environment_text{is_environment, "a year and a month, such as `2026-11`"};
const form node_id{is_node_id, "letters, digits, `-`, `_` and `.`, such as `welfare-portal.prod`"};
const form calendar_day{is_day, "a day of the calendar, YYYY-MM-DD, such as `2026-04-01`"};
const form month_or_day{is_month_or_day, "a year, a month or a day, such as `2023-04`"};
const form moment{is_moment, "a day or a time with its zone, such as `2026-11-24` or `2026-11-24T09:00:00+09:00`"};

std::optional<std::int64_t> day_number(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto century = two_digits(text, 0), year_of = two_digits(text, 2);
  const auto month = two_digits(text, 5), day = two_digits(text, 8);
  if (!century || !year_of || !month || !day) return std::nullopt;
  const int year = *century * 100 + *year_of;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  static constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1 || *month < 1 || *month > 12) return std::nullopt;
  const int length = lengths[*month - 1] + (*month == 2 && leap ? 1 : 0);
  if (*day < 1 || *day > length) return std::nullopt;
  // Counted from 1 March, so that the leap day is a year's last.
  const std::int64_t y = year - (*month <= 2 ? 1 : 0);
  const std::int64_t era = y / 400;
  const std::int64_t of_era = y - era * 400;
  const std::int64_t of_year = (153 * (*month + (*month > 2 ? -3 : 9)) + 2) / 5 + *day - 1;
  return era * 146'097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719'468;
}

std::optional<int> compare_versions(std::string_view left, std::string_view right) {
  while (!left.empty() || !right.empty()) {
    std::uint64_t numbers[2] = {0, 0};
    std::string_view* sides[2] = {&left, &right};
    for (int i = 0; i < 2; ++i) {
      std::string_view& side = *sides[i];
      if (side.empty()) continue;               // 1.2 and 1.2.0 are the same
      const std::string_view part = side.substr(0, side.find('.'));
      const auto [stop, problem] = std::from_chars(part.data(), part.data() + part.size(), numbers[i]);
      if (problem != std::errc() || stop != part.data() + part.size()) return std::nullopt;
      side.remove_prefix(part.size());
      if (!side.empty()) {
        side.remove_prefix(1);
        if (side.empty()) return std::nullopt;  // a dot at the end
      }
    }
    if (numbers[0] != numbers[1]) return numbers[0] < numbers[1] ? -1 : 1;
  }
  return 0;
}

bool engine_satisfies(std::string_view asked) {
  asked.remove_prefix(2);
  return compare_versions(SKM_VERSION_STRING, asked).value_or(-1) >= 0;
}

}  // namespace sekimori::rules
