// cel: the sets pack as cel-go's ext/sets has it: lists as sets. Entry points: sets_pack, and sets.hpp's bodies. An unknown element
// leaves the answer open only where it could change it.
#include <vector>

#include "cel/packs/sets.hpp"
#include "cel/packs/support.hpp"

namespace sekimori::cel {
namespace {

using arguments = std::span<const value>;

value elements_of(call_context& context, value list, std::vector<value>& elements) {
  const list_view& view = list.as_list();
  if (view.size() > pack_support::largest_list) return context.fail(evaluation_error_code::limit, "the list is too long");
  pack_support::count_work(context, view.size());
  for (std::size_t at = 0; at < view.size(); ++at) elements.push_back(view.at(at));
  return pack_support::not_whole(context, view);
}

// Whether every element of `part` is in `whole`: one that is certainly missing decides.
value every(call_context& context, const std::vector<value>& whole, const std::vector<value>& part) {
  pack_support::membership members(context, whole);
  value found = value::boolean(true);
  for (const value& element : part) {
    const value inside = members.contains(element);
    if (inside.is_false() || pack_support::is_limit(inside)) return inside;
    found = pack_support::join_undecided(context, found, inside);
  }
  return found;
}

struct two_lists {
  std::vector<value> first;
  std::vector<value> second;
  value undecided;  // null kind: both are whole
};

two_lists read_both(call_context& context, arguments given) {
  two_lists lists;
  lists.undecided = elements_of(context, given[0], lists.first);
  lists.undecided = pack_support::join_undecided(context, lists.undecided, elements_of(context, given[1], lists.second));
  return lists;
}

}  // namespace

namespace sets {

value contains(call_context& context, arguments given) {
  const two_lists lists = read_both(context, given);
  if (!lists.undecided.is_null()) return lists.undecided;
  return every(context, lists.first, lists.second);
}

value is_subset(call_context& context, arguments given) {
  const value turned[] = {given[1], given[0]};
  return contains(context, turned);
}

value equivalent(call_context& context, arguments given) {
  const two_lists lists = read_both(context, given);
  if (!lists.undecided.is_null()) return lists.undecided;
  const value forth = every(context, lists.first, lists.second);
  if (forth.is_false() || pack_support::is_limit(forth)) return forth;
  const value back = every(context, lists.second, lists.first);
  return back.is_false() || pack_support::is_limit(back) ? back : pack_support::join_undecided(context, forth, back);
}

value intersects(call_context& context, arguments given) {
  const two_lists lists = read_both(context, given);
  if (!lists.undecided.is_null()) return lists.undecided;
  pack_support::membership members(context, lists.first);
  value found = value::boolean(false);
  for (const value& element : lists.second) {
    const value inside = members.contains(element);
    if (inside.is_true() || pack_support::is_limit(inside)) return inside;
    found = pack_support::join_undecided(context, found, inside);
  }
  return found;
}

}  // namespace sets

namespace {

using text = std::string_view;
constexpr text two_lists[] = {"list(T)", "list(T)"};

constexpr overload contains_overloads[] = {{"list_sets_contains_list", false, two_lists, "bool", sets::contains}};
constexpr overload equivalent_overloads[] = {{"list_sets_equivalent_list", false, two_lists, "bool", sets::equivalent}};
constexpr overload intersects_overloads[] = {{"list_sets_intersects_list", false, two_lists, "bool", sets::intersects}};

constexpr function_row rows[] = {
    {"sets.contains", "sets", contains_overloads, 3, "Whether every element of the second list is in the first.",
     "2番目のリストのすべての要素が1番目のリストに含まれるか。"},
    {"sets.equivalent", "sets", equivalent_overloads, 3,
     "Whether two lists have the same elements, whatever their order and repetitions.",
     "順序と重複を除いて2つのリストの要素が同じか。"},
    {"sets.intersects", "sets", intersects_overloads, 3,
     "Whether two lists have an element in common.", "2つのリストに共通の要素があるか。"},
};

}  // namespace

std::span<const function_row> sets_pack() { return rows; }

}  // namespace sekimori::cel
