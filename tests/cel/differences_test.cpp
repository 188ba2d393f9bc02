// What the differential test found, each in the smallest expression that showed it.
#include "cel/packs/time_zone.hpp"
#include "cel/profiles.hpp"
#include "eval_support.hpp"

using namespace sekimori;
using namespace sekimori::cel;

namespace {

struct found : bench {
  test_relation possible{{value::integer(1)}, {0}, false, unknown("link")};
  test_relation open{{value::integer(1), value::integer(2)}, {1, 1}, true, unknown("tail")};

  found() {
    add_profile(names, *find_profile("sekimori"));
    set("possible", value::list(&possible));
    set("open", value::list(&open));
    set("u", unknown("u"));
    set("w", unknown("w"));
    set("e", error());
    set("nan", value::floating(0.0 / 0.0));
    names.declare_variable("wrapped", names.types().parse("wrapper(int)"));
    variables.push_back(value::integer(7));
  }
  std::string type_of(const std::string& text) {
    auto made = names.compile(plain_text(text));
    return made.ok() ? to_string(*made.value()->result_type) : "refused";
  }
};

}  // namespace

TEST_CASE_FIXTURE(found, "a member that is only possible cannot make a certain error, whatever is wrong with it") {
  CHECK((*this)("possible.exists(x, dyn(x))") == "unknown link");
  CHECK((*this)("possible.all(x, dyn('text'))") == "unknown link");
  CHECK((*this)("possible.exists_one(x, dyn(null))") == "unknown link");
  CHECK((*this)("open.exists(x, dyn(x))") == "unknown tail");
}

TEST_CASE_FIXTURE(found, "unknowns outrank errors and merge inside functions too") {
  CHECK((*this)("optional.unwrap([dyn(1), u])") == "unknown u");
  CHECK((*this)("[u, dyn(1), w].unwrapOpt()") == "unknown u,w");
  CHECK((*this)("sets.intersects([u], [w])") == "unknown u,w");
  CHECK((*this)("sets.contains([u, 1], [w])") == "unknown u,w");
}

TEST_CASE_FIXTURE(found, "what stands between brackets is looked at before what is indexed") {
  CHECK((*this)("dyn({})[?null]") == "error");
  CHECK((*this)("dyn({1: 2})[?[1]]") == "error");
  CHECK((*this)("dyn({1: 2})[?nan].hasValue()") == "false");
  CHECK((*this)("dyn([])[?9.1e18].hasValue()") == "false");
  CHECK((*this)("optional.none()[?null].hasValue()") == "false");
}

TEST_CASE_FIXTURE(found, "conversions take what cel-go takes") {
  CHECK((*this)("double('1e-400') == 0.0 && double('-0.0000000001e-390') == 0.0") == "true");
  CHECK((*this)("double('1e400')") == "error");
  CHECK((*this)("double('100000000000000000000e-400') == 0.0 && 1e-400 == 0.0") == "true");
  CHECK((*this)("double('-nan')") == "error");
  CHECK((*this)("math.isNaN(double('NaN'))") == "true");
  CHECK((*this)("uint('+1')") == "error");
  CHECK((*this)("int('+1')") == "1");
  CHECK((*this)("int('+-1')") == "error");
  CHECK((*this)("int(duration('-1.5s'))") == "-1500000000");
  CHECK((*this)("optional.ofNonZeroValue(optional.none()).hasValue()") == "true");
}

TEST_CASE_FIXTURE(found, "large doubles are formatted with the digits that they have, and no others") {
  CHECK((*this)("'%s %d'.format([9223372036854775807.0, -1e21])") == "9223372036854776000 -1000000000000000000000");
  CHECK((*this)("'%s'.format([1234567890123456.5])") == "1234567890123456.5");
}

TEST_CASE_FIXTURE(found, "one NaN needs no order") {
  CHECK((*this)("[nan].sort().size()") == "1");
  CHECK((*this)("[1].sortBy(x, nan)") == "[1]");
  CHECK((*this)("[1, 2].sortBy(x, nan)") == "error");
  CHECK((*this)("[nan, 1.0].sort()") == "error");
  CHECK((*this)("math.isNaN(math.greatest(double('NaN')))") == "true");
  CHECK((*this)("math.greatest(1.0, nan)") == "error");
}

TEST_CASE_FIXTURE(found, "open types are decided in cel-go's order") {
  CHECK(type_of("{}.k - dyn(1)") == "double");
  CHECK(type_of("{}.k + {}.j") == "bytes");
  CHECK(type_of("-({}.k)") == "double");
  CHECK(type_of("timestamp(0) - {}.k") == "google.protobuf.Timestamp");
  CHECK(type_of("true ? 1 : e['k']") == "dyn");
  CHECK(type_of("e[?'k']") == "dyn");
  CHECK(type_of("optional.of(e)['k']") == "optional_type(dyn)");
  CHECK(type_of("true ? 1 : {}.k[1]") == "int");
  CHECK(type_of("e.optFlatMap(x, e)") == "dyn");
  CHECK(type_of("true ? int : string") == "type(int)");
  CHECK(type_of("[1].sortBy(x, wrapped)") == "list(int)");
  CHECK(type_of("{wrapped: 1}") == "map(wrapper(int), int)");
  CHECK((*this)("{wrapped: 1}[7]") == "1");
  CHECK((*this)("optional.of(1).optFlatMap(x, dyn('text'))") == "text");
}

TEST_CASE_FIXTURE(found, "the type that a use suggests for what came out of a dyn forbids no other value") {
  set("texts", list({value::string("ab")}));
  CHECK((*this)("texts.first().value().size()") == "2");
  CHECK((*this)("cel.bind(x, texts.first().value(), size(x) + size(x))") == "4");
  CHECK((*this)("cel.bind(x, dyn(optional.of('ab')).value(), x + x)") == "abab");
  CHECK((*this)("dyn(optional.of('ab')).optMap(s, size(s)).value()") == "2");
  CHECK((*this)("texts.sortBy(x, 1)[0].reverse()") == "ba");
}

TEST_CASE_FIXTURE(found, "no match of a regular expression begins inside a character") {
  CHECK((*this)("regex.extractAll('e\\u0301', '\\\\B').size()") == "1");
  CHECK((*this)("regex.replace('aéb', '\\\\B', '-')") == "aéb");
  CHECK((*this)("regex.replace('éa', '\\\\B|a', '-')") == "-é-");
  CHECK((*this)("regex.replace('日本', '', '-')") == "-日-本-");
}

TEST_CASE_FIXTURE(found, "format writes addresses, and cidr has isMask") {
  CHECK((*this)("'%s'.format([dyn(ip('10.0.0.1'))])") == "10.0.0.1");
  CHECK((*this)("'%s'.format([[cidr('10.0.0.0/8')]])") == "[10.0.0.0/8]");
  CHECK((*this)("cidr('10.0.0.0/8').isMask()") == "true");
  CHECK((*this)("cidr('10.0.0.1/8').isMask()") == "false");
  CHECK((*this)("cidr('2001:db8::1/128').isMask()") == "true");
}

TEST_CASE_FIXTURE(found, "sortBy of a map is refused where the type tells, else an error") {
  CHECK(type_of("{1: 2}.sortBy(k, k)") == "refused");
  CHECK((*this)("dyn({1: 2}).sortBy(k, 1)") == "error");
}

TEST_CASE_FIXTURE(found, "the condition of a choice is not blamed for its results") {
  auto made = names.compile(plain_text("dyn(true) ? timestamp(0) : optional.of(1)"));
  REQUIRE(!made.ok());
  CHECK(made.diagnostics().front().message.find("the results of `? :`") != std::string::npos);
}

TEST_CASE_FIXTURE(found, "named zones keep their summer time after the years that the database lists") {
  CHECK((*this)("timestamp('2061-07-04T12:00:00Z').getHours('America/New_York')") == "8");
  CHECK((*this)("timestamp('2061-01-04T12:00:00Z').getHours('America/New_York')") == "7");
  CHECK((*this)("timestamp('2061-01-04T12:00:00Z').getHours('Australia/Sydney')") == "23");
  CHECK((*this)("timestamp('2061-07-04T12:00:00Z').getHours('Europe/Dublin')") == "13");
  CHECK((*this)("timestamp('2061-07-04T12:00:00Z').getHours('Asia/Tokyo')") == "21");
  CHECK((*this)("timestamp('2061-07-04T12:00:00Z').getHours('Nowhere/At_All')") == "error");
}

TEST_CASE("rules of time zones") {
  constexpr std::int64_t july = 2888611200;     // 2061-07-15T00:00:00Z
  constexpr std::int64_t january = 2872800000;  // 2061-01-13T00:00:00Z
  CHECK(rule_offset("JST-9", july) == 9 * 3600);
  CHECK(rule_offset("<+0545>-5:45", july) == 5 * 3600 + 45 * 60);
  CHECK(rule_offset("EST5EDT,M3.2.0,M11.1.0", july) == -4 * 3600);
  CHECK(rule_offset("EST5EDT,M3.2.0,M11.1.0", january) == -5 * 3600);
  CHECK(rule_offset("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", july) == -3600);
  CHECK(rule_offset("IST-1GMT0,M10.5.0,M3.5.0/1", july) == 3600);
  CHECK(rule_offset("IST-1GMT0,M10.5.0,M3.5.0/1", january) == 0);
  // The change itself: 2061-03-13T07:00:00Z.
  CHECK(rule_offset("EST5EDT,M3.2.0,M11.1.0", 2877922799) == -5 * 3600);
  CHECK(rule_offset("EST5EDT,M3.2.0,M11.1.0", 2877922800) == -4 * 3600);
  for (const char* wrong : {"", "EST", "5", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M13.1.0,M1.1.0", "EST5EDT,M3.6.0,M11.1.0", "EST5EDT,J60,J300", "<EST5", "EST5EDT,M3.2.0,M11.1.0x"}) {
    CAPTURE(wrong);
    CHECK(!rule_offset(wrong, july).has_value());
  }
}
