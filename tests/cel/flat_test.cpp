// Flat code: what the evaluator's own tests do not ask of it. Those run it too (eval_support.hpp).
#include "cel/flat/executor.hpp"

#include <re2/re2.h>

#include <random>

#include "eval_support.hpp"
#include "cel/flat/pattern.hpp"

using namespace sekimori;
using namespace sekimori::cel;

namespace {

// A pattern out of pieces that simple patterns are made of, and some that they are not.
std::string random_pattern(std::mt19937& random) {
  static const char* const pieces[] = {"a", "b", "ab", "cd*", "d+", "[a-c]", "[a-z0-9_-]", "[0-9]{2}", "b{0,2}", "(ab|cd)", "(?:a|b|abc)", "\\.", "\\d+", "\\w",
                                       "-", "x?", ".", "(a)*", "|", "[^a]", "\xE3\x81\x82", "\xE3\x81\x82?", "a{2,}", "(", "[", "{", "a{1001}", "a**", "a??", "\\b", "[a-]", "[]a]", "[\\d.]", "$", "^"};
  std::string made = random() % 2 == 0 ? "^" : "";
  for (auto n = random() % 5; n > 0; --n) made += pieces[random() % std::size(pieces)];
  if (random() % 2 == 0) made += "$";
  return made;
}

std::string random_text(std::mt19937& random) {
  static const char* const pieces[] = {"a", "b", "c", "d", "x", "0", "12", "_", "-", ".", "ab", "cd", "abc", "\xE3\x81\x82", "\n", "Z"};
  std::string made;
  for (auto n = random() % 8; n > 0; --n) made += pieces[random() % std::size(pieces)];
  return made;
}

}  // namespace

TEST_CASE("patterns without an engine match what RE2 matches") {
  std::mt19937 random(20261127);
  int simple = 0, matched = 0;
  for (int i = 0; i < 60'000; ++i) {
    const std::string text = random_pattern(random);
    auto made = flat::simplify(text);
    if (!made) continue;
    ++simple;
    re2::RE2 engine(text, re2::RE2::Quiet);
    INFO("pattern " << text);
    REQUIRE(engine.ok());
    for (int k = 0; k < 12; ++k) {
      const std::string subject = random_text(random);
      INFO("text " << subject);
      REQUIRE(made->matches(subject) == re2::RE2::PartialMatch(subject, engine));
      matched += made->matches(subject);
    }
  }
  CHECK(simple > 10'000);
  CHECK(matched > 10'000);
}

TEST_CASE("which patterns need no engine") {
  auto form = [](std::string_view text) { return flat::simplify(text)->what; };
  using enum flat::pattern::form;
  CHECK(form("abc") == contains);
  CHECK(form("^abc") == prefix);
  CHECK(form("abc$") == suffix);
  CHECK(form("^abc$") == equals);
  CHECK(form("^ab+") == prefix);
  CHECK(form("cd*") == contains);
  CHECK(form("^[a-z][a-z0-9_-]{0,62}$") == sequences);
  CHECK(form("^(prod|stg|dev)-[a-z0-9]+-[0-9]{3}$") == sequences);
  CHECK(!flat::simplify("[a-z]+"));            // somewhere in the text: the engine's work
  CHECK(form("^[a-z]+[a-z0-9]$") == sequences);   // as many as there are but one
  CHECK(form("^[a-z0-9-]+-(prod|dev)$") == sequences);
  CHECK(!flat::simplify("^[a-z]+[a-z0-9]+$"));    // how many of the first is the engine's to find
  CHECK(!flat::simplify("^[a-z]+[a-z0-9]"));
  CHECK(!flat::simplify("^a.b"));              // any character is not any byte
  CHECK(!flat::simplify("a|b"));
}

TEST_CASE("flat code answers with values, and leaves what it cannot tell") {
  bench run;
  run.set("m", run.map({{value::string("a"), value::integer(3)}, {value::string("t"), value::string("text")}}));
  run.set("u", run.unknown("u"));
  run.set("list", run.list({value::integer(1), value::string("x")}));
  CHECK(run("m.a + 1 == 4") == "true");
  CHECK(run("m.t + '!'") == "text!");
  CHECK(run("m.?b.orValue(7)") == "7");
  CHECK(run("list.filter(x, x == 'x')") == "[\"x\"]");
  CHECK(run.flat_answers == 8);
  CHECK(run("m.b") == "error");
  CHECK(run("m.b.?c.orValue(1)") == "error");   // only what follows a `.?` may be missing
  CHECK(run("u == 1 || m.a == 4") == "unknown u");
  CHECK(run("m.a < 'x'") == "error");
  CHECK(run.flat_answers == 8);
  CHECK(run("u == 1 || m.a == 3") == "true");
  CHECK(run.flat_answers == 10);
}

TEST_CASE("a set has what it was made of and nothing else") {
  for (std::size_t count : {0, 1, 8, 9, 300}) {
    std::vector<std::string> owned;
    for (std::size_t i = 0; i < count; ++i) owned.push_back((i % 3 == 0 ? "ap-northeast-" : i % 3 == 1 ? "" : "arn:aws:iam::123456789012:role/a-long-name/") + std::to_string(i));
    const text_set set(std::vector<std::string_view>(owned.begin(), owned.end()));
    for (const std::string& one : owned) {
      CHECK(set.has(one));
      CHECK(!set.has(one + "0x"));
      CHECK(!set.has("x" + one));
    }
    CHECK(!set.has(""));
  }
}

TEST_CASE("what a function makes of constants is made once") {
  bench run;
  run.names.add_pack(*find_pack("network"));
  run.set("m", run.map({{value::string("ip"), value::string("10.1.2.3")}}));
  CHECK(run("cidr('10.0.0.0/8').containsIP(m.ip)") == "true");
  CHECK(run("cidr('10.0.0.0/8').containsIP(m.ip) && cidr('192.168.0.0/16').containsIP(m.ip)") == "false");
  CHECK(run.flat_answers == 4);
  const flat::program lowered = flat::lower(run.compile("cidr('10.0.0.0/8').containsIP(m.ip)"), std::make_shared<flat::pool>(), run.bounds);
  CHECK(flat::dump(lowered, {}).find("string_to_cidr") == std::string::npos);
}

TEST_CASE("a path is read once for each begin(), and again after it") {
  bench run;
  run.set("m", run.map({{value::string("a"), value::integer(3)}}));
  compiled_ptr text = run.compile("m.a == 3 && m.a + m.a == 6");
  evaluator full(run.memory, run.bounds);
  flat::executor fast(full, run.bounds);
  flat::program lowered = flat::lower(text, std::make_shared<flat::pool>(), run.bounds);
  CHECK(lowered.shared->slots.size() == 1);
  fast.begin(run.variables);
  CHECK(fast.test(lowered) == flat::answer::yes);
  run.variables[0] = run.map({{value::string("a"), value::integer(4)}});
  fast.begin(run.variables);
  CHECK(fast.test(lowered) == flat::answer::no);
}

TEST_CASE("fields of a list of objects are columns, also of elements that lack them") {
  bench run;
  auto object = [&](std::vector<map_entry> entries) { return run.map(std::move(entries)); };
  run.set("list", run.list({object({{value::string("from"), value::integer(1)}, {value::string("to"), value::integer(5)}}),
                            object({{value::string("from"), value::integer(7)}}), object({})}));
  CHECK(run("list.exists(r, r.from <= 3 && r.to >= 3)") == "true");
  CHECK(run("list.exists(r, has(r.to) && r.to == 5)") == "true");
  CHECK(run("list.all(r, !has(r.to) || r.to == 5)") == "true");
  CHECK(run.flat_answers == 6);
  CHECK(run("list.all(r, r.to == 5)") == "error");
  run.set("map", run.map({{value::string("k"), object({{value::string("to"), value::integer(1)}})}}));
  CHECK(run("map.all(k, k == 'k')") == "true");
  CHECK(run("map.exists(k, k.to == 1)") == "error");
}

TEST_CASE("what may be missing, in loops and as what a loop goes over") {
  bench run;
  auto object = [&](std::vector<map_entry> entries) { return run.map(std::move(entries)); };
  value cidrs = run.list({value::string("0.0.0.0/0")});
  run.set("m", object({{value::string("ins"), run.list({object({{value::string("cidrs"), cidrs}, {value::string("port"), value::integer(22)}}), object({})})}}));
  CHECK(run("m.?ins.orValue([]).exists(r, '0.0.0.0/0' in r.?cidrs.orValue([]) && r.port == 22)") == "true");
  CHECK(run("m.?out.orValue([]).exists(r, r.port == 22)") == "false");
  CHECK(run("m.?out.orValue([]).size()") == "0");
  CHECK(run("m.?ins.orValue([]).all(r, r.?port.orValue(22) == 22)") == "true");
  CHECK(run("m.?ins.orValue([]).exists(r, has(r.?a.b))") == "false");
  CHECK(run("m.?ins.orValue([]).all(r, r.?a.?b.orValue(1) == 1)") == "true");
  CHECK(run.flat_answers == 12);
  CHECK(run("m.?ins.orValue([]).exists(r, r.a.?b.orValue(1) == 1)") == "error");
}

TEST_CASE("what takes more steps than the limits allow is left to the evaluator") {
  bench run;
  std::vector<value> many(2'000, value::integer(1));
  run.set("many", run.list(many));
  const std::string long_text(4'000, 'x');
  run.set("text", value::string(long_text));
  run.bounds.steps = 1'000;
  CHECK(run("many.exists(x, x == 2)") == "limit");
  CHECK(run("many.exists(x, x == 1)") == "true");
  run.bounds.steps = 100;
  CHECK(run("text.contains('y')") == "limit");
  CHECK(run("text.matches('^y')") == "limit");
  run.bounds.steps = 1'000'000;
  CHECK(run("text.matches('^y')") == "false");
  run.bounds.regex_bytes = 3;
  CHECK(run("text.matches('^yyyy')") == "limit");
}

TEST_CASE("patterns over one text that are matched together answer as alone") {
  bench run;
  run.set("m", value::null());
  std::mt19937 random(4242);
  std::vector<compiled_ptr> texts;
  while (texts.size() < 12) {
    const std::string pattern = random_pattern(random);
    re2::RE2 engine(pattern, re2::RE2::Quiet);
    if (!engine.ok() || flat::simplify(pattern)) continue;
    texts.push_back(run.compile("m.t.matches(r'''" + pattern + "''')"));
  }
  auto pool = std::make_shared<flat::pool>();
  std::vector<flat::program> lowered;
  std::vector<flat::program*> together;
  for (auto& text : texts) lowered.push_back(flat::lower(text, pool, run.bounds));
  for (auto& one : lowered) together.push_back(&one);
  pool->close(together);
  pool->fuse(together);
  REQUIRE(pool->fused.size() == 1);
  evaluator full(run.memory, run.bounds);
  flat::executor fast(full, run.bounds);
  for (int i = 0; i < 400; ++i) {
    const std::string subject = random_text(random);
    run.variables[0] = run.map({{value::string("t"), value::string(subject)}});
    fast.begin(run.variables);
    for (std::size_t k = 0; k < lowered.size(); ++k) {
      INFO(texts[k]->text.text << " over " << subject);
      CHECK((fast.test(lowered[k]) == flat::answer::yes) == full.evaluate(*texts[k], run.variables).is_true());
    }
  }
}

TEST_CASE("a pool does not take another's regular expressions for its own") {
  bench run;
  run.set("t", value::string("abc"));
  evaluator full(run.memory, run.bounds);
  flat::executor fast(full, run.bounds);
  for (const char* text : {"t.matches('a.c')", "t.matches('x.y')", "t.matches('.b.')"}) {
    flat::program lowered = flat::lower(run.compile(text), std::make_shared<flat::pool>(), run.bounds);
    fast.begin(run.variables);
    CHECK(fast.test(lowered) == (text[11] == 'x' ? flat::answer::no : flat::answer::yes));
  }
}
