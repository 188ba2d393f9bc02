// cel: the strings pack as cel-go's ext/strings has it. Entry point: strings_pack. Positions count code points.
#include "cel/packs/strings.hpp"

#include <string>
#include <vector>

#include "base/arena_vector.hpp"
#include "base/text.hpp"
#include "cel/cost/rules.hpp"
#include "cel/packs/support.hpp"

namespace sekimori::cel {
namespace {

using arguments = std::span<const value>;

value bad_index(call_context& context) {
  return context.fail(evaluation_error_code::index_out_of_range, "an index is outside the string");
}

value too_long(call_context& context) {
  return context.fail(evaluation_error_code::limit, "the resulting string is too long");
}

std::int64_t length_of(std::string_view text) {
  std::int64_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) decode_utf8(text, at);
  return count;
}

// The byte where code point number `index` begins; the text's end for its length; npos beyond.
std::size_t offset_of(std::string_view text, std::int64_t index) {
  if (index < 0) return std::string_view::npos;
  std::size_t at = 0;
  while (index > 0 && at < text.size()) {
    decode_utf8(text, at);
    --index;
  }
  return index == 0 ? at : std::string_view::npos;
}

value char_at(call_context& context, arguments given) {
  const std::string_view text = given[0].as_text();
  const std::size_t first = offset_of(text, given[1].as_integer());
  if (first == std::string_view::npos) return bad_index(context);
  std::size_t last = first;
  if (first < text.size()) decode_utf8(text, last);
  return value::string(text.substr(first, last - first));
}

value index_from(std::string_view text, std::string_view sought, std::size_t from) {
  const std::size_t found = find_text(text, sought, from);
  return value::integer(found == std::string_view::npos ? -1 : length_of(text.substr(0, found)));
}

value index_of(call_context&, arguments given) { return index_from(given[0].as_text(), given[1].as_text(), 0); }

value index_of_from(call_context& context, arguments given) {
  const std::size_t from = offset_of(given[0].as_text(), given[2].as_integer());
  if (from == std::string_view::npos) return bad_index(context);
  return index_from(given[0].as_text(), given[1].as_text(), from);
}

value last_index_from(std::string_view text, std::string_view sought, std::size_t from) {
  const std::size_t found = find_last_text(text, sought, from);
  return value::integer(found == std::string_view::npos ? -1 : length_of(text.substr(0, found)));
}

value last_index_of(call_context&, arguments given) {
  return last_index_from(given[0].as_text(), given[1].as_text(), std::string_view::npos);
}

value last_index_of_from(call_context& context, arguments given) {
  const std::size_t from = offset_of(given[0].as_text(), given[2].as_integer());
  if (from == std::string_view::npos) return bad_index(context);
  return last_index_from(given[0].as_text(), given[1].as_text(), from);
}

value join_with(call_context& context, value list, std::string_view between) {
  arena_vector<value> elements(context.memory);
  const value undecided = pack_support::read_list(context, list.as_list(), elements);
  if (!undecided.is_null()) return undecided;
  std::string joined;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (!elements[i].is(value_kind::string)) {
      return context.fail(evaluation_error_code::no_matching_overload, "join takes a list of strings");
    }
    if (i > 0) joined += between;
    joined += elements[i].as_text();
    if (joined.size() > pack_support::largest_text) return too_long(context);
  }
  return make_string(context.memory, joined);
}

value join(call_context& context, arguments given) { return join_with(context, given[0], {}); }
value join_string(call_context& context, arguments given) { return join_with(context, given[0], given[1].as_text()); }

value change_ascii(call_context& context, std::string_view text, char first, char last, int distance) {
  char* changed = static_cast<char*>(context.memory.allocate(text.size(), 1));
  for (std::size_t i = 0; i < text.size(); ++i) {
    changed[i] = text[i] >= first && text[i] <= last ? static_cast<char>(text[i] + distance) : text[i];
  }
  return value::string({changed, text.size()});
}

value lower_ascii(call_context& context, arguments given) {
  return change_ascii(context, given[0].as_text(), 'A', 'Z', 'a' - 'A');
}
value upper_ascii(call_context& context, arguments given) {
  return change_ascii(context, given[0].as_text(), 'a', 'z', 'A' - 'a');
}

// `most` < 0: all. An empty `sought` stands before every code point and at the end, as in Go.
value replace_most(call_context& context, std::string_view text, std::string_view sought, std::string_view with, std::int64_t most) {
  std::string replaced;
  std::size_t at = 0;
  while (most != 0) {
    const std::size_t found = find_text(text, sought, at);
    if (found == std::string_view::npos) break;
    replaced += text.substr(at, found - at);
    replaced += with;
    if (replaced.size() > pack_support::largest_text) return too_long(context);
    if (most > 0) --most;
    at = found + sought.size();
    if (sought.empty()) {
      if (at == text.size()) break;
      const std::size_t first = at;
      decode_utf8(text, at);
      replaced += text.substr(first, at - first);
    }
  }
  replaced += text.substr(at);
  return pack_support::text_result(context, replaced);
}

value replace(call_context& context, arguments given) {
  return replace_most(context, given[0].as_text(), given[1].as_text(), given[2].as_text(), -1);
}

value replace_limit(call_context& context, arguments given) {
  return replace_most(context, given[0].as_text(), given[1].as_text(), given[2].as_text(), given[3].as_integer());
}

// `most` < 0: all. Splitting at "" gives the code points, as in Go.
value split_most(call_context& context, std::string_view text, std::string_view between, std::int64_t most) {
  arena_vector<value> pieces(context.memory);
  if (most == 0 || (between.empty() && text.empty())) return make_list(context.memory, pieces);
  while (most < 0 || static_cast<std::int64_t>(pieces.size()) + 1 < most) {
    std::size_t length = 0;
    if (between.empty()) {
      decode_utf8(text, length);
      if (length >= text.size()) break;
    } else {
      length = find_text(text, between);
      if (length == std::string_view::npos) break;
    }
    pieces.push_back(value::string(text.substr(0, length)));
    if (pieces.size() % pack_support::elements_a_step == 0) ++context.work;
    if (pieces.size() >= pack_support::largest_list) {
      return context.fail(evaluation_error_code::limit, "the resulting list is too long");
    }
    text.remove_prefix(length + between.size());
  }
  pieces.push_back(value::string(text));
  return make_list(context.memory, pieces);
}

value split(call_context& context, arguments given) {
  return split_most(context, given[0].as_text(), given[1].as_text(), -1);
}
value split_limit(call_context& context, arguments given) {
  return split_most(context, given[0].as_text(), given[1].as_text(), given[2].as_integer());
}

value substring_from(call_context& context, arguments given) {
  const std::size_t first = offset_of(given[0].as_text(), given[1].as_integer());
  return first == std::string_view::npos ? bad_index(context) : value::string(given[0].as_text().substr(first));
}

value substring(call_context& context, arguments given) {
  const std::string_view text = given[0].as_text();
  const std::size_t first = offset_of(text, given[1].as_integer());
  const std::size_t last = offset_of(text, given[2].as_integer());
  if (first == std::string_view::npos || last == std::string_view::npos) return bad_index(context);
  if (last < first) return context.fail(evaluation_error_code::invalid_argument, "a substring ends before it begins");
  return value::string(text.substr(first, last - first));
}

value trim(call_context&, arguments given) {
  const std::string_view text = given[0].as_text();
  std::size_t first = 0;
  std::size_t last = 0;
  bool begun = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    if (pack_support::is_white_space(decode_utf8(text, at))) continue;
    if (!begun) first = from;
    begun = true;
    last = at;
  }
  return value::string(text.substr(first, last - first));
}

value reverse(call_context& context, arguments given) {
  const std::string_view text = given[0].as_text();
  std::string reversed(text.size(), ' ');
  std::size_t to = text.size();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    decode_utf8(text, at);
    to -= at - from;
    for (std::size_t i = from; i < at; ++i) reversed[to + i - from] = text[i];
  }
  return make_string(context.memory, reversed);
}

value quote(call_context& context, arguments given) {
  const std::string_view text = given[0].as_text();
  std::string quoted = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = decode_utf8(text, at);
    switch (c) {
      case U'\a': quoted += "\\a"; break;
      case U'\b': quoted += "\\b"; break;
      case U'\f': quoted += "\\f"; break;
      case U'\n': quoted += "\\n"; break;
      case U'\r': quoted += "\\r"; break;
      case U'\t': quoted += "\\t"; break;
      case U'\v': quoted += "\\v"; break;
      case U'\\': quoted += "\\\\"; break;
      case U'"': quoted += "\\\""; break;
      default: append_utf8(quoted, c);
    }
  }
  quoted += '"';
  return pack_support::text_result(context, quoted);
}

using text = std::string_view;
constexpr text s[] = {"string"};
constexpr text ss[] = {"string", "string"};
constexpr text sss[] = {"string", "string", "string"};
constexpr text sssi[] = {"string", "string", "string", "int"};
constexpr text ssi[] = {"string", "string", "int"};
constexpr text si[] = {"string", "int"};
constexpr text sii[] = {"string", "int", "int"};
constexpr text list[] = {"list(string)"};
constexpr text list_s[] = {"list(string)", "string"};
constexpr text s_list[] = {"string", "list(dyn)"};

constexpr overload char_at_overloads[] = {{"string_char_at_int", true, si, "string", char_at, 0, &cost::text_character}};
constexpr overload index_of_overloads[] = {
    {"string_index_of_string", true, ss, "int", index_of, 0, &cost::text_find},
    {"string_index_of_string_int", true, ssi, "int", index_of_from, 0, &cost::text_find},
};
constexpr overload last_index_of_overloads[] = {
    {"string_last_index_of_string", true, ss, "int", last_index_of, 0, &cost::text_find},
    {"string_last_index_of_string_int", true, ssi, "int", last_index_of_from, 0, &cost::text_find},
};
constexpr overload join_overloads[] = {
    {"list_join", true, list, "string", join, 0, &cost::text_join},
    {"list_join_string", true, list_s, "string", join_string, 0, &cost::text_join_with},
};
constexpr overload lower_overloads[] = {{"string_lower_ascii", true, s, "string", lower_ascii, 0, &cost::text_transform}};
constexpr overload upper_overloads[] = {{"string_upper_ascii", true, s, "string", upper_ascii, 0, &cost::text_transform}};
constexpr overload replace_overloads[] = {
    {"string_replace_string_string", true, sss, "string", replace, 0, &cost::text_replace},
    {"string_replace_string_string_int", true, sssi, "string", replace_limit, 0, &cost::text_replace},
};
constexpr overload split_overloads[] = {
    {"string_split_string", true, ss, "list(string)", split, 0, &cost::text_split},
    {"string_split_string_int", true, ssi, "list(string)", split_limit, 0, &cost::text_split},
};
constexpr overload substring_overloads[] = {
    {"string_substring_int", true, si, "string", substring_from, 0, &cost::text_rest},
    {"string_substring_int_int", true, sii, "string", substring, 0, &cost::text_middle},
};
constexpr overload trim_overloads[] = {{"string_trim", true, s, "string", trim, 0, &cost::text_trim}};
constexpr overload reverse_overloads[] = {{"string_reverse", true, s, "string", reverse, 3, &cost::text_transform}};
constexpr overload quote_overloads[] = {{"strings_quote", false, s, "string", quote, 1, &cost::text_quote}};
constexpr overload format_overloads[] = {
    {"string_format", true, s_list, "string", strings::format_before_4, 1, &cost::text_format, 3},
    {"string_format", true, s_list, "string", strings::format, 4, &cost::text_format},
};

constexpr function_row rows[] = {
    {"charAt", "strings", char_at_overloads, 1, "The character at an index; \"\" at the end.", "指定位置の文字。末尾の位置では空文字列。"},
    {"indexOf", "strings", index_of_overloads, 2,
     "Where a text first occurs, at or after an index; -1 where it does not.",
     "文字列が最初に現れる位置(指定位置以降)。現れなければ -1。"},
    {"lastIndexOf", "strings", last_index_of_overloads, 2,
     "Where a text last occurs, at or before an index; -1 where it does not.",
     "文字列が最後に現れる位置(指定位置以前)。現れなければ -1。"},
    {"join", "strings", join_overloads, 2,
     "The texts of a list in one, with a separator between them.", "リストの文字列を区切り文字でつないだ文字列。"},
    {"lowerAscii", "strings", lower_overloads, 2, "The text with ASCII letters in lower case.", "ASCII英字を小文字にした文字列。"},
    {"upperAscii", "strings", upper_overloads, 2, "The text with ASCII letters in upper case.", "ASCII英字を大文字にした文字列。"},
    {"replace", "strings", replace_overloads, 2,
     "The text with occurrences of one text replaced by another, at most as often as said.",
     "文字列の中の語を別の語に置き換える。回数の上限を指定できる。"},
    {"split", "strings", split_overloads, 2, "The pieces between occurrences of a separator, at most as many as said.",
     "区切り文字で分けた文字列のリスト。個数の上限を指定できる。"},
    {"substring", "strings", substring_overloads, 1,
     "The part from one index up to, not including, another.", "開始位置から終了位置の直前までの文字列。"},
    {"trim", "strings", trim_overloads, 2, "The text without white space at both ends.", "両端の空白を除いた文字列。"},
    {"reverse", "strings", reverse_overloads, 2, "The text backwards.", "逆順にした文字列。"},
    {"strings.quote", "strings", quote_overloads, 2, "The text as a CEL literal, with escapes.", "エスケープして引用符で囲んだ文字列。"},
    {"format", "strings", format_overloads, 2,
     "The text with %s, %d, %f, %e, %b, %o, %x and %X replaced by the elements of a list. Before version 4, lists and maps hold CEL literals and %f groups digits.",
     "%s、%d、%f、%e、%b、%o、%x、%X をリストの要素で置き換えた文字列。版4より前では、リストとマップの中は CEL のリテラルになり、%f は桁区切りを入れる。"},
};

}  // namespace

std::span<const function_row> strings_pack() { return rows; }

}  // namespace sekimori::cel
