// What constants of an expression are wrong on their own is told while it is compiled.
#include "eval_support.hpp"

using namespace sekimori;
using namespace sekimori::cel;

namespace {

// "SKM205 line:column message" of each warning, then of what evaluation gives: "error", or the value.
std::string told(const std::string& text, diagnostic_level level = diagnostic_level::warning) {
  environment names;
  for (const pack& one : packs()) names.add_pack(one);
  names.declare_variable("s", names.types().simple(type_kind::string));
  names.declare_variable("n", names.types().simple(type_kind::integer));
  names.declare_variable("d", names.types().simple(type_kind::dyn));
  names.declare_variable("t", names.types().parse("google.protobuf.Timestamp"));
  environment::compile_options options;
  options.constants = level;
  auto made = names.compile(plain_text(text), options);
  std::string said;
  for (const diagnostic& one : made.diagnostics()) {
    said += one.level == diagnostic_level::warning ? "warning " : "error ";
    said += one.code + " " + std::to_string(one.column) + ": " + one.message + "\n";
  }
  return said;
}

bool warns(const std::string& text, std::uint32_t column) {
  return told(text).rfind("warning SKM205 " + std::to_string(column) + ":", 0) == 0;
}

}  // namespace

TEST_CASE("constants that are always an error are told where they stand") {
  CHECK(warns("s.matches('(')", 11));
  CHECK(warns("matches(s, 'a**')", 12));
  CHECK(warns("s == 'a' || s.matches('[z-a]')", 23));
  CHECK(warns("timestamp('yesterday') < t", 11));
  CHECK(warns("t > timestamp('2026-02-30T00:00:00Z')", 15));
  CHECK(warns("duration('1 hour') > duration('1h')", 10));
  CHECK(warns("ip('10.0.0.256').family() == 4", 4));
  CHECK(warns("cidr('10.0.0.0/33').containsIP('10.0.0.1')", 6));
  CHECK(warns("int('one') == n", 5));
  CHECK(warns("n / 0 == 1", 5));
  CHECK(warns("n % 0 == 1", 5));
  CHECK(warns("t.getHours('Asia/Tokio') > 1", 12));
  CHECK(warns("[1, 2][2] == n", 1));
  CHECK(warns("{'a': n, 'a': 2}.a == n", 10));
  CHECK(warns("{1: n, 1u: 2}[1] == n", 8));
  CHECK(warns("9223372036854775807 + 1 == n", 1));
  CHECK(warns("[1].all(x, s.matches('('))", 22));
}

TEST_CASE("constants that are sound, or not constant, are not told") {
  for (const char* text : {"s.matches('^a+$')", "timestamp('2026-11-27T00:00:00Z') < t", "duration('1h30m') > duration('1s')",
                           "d / 0.0 == 1.0", "dyn(n) / 0.0 == 1.0", "n / 1 == 1", "t.getHours('Asia/Tokyo') > 1", "[1, 2][n] == 1",
                           "true ? 1 : 1 / 0", "false && 1 / 0 == 1", "{'a': 1, 'b': 2}.a == 1", "{d: 1, d: 2}.size() == 1",
                           "int(s) == 1", "'abc'.matches(s)", "cidr('10.0.0.0/8').containsIP('10.0.0.1')", "d.getHours('UTC') == 1"}) {
    CAPTURE(std::string(text));
    CHECK(told(text) == "");
  }
}

TEST_CASE("an expression with such a constant compiles, and gives an error; documents of ours refuse it") {
  bench names;
  names.set("s", value::string("a"));
  CHECK(names("s.matches('(')") == "error");
  CHECK(names("s == 'a' || s.matches('(')") == "true");
  CHECK(told("s.matches('(')", diagnostic_level::error).rfind("error SKM205 11:", 0) == 0);
}

TEST_CASE("constant patterns have a limit together, and each has one") {
  CHECK(told("s.matches('(a{1000}){1000}')").rfind("error SKM206 11:", 0) == 0);
  std::string many = R"(s.matches(r'\pL{60}') || s.matches(r'\pL{60}'))";
  CHECK(told(many).rfind("error SKM206 36:", 0) == 0);
}
