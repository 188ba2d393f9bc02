// Laws of what inputs documents declare, over generated inventories: a declaration decides only what was undetermined, as closing
// everything would; what is told to rest on it is what is another verdict without it; more of what nobody declared changes nothing.
#include <map>
#include <random>

#include <doctest/doctest.h>

#include "../rules/model_support.hpp"
#include "check/run.hpp"
#include "plan/program.hpp"

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
  store:
    title: {ja: 保管領域, en: Store}
    fields: {name: string, locked: bool, watched: bool}
    from:
      aws_shelf:
        parts:
          lock: {type: aws_shelf_lock, by: shelf, absent: {value: 'null', source: test}}
          sign: {type: aws_shelf_sign, by: shelf, absent: {value: 'null', source: test}}
        when: '!has(part.sign) || part.sign.shown'
        each: 'has(part.lock) ? resource.boxes : resource.boxes + [{"name": "c"}]'
        id: each.value.name
        name: each.value.name
        locked: has(part.lock)
        watched: related("aws_watch", "shelf").exists(w, w.on)
      aws_thing:
        parts: {lock: {type: aws_thing_lock, by: thing, absent: {value: 'null', source: test}}}
        name: resource.name
        locked: has(part.lock)
        watched: related("aws_watch", "thing").exists(w, w.on)
  vault:
    title: {ja: 金庫, en: Vault}
    fields: {shut: bool}
    from:
      aws_vault: {shut: resource.shut}
)";
}

const std::vector<std::pair<const char*, const char*>> conditions = {
    {"account", "held(\"store\").exists(s, s.locked)"},
    {"account", "held(\"store\").all(s, s.locked || s.watched)"},
    {"account", "held(\"store\").exists_one(s, s.watched)"},
    {"account", "held(\"vault\").size() == 1"},
    {"account", "held(\"store\").exists(s, s.locked) || held(\"vault\").all(v, v.shut)"},
    {"account", "all_held(\"vault\").exists(v, v.shut)"},
    {"store", "resource.locked"},
    {"store", "resource.watched || resource.locked"},
    {"store", "!(resource.watched && resource.locked)"},
};

std::shared_ptr<const plan::policy_plan> made_plan() {
  std::string text = "sekimori: ruleset/v1\nid: test.set\nversion: 1.0.0\nlanguages: [ja, en]\nengine: \">=0.1\"\ntitle: {ja: 試験, en: Test}\nrules:\n";
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    text += "  - id: R-" + std::to_string(i) + "\n    title: {ja: 題, en: Title}\n    severity: high\n    category: test\n    why: {ja: 理由, en: Why}\n" +
            "    fix: {ja: 直し方, en: Fix}\n    waiver: none\n    kind: " + conditions[i].first + "\n    assert: '" + conditions[i].second + "'\n    message: {ja: 違反, en: Wrong}\n";
  }
  auto model = model_of({kinds(), text});
  REQUIRE_MESSAGE(model.ok(), render(model.diagnostics()));
  return plan::make_plan(model.value());
}

using items = std::vector<std::string>;

std::string document(const items& all) {
  std::string text = R"({"sekimori":"resources/v1","resources":[)";
  for (std::size_t i = 0; i < all.size(); ++i) text += (i ? "," : "") + all[i];
  return text + "]}";
}

std::string item(const std::string& type, const std::string& id, int account, const std::string& attributes) {
  return R"({"type":")" + type + R"(","id":")" + id + "\"" + (account == 0 ? "" : R"(,"account":")" + std::to_string(account) + "\"") + R"(,"attributes":{"id":")" + id + "\"," + attributes + "}}";
}

struct told {
  verdict outcome;
  bool assumed;
};
using verdicts = std::map<std::string, told>;

class generated {
 public:
  explicit generated(unsigned seed) : random_(seed) {}
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

  // One resource with some of what belongs to it.
  void add(items& to, int accounts, const std::string& id) {
    const int account = below(accounts + 1);
    const std::string yes = below(2) ? "true" : "false";
    switch (below(3)) {
      case 0: to.push_back(item("aws_vault", id, account, "\"shut\":" + yes)); return;
      case 1:
        to.push_back(item("aws_thing", id, account, R"("name":"n")"));
        if (below(2)) to.push_back(item("aws_thing_lock", id + "-lock", account, R"("thing":")" + id + "\""));
        if (below(2)) to.push_back(item("aws_watch", id + "-watch", account, R"("thing":")" + id + R"(","on":)" + yes));
        return;
      default:
        to.push_back(item("aws_shelf", id, account, R"("boxes":[{"name":"a"},{"name":"b"}])"));
        if (below(2)) to.push_back(item("aws_shelf_lock", id + "-lock", account, R"("shelf":")" + id + "\""));
        if (below(3) == 0) to.push_back(item("aws_shelf_sign", id + "-sign", account, R"("shelf":")" + id + R"(","shown":)" + yes));
        if (below(2)) to.push_back(item("aws_watch", id + "-watch", account, R"("shelf":")" + id + R"(","on":)" + yes));
    }
  }

 private:
  std::mt19937 random_;
};

verdicts run(const plan::policy_plan& plan, const std::vector<input>& inputs, bool closed = false, std::uint32_t threads = 1, report_summary* summary = nullptr) {
  check_options options;
  options.include = {verdict::pass, verdict::not_applicable};
  options.threads = threads;
  check::run_overrides overrides;
  overrides.close_relations = closed;
  const report made = check::run_check(plan, nullptr, {}, inputs, options, overrides);
  verdicts all;
  for (auto& one : made.findings) all[one.rule + " " + one.resource.address] = {one.outcome, !one.assumes.empty()};
  for (auto& record : made.inputs) REQUIRE_MESSAGE(record.status != "unreadable", render(record.diagnostics));
  if (summary != nullptr) *summary = made.summary;
  return all;
}

}  // namespace

TEST_CASE("a declaration decides only what was undetermined, and what rests on it is told") {
  const auto plan = made_plan();
  generated of(20261128);
  int decided = 0, untouched = 0, passes = 0, fails = 0, left_open = 0;
  for (int round = 0; round < 300; ++round) {
    const int accounts = 1 + of.below(2);
    std::vector<input> inputs;
    std::string said = "sekimori: inputs/v1\ninputs:\n", more_said = said;
    items undeclared;
    std::vector<bool> is_declared(2);
    for (int file = 0; file < 2; ++file) {
      items some;
      for (int a = 1; a <= accounts; ++a) {
        if (of.below(2)) some.push_back(item("account:aws", "account:aws:" + std::to_string(a) + (file ? "-again" : ""), a, "\"id2\":1"));
      }
      for (int n = of.below(4); n >= 0; --n) of.add(some, accounts, "r" + std::to_string(file) + std::to_string(n));
      const std::string name = file ? "b.json" : "a.json";
      inputs.push_back(input::text(name, document(some)));
      const int kinds = of.below(4);
      if (kinds == 0) continue;
      said += "  - {path: " + name + ", taken_at: 2026-11-24, declared_by: p, complete: [" + (kinds == 1 ? "store" : kinds == 2 ? "vault" : "store, vault") + "]}\n";
      is_declared[static_cast<std::size_t>(file)] = true;
    }
    if (!is_declared[0] && !is_declared[1]) continue;
    std::vector<input> with = inputs;
    with.push_back(input::text("inputs.yaml", said));
    report_summary summary;
    const verdicts open = run(*plan, inputs), declared = run(*plan, with, false, 1, &summary), closed = run(*plan, inputs, true);
    std::uint64_t pass = 0, fail = 0;
    for (auto& [at, one] : declared) {
      INFO(at << "\n" << said << inputs[0].bytes.value() << "\n" << inputs[1].bytes.value());
      const auto before = open.find(at);
      const bool other = before == open.end() || before->second.outcome != one.outcome;
      // What was decided stays; what it decides, closing everything decides alike.
      if (before != open.end() && before->second.outcome != verdict::undetermined) CHECK(one.outcome == before->second.outcome);
      const auto after = closed.find(at);
      if (one.outcome != verdict::undetermined && after != closed.end()) CHECK(after->second.outcome == one.outcome);
      // A resource that is one of several only on somebody's word rests on it, whatever its verdict.
      if (other && one.outcome != verdict::undetermined) CHECK(one.assumed);
      if (one.assumed && at.find('#') == std::string::npos) CHECK(other);
      if (!one.assumed && one.outcome != verdict::undetermined) CHECK(!other);
      pass += one.assumed && one.outcome == verdict::pass;
      fail += one.assumed && one.outcome == verdict::fail;
      decided += other && one.outcome != verdict::undetermined;
      untouched += !other;
      left_open += one.outcome == verdict::undetermined;
    }
    CHECK(summary.assumed_pass == pass);
    CHECK(summary.assumed_fail == fail);
    passes += static_cast<int>(pass);
    fails += static_cast<int>(fail);
    // Threads and the place of the document change nothing.
    std::vector<input> turned = with;
    std::rotate(turned.begin(), turned.end() - 1, turned.end());
    const verdicts again = run(*plan, turned, false, 3);
    CHECK(again.size() == declared.size());
    for (auto& [at, one] : again) {
      REQUIRE(declared.count(at) == 1);
      CHECK(declared.at(at).outcome == one.outcome);
      CHECK(declared.at(at).assumed == one.assumed);
    }
  }
  MESSAGE(decided << " decided by declarations, " << passes << " passes and " << fails << " violations rest on them, " << untouched << " as before, " << left_open << " open");
  CHECK(decided > 200);
  CHECK(passes > 100);
  CHECK(fails > 100);
  CHECK(untouched > 200);
  CHECK(left_open > 100);
}

TEST_CASE("more resources of what nobody declared turn no decided verdict into another") {
  const auto plan = made_plan();
  generated of(7);
  int kept = 0;
  for (int round = 0; round < 150; ++round) {
    items some, more;
    some.push_back(item("account:aws", "account:aws:1", 1, "\"id2\":1"));
    for (int n = of.below(4); n >= 0; --n) of.add(some, 1, "r" + std::to_string(n));
    for (int n = of.below(3); n >= 0; --n) of.add(more, 1, "m" + std::to_string(n));
    // Vaults are declared: no further one comes.
    std::erase_if(more, [](const std::string& one) { return one.find("aws_vault") != std::string::npos; });
    const input said = input::text("inputs.yaml", "sekimori: inputs/v1\ninputs:\n  - {path: a.json, taken_at: 2026-11-24, declared_by: p, complete: [vault]}\n");
    const verdicts before = run(*plan, {input::text("a.json", document(some)), said}),
                   after = run(*plan, {input::text("a.json", document(some)), input::text("b.json", document(more)), said});
    for (auto& [at, one] : before) {
      if (one.outcome == verdict::undetermined) continue;
      INFO(at << "\n" << document(some) << "\n" << document(more));
      REQUIRE(after.count(at) == 1);
      // exists_one and size() are decided by what there is of vaults alone.
      CHECK(after.at(at).outcome == one.outcome);
      ++kept;
    }
  }
  CHECK(kept > 200);
}
