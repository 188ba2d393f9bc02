// report: see measures_writers.hpp.
#include "report/measures_writers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/json_writer.hpp"

namespace sekimori {
namespace {

using check::share;

std::string percent(const share& of) { return fmt::format("{:.1f}", of.percent()); }

std::size_t failures(const check::measures& made) {
  return static_cast<std::size_t>(std::count_if(made.tests.begin(), made.tests.end(), [](auto& one) { return !one.ok; }));
}

std::size_t not_compiled(const check::measures& made) {
  std::size_t all = 0;
  for (auto& rule : made.rules) all += rule.not_compiled;
  return all;
}

// Told places, each as a diagnostic, under the line that they belong to.
template <class Items>
void places(const Items& items, std::string& to) {
  for (auto& one : items) to += render(one.told);
}

void write_place(json_writer& out, const diagnostic& told) {
  out.text("file", told.file);
  out.number("line", told.line);
  out.number("column", told.column);
}

void write_part(json_writer& out, const check::untested_part& part) {
  out.begin_object();
  out.text("text", part.text);
  out.flag("never_true", part.never_true);
  out.flag("never_false", part.never_false);
  write_place(out, part.told);
  out.end_object();
}

void write_share(json_writer& out, const share& of, const std::vector<check::untested_part>& untested) {
  out.begin_object("coverage");
  out.number("seen", of.reached);
  out.number("parts", of.all);
  out.begin_array("untested");
  for (auto& part : untested) write_part(out, part);
  out.end_array();
  out.end_object();
}

void write_mutation(json_writer& out, const check::rule_measure& rule) {
  out.begin_object("mutation");
  out.number("caught", rule.mutation.reached);
  out.number("mutants", rule.mutation.all);
  out.number("not_compiled", rule.not_compiled);
  out.begin_array("survivors");
  for (auto& one : rule.survivors) {
    out.begin_object();
    out.text("kind", one.kind);
    out.text("change", one.change);
    write_place(out, one.told);
    out.end_object();
  }
  out.end_array();
  out.end_object();
}

void write_tests(json_writer& out, const check::measures& made) {
  out.begin_array("tests");
  for (auto& one : made.tests) {
    out.begin_object();
    out.text("rule", one.rule);
    out.text("name", one.name);
    out.text_if("cloud", one.cloud);
    out.text("file", one.file);
    out.number("line", one.line);
    out.text("expected", name_of(one.expected));
    out.text("actual", name_of(one.actual));
    out.flag("ok", one.ok);
    out.text_if("detail", one.detail);
    out.end_object();
  }
  out.end_array();
}

}  // namespace

std::string measures_text(const check::measures& made, const measures_shown& shown) {
  std::string text;
  for (auto& one : made.tests) {
    if (one.ok && !shown.everything) continue;
    text += fmt::format("{} {} {}\n", one.ok ? "ok  " : "FAIL", one.rule, one.name);
    if (!one.ok) text += fmt::format("     {}:{}: {}\n", one.file, one.line, one.detail);
  }
  for (auto& rule : made.rules) {
    text += fmt::format("{}: {} tests", rule.rule, rule.tests);
    if (shown.coverage) text += fmt::format(", {} of {} parts seen true and false ({} %)", rule.coverage.reached, rule.coverage.all, percent(rule.coverage));
    if (shown.mutation) text += fmt::format(", {} of {} mutants caught ({} %)", rule.mutation.reached, rule.mutation.all, percent(rule.mutation));
    text += "\n";
    if (rule.tests == 0 && !shown.everything) continue;   // it would be all of the rule
    places(rule.untested, text);
    places(rule.survivors, text);
  }
  for (auto& kind : made.kinds) {
    text += fmt::format("kind {} {}: {} of {} parts seen true and false ({} %)\n", kind.kind, kind.type.empty() ? "derived fields" : "of " + kind.type,
                        kind.coverage.reached, kind.coverage.all, percent(kind.coverage));
    if (shown.everything) places(kind.untested, text);
  }
  text += fmt::format("{} passed, {} failed\n", made.tests.size() - failures(made), failures(made));
  if (shown.coverage) {
    text += fmt::format("coverage: {} of {} parts of conditions seen true and false ({} %); of what they read of kinds {} of {} ({} %)\n", made.coverage.reached,
                        made.coverage.all, percent(made.coverage), made.kinds_coverage.reached, made.kinds_coverage.all, percent(made.kinds_coverage));
  }
  if (shown.mutation) {
    text += fmt::format("mutation: {} of {} mutants caught ({} %), {} more were no expressions; a survivor that means the same as the rule cannot be told from one\n"
                        "that no test looks at\n",
                        made.mutation.reached, made.mutation.all, percent(made.mutation), not_compiled(made));
  }
  return text;
}

std::string measures_json(const check::measures& made, const measures_shown& shown) {
  text_blocks text;
  json_writer out(text);
  out.begin_object();
  out.text("schema", "sekimori.test-results/v1");
  out.begin_object("summary");
  out.number("passed", made.tests.size() - failures(made));
  out.number("failed", failures(made));
  if (shown.coverage) {
    out.number("parts", made.coverage.all);
    out.number("seen", made.coverage.reached);
    out.number("kind_parts", made.kinds_coverage.all);
    out.number("kind_seen", made.kinds_coverage.reached);
  }
  if (shown.mutation) {
    out.number("mutants", made.mutation.all);
    out.number("caught", made.mutation.reached);
    out.number("not_compiled", not_compiled(made));
  }
  out.end_object();
  write_tests(out, made);
  out.begin_array("rules");
  for (auto& rule : made.rules) {
    out.begin_object();
    out.text("rule", rule.rule);
    out.number("tests", rule.tests);
    if (shown.coverage) write_share(out, rule.coverage, rule.untested);
    if (shown.mutation) write_mutation(out, rule);
    out.end_object();
  }
  out.end_array();
  if (shown.coverage) {
    out.begin_array("kinds");
    for (auto& kind : made.kinds) {
      out.begin_object();
      out.text("kind", kind.kind);
      out.text_if("type", kind.type);
      write_share(out, kind.coverage, kind.untested);
      out.end_object();
    }
    out.end_array();
  }
  out.end_object();
  return text.whole();
}

}  // namespace sekimori
