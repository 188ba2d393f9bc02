#include "plan/program.hpp"

#include "../rules/model_support.hpp"

using namespace sekimori;
using namespace sekimori::testing;

namespace {

std::string program_of(const std::string& condition) {
  auto model = model_of({store_kinds(), ruleset_with("    kind: store\n    assert: '" + condition + "'\n    message: {ja: 違反, en: Wrong}\n")});
  if (!model) return render(model.diagnostics());
  auto text = plan::dump(*plan::make_plan(model.value()));
  auto at = text.find(" (assert ");
  at = text.find(' ', at + 9);
  return text.substr(at + 1, text.rfind(')') - at - 2);
}

}  // namespace

TEST_CASE("the boolean skeleton is lowered to jumps, the rest stays CEL") {
  CHECK(program_of("resource.public") == "(field public)");
  CHECK(program_of("!resource.public") == "(field public) (negate)");
  CHECK(program_of("!resource.public && resource.size > 3") == "(field public) (negate) (jump-if-no 5) (> size 3) (join-and)");
  CHECK(program_of("3 < resource.size || resource.name == \"x\"") == "(> size 3) (jump-if-yes 4) (== name \"x\") (join-or)");
  CHECK(program_of("resource.name.startsWith(\"a\")").rfind("(general ", 0) == 0);
}

TEST_CASE("has() of a field is no read of it") {
  CHECK(program_of("has(resource.region)").rfind("(general ", 0) == 0);
}

TEST_CASE("a type that no kind maps has no programs") {
  auto model = model_of({store_kinds(), ruleset_with("    kind: store\n    assert: resource.public\n    message: {ja: a, en: b}\n")});
  REQUIRE(model);
  auto made = plan::make_plan(model.value());
  CHECK(made->by_type.count("aws_thing") == 1);
  CHECK(made->by_type.count("aws_other") == 0);
}
