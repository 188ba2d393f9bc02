#include "pack_test.hpp"

#include <cmath>

using namespace pack_test;

namespace {

struct lists_workshop : workshop {
  std::string lists(std::string_view id, std::initializer_list<value> arguments) { return shown(raw(id, arguments)); }
  value raw(std::string_view id, std::initializer_list<value> arguments) {
    bool of_optionals = id == "list_first" || id == "list_last";
    return call(of_optionals ? cel::optionals_pack() : cel::lists_pack(), id, arguments);
  }
  value set(std::string_view what, value a, value b) { return call(cel::sets_pack(), "list_sets_" + std::string(what) + "_list", {a, b}); }
  value i(std::int64_t number) { return value::integer(number); }
  value u(std::uint64_t number) { return value::unsigned_integer(number); }
  value d(double number) { return value::floating(number); }
};

constexpr auto invalid = evaluation_error_code::invalid_argument;
constexpr auto limit = evaluation_error_code::limit;

}  // namespace

TEST_CASE_FIXTURE(lists_workshop, "distinct keeps the first of equal elements") {
  CHECK(lists("list_distinct", {list({i(1), d(1.0), u(1), text("1"), i(2), i(1)})}) == "[1, \"1\", 2]");
  CHECK(lists("list_distinct", {list({list({i(1)}), list({d(1.0)}), map({{i(1), text("a")}}), map({{u(1), text("a")}}), map({})})}) ==
        "[[1], {\"1\": \"a\"}, {}]");
  CHECK(raw("list_distinct", {list({d(NAN), d(NAN)})}).as_list().size() == 2);
  CHECK(lists("list_distinct", {list({d(0.0), d(-0.0)})}) == "[0]");
  CHECK(lists("list_distinct", {list({i(1), map({{text("a"), unknown("x.a")}})})}) == "unknown: x.a");
  std::vector<value> many;
  for (int n = 0; n < 100'000; ++n) many.push_back(i(n % 50'000));
  CHECK(raw("list_distinct", {make_list(memory, many)}).as_list().size() == 50'000);
}

TEST_CASE_FIXTURE(lists_workshop, "flatten") {
  const value nested = list({i(1), list({i(2), list({i(3), list({})})})});
  CHECK(lists("list_flatten", {nested}) == "[1, 2, [3, []]]");
  CHECK(lists("list_flatten_int", {nested, i(0)}) == "[1, [2, [3, []]]]");
  CHECK(lists("list_flatten_int", {nested, i(2)}) == "[1, 2, 3, []]");
  CHECK(lists("list_flatten_int", {nested, i(INT64_MAX)}) == "[1, 2, 3]");
  CHECK(fails(raw("list_flatten_int", {nested, i(-1)}), invalid));
  CHECK(lists("list_flatten", {list({list({i(1)}), unknown("x")})}) == "unknown: x");
}

TEST_CASE_FIXTURE(lists_workshop, "range, slice, reverse, first, last") {
  CHECK(lists("lists_range", {i(3)}) == "[0, 1, 2]");
  CHECK(lists("lists_range", {i(0)}) == "[]");
  CHECK(fails(raw("lists_range", {i(-5)}), invalid));
  CHECK(fails(raw("lists_range", {i(INT64_MAX)}), limit));
  const value four = list({i(1), i(2), i(3), i(4)});
  CHECK(lists("list_slice", {four, i(1), i(3)}) == "[2, 3]");
  CHECK(lists("list_slice", {four, i(4), i(4)}) == "[]");
  CHECK(fails(raw("list_slice", {four, i(0), i(5)}), evaluation_error_code::index_out_of_range));
  CHECK(fails(raw("list_slice", {four, i(-1), i(2)}), evaluation_error_code::index_out_of_range));
  CHECK(fails(raw("list_slice", {four, i(3), i(2)}), invalid));
  CHECK(lists("list_reverse", {four}) == "[4, 3, 2, 1]");
  CHECK(raw("list_first", {four}).some()->as_integer() == 1);
  CHECK(raw("list_last", {four}).some()->as_integer() == 4);
  CHECK(raw("list_first", {list({})}).some() == nullptr);
  CHECK(lists("list_last", {list({i(1), unknown("x")})}) == "unknown: x");
  CHECK(raw("list_first", {list({i(1), unknown("x")})}).some()->as_integer() == 1);
}

TEST_CASE_FIXTURE(lists_workshop, "sort takes one type that has an order") {
  CHECK(lists("list_int_sort", {list({i(3), i(-1), i(2)})}) == "[-1, 2, 3]");
  CHECK(lists("list_string_sort", {list({text("b"), text("あ"), text("a")})}) == "[\"a\", \"b\", \"あ\"]");
  CHECK(lists("list_bool_sort", {list({value::boolean(true), value::boolean(false)})}) == "[false, true]");
  CHECK(lists("list_int_sort", {list({})}) == "[]");
  CHECK(fails(raw("list_int_sort", {list({i(1), text("a")})}), invalid));
  CHECK(fails(raw("list_double_sort", {list({d(1), d(NAN), d(0)})}), invalid));
  CHECK(fails(raw("list_int_sort", {list({list({}), list({})})}), invalid));
  CHECK(lists("list_int_sort", {list({i(1), unknown("x")})}) == "unknown: x");
}

TEST_CASE_FIXTURE(lists_workshop, "an open relation answers nothing that more members could change") {
  const relation_list open({i(1)}, {1}, true, &unknown("rel").as_unknown());
  const value relation = value::list(&open);
  for (const char* id : {"list_distinct", "list_flatten", "list_reverse", "list_first", "list_last", "list_int_sort"}) {
    CHECK_MESSAGE(lists(id, {relation}) == "unknown: rel", id);
  }
  CHECK(shown(set("contains", relation, list({i(2)}))) == "unknown: rel");
  const relation_list closed({i(1)}, {1}, false, nullptr);
  CHECK(lists("list_reverse", {value::list(&closed)}) == "[1]");
}

TEST_CASE_FIXTURE(lists_workshop, "sets") {
  const value ab = list({text("a"), text("b")});
  CHECK(set("contains", ab, list({text("b"), text("b")})).is_true());
  CHECK(set("contains", ab, list({text("c")})).is_false());
  CHECK(set("contains", list({}), list({})).is_true());
  CHECK(set("contains", list({i(1), list({i(2)})}), list({d(1.0), list({u(2)})})).is_true());
  CHECK(set("equivalent", ab, list({text("b"), text("a"), text("a")})).is_true());
  CHECK(set("equivalent", ab, list({text("a")})).is_false());
  CHECK(set("equivalent", list({text("a")}), ab).is_false());
  CHECK(set("intersects", ab, list({text("c"), text("a")})).is_true());
  CHECK(set("intersects", ab, list({text("c")})).is_false());
  CHECK(set("intersects", ab, list({})).is_false());
}

TEST_CASE_FIXTURE(lists_workshop, "unknown elements leave a set open only where they could change the answer") {
  const value a_or = list({text("a"), unknown("x")});
  CHECK(set("contains", a_or, list({text("a")})).is_true());
  CHECK(shown(set("contains", a_or, list({text("b")}))) == "unknown: x");
  CHECK(shown(set("contains", list({text("a")}), a_or)) == "unknown: x");
  CHECK(set("contains", list({text("c")}), a_or).is_false());
  CHECK(set("intersects", a_or, list({text("a")})).is_true());
  CHECK(shown(set("intersects", a_or, list({text("b")}))) == "unknown: x");
  CHECK(set("intersects", a_or, list({})).is_false());
  CHECK(set("equivalent", list({text("c")}), a_or).is_false());
  const value part = map({{text("k"), i(1)}, {text("v"), unknown("y")}});
  CHECK(set("intersects", list({part}), list({map({{text("k"), i(2)}, {text("v"), i(3)}})})).is_false());
  CHECK(shown(set("intersects", list({part}), list({map({{text("k"), i(1)}, {text("v"), i(3)}})}))) == "unknown: y");
}

TEST_CASE_FIXTURE(lists_workshop, "large sets are quick and work is told") {
  std::vector<value> many;
  for (int n = 0; n < 200'000; ++n) many.push_back(i(n));
  const value large = make_list(memory, many);
  context.work = 0;
  CHECK(set("equivalent", large, large).is_true());
  CHECK(context.work > 1'000);
  std::vector<value> vague;
  for (int n = 0; n < 5'000; ++n) vague.push_back(unknown("x"));
  CHECK(shown(set("contains", make_list(memory, vague), list({i(1)}))) == "unknown: x");
  CHECK(fails(set("contains", make_list(memory, vague), large), limit));
}
