// bench/peers: our CEL on the expressions, through include/sekimori/cel.hpp alone. Entry points: cases, conditions.
// Every answer is compared with the expected one before anything is timed.
#include "expressions.hpp"

#include <sstream>
#include <vector>

#include "common/cases.hpp"
#include "common/process.hpp"
#include "measure.hpp"
#include "sekimori/cel.hpp"

namespace peers {
namespace {

using namespace sekimori;

volatile bool sink;

void timed(std::string_view variant, bench::expression_case& one) {
  tell(variant, one.name(), sample(7, 30, [&] { sink = one.evaluate().is_true(); }));
}

}  // namespace

void cases(const std::string& folder) {
  const auto file = bench::parsed(folder + "/cases.json");
  for (auto& one : bench::all_cases(file)) {
    timed("evaluate", *one);
    tell("bind and evaluate", one->name(), sample(5, 20, [&] { one->bind(); sink = one->evaluate().is_true(); }));
    tell("compile", one->name(), sample(5, 20, [&] { sink = one->compile(); }));
  }
  for (auto& one : bench::bound_cases()) timed("bound", *one);
}

void conditions(const std::string& folder) {
  std::vector<std::string> lines;
  std::istringstream text(bench::read_file(folder + "/rules.txt"));
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  const std::string bytes = bench::read_file(folder + "/resource.json"), answers = bench::read_file(folder + "/rules.answers");
  const auto parameters = bench::parsed(folder + "/params.json");
  cel::compiler names;
  names.variable("resource").variable("params");
  std::vector<cel::program> programs;
  const auto compile = [&] {
    programs.clear();
    for (const auto& line : lines) programs.push_back(bench::compiled(names, line));
  };
  tell("conditions", "compile", sample(5, 100, compile));
  programs = {};
  const std::size_t before = bench::heap_in_use();
  compile();
  const std::size_t after = bench::heap_in_use();
  cel::activation bound(programs.front());
  std::string found(programs.size(), '0');
  const auto run = [&](const cel::document& resource) {
    bound.set("resource", resource.root());
    bound.set("params", parameters.root());
    for (std::size_t i = 0; i < programs.size(); ++i) found[i] = programs[i].evaluate(bound).is_true() ? '1' : '0';
  };
  const auto parse = [&] { return std::move(cel::document::parse("resource.json", bytes)).value(); };
  const auto resource = parse();
  run(resource);
  if (found != answers) bench::stop("the thousand conditions answer otherwise than cel-go");
  tell("conditions", "evaluate", sample(7, 100, [&] { run(resource); }), {{"heap", std::to_string(after - before)}});
  tell("conditions", "bytes", sample(7, 100, [&] { run(parse()); }));
  if (found != answers) bench::stop("the thousand conditions answer otherwise from the bytes");
}

}  // namespace peers
