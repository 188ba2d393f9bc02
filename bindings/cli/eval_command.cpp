// cli: sekimori eval EXPR. What is written with --format json is docs/embedding.md's "sekimori.eval/v1".
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <deque>
#include <memory>
#include <set>

#include "commands.hpp"
#include "limit_options.hpp"
#include "sekimori/cel.hpp"
#include "sekimori/cel_cost.hpp"
#include "time_option.hpp"

namespace sekimori::cli {
namespace {

constexpr int exit_undecided = 3;

struct eval_arguments {
  std::vector<std::string> expression;    // at most one
  std::string file, input, as, container, now, format = "text";
  std::vector<std::string> variables, declarations, packs, unknown;
  bool type = false, ast = false, explain = false, residual = false, cost = false;
  cel::limits limits;
};

std::string json_string(std::string_view text) { return cel::json_text(value::string(text)); }

// A text that is no UTF-8 has no form in JSON; its bytes have.
std::string expression_json(const std::string& expression) {
  std::string json = json_string(expression);
  return cel::document::parse({}, json) ? json : cel::json_text(value::bytes(expression));
}

bool is_name(std::string_view text) {
  auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  bool starts = true;
  for (char c : text) {
    if (c == '.' && !starts) {
      starts = true;
    } else if (!letter(c) && (starts || c < '0' || c > '9')) {
      return false;
    } else {
      starts = false;
    }
  }
  return !starts;
}

// "a=b" in two; false where there is no name before a `=`.
bool split(const std::string& text, std::string& name, std::string& rest) {
  auto at = text.find('=');
  if (at == std::string::npos || !is_name(text.substr(0, at))) return false;
  name = text.substr(0, at);
  rest = text.substr(at + 1);
  return true;
}

// What the expression is asked of: names with their types and values.
struct bindings {
  std::deque<cel::document> documents;    // the values point into these
  std::vector<std::pair<std::string, value>> values;
  std::vector<std::pair<std::string, std::string>> types;
  std::set<std::string> names;

  bool add(const std::string& name, value given) {
    values.emplace_back(name, given);
    return names.insert(name).second;
  }
};

int twice(const std::string& name) { return usage("variable `" + name + "` is given twice", "give each variable once, by --var, --input or --as"); }

// The document's keys become variables, or it all becomes one.
int bind_input(const eval_arguments& given, bindings& to) {
  auto text = read_file(given.input);
  if (!text) return exit_undecided;
  auto parsed = cel::document::parse(given.input, std::move(*text));
  print_diagnostics(parsed.diagnostics());
  if (!parsed) return exit_undecided;
  value root = to.documents.emplace_back(std::move(parsed).value()).root();
  if (!given.as.empty()) return to.add(given.as, root) ? 0 : twice(given.as);
  if (!root.is(value_kind::map)) return usage("the input is no JSON object: it has no keys to become variables", "name it whole with --as NAME");
  const map_entry* entries = root.as_map().entries();
  for (std::size_t i = 0; i < root.as_map().size(); ++i) {
    std::string name(entries[i].key.as_text());
    if (!is_name(name) || name.find('.') != std::string::npos) {
      diagnostic unnamed;
      unnamed.level = diagnostic_level::warning;
      unnamed.code = "SKM001";
      unnamed.message = "the key `" + name + "` is no name in CEL, so no variable stands for it";
      unnamed.help = "name the input whole with --as NAME, and write NAME[\"" + name + "\"]";
      print_diagnostics({unnamed});
    } else if (!to.add(name, entries[i].mapped)) {
      return twice(name);
    }
  }
  return 0;
}

int bind(const eval_arguments& given, bindings& to) {
  std::string name, text;
  for (auto& declaration : given.declarations) {
    if (!split(declaration, name, text)) return usage("--declare takes NAME=TYPE, not `" + declaration + "`", "--declare 'ports=list(int)'");
    to.types.emplace_back(name, text);
  }
  for (auto& variable : given.variables) {
    if (!split(variable, name, text)) return usage("--var takes NAME=JSON, not `" + variable + "`", "--var 'port=22'");
    auto parsed = cel::document::parse("--var " + name, std::move(text));
    if (!parsed) {
      print_diagnostics(parsed.diagnostics());
      return usage("the value of --var " + name + " is not JSON", "a text has quotes of its own: --var '" + name + "=\"text\"'");
    }
    if (!to.add(name, to.documents.emplace_back(std::move(parsed).value()).root())) return twice(name);
  }
  if (given.input.empty() && !given.as.empty()) return usage("--as names an input, and there is none", "--input FILE");
  return given.input.empty() ? 0 : bind_input(given, to);
}

void declare(const eval_arguments& given, const bindings& bound, cel::compiler& names) {
  std::set<std::string> declared;
  for (auto& [name, type] : bound.types) {
    names.variable(name, type);
    declared.insert(name);
  }
  for (auto& name : bound.names) {
    if (declared.insert(name).second) names.variable(name);
  }
  // What only --unknown names.
  for (auto& path : given.unknown) {
    std::string name = path.substr(0, path.find_first_of(".["));
    if (is_name(name) && declared.insert(name).second) names.variable(name);
  }
  if (declared.insert("now").second) names.variable("now", "timestamp");
  if (given.packs.empty()) names.use("sekimori");
  for (auto& pack : given.packs) names.use(pack);
  names.container(given.container);
  names.bounds(given.limits);
}

// Members of a JSON object, in the order they are added.
class json_object {
 public:
  json_object& add(std::string_view key, const std::string& json) {
    text_ += (text_.size() > 1 ? ", " : "") + json_string(key) + ": " + json;
    return *this;
  }
  std::string done() const { return text_ + "}"; }

 private:
  std::string text_ = "{";
};

std::string diagnostics_json(const std::vector<diagnostic>& told) {
  std::string list = "[";
  for (auto& d : told) {
    json_object one;
    one.add("level", d.level == diagnostic_level::error ? "\"error\"" : "\"warning\"").add("code", json_string(d.code)).add("message", json_string(d.message));
    one.add("file", json_string(d.file)).add("line", std::to_string(d.line)).add("column", std::to_string(d.column));
    one.add("expected", json_string(d.expected)).add("help", json_string(d.help));
    list += (list.size() > 1 ? ", " : "") + one.done();
  }
  return list + "]";
}

std::string steps_json(const cel::explanation& why) {
  std::string list = "[";
  for (auto& step : why.steps) {
    json_object one;
    one.add("line", std::to_string(step.line)).add("column", std::to_string(step.column)).add("begin", std::to_string(step.begin));
    one.add("end", std::to_string(step.end)).add("text", json_string(step.text)).add("type", json_string(step.type)).add("value", cel::json_text(step.found));
    list += (list.size() > 1 ? ", " : "") + one.done();
  }
  return list + "]";
}

// One line, whatever the text holds, and not a long one.
std::string one_line(std::string_view text) {
  std::string made;
  for (char c : text) made += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  constexpr std::size_t longest = 160;
  if (made.size() <= longest) return made;
  std::size_t cut = longest;
  while (cut > 0 && (static_cast<unsigned char>(made[cut]) & 0xc0) == 0x80) --cut;
  return made.substr(0, cut) + "...";
}

std::string_view outcome_of(value found) { return found.is_error() ? "error" : found.is_unknown() ? "unknown" : "value"; }

// What came of one evaluation.
struct answer {
  bool evaluated = false;
  cel::explanation why;                   // steps only with --explain
  std::optional<diagnostic> error;        // where it stands
  std::string residual;                   // only with --residual
  cel::cost_bounds estimate;              // only with --cost
  std::uint64_t cost = 0;                 // the same, of this evaluation
};

bool is_bounded(const cel::cost_bounds& estimate) { return estimate.max != UINT64_MAX; }

std::string cost_json(const answer& got) {
  json_object estimate, shown;
  estimate.add("min", std::to_string(got.estimate.min)).add("max", is_bounded(got.estimate) ? std::to_string(got.estimate.max) : "null");
  shown.add("estimate", estimate.add("why", json_string(got.estimate.why)).done());
  if (got.evaluated) shown.add("counted", std::to_string(got.cost));
  return shown.done();
}

std::string cost_text(const answer& got) {
  std::string most = is_bounded(got.estimate) ? std::to_string(got.estimate.max) : "no bound";
  std::string text = fmt::format("cost estimate: {} to {}: {}\n", got.estimate.min, most, one_line(got.estimate.why));
  return got.evaluated ? fmt::format("cost: {}\n", got.cost) + text : text;
}

std::string as_json(const eval_arguments& given, const cel::program& program, const std::string& expression, const answer& got) {
  json_object shown;
  shown.add("schema", "\"sekimori.eval/v1\"").add("expression", expression_json(expression));
  shown.add("outcome", json_string(got.evaluated ? outcome_of(got.why.found) : "checked")).add("type", json_string(program.result_type()));
  if (got.evaluated) shown.add("value", cel::json_text(got.why.found));
  if (got.error) shown.add("diagnostics", diagnostics_json({*got.error}));
  if (given.residual) shown.add("residual", json_string(got.residual));
  if (given.ast) shown.add("ast", json_string(program.tree()));
  if (given.cost) shown.add("cost", cost_json(got));
  if (given.explain) shown.add("steps", steps_json(got.why));
  return shown.done() + "\n";
}

std::string as_text(const eval_arguments& given, const cel::program& program, const answer& got) {
  std::string text;
  if (got.evaluated && !got.error) text += cel::cel_text(got.why.found) + "\n";
  if (given.type) text += "type: " + program.result_type() + "\n";
  if (given.residual) text += "residual: " + got.residual + "\n";
  if (given.ast) text += "ast: " + program.tree() + "\n";
  if (given.cost) text += cost_text(got);
  if (given.explain) {
    for (auto& step : got.why.steps) {
      text += fmt::format("{}:{}: {}  =>  {}\n", step.line, step.column, one_line(step.text), one_line(cel::cel_text(step.found)));
    }
  }
  return text;
}

int run(const eval_arguments& given) {
  if (given.expression.empty() == given.file.empty()) {
    return usage(given.file.empty() ? "there is no expression" : "an expression and --file were given", "sekimori eval '1 + 1', or --file FILE");
  }
  if (given.file == "-" && given.input == "-") return usage("the expression and the input cannot both be standard input", "give one of them as a file");
  std::optional<std::string> expression;
  if (given.file.empty()) expression = given.expression[0];
  else if (!(expression = read_file(given.file))) return exit_usage;
  auto now = std::optional<std::int64_t>(std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count());
  if (!given.now.empty() && !(now = parse_time(given.now))) {
    return usage("--now cannot be read as a time: `" + given.now + "`", "2027-04-01 (00:00 in Japan) or 2027-04-01T09:00:00+09:00");
  }
  bindings bound;
  if (int code = bind(given, bound); code != 0) return code;
  cel::compiler names;
  declare(given, bound, names);
  auto program = names.compile(*expression, {}, given.file.empty() ? "<expression>" : given.file);
  print_diagnostics(program.diagnostics());
  if (!program) {
    if (given.format != "json") return exit_usage;
    json_object shown;
    shown.add("schema", "\"sekimori.eval/v1\"").add("expression", expression_json(*expression)).add("outcome", "\"invalid\"");
    write_output("", shown.add("diagnostics", diagnostics_json(program.diagnostics())).done() + "\n");
    return exit_usage;
  }
  cel::activation with(*program);
  with.set_now(value::timestamp(*now, 0));
  with.set("now", value::timestamp(*now, 0));
  for (auto& [name, one] : bound.values) with.set(name, one);
  for (auto& path : given.unknown) {
    if (!with.set_unknown(path)) return usage("--unknown takes the path of a variable, not `" + path + "`", "--unknown 'request.user.groups[0]'");
  }
  // --type and --ast alone ask nothing of values.
  answer got;
  got.evaluated = given.explain || given.residual || !bound.values.empty() || !given.unknown.empty() || !(given.type || given.ast);
  if (given.residual) {
    cel::partial_result left = program->residual(with);
    got.residual = left.text.empty() ? cel::cel_text(left.known) : left.text;
  }
  if (given.cost) got.estimate = cel::cost_of(*program);
  if (got.evaluated && given.cost) got.why.found = cel::evaluate_counted(*program, with, got.cost);
  if (given.explain) got.why = program->explain(with);
  else if (got.evaluated && !given.cost) got.why.found = program->evaluate(with);
  value found = got.why.found;
  if (got.evaluated && found.is_error()) {
    got.error = program->describe(found);
    print_diagnostics({*got.error});
  }
  if (!write_output("", given.format == "json" ? as_json(given, *program, *expression, got) : as_text(given, *program, got))) return exit_usage;
  return got.evaluated && (found.is_error() || found.is_unknown()) ? exit_undecided : 0;
}

}  // namespace

command add_eval(CLI::App& app) {
  auto given = std::make_shared<eval_arguments>();
  auto* verb = app.add_subcommand("eval", "Evaluate one CEL expression");
  // An expression may begin with a sign: no option of this verb is a single letter.
  verb->set_help_flag("--help", "Print this help message and exit");
  verb->allow_extras();
  verb->add_option("EXPR", given->expression, "The expression; after -- where it begins with --")->expected(1);
  verb->add_option("--file", given->file, "File that holds the expression; - for standard input");
  verb->add_option("--input", given->input, "JSON document whose keys become variables; - for standard input");
  verb->add_option("--as", given->as, "One variable for the whole input instead");
  verb->add_option("--var", given->variables, "A variable: NAME=JSON")->allow_extra_args(false);
  verb->add_option("--declare", given->declarations, "The type of a variable: NAME=TYPE (default dyn)")->allow_extra_args(false);
  verb->add_option("--env", given->packs, "Packs and profiles: strings,math@1,kubernetes@1.34 (default sekimori: what rules have)")->delimiter(',')->allow_extra_args(false);
  verb->add_option("--container", given->container, "Namespace that names are looked for in first");
  verb->add_option("--unknown", given->unknown, "A variable or a path below one that is not known")->allow_extra_args(false);
  verb->add_option("--now", given->now, "The time: 2027-04-01 or RFC 3339 (default the clock's)");
  verb->add_flag("--type", given->type, "Print the checked type");
  verb->add_flag("--ast", given->ast, "Print the checked tree");
  verb->add_flag("--residual", given->residual, "Print what is left of the expression once everything known is filled in");
  verb->add_flag("--explain", given->explain, "Print the value of every sub-expression");
  verb->add_flag("--cost", given->cost, "Print what the expression can cost, and what this evaluation did, in cel-go's units");
  // The stack that an evaluation takes grows with the nesting: with the largest it still fits a main thread's 8 MiB.
  constexpr std::uint64_t deepest = 5'000;
  add_limit(*verb, "steps", given->limits.steps, "Loop iterations");
  add_limit(*verb, "cost", given->limits.cost, "Cost of the evaluation");
  add_limit(*verb, "estimated-cost", given->limits.estimated_cost, "What the expression may be estimated to cost");
  add_limit(*verb, "source-bytes", given->limits.source_bytes, "Size of the expression");
  add_limit(*verb, "nesting", given->limits.nesting, "Nesting of the expression; 5000 at the most", deepest);
  add_limit(*verb, "nodes", given->limits.nodes, "Parts of the expression, after macros");
  add_limit(*verb, "regex-bytes", given->limits.regex_bytes, "Length of a pattern");
  add_limit(*verb, "regex-size", given->limits.regex_size, "Instructions of a pattern");
  verb->add_option("--format", given->format, "How the result is written")->check(CLI::IsMember({"text", "json"}));
  verb->footer("Exit codes: 0 a value; 2 wrong usage or a mistake in the expression; 3 an evaluation error, an unknown,\n"
               "a limit, or an input that cannot be read.");
  return [given, verb] {
    for (const std::string& one : verb->remaining()) {
      if (one == "--") continue;
      bool is_option = one.starts_with("--") || !one.starts_with("-");
      if (is_option) return usage("eval has no such argument: `" + one + "`", "an expression that begins with -- stands after --; sekimori eval --help");
      given->expression.push_back(one);
    }
    if (given->expression.size() > 1) return usage("there are two expressions", "quote the expression as a whole");
    return run(*given);
  };
}

}  // namespace sekimori::cli
