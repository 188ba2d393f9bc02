// Packs as an environment turns them on: versions, macros and syntax, what is said where one is off, and profiles.
#include <doctest/doctest.h>

#include <set>
#include <string>
#include <string_view>

#include "cel/check/environment_data.hpp"
#include "cel/evaluator.hpp"
#include "cel/profiles.hpp"
#include "front_end_support.hpp"
#include "value/values.hpp"

using namespace sekimori;
using namespace sekimori::cel;
using sekimori::cel::testing::mistakes_of;
using sekimori::cel::testing::type_of;

namespace {

struct setting : environment {
  setting() {
    declare_variable("s", types().parse("string"));
    declare_variable("n", types().parse("list(int)"));
    declare_variable("m", types().parse("map(string, int)"));
  }
  void on(std::string_view pack) { add_pack(*find_pack(pack)); }
  void on(std::string_view pack, std::uint8_t version) { add_pack(*find_pack(pack), version); }
  // The help of the only mistake.
  std::string help(std::string_view text) const {
    auto found = mistakes_of(*this, text);
    CAPTURE(std::string(text));
    REQUIRE(found.size() == 1);
    return found[0].help;
  }
};

}  // namespace

TEST_CASE_FIXTURE(setting, "a function that came with a later version of its pack is not there, and the help says so") {
  on("strings", 2);
  CHECK(help("s.reverse()") == "`reverse` is in pack strings from version 3; this environment has 2");
  CHECK(type_of(*this, "s.charAt(0) + strings.quote(s) + '%s'.format([s])") == "string");
  on("strings", 3);
  CHECK(type_of(*this, "s.reverse()") == "string");
  on("strings", 0);
  CHECK(type_of(*this, "s.reverse()") == "string");  // turning a pack on again takes nothing away
}

TEST_CASE_FIXTURE(setting, "versions are those of cel-go's libraries") {
  struct { std::string_view pack; int version; std::string_view without, with; } cases[] = {
      {"strings", 1, "s.charAt(0)", "'%s'.format([s])"},   {"strings", 1, "s.trim()", "strings.quote(s)"},
      {"strings", 3, "n.map(x, s).join()", "s.reverse()"}, {"lists", 1, "n.slice(0, 1)", "[n].flatten()"},
      {"lists", 2, "[n].flatten(1)", "n.sort()"},          {"lists", 2, "n.slice(0, 1)", "n.sortBy(x, -x)"},
      {"lists", 2, "[n].flatten()", "n.distinct()"},       {"lists", 2, "[n].flatten()", "lists.range(3)"},
      {"lists", 5, "n.reverse()", "n.hasAny(n)"},          {"math", 1, "math.greatest(1, 2)", "math.abs(-1)"},
      {"math", 2, "math.bitAnd(1, 2)", "math.sqrt(4.0)"},  {"optionals", 1, "m.?a.optMap(x, x)", "m.?a.optFlatMap(x, optional.of(x))"},
      {"optionals", 2, "optional.of(1)", "n.first()"},     {"optionals", 2, "optional.none()", "[m.?a].unwrapOpt()"},
      {"optionals", 3, "m.?a.hasValue()", "m.?a.hasValue(1)"},
  };
  for (const auto& one : cases) {
    CAPTURE(std::string(one.with));
    setting before, since;
    before.on(one.pack, static_cast<std::uint8_t>(one.version - 1));
    since.on(one.pack, static_cast<std::uint8_t>(one.version));
    CHECK(mistakes_of(before, one.without).empty());
    CHECK(before.help(one.with).find("is in pack " + std::string(one.pack) + " from version " + std::to_string(one.version)) != std::string::npos);
    CHECK(mistakes_of(since, one.with).empty());
  }
}

TEST_CASE("a version that prints otherwise replaces what came before it") {
  auto formatted = [](std::initializer_list<int> versions) {
    setting names;
    for (int version : versions) names.on("strings", static_cast<std::uint8_t>(version));
    auto made = names.compile(plain_text("'%s'.format([['a', 'b']])"));
    REQUIRE(made.ok());
    arena memory;
    return display(evaluator(memory, limits()).evaluate(*made.value(), {}));
  };
  CHECK(formatted({3}) == "[\"a\", \"b\"]");
  CHECK(formatted({4}) == "[a, b]");
  CHECK(formatted({2, 4}) == "[a, b]");
  CHECK(formatted({4, 2}) == "[a, b]");
}

TEST_CASE_FIXTURE(setting, "what a pack has that is off") {
  CHECK(help("n.slice(0, 1)") == "`slice` is in pack lists, which is not turned on");
  CHECK(help("math.greatest(1, 2)") == "`math.greatest` is in pack math, which is not turned on");
  CHECK(help("cel.bind(x, 1, x + x)") == "`cel.bind` is in pack bindings, which is not turned on");
  CHECK(help("n.sortBy(x, -x)") == "`sortBy` is in pack lists, which is not turned on");
  CHECK(help("n.transformList(i, x, i * x)") == "`transformList` is in pack comprehensions2, which is not turned on");
  CHECK(help("n.all(i, x, i < x)") == "`all` is in pack comprehensions2, which is not turned on");
  CHECK(help("ip('10.0.0.1').family()") != "");
  on("lists");
  CHECK(help("s.reverse()") == "`reverse` is in pack strings, which is not turned on");  // lists has it for lists
}

TEST_CASE_FIXTURE(setting, "optional syntax belongs to optionals") {
  CHECK(help("m.?a") == "it is in pack optionals, which is not turned on");
  CHECK(help("m[?'a']") == "it is in pack optionals, which is not turned on");
  CHECK(help("[?1]") == "it is in pack optionals, which is not turned on");
  CHECK(help("{?'a': 1}") == "it is in pack optionals, which is not turned on");
  on("optionals");
  CHECK(type_of(*this, "m.?a") == "optional_type(int)");
}

TEST_CASE_FIXTURE(setting, "a macro that is off is an ordinary function's name") {
  static constexpr std::string_view parameters[] = {"list(int)", "int", "int", "bool"};
  static constexpr overload overloads[] = {{"host_all", true, parameters, "string", nullptr}};
  static constexpr function_row rows[] = {{"all", "host", overloads, 1, "", ""}};
  add_pack(std::span<const function_row>(rows));
  CHECK(type_of(*this, "n.all(1, 2, true)") == "string");
  CHECK(type_of(*this, "n.all(x, x > 1)") == "bool");  // the standard macro takes two
}

TEST_CASE_FIXTURE(setting, "standard macros need no pack, and can be turned off for one text") {
  CHECK(type_of(*this, "n.all(x, x > 0) && n.exists(x, x > 1) && has(m.a)") == "bool");
  environment::compile_options options;
  options.macros = false;
  CHECK(!compile(plain_text("n.all(x, x > 0)"), options).ok());
}

TEST_CASE("releases are read strictly") {
  CHECK(parse_release("1.34") == release{1, 34});
  for (std::string_view text : {"", "1", "1.", ".3", "v1.3", "1.3.0", "1.-3", "1.99999", " 1.3"}) CHECK_MESSAGE(!parse_release(text), text);
}

TEST_CASE("a profile turns on what its system has at a release") {
  const profile* kubernetes = find_profile("kubernetes");
  REQUIRE(kubernetes != nullptr);
  CHECK(find_profile("nobody") == nullptr);
  auto at = [&](std::uint16_t minor, std::string_view text) {
    setting names;
    add_profile(names, *kubernetes, {1, minor});
    return mistakes_of(names, text).empty();
  };
  struct { std::string_view text; std::uint16_t from; } since[] = {
      {"'%s'.format([s])", 29}, {"sets.contains(n, n)", 29}, {"m.?a.orValue(1)", 28}, {"n.all(i, x, i < x)", 32}, {"n.sort()", 34},
  };
  for (const auto& one : since) {
    CAPTURE(std::string(one.text));
    if (one.from > kubernetes->oldest.minor) CHECK(!at(static_cast<std::uint16_t>(one.from - 1), one.text));
    CHECK(at(one.from, one.text));
    CHECK(at(kubernetes->newest.minor, one.text));
  }
  CHECK(!at(37, "s.reverse()"));            // strings stay at version 2
  CHECK(!at(37, "math.greatest(1, 2)"));
  CHECK(!at(37, "cel.bind(x, 1, x)"));
  CHECK(at(99, "n.sort()"));                // after the newest: what the newest has
}

TEST_CASE("every row of every profile names a pack and a version that there is") {
  for (const profile& one : profiles()) {
    CAPTURE(std::string(one.name));
    CHECK(one.oldest <= one.newest);
    release last{};
    for (const profile_row& row : one.rows) {
      CAPTURE(std::string(row.pack));
      const pack* found = find_pack(row.pack);
      REQUIRE(found != nullptr);
      CHECK(row.version <= found->newest);
      CHECK(row.from >= last);
      last = row.from;
    }
  }
}

namespace {

std::set<const overload*> overloads_of(const environment& names) {
  std::set<const overload*> found;
  for (const auto& [name, function] : names.inside().functions()) found.insert(function.rows.begin(), function.rows.end());
  return found;
}

std::string said_of(const environment& names, const std::string& text) {
  auto compiled = names.compile(plain_text(text));
  return render(compiled.diagnostics()) + (compiled ? to_string(*compiled.value()->result_type) : std::string());
}

}  // namespace

TEST_CASE("an environment made of another has its packs, and is its own from then on") {
  for (const profile& one : profiles()) {
    CAPTURE(std::string(one.name));
    environment packs_alone;
    add_profile(packs_alone, one);
    environment made(&packs_alone);
    CHECK(overloads_of(made) == overloads_of(packs_alone));
    CHECK(made.inside().packs_on == packs_alone.inside().packs_on);
    CHECK(made.inside().type_names.size() == packs_alone.inside().type_names.size());
    for (const char* text : {"1 + 1", "[1, 2].all(x, x > 0)", "ip('10.0.0.1').family() == 4", "cidr('10.0.0.0/8').containsIP(ip('10.1.1.1'))",
                             "quantity('1k').add(1) == quantity('2k')", "optional.of(1).orValue('a')", "{'a': 1}.?b", "ip(1)", "math.greatest(1, 'a')",
                             "'a'.matches(1)", "unknown(1)", "math.greates(1)", "net.IP", "type(1) == int"}) {
      CAPTURE(std::string(text));
      CHECK(said_of(made, text) == said_of(packs_alone, text));
    }
    const std::size_t before = packs_alone.inside().functions().size();
    for (const pack& other : packs()) made.add_pack(other);
    CHECK(packs_alone.inside().functions().size() == before);
    environment all;
    add_profile(all, one);
    for (const pack& other : packs()) all.add_pack(other);
    CHECK(overloads_of(made) == overloads_of(all));
    CHECK(said_of(made, "quantity('1k').add(1)") == said_of(all, "quantity('1k').add(1)"));
  }
}

TEST_CASE("a pack that is turned on again at a later version is what it is at that version alone") {
  int replaced = 0;
  for (const pack& one : packs()) {
    for (std::uint8_t later = 1; later <= one.newest; ++later) {
      environment alone;
      alone.add_pack(one, later);
      for (std::uint8_t before = 0; before < later; ++before) {
        CAPTURE(std::string(one.name));
        CAPTURE(int(before));
        CAPTURE(int(later));
        environment again;
        again.add_pack(one, before);
        for (const overload* old : overloads_of(again)) replaced += old->last < later;
        again.add_pack(one, later);
        CHECK(overloads_of(again) == overloads_of(alone));
      }
    }
  }
  CHECK(replaced > 0);
}
