#include "eval_support.hpp"

using namespace sekimori;
using namespace sekimori::cel;

namespace {

struct relations : bench {
  test_relation open{{value::integer(1), value::integer(2)}, {1, 1}, true, unknown("tail")};
  test_relation possible{{value::integer(1), value::integer(2)}, {1, 0}, false, unknown("link")};
  test_relation closed{{value::integer(1), value::integer(2)}, {1, 1}, false, value::null()};
  test_relation empty_open{{}, {}, true, unknown("tail")};
  test_relation mixed{{error(), value::integer(2)}, {0, 1}, false, unknown("link")};

  relations() {
    set("open", value::list(&open));
    set("possible", value::list(&possible));
    set("closed", value::list(&closed));
    set("empty", value::list(&empty_open));
    set("mixed", value::list(&mixed));
    set("u", unknown("u"));
  }
};

}  // namespace

TEST_CASE_FIXTURE(relations, "exists is true only with a certain witness") {
  bench& run = *this;
  CHECK(run("open.exists(x, x == 2)") == "true");
  CHECK(run("open.exists(x, x == 3)") == "unknown tail");
  CHECK(run("possible.exists(x, x == 1)") == "true");
  CHECK(run("possible.exists(x, x == 2)") == "unknown link");
  CHECK(run("possible.exists(x, x == 3)") == "false");
  CHECK(run("empty.exists(x, true)") == "unknown tail");
  CHECK(run("closed.exists(x, x == 3)") == "false");
  CHECK(run("possible.exists(x, x == 2 ? u == 1 : false)") == "unknown link,u");
}

TEST_CASE_FIXTURE(relations, "all is false only with a certain counterexample") {
  bench& run = *this;
  CHECK(run("open.all(x, x < 2)") == "false");
  CHECK(run("open.all(x, x < 3)") == "unknown tail");
  CHECK(run("possible.all(x, x < 1)") == "false");
  CHECK(run("possible.all(x, x < 2)") == "unknown link");
  CHECK(run("possible.all(x, x < 3)") == "true");
  CHECK(run("empty.all(x, false)") == "unknown tail");
  CHECK(run("closed.all(x, x < 3)") == "true");
}

TEST_CASE_FIXTURE(relations, "exists_one is false with two certain witnesses and otherwise unknown while something is open") {
  bench& run = *this;
  CHECK(run("open.exists_one(x, true)") == "false");
  CHECK(run("open.exists_one(x, x == 1)") == "unknown tail");
  CHECK(run("possible.exists_one(x, x == 1)") == "true");
  CHECK(run("possible.exists_one(x, true)") == "unknown link");
  CHECK(run("closed.exists_one(x, x == 1)") == "true");
}

TEST_CASE_FIXTURE(relations, "an error in a possible member is only possible") {
  bench& run = *this;
  CHECK(run("mixed.exists(x, x == 2)") == "true");
  CHECK(run("mixed.exists(x, x == 3)") == "unknown link");
  CHECK(run("mixed.all(x, x == 2)") == "unknown link");
}

TEST_CASE_FIXTURE(relations, "whatever needs the exact list is unknown while it is not sure, and exact once it is") {
  bench& run = *this;
  for (std::string text : {"size(R)", "R.size() > 0", "R.map(x, x)", "R.filter(x, x > 0)", "R[0]", "R + [3]", "[3] + R", "R == [1, 2]",
                           "R.map(x, true, x)", "R.transformMap(i, x, x)", "optional.unwrap(R)"}) {
    CAPTURE(text);
    auto on = [&](const std::string& name) {
      std::string with = text;
      with.replace(with.find('R'), 1, name);
      return with;
    };
    CHECK(run(on("open")) == "unknown tail");
    CHECK(run(on("possible")) == "unknown link");
    if (text != "optional.unwrap(R)") CHECK(evaluate(on("closed")).kind() > value_kind::unknown);
  }
  CHECK(run("size(closed)") == "2");
  CHECK(run("closed == [1, 2]") == "true");
  CHECK(run("1 in possible") == "true");
  CHECK(run("2 in possible") == "unknown link");
  CHECK(run("3 in possible") == "false");
  CHECK(run("3 in open") == "unknown tail");
}

TEST_CASE_FIXTURE(relations, "equality is false where no completion can be equal") {
  bench& run = *this;
  CHECK(run("open == []") == "false");
  CHECK(run("open == [1]") == "false");
  CHECK(run("possible == [1, 2, 3]") == "false");
  CHECK(run("possible == [1]") == "unknown link");
}

TEST_CASE_FIXTURE(relations, "a relation passes through bind, ?: and dyn as one") {
  bench& run = *this;
  CHECK(run("cel.bind(r, open, r.exists(x, x == 2))") == "true");
  CHECK(run("(true ? open : []).exists(x, x == 3)") == "unknown tail");
  CHECK(run("dyn(open).exists(x, x == 2)") == "true");
}
