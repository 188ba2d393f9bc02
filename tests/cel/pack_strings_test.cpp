#include "pack_test.hpp"

#include <cmath>
#include <limits>

using namespace pack_test;

namespace {

struct strings_workshop : workshop {
  value str(std::string_view id, std::initializer_list<value> arguments) { return call(cel::strings_pack(), id, arguments); }
  std::string format(std::string_view pattern, std::initializer_list<value> arguments) {
    return shown(str("string_format", {text(pattern), list(arguments)}));
  }
  bool refused(std::string_view pattern, std::initializer_list<value> arguments) {
    return fails(str("string_format", {text(pattern), list(arguments)}), evaluation_error_code::invalid_argument);
  }
  std::string pieces(value given) {
    if (!given.is(value_kind::list)) return shown(given);
    std::string all;
    for (std::size_t i = 0; i < given.as_list().size(); ++i) all += "[" + std::string(given.as_list().at(i).as_text()) + "]";
    return all;
  }
  value i(std::int64_t number) { return value::integer(number); }
  value d(double number) { return value::floating(number); }
};

constexpr auto outside = evaluation_error_code::index_out_of_range;

}  // namespace

TEST_CASE_FIXTURE(strings_workshop, "positions count code points") {
  const value t = text("ta©o©αT");
  CHECK(shown(str("string_char_at_int", {t, i(5)})) == "α");
  CHECK(shown(str("string_char_at_int", {t, i(7)})).empty());
  CHECK(fails(str("string_char_at_int", {t, i(8)}), outside));
  CHECK(fails(str("string_char_at_int", {t, i(-1)}), outside));
  CHECK(fails(str("string_char_at_int", {t, i(INT64_MAX)}), outside));
  CHECK(str("string_index_of_string", {t, text("©")}).as_integer() == 2);
  CHECK(str("string_index_of_string_int", {t, text("©"), i(3)}).as_integer() == 4);
  CHECK(str("string_index_of_string_int", {t, text("©"), i(5)}).as_integer() == -1);
  CHECK(str("string_index_of_string_int", {t, text(""), i(7)}).as_integer() == 7);
  CHECK(fails(str("string_index_of_string_int", {t, text("a"), i(8)}), outside));
  CHECK(fails(str("string_index_of_string_int", {t, text("a"), i(-1)}), outside));
  CHECK(str("string_last_index_of_string", {t, text("©")}).as_integer() == 4);
  CHECK(str("string_last_index_of_string", {t, text("")}).as_integer() == 7);
  CHECK(str("string_last_index_of_string", {text(""), text("@@")}).as_integer() == -1);
  CHECK(str("string_last_index_of_string_int", {t, text("©"), i(3)}).as_integer() == 2);
  CHECK(str("string_last_index_of_string_int", {t, text("©"), i(1)}).as_integer() == -1);
  CHECK(fails(str("string_last_index_of_string_int", {t, text("a"), i(8)}), outside));
  CHECK(shown(str("string_substring_int", {t, i(5)})) == "αT");
  CHECK(shown(str("string_substring_int_int", {t, i(2), i(6)})) == "©o©α");
  CHECK(shown(str("string_substring_int_int", {t, i(7), i(7)})).empty());
  CHECK(fails(str("string_substring_int_int", {t, i(1), i(8)}), outside));
  CHECK(fails(str("string_substring_int_int", {t, i(4), i(3)}), evaluation_error_code::invalid_argument));
}

TEST_CASE_FIXTURE(strings_workshop, "case, trim, reverse, quote") {
  CHECK(shown(str("string_lower_ascii", {text("TacoCÆt")})) == "tacocÆt");
  CHECK(shown(str("string_upper_ascii", {text("tacoCαt")})) == "TACOCαT");
  CHECK(shown(str("string_trim", {text("\u3000\t x y\u2028\u00a0\n")})) == "x y");
  CHECK(shown(str("string_trim", {text(" \u3000")})).empty());
  CHECK(shown(str("string_reverse", {text("Ta©oCαt")})) == "tαCo©aT");
  CHECK(shown(str("strings_quote", {text("a\"b\\c\n\t\r\v\a\b\fあ")})) == "\"a\\\"b\\\\c\\n\\t\\r\\v\\a\\b\\fあ\"");
}

TEST_CASE_FIXTURE(strings_workshop, "join") {
  CHECK(shown(str("list_join", {list({text("x"), text("y")})})) == "xy");
  CHECK(shown(str("list_join_string", {list({text("x"), text("y")}), text(", ")})) == "x, y");
  CHECK(shown(str("list_join", {list({})})).empty());
  CHECK(fails(str("list_join", {list({i(1)})}), evaluation_error_code::no_matching_overload));
  CHECK(shown(str("list_join", {list({unknown("a"), i(1), unknown("b")})})) == "unknown: a b");
}

TEST_CASE_FIXTURE(strings_workshop, "replace and split as in Go") {
  const auto replaced = [&](std::string_view t, std::string_view a, std::string_view b) { return shown(str("string_replace_string_string", {text(t), text(a), text(b)})); };
  CHECK(replaced("{0} days {0} hours", "{0}", "2") == "2 days 2 hours");
  CHECK(replaced("aあ", "", "-") == "-a-あ-");
  CHECK(replaced("", "", "-") == "-");
  CHECK(replaced("aaa", "aa", "b") == "ba");
  CHECK(shown(str("string_replace_string_string_int", {text("abc"), text(""), text("-"), i(2)})) == "-a-bc");
  CHECK(shown(str("string_replace_string_string_int", {text("aaa"), text("a"), text("b"), i(2)})) == "bba");
  CHECK(shown(str("string_replace_string_string_int", {text("aaa"), text("a"), text("b"), i(0)})) == "aaa");
  CHECK(shown(str("string_replace_string_string_int", {text("aaa"), text("a"), text("b"), i(-1)})) == "bbb");
  const auto split = [&](std::string_view t, std::string_view at) { return pieces(str("string_split_string", {text(t), text(at)})); };
  CHECK(split("a,b,", ",") == "[a][b][]");
  CHECK(split("", ",") == "[]");
  CHECK(split("aあb", "") == "[a][あ][b]");
  CHECK(split("", "").empty());
  const auto split_at_most = [&](std::string_view t, std::string_view at, std::int64_t most) { return pieces(str("string_split_string_int", {text(t), text(at), i(most)})); };
  CHECK(split_at_most("a b c", " ", 2) == "[a][b c]");
  CHECK(split_at_most("a b c", " ", 1) == "[a b c]");
  CHECK(split_at_most("a b c", " ", 0).empty());
  CHECK(split_at_most("abc", "", 2) == "[a][bc]");
}

TEST_CASE_FIXTURE(strings_workshop, "a call cannot make a text without end") {
  const value large = text(std::string(1 << 20, 'a'));
  CHECK(fails(str("string_replace_string_string", {large, text("a"), text("bbbbbbbb")}), evaluation_error_code::limit));
  CHECK(fails(str("list_join", {list({large, large, large, large, large})}), evaluation_error_code::limit));
  CHECK(fails(str("string_format", {text("%s%s%s%s%s"), list({large, large, large, large, large})}), evaluation_error_code::limit));
}

TEST_CASE_FIXTURE(strings_workshop, "format: every verb") {
  CHECK(format("%% %s%%", {text("x")}) == "% x%");
  CHECK(format("%d %d %d", {i(-5), value::unsigned_integer(UINT64_MAX), d(1.5)}) == "-5 18446744073709551615 1.5");
  CHECK(format("%f %.3f %.0f %.0f", {d(2.71828), d(1.2345), d(2.5), i(2)}) == "2.718280 1.234 2 2");
  CHECK(format("%e %.6e %e", {d(2.71828), d(1052.032911275), value::unsigned_integer(3)}) == "2.718280e+00 1.052033e+03 3.000000e+00");
  CHECK(format("%b %b %b %b", {i(5), i(-5), value::boolean(true), value::unsigned_integer(64)}) == "101 -101 1 1000000");
  CHECK(format("%o %x %X %x", {i(8), i(30), i(-255), value::unsigned_integer(500)}) == "10 1e -FF 1f4");
  CHECK(format("%x %X", {text("Hello"), value::bytes("xyz~")}) == "48656c6c6f 78797A7E");
  CHECK(format("%x", {text("あ")}) == "e38182");
  CHECK(format("%d %f %e %s", {d(NAN), d(INFINITY), d(-INFINITY), d(-INFINITY)}) == "NaN Infinity -Infinity -Infinity");
}

TEST_CASE_FIXTURE(strings_workshop, "format: every value as text") {
  CHECK(format("%s %s %s %s", {value::null(), value::boolean(true), i(-3), d(1e21)}) == "null true -3 1000000000000000000000");
  CHECK(format("%s %s", {d(5e-324), d(0.1)}).substr(0, 6) == "0.0000");
  CHECK(format("%s %s", {value::type("int"), value::bytes("a\xff")}) == "int a\uFFFD");
  CHECK(format("%s %s", {value::timestamp(1675467080, 0), value::timestamp(-1, 500'000'000)}) == "2023-02-03T23:31:20Z 1969-12-31T23:59:59.5Z");
  CHECK(format("%s %s %s", {value::duration(6347, 0), value::duration(0, -500'000'000), value::duration(1, 1)}) == "6347s -0.5s 1.000000001s");
  CHECK(format("%s", {list({text("a"), d(3.14), value::null(), list({i(9)})})}) == "[a, 3.14, null, [9]]");
  CHECK(format("%s", {map({{text("strKey"), text("x")}, {i(6), value::duration(422, 0)}, {value::boolean(true), i(42)}})}) == "{6: 422s, strKey: x, true: 42}");
  CHECK(format("%s", {call(cel::cloud_pack(), "ports_parse_string", {text("22,80-90")})}) == "22,80-90");
}

TEST_CASE_FIXTURE(strings_workshop, "format: what it refuses") {
  CHECK(refused("%a", {i(1)}));
  CHECK(refused("%E", {d(1)}));
  CHECK(refused("%", {}));
  CHECK(refused("%.", {d(1)}));
  CHECK(refused("%.f", {d(1)}));
  CHECK(refused("%.3", {d(1)}));
  CHECK(refused("%.1001f", {d(1)}));
  CHECK(refused("%.99999999999999999999f", {d(1)}));
  CHECK(refused("%d %d %d", {i(0), i(1)}));
  CHECK(refused("%b", {text("abc")}));
  CHECK(refused("%d", {value::duration(1, 0)}));
  CHECK(refused("%o", {text("a")}));
  CHECK(refused("%x", {d(0.5)}));
  CHECK(refused("%e", {value::null()}));
  CHECK(refused("%s", {value::optional(nullptr)}));
  CHECK(format("%d", {text("secret")}) == "error: the decimal clause takes numbers, was given string");
  CHECK(format("%s", {list({unknown("tags")})}) == "unknown: tags");
  CHECK(format("%.1000f", {d(-std::numeric_limits<double>::max())}).size() == 1 + 309 + 1 + 1000);
}
