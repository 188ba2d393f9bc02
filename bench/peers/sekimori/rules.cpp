// bench/peers: see rules.hpp. The policy and the report are the public ones; the floor uses simdjson, and the time of reading
// is the inventory's.
#include "rules.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <vector>

#include "common/process.hpp"
#include "inventory/inventory.hpp"
#include "measure.hpp"
#include "plan/program.hpp"
#include "sekimori/sekimori.hpp"

namespace peers {
namespace {

using namespace sekimori;

policy loaded(const std::string& rules, const std::string& organisation = {}) {
  auto made = policy::load({rules}, organisation);
  if (!made) bench::stop(render(made.diagnostics()));
  return std::move(made).value();
}

check_options options() {
  check_options made;
  made.now = 1'795'446'000;  // 2026-11-24 in Japan
  return made;
}

std::string number(std::uint64_t given) { return std::to_string(given); }

void tell_counts(const std::string& variant, const std::string& form, const report& found, times taken) {
  const auto& total = found.summary.total;
  tell(variant, form, std::move(taken),
       {{"pass", number(total.pass)}, {"fail", number(total.fail)}, {"undetermined", number(total.undetermined)}, {"error", number(total.error)},
        {"not_applicable", number(total.not_applicable)}, {"listed", number(found.summary.listed)}});
}

// What programs, slots and dispatch take; the trees and texts that explanations are made of stand beside them.
std::size_t heap_of_plan(const std::string& rules) {
  auto documents = rules::load_documents({rules});
  if (!documents) bench::stop(render(documents.diagnostics()));
  auto model = rules::check_documents(std::make_shared<const rules::loaded_documents>(std::move(documents).value()));
  if (!model) bench::stop(render(model.diagnostics()));
  const std::size_t before = bench::heap_in_use();
  auto kept = plan::make_plan(model.value());
  return bench::heap_in_use() - before;
}

policy timed_load(const std::string& variant, const std::string& rules, const std::string& organisation, int repeats) {
  const std::size_t before = bench::heap_in_use();
  policy kept = loaded(rules, organisation);
  const std::size_t bytes = bench::heap_in_use() - before;
  tell(variant, "load", each(repeats, [&] { loaded(rules, organisation); }), {{"heap", number(bytes)}});
  return kept;
}

}  // namespace

void load(const std::string& rules, int repeats) {
  timed_load("library", rules, {}, repeats);
  tell("plan", "memory", {{0}, 0}, {{"heap", number(heap_of_plan(rules))}});
}

void scopes(const std::string& rules, const std::string& organisation, const std::string& plan, int repeats) {
  const policy asked = timed_load("scopes", rules, organisation, repeats);
  const std::vector<input> inputs = {input::text("plan.json", bench::read_file(plan))};
  report found;
  auto taken = each(repeats, [&] { found = asked.check(inputs, options()); });
  tell_counts("scopes", "bytes", found, std::move(taken));
}

void agree(const std::string& rules, const std::string& plan) {
  auto wanted = options();
  wanted.limits.findings_listed = UINT64_MAX;
  const auto found = loaded(rules).check({input::file(plan)}, wanted);
  if (found.outcome.exit_code == 2 || found.summary.examined.resources == 0) bench::stop(plan + " was not examined");
  std::vector<std::string> lines;
  for (const auto& one : found.findings) lines.push_back(std::string(name_of(one.outcome)) + ' ' + one.rule + ' ' + one.resource.address);
  std::sort(lines.begin(), lines.end());
  for (const auto& line : lines) std::puts(line.c_str());
}

// Verdicts are what is compared: what other engines give are lines, and ours are counted. With `report` the findings up to
// the default limit are made as well. Nobody can hand a plan over parsed, so that the time from parsed input is the time of
// a check less that of reading alone (digest, parse, resources), each time measured one after the other.
void evaluate(const std::string& form, const std::string& rules, const std::string& plan, int repeats) {
  const policy asked = loaded(rules);
  const std::string bytes = bench::read_file(plan);
  std::vector<input> inputs = {input::text("plan.json", bytes)};
  auto wanted = options();
  if (form != "report") wanted.limits.findings_listed = 0;
  report found;
  auto check = [&] { found = asked.check(inputs, wanted); };
  if (form != "parsed") {
    auto taken = each(repeats, check);
    return tell_counts("library", form, found, std::move(taken));
  }
  auto read = [&] {
    inventory::inventory all;
    if (all.add_text("plan.json", bytes, {}).resources == 0) bench::stop(plan + " has no resources");
  };
  check();
  times taken;
  for (int i = 0; i < repeats; ++i) {
    const double begin = cpu_now();
    read();
    const double middle = cpu_now();
    check();
    taken.nanoseconds.push_back(std::max(cpu_now() - middle - (middle - begin), 0.0));
  }
  tell_counts("library", form, found, std::move(taken));
}

void conditions_as_rules(const std::string& folder) {
  const policy asked = loaded(folder + "/conditions/rules");
  const std::string answers = bench::read_file(folder + "/rules.answers");
  const std::vector<input> inputs = {input::text("plan.json", bench::read_file(folder + "/conditions/plan.json"))};
  auto wanted = options();
  wanted.limits.findings_listed = 0;   // verdicts are what is compared, not a report
  report found = asked.check(inputs, wanted);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    char id[40];
    std::snprintf(id, sizeof id, "peers.conditions/C%03zu", i);
    const auto at = found.summary.by_rule.find(id);
    if (at == found.summary.by_rule.end() || (answers[i] == '1' ? at->second.pass : at->second.fail) != 1) bench::stop(std::string(id) + " answers otherwise than cel-go");
  }
  tell("conditions as rules", "bytes", sample(7, 100, [&] { found = asked.check(inputs, wanted); }));
}

void floor(const std::string& plan, int repeats) {
  const simdjson::padded_string bytes(bench::read_file(plan));
  const auto size = number(bytes.size());
  const auto parse = [&](simdjson::dom::parser& with) {
    simdjson::dom::element root;
    if (with.parse(bytes).get(root) != simdjson::SUCCESS) bench::stop(plan + " is no JSON");
  };
  tell("simdjson", "new parser", each(repeats, [&] { simdjson::dom::parser fresh; parse(fresh); }), {{"size", size}});
  simdjson::dom::parser kept;
  tell("simdjson", "kept parser", each(repeats, [&] { parse(kept); }), {{"size", size}});
  std::vector<char> copy(bytes.size());
  tell("memcpy", "kept memory", each(repeats, [&] { std::memcpy(copy.data(), bytes.data(), bytes.size()); }), {{"size", size}});
}

}  // namespace peers
