// cel: the sets pack as cel-go's ext/sets has it: lists as sets. Entry points: sets_pack, and sets.hpp's bodies.
// An unknown element, a member that is only possible and an open tail leave the answer open only where they
// could change it.
#include <vector>

#include "cel/packs/sets.hpp"
#include "cel/cost/rules.hpp"
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

// Whether an element is in a side, as the operator `in` says: what may be in it leaves the answer open.
class members {
 public:
  members(call_context& context, const side& of) : context_(context), of_(of), certain_(context, of.certain), possible_(context, of.possible) {}

  value contain(value element) {
    value inside = certain_.contains(element);
    if (inside.is_true() || pack_support::is_limit(inside) || !of_.why.is_unknown()) return inside;
    const value maybe = of_.possible.empty() ? value::boolean(false) : possible_.contains(element);
    if (pack_support::is_limit(maybe)) return maybe;
    return maybe.is_false() && !of_.open ? inside : pack_support::join_undecided(context_, inside, of_.why);
  }

 private:
  call_context& context_;
  const side& of_;
  pack_support::membership certain_;
  pack_support::membership possible_;
};

// Joins what an element that is only possible leaves open.
value join_possible(call_context& context, value found, value inside, const side& from) {
  if (inside.is_unknown()) found = pack_support::join_undecided(context, found, inside);
  return pack_support::join_undecided(context, found, from.why);
}

// Whether every element of `part` is in `whole`: one that is missing for certain decides.
value every(call_context& context, const side& whole, const side& part) {
  members among(context, whole);
  value found = value::boolean(true);
  for (const value& element : part.certain) {
    const value inside = among.contain(element);
    if (inside.is_false() || pack_support::is_limit(inside)) return inside;
    found = pack_support::join_undecided(context, found, inside);
  }
  for (const value& element : part.possible) {
    const value inside = among.contain(element);
    if (pack_support::is_limit(inside)) return inside;
    if (!inside.is_true()) found = join_possible(context, found, inside, part);
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
  members among(context, first);
  value found = value::boolean(false);
  for (const value& element : second.certain) {
    const value inside = among.contain(element);
    if (inside.is_true() || pack_support::is_limit(inside)) return inside;
    found = pack_support::join_undecided(context, found, inside);
  }
  for (const value& element : second.possible) {
    const value inside = among.contain(element);
    if (pack_support::is_limit(inside)) return inside;
    if (!inside.is_false()) found = join_possible(context, found, inside, second);
  }
  if (first.open && second.has_any()) found = pack_support::join_undecided(context, found, first.why);
  if (second.open && first.has_any()) found = pack_support::join_undecided(context, found, second.why);
  return found;
}

}  // namespace sets

namespace {

using text = std::string_view;
constexpr text two_lists[] = {"list(T)", "list(T)"};

constexpr overload contains_overloads[] = {{"list_sets_contains_list", false, two_lists, "bool", sets::contains, 0, &cost::list_pairs}};
constexpr overload equivalent_overloads[] = {{"list_sets_equivalent_list", false, two_lists, "bool", sets::equivalent, 0, &cost::list_pairs_twice}};
constexpr overload intersects_overloads[] = {{"list_sets_intersects_list", false, two_lists, "bool", sets::intersects, 0, &cost::list_pairs}};

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
