#include "eval_support.hpp"

#include <array>

using namespace sekimori;
using namespace sekimori::cel;

namespace {

// Rows: the left operand; columns: the right one; both true, false, unknown, error, limit.
using truth_table = std::array<std::string_view, 5>;
constexpr std::string_view operands = "tfuel";

struct logic : bench {
  logic() {
    set("t", value::boolean(true));
    set("f", value::boolean(false));
    set("u", unknown("u"));
    set("e", error());
    set("l", limit());
    set("v", unknown("v"));
  }
  char letter(const std::string& text) {
    value result = evaluate(text);
    if (result.is_true()) return 't';
    if (result.is_false()) return 'f';
    if (result.is_unknown()) return 'u';
    if (!result.is_error()) return '?';
    return result.as_error().code == evaluation_error_code::limit ? 'l' : 'e';
  }
  void check(const truth_table& table, const std::string& before, const std::string& between, const std::string& after) {
    for (std::size_t a = 0; a < 5; ++a) {
      for (std::size_t b = 0; b < 5; ++b) {
        std::string text = before + operands[a] + between + operands[b] + after;
        CAPTURE(text);
        CHECK(letter(text) == table[a][b]);
      }
    }
  }
};

}  // namespace

TEST_CASE_FIXTURE(logic, "&&: false, then unknown, then error, then true; a limit is never absorbed") {
  check({"tfuel", "fffff", "ufuul", "efuel", "lllll"}, "", " && ", "");
}

TEST_CASE_FIXTURE(logic, "||: true, then unknown, then error, then false; a limit is never absorbed") {
  check({"ttttt", "tfuel", "tuuul", "teuel", "lllll"}, "", " || ", "");
}

TEST_CASE_FIXTURE(logic, "strict calls: a limit, then unknown, then error") {
  check({"tfuel", "ftuel", "uuuul", "eeuel", "lllll"}, "", " == ", "");
  check({"ftuel", "tfuel", "uuuul", "eeuel", "lllll"}, "", " != ", "");
  check({"ttuel", "ftuel", "uuuul", "eeuel", "lllll"}, "", " >= ", "");
  // A key that is not known may be any key.
  check({"tfuel", "tfuel", "uuuul", "eeuel", "lllll"}, "{true: {true: true, false: false}, false: {true: true, false: false}}[", "][", "]");
}

TEST_CASE_FIXTURE(logic, "!: strict") {
  CHECK(letter("!t") == 'f');
  CHECK(letter("!f") == 't');
  CHECK(letter("!u") == 'u');
  CHECK(letter("!e") == 'e');
  CHECK(letter("!l") == 'l');
}

TEST_CASE_FIXTURE(logic, "?: takes its condition as it is and evaluates one branch") {
  for (char x : operands) {
    std::string text(1, x);
    CAPTURE(text);
    CHECK(letter("t ? " + text + " : e") == x);
    CHECK(letter("f ? e : " + text) == x);
    CHECK(letter("u ? " + text + " : t") == 'u');
    CHECK(letter("e ? " + text + " : t") == 'e');
    CHECK(letter("l ? " + text + " : t") == 'l');
  }
  CHECK((*this)("u ? v : t") == "unknown u");
}

TEST_CASE_FIXTURE(logic, "unknown sets merge and are sorted") {
  CHECK((*this)("v && u") == "unknown u,v");
  CHECK((*this)("v == u") == "unknown u,v");
  CHECK((*this)("u || e || v") == "unknown u,v");
}

TEST_CASE_FIXTURE(logic, "what is no bool is an error of its side only") {
  CHECK(letter("f && dyn(1)") == 'f');
  CHECK(letter("dyn(1) && f") == 'f');
  CHECK(letter("dyn(1) && t") == 'e');
  CHECK(letter("dyn(1) || t") == 't');
  CHECK(letter("dyn(1) ? t : f") == 'e');
}

TEST_CASE_FIXTURE(logic, "chains stop at the value that decides, in source order, when tracing too") {
  for (bool tracing : {false, true}) {
    evaluator run(memory, bounds);
    compiled_ptr program = compile("t || [1, 2, 3].all(x, x > 0)");
    CHECK(run.evaluate(*program, variables, tracing ? &traced : nullptr).is_true());
    CHECK(run.steps() == 0);
  }
}

TEST_CASE_FIXTURE(logic, "all and exists absorb as their folds do") {
  set("x", list({value::boolean(true), value::boolean(false), unknown("p"), error()}));
  CHECK((*this)("[1, 0, 2].all(i, 1 / i == 1)") == "false");
  CHECK((*this)("[t, u].all(b, b)") == "unknown u");
  CHECK((*this)("x.exists(b, b)") == "true");
  CHECK((*this)("x.all(b, b)") == "false");
  CHECK((*this)("x.exists(b, !b)") == "true");
  CHECK((*this)("[f, u, v].exists(b, b)") == "unknown u,v");
  CHECK((*this)("[1, 2].exists(i, i / 0 == 1 || i == 2)") == "true");
  CHECK((*this)("[1, 2].all(i, i / 0 == 1)") == "error");
  CHECK((*this)("[0, 1].all(i, i == 0 ? e : l)") == "limit");
  CHECK((*this)("[].all(b, b)") == "true");
  CHECK((*this)("[].exists(b, b)") == "false");
  CHECK((*this)("u.exists(b, b)") == "unknown u");
  CHECK((*this)("dyn(1).exists(b, b)") == "error");
}

TEST_CASE_FIXTURE(logic, "exists_one is strict") {
  CHECK((*this)("[1, 2, 3].exists_one(i, i == 2)") == "true");
  CHECK((*this)("[1, 2, 2].exists_one(i, i == 2)") == "false");
  CHECK((*this)("[1, 0].exists_one(i, 1 / i == 1)") == "error");
  CHECK((*this)("[0, 1].exists_one(i, i == 0 ? e : u)") == "unknown u");
  CHECK((*this)("[0, 1, 2].exists_one(i, i == 0 ? u : t)") == "false");
}
