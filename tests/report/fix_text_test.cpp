#include <doctest/doctest.h>

#include "report/fix_text.hpp"

using namespace sekimori;

namespace {

const localized_text fix = {"閉じる。AWS: a = b。更に f。Azure: c、Google Cloud: d。さくら: e。", "Close it. AWS: a = b. Then f. Azure: c, Google Cloud: d. Sakura: e."};

}  // namespace

TEST_CASE("what is about all clouds and about those of the finding is told") {
  const localized_text aws = fix_for(fix, {"aws"});
  CHECK(aws.ja == "閉じる。AWS: a = b。更に f。");
  CHECK(aws.en == "Close it. AWS: a = b. Then f.");
  const localized_text two = fix_for(fix, {"azure", "sakura"});
  CHECK(two.ja == "閉じる。Azure: c。さくら: e。");
  CHECK(two.en == "Close it. Azure: c. Sakura: e.");
}

TEST_CASE("nothing is left out where the text does not tell a cloud apart") {
  for (const std::set<std::string>& clouds : {std::set<std::string>{}, {""}, {"oci"}, {"aws", "oci"}, {"kubernetes"}}) CHECK(fix_for(fix, clouds).ja == fix.ja);
  const localized_text plain = {"閉じる。", "Close it."}, together = {"AWS: a、Google と OCI: b。", "AWS: a, Google and OCI: b."}, one = {"AWS: a。", "AWS: a."};
  for (const localized_text& text : {plain, together, one, localized_text{}}) CHECK(fix_for(text, {"aws"}).en == text.en);
}
