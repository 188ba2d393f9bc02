#include "eval_support.hpp"

using namespace sekimori;
using namespace sekimori::cel;

namespace {

struct holes : bench {
  holes() {
    set("u", unknown("u"));
    set("part", list({value::integer(1), unknown("part[1]"), value::integer(3)}));
    set("m", map({{value::string("known"), value::integer(1)}, {value::string("hole"), unknown("m.hole")}}));
    set("e", error());
  }
};

}  // namespace

TEST_CASE_FIXTURE(holes, "size, keys and iteration of a container with unknown leaves are exact") {
  bench& run = *this;
  CHECK(run("size(part)") == "3");
  CHECK(run("size(m)") == "2");
  CHECK(run("m.map(k, k)") == R"(["hole", "known"])");
  CHECK(run("part.map(x, x + 1).size()") == "3");
  CHECK(run("part.map(x, x + 1)[0]") == "2");
  CHECK(run("part.map(x, x + 1)[1]") == "unknown part[1]");
  CHECK(run("part[0]") == "1");
  CHECK(run("'hole' in m") == "true");
}

TEST_CASE_FIXTURE(holes, "equality is false once a known leaf differs, else unknown") {
  bench& run = *this;
  CHECK(run("part == [1, 2, 4]") == "false");
  CHECK(run("part == [1, 2]") == "false");
  CHECK(run("part == [1, 2, 3]") == "unknown part[1]");
  CHECK(run("part != [1, 2, 4]") == "true");
  CHECK(run("m == {'known': 2, 'hole': 1}") == "false");
  CHECK(run("m == {'known': 1, 'hole': 1}") == "unknown m.hole");
  CHECK(run("m == {'known': 1, 'other': 1}") == "false");
  CHECK(run("[u, 1] == [2, 2]") == "false");
}

TEST_CASE_FIXTURE(holes, "in is true at a known match, else unknown while a leaf is") {
  bench& run = *this;
  CHECK(run("3 in part") == "true");
  CHECK(run("7 in part") == "unknown part[1]");
  CHECK(run("u in [1]") == "unknown u");
  CHECK(run("u in {}") == "unknown u");
}

TEST_CASE_FIXTURE(holes, "has and optional access of an unknown are unknown; of an absent key they are not") {
  bench& run = *this;
  CHECK(run("has(m.known)") == "true");
  CHECK(run("has(m.hole)") == "unknown m.hole");
  CHECK(run("has(m.other)") == "false");
  CHECK(run("has(u.x)") == "unknown u");
  CHECK(run("m.?hole.hasValue()") == "unknown m.hole");
  CHECK(run("m.?other.hasValue()") == "false");
  CHECK(run("m[?'hole'].orValue(1)") == "unknown m.hole");
  CHECK(run("m.?known.orValue(e)") == "1");
  CHECK(run("m.?other.orValue(5)") == "5");
}

TEST_CASE_FIXTURE(holes, "filters over an unknown condition are unknown, over an error an error, and unknown outranks error") {
  bench& run = *this;
  CHECK(run("part.filter(x, x > 0)") == "unknown part[1]");
  CHECK(run("part.filter(x, true).size()") == "3");
  CHECK(run("[1, 0].filter(x, 1 / x > 0)") == "error");
  CHECK(run("[0, 1].filter(x, x == 0 ? e : u)") == "unknown u");
  CHECK(run("part.map(x, x > 0, x)") == "unknown part[1]");
  CHECK(run("[1, 0].map(x, 1 / x)") == "error");
}

TEST_CASE_FIXTURE(holes, "literals keep unknown leaves, not errors; unknown keys and optional entries make the whole unknown") {
  bench& run = *this;
  CHECK(run("[u, 1][1]") == "1");
  CHECK(run("[u, e][0]") == "error");
  CHECK(run("{'a': u, 'b': 2}.b") == "2");
  CHECK(run("{'a': u}.a") == "unknown u");
  CHECK(run("{u: 1}.a") == "unknown u");
  CHECK(run("[?u, 1]") == "unknown u");
  CHECK(run("{?'a': u}") == "unknown u");
  CHECK(run("[?optional.none(), ?optional.of(2)]") == "[2]");
  CHECK(run("{'a': 1, 'a': 2}") == "error");
}

TEST_CASE_FIXTURE(holes, "a bound error or unknown counts only where it is used") {
  bench& run = *this;
  CHECK(run("cel.bind(x, 1 / 0, true || x > 0)") == "true");
  CHECK(run("cel.bind(x, u, x == 1)") == "unknown u");
}

TEST_CASE_FIXTURE(holes, "errors name types, never values") {
  value found = evaluate("dyn('hunter2') + 1");
  REQUIRE(found.is_error());
  std::string message(found.as_error().message);
  CHECK(message.find("string and int") != std::string::npos);
  CHECK(message.find("hunter2") == std::string::npos);
  found = evaluate("{'a': 1}[dyn('hunter2')]");
  CHECK(std::string(found.as_error().message).find("hunter2") == std::string::npos);
  found = evaluate("m.missing_field");
  CHECK(std::string(found.as_error().message).find("missing_field") != std::string::npos);
}
