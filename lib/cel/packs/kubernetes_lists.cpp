// cel: the k8s.lists pack: list functions as Kubernetes' library has them. Entry point: kubernetes_lists_pack.
#include <algorithm>
#include <vector>

#include "cel/cost/rules.hpp"
#include "cel/evaluate/arithmetic.hpp"
#include "cel/packs/support.hpp"

namespace sekimori::cel {
namespace {

using arguments = std::span<const value>;

// The elements, or what keeps them from being compared: an unknown, an error.
value comparable_elements(call_context& context, value list, arena_vector<value>& elements) {
  value refused = pack_support::read_list(context, list.as_list(), elements);
  if (!refused.is_null()) return refused;
  for (const value& element : elements) {
    if (element.kind() != elements[0].kind()) {
      return context.fail(evaluation_error_code::no_matching_overload, "the elements of the list are not of one type");
    }
  }
  return value::null();
}

value is_sorted(call_context& context, arguments given) {
  arena_vector<value> elements(context.memory);
  value refused = comparable_elements(context, given[0], elements);
  if (!refused.is_null()) return refused;
  for (std::size_t i = 1; i < elements.size(); ++i) {
    // NaN is in no order with anything, and so out of none.
    if (compare(elements[i - 1], elements[i]).value_or(0) > 0) return value::boolean(false);
  }
  return value::boolean(true);
}

value sum_from(call_context& context, value list, value zero) {
  arena_vector<value> elements(context.memory);
  value refused = comparable_elements(context, list, elements);
  if (!refused.is_null()) return refused;
  for (const value& element : elements) {
    if (element.kind() != zero.kind()) return context.fail(evaluation_error_code::no_matching_overload, "an element has another type");
    zero = arithmetic(context.memory, operation::add, zero, element, context.expression);
    if (zero.is_error()) return zero;
  }
  return zero;
}

value sum_integers(call_context& context, arguments given) { return sum_from(context, given[0], value::integer(0)); }
value sum_unsigned(call_context& context, arguments given) { return sum_from(context, given[0], value::unsigned_integer(0)); }
value sum_doubles(call_context& context, arguments given) { return sum_from(context, given[0], value::floating(0)); }
value sum_durations(call_context& context, arguments given) { return sum_from(context, given[0], value::duration(0, 0)); }

value extreme(call_context& context, value list, int wanted) {
  arena_vector<value> elements(context.memory);
  value refused = comparable_elements(context, list, elements);
  if (!refused.is_null()) return refused;
  if (elements.empty()) return context.fail(evaluation_error_code::invalid_argument, "an empty list has no least or greatest element");
  value found = elements[0];
  for (const value& element : elements) {
    if (compare(element, found).value_or(0) == wanted) found = element;
  }
  return found;
}

value least(call_context& context, arguments given) { return extreme(context, given[0], -1); }
value greatest(call_context& context, arguments given) { return extreme(context, given[0], 1); }

// An element that is unknown, or unknown in part, could be the one looked for: what lies behind it is then not certain.
value find(call_context& context, arguments given, bool backwards) {
  const list_view& list = given[0].as_list();
  value open = pack_support::not_whole(context, list);
  if (!open.is_null()) return open;
  pack_support::count_work(context, list.size());
  pack_support::comparisons compared(context);
  for (std::size_t i = 0; i < list.size(); ++i) {
    std::size_t at = backwards ? list.size() - 1 - i : i;
    value same = compared.same(list.at(at), given[1]);
    if (same.is_true()) return value::integer(static_cast<std::int64_t>(at));
    if (same.is_unknown() || pack_support::is_limit(same)) return same;
  }
  return value::integer(-1);
}

value index_of(call_context& context, arguments given) { return find(context, given, false); }
value last_index_of(call_context& context, arguments given) { return find(context, given, true); }

value includes(call_context& context, arguments given) {
  if (!given[0].is(value_kind::list)) {
    value same = pack_support::comparisons(context).same(given[0], given[1]);
    return same.is_true() || same.is_unknown() ? same : value::boolean(false);
  }
  arena_vector<value> elements(context.memory);
  const list_view& list = given[0].as_list();
  if (list.size() > pack_support::largest_list) return context.fail(evaluation_error_code::limit, "the list is too long");
  value found = value::boolean(false);
  pack_support::count_work(context, list.size());
  pack_support::comparisons compared(context);
  for (std::size_t i = 0; i < list.size(); ++i) {
    value same = compared.same(list.at(i), given[1]);
    if (same.is_true()) return same;
    if (!same.is_error() || pack_support::is_limit(same)) found = pack_support::join_undecided(context, found, same);
  }
  return pack_support::join_undecided(context, found, pack_support::not_whole(context, list));
}

using text = std::string_view;
constexpr text ints[] = {"list(int)"};
constexpr text uints[] = {"list(uint)"};
constexpr text doubles[] = {"list(double)"};
constexpr text bools[] = {"list(bool)"};
constexpr text durations[] = {"list(duration)"};
constexpr text timestamps[] = {"list(timestamp)"};
constexpr text strings[] = {"list(string)"};
constexpr text all_bytes[] = {"list(bytes)"};
constexpr text list_a[] = {"list(A)", "A"};
constexpr text any_any[] = {"dyn", "dyn"};

constexpr overload sorted_overloads[] = {
    {"list_int_is_sorted_bool", true, ints, "bool", is_sorted, 0, &cost::list_traverse},
    {"list_uint_is_sorted_bool", true, uints, "bool", is_sorted, 0, &cost::list_traverse},
    {"list_double_is_sorted_bool", true, doubles, "bool", is_sorted, 0, &cost::list_traverse},
    {"list_bool_is_sorted_bool", true, bools, "bool", is_sorted, 0, &cost::list_traverse},
    {"list_duration_is_sorted_bool", true, durations, "bool", is_sorted, 0, &cost::list_traverse},
    {"list_timestamp_is_sorted_bool", true, timestamps, "bool", is_sorted, 0, &cost::list_traverse},
    {"list_string_is_sorted_bool", true, strings, "bool", is_sorted, 0, &cost::list_traverse_texts},
    {"list_bytes_is_sorted_bool", true, all_bytes, "bool", is_sorted, 0, &cost::list_traverse_texts},
};
constexpr overload sum_overloads[] = {
    {"list_int_sum_int", true, ints, "int", sum_integers, 0, &cost::list_traverse},
    {"list_uint_sum_uint", true, uints, "uint", sum_unsigned, 0, &cost::list_traverse},
    {"list_double_sum_double", true, doubles, "double", sum_doubles, 0, &cost::list_traverse},
    {"list_duration_sum_duration", true, durations, "duration", sum_durations, 0, &cost::list_traverse},
};
constexpr overload max_overloads[] = {
    {"list_int_max_int", true, ints, "int", greatest, 0, &cost::list_traverse},
    {"list_uint_max_uint", true, uints, "uint", greatest, 0, &cost::list_traverse},
    {"list_double_max_double", true, doubles, "double", greatest, 0, &cost::list_traverse},
    {"list_bool_max_bool", true, bools, "bool", greatest, 0, &cost::list_traverse},
    {"list_duration_max_duration", true, durations, "duration", greatest, 0, &cost::list_traverse},
    {"list_timestamp_max_timestamp", true, timestamps, "timestamp", greatest, 0, &cost::list_traverse},
    {"list_string_max_string", true, strings, "string", greatest, 0, &cost::list_traverse_texts},
    {"list_bytes_max_bytes", true, all_bytes, "bytes", greatest, 0, &cost::list_traverse_texts},
};
constexpr overload min_overloads[] = {
    {"list_int_min_int", true, ints, "int", least, 0, &cost::list_traverse},
    {"list_uint_min_uint", true, uints, "uint", least, 0, &cost::list_traverse},
    {"list_double_min_double", true, doubles, "double", least, 0, &cost::list_traverse},
    {"list_bool_min_bool", true, bools, "bool", least, 0, &cost::list_traverse},
    {"list_duration_min_duration", true, durations, "duration", least, 0, &cost::list_traverse},
    {"list_timestamp_min_timestamp", true, timestamps, "timestamp", least, 0, &cost::list_traverse},
    {"list_string_min_string", true, strings, "string", least, 0, &cost::list_traverse_texts},
    {"list_bytes_min_bytes", true, all_bytes, "bytes", least, 0, &cost::list_traverse_texts},
};
constexpr overload index_overloads[] = {{"list_a_index_of_int", true, list_a, "int", index_of, 0, &cost::list_traverse}};
constexpr overload last_index_overloads[] = {{"list_a_last_index_of_int", true, list_a, "int", last_index_of, 0, &cost::list_traverse}};
constexpr overload includes_overloads[] = {{"list_includes_dyn_dyn", true, any_any, "bool", includes, 1, &cost::list_traverse}};

constexpr text pack = "k8s.lists";
constexpr function_row rows[] = {
    {"isSorted", pack, sorted_overloads, 2, "Whether no element is less than the one before it.", "要素が昇順に並んでいるか。"},
    {"sum", pack, sum_overloads, 2, "The sum of the elements; 0 of none.", "要素の合計。空なら0。"},
    {"max", pack, max_overloads, 2, "The greatest element; an error of none.", "最大の要素。空ならエラー。"},
    {"min", pack, min_overloads, 2, "The least element; an error of none.", "最小の要素。空ならエラー。"},
    {"indexOf", pack, index_overloads, 2, "Where a value first stands in the list; -1 where it does not.",
     "値がリストに最初に現れる位置。現れなければ -1。"},
    {"lastIndexOf", pack, last_index_overloads, 2, "Where a value last stands in the list; -1 where it does not.",
     "値がリストに最後に現れる位置。現れなければ -1。"},
    {"includes", pack, includes_overloads, 2, "Whether a list has the value, or a value that is no list equals it.",
     "リストがその値を含むか。リスト以外では、その値と等しいか。"},
};

}  // namespace

std::span<const function_row> kubernetes_lists_pack() { return rows; }

}  // namespace sekimori::cel
