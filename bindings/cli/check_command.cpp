// cli: sekimori check INPUT... --rules DIR. Beside the public headers it knows how a name is shown on a terminal.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <memory>
#include <utility>

#include "commands.hpp"
#include "fail_on.hpp"
#include "limit_options.hpp"
#include "report/visible.hpp"
#include "sekimori/policy.hpp"
#include "time_option.hpp"

namespace sekimori::cli {
namespace {

struct check_arguments {
  std::vector<std::string> inputs, rules, formats, outputs, include, same_inputs;
  std::string organisation, scope, report_for, input_format, namespace_name, language = "ja", fail_on = "high", fail_on_undetermined = "critical", now, colour = "auto", profile, baseline;
  bool only_changed = false, strict_json = false, include_planned = false;
  std::uint32_t threads = 1;
  check_limits limits;
};

// The process ends soon: a policy and a report are not taken apart piece by piece before the system takes it all back.
// One of a type.
template <class T>
T& kept(T made) {
  static T* const held = new T(std::move(made));
  return *held;
}

void tell_outcome(const report& made, const check_arguments& given) {
  if (given.outputs.empty()) return;
  for (auto& text : made.outcome.texts) fmt::print(stderr, "{}\n", text.in(given.language));
  // With nothing to fail on the terminal would hear nothing of what is left out.
  if (made.baseline == nullptr) return;
  const std::uint64_t known = made.baseline->known_violations + made.baseline->known_undetermined;
  fmt::print(stderr, "{}\n", given.language == "ja" ? fmt::format("比較元の報告 {}: 新規 {} 件、継続 {} 件。既知のため数えていないもの {} 件。", visible(made.baseline->file), made.baseline->appeared, made.baseline->unchanged, known)
                                                    : fmt::format("baseline {}: {} new, {} unchanged; {} known and not counted.", visible(made.baseline->file), made.baseline->appeared, made.baseline->unchanged, known));
}

bool tell_profile(const check_options& used, const check_arguments& given) { return used.profile == nullptr || write_profile(*used.profile, given.profile); }

// One report in a format that takes findings as they are made. In lines their number costs no memory.
std::optional<int> stream(const policy& rules, opened_inputs& inputs, const check_options& options, std::string_view format, const check_arguments& given) {
  output to(given.outputs.empty() ? std::string() : given.outputs.front());
  auto writer = report_writer(format, [](void* file, std::string_view text) { static_cast<output*>(file)->write(text); }, &to);
  if (writer == nullptr) return std::nullopt;
  report made = rules.check(inputs, options, writer.get());
  if (!to.close() || !tell_profile(options, given)) return exit_usage;
  tell_outcome(made, given);
  return made.outcome.exit_code;
}

int run(const check_arguments& given) {
  check_options options;
  options.scope = given.scope;
  options.report_for = given.report_for;
  options.input_format = given.input_format;
  options.namespace_name = given.namespace_name;
  options.only_changed = given.only_changed;
  options.strict_json = given.strict_json;
  options.include_planned = given.include_planned;
  options.threads = given.threads;
  options.limits = given.limits;
  std::vector<rule_profile> profile;
  if (!given.profile.empty()) options.profile = &profile;
  threshold violations{options.fail_on}, undetermined{options.fail_on_undetermined};
  if (!parse_threshold(given.fail_on, violations)) return usage("--fail-on takes a severity, not `" + given.fail_on + "`", "critical, high, medium, low or info; new, or new:SEVERITY, with --baseline");
  if (given.fail_on_undetermined == "never") options.never_fail_on_undetermined = true;
  else if (!parse_threshold(given.fail_on_undetermined, undetermined)) return usage("--fail-on-undetermined takes a severity, not `" + given.fail_on_undetermined + "`", "critical, high, medium, low, info or never; new, or new:SEVERITY, with --baseline");
  if ((violations.only_new || undetermined.only_new) && given.baseline.empty()) return usage("what is new is told by an earlier report, and none was given", "--baseline REPORT.json");
  options.fail_on = violations.level;
  options.fail_on_new = violations.only_new;
  options.fail_on_undetermined = undetermined.level;
  options.fail_on_undetermined_new = undetermined.only_new;
  if (!given.same_inputs.empty() && given.baseline.empty()) return usage("--same-input says what --baseline calls an input, and none was given", "--baseline REPORT.json");
  if (!parse_same_inputs(given.same_inputs, options.same_inputs)) return exit_usage;
  for (auto& name : given.include) {
    verdict outcome;
    if (!parse_verdict(name, outcome)) return usage("--include takes verdicts, not `" + name + "`", "pass, not_applicable");
    options.include.push_back(outcome);
  }
  // The library reads no clock: it is filled in here, once per run, in whole seconds.
  options.now = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  if (!given.now.empty()) {
    options.now = parse_time(given.now);
    if (!options.now) return usage("--now cannot be read as a time: `" + given.now + "`", "2027-04-01 (00:00 in Japan) or 2027-04-01T09:00:00+09:00");
  }
  if (given.outputs.size() > 1 && given.formats.size() != given.outputs.size()) {
    return usage(fmt::format("{} --format and {} --output were given", given.formats.size(), given.outputs.size()), "give one --output after each --format");
  }
  for (auto& format : given.formats) {
    auto& known = report_formats();
    if (std::find(known.begin(), known.end(), format) == known.end()) {
      std::string list;
      for (auto one : known) list += (list.empty() ? "" : ", ") + std::string(one);
      return usage("there is no format `" + format + "`", list);
    }
  }

  // Before anything is written: --output may be the baseline's file.
  std::optional<report> earlier;
  if (!given.baseline.empty()) {
    earlier = read_report_file(given.baseline);
    if (!earlier) return exit_incomplete;
    options.baseline = &*earlier;
  }

  // Read while the rules are loaded; not standard input, so that a mistake in a rule is told without waiting for it.
  auto open = [&] {
    std::vector<input> inputs;
    for (auto& name : given.inputs) inputs.push_back(name == "-" ? input::text("-", standard_input()) : input::file(name));
    return open_inputs(std::move(inputs), options);
  };
  std::shared_ptr<opened_inputs> inputs;
  if (std::find(given.inputs.begin(), given.inputs.end(), "-") == given.inputs.end()) inputs = open();
  auto& loaded = kept(policy::load(given.rules, given.organisation));
  print_diagnostics(loaded.diagnostics());
  if (!loaded) return exit_usage;
  if (inputs == nullptr) inputs = open();
  std::vector<std::string> formats = given.formats.empty() ? std::vector<std::string>{"text"} : given.formats;
  if (formats.size() == 1) {
    if (auto code = stream(*loaded, *inputs, options, formats.front(), given)) return *code;
  }
  const report& made = kept(loaded->check(*inputs, options));

  for (std::size_t i = 0; i < formats.size(); ++i) {
    std::string file = i < given.outputs.size() ? given.outputs[i] : std::string();
    bool to_terminal = (file.empty() || file == "-") && is_terminal(1);
    render_options shown;
    shown.language = given.language;
    shown.colour = given.colour == "always" || (given.colour == "auto" && to_terminal);
    shown.width = to_terminal ? terminal_width() : 100;
    auto text = render(made, formats[i], shown);
    if (!text) {
      print_diagnostics(text.diagnostics());
      return exit_usage;
    }
    if (!write_output(file, text.value())) return exit_usage;
  }
  if (!tell_profile(options, given)) return exit_usage;
  // With every report in a file, the terminal still hears how it went.
  if (std::find(formats.begin(), formats.end(), "text") == formats.end()) tell_outcome(made, given);
  return made.outcome.exit_code;
}

}  // namespace

command add_check(CLI::App& app) {
  auto given = std::make_shared<check_arguments>();
  auto* verb = app.add_subcommand("check", "Check plans, states and exports against rules");
  verb->add_option("INPUT", given->inputs, "Files or folders with plans, states, exports or manifests; - for standard input")->required();
  verb->add_option("--rules", given->rules, "Folders or files with rule sets and kinds, or builtin:baseline")->required();
  verb->add_option("--org", given->organisation, "Organisation document: scopes, parameters, waivers");
  verb->add_option("--scope", given->scope, "Scope that these inputs belong to");
  verb->add_option("--report-for", given->report_for, "Write that scope's findings only");
  verb->add_option("--input-format", given->input_format, "What every input is (terraform-plan, google-assets ...), instead of by content");
  verb->add_option("--namespace", given->namespace_name, "Where manifests of Kubernetes go that name no namespace");
  verb->add_option("--format", given->formats, "text, json, ndjson, sarif or html; one for each --output")->allow_extra_args(false);
  verb->add_option("--output", given->outputs, "File that the --format before it is written to")->allow_extra_args(false);
  verb->add_option("--lang", given->language, "Language of text and html")->check(CLI::IsMember({"ja", "en"}));
  verb->add_option("--fail-on", given->fail_on, "Exit 1 from this severity on (default high); new or new:SEVERITY: only for what --baseline does not know");
  verb->add_option("--fail-on-undetermined", given->fail_on_undetermined, "Exit 3 for undetermined verdicts from this severity on, or never (default critical); new or new:SEVERITY likewise");
  verb->add_option("--baseline", given->baseline, "An earlier report (--format json) that findings are held against");
  verb->add_option("--same-input", given->same_inputs, "OLD=NEW: an input that --baseline calls by another name")->allow_extra_args(false);
  verb->add_option("--include", given->include, "List these verdicts too: pass,not_applicable")->delimiter(',');
  verb->add_option("--now", given->now, "Time of the check: 2027-04-01 or RFC 3339");
  add_limit(*verb, "findings", given->limits.findings_listed, "Findings that are listed at the most; all are counted");
  verb->get_option("--limit-findings")->transform([](const std::string& given_limit) { return given_limit == "all" ? std::to_string(UINT64_MAX) : given_limit; }, "or all");
  add_limit(*verb, "input-bytes", given->limits.input_bytes, "Size of one input");
  add_limit(*verb, "held-bytes", given->limits.held_bytes, "Of one input with a value on each line: a larger one is read in pieces, twice");
  add_limit(*verb, "steps", given->limits.steps, "Loop iterations of one rule on one resource");
  add_limit(*verb, "cost", given->limits.cost, "Cost of one condition on one resource; policies of Kubernetes: 1000000 at the most");
  add_limit(*verb, "policy-cost", given->limits.policy_cost, "Cost of all validations of a policy of Kubernetes over one object; 10000000 at the most");
  add_limit(*verb, "regex-bytes", given->limits.regex_bytes, "Length of a pattern that is made while a condition is evaluated");
  add_limit(*verb, "regex-size", given->limits.regex_size, "Instructions of such a pattern");
  verb->add_option("--threads", given->threads, "Threads that read and judge (default 1); no number changes a byte of a report")->check(CLI::Range(1, 1024));
  // Not `--profile FILE`: `--profile plan.json` would overwrite the input.
  verb->add_flag("--profile{-}", given->profile, "Tell what each rule took, on standard error or with --profile=FILE in a file (JSON for NAME.json)");
  verb->add_option("--color", given->colour, "Colours in text")->check(CLI::IsMember({"auto", "always", "never"}));
  verb->add_flag("--only-changed", given->only_changed, "Leave out resources that the plan does not change");
  verb->add_flag("--include-planned", given->include_planned, "Of registers: let appointments that are not announced yet count, and label the report");
  verb->add_flag("--strict-json", given->strict_json, "Refuse duplicate keys everywhere, also where no rule reads");
  return [given, verb] {
    // `--report-for "$NODE"` with nothing in NODE must not mean everybody's findings.
    for (auto* name : {"--org", "--scope", "--report-for", "--now", "--baseline", "--fail-on"}) {
      auto* option = verb->get_option(name);
      if (option->count() > 0 && option->as<std::string>().empty()) return usage(fmt::format("{} was given an empty value", name), "leave the option out, or give it a value");
    }
    return run(*given);
  };
}

}  // namespace sekimori::cli
