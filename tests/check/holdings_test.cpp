#include "check/holdings.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <random>

#include <doctest/doctest.h>

#include "../rules/model_support.hpp"
#include "check/run.hpp"
#include "plan/program.hpp"
#include "sekimori/report.hpp"
#include "sekimori/rule_test.hpp"

using namespace sekimori;
using namespace sekimori::testing;

namespace {

const char* kinds() {
  return R"(sekimori: kinds/v1
engine: ">=0.1"
kinds:
  account:
    title: {ja: アカウント, en: Account}
    fields: {account_id: string}
    from:
      account:aws: {account_id: resource.id}
      account:google: {account_id: resource.id}
      aws_organizations_account: {account_id: resource.id}
      cloudresourcemanager.googleapis.com/Project: {account_id: resource.projectId}
  store:
    title: {ja: 保管領域, en: Store}
    fields: {name: string, public: bool, size: int, secret: string, since: string}
    derive: {loud: 'resource.public && resource.secret != ""'}
    from:
      aws_thing:
        when: resource.?kept.orValue(true)
        name: resource.name
        public: resource.public
        secret: resource.password
      aws_shelf:
        parts:
          lock: {type: aws_shelf_lock, by: shelf, absent: {value: 'null', source: test}}
        each: resource.boxes
        id: each.value.name
        name: each.value.name
        public: each.value.public && !has(part.lock)
        size: resource.size
      storage.googleapis.com/Bucket:
        name: resource.name
        public: resource.public
  vault:
    title: {ja: 金庫, en: Vault}
    fields: {locked: bool}
    from:
      aws_vault: {locked: resource.locked}
)";
}

std::string rules_of(const std::vector<std::string>& conditions) {
  std::string text = "sekimori: ruleset/v1\nid: test.set\nversion: 1.0.0\nlanguages: [ja, en]\nengine: \">=0.1\"\ntitle: {ja: 試験, en: Test}\nrules:\n";
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    text += "  - id: R-" + std::to_string(i) + "\n    title: {ja: 題, en: Title}\n    severity: high\n    category: test\n    why: {ja: 理由, en: Why}\n" +
            "    fix: {ja: 直し方, en: Fix}\n    waiver: none\n    kind: account\n    assert: '" + conditions[i] + "'\n    message: {ja: 違反, en: Wrong}\n";
  }
  return text;
}

std::shared_ptr<const plan::policy_plan> plan_of(const std::vector<std::string>& conditions) {
  auto model = model_of({kinds(), rules_of(conditions)});
  INFO(render(model.diagnostics()));
  REQUIRE(model);
  return plan::make_plan(model.value());
}

// {"type": ..., "id": ..., "account": ..., "attributes": ...}; no account: nobody says
std::string item(const std::string& type, const std::string& id, const std::string& account, const std::string& attributes) {
  return R"({"type":")" + type + R"(","id":")" + id + "\"" + (account.empty() ? "" : R"(,"account":")" + account + "\"") + R"(,"attributes":)" + attributes + "}";
}
std::string account(const std::string& id) { return item("account:aws", "account:aws:" + id, id, R"({"id":")" + id + R"("})"); }
std::string document(const std::vector<std::string>& items) {
  std::string text = R"({"sekimori":"resources/v1","resources":[)";
  for (std::size_t i = 0; i < items.size(); ++i) text += (i ? "," : "") + items[i];
  return text + "]}";
}

report run(const plan::policy_plan& plan, const std::vector<input>& inputs, bool closed = false, check_options options = {}) {
  options.include = {verdict::pass, verdict::not_applicable};
  check::run_overrides overrides;
  overrides.close_relations = closed;
  return check::run_check(plan, nullptr, {}, inputs, options, overrides);
}

// By rule and address.
using verdicts = std::map<std::string, verdict>;
verdicts verdicts_of(const report& made) {
  verdicts all;
  for (auto& one : made.findings) all[one.rule + " " + one.resource.address] = one.outcome;
  return all;
}

std::vector<diagnostic> mistakes_of(const std::string& condition, const std::string& kind = "account") {
  std::string text = rules_of({condition});
  text.replace(text.find("kind: account"), 13, "kind: " + kind);
  return model_of({kinds(), text}).diagnostics();
}

}  // namespace

TEST_CASE("held() is what an account holds: certain, possible and not given") {
  auto plan = plan_of({"held(\"store\").exists(s, s.public)", "held(\"store\").all(s, !s.public)", "all_held(\"store\").exists(s, s.public)"});
  auto of = [&](const std::vector<std::string>& items, bool closed = false) { return verdicts_of(run(*plan, {input::text("i", document(items))}, closed)); };
  const std::string open = item("aws_thing", "t", "1", R"({"name":"t","public":true})"), shut = item("aws_thing", "u", "1", R"({"name":"u","public":false})"),
                    lost = item("aws_thing", "v", "", R"({"name":"v","public":true})"), others = item("aws_thing", "w", "2", R"({"name":"w","public":true})"),
                    none = item("aws_thing", "x", "1", R"({"name":"x","public":true,"kept":false})");

  auto found = of({account("1"), open});
  CHECK(found["R-0 account:aws:1"] == verdict::pass);
  CHECK(found["R-1 account:aws:1"] == verdict::fail);
  found = of({account("1"), shut});
  CHECK(found["R-0 account:aws:1"] == verdict::undetermined);
  CHECK(found["R-1 account:aws:1"] == verdict::undetermined);
  found = of({account("1"), shut, others, none}, true);
  CHECK(found["R-0 account:aws:1"] == verdict::fail);
  CHECK(found["R-1 account:aws:1"] == verdict::pass);
  CHECK(found["R-2 account:aws:1"] == verdict::pass);
  found = of({account("1"), account("2"), shut, lost}, true);
  CHECK(found["R-0 account:aws:1"] == verdict::undetermined);
  CHECK(found["R-0 account:aws:2"] == verdict::undetermined);
  CHECK(found["R-2 account:aws:2"] == verdict::pass);
  // Another cloud's account cannot hold it, nor can one of its own that is not yet made.
  found = of({item("account:google", "p", "p", R"({"id":"p"})"), lost, item("aws_organizations_account", "n", "", R"({"name":"new"})")}, true);
  CHECK(found["R-0 p"] == verdict::fail);
  CHECK(found["R-0 n"] == verdict::undetermined);
}

TEST_CASE("an undetermined verdict says what would settle it") {
  auto plan = plan_of({"held(\"store\").exists(s, s.public)"});
  auto made = run(*plan, {input::text("i", document({account("1"), item("aws_thing", "v", "", R"({"name":"v","public":true})")}))});
  const auto found = std::find_if(made.findings.begin(), made.findings.end(), [](auto& one) { return one.rule == "R-0"; });
  REQUIRE(found != made.findings.end());
  CHECK(found->settle == decide_by::completeness);
  REQUIRE(found->unknown.size() == 2);
  CHECK(found->unknown[0].path == "held(store)");
  CHECK(found->unknown[0].reason == "open_set");
  CHECK(found->unknown[1].resource == "v");
  CHECK(found->unknown[1].path == "account");
  CHECK(found->unknown[1].reason == "scope");
}

TEST_CASE("instances, parts, derived fields and fields that a cloud does not offer") {
  auto plan = plan_of({"held(\"store\").all(s, !s.public)", "held(\"store\").exists(s, s.name == \"b\" && s.size == 3)", "held(\"store\").all(s, s.since != \"\")",
                       "held(\"store\").all(s, !s.loud)", "held(\"store\").map(s, s.name) == [\"a\", \"b\"]"});
  const std::string shelf = item("aws_shelf", "s", "1", R"({"id":"s","size":3,"boxes":[{"name":"a","public":true},{"name":"b","public":false}]})");
  auto found = verdicts_of(run(*plan, {input::text("i", document({account("1"), shelf}))}, true));
  CHECK(found["R-0 account:aws:1"] == verdict::fail);
  CHECK(found["R-1 account:aws:1"] == verdict::pass);
  CHECK(found["R-2 account:aws:1"] == verdict::not_applicable);
  CHECK(found["R-4 account:aws:1"] == verdict::pass);
  found = verdicts_of(run(*plan, {input::text("i", document({account("1"), shelf, item("aws_shelf_lock", "l", "1", R"({"shelf":"s"})")}))}, true));
  CHECK(found["R-0 account:aws:1"] == verdict::pass);
}

TEST_CASE("a member's secret decides and is not shown") {
  auto plan = plan_of({"held(\"store\").all(s, s.secret != \"hunter2!\")", "held(\"store\").all(s, !s.loud)"});
  auto made = run(*plan, {input::text("i", document({account("1"), item("aws_thing", "t", "1", R"({"name":"t","public":true,"password":"hunter2!"})")}))}, true);
  REQUIRE(made.findings.size() >= 2);
  for (auto& one : made.findings) {
    CHECK(one.outcome == verdict::fail);
    for (auto& clause : one.why) CHECK(clause.actual.find("hunter2!") == std::string::npos);
    REQUIRE(!one.why.empty());
    CHECK(one.why.front().path.find("t#") == 0);
  }
  CHECK(made.findings.front().why.front().masked);
}

TEST_CASE("kinds and fields of held() are checked when rules are loaded") {
  auto found = mistakes_of("held(\"stor\").exists(s, s.public)");
  REQUIRE(found.size() == 1);
  CHECK(found[0].code == "SKM212");
  CHECK(found[0].help == "did you mean `store`?");
  found = mistakes_of("held(\"store\").exists(s, s.publik)");
  REQUIRE(found.size() == 1);
  CHECK(found[0].code == "SKM204");
  CHECK(found[0].help == "did you mean `public`?");
  found = mistakes_of("held(resource.account_id).size() > 0");
  REQUIRE(found.size() == 1);
  CHECK(found[0].code == "SKM212");
  found = mistakes_of("held(\"store\").size() > 0", "vault");
  REQUIRE(found.size() == 1);
  CHECK(found[0].message == "held() is asked of accounts, and this rule is about none");
  CHECK(mistakes_of("all_held(\"store\").all(s, !s.public)", "vault").empty());
  CHECK(mistakes_of("held(\"store\", 1)").at(0).code == "SKM202");
}

TEST_CASE("very many resources of no known account are told as one") {
  auto plan = plan_of({"held(\"store\").exists(s, s.public)", "held(\"store\").all(s, s.public)"});
  std::vector<std::string> items{account("1")};
  for (int i = 0; i < 1'001; ++i) items.push_back(item("aws_thing", "t" + std::to_string(i), "", R"({"name":"t","public":false})"));
  auto found = verdicts_of(run(*plan, {input::text("i", document(items))}, true));
  CHECK(found["R-0 account:aws:1"] == verdict::undetermined);
  items.pop_back();
  found = verdicts_of(run(*plan, {input::text("i", document(items))}, true));
  CHECK(found["R-0 account:aws:1"] == verdict::fail);      // none of them is a witness
  CHECK(found["R-1 account:aws:1"] == verdict::undetermined);
}

TEST_CASE("what accounts hold is kept of an input that is read in pieces") {
  auto plan = plan_of({"held(\"store\").exists(s, s.public)", "held(\"store\").all(s, !s.public)"});
  std::string lines;
  for (int i = 0; i < 40; ++i) {
    const std::string project = "p" + std::to_string(i);
    lines += R"({"name":"//cloudresourcemanager.googleapis.com/projects/)" + project + R"(","assetType":"cloudresourcemanager.googleapis.com/Project","resource":{"data":{"projectId":")" +
             project + "\"}}}\n";
    lines += R"({"name":"//storage.googleapis.com/b)" + std::to_string(i) + R"(","assetType":"storage.googleapis.com/Bucket","ancestors":["projects/)" + project +
             R"("],"resource":{"data":{"name":"b","public":)" + (i % 2 ? "true" : "false") + "}}}\n";
  }
  auto whole = verdicts_of(run(*plan, {input::text("i", lines)}));
  check_options pieces;
  pieces.limits.held_bytes = 8'000;
  auto streamed = run(*plan, {input::text("i", lines)}, false, pieces);
  REQUIRE(streamed.inputs.at(0).status == "read");
  CHECK(verdicts_of(streamed) == whole);
  CHECK(whole["R-1 //cloudresourcemanager.googleapis.com/projects/p1"] == verdict::fail);
  CHECK(whole["R-1 //cloudresourcemanager.googleapis.com/projects/p2"] == verdict::undetermined);
}

TEST_CASE("every type that stands for an account, with what it holds") {
  const std::string root = SEKIMORI_SOURCE_DIR;
  auto results = run_rule_tests({root + "/rulesets/kinds/account.yaml", root + "/tests/check/presence"});
  REQUIRE_MESSAGE(results.ok(), render(results.diagnostics()));
  CHECK(results.value().size() == 58);
  for (auto& one : results.value()) CHECK_MESSAGE(one.ok, one.file << ":" << one.line << ": " << one.detail);
}

// --- Laws --------------------------------------------------------------------------------------------
namespace {

struct thing { bool is_store; int account; bool yes; };   // account 0: nobody says

// What a rule says of one account, where every resource is in a known one.
using condition = std::function<bool(const std::vector<thing>&, int)>;
std::size_t count(const std::vector<thing>& all, int account, bool store, bool yes) {
  return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](auto& one) { return (account < 0 || one.account == account) && one.is_store == store && one.yes == yes; }));
}
const std::vector<std::pair<std::string, condition>> laws = {
    {"held(\"store\").exists(s, s.public)", [](auto& all, int a) { return count(all, a, true, true) > 0; }},
    {"held(\"store\").all(s, !s.public)", [](auto& all, int a) { return count(all, a, true, true) == 0; }},
    {"held(\"store\").exists_one(s, s.public)", [](auto& all, int a) { return count(all, a, true, true) == 1; }},
    {"all_held(\"store\").exists(s, s.public)", [](auto& all, int) { return count(all, -1, true, true) > 0; }},
    {"!all_held(\"vault\").all(v, v.locked)", [](auto& all, int) { return count(all, -1, false, false) > 0; }},
    {"held(\"store\").exists(s, s.public) || held(\"vault\").all(v, v.locked)",
     [](auto& all, int a) { return count(all, a, true, true) > 0 || count(all, a, false, false) == 0; }},
    {"held(\"store\").all(s, s.public || held(\"vault\").exists(v, v.locked))",
     [](auto& all, int a) { return count(all, a, true, false) == 0 || count(all, a, false, true) > 0; }},
    {"held(\"vault\").size() == 1", [](auto& all, int a) { return count(all, a, false, true) + count(all, a, false, false) == 1; }},
};

std::string item_of(const thing& one, std::size_t number) {
  const std::string id = "r" + std::to_string(number), said = one.account == 0 ? "" : std::to_string(one.account), yes = one.yes ? "true" : "false";
  return one.is_store ? item("aws_thing", id, said, R"({"name":"n","public":)" + yes + "}") : item("aws_vault", id, said, R"({"locked":)" + yes + "}");
}

// Whether every way to say where the things are that nobody says gives the same.
std::optional<bool> agreed(const condition& law, std::vector<thing> all, int account, int accounts, std::size_t from = 0) {
  while (from < all.size() && all[from].account != 0) ++from;
  if (from == all.size()) return law(all, account);
  std::optional<bool> same;
  for (int a = 1; a <= accounts + 1; ++a) {      // or in one that was not named
    all[from].account = a;
    auto one = agreed(law, all, account, accounts, from + 1);
    if (!one || (same && *same != *one)) return std::nullopt;
    same = one;
  }
  return same;
}

}  // namespace

TEST_CASE("laws of open and closed worlds, over generated inventories") {
  std::vector<std::string> conditions;
  for (auto& [text, law] : laws) conditions.push_back(text);
  auto plan = plan_of(conditions);
  std::mt19937 random(20261128);
  auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  int decided = 0, left_open = 0, told_by_closing = 0;
  for (int round = 0; round < 150; ++round) {
    const int accounts = 1 + below(2);
    std::vector<std::string> items;
    for (int a = 1; a <= accounts; ++a) items.push_back(account(std::to_string(a)));
    std::vector<thing> things, more;
    for (int n = below(6); n > 0; --n) things.push_back({below(2) == 0, below(accounts + 1), below(2) == 0});
    for (int n = 1 + below(3); n > 0; --n) more.push_back({below(2) == 0, below(accounts + 1), below(2) == 0});
    for (std::size_t i = 0; i < things.size(); ++i) items.push_back(item_of(things[i], i));
    std::vector<std::string> added = items;
    for (std::size_t i = 0; i < more.size(); ++i) added.push_back(item_of(more[i], 100 + i));

    const verdicts open = verdicts_of(run(*plan, {input::text("i", document(items))}));
    const verdicts larger = verdicts_of(run(*plan, {input::text("i", document(added))}));
    const verdicts closed = verdicts_of(run(*plan, {input::text("i", document(items))}, true));
    std::shuffle(items.begin(), items.end(), random);
    const std::size_t half = items.size() / 2;
    const std::vector<input> parts = {input::text("a", document({items.begin(), items.begin() + static_cast<std::ptrdiff_t>(half)})),
                                      input::text("b", document({items.begin() + static_cast<std::ptrdiff_t>(half), items.end()}))};
    CHECK(verdicts_of(run(*plan, parts)) == open);
    CHECK(verdicts_of(run(*plan, {parts[1], parts[0]}, true)) == closed);

    for (std::size_t rule = 0; rule < laws.size(); ++rule) {
      for (int a = 1; a <= accounts; ++a) {
        const std::string at = "R-" + std::to_string(rule) + " account:aws:" + std::to_string(a);
        INFO(laws[rule].first << " of account " << a << "\n" << document(items));
        const verdict before = open.at(at), after = larger.at(at), whole = closed.at(at);
        // Decided in an open world: more resources and a declaration change nothing.
        if (before != verdict::undetermined) {
          CHECK(after == before);
          CHECK(whole == before);
          ++decided;
        }
        // Decided in a closed one: every way to place what nobody placed agrees.
        const auto truth = agreed(laws[rule].second, things, a, accounts);
        if (whole != verdict::undetermined) {
          REQUIRE(truth.has_value());
          CHECK((whole == verdict::pass) == *truth);
          if (before == verdict::undetermined) ++told_by_closing;
        } else {
          ++left_open;
        }
        // Nothing is left open where everything is told.
        if (std::all_of(things.begin(), things.end(), [](auto& one) { return one.account != 0; })) CHECK(whole != verdict::undetermined);
      }
    }
  }
  CHECK(decided > 50);
  CHECK(left_open > 50);
  CHECK(told_by_closing > 50);
}
