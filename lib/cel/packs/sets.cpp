// cel: the sets pack as cel-go's ext/sets has it: lists as sets. Entry points: sets_pack, and sets.hpp's bodies.
// An unknown element, a member that is only possible and an open tail leave the answer open only where they
// could change it.
#include <vector>

#include "cel/packs/sets.hpp"
#include "cel/packs/support.hpp"

namespace sekimori::cel {
namespace {

using arguments = std::span<const value>;

// A list as a set; of a relation what is certainly in it, what may be, and whether more may.
struct side {
  std::vector<value> certain;
  std::vector<value> possible;
  value why;           // unknown kind: what keeps it from being whole
  bool open = false;
  bool has_any() const { return open || !certain.empty() || !possible.empty(); }
};

// False: longer than is looked at.
bool read_side(call_context& context, value list, side& read) {
  const list_view& view = list.as_list();
  if (view.size() > pack_support::largest_list) return false;
  pack_support::count_work(context, view.size());
  const relation_shape* shape = view.relation();
  read.why = pack_support::not_whole(context, view);
  read.open = shape != nullptr && shape->open;
  for (std::size_t at = 0; at < view.size(); ++at) {
    const bool certain = shape == nullptr || shape->certain == nullptr || shape->certain[at];
    (certain ? read.certain : read.possible).push_back(view.at(at));
  }
  return true;
}

// Whether every element of `part` is in `whole`: one that is missing for certain decides.
value every(call_context& context, const side& whole, const side& part) {
  pack_support::membership members(context, whole.certain);
  pack_support::membership others(context, whole.possible);
  value found = value::boolean(true);
  for (const value& element : part.certain) {
    value inside = members.contains(element);
    if (inside.is_false() && whole.why.is_unknown()) {
      const value maybe = others.contains(element);
      if (pack_support::is_limit(maybe)) return maybe;
      if (!maybe.is_false() || whole.open) inside = whole.why;
    }
    if (inside.is_false() || pack_support::is_limit(inside)) return inside;
    found = pack_support::join_undecided(context, found, inside);
  }
  for (const value& element : part.possible) {
    const value inside = members.contains(element);
    if (pack_support::is_limit(inside)) return inside;
    if (!inside.is_true()) found = pack_support::join_undecided(context, found, part.why);
  }
  return part.open ? pack_support::join_undecided(context, found, part.why) : found;
}

value list_too_long(call_context& context) { return context.fail(evaluation_error_code::limit, "the list is too long"); }

}  // namespace

namespace sets {

value contains(call_context& context, arguments given) {
  side whole;
  side part;
  if (!read_side(context, given[0], whole) || !read_side(context, given[1], part)) return list_too_long(context);
  return every(context, whole, part);
}

value is_subset(call_context& context, arguments given) {
  const value turned[] = {given[1], given[0]};
  return contains(context, turned);
}

value equivalent(call_context& context, arguments given) {
  side first;
  side second;
  if (!read_side(context, given[0], first) || !read_side(context, given[1], second)) return list_too_long(context);
  const value forth = every(context, first, second);
  if (forth.is_false() || pack_support::is_limit(forth)) return forth;
  const value back = every(context, second, first);
  return back.is_false() || pack_support::is_limit(back) ? back : pack_support::join_undecided(context, forth, back);
}

value intersects(call_context& context, arguments given) {
  side first;
  side second;
  if (!read_side(context, given[0], first) || !read_side(context, given[1], second)) return list_too_long(context);
  pack_support::membership members(context, first.certain);
  pack_support::membership others(context, first.possible);
  value found = value::boolean(false);
  for (const value& element : second.certain) {
    const value inside = members.contains(element);
    if (inside.is_true() || pack_support::is_limit(inside)) return inside;
    found = pack_support::join_undecided(context, found, inside);
    const value maybe = others.contains(element);
    if (pack_support::is_limit(maybe)) return maybe;
    if (!maybe.is_false()) found = pack_support::join_undecided(context, found, first.why);
  }
  for (const value& element : second.possible) {
    for (pack_support::membership* among : {&members, &others}) {
      const value inside = among->contains(element);
      if (pack_support::is_limit(inside)) return inside;
      if (!inside.is_false()) found = pack_support::join_undecided(context, found, second.why);
    }
  }
  if (first.open && second.has_any()) found = pack_support::join_undecided(context, found, first.why);
  if (second.open && first.has_any()) found = pack_support::join_undecided(context, found, second.why);
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
