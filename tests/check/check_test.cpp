#include "sekimori/policy.hpp"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "../rules/model_support.hpp"
#include "check/run.hpp"

using namespace sekimori;
using namespace sekimori::testing;

namespace {

std::shared_ptr<const plan::policy_plan> plan_of(const std::string& rule_body) {
  auto model = model_of({store_kinds(), ruleset_with(rule_body)});
  INFO(render(model.diagnostics()));
  REQUIRE(model);
  return plan::make_plan(model.value());
}

const char* not_public = "    kind: store\n    assert: '!resource.public'\n    message: {ja: 違反, en: Wrong}\n";

std::string plan_text(const std::string& changes) {
  return R"({"format_version":"1.2","terraform_version":"1.9.0","resource_changes":[)" + changes + R"(],"configuration":{"root_module":{}}})";
}

std::string change(const std::string& name, const std::string& after, const std::string& type = "aws_thing", const std::string& actions = R"(["create"])") {
  return R"({"address":")" + type + "." + name + R"(","mode":"managed","type":")" + type + R"(","name":")" + name +
         R"(","provider_name":"registry.terraform.io/hashicorp/aws","change":{"actions":)" + actions + R"(,"before":null,"after":)" + after +
         R"(,"after_unknown":{},"after_sensitive":{}}})";
}

report run(const std::vector<input>& inputs, check_options options = {}) {
  static auto made = plan_of(not_public);
  return check::run_check(*made, nullptr, {}, inputs, options);
}

bool has_cause(const report& made, const std::string& cause) {
  for (auto& one : made.outcome.causes) {
    if (one == cause) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a failing resource is listed and decides the exit code") {
  auto made = run({input::text("p.json", plan_text(change("a", R"({"public":true})") + "," + change("b", R"({"public":false})")))});
  CHECK(made.outcome.exit_code == 1);
  CHECK(made.summary.total.fail == 1);
  CHECK(made.summary.total.pass == 1);
  REQUIRE(made.findings.size() == 1);
  CHECK(made.findings[0].resource.address == "aws_thing.a");
  CHECK(made.findings[0].rule == "T-01");
  CHECK(made.findings[0].location.pointer == "/resource_changes/0");
  CHECK(made.findings[0].location.line == 1);
  CHECK(made.findings[0].location.column == plan_text("").find('[') + 2);
}

TEST_CASE("positions of what is listed, with any number of threads, and of nothing where a text is another's") {
  std::string changes;
  for (int i = 0; i < 200; ++i) changes += (i > 0 ? ",\n  " : "\n  ") + change("a" + std::to_string(i), R"({"public":true})");
  for (const std::size_t threads : {1u, 3u}) {
    check_options options;
    options.threads = threads;
    options.limits.findings_listed = 150;
    auto made = run({input::text("p.json", plan_text(changes)), input::text("q.json", "\n" + plan_text(changes))}, options);
    REQUIRE(made.findings.size() == 150);
    for (std::size_t i = 0; i < made.findings.size(); ++i) {
      CHECK(made.findings[i].location.line == i + 2);
      CHECK(made.findings[i].location.column == 3);
    }
    options.limits.findings_listed = 400;
    made = run({input::text("p.json", plan_text(changes)), input::text("q.json", "\n" + plan_text(changes))}, options);
    REQUIRE(made.findings.size() == 400);
    CHECK(made.findings[399].location.line == 202);
  }
}

TEST_CASE("a clean plan is clean only because something was examined") {
  CHECK(run({input::text("p.json", plan_text(change("a", R"({"public":false})")))}).outcome.exit_code == 0);
  auto none = run({input::text("p.json", plan_text(change("a", "{}", "aws_other")))});
  CHECK(none.outcome.exit_code == 3);
  CHECK(has_cause(none, "nothing_examined"));
  CHECK(none.summary.examined.unmapped_types.at("aws_other") == 1);
  REQUIRE(none.summary.examined.rules_without_resources.size() == 1);
  auto empty = run({input::text("p.json", "{}")});
  CHECK(empty.outcome.exit_code == 3);
  CHECK(!empty.inputs.at(0).diagnostics.empty());
  CHECK(run({}).outcome.exit_code == 3);
}

TEST_CASE("an unreadable input does not hide the others, nor they it") {
  auto made = run({input::text("bad.json", "{\"format_version\":"), input::text("p.json", plan_text(change("a", R"({"public":true})"))), input::file("no/such/file.json")});
  CHECK(made.outcome.exit_code == 1);
  CHECK(has_cause(made, "findings"));
  CHECK(has_cause(made, "input_unreadable"));
  REQUIRE(made.inputs.size() == 3);
  CHECK(made.inputs[0].status == "unreadable");
  CHECK(made.inputs[1].status == "read");
  CHECK(made.inputs[2].file == "no/such/file.json");
  CHECK(made.findings.at(0).input == "p.json");
}

TEST_CASE("a duplicate key makes an input unreadable wherever a rule reads") {
  auto made = run({input::text("p.json", plan_text(change("a", R"({"public":true,"public":false})")))});
  CHECK(made.outcome.exit_code != 0);
  CHECK(made.inputs.at(0).status == "unreadable");
  CHECK(made.inputs.at(0).diagnostics.at(0).code == "SKM304");
}

TEST_CASE("which actions are evaluated") {
  auto text = plan_text(change("a", R"({"public":true})", "aws_thing", R"(["no-op"])") + "," + change("b", "null", "aws_thing", R"(["delete"])") + "," +
                        change("c", R"({"public":true})", "aws_thing", R"(["delete","create"])"));
  CHECK(run({input::text("p.json", text)}).summary.total.fail == 2);
  check_options changed;
  changed.only_changed = true;
  CHECK(run({input::text("p.json", text)}, changed).summary.total.fail == 1);
}

TEST_CASE("the limit caps what is listed, not what is counted") {
  std::string changes;
  for (int i = 0; i < 20; ++i) changes += (i ? "," : "") + change("a" + std::to_string(i), R"({"public":true})");
  check_options options;
  options.limits.findings_listed = 5;
  auto made = run({input::text("p.json", plan_text(changes))}, options);
  CHECK(made.findings.size() == 5);
  CHECK(made.summary.listed == 5);
  CHECK(made.summary.not_listed == 15);
  CHECK(made.summary.total.fail == 20);
}

TEST_CASE("pass and not applicable are listed on request") {
  check_options options;
  options.include = {verdict::pass};
  auto made = run({input::text("p.json", plan_text(change("a", R"({"public":false})")))}, options);
  REQUIRE(made.findings.size() == 1);
  CHECK(made.findings[0].outcome == verdict::pass);
}

TEST_CASE("a finding's id does not change with the text, the verdict or the place") {
  auto first = run({input::text("p.json", plan_text(change("a", R"({"public":true})")))});
  auto second = run({input::text("p.json", plan_text(change("z", R"({"public":false})") + "," + change("a", R"({"public":true,"size":3})")))});
  CHECK(first.findings.at(0).id == second.findings.at(0).id);
  CHECK(first.findings.at(0).id.size() == 52);
}

TEST_CASE("a finding of a resource of Azure is the same one in whatever case a service writes the id") {
  auto made_plan = plan_of("    type: microsoft.compute/disks\n    assert: 'resource.type == \"x\"'\n    message: {ja: 違反, en: Wrong}\n");
  auto judge = [&](const std::string& id) {
    auto made = check::run_check(*made_plan, nullptr, {}, {input::text("r.json", R"({"id": ")" + id + R"(", "type": "Microsoft.Compute/disks", "properties": {}})")}, {});
    REQUIRE(made.findings.size() == 1);
    return made.findings[0];
  };
  const auto shouted = judge("/subscriptions/S/resourceGroups/RG/providers/Microsoft.Compute/disks/d"), quiet = judge("/subscriptions/s/resourcegroups/rg/providers/microsoft.compute/disks/d");
  CHECK(shouted.id == quiet.id);
  CHECK(shouted.resource.identity == quiet.resource.identity);
  CHECK(shouted.resource.address == "/subscriptions/S/resourceGroups/RG/providers/Microsoft.Compute/disks/d");
  CHECK(judge("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/disks/other").id != quiet.id);
}

TEST_CASE("a scope that nobody knows is an error, not an empty report") {
  check_options options;
  options.scope = "nowhere";
  auto made = run({input::text("p.json", plan_text(change("a", R"({"public":false})")))}, options);
  CHECK(made.outcome.exit_code == 3);
  CHECK(made.diagnostics.at(0).code == "SKM308");
}

TEST_CASE("a rule over provider types reads the provider's own attributes") {
  auto made_plan = plan_of("    type: aws_raw\n    assert: 'resource.level == \"none\"'\n    message: {ja: \"{resource.level}\", en: \"{resource.level}\"}\n");
  auto judge = [&](const std::string& after) {
    check_options options;
    options.include = {verdict::pass};
    auto made = check::run_check(*made_plan, nullptr, {}, {input::text("p.json", plan_text(change("a", after, "aws_raw")))}, options);
    REQUIRE(made.findings.size() == 1);
    return made.findings[0];
  };
  CHECK(judge(R"({"level":"none"})").outcome == verdict::pass);
  auto failed = judge(R"({"level":"all"})");
  CHECK(failed.outcome == verdict::fail);
  CHECK(failed.message.en == "all");
  CHECK(failed.why.at(0).path == "level");
  CHECK(failed.why.at(0).actual == "\"all\"");
  CHECK(judge(R"({})").outcome == verdict::undetermined);
}

// The default of a part that is left out is documented for resources that are made now: one that stands
// already, and whose part this plan takes away, is not known to have it.
TEST_CASE("a part that the plan deletes does not leave the default of new resources behind") {
  const char* kinds = R"(sekimori: kinds/v1
engine: ">=0.1"
kinds:
  store:
    title: {ja: 保管領域, en: Store}
    fields: {name: string, public: bool}
    from:
      aws_thing:
        parts:
          block:
            type: aws_block
            by: thing
            absent: {value: '{"closed": true}', since: "2023-04", source: test}
        name: resource.?name.orValue("")
        public: '!part.block.closed'
)";
  auto model = model_of({kinds, ruleset_with(not_public)});
  INFO(render(model.diagnostics()));
  REQUIRE(model);
  auto rules = plan::make_plan(model.value());
  auto judge = [&](const std::string& changes) {
    check_options options;
    options.include = {verdict::pass};
    return check::run_check(*rules, nullptr, {}, {input::text("p.json", plan_text(changes))}, options).summary.total;
  };
  const std::string thing = R"({"id":"t-1"})";
  CHECK(judge(change("a", R"({})")).pass == 1);
  std::string deleted = R"({"address":"aws_block.b","mode":"managed","type":"aws_block","name":"b","provider_name":"registry.terraform.io/hashicorp/aws",)"
                        R"("change":{"actions":["delete"],"before":{"thing":"t-1","closed":true},"after":null,"after_unknown":{},"after_sensitive":{}}})";
  auto left = judge(change("a", thing, "aws_thing", R"(["no-op"])") + "," + deleted);
  CHECK(left.pass == 0);
  CHECK(left.undetermined == 1);
  auto kept = judge(change("a", thing, "aws_thing", R"(["no-op"])") + "," + change("b", R"({"thing":"t-1","closed":true})", "aws_block", R"(["no-op"])"));
  CHECK(kept.pass == 1);
}

TEST_CASE("a budget of cost makes what goes over it an error, and changes nothing else") {
  auto inputs = std::vector<input>{input::text("p.json", plan_text(change("a", R"({"public":true})") + "," + change("b", R"({"public":false})")))};
  check_options options;
  options.limits.cost = 1000;
  auto within = run(inputs, options);
  CHECK(within.summary.total.fail == 1);
  CHECK(within.summary.total.pass == 1);
  options.limits.cost = 1;
  auto over = run(inputs, options);
  CHECK(over.summary.total.error == 2);
  CHECK(over.outcome.exit_code == 3);
  CHECK(has_cause(over, "limit"));
}
