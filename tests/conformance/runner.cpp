// conformance: runs files of cel-spec's tests (JSON lines, one test a line) through compile and evaluate.
// conformance FILE... [--verbose] [--list-failed] [--messages]; exit 0: nothing failed, 1: something did, 2: a file could not be
// read. Tests that need protobuf messages beyond the well-known ones are skipped, counted, and told with the reason;
// with --messages they run on types declared here through the type provider.
#include <cstdio>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cel/environment.hpp"
#include "cel/evaluator.hpp"
#include "messages.hpp"
#include "setting.hpp"
#include "value/values.hpp"
#include "values.hpp"

using namespace sekimori;
using conformance::json;

namespace {

struct outcome {
  bool passed = false;
  std::string why;
};

outcome failed(std::string why) { return {false, std::move(why)}; }

outcome judge(json test, const std::shared_ptr<const cel::type_provider>& types) {
  conformance::setting names;
  if (!names.read(test, types)) return failed("the pack `" + names.missing() + "` is not there");
  auto program = names.compile(test);
  if (!program.ok()) return failed("does not compile: " + program.diagnostics().front().message);

  json expect = test["expect"];
  json typed;
  json expected;
  bool has_value = expect["value"].get(expected) == simdjson::SUCCESS;
  if (expect["typed_result"].get(typed) == simdjson::SUCCESS) {
    std::string deduced = cel::to_string(*program.value()->result_type);
    std::string wanted(conformance::text_of(typed, "deduced_type_text"));
    if (deduced != wanted) return failed("has type " + deduced + ", not " + wanted);
    if (conformance::flag_of(test, "check_only")) return {true, {}};
    has_value = typed["value"].get(expected) == simdjson::SUCCESS;
    if (!has_value) return {true, {}};
  }

  cel::evaluator evaluator(names.memory(), names.environment().current_limits());
  value found = evaluator.evaluate(*program.value(), names.variables());
  json error;
  if (expect["unknown"].get(error) == simdjson::SUCCESS || expect["any_unknowns"].get(error) == simdjson::SUCCESS) {
    if (found.is_unknown()) return {true, {}};
    return failed("gives " + display(found) + ", not an unknown");
  }
  if (expect["eval_error"].get(error) == simdjson::SUCCESS || expect["any_eval_errors"].get(error) == simdjson::SUCCESS) {
    if (found.is_error()) return {true, {}};
    return failed("gives " + display(found) + ", not an error");
  }
  value wanted = has_value ? conformance::read_value(names.memory(), expected, types.get()) : value::boolean(true);
  if (conformance::same_value(wanted, found)) return {true, {}};
  std::string given = found.is_error() ? "error: " + std::string(found.as_error().message)
                                       : std::string(kind_name(found.kind())) + " " + display(found);
  return failed("gives " + given + ", not " + std::string(kind_name(wanted.kind())) + " " + display(wanted));
}

struct count {
  int passed = 0;
  int failed = 0;
  int skipped = 0;
};

struct tally {
  std::map<std::string, count> files;
  std::map<std::string, int> skipped_for;  // by reason
  count all;
};

// Why a test cannot be run here, or empty.
std::string reason_to_skip(json test, bool with_messages) {
  if (with_messages) {
    if (conformance::text_of(test, "section").rfind("strong_", 0) == 0) return "enums that are types of their own: an enum is an int here";
    // Its bytes are read by the numbers of fields, which only a descriptor has. Only a value that is wanted depends on them.
    std::string text = simdjson::minify(test);
    json wanted;
    const bool wants_error = test["expect"]["eval_error"].get(wanted) == simdjson::SUCCESS;
    if (!wants_error && text.find("type_url") != std::string::npos && text.find("type.googleapis.com/cel.") != std::string::npos) {
      return "bytes of such a message in google.protobuf.Any";
    }
    for (json extension : test["extensions"].get_array()) {
      if (std::string_view(extension) == "protos") return "the macros of the extension protos";
    }
    return {};
  }
  if (!conformance::flag_of(test, "needs_proto") || conformance::flag_of(test, "wkt_only")) return {};
  std::string_view shown;
  for (json one : test["messages"].get_array()) {
    std::string_view name = one.get_string();
    if (name.rfind("google.protobuf.", 0) == 0) continue;
    shown = name;
    break;
  }
  // The package is enough: "a.b.Message.Inner" and "a.b.*" are both of a.b.
  std::size_t end = 0;
  while (end < shown.size() && shown[end] >= 'a' && shown[end] <= 'z') {
    std::size_t dot = shown.find('.', end);
    if (dot == std::string_view::npos) break;
    end = dot + 1;
  }
  if (end > 0) shown = shown.substr(0, end - 1);
  return "needs the message types of " + std::string(shown) + ", whose descriptors are not read";
}

struct options {
  bool verbose = false;
  bool list_failed = false;
  std::shared_ptr<const cel::type_provider> types;  // with --messages
};

void run_test(json test, const options& given, tally& counted) {
  std::string id(conformance::text_of(test, "id"));
  count& of_file = counted.files[std::string(conformance::text_of(test, "file"))];
  std::string reason = reason_to_skip(test, given.types != nullptr);
  if (!reason.empty()) {
    ++of_file.skipped;
    ++counted.all.skipped;
    ++counted.skipped_for[reason];
    return;
  }
  outcome result = judge(test, given.types);
  if (result.passed) {
    ++of_file.passed;
    ++counted.all.passed;
    return;
  }
  ++of_file.failed;
  ++counted.all.failed;
  if (given.list_failed) {
    std::printf("%s\n", id.c_str());
    return;
  }
  std::printf("FAILED %s\n", id.c_str());
  if (given.verbose) std::printf("    %s\n    %s\n", std::string(conformance::text_of(test, "expr")).c_str(), result.why.c_str());
}

bool run_file(const std::string& path, const options& given, tally& counted) {
  std::ifstream file(path);
  if (!file) {
    std::fprintf(stderr, "conformance: cannot read `%s`\n", path.c_str());
    return false;
  }
  simdjson::dom::parser parser;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.empty()) continue;
    try {
      run_test(parser.parse(line).value(), given, counted);
    } catch (const simdjson::simdjson_error& wrong) {
      std::fprintf(stderr, "%s:%d: not a test of this format: %s\n", path.c_str(), number, wrong.what());
      return false;
    }
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> paths;
  options given;
  for (int i = 1; i < argc; ++i) {
    std::string argument = argv[i];
    if (argument == "--verbose") {
      given.verbose = true;
    } else if (argument == "--list-failed") {
      given.list_failed = true;
    } else if (argument == "--messages") {
      given.types = conformance::message_types();
    } else if (argument.rfind("--", 0) == 0) {
      std::fprintf(stderr, "conformance: there is no option `%s`\n", argument.c_str());
      return 2;
    } else {
      paths.push_back(argument);
    }
  }
  if (paths.empty()) {
    std::fprintf(stderr, "usage: conformance FILE... [--verbose] [--list-failed] [--messages]\n");
    return 2;
  }
  tally counted;
  for (const std::string& path : paths) {
    if (!run_file(path, given, counted)) return 2;
  }
  if (given.list_failed) return counted.all.failed == 0 ? 0 : 1;
  for (const auto& [name, of] : counted.files) {
    std::printf("%-16s %5d passed %5d failed %5d skipped\n", name.c_str(), of.passed, of.failed, of.skipped);
  }
  for (const auto& [reason, times] : counted.skipped_for) std::printf("skipped %5d: %s\n", times, reason.c_str());
  std::printf("conformance: %d passed, %d failed, %d skipped\n", counted.all.passed, counted.all.failed, counted.all.skipped);
  return counted.all.failed == 0 ? 0 : 1;
}
