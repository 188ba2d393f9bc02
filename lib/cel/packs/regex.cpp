// cel: the regex pack as cel-go's ext/regex has it. Entry point: regex_pack. Patterns are RE2's.
#include "cel/packs/regex.hpp"

#include <limits>
#include <string>

#include "cel/cost/rules.hpp"
#include "cel/packs/support.hpp"

namespace sekimori::cel {
namespace {

using arguments = std::span<const value>;

value invalid(call_context& context, std::string_view message) {
  return context.fail(evaluation_error_code::invalid_argument, message);
}

// A replacement with \0 to \9 and \\ put in; false: `failed` says why not.
bool expand(call_context& context, std::string_view replacement, const regex_match& match, std::string& to, value& failed) {
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    if (replacement[i] != '\\') {
      to += replacement[i];
      continue;
    }
    char next = ++i < replacement.size() ? replacement[i] : '\0';
    if (next == '\\') {
      to += next;
      continue;
    }
    if (next < '0' || next > '9') {
      failed = invalid(context, "in a replacement, a digit or \\ follows \\");
      return false;
    }
    auto group = static_cast<std::size_t>(next - '0');
    if (group >= match.size()) {
      failed = invalid(context, "the replacement names a group that the regular expression does not have");
      return false;
    }
    to += match[group];
  }
  return true;
}

value replaced(call_context& context, arguments given, std::int64_t most) {
  std::string_view text = given[0].as_text();
  if (most == 0) return given[0];
  regex_search search(context, text, given[1].as_text());
  std::string made;
  std::size_t copied = 0;
  regex_match match(context.memory);
  value failed = search.failed();
  for (std::int64_t count = 0; (most < 0 || count < most) && search.next(match); ++count) {
    auto begin = static_cast<std::size_t>(match[0].data() - text.data());
    made += text.substr(copied, begin - copied);
    copied = begin + match[0].size();
    if (!expand(context, given[2].as_text(), match, made, failed)) return failed;
    if (made.size() > pack_support::largest_text) break;
  }
  if (!search.failed().is_null()) return search.failed();
  made += text.substr(copied);
  return pack_support::text_result(context, made);
}

value replace_all(call_context& context, arguments given) { return replaced(context, given, -1); }
value replace_some(call_context& context, arguments given) { return replaced(context, given, given[3].as_integer()); }

value too_many_groups(call_context& context) { return invalid(context, "the regular expression has more than one group"); }

value extract(call_context& context, arguments given) {
  regex_search search(context, given[0].as_text(), given[1].as_text());
  if (search.groups() > 1) return too_many_groups(context);
  regex_match match(context.memory);
  bool found = search.next(match);
  if (!search.failed().is_null()) return search.failed();
  if (!found || (match.size() > 1 && match[1].empty())) return value::optional(nullptr);
  return value::optional(context.memory.make<value>(make_string(context.memory, match.back())));
}

value extract_all(call_context& context, arguments given) {
  regex_search search(context, given[0].as_text(), given[1].as_text());
  if (search.groups() > 1) return too_many_groups(context);
  std::vector<value> parts;
  regex_match match(context.memory);
  while (search.next(match)) {
    if (match.size() > 1 && match[1].empty()) continue;
    parts.push_back(make_string(context.memory, match.back()));
    if (parts.size() > pack_support::largest_list) return context.fail(evaluation_error_code::limit, "the resulting list is too long");
  }
  pack_support::count_work(context, parts.size());
  return search.failed().is_null() ? make_list(context.memory, parts) : search.failed();
}

using text = std::string_view;
constexpr text ss[] = {"string", "string"};
constexpr text sss[] = {"string", "string", "string"};
constexpr text sssi[] = {"string", "string", "string", "int"};

constexpr overload replace_overloads[] = {
    {"regex_replace_string_string_string", false, sss, "string", replace_all, 0, &cost::regex_replace},
    {"regex_replace_string_string_string_int", false, sssi, "string", replace_some, 0, &cost::regex_replace},
};
constexpr overload extract_overloads[] = {{"regex_extract_string_string", false, ss, "optional_type(string)", extract, 0, &cost::regex_extract}};
constexpr overload extract_all_overloads[] = {{"regex_extractAll_string_string", false, ss, "list(string)", extract_all, 0, &cost::regex_extract_all}};

constexpr function_row rows[] = {
    {"regex.replace", "regex", replace_overloads, 3,
     "The text with matches of a regular expression replaced, at most as often as said; \\1 stands for the first group.",
     "正規表現に一致する部分を置き換えた文字列。回数の上限を指定できる。\\1 は最初のグループを表す。", constant_check::pattern},
    {"regex.extract", "regex", extract_overloads, 3, "The first match, or its only group, or none.",
     "最初に一致した部分(グループがあればその部分)。なければ none。", constant_check::pattern},
    {"regex.extractAll", "regex", extract_all_overloads, 3, "All matches, or their only group where it is not empty.",
     "一致したすべての部分(グループがあれば、空でないその部分)のリスト。", constant_check::pattern},
};

}  // namespace

std::span<const function_row> regex_pack() { return rows; }

}  // namespace sekimori::cel
