// Kubernetes' packs against what Kubernetes itself answers (kubernetes/cases.tsv), and where this engine differs on purpose.
#include <doctest/doctest.h>

#include <fstream>
#include <string>

#include "kubernetes_support.hpp"

using namespace sekimori;
using namespace sekimori::cel;
using sekimori::cel::testing::kubernetes_environment;

TEST_CASE("every case has the answer that Kubernetes gives") {
  kubernetes_environment evaluate;
  std::ifstream cases(std::string(SEKIMORI_SOURCE_DIR) + "/tests/cel/kubernetes/cases.tsv");
  REQUIRE(cases.good());
  std::size_t count = 0;
  for (std::string line; std::getline(cases, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::size_t tab = line.find('\t');
    REQUIRE(tab != std::string::npos);
    std::string text = line.substr(0, tab);
    CHECK_MESSAGE(evaluate(text) == line.substr(tab + 1), text);
    ++count;
  }
  CHECK(count > 500);
}

TEST_CASE_FIXTURE(kubernetes_environment, "a sum is equal to a quantity from either side") {
  // Kubernetes answers the second with an error: there a sum and a parsed quantity are of two Go types.
  CHECK((*this)("quantity('50k').add(20000) == quantity('70k')") == "true");
  CHECK((*this)("quantity('70k') == quantity('50k').add(20000)") == "true");
}

TEST_CASE_FIXTURE(kubernetes_environment, "what Kubernetes would wrap around or show as no text is an error") {
  CHECK((*this)("semver('9223372036854775808.0.0').major()") == "error");
  CHECK((*this)("semver('9223372036854775808.0.0').isGreaterThan(semver('9223372036854775807.0.0'))") == "true");
  CHECK((*this)("url('http://a/?%ff=1').getQuery()") == "error");
  CHECK((*this)("url('http://a%ff/').getHost()") == "error");
  CHECK((*this)("url('http://a/?%ff=1').getScheme()") == "\"http\"");
  CHECK((*this)("quantity('1').sub(-9223372036854775807 - 1).asApproximateFloat() > 9e18") == "true");
}

TEST_CASE_FIXTURE(kubernetes_environment, "numbers of absurd length end in a limit, whatever is asked of them") {
  std::string nines(11'000, '9');
  CHECK((*this)("quantity('" + nines + "')") == "limit");
  CHECK((*this)("isQuantity('" + nines + "')") == "limit");
  CHECK((*this)("quantity('12345678901234567890e1000000000')") == "limit");
  CHECK((*this)("quantity('1e1000000000').add(quantity('1'))") == "limit");
  CHECK((*this)("quantity('12345678901234567890e-1000000000').compareTo(quantity('1n'))") == "0");
  CHECK((*this)("quantity('1e1000000000').compareTo(quantity('1e1000000000'))") == "0");
  CHECK((*this)("quantity('1e1000000000').isGreaterThan(quantity('" + std::string(9'000, '9') + "'))") == "true");
}

TEST_CASE_FIXTURE(kubernetes_environment, "searches that look at a long text over and over end in a limit") {
  std::string text(80'000, 'a');
  CHECK((*this)("'" + text + "'.findAll('a').size()") == "limit");
  CHECK((*this)("'" + text + "'.findAll('a+').size()") == "1");
  CHECK((*this)("'" + text + "'.findAll('a', 3).size()") == "3");
  CHECK((*this)("'x'.find('" + std::string(2'000, 'x') + "' + '')") == "limit");  // limits.regex_bytes
}

TEST_CASE_FIXTURE(kubernetes_environment, "functions of a later release are not there") {
  environment older;
  add_profile(older, *find_profile("kubernetes"), {1, 29});
  auto mistakes = [&](std::string_view text) { return older.compile(plain_text(std::string(text))); };
  CHECK(mistakes("quantity('1').isInteger()").ok());
  auto missing = mistakes("ip('10.0.0.1').family()");
  REQUIRE(!missing.ok());
  CHECK(missing.diagnostics()[0].help == "`ip` is in packs k8s.network and network, which are not turned on");
  auto later = mistakes("[1, 2].includes(1)");
  REQUIRE(!later.ok());
  CHECK(later.diagnostics()[0].help == "`includes` is in pack k8s.lists from version 1; this environment has 0");
}

TEST_CASE("unknown elements leave open only what they could change") {
  arena memory;
  kubernetes_environment names;
  value unknown = make_unknown(memory, "r", "x", unknown_reason::computed);
  std::vector<value> elements = {value::integer(1), unknown, value::integer(2)};
  std::uint32_t slot = names.declare_variable("list", names.types().parse("list(int)"));
  REQUIRE(slot == 0);
  std::vector<value> variables = {make_list(memory, elements)};
  auto run = [&](std::string text) {
    auto made = names.compile(plain_text(text));
    CAPTURE(text);
    REQUIRE(made.ok());
    evaluator one(memory, limits());
    value found = one.evaluate(*made.value(), variables);
    return found.is_unknown() ? std::string("unknown") : sekimori::cel::testing::shown_as_go(found);
  };
  CHECK(run("list.indexOf(1)") == "0");
  CHECK(run("list.lastIndexOf(2)") == "2");
  CHECK(run("list.indexOf(2)") == "unknown");
  CHECK(run("list.lastIndexOf(1)") == "unknown");
  CHECK(run("list.indexOf(3)") == "unknown");
  CHECK(run("list.includes(2)") == "true");
  CHECK(run("list.includes(3)") == "unknown");
  CHECK(run("list.sum()") == "unknown");
  CHECK(run("list.max()") == "unknown");
  CHECK(run("list.isSorted()") == "unknown");
}
