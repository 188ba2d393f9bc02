// Kubernetes' YAML, and Kyverno's rewriting of expressions.
#include <doctest/doctest.h>

#include "cel/evaluator.hpp"
#include "rules/checked_kubernetes.hpp"
#include "rules/kubernetes_yaml.hpp"
#include "rules/load_kubernetes.hpp"
#include "value/values.hpp"

using namespace sekimori;
using namespace sekimori::rules;

namespace {

std::string json_of(const std::string& yaml) {
  source_text source("test.yaml", yaml);
  yaml_stream read = read_yaml_stream(source);
  std::string made;
  for (const node& one : read.documents) {
    write_kubernetes_json(one, source, made, read.problems);
    made += ";";
  }
  for (const diagnostic& one : read.problems) made += one.code + ";";
  return made;
}

}  // namespace

TEST_CASE("plain scalars are what sigs.k8s.io/yaml v1.6.0 makes of them") {
  struct row { const char* plain; const char* json; };
  const row rows[] = {
      {"yes", "true"}, {"Yes", "true"}, {"YES", "true"}, {"y", "true"}, {"Y", "true"}, {"on", "true"}, {"On", "true"}, {"true", "true"}, {"True", "true"},
      {"no", "false"}, {"n", "false"}, {"off", "false"}, {"Off", "false"}, {"false", "false"}, {"oN", "\"oN\""}, {"tRue", "\"tRue\""}, {"~", "null"},
      {"null", "null"}, {"Null", "null"}, {"0777", "511"}, {"0o777", "511"}, {"0x1F", "31"}, {"0b101", "5"}, {"-0b101", "-5"}, {"+12", "12"}, {"1_000", "1000"},
      {"0_7", "7"}, {"-0x1f", "-31"}, {"1e3", "1000"}, {"1E3", "1000"}, {"1.0", "1"}, {"1.5e2", "150"}, {"1.5e+2", "150"}, {".5", "0.5"}, {"5.", "5"},
      {"1e400", "\"1e400\""}, {".inf", ""}, {"-.inf", ""}, {".nan", ""}, {"9223372036854775807", "9223372036854775807"},
      {"9223372036854775808", "9.223372036854775808e+18"}, {"-9223372036854775808", "-9223372036854775808"}, {"1:30", "\"1:30\""},
      {"2001-01-01", "\"2001-01-01\""}, {"08", "8"}, {"09", "9"}, {"0.0", "0"}, {"-0", "0"}, {"1_0.5", "10.5"}, {"0x", "\"0x\""}, {"1e", "\"1e\""}, {"=", "\"=\""},
      {"0b12", "\"0b12\""}, {"1,000", "\"1,000\""}, {"0x1p-2", "\"0x1p-2\""}, {"1__0", "10"}, {"_1", "\"_1\""}, {"+.5", "0.5"}, {"1.5_5", "1.55"}, {"INF", "\"INF\""},
      {"NaN", "\"NaN\""}, {"0o8", "\"0o8\""}, {"-0777", "-511"}, {"+0x1F", "31"}, {"-", "\"-\""}, {"+", "\"+\""}, {".", "\".\""}, {"1e15", "1000000000000000"}, {"v1", "\"v1\""}};
  for (const row& one : rows) {
    CAPTURE(one.plain);
    std::string made = kubernetes_scalar(one.plain);
    // A double's text may be written in several ways; the number is what counts.
    if (std::string_view(one.json).find("e+") != std::string_view::npos || std::string_view(one.json).find("e-") != std::string_view::npos) CHECK(std::stod(made) == std::stod(one.json));
    else CHECK(made == one.json);
  }
}

TEST_CASE("streams: documents, anchors, aliases and merge keys") {
  CHECK(json_of("a: 1\n---\n---\n# nothing\n---\nb: 2\n") == "{\"a\":1};{\"b\":2};");
  CHECK(json_of("a: &x {p: 1}\nb: *x\nc: {<<: *x, q: 2}\nd: {<<: [{p: 3}, *x], r: 4}\n") ==
        "{\"a\":{\"p\":1},\"b\":{\"p\":1},\"c\":{\"q\":2,\"p\":1},\"d\":{\"r\":4,\"p\":3}};");
  CHECK(json_of("a: &x 1\n---\nb: *x\n").find("SKM100") != std::string::npos);   // anchors are of one document
  CHECK(json_of("on: 1\n1.5: 2\n'1': x\n") == "{\"true\":1,\"1.5\":2,\"1\":\"x\"};");
  CHECK(json_of("a: 1\na: 2\n").find("SKM102") != std::string::npos);
  CHECK(json_of("a: {<<: 3}\n").find("SKM111") != std::string::npos);
}

TEST_CASE("a stream's aliases cannot grow beyond the limits") {
  std::string laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 9; ++i) {
    laughs += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int k = 0; k < 10; ++k) laughs += (k > 0 ? ", *a" : "*a") + std::to_string(i - 1);
    laughs += "]\n";
  }
  yaml_stream read = read_yaml_stream(source_text("laughs.yaml", laughs), {1u << 20, 100, 20'000, 10});
  CHECK(!read.readable);
  REQUIRE(!read.problems.empty());
  CHECK(read.problems.back().code == "SKM400");
  std::string deep = "a0: &a0 x\n";
  for (int i = 1; i < 150; ++i) deep += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
  CHECK(!read_yaml_stream(source_text("deep.yaml", deep), {1u << 20, 100, 200'000, 10}).readable);
}

TEST_CASE("expressions are carried over to pod templates, with the places of the document") {
  auto carried = [](const std::string& text, std::string_view path) { return for_pod_template(cel::plain_text(text), path).text; };
  CHECK(carried("object.spec.x + oldObject.spec.y", "spec.template") == "object.spec.template.spec.x + oldObject.spec.template.spec.y");
  CHECK(carried("object.metadata.labels", "spec.jobTemplate.spec.template") == "object.spec.jobTemplate.spec.template.metadata.labels");
  CHECK(carried("object.metadata.name + object.metadata.namespace", "spec.template") == "object.metadata.name + object.metadata.namespace");
  CHECK(carried("object.metadata.nameX", "spec.template") == "object.spec.template.metadata.nameX");
  CHECK(carried("namespaceObject.metadata.labels", "spec.template") == "namespaceObject.metadata.labels");
  located_text from = cel::plain_text("1 + object.spec.no");
  located_text made = for_pod_template(from, "spec.template");
  CHECK(made.placed());
  auto at = static_cast<std::uint32_t>(made.text.find(".no"));
  CHECK(made.map({at, at + 3}).begin == from.map({15, 18}).begin);
}

TEST_CASE("orValue of what is no optional is the value in policies of Kyverno, and an error in those of Kubernetes") {
  for (bool kyverno : {true, false}) {
    auto names = kubernetes_environment(kyverno, {});
    auto compiled = names->compile(cel::plain_text("object.orValue([1]) == [2] && optional.none().orValue(3) == 3 && optional.of(4).orValue(1 / 0) == 4"));
    REQUIRE(compiled);
    arena memory;
    cel::evaluator evaluator(memory, {});
    value two[] = {value::integer(2)};
    std::vector<value> variables(admission_count, value::null());
    variables[slot_object] = make_list(memory, two);
    value made = evaluator.evaluate(*compiled.value(), variables);
    CHECK(made.is_true() == kyverno);
    CHECK(made.is_error() == !kyverno);
  }
}

TEST_CASE("texts that hold policies are told by an apiVersion, not by a mention") {
  CHECK(names_policies("apiVersion: policies.kyverno.io/v1\n"));
  CHECK(names_policies("- apiVersion: 'admissionregistration.k8s.io/v1'\n"));
  CHECK(names_policies("{\"apiVersion\": \"kyverno.io/v1\"}"));
  CHECK(!names_policies("annotations:\n  policies.kyverno.io/title: x\n"));
  CHECK(!names_policies("apiVersion: cli.kyverno.io/v1alpha1\n"));
  CHECK(!names_policies("apiVersion: v1\n"));
}
