// fuzz: any bytes as a CEL expression: compiled with every pack, evaluated plain and explained, shown
// and written back. Entry point: LLVMFuzzerTestOneInput. Knows no documents.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "cel/environment.hpp"
#include "cel/evaluator.hpp"
#include "value/values.hpp"

namespace {

using namespace sekimori;

struct setting {
  arena memory;
  cel::environment names;
  std::vector<value> variables;

  setting() {
    for (const cel::pack& one : cel::packs()) names.add_pack(one);
    value unknown = make_unknown(memory, "r", "u", unknown_reason::computed);
    std::vector<value> numbers, words;
    for (int i = 0; i < 20; ++i) numbers.push_back(value::integer(i));
    for (auto* word : {"10.0.0.0/8", "0.0.0.0/0", "::/0", "関守", "", "22-443"}) words.push_back(value::string(word));
    std::vector<value> partly = {value::integer(1), unknown, value::string("b")};
    std::vector<map_entry> resource = {{value::string("name"), value::string("log")},
                                       {value::string("public"), value::boolean(true)},
                                       {value::string("later"), unknown},
                                       {value::string("ports"), make_list(memory, numbers)}};
    set("resource", "map(string, dyn)", make_map(memory, resource));
    set("d", "dyn", make_list(memory, partly));
    set("u", "dyn", unknown);
    set("flag", "bool", unknown);
    set("i", "int", value::integer(INT64_MIN));
    set("n", "list(int)", make_list(memory, numbers));
    set("w", "list(string)", make_list(memory, words));
    set("e", "dyn", make_error(memory, evaluation_error_code::invalid_argument, "test"));
    set("t", "google.protobuf.Timestamp", value::timestamp(1'790'000'000, 5));
  }

  void set(std::string_view name, std::string_view type, value given) {
    const cel::type* declared = names.types().parse(type);
    if (declared == nullptr) std::abort();
    names.declare_variable(name, declared);
    variables.push_back(given);
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const setting fixed;
  std::string text(reinterpret_cast<const char*>(data), size);
  for (bool checked : {true, false}) {
    cel::environment::compile_options options;
    options.check = checked;
    auto compiled = fixed.names.compile(cel::plain_text(text), options);
    if (!compiled) continue;
    cel::dump(*compiled.value()->root, checked);
    std::string written = cel::unparse(*compiled.value()->root);
    // What was written back is the same tree; the text may be over the limits that the source was under.
    if (auto again = fixed.names.compile(cel::plain_text(written), options); again && cel::unparse(*again.value()->root) != written) {
      std::abort();
    }
    std::string plain;
    for (bool explained : {false, true}) {
      arena memory;
      cel::limits bounds;
      bounds.steps = 20'000;
      cel::evaluator run(memory, bounds);
      run.set_now(value::timestamp(1'790'000'000, 0));
      cel::trace traced;
      value found = run.evaluate(*compiled.value(), fixed.variables, explained ? &traced : nullptr);
      std::string shown = display(found);
      if (!found.is_error() && !found.is_unknown()) to_json(found);
      // Explaining must not change what comes out.
      if (explained && shown != plain) std::abort();
      plain = shown;
    }
  }
  return 0;
}
