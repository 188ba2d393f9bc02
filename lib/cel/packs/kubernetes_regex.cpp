// cel: the k8s.regex pack: find and findAll as Kubernetes' library has them. Entry point: kubernetes_regex_pack.
#include "cel/cost/rules.hpp"
#include "cel/packs/regex.hpp"
#include "cel/packs/support.hpp"

namespace sekimori::cel {
namespace {

using arguments = std::span<const value>;

value find(call_context& context, arguments given) {
  regex_search search(context, given[0].as_text(), given[1].as_text());
  regex_match match(context.memory);
  bool found = search.next(match);
  if (!search.failed().is_null()) return search.failed();
  return make_string(context.memory, found ? match[0] : std::string_view());
}

// At most as many as said; a negative number is all.
value find_some(call_context& context, arguments given, std::int64_t most) {
  regex_search search(context, given[0].as_text(), given[1].as_text());
  std::vector<value> parts;
  regex_match match(context.memory);
  for (std::int64_t count = 0; (most < 0 || count < most) && search.next(match); ++count) {
    parts.push_back(make_string(context.memory, match[0]));
    if (parts.size() > pack_support::largest_list) return context.fail(evaluation_error_code::limit, "the resulting list is too long");
  }
  pack_support::count_work(context, parts.size());
  return search.failed().is_null() ? make_list(context.memory, parts) : search.failed();
}

value find_all(call_context& context, arguments given) { return find_some(context, given, -1); }
value find_limited(call_context& context, arguments given) { return find_some(context, given, given[2].as_integer()); }

using text = std::string_view;
constexpr text ss[] = {"string", "string"};
constexpr text ssi[] = {"string", "string", "int"};

constexpr overload find_overloads[] = {{"string_find_string", true, ss, "string", find, 0, &cost::text_find_pattern}};
constexpr overload find_all_overloads[] = {
    {"string_find_all_string", true, ss, "list(string)", find_all, 0, &cost::text_find_pattern},
    {"string_find_all_string_int", true, ssi, "list(string)", find_limited, 0, &cost::text_find_pattern},
};

constexpr text pack = "k8s.regex";
constexpr function_row rows[] = {
    {"find", pack, find_overloads, 3, "The first match of a regular expression, or \"\".", "正規表現に最初に一致した部分。なければ空文字列。", constant_check::pattern},
    {"findAll", pack, find_all_overloads, 3, "The matches of a regular expression, at most as many as said.",
     "正規表現に一致した部分のリスト。個数の上限を指定できる。", constant_check::pattern},
};

}  // namespace

std::span<const function_row> kubernetes_regex_pack() { return rows; }

}  // namespace sekimori::cel
