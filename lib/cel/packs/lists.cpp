// cel: the lists pack as cel-go's ext/lists has it; sortBy is a macro. Entry point: lists_pack.
// Where only places matter (slice, reverse) unknown elements move along as they are.
#include <algorithm>
#include <unordered_map>
#include <vector>

#include "base/arena_vector.hpp"
#include "cel/cost/rules.hpp"
#include "cel/packs/sets.hpp"
#include "cel/packs/support.hpp"
#include "value/undecided_parts.hpp"

namespace sekimori::cel {
namespace {

using arguments = std::span<const value>;

constexpr int deepest_flatten = 100;

// 0, 1, 2 ...: nothing is stored.
class range_list final : public list_view {
 public:
  explicit range_list(std::size_t size) : size_(size) {}
  std::size_t size() const override { return size_; }
  value at(std::size_t index) const override { return value::integer(static_cast<std::int64_t>(index)); }

 private:
  std::size_t size_;
};

value too_long(call_context& context) {
  return context.fail(evaluation_error_code::limit, "the resulting list is too long");
}

value range(call_context& context, arguments given) {
  const std::int64_t size = given[0].as_integer();
  if (size < 0) return context.fail(evaluation_error_code::invalid_argument, "the size of a range is negative");
  if (size > static_cast<std::int64_t>(pack_support::largest_list)) return too_long(context);
  return value::list(context.memory.make<range_list>(static_cast<std::size_t>(size)));
}

value slice(call_context& context, arguments given) {
  const list_view& list = given[0].as_list();
  const value open = pack_support::not_whole(context, list);
  if (!open.is_null()) return open;
  const std::int64_t first = given[1].as_integer();
  const std::int64_t last = given[2].as_integer();
  if (first < 0 || last < 0 || last > static_cast<std::int64_t>(list.size())) {
    return context.fail(evaluation_error_code::index_out_of_range, "an index is outside the list");
  }
  if (last < first) return context.fail(evaluation_error_code::invalid_argument, "a slice ends before it begins");
  arena_vector<value> elements(context.memory);
  pack_support::count_work(context, static_cast<std::size_t>(last - first));
  for (std::int64_t at = first; at < last; ++at) elements.push_back(list.at(static_cast<std::size_t>(at)));
  return make_list(context.memory, elements);
}

value reverse(call_context& context, arguments given) {
  const list_view& list = given[0].as_list();
  const value open = pack_support::not_whole(context, list);
  if (!open.is_null()) return open;
  arena_vector<value> elements(context.memory);
  pack_support::count_work(context, list.size());
  for (std::size_t at = list.size(); at > 0; --at) elements.push_back(list.at(at - 1));
  return make_list(context.memory, elements);
}

// An unknown element could be a list, so how many elements come out is not known.
value flatten_into(call_context& context, const list_view& list, std::int64_t depth, arena_vector<value>& flat) {
  undecided_parts parts(context.memory);
  parts.add(pack_support::not_whole(context, list));
  pack_support::count_work(context, list.size());
  for (std::size_t at = 0; at < list.size(); ++at) {
    const value element = list.at(at);
    if (element.is(value_kind::list) && depth > 0) {
      parts.add(flatten_into(context, element.as_list(), depth - 1, flat));
    } else {
      parts.add(element);
      flat.push_back(element);
    }
    if (flat.size() > pack_support::largest_list) return too_long(context);
  }
  return parts.or_else(value::null());
}

value flatten_to(call_context& context, value list, std::int64_t depth) {
  if (depth < 0) return context.fail(evaluation_error_code::invalid_argument, "a depth is negative");
  arena_vector<value> flat(context.memory);
  const value undecided = flatten_into(context, list.as_list(), std::min<std::int64_t>(depth, deepest_flatten), flat);
  return undecided.is_null() ? make_list(context.memory, flat) : undecided;
}

value flatten(call_context& context, arguments given) { return flatten_to(context, given[0], 1); }
value flatten_depth(call_context& context, arguments given) {
  return flatten_to(context, given[0], given[1].as_integer());
}

value distinct(call_context& context, arguments given) {
  const value undecided = pack_support::find_undecided(context, given[0]);
  if (!undecided.is_null()) return undecided;
  arena_vector<value> elements(context.memory);
  const value refused = pack_support::read_list(context, given[0].as_list(), elements);
  if (!refused.is_null()) return refused;
  pack_support::count_work(context, 4 * elements.size());
  std::vector<value> kept;
  std::unordered_multimap<std::uint64_t, value> seen;
  pack_support::comparisons compared(context);
  for (const value& element : elements) {
    const std::uint64_t hash = pack_support::hash_of(element);
    bool repeated = false;
    const auto [begin, end] = seen.equal_range(hash);
    for (auto at = begin; at != end && !repeated; ++at) {
      const value same = compared.same(at->second, element);
      if (pack_support::is_limit(same)) return same;
      repeated = same.is_true();
    }
    if (repeated) continue;
    seen.emplace(hash, element);
    kept.push_back(element);
  }
  return make_list(context.memory, kept);
}

value sort(call_context& context, arguments given) {
  arena_vector<value> elements(context.memory);
  const value undecided = pack_support::read_list(context, given[0].as_list(), elements);
  if (!undecided.is_null()) return undecided;
  pack_support::count_work(context, 4 * elements.size());
  for (const value& element : elements) {
    if (element.kind() != elements[0].kind()) {
      return context.fail(evaluation_error_code::invalid_argument, "sort takes a list of elements of one type");
    }
    // Also refuses NaN, which is not even in order with itself.
    if (!compare(element, element) && (elements.size() > 1 || !element.is(value_kind::floating))) {
      return context.fail(evaluation_error_code::invalid_argument, "an element of the list has no order");
    }
  }
  std::stable_sort(elements.begin(), elements.end(), [](const value& a, const value& b) { return compare(a, b).value_or(0) < 0; });
  return make_list(context.memory, elements);
}

using text = std::string_view;
constexpr text list_t[] = {"list(T)"};
constexpr text two_lists[] = {"list(T)", "list(T)"};
constexpr text list_list_t[] = {"list(list(T))"};
constexpr text list_dyn_int[] = {"list(dyn)", "int"};
constexpr text list_t_int_int[] = {"list(T)", "int", "int"};
constexpr text integer[] = {"int"};
constexpr text ints[] = {"list(int)"};
constexpr text uints[] = {"list(uint)"};
constexpr text doubles[] = {"list(double)"};
constexpr text bools[] = {"list(bool)"};
constexpr text strings[] = {"list(string)"};
constexpr text all_bytes[] = {"list(bytes)"};
constexpr text timestamps[] = {"list(google.protobuf.Timestamp)"};
constexpr text durations[] = {"list(google.protobuf.Duration)"};

constexpr overload distinct_overloads[] = {{"list_distinct", true, list_t, "list(T)", distinct, 2, &cost::list_distinct}};
constexpr overload flatten_overloads[] = {
    {"list_flatten", true, list_list_t, "list(T)", flatten, 1, &cost::list_flatten},
    {"list_flatten_int", true, list_dyn_int, "list(dyn)", flatten_depth, 1, &cost::list_flatten_depth},
};
constexpr overload has_only_overloads[] = {{"list_hasOnly_list", true, two_lists, "bool", sets::is_subset, 5, &cost::list_pairs}};
constexpr overload has_any_overloads[] = {{"list_hasAny_list", true, two_lists, "bool", sets::intersects, 5, &cost::list_pairs}};
constexpr overload has_all_overloads[] = {{"list_hasAll_list", true, two_lists, "bool", sets::contains, 5, &cost::list_pairs}};
constexpr overload has_exactly_overloads[] = {{"list_hasExactly_list", true, two_lists, "bool", sets::equivalent, 5, &cost::list_pairs_twice}};
constexpr overload range_overloads[] = {{"lists_range", false, integer, "list(int)", range, 2, &cost::list_range}};
constexpr overload reverse_overloads[] = {{"list_reverse", true, list_t, "list(T)", reverse, 2, &cost::list_reverse}};
constexpr overload slice_overloads[] = {{"list_slice", true, list_t_int_int, "list(T)", slice, 0, &cost::list_slice}};
constexpr overload sort_overloads[] = {
    {"list_int_sort", true, ints, "list(int)", sort, 2, &cost::list_sort},
    {"list_uint_sort", true, uints, "list(uint)", sort, 2, &cost::list_sort},
    {"list_double_sort", true, doubles, "list(double)", sort, 2, &cost::list_sort},
    {"list_bool_sort", true, bools, "list(bool)", sort, 2, &cost::list_sort},
    {"list_string_sort", true, strings, "list(string)", sort, 2, &cost::list_sort_texts},
    {"list_bytes_sort", true, all_bytes, "list(bytes)", sort, 2, &cost::list_sort_texts},
    {"list_timestamp_sort", true, timestamps, "list(google.protobuf.Timestamp)", sort, 2, &cost::list_sort},
    {"list_duration_sort", true, durations, "list(google.protobuf.Duration)", sort, 2, &cost::list_sort},
};

constexpr function_row rows[] = {
    {"distinct", "lists", distinct_overloads, 3,
     "The elements without repetitions, in the order of their first occurrence.",
     "重複を除いたリスト。最初に現れた順に並ぶ。"},
    {"flatten", "lists", flatten_overloads, 2,
     "The elements of the lists in the list, one level deep or as many as said.",
     "入れ子のリストを1段(又は指定した段数)平らにしたリスト。"},
    {"lists.range", "lists", range_overloads, 1, "0, 1, 2 ... as many as said.", "0から始まる指定個数の整数のリスト。"},
    {"reverse", "lists", reverse_overloads, 2, "The list backwards.", "逆順にしたリスト。"},
    {"slice", "lists", slice_overloads, 2,
     "The elements from one index up to, not including, another.", "開始位置から終了位置の直前までの要素のリスト。"},
    {"sort", "lists", sort_overloads, 3, "The elements in rising order; they are of one type that has an order.",
     "昇順に並べたリスト。要素は順序のある同じ型に限る。"},
    {"hasOnly", "lists", has_only_overloads, 3, "Whether every element of the list is in another.",
     "リストのすべての要素が別のリストに含まれるか。"},
    {"hasAny", "lists", has_any_overloads, 3, "Whether an element of the list is in another.",
     "リストの要素のいずれかが別のリストに含まれるか。"},
    {"hasAll", "lists", has_all_overloads, 3, "Whether every element of another list is in the list.",
     "別のリストのすべての要素がリストに含まれるか。"},
    {"hasExactly", "lists", has_exactly_overloads, 3,
     "Whether two lists have the same elements, whatever their order and repetitions.",
     "順序と重複を除いて2つのリストの要素が同じか。"},
};

}  // namespace

std::span<const function_row> lists_pack() { return rows; }

}  // namespace sekimori::cel
