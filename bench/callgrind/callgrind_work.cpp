// bench: the work whose instructions are counted, once, warm: callgrind_work SCENARIO INPUTS. count.py runs it under valgrind, which
// counts inside counted_work alone.
#include <functional>
#include <string>

#include "common/cases.hpp"
#include "common/process.hpp"
#include "sekimori/sekimori.hpp"

extern "C" __attribute__((noinline)) void counted_work(const std::function<void()>& work) { work(); }

namespace {

using namespace sekimori;

volatile bool sink;

policy loaded(const std::string& path) {
  auto made = policy::load({path});
  if (!made) bench::stop(render(made.diagnostics()));
  return std::move(made).value();
}

void warm_then_counted(const std::function<void()>& work) {
  work();
  counted_work(work);
}

void check(const policy& rules, const std::vector<input>& inputs) {
  check_options wanted;
  wanted.now = 1'795'446'000;  // 2026-11-24 in Japan
  warm_then_counted([&] {
    const auto found = rules.check(inputs, wanted);
    if (found.summary.total.fail == 0) bench::stop("the check found nothing");
  });
}

void expressions(const std::string& inputs) {
  const auto file = bench::parsed(inputs + "/cases.json");
  const auto all = bench::all_cases(file);
  warm_then_counted([&] {
    for (auto& one : all) sink = one->evaluate().is_true();
  });
}

}  // namespace

int main(int count, char** words) {
  if (count != 3) bench::stop("callgrind_work expressions|rules|shipped|load INPUTS");
  const std::string scenario = words[1], inputs = words[2];
  if (scenario == "expressions") {
    expressions(inputs);
  } else if (scenario == "rules") {
    check(loaded(inputs + "/rules15/sekimori"), {input::text("S.json", bench::read_file(inputs + "/S.json"))});
  } else if (scenario == "shipped") {
    const std::string plan = SEKIMORI_SOURCE_DIR "/rulesets/examples/citizen-application/aws/bad/plan.json";
    check(loaded("builtin:all"), {input::text("plan.json", bench::read_file(plan))});
  } else if (scenario == "load") {
    warm_then_counted([&] { loaded(inputs + "/rules1000/sekimori"); });
  } else {
    bench::stop("there is no scenario " + scenario);
  }
}
