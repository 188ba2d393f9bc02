// The count of what an evaluation costs, and the budget that ends one. That the numbers are cel-go's is
// the business of tests/differential/cost.
#include "eval_support.hpp"

#include "cel/cost.hpp"

namespace sekimori::cel {
namespace {

struct counting : bench {
  bool on = true;
  std::uint64_t cost_of(const std::string& text) {
    compiled_ptr program = compile(text);
    programs.push_back(program);
    evaluator run(memory, bounds);
    run.set_metering(on);
    last = run.evaluate(*program, variables);
    return run.cost();
  }
  value last;
};

TEST_CASE("Nothing is counted unless it is asked for") {
  counting of;
  of.on = false;
  CHECK(of.cost_of("[1, 2].map(v, v + 1)") == 0);
}

TEST_CASE("Metering changes no result") {
  counting of;
  of.set("x", of.map({{value::string("a"), of.list({value::integer(1), value::integer(2)})}}));
  of.set("u", of.unknown("u"));
  of.set("e", of.error());
  for (const char* text : {"x.a.map(v, v + 1)", "cel.bind(v, e, true || v)", "cel.bind(v, e, v)", "cel.bind(v, u, [v, 1])", "cel.bind(v, u, false && v)",
                           "x.a.exists(v, v == e)", "x.a.filter(v, u)", "optional.of(1).optMap(v, v + 1)", "e || true", "[e, u]",
                           "cel.bind(v, x.a, v.map(w, cel.bind(v, w, v + v)) + v)", "x.a.map(w, cel.bind(a, w, cel.bind(b, a + a, b + a)))"}) {
    INFO(text);
    of.on = false;
    of.cost_of(text);
    std::string plain = of.show(of.last);
    of.on = true;
    of.cost_of(text);
    CHECK(of.show(of.last) == plain);
  }
}

TEST_CASE("The value of a binding is paid for where it is first read, once") {
  counting of;
  of.set("s", value::string("0123456789"));
  std::uint64_t joined = of.cost_of("s + s");
  CHECK(of.cost_of("cel.bind(v, s + s, 1)") == 10);
  CHECK(of.cost_of("cel.bind(v, s + s, v)") == 10 + joined + 1);
  CHECK(of.cost_of("cel.bind(v, s + s, [v, v])") == 10 + joined + 2 + 10);
  CHECK(of.cost_of("cel.bind(v, s + s, true || v == '')") == 10);
  // Read first inside a loop over another binding.
  CHECK(of.cost_of("cel.bind(v, s + s, cel.bind(w, v, [1, 2].map(i, w))[0])") > joined);
}

TEST_CASE("Costs of several evaluations add up until they are reset") {
  counting of;
  compiled_ptr program = of.compile("1 + 1");
  evaluator run(of.memory, of.bounds);
  run.set_metering(true);
  run.evaluate(*program, {});
  run.evaluate(*program, {});
  CHECK(run.cost() == 2);
  run.reset_cost();
  CHECK(run.cost() == 0);
}

TEST_CASE("A budget ends the evaluation with a limit error that nothing absorbs, and says by how much") {
  counting of;
  of.set("l", of.list(std::vector<value>(1000, value::integer(1))));
  of.bounds.cost = 100;
  for (const char* text : {"l.all(v, v > 0)", "l.exists(v, v > 1) || true", "true || l.exists(v, v > 1)", "[l.map(v, v)].size() == 1 || true",
                           "cel.bind(v, l.map(w, w), true) || false", "l.map(v, v).size() > 0 ? 1 : 2", "has({'a': l.map(v, v)}.a)"}) {
    INFO(text);
    of.cost_of(text);
    if (std::string(text) == "true || l.exists(v, v > 1)" || std::string(text).find("cel.bind") == 0) {
      CHECK(of.last.is_true());  // never evaluated, never counted
      continue;
    }
    REQUIRE(of.last.is_error());
    CHECK(of.last.as_error().code == evaluation_error_code::limit);
    CHECK(of.last.as_error().message.find("costs more than 100 (limits.cost): 1") != std::string::npos);
  }
  // Exactly the budget is within it.
  of.bounds.cost = of.cost_of("[1, 2].all(v, v > 0)");
  of.cost_of("[1, 2].all(v, v > 0)");
  CHECK(of.last.is_true());
  of.bounds.cost -= 1;
  of.cost_of("[1, 2].all(v, v > 0)");
  CHECK(of.last.is_error());
}

TEST_CASE("The budget is of each evaluation") {
  counting of;
  of.bounds.cost = 5;
  compiled_ptr program = of.compile("1 + 1 == 2");
  evaluator run(of.memory, of.bounds);
  for (int i = 0; i < 10; ++i) CHECK(run.evaluate(*program, {}).is_true());
  CHECK(run.cost() == 20);
}

TEST_CASE("An estimate's most is not less than the count") {
  counting of;
  of.set("l", of.list({value::integer(3), value::integer(1)}));
  of.set("s", value::string("text"));
  for (const char* text : {"[1, 2, 3].map(v, v * 2).exists(v, v > 5)", "'abc' + 'def'", "cel.bind(v, [1, 2], v.map(w, w + 1))",
                           "optional.of('abc').optMap(v, v + v).orValue('')", "['a', 'bc'].filter(v, v.contains('b'))", "{'a': 1}.map(k, k + k)"}) {
    INFO(text);
    compiled_ptr program = of.compile(text);
    CHECK(of.cost_of(text) <= estimate_cost(*program).cost.max);
    CHECK(of.cost_of(text) >= estimate_cost(*program).cost.min);
  }
}

TEST_CASE("Bindings that double at each level are computed once each") {
  counting of;
  std::string text = "v39";
  for (int i = 39; i > 0; --i) text = "cel.bind(v" + std::to_string(i) + ", v" + std::to_string(i - 1) + " + v" + std::to_string(i - 1) + ", " + text + ")";
  text = "cel.bind(v0, 1, " + text + ")";
  CHECK(of.cost_of(text) == 40 * 10 + 39 * 3 + 1);
  // The same where nothing is counted: after an error.
  of.set("e", of.error());
  of.cost_of("[e, " + text + "] == [] || true");
  CHECK(of.last.is_true());
}

TEST_CASE("Reading a view that evaluates something is not counted") {
  // A field of a kind is such a view: what it costs is not the rule's.
  class nested final : public list_view {
   public:
    nested(evaluator& run, const compiled& inner) : run_(run), inner_(inner) {}
    std::size_t size() const override { return 2; }
    value at(std::size_t) const override { return run_.evaluate(inner_, {}); }

   private:
    evaluator& run_;
    const compiled& inner_;
  };
  counting of;
  compiled_ptr inner = of.compile("[1, 2, 3].map(v, v).size()");
  of.set("l", value::null());
  compiled_ptr outer = of.compile("l[0] + l[1]");
  evaluator run(of.memory, of.bounds);
  run.set_metering(true);
  nested view(run, *inner);
  of.variables[0] = value::list(&view);
  CHECK(run.evaluate(*outer, of.variables).as_integer() == 6);
  CHECK(run.cost() == 5);
}

}  // namespace
}  // namespace sekimori::cel
