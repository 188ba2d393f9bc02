// Sources made to exhaust stack, memory or time: each ends in a normal answer or in a limit error, on a thread with
// a stack of 256 KiB. Limits are asserted, times are only printed (SEKIMORI_HOSTILE_TIMES=5: processor time of compiling
// once and evaluating once, the best of five): a machine may be busy.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "cel/residual.hpp"
#include "eval_support.hpp"
#include "small_stack.hpp"

using namespace sekimori;
using namespace sekimori::cel;

namespace {

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  text.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

std::string joined(std::string_view term, std::string_view between, std::size_t terms) {
  return repeated(std::string(term) + std::string(between), terms - 1) + std::string(term);
}

struct ending {
  std::string what;   // "value", "error", "limit" (either stage), or the code of the first mistake
  std::string detail;
  std::size_t stack = 0;
};

struct hostile {
  environment names;
  arena kept;
  std::vector<value> variables;

  hostile() {
    for (const pack& one : packs()) names.add_pack(one);
    set("a", value::boolean(true));
    set("b", value::boolean(false));
    set("s", value::string("a text"));
    set("m", make_map(kept, std::vector<map_entry>{{value::string("a"), value::integer(1)}}));
    set("n", value::integer(7));
    std::vector<value> numbers;
    for (int i = 0; i < 1000; ++i) numbers.push_back(value::integer(i));
    set("l", make_list(kept, numbers));
  }
  void set(std::string_view name, value given) {
    names.declare_variable(name, names.types().simple(type_kind::dyn));
    variables.push_back(given);
  }

  // Parses, checks, prints, evaluates (quickly and explaining), shows the value and reduces with every other variable
  // and with all of them unknown, all on the small stack.
  ending end_of(const std::string& text) {
    ending made;
    std::size_t stack = testing::on_small_stack([&] { made = judge(text); });
    made.stack = stack;
    return made;
  }

  // What a host waits for: compiling once and evaluating once. The best of `times`.
  double milliseconds_of(const std::string& text, int times) {
    double best = 1e9;
    for (int i = 0; i < times; ++i) {
      std::clock_t started = std::clock();
      auto compiled = names.compile(plain_text(text));
      if (compiled.ok()) {
        arena memory;
        evaluator run(memory, names.current_limits());
        run.evaluate(*compiled.value(), variables);
      }
      best = std::min(best, 1'000.0 * static_cast<double>(std::clock() - started) / CLOCKS_PER_SEC);
    }
    return best;
  }

 private:
  ending judge(const std::string& text) {
    auto compiled = names.compile(plain_text(text));
    if (!compiled.ok()) {
      const diagnostic& first = compiled.diagnostics().front();
      return {first.code == "SKM206" ? "limit" : first.code, first.message};
    }
    const cel::compiled& program = *compiled.value();
    std::string printed = unparse(*program.root);
    std::string dumped = dump(*program.root, true);
    arena memory;
    evaluator run(memory, names.current_limits());
    value found = run.evaluate(program, variables);
    trace traced;
    value explained = run.evaluate(program, variables, &traced);
    std::string shown = display(found);
    if (found.kind() != explained.kind()) return {"explaining differs", shown};
    std::vector<value> hidden = variables;
    for (std::size_t step : {std::size_t{2}, std::size_t{1}}) {
      for (std::size_t i = 0; i < hidden.size(); i += step) hidden[i] = make_unknown(kept, {}, "hidden", unknown_reason::computed);
      evaluator reducing(memory, names.current_limits());
      const residual left = residual_of(names, compiled.value(), hidden, reducing);
      if (left.program == nullptr && left.known.is_unknown()) return {"no residual", shown};
    }
    if (!found.is_error()) return {"value", shown.substr(0, 40)};
    bool limit = found.as_error().code == evaluation_error_code::limit;
    return {limit ? "limit" : "error", std::string(found.as_error().message)};
  }
};

struct sample {
  const char* name;
  std::string text;
  const char* ends_as;
};

void check_all(hostile& in, const std::vector<sample>& samples) {
  const char* times = std::getenv("SEKIMORI_HOSTILE_TIMES");
  for (const sample& one : samples) {
    ending made = in.end_of(one.text);
    CAPTURE(std::string(one.name));
    CAPTURE(made.detail);
    CHECK(made.what == std::string(one.ends_as));
    CHECK(made.stack > 0);
    CHECK(made.stack < testing::promised_stack);
    if (times != nullptr) {
      double best = in.milliseconds_of(one.text, std::max(std::atoi(times), 1));
      std::printf("%-44s %-7s %4zu KiB %8.2f ms  %s\n", one.name, made.what.c_str(), made.stack / 1024, best,
                  made.detail.c_str());
    }
  }
}

// name bound to `first`, doubled by `step` (in which $ is the name before), `times` times, then `last`.
std::string doubled(std::string_view first, std::string_view step, int times, std::string_view last) {
  std::string text = "cel.bind(v0, " + std::string(first) + ", ";
  for (int i = 1; i <= times; ++i) {
    std::string bound(step);
    for (std::size_t at; (at = bound.find('$')) != std::string::npos;) bound.replace(at, 1, "v" + std::to_string(i - 1));
    text += "cel.bind(v" + std::to_string(i) + ", " + bound + ", ";
  }
  std::string end(last);
  for (std::size_t at; (at = end.find('$')) != std::string::npos;) end.replace(at, 1, "v" + std::to_string(times));
  return text + end + repeated(")", static_cast<std::size_t>(times) + 1);
}

}  // namespace

TEST_CASE("hostile nesting ends at a limit on a small stack") {
  hostile in;
  const std::size_t deep = 100'000, megabytes = 10'000'000;
  check_all(in, {
      {"100,000 parentheses", repeated("(", deep) + "1" + repeated(")", deep), "limit"},
      {"40,000 parentheses", repeated("(", 40'000) + "1" + repeated(")", 40'000), "limit"},
      {"10 MB of !", repeated("!", megabytes) + "a", "limit"},
      {"10 MB of -", repeated("-", megabytes) + "n", "limit"},
      {"90 KB of !", repeated("!", 90'000) + "a", "limit"},
      {"90 KB of -", repeated("-", 90'000) + "n", "limit"},
      {"10,000 terms of ||", joined("b", "||", 10'000), "value"},
      {"10,000 terms of &&", joined("a", "&&", 10'000), "value"},
      {"10,000 terms of || and &&", joined("a&&b", "||", 10'000), "value"},
      {"25,000 terms of ||", joined("b", "||", 33'000), "value"},
      {"|| inside || to the right", repeated("a||(", 249) + "b" + repeated(")", 249), "value"},
      {"100,000 ternaries", repeated("a?n:", deep) + "n", "limit"},
      {"20,000 ternaries", repeated("a?n:", 20'000) + "n", "limit"},
      {"ternaries in the middle", repeated("a?", 20'000) + "n" + repeated(":n", 20'000), "SKM200"},
      {"100,000 selections", "m" + repeated(".a", 40'000), "limit"},
      {"100,000 indexes", "m" + repeated("[0]", 30'000), "limit"},
      {"optional selections", "m" + repeated(".?a", 30'000), "limit"},
      {"method calls", "s" + repeated(".trim()", 14'000), "limit"},
      {"lists in lists", repeated("[", deep), "limit"},
      {"lists in lists, closed", repeated("[", 45'000) + repeated("]", 45'000), "limit"},
      {"maps in maps", repeated("{1:", 30'000), "limit"},
      {"maps as keys", repeated("{", 90'000), "limit"},
      {"objects in objects", repeated("google.protobuf.Value{list_value:", 3'000), "limit"},
      {"calls in calls", repeated("f(", 45'000), "limit"},
      {"has in has", repeated("has(", 20'000), "limit"},
      {"macros in macros", repeated("l.all(x,", 12'000), "limit"},
      {"1 + 1 + ...", joined("1", "+", 50'000), "limit"},
      {"1 < 1 < ...", joined("1", "<", 50'000), "limit"},
      {"every operator in turn", repeated("a||b&&n==n+n*(", 6'000), "limit"},
      {"[ in every operator", repeated("a||b&&n==n+n*[", 6'000), "limit"},
      {"absolute names", repeated(".", 90'000), "SKM200"},
  });
}

TEST_CASE("what is as deep as the limits allow is parsed, checked and evaluated on a small stack") {
  hostile in;
  check_all(in, {
      {"parentheses", repeated("(", 249) + "n" + repeated(")", 249), "value"},
      {"every operator, nested", repeated("a||b&&n==n+n*(", 98) + "n" + repeated(")", 98), "SKM202"},
      {"every operator, nested, dyn", repeated("b||a&&dyn(n==n+dyn(", 60) + "n" + repeated("))", 60), "error"},
      {"1 + 1 + ...", joined("1", "+", 499), "value"},
      {"right-nested +", repeated("1+(", 249) + "1" + repeated(")", 249), "value"},
      {"! !", repeated("!", 498) + "a", "value"},
      {"- -", repeated("-", 498) + "n", "value"},
      {"ternaries", repeated("b?n:", 249) + "n", "value"},
      {"ternaries in conditions", repeated("(", 248) + "b" + repeated("?a:b)", 248), "value"},
      {"lists", repeated("[", 249) + repeated("]", 249), "value"},
      {"maps", repeated("{1:", 249) + "1" + repeated("}", 249), "value"},
      {"maps in lists", repeated("[{1:", 124) + "1" + repeated("}]", 124), "value"},
      {"objects", repeated("google.protobuf.ListValue{values:[", 120) + repeated("]}", 120), "limit"},
      {"calls", repeated("dyn(", 249) + "n" + repeated(")", 249), "value"},
      {"absolute calls", repeated(".dyn(", 249) + "n" + repeated(")", 249), "value"},
      {"calls with operators", repeated("1+int(", 248) + "n" + repeated(")", 248), "value"},
      {"method calls", "s" + repeated(".trim()", 498), "value"},
      {"method calls in arguments", repeated("s.replace('a',", 248) + "'b'" + repeated(")", 248), "value"},
      {"select and presence", "has(m" + repeated(".a", 497) + ")", "error"},
      {"indexes", "l" + repeated("[0]", 498), "error"},
      {"indexes in indexes", repeated("l[", 249) + "0" + repeated("]", 249), "value"},
      {"optional selections", "m" + repeated(".?a", 498), "error"},
      {"optional entries", repeated("[?optional.of(", 120) + "n" + repeated(")]", 120), "value"},
      {"binds", repeated("cel.bind(x,n,", 249) + "x" + repeated(")", 249), "value"},
      {"binds of lists", repeated("cel.bind(x,[n],", 248) + "x" + repeated(")", 248), "value"},
      {"macros", repeated("[1].all(x,", 248) + "a" + repeated(")", 248), "value"},
      {"map macros", repeated("[1].map(x,", 248) + "n" + repeated(")", 248), "value"},
      {"chained macros", "l" + repeated(".map(x,[x])", 498), "value"},
      {"transformMap macros", repeated("{1:2}.transformMap(k,v,", 248) + "v" + repeated(")", 248), "value"},
      {"transformMapEntry macros", repeated("{1:2}.transformMapEntry(k,v,{k:", 124) + "v" + repeated("})", 124), "value"},
      {"sortBy macros", repeated("[1].sortBy(x,", 248) + "x" + repeated(")[0]", 247) + ")", "value"},
      {"optMap macros", repeated("optional.of(1).optMap(x,", 240) + "x" + repeated(")", 240), "value"},
      {"optFlatMap macros", repeated("optional.of(1).optFlatMap(x,", 240) + "optional.of(1)" + repeated(")", 240), "value"},
      {"unknown functions", repeated("f(", 249) + "1" + repeated(")", 249), "SKM201"},
      {"unknown methods", "s" + repeated(".f(1)", 498), "SKM201"},
      {"wrong lists", repeated("[1+'a',", 249) + repeated("]", 249), "SKM202"},
  });
}

TEST_CASE("unfinished text ends in a mistake, whatever its size") {
  hostile in;
  std::vector<std::string> starts = {"\"", "'", "'''", "r'", "b\"\"\"", "`", "(", "[", "{", "1 +", "a.", "a ?", "a ? b :", "{1", "{1:",
                                     "T{", "T{a:", "f(", "a[", "//", "\\", "'\\", "'\\x", "0x", "1e", "&", "@", "\xE3\x81", "\xFF"};
  for (const std::string& start : starts) {
    for (std::size_t times : {1u, 1'000u, 20'000u}) {
      ending made = in.end_of(repeated(start + " ", times));
      CAPTURE(start);
      CAPTURE(times);
      CAPTURE(made.detail);
      CHECK(made.what != "value");
      CHECK(made.stack < testing::promised_stack);
    }
  }
}

TEST_CASE("regular expressions that explode end at a limit before an engine sees them") {
  hostile in;
  check_all(in, {
      {"(a{1000}){1000}", "s.matches('(a{1000}){1000}')", "limit"},
      {"((a{100}){100}){100}", "s.matches('((a{100}){100}){100}')", "limit"},
      {"a run-time pattern", "s.matches('(' + s + '{1000}){1000}')", "limit"},
      {"(((a*)*)*)*", "s.matches('(((a*)*)*)*')", "value"},
      {"((a+)+)+$", "s.matches('((a+)+)+$')", "value"},
      {"400 groups", "s.matches('" + repeated("(", 400) + "a" + repeated(")", 400) + "')", "value"},
      {"190 starred groups", "s.matches('" + repeated("(?:", 190) + "a" + repeated(")*", 190) + "')", "value"},
      {"a huge alternation", "s.matches('" + joined("ab", "|", 330) + "')", "value"},
      {"an alternation of classes", "s.matches('" + joined("\\\\pL", "|", 100) + "')", "limit"},
      {"a huge class", "s.matches('[" + repeated("\\\\pL", 100) + "]')", "limit"},
      {"a class of ranges", "s.matches('[" + repeated("a-z", 300) + "]{100}')", "value"},
      {"case-folded classes", "s.matches('(?i)[\\\\pL\\\\pN]{1,100}')", "limit"},
      {"names of people", "s.matches('^\\\\pL{1,63}$')", "value"},
      {"longer than its limit", "s.matches('" + repeated("a", 1'001) + "')", "limit"},
      {"many constant patterns", joined("s.matches('\\\\pL{20}')", "||", 10), "limit"},
      {"patterns made in a loop", "l.exists(x, s.matches('(?i)\\\\pL{20}' + string(x)))", "limit"},
      {"a pattern of a line each time", "l.exists(x, l.exists(y, s.matches(string(x) + '[a-z]{1,9}' + string(y))))", "limit"},
      {"a slow match of a short text", doubled("'abbabaab'", "$+$", 4, "l.exists(x, l.exists(y, $.matches('[ab]*a[ab]{40}c')))"), "limit"},
      {"matches of a short text", "l.exists(x, l.exists(y, 'abababab'.matches('^(a|b|ab)*c')))", "limit"},
      {"a search of a short text", doubled("'abbabaab'", "$+$", 5, "l.exists(x, l.exists(y, $.findAll('[ab]').size() < 0))"), "limit"},
      {"a replacement in a long text", doubled("'abbabaab'", "$+$", 12, "regex.replace($, '[ab]', 'abababababababababab').size()"), "limit"},
      {"a slow match of a long text", doubled("'abbabaab'", "$+$", 17, "$.matches('([ab]{1,20}){1,30}c')"), "limit"},
      {"a slow match, small pattern", doubled("'abbabaab'", "$+$", 17, "$.matches('[ab]*a[ab]{40}c')"), "limit"},
      {"bad pattern", "s.matches('(')", "error"},
  });
}

TEST_CASE("values that explode end at a limit") {
  hostile in;
  check_all(in, {
      {"string doubling", doubled("'xxxxxxxx'", "$+$", 60, "$"), "limit"},
      {"bytes doubling", doubled("b'xxxxxxxx'", "$+$", 60, "$"), "limit"},
      {"list doubling", doubled("[1,2,3]", "$+$", 60, "$"), "limit"},
      {"replace", doubled("'aaaaaaaa'", "$.replace('a','aaaaaaaa')", 12, "$.size()"), "limit"},
      {"replace of nothing", doubled("'aaaaaaaa'", "$.replace('',$)", 6, "$.size()"), "limit"},
      {"join", doubled("'aaaaaaaa'", "[$,$,$,$,$,$,$,$].join($)", 12, "$.size()"), "limit"},
      {"split and join", doubled("'aaaaaaaa'", "$.split('').join($)", 6, "$.size()"), "limit"},
      {"format of strings", doubled("'aaaaaaaa'", "'%s%s%s%s'.format([$,$,$,$])", 14, "$.size()"), "limit"},
      {"format of lists", doubled("[1]", "[$,$,$,$]", 30, "'%s'.format([$])"), "limit"},
      {"format precision", "'%.1000000000f'.format([1.0])", "error"},
      {"format width of many", repeated("'%.60f'.format([1.0])+", 400) + "''", "value"},
      {"strings.quote", doubled("'\"\"\"\"\"\"\"\"'", "strings.quote($)", 60, "$.size()"), "limit"},
      {"base64", doubled("b'aaaaaaaa'", "bytes(base64.encode($+$))", 40, "$.size()"), "limit"},
      {"string of bytes of", doubled("'aaaaaaaa'", "string(bytes($+$))", 40, "$.size()"), "limit"},
      {"nested equal lists", doubled("[1]", "[$,$]", 60, "$==$"), "limit"},
      {"nested in", doubled("[1]", "[$,$]", 60, "$ in [$]"), "limit"},
      {"nested maps equal", doubled("{1:1}", "{1:$,2:$}", 60, "{3:$,4:$}=={3:$,4:$}"), "limit"},
      {"nested display", doubled("[1]", "[$,$]", 40, "$"), "value"},
      {"nested distinct", doubled("[1]", "[$,$]", 40, "[$,$].distinct()"), "limit"},
      {"nested flatten", doubled("[1]", "[$,$]", 40, "$.flatten(100)"), "limit"},
      {"nested sets", doubled("[1]", "[$,$]", 40, "sets.contains([$],[$])"), "limit"},
      {"range", "lists.range(1000000000)", "limit"},
      {"range of ranges", "lists.range(1000).map(x, lists.range(1000))", "value"},
      {"range sorted", "lists.range(1000).map(x, lists.range(1000).reverse().sort()[0])", "value"},
      {"loops in loops", repeated("l.all(x,", 5) + "a" + repeated(")", 5), "limit"},
      {"map in map", repeated("l.map(x,", 5) + "n" + repeated(")", 5), "limit"},
      {"transformMap in loops", "l.map(x, l.transformMap(i, v, l))", "limit"},
      {"maps with many keys", "l.map(x, l.transformMapEntry(i, v, {string(v): l}).size())", "limit"},
      {"filter of doubling", doubled("l", "$.filter(x, true) + $", 60, "$.size()"), "limit"},
      {"lists of long texts", doubled("'aaaaaaaa'", "$+$", 16, "l.map(x, $ + 'b').size()"), "limit"},
      {"comparing long texts", doubled("'aaaaaaaa'", "$+$", 16, "l.all(x, $ + 'b' != $ + 'c')"), "limit"},
      {"contains of long texts", doubled("'aaaaaaaa'", "$+$", 16, "l.exists(x, ($ + 'b').contains($ + 'c'))"), "limit"},
      {"indexOf of long texts", doubled("'aaaaaaaa'", "$+$", 17, "l.exists(x, $.indexOf($.substring(1) + 'c') > 0)"), "limit"},
      {"lastIndexOf", doubled("'aaaaaaaa'", "$+$", 17, "l.exists(x, $.lastIndexOf('c' + $.substring(9)) > 0)"), "limit"},
      {"split of long texts", doubled("'aaaaaaaa'", "$+$", 17, "l.exists(x, $.split('a').size() < 0)"), "limit"},
      {"reverse of long texts", doubled("'aaaaaaaa'", "$+$", 17, "l.exists(x, $.reverse() == 'a')"), "limit"},
      {"case of long texts", doubled("'aaaaaaaa'", "$+$", 17, "l.exists(x, $.upperAscii() == 'a')"), "limit"},
      {"charAt of long texts", doubled("'aaaaaaaa'", "$+$", 17, "l.exists(x, $.charAt(1000000) == 'b')"), "limit"},
      {"size of long texts", doubled("'aaaaaaaa'", "$+$", 17, "l.exists(x, size($) < 0)"), "limit"},
      {"json of long texts", doubled("'[1,1,1]'", "'['+$+','+$+']'", 14, "l.exists(x, json.parse($) == 1)"), "limit"},
      {"reverse of short texts", doubled("'aaaaaaaa'", "$+$", 8, "l.all(x, l.all(y, $.reverse() != 'b'))"), "limit"},
      {"charAt of short texts", doubled("'ああああああああ'", "$+$", 7, "l.all(x, l.all(y, $.charAt(1000) != 'b'))"), "limit"},
      {"case of short texts", doubled("'aaaaaaaa'", "$+$", 8, "l.all(x, l.all(y, $.upperAscii() != 'b'))"), "limit"},
      {"comparing short texts", doubled("'aaaaaaaa'", "$+$", 8, "cel.bind(t, $+'', l.all(x, l.all(y, $ == t)))"), "limit"},
      {"joining short texts", doubled("'aaaaaaaa'", "$+$", 8, "l.all(x, l.all(y, $ + $ != 'b'))"), "limit"},
      {"format of short texts", doubled("'aaaaaaaa'", "$+$", 8, "l.all(x, l.all(y, '%s'.format([$]) != 'b'))"), "limit"},
      {"quote of short texts", doubled("'aaaaaaaa'", "$+$", 8, "l.all(x, l.all(y, strings.quote($) != 'b'))"), "limit"},
      {"base64 of short texts", doubled("b'aaaaaaaa'", "$+$", 8, "l.all(x, l.all(y, base64.encode($) != 'b'))"), "limit"},
      {"numbers of short texts", doubled("'11111111'", "$+$", 8, "l.all(x, l.all(y, double($) > 1.0))"), "limit"},
      {"json of short texts", doubled("'\"\"'", "'['+$+','+$+']'", 8, "l.all(x, l.all(y, json.parse($) != 1))"), "limit"},
      {"matches of short texts", doubled("'aaaaaaaa'", "$+$", 8, "l.all(x, l.all(y, $.matches('a*a')))"), "limit"},
      {"a near miss everywhere", doubled("'aaaaaaaa'", "$+$", 15, "l.exists(x, $.contains($.substring(131072) + 'b'))"), "limit"},
      {"a short near miss everywhere", doubled("'aaaaaaaa'", "$+$", 8, "cel.bind(t, $.substring(1024)+'b', l.exists(x, l.exists(y, $.contains(t))))"), "limit"},
      {"indexOf of a near miss", doubled("'aaaaaaaa'", "$+$", 15, "l.exists(x, $.indexOf($.substring(131072) + 'b') > 0)"), "limit"},
      {"lastIndexOf of a near miss", doubled("'aaaaaaaa'", "$+$", 15, "l.exists(x, $.lastIndexOf('b' + $.substring(131072)) > 0)"), "limit"},
      {"split at a near miss", doubled("'aaaaaaaa'", "$+$", 15, "l.exists(x, $.split($.substring(131072) + 'b').size() > 1)"), "limit"},
      {"replace of a near miss", doubled("'aaaaaaaa'", "$+$", 15, "l.exists(x, $.replace($.substring(131072) + 'b', '') == '')"), "limit"},
      {"a long body", "l.all(x, l.all(y, " + joined("b", "||", 10'000) + " || a))", "limit"},
      {"a body of sums", "l.all(x, l.all(y, " + joined("n", "+", 400) + " > 0))", "limit"},
      {"a body of 15 nodes", "l.all(x, l.all(y, " + joined("n", "+", 7) + " > 0))", "limit"},
      {"a body of calls", "l.all(x, l.all(y, " + joined("s.size()", "+", 100) + " > 0))", "limit"},
      {"a body of binds", "l.all(x, l.all(y, " + repeated("cel.bind(z, n, ", 100) + "a" + repeated(")", 100) + "))", "limit"},
      {"a body of lists", "l.all(x, l.all(y, [" + joined("n", ",", 1'000) + "].size() > 0))", "limit"},
      {"a body of times", "l.all(x, l.all(y, timestamp('2026-11-27T00:00:00Z').getHours('Asia/Tokyo') < 30))", "limit"},
      {"a body of networks", "l.all(x, l.all(y, cidr('10.0.0.0/8').containsIP('10.0.0.1')))", "limit"},
      {"distinct of what equals nothing", "lists.range(100000).map(x, 0.0 / 0.0).distinct().size()", "limit"},
      {"distinct of opaque values", "lists.range(40000).map(x, quantity(string(x))).distinct().size()", "limit"},
      {"sets of what equals nothing", "cel.bind(f, lists.range(100000).map(x, 0.0 / 0.0), sets.equivalent(f, f))", "value"},
      {"sets of large members", doubled("[1]", "[$,$]", 17, "sets.contains(l.map(x, $), l.map(x, $))"), "limit"},
      {"indexOf of large members", doubled("[1]", "[$,$]", 17, "l.map(x, dyn([$, x])).indexOf(dyn([$, -1]))"), "limit"},
      {"distinct of large members", doubled("[1]", "[$,$]", 17, "l.map(x, [$, x]).distinct().size()"), "limit"},
      {"in with large members", doubled("[1]", "[$,$]", 17, "[$, 1] in l.map(x, [$, 2])"), "limit"},
      {"maps of long keys", doubled("'aaaaaaaa'", "$+$", 15, "l.map(x, l.transformMapEntry(i, v, {$ + string(v): v}).size())"), "limit"},
      {"sorting long texts", doubled("'aaaaaaaa'", "$+$", 13, "l.map(x, l.map(y, $ + string(y)).sort().size())"), "limit"},
      {"sortBy long texts", doubled("'aaaaaaaa'", "$+$", 13, "l.map(y, $ + string(y)).sortBy(t, t).size()"), "limit"},
      {"json nested", doubled("'[]'", "'['+$+']'", 98, "json.parse($)"), "value"},
      {"json nested deeper", doubled("'[[[[[[[[[[]]]]]]]]]]'", "'[[[[[[[[[['+$+']]]]]]]]]]'", 240, "json.parse($)"), "limit"},
      {"huge numbers", "[" + joined("9223372036854775807", ",", 4'000) + "].size()", "value"},
      {"a huge literal", "'" + repeated("x", 99'000) + "'.size()", "value"},
      {"a huge list", "[" + joined("1", ",", 49'000) + "].size()", "value"},
      {"a huge map", "{" + joined("n:n", ",", 20'000) + "}.size()", "error"},
      {"a huge number", repeated("9", 90'000), "SKM205"},
      {"a huge double", repeated("9", 90'000) + ".0", "SKM205"},
      {"a huge name", repeated("x", 90'000), "SKM201"},
      {"a type of many parts", doubled("[1]", "[{1:$}]", 100, "[" + joined("$", ",", 2'000) + "].size()"), "value"},
  });
}

TEST_CASE("functions that take long, hostile in loops, end at the step limit") {
  hostile in;
  const std::vector<std::string> bodies = {
      "timestamp('2026-11-27T00:00:00Z').getHours('America/Los_Angeles')",
      "timestamp('2026-11-27T00:00:00Z').getDate('+09:00')",
      "string(timestamp('9999-11-27T00:00:00.123456789Z'))",
      "string(duration('100h20m3.5s'))",
      "duration('1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h1h')",
      "string(1.7976931348623157e308)",
      "double('1.797693134862315708145274237317e308')",
      "string(-9223372036854775807)",
      "'%.15f %e %x %b %s'.format([1.5e300, 2.5, 255, 7, [1, 'a', {1: 2}]])",
      "'%f %f %f %f'.format([1e308, 1e308, 1e308, 1e308])",
      "cidr('2001:db8::/32').containsCIDR('2001:db8:1::/48')",
      "ip('2001:db8::1').isGlobalUnicast()",
      "isIP('::ffff:10.0.0.1')",
      "url('https://user:p@example.com:80/a/b?c=d&e=f').getQuery()",
      "isURL('https://example.com/%41%42%43%44%45')",
      "quantity('1.5Gi').add(quantity('200Mi')).compareTo(quantity('123456789n'))",
      "semver('1.2.3-alpha.1.2.3.4.5+build').compareTo(semver('1.2.3-alpha.1.2.3.4.6'))",
      "'a-b-c-d-e-f'.findAll('[a-z]')",
      "'a-b-c-d'.find('[a-z]-d')",
      "regex.replace('a-b-c-d', '([a-z])-', '<\\\\1>')",
      "regex.extractAll('a-b-c-d', '[a-z]')",
      "'abcdefghij'.matches('^[a-z]{1,20}$')",
      "s.matches('(a|b|c|d)*(e|f|g|h)*(x|y|z)*t')",
      "'a,b,c,d,e,f,g'.split(',').join(';')",
      "'a,b,c,d,e,f,g'.replace(',', '')",
      "[3, 1, 2, 5, 4, 9, 8, 7].sort()",
      "[3, 1, 2, 5, 4].distinct()",
      "[[1], [2], [3], [4]].flatten()",
      "sets.intersects([1, 2, 3], [3, 4, 5])",
      "sets.equivalent([1, 2, 3], [3, 2, 1])",
      "math.greatest([1, 2, 3, 4, 5])",
      "math.sqrt(2.0) + math.round(2.5)",
      "base64.decode(base64.encode(b'abcdefghij'))",
      "json.parse('{\"a\": [1, 2, {\"b\": \"c\"}]}')",
      "{'a': 1, 'b': 2, 'c': {'d': 3}} == {'a': 1, 'b': 2, 'c': {'d': 3}}",
      "optional.of(1).orValue(2)",
      "format.dns1123Label().validate('Not-A-Label-')",
      "[1, 2, 3].map(z, z * 2).filter(z, z > 2).size()",
      "google.protobuf.Value{list_value: google.protobuf.ListValue{values: [google.protobuf.Value{string_value: 'a'}]}}",
      "google.protobuf.Any{type_url: 'type.googleapis.com/google.protobuf.StringValue', value: b'\\n\\x01a'}",
      "type([1]) == list",
      "[1, 2, 3, 4, 5, 6, 7, 8].max()",
      "[1, 2, 3, 4, 5, 6, 7, 8].indexOf(8)",
  };
  std::vector<std::string> names;
  for (const std::string& body : bodies) names.push_back(body.substr(0, 44));
  std::vector<sample> samples;
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    // Each reads a variable, so that nothing can be worked out once.
    samples.push_back({names[i].c_str(), "l.all(x, l.all(y, l.all(z, n > 0 && dyn(" + bodies[i] + ") != 'no')))", "limit"});
  }
  check_all(in, samples);
}

TEST_CASE("limits can be raised and still hold") {
  hostile in;
  limits raised;
  raised.source_bytes = 64'000'000;
  in.names.set_limits(raised);
  check_all(in, {
      {"100,000 parentheses", repeated("(", 100'000) + "1" + repeated(")", 100'000), "limit"},
      {"10 MB of !", repeated("!", 10'000'000) + "a", "limit"},
      {"10 MB of -", repeated("-", 10'000'000) + "n", "limit"},
      {"100,000 ternaries", repeated("a?n:", 100'000) + "n", "limit"},
      {"1,000,000 terms", joined("b", "||", 1'000'000), "limit"},
      {"10 MB of blanks", repeated(" ", 10'000'000) + "n", "value"},
      {"10 MB of mistakes", repeated("& ", 5'000'000), "SKM200"},
      {"calls closed by another bracket", "[" + repeated("f(a],", 500'000), "SKM200"},
      {"10 MB of a comment", "n // " + repeated("x", 10'000'000), "value"},
  });
}
