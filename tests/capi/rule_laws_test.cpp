// Laws: dispatch, sharing, fusion, batches, threads and the form of the input never change a verdict, an explanation or a
// byte of the report.
#include "rule_laws.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <unistd.h>

#include "check/access.hpp"
#include "check/instances.hpp"
#include "check/meta.hpp"
#include "check/worker.hpp"
#include "exec/executor.hpp"
#include "exec/explain.hpp"
#include "json_text.hpp"
#include "plans.hpp"
#include "value/json_view.hpp"

using namespace sekimori;
using namespace sekimori::testing;

namespace {

// Judges every rule on every resource that dispatch gives it: by flat code with everything shared, without what the type
// decides, and by the evaluator alone with nothing shared.
class every_judge {
 public:
  every_judge(const plan::policy_plan& plan, const std::vector<input>& inputs)
      : plan_(plan), run_(plan, inputs, all_listed()), evaluator_(memory_, cel::limits{}), alone_(memory_, cel::limits{}),
        executor_(evaluator_, cel::limits{}), access_(run_.inventory), meta_(run_.inventory, memory_), each_("each", {"key", "value", "index"}, {}),
        variables_(rules::variable_count), scope_(run_.scopes.view({})) {
    for (cel::evaluator* one : {&evaluator_, &alone_}) {
      one->set_host(static_cast<rules::relation_host*>(&access_));
      one->set_now(run_.context.now);
      one->set_metering(false);
    }
  }

  std::map<verdict, std::size_t> run() {
    for (auto& one : run_.inventory.resources()) {
      auto* entries = run_.context.by_type[one.type_index];
      if (!one.evaluated || one.manifest != nullptr || entries == nullptr) continue;
      memory_.reset();
      access_.at(one);
      meta_.at(one, "plan.json");
      variables_[rules::slot_meta] = value::map(&meta_);
      variables_[rules::slot_scope] = value::map(scope_.scope.get());
      variables_[rules::slot_now] = run_.context.now;
      for (auto& entry : *entries) {
        variables_[rules::slot_part] = variables_[rules::slot_each] = value::null();
        if (entry.mapping != nullptr) judge_kind(entry, one);
        else judge_type(entry, one);
      }
    }
    return seen_;
  }

 private:
  void judge_type(const plan::dispatch_entry& entry, const inventory::resource& one) {
    variables_[rules::slot_resource] = access_.attributes(nullptr, memory_);
    std::vector<value> seen = variables_;
    judge(entry, one, seen, seen, nullptr);
  }

  void judge_kind(const plan::dispatch_entry& entry, const inventory::resource& one) {
    auto& mapping = *entry.mapping->mapping;
    variables_[rules::slot_resource] = access_.attributes(&mapping.facts, memory_);
    exec::part_object parts(mapping, access_, memory_);
    variables_[rules::slot_part] = value::map(&parts);
    const check::instance whole{};
    const auto instances = mapping.each.empty() ? std::span(&whole, 1) : check::instances_of(mapping, evaluator_, variables_, each_);
    exec::kind_object fast(*entry.kind, *entry.mapping, evaluator_, executor_);
    exec::kind_object slow(*entry.kind, *entry.mapping, alone_);
    for (auto& item : instances) {
      each_.set(0, item.key);
      each_.set(1, item.element);
      each_.set(2, item.index);
      variables_[rules::slot_each] = value::map(&each_);
      if (mapping.when != nullptr && alone_.evaluate(*mapping.when, variables_).is_false()) continue;
      fast.begin(variables_);
      std::vector<value> seen = variables_, seen_alone = variables_;
      seen[rules::slot_resource] = value::map(&fast);
      seen_alone[rules::slot_resource] = value::map(&slow);
      judge(entry, one, seen, seen_alone, &slow);
    }
  }

  void judge(const plan::dispatch_entry& entry, const inventory::resource& one, std::vector<value>& seen, std::vector<value>& seen_alone,
             exec::kind_object* slow) {
    executor_.begin(seen);
    for (auto& candidate : entry.programs) {
      auto& program = plan_.programs[candidate.program];
      seen[rules::slot_params] = seen_alone[rules::slot_params] = value::map((*scope_.parameters)[program.rule->ruleset].get());
      const verdict shared = executor_.judge(program, candidate);
      const verdict without_type = executor_.judge(program);
      if (slow != nullptr) slow->begin(variables_);
      alone_.reset_steps();
      evaluator_.reset_steps();
      const verdict explained = exec::explain(program, alone_, seen_alone, slow, one.address, traced_).outcome;
      INFO(program.rule->full_id << " of " << one.address);
      // Once a check fails doctest writes; before, this costs nothing.
      if (shared != explained || without_type != explained) {
        CHECK(name_of(shared) == name_of(explained));
        CHECK(name_of(without_type) == name_of(explained));
      }
      ++seen_[explained];
    }
  }

  const plan::policy_plan& plan_;
  law_run run_;
  arena memory_{64 * 1024};
  cel::evaluator evaluator_, alone_;
  cel::trace traced_;
  exec::executor executor_;
  check::inventory_access access_;
  check::meta_object meta_;
  exec::record_object each_;
  std::vector<value> variables_;
  const check::scope_view& scope_;
  std::map<verdict, std::size_t> seen_;
};

report checked(const plan::policy_plan& plan, const std::vector<input>& inputs, const check_options& options) {
  return check::run_check(plan, nullptr, {}, inputs, options);
}

// The text in another way; UTF-16 stays as it is.
template <class Change>
std::string turned(const std::string& text, Change&& change) {
  if (text.empty() || text[0] != '{') return text;
  json_text made(text);
  change(made);
  return made.write();
}

void check_same(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  CHECK(a.size() > 50);
  CHECK(difference(a, b) == "");
}

}  // namespace

TEST_CASE("flat code with everything shared, and the evaluator alone in source order, come to the same verdicts") {
  for (auto& one : law_cases()) {
    INFO(one.name);
    auto seen = every_judge(*plan_of(one.documents), one.inputs()).run();
    // Every verdict occurs, or the law says little.
    for (auto outcome : {verdict::pass, verdict::fail, verdict::undetermined, verdict::not_applicable}) CHECK(seen[outcome] > 50);
    CHECK((seen[verdict::error] > 50 || one.name == "shipped"));
  }
}

TEST_CASE("generated rules share tests and fuse patterns, or the laws say nothing of that") {
  for (auto& one : law_cases()) {
    if (one.name == "shipped") continue;
    auto plan = plan_of(one.documents);
    CHECK(!plan->conditions->fused.empty());
    CHECK(plan->conditions->memos > 0);
    CHECK(plan->programs.size() >= 160);
  }
}

TEST_CASE("a rule says the same alone, among all others, and in another order") {
  for (auto& one : law_cases()) {
    INFO(one.name);
    const auto inputs = one.inputs();
    auto together = plan_of(one.documents);
    const report all = checked(*together, inputs, all_listed());
    const report fast = checked(*together, inputs, none_listed());
    const auto findings = findings_of(all);
    CHECK(counts_of(all.summary) == counts_of(fast.summary));

    auto reversed = one.documents;
    std::reverse(reversed.rulesets.begin(), reversed.rulesets.end());
    for (auto& ruleset : reversed.rulesets) std::reverse(ruleset.rules.begin(), ruleset.rules.end());
    auto other_order = plan_of(reversed);
    check_same(findings, findings_of(checked(*other_order, inputs, all_listed())));
    CHECK(counts_of(fast.summary) == counts_of(checked(*other_order, inputs, none_listed()).summary));

    std::vector<std::string> alone;
    std::string counts;
    report_summary sums;
    for (std::size_t set = 0; set < one.documents.rulesets.size(); ++set) {
      for (std::size_t index = 0; index < one.documents.rulesets[set].rules.size(); ++index) {
        rules::loaded_documents single = one.documents;
        single.rulesets = {one.documents.rulesets[set]};
        single.rulesets[0].rules = {one.documents.rulesets[set].rules[index]};
        auto plan = plan_of(std::move(single));
        for (auto& line : findings_of(checked(*plan, inputs, all_listed()))) alone.push_back(std::move(line));
        const report_summary counted = checked(*plan, inputs, none_listed()).summary;
        for (auto& [rule, of] : counted.by_rule) sums.by_rule[rule] = of;
        for (auto& [who, count] : counted.undetermined_by) sums.undetermined_by[who] += count;
      }
    }
    std::sort(alone.begin(), alone.end());
    check_same(findings, alone);
    CHECK(counts_of(fast.summary) == counts_of(sums));
  }
}

TEST_CASE("the form of an input changes no finding") {
  const auto folder = std::filesystem::temp_directory_path() / ("sekimori-laws-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  for (auto& one : law_cases()) {
    INFO(one.name);
    auto rules = plan_of(one.documents);
    std::vector<input> texts, files, spaced;
    std::vector<json_document> parsed;
    arena memory;
    std::vector<input> objects;
    for (auto& [name, text] : one.plans) {
      const std::string file = (folder / ("plan" + std::to_string(texts.size()) + ".json")).string();
      std::ofstream(file, std::ios::binary) << text;
      texts.push_back(input::text(file, text));
      files.push_back(input::file(file));
      spaced.push_back(input::text(file, text[0] == '{' ? json_text(text).write(" \r\n\t") : text));
      auto document = json_document::parse(file, text);
      REQUIRE(document);
      parsed.push_back(std::move(document).value());
    }
    for (std::size_t i = 0; i < parsed.size(); ++i) objects.push_back(input::host(texts[i].name, &parsed[i].root().read(memory).as_map()));
    const report as_text = checked(*rules, texts, all_listed());
    const auto findings = findings_of(as_text, told_place::pointer);
    for (auto& [form, inputs] : std::map<std::string, std::vector<input>*>{{"file", &files}, {"spaced", &spaced}, {"object", &objects}}) {
      INFO(form);
      check_same(findings, findings_of(checked(*rules, *inputs, all_listed()), told_place::pointer));
      CHECK(counts_of(as_text.summary) == counts_of(checked(*rules, *inputs, none_listed()).summary));
    }
    CHECK(render(as_text, "json").value() == render(checked(*rules, files, all_listed()), "json").value());
  }
  std::filesystem::remove_all(folder);
}

TEST_CASE("the order of keys changes no verdict, and that of resources no finding") {
  for (auto& one : law_cases()) {
    INFO(one.name);
    auto rules = plan_of(one.documents);
    std::vector<input> keys, resources;
    for (auto& [name, text] : one.plans) {
      keys.push_back(input::text(name, turned(text, [](json_text& whole) { whole.reverse_keys(); })));
      resources.push_back(input::text(name, turned(text, [](json_text& whole) {
        if (auto* changes = whole.member("resource_changes"); changes != nullptr) changes->reverse();
      })));
    }
    const report first = checked(*rules, one.inputs(), all_listed());
    const report by_keys = checked(*rules, keys, all_listed());
    check_same(verdicts_of(first), verdicts_of(by_keys));
    CHECK(counts_of(first.summary) == counts_of(checked(*rules, keys, none_listed()).summary));
    check_same(findings_of(first, told_place::none), findings_of(checked(*rules, resources, all_listed()), told_place::none));
    CHECK(counts_of(first.summary) == counts_of(checked(*rules, resources, none_listed()).summary));
  }
}

TEST_CASE("a resource is judged alike alone, after others and before them, and by any number of threads") {
  for (auto& one : law_cases()) {
    INFO(one.name);
    auto rules = plan_of(one.documents);
    const report whole = checked(*rules, one.inputs(), all_listed());
    law_run run(*rules, one.inputs(), all_listed());
    const std::size_t count = run.inventory.resources().size();
    report alone, backwards;
    check::worker last_first(run.context);
    for (std::size_t i = count; i-- > 0;) {
      check::worker fresh(run.context);
      const inventory::resource* const resource[] = {&run.inventory.resources()[i]};
      for (auto& found : fresh.examine(resource).findings) alone.findings.push_back(std::move(found));
      for (auto& found : last_first.examine(resource).findings) backwards.findings.push_back(std::move(found));
    }
    // What an account has to hold is asked of all resources together, and of none of them.
    report of_resources = whole;
    std::erase_if(of_resources.findings, [](const finding& found) { return found.input == "accounts"; });
    const auto findings = findings_of(std::move(of_resources), told_place::pointer);
    check_same(findings, findings_of(std::move(alone), told_place::pointer));
    check_same(findings, findings_of(std::move(backwards), told_place::pointer));
    for (auto options : {all_listed(), none_listed()}) {
      const std::string bytes = render(checked(*rules, one.inputs(), options), "json").value();
      options.threads = 3;
      const bool same = render(checked(*rules, one.inputs(), options), "json").value() == bytes;
      CHECK(same);
    }
  }
}
