// Mistakes that people make in expressions, each named after the mistake in golden/*.cel, and what they are told. The
// first lines of a file may be comments that set the stage: `// packs: none`, `// expected: bool`, `// evaluate`.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cel/evaluation_diagnostic.hpp"
#include "eval_support.hpp"

namespace fs = std::filesystem;
using namespace sekimori;
using namespace sekimori::cel;

namespace {

const fs::path folder = fs::path(SEKIMORI_SOURCE_DIR) / "tests" / "cel" / "golden";

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// The variables of all files, with the values that `evaluate` gives them.
struct stage {
  arena memory;
  environment names;
  std::vector<value> variables;

  explicit stage(bool with_packs) {
    if (with_packs) {
      for (const pack& one : packs()) names.add_pack(one);
    }
    type_pool& types = names.types();
    const type* string = types.simple(type_kind::string);
    names.declare_object({"firewall_rule", {{"name", "string"}, {"public", "bool"}, {"encrypted", "bool"}, {"order", "int"},
                                            {"ports", "list(int)"}}});
    std::vector<value> ports{value::integer(22), value::integer(80)};
    std::vector<map_entry> fields{{value::string("name"), value::string("web")}, {value::string("public"), value::boolean(false)},
                                  {value::string("encrypted"), value::boolean(true)}, {value::string("order"), value::integer(1)},
                                  {value::string("ports"), make_list(memory, ports)}};
    std::vector<map_entry> parameters{{value::string("ports"), make_list(memory, ports)}, {value::string("limit"), value::integer(3)},
                                      {value::string("pattern"), value::string("(a secret")}};
    declare("resource", types.object("firewall_rule"), make_map(memory, fields));
    declare("params", types.map(string, types.simple(type_kind::dyn)), make_map(memory, parameters));
    declare("now", types.parse("google.protobuf.Timestamp"), value::timestamp(0, 0));
  }

  std::string told(const std::string& name, const std::string& text) {
    environment::compile_options options;
    if (text.find("// expected: bool") != std::string::npos) options.expected = names.types().simple(type_kind::boolean);
    auto made = names.compile(plain_text(text, name), options);
    if (!made.ok() || !made.diagnostics().empty()) return render(made.diagnostics());
    if (text.find("// evaluate") == std::string::npos) return {};
    evaluator run(memory, names.current_limits());
    value found = run.evaluate(*made.value(), variables);
    return found.is_error() ? render(evaluation_diagnostic(*made.value(), found.as_error())) : std::string();
  }

 private:
  void declare(std::string_view name, const type* declared, value given) {
    names.declare_variable(name, declared);
    variables.push_back(given);
  }
};

}  // namespace

TEST_CASE("every mistake in an expression is told as its golden text says") {
  const char* update = std::getenv("SEKIMORI_UPDATE_GOLDEN");
  std::vector<fs::path> mistakes;
  for (const auto& one : fs::directory_iterator(folder)) {
    if (one.path().extension() == ".cel") mistakes.push_back(one.path());
  }
  std::sort(mistakes.begin(), mistakes.end());
  CHECK(mistakes.size() >= 150);
  for (const fs::path& path : mistakes) {
    CAPTURE(path.filename().string());
    const std::string text = read_file(path);
    const std::string said = stage(text.find("// packs: none") == std::string::npos).told(path.filename().string(), text);
    CHECK_FALSE(said.empty());
    CHECK(said.find("a secret") == std::string::npos);
    fs::path golden = path;
    golden.replace_extension(".txt");
    if (update != nullptr && std::string(update) == "1") {
      std::ofstream(golden, std::ios::binary) << said;
    } else {
      CHECK(said == read_file(golden));
    }
  }
}
