#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>

#include "value/compare.hpp"
#include "value/forms.hpp"
#include "value/values.hpp"

using namespace sekimori;

namespace {
std::string json_of(arena& memory, std::string_view text) { return to_json(from_json(memory, text)); }
}  // namespace

TEST_CASE("numbers are equal and ordered across types by their value") {
  arena memory;
  auto same = [&](value a, value b) { return equals(memory, a, b).is_true(); };
  CHECK(same(value::integer(1), value::unsigned_integer(1)));
  CHECK(same(value::integer(1), value::floating(1.0)));
  CHECK_FALSE(same(value::integer(-1), value::unsigned_integer(std::numeric_limits<std::uint64_t>::max())));
  CHECK_FALSE(same(value::floating(NAN), value::floating(NAN)));
  // Beside a double an integer is rounded, as cel-spec's suite wants at 2^63.
  CHECK(compare(value::integer(std::numeric_limits<std::int64_t>::max()), value::floating(9223372036854775808.0)) == 0);
  CHECK(compare(value::integer(std::numeric_limits<std::int64_t>::min()), value::floating(-9223372036854775808.0)) == 0);
  CHECK(compare(value::integer(9007199254740993), value::integer(9007199254740992)) == 1);
  CHECK(compare(value::unsigned_integer(std::numeric_limits<std::uint64_t>::max()), value::floating(1e300)) == -1);
  CHECK(compare(value::unsigned_integer(5), value::floating(-0.5)) == 1);
  CHECK(compare(value::integer(1), value::floating(1.5)) == -1);
  CHECK_FALSE(compare(value::integer(1), value::floating(NAN)).has_value());
  CHECK_FALSE(compare(value::integer(1), value::string("1")).has_value());
}

TEST_CASE("1, 1u and 1.0 are one key of a map") {
  arena memory;
  map_entry entries[] = {{value::string("b"), value::integer(2)}, {value::unsigned_integer(1), value::integer(1)}, {value::boolean(true), value::integer(0)}};
  value map = make_map(memory, entries);
  value found;
  CHECK(map.as_map().find(value::integer(1), found));
  CHECK(map.as_map().find(value::floating(1.0), found));
  CHECK_FALSE(map.as_map().find(value::floating(1.5), found));
  CHECK_FALSE(map.as_map().find(value::floating(NAN), found));
  // Keys are told apart exactly: 2^53 + 1 is no double.
  map_entry large[] = {{value::integer(9007199254740993), value::null()}};
  CHECK_FALSE(make_map(memory, large).as_map().find(value::floating(9007199254740992.0), found));
  CHECK_FALSE(map.as_map().find(value::null(), found));
  CHECK(map.as_map().entries()[0].key.is(value_kind::boolean));
  CHECK(map.as_map().entries()[2].key.is(value_kind::string));
}

TEST_CASE("a container with unknown leaves differs once a known leaf does") {
  arena memory;
  value hole = make_unknown(memory, "a.b", "x", unknown_reason::computed);
  value left[] = {hole, value::integer(1)};
  value same[] = {value::integer(7), value::integer(1)};
  value other[] = {value::integer(7), value::integer(2)};
  value shorter[] = {value::integer(7)};
  CHECK(equals(memory, make_list(memory, left), make_list(memory, same)).is_unknown());
  CHECK(equals(memory, make_list(memory, left), make_list(memory, other)).is_false());
  CHECK(equals(memory, make_list(memory, left), make_list(memory, shorter)).is_false());
}

TEST_CASE("unknown sets merge sorted and without doubles") {
  arena memory;
  value a = make_unknown(memory, "r", "b", unknown_reason::computed);
  value b = make_unknown(memory, "r", "a", unknown_reason::scope);
  value merged = merge_unknowns(memory, merge_unknowns(memory, a, b), make_unknown(memory, "r", "b", unknown_reason::computed));
  REQUIRE(merged.as_unknown().count == 2);
  CHECK(merged.as_unknown().paths[0].path == "a");
  CHECK(merged.as_unknown().paths[1].path == "b");
}

TEST_CASE("comparing a value that doubles at each level ends at a limit") {
  arena memory;
  value grown = make_list(memory, std::span<const value>());
  for (int i = 0; i < 60; ++i) {
    value both[] = {grown, grown};
    grown = make_list(memory, both);
  }
  value result = equals(memory, grown, grown);
  REQUIRE(result.is_error());
  CHECK(result.as_error().code == evaluation_error_code::limit);
  CHECK(display(grown, 100).size() <= 110);
}

TEST_CASE("display masks what is sensitive, at the top and inside") {
  arena memory;
  value secret = value::string("hunter2").marked_sensitive(true);
  CHECK(display(secret) == "(sensitive)");
  map_entry entries[] = {{value::string("user"), value::string("root")}, {value::string("password"), secret}};
  value map = make_map(memory, entries);
  constexpr std::string_view shown = R"~({"password": (sensitive), "user": "root"})~";
  constexpr std::string_view json = R"~({"password": "(sensitive)", "user": "root"})~";
  CHECK(display(map) == shown);
  CHECK(to_json(map) == json);
  CHECK(display(map.marked_sensitive(true)) == "(sensitive)");
}

TEST_CASE("display writes strings bare at the top, quoted inside, and cuts between code points") {
  arena memory;
  value elements[] = {value::string("a\"b"), value::integer(1), value::floating(1.5), value::null()};
  CHECK(display(value::string("日本")) == "日本");
  constexpr std::string_view list_shown = R"(["a\"b", 1, 1.5, null])";
  CHECK(display(make_list(memory, elements)) == list_shown);
  CHECK(display(value::string("日本語"), 7) == "日本…");
  CHECK(display(make_unknown(memory, "", "x", unknown_reason::computed)) == "(unknown)");
  CHECK(display(value::timestamp(1234567890, 500'000'000)) == "2009-02-13T23:31:30.5Z");
  CHECK(display(value::duration(-1, -500'000'000)) == "-1.5s");
}

TEST_CASE("JSON literals keep their kinds, and a text that is not JSON is an error") {
  arena memory;
  constexpr std::string_view text = R"( {"b": [1, 18446744073709551615, 1.0, "\u3042\ud83d\ude00"], "a": null} )";
  constexpr std::string_view same = R"({"a": null, "b": [1, 18446744073709551615, 1.0, "あ😀"]})";
  CHECK(json_of(memory, text) == same);
  CHECK(from_json(memory, "18446744073709551616").is_error());
  CHECK(from_json(memory, "01").is_error());
  CHECK(from_json(memory, "[1,]").is_error());
  constexpr std::string_view twice = R"({"a":1,"a":2})";
  CHECK(from_json(memory, twice).is_error());
  CHECK(from_json(memory, "\"\\ud800\"").is_error());
  CHECK(from_json(memory, "1 2").is_error());
  CHECK(from_json(memory, "").is_error());
  CHECK(from_json(memory, std::string(100'000, '[')).is_error());
}

TEST_CASE("paths are written from the resource down") {
  data_path root{nullptr, "aws_instance.a", -1};
  data_path blocks{&root, "ingress", -1};
  data_path first{&blocks, "", 0};
  CHECK(path_text(&first, value::string("cidr_blocks")) == "ingress[0].cidr_blocks");
  CHECK(path_text(&blocks, value::integer(3)) == "ingress[3]");
  CHECK(path_text(&root, value::string("name")) == "name");
  CHECK(path_text(&first) == "ingress[0]");
  CHECK(path_root(&first) == "aws_instance.a");
  CHECK(path_root(nullptr).empty());
}

TEST_CASE("timestamps and durations read and write as RFC 3339 and Go have them") {
  CHECK(parse_timestamp("1970-01-01T00:00:00Z")->seconds == 0);
  CHECK(parse_timestamp("2009-02-13T23:31:30+09:00")->seconds == 1234535490);
  CHECK(parse_timestamp("0001-01-01T00:00:00Z")->seconds == min_timestamp_seconds);
  CHECK(parse_timestamp("9999-12-31T23:59:59.999999999Z")->nanos == 999'999'999);
  for (std::string_view bad : {"", "2009", "2009-02-30T00:00:00Z", "2009-02-13T24:00:00Z", "2009-02-13T23:31:30", "2009-02-13T23:31:30.Z",
                               "0000-01-01T00:00:00Z", "9999-12-31T23:59:59-01:00", "2009-02-13T23:31:30Zx", "2009-02-13 23:31:30Z"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_timestamp(bad).has_value());
  }
  for (std::int64_t day : {-719162, -1, 0, 59, 11016, 19000, 2932896}) {
    civil_day civil = civil_from_days(day);
    CHECK(days_from_civil(civil.year, civil.month, civil.day) == day);
  }
  CHECK(parse_duration("-1h2m3.5s")->seconds == -3723);
  CHECK(parse_duration("-1h2m3.5s")->nanos == -500'000'000);
  CHECK(parse_duration("1.5ms")->nanos == 1'500'000);
  CHECK(parse_duration("0")->seconds == 0);
  for (std::string_view bad : {"", "1", "s", ".s", "1x", "1h2", "320000000000s", "99999999999999999999999999h"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_duration(bad).has_value());
  }
  CHECK(format_double(1e6, 6) == "1e+06");
  CHECK(format_double(1e6) == "1000000");
  CHECK(format_double(-0.0045) == "-0.0045");
  CHECK(base64_decode("aGVsbG8=") == "hello");
  CHECK(base64_decode("aGVsbG8") == "hello");
  CHECK_FALSE(base64_decode("a").has_value());
  CHECK(base64_encode("hello") == "aGVsbG8=");
}
