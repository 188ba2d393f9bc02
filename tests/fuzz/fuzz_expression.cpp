// fuzz: any bytes as a CEL expression: compiled with every pack, evaluated plainly, explained and metered, shown,
// estimated, written back and read again, reduced to a residual. Entry point: LLVMFuzzerTestOneInput. Knows no
// documents.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "cel/cost.hpp"
#include "cel/environment.hpp"
#include "cel/evaluator.hpp"
#include "cel/residual.hpp"
#include "value/values.hpp"

namespace {

using namespace sekimori;

struct setting {
  arena memory;
  cel::environment names;
  std::vector<value> variables;   // some are unknown, or hold an unknown
  std::vector<value> known;       // the same with everything given

  setting() {
    for (const cel::pack& one : cel::packs()) names.add_pack(one);
    value unknown = make_unknown(memory, "r", "u", unknown_reason::computed);
    std::vector<value> numbers, words;
    for (int i = 0; i < 20; ++i) numbers.push_back(value::integer(i));
    for (auto* word : {"10.0.0.0/8", "0.0.0.0/0", "::/0", "関守", "", "22-443"}) words.push_back(value::string(word));
    set("resource", "map(string, dyn)", resource(numbers, unknown), resource(numbers, value::integer(7)));
    set("d", "dyn", partly(unknown), partly(value::string("a")));
    set("u", "dyn", unknown, make_list(memory, numbers));
    set("flag", "bool", unknown, value::boolean(true));
    set("i", "int", value::integer(INT64_MIN));
    set("n", "list(int)", make_list(memory, numbers));
    set("w", "list(string)", make_list(memory, words));
    set("e", "dyn", make_error(memory, evaluation_error_code::invalid_argument, "test"));
    set("t", "google.protobuf.Timestamp", value::timestamp(1'790'000'000, 5));
  }

 private:
  value resource(const std::vector<value>& ports, value later) {
    std::vector<map_entry> entries = {{value::string("name"), value::string("log")},
                                      {value::string("public"), value::boolean(true)},
                                      {value::string("later"), later},
                                      {value::string("ports"), make_list(memory, ports)}};
    return make_map(memory, entries);
  }
  value partly(value second) {
    std::vector<value> elements = {value::integer(1), second, value::string("b")};
    return make_list(memory, elements);
  }
  void set(std::string_view name, std::string_view type, value given) { set(name, type, given, given); }
  void set(std::string_view name, std::string_view type, value given, value in_full) {
    const cel::type* declared = names.types().parse(type);
    if (declared == nullptr) std::abort();
    names.declare_variable(name, declared);
    variables.push_back(given);
    known.push_back(in_full);
  }
};

const setting& fixed() {
  static const setting made;
  return made;
}

void must(bool holds) {
  if (!holds) std::abort();
}

cel::limits bounded() {
  cel::limits bounds;
  bounds.steps = 20'000;
  return bounds;
}

bool is_limit(value found) { return found.is_error() && found.as_error().code == evaluation_error_code::limit; }

// What was written back is the same tree. Text may be over the limits that its source was under.
void write_back(const cel::compiled& program) {
  std::string written = cel::unparse(*program.root);
  cel::environment::compile_options unchecked;
  unchecked.check = false;
  auto again = fixed().names.compile(cel::plain_text(written), unchecked);
  if (!again) return must(again.diagnostics()[0].code == "SKM206");
  must(cel::dump(*again.value()->root, false) == cel::dump(*program.root, false));
}

// However an expression is evaluated, the same comes out.
void evaluate(const cel::compiled& program) {
  std::string plain;
  for (int mode = 0; mode < 3; ++mode) {
    arena memory;
    cel::evaluator run(memory, bounded());
    run.set_now(value::timestamp(1'790'000'000, 0));
    run.set_metering(mode == 2);
    cel::trace traced;
    value found = run.evaluate(program, fixed().variables, mode == 1 ? &traced : nullptr);
    std::string shown = display(found);
    if (!found.is_error() && !found.is_unknown()) to_json(found);
    must(mode == 0 || shown == plain);
    plain = shown;
  }
}

void estimate(const cel::compiled& program) {
  cel::cost_estimate made = cel::estimate_cost(program);
  must(made.cost.min <= made.cost.max);
  cel::explain_cost(program, made);
}

// With everything given, a residual has the answer of the expression.
void reduce(const cel::compiled_ptr& program) {
  arena memory;
  cel::evaluator run(memory, bounded());
  run.set_now(value::timestamp(1'790'000'000, 0));
  cel::residual made = cel::residual_of(fixed().names, program, fixed().variables, run);
  must(made.program == nullptr || made.known.is_unknown());
  arena kept;
  cel::evaluator again(kept, bounded());
  again.set_now(value::timestamp(1'790'000'000, 0));
  value whole = again.evaluate(*program, fixed().known);
  value rest = made.program == nullptr ? made.known : again.evaluate(*made.program, fixed().known);
  if (is_limit(whole) || is_limit(rest)) return;
  must(whole.is_error() ? rest.is_error() : display(whole) == display(rest));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  for (bool checked : {true, false}) {
    cel::environment::compile_options options;
    options.check = checked;
    auto compiled = fixed().names.compile(cel::plain_text(text), options);
    if (!compiled) continue;
    cel::dump(*compiled.value()->root, checked);
    write_back(*compiled.value());
    evaluate(*compiled.value());
    if (!checked) continue;
    estimate(*compiled.value());
    reduce(compiled.value());
  }
  return 0;
}
