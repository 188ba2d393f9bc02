// Loops of flat code that ask parts of their condition of many elements at once, or once for all: they answer as the
// evaluator does, or leave it open. Generated conditions over lists of objects of any size, with what may be in them.
#include <random>

#include "cel/flat/executor.hpp"
#include "eval_support.hpp"
#include "value/json_view.hpp"

using namespace sekimori;
using namespace sekimori::cel;

namespace {

class loops {
 public:
  explicit loops(std::uint64_t seed) : random_(seed) {}

  std::string condition() { return quantifier({}, 3); }
  std::size_t upto(std::size_t n) { return random_() % n; }

  // A list of objects as JSON.
  std::string objects() {
    std::string made = "[";
    for (std::size_t n = size(), i = 0; i < n; ++i) {
      made += i == 0 ? "{" : ", {";
      std::string between;
      for (const char* field : {"f", "g", "t", "b", "l"}) {
        if (upto(40) == 0) continue;
        made += between + "\"" + field + "\": " + field_value(field[0]);
        between = ", ";
      }
      made += "}";
    }
    return made + "]";
  }
  std::string numbers() {
    std::string made = "[";
    for (std::size_t n = size(), i = 0; i < n; ++i) made += (i == 0 ? "" : ", ") + (upto(60) == 0 ? "\"ab\"" : std::to_string(upto(5)));
    return made + "]";
  }

 private:
  std::size_t size() {
    static constexpr std::size_t sizes[] = {0, 1, 3, 8, 9, 20, 63, 64, 65, 130};
    return sizes[upto(std::size(sizes))];
  }
  std::string field_value(char field) {
    if (upto(60) == 0) return "null";
    switch (field) {
      case 't': return upto(2) == 0 ? "\"ab\"" : "\"b\"";
      case 'b': return upto(4) == 0 ? "false" : "true";
      case 'l': return upto(3) == 0 ? "[\"ab\", \"c\"]" : "[]";
      default: return upto(50) == 0 ? "1.5" : std::to_string(upto(5));
    }
  }
  std::string number() { return std::to_string(upto(6)); }
  std::string compared() {
    static constexpr const char* signs[] = {" < ", " <= ", " > ", " >= ", " == ", " != "};
    return signs[upto(std::size(signs))];
  }
  // `over`: what the variables of the loops around it stand for: objects or numbers.
  std::string operand(const std::vector<std::string>& over) {
    const std::size_t at = upto(over.size() + 1);
    if (at == over.size()) return upto(2) == 0 ? "p" : number();
    const std::string name = "v" + std::to_string(at);
    return over[at] == "n" ? name : name + (upto(2) == 0 ? ".f" : ".g");
  }
  std::string leaf(const std::vector<std::string>& over) {
    const std::size_t at = over.size() - 1 - (upto(3) == 0 ? upto(over.size()) : 0);
    const std::string name = "v" + std::to_string(at);
    if (upto(12) == 0) return upto(2) == 0 ? "p > 2" : "u == 1";
    if (upto(3) == 0) return operand(over) + compared() + operand(over);
    if (over[at] == "n") return name + compared() + number();
    switch (upto(8)) {
      case 0: return name + ".t == 'ab'";
      case 1: return "has(" + name + ".f)";
      case 2: return name + ".b";
      case 3: return "'c' in " + name + ".l";
      case 4: return name + ".t.startsWith('a')";
      case 5: return name + ".t in ['ab', 'x']";
      default: return name + ".f" + compared() + number();
    }
  }
  std::string part(const std::vector<std::string>& over, int depth) {
    switch (depth == 0 ? 9 : upto(10)) {
      case 0: return "!(" + part(over, depth - 1) + ")";
      case 1:
      case 2:
      case 3: return "(" + part(over, depth - 1) + " && " + part(over, depth - 1) + ")";
      case 4:
      case 5: return "(" + part(over, depth - 1) + " || " + part(over, depth - 1) + ")";
      case 6:
      case 7: return over.size() < 3 ? quantifier(over, depth - 1) : leaf(over);
      default: return leaf(over);
    }
  }
  std::string quantifier(std::vector<std::string> over, int depth) {
    static constexpr const char* macros[] = {"exists", "exists", "all", "exists_one"};
    const bool numbers = upto(4) == 0;
    const std::string name = "v" + std::to_string(over.size());
    std::string list = numbers ? "m.n" : upto(2) == 0 ? "m.a" : "m.c";
    if (!over.empty() && over.back() == "o" && upto(8) == 0) list = "v" + std::to_string(over.size() - 1) + ".l";
    over.push_back(numbers || list.back() == 'l' ? "n" : "o");
    const std::string inside = "(" + name + ", " + part(over, depth) + ")";
    return upto(6) == 0 ? "(" + list + ".filter" + inside + ".size() > 1)" : list + "." + macros[upto(std::size(macros))] + inside;
  }

  std::mt19937_64 random_;
};

// The same with a list of which some elements are unknown or errors.
value with_doubts(bench& run, value views, loops& made) {
  std::vector<map_entry> entries(views.as_map().entries(), views.as_map().entries() + views.as_map().size());
  const list_view& list = entries.front().mapped.as_list();
  std::vector<value> elements;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::size_t what = made.upto(60);
    elements.push_back(what == 0 ? run.unknown("e") : what == 1 ? run.error() : what == 2 && made.upto(5) == 0 ? run.limit() : list.at(i));
  }
  entries.front().mapped = run.list(elements);
  return run.map(entries);
}

}  // namespace

TEST_CASE("loops in blocks answer as loops by element do") {
  std::size_t answers = 0, marks = 0, limits = 0;
  for (std::uint64_t seed = 1; seed <= 1'500; ++seed) {
    loops made(seed);
    bench run;
    // A third of the runs are near their limits.
    if (seed % 3 == 0) run.bounds.steps = 50 + made.upto(4'000);
    const std::string text = "{\"a\": " + made.objects() + ", \"c\": " + made.objects() + ", \"n\": " + made.numbers() + "}";
    auto document = json_document::parse("m", text);
    REQUIRE(document.ok());
    const value views = document.value().root().read(run.memory);
    run.set("m", seed % 2 == 0 ? views : with_doubts(run, views, made));
    run.set("p", made.upto(8) == 0 ? run.unknown("p") : value::integer(static_cast<std::int64_t>(made.upto(5))));
    run.set("u", run.unknown("u"));
    for (int i = 0; i < 12; ++i) {
      const std::string asked = made.condition();
      INFO("seed " << seed << ": " << asked << " over " << text.substr(0, 400));
      limits += run(asked) == "limit";
      const flat::program lowered = flat::lower(run.compile(asked), std::make_shared<flat::pool>(), run.bounds);
      const std::string shown = flat::dump(lowered, {});
      marks += shown.find("invariant") != std::string::npos || shown.find("per-element") != std::string::npos;
    }
    answers += run.flat_answers;
  }
  CHECK(answers > 10'000);
  CHECK(marks > 4'000);
  CHECK(limits > 200);
}

TEST_CASE("what is kept for an outer loop is charged in each of its rounds") {
  std::size_t limits = 0, answers = 0;
  for (std::uint32_t steps = 500; steps < 60'000; steps += 500) {
    bench run;
    run.bounds.steps = steps;
    const value text = make_string(run.memory, std::string(600, 'x'));
    run.set("m", run.map({{value::string("a"), run.list(std::vector<value>(20, run.map({{value::string("t"), text}})))},
                          {value::string("n"), run.list(std::vector<value>(20, value::integer(1)))}}));
    limits += run("m.n.exists(x, m.a.exists(r, r.t.contains('q') || x > 9))") == "limit";
    answers += run.flat_answers;
  }
  CHECK(limits > 20);
  CHECK(answers > 20);
}
