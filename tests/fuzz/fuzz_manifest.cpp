// fuzz: any bytes as policies of Kubernetes and, behind a line `#### manifest`, as manifests that they are
// asked of; without that line as manifests for a small policy. Entry point: LLVMFuzzerTestOneInput.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "check/run.hpp"
#include "plan/program.hpp"
#include "rules/checked.hpp"
#include "rules/documents.hpp"
#include "rules/load_kubernetes.hpp"
#include "sekimori/policy.hpp"

namespace {

using namespace sekimori;

constexpr const char* everything = R"yaml(apiVersion: policies.kyverno.io/v1
kind: ValidatingPolicy
metadata: {name: everything}
spec:
  matchConstraints: {resourceRules: [{apiGroups: ['*'], apiVersions: ['*'], resources: ['*']}], objectSelector: {matchExpressions: [{key: a, operator: DoesNotExist}]}}
  variables: [{name: all, expression: 'object.?spec.?containers.orValue([])'}]
  validations:
  - {expression: "variables.all.all(c, has(c.image) && c.image != '')", messageExpression: "object.kind + ' ' + object.metadata.name"}
  - {expression: "!has(object.data) || object.data.all(k, size(object.data[k]) < 3)"}
  - {expression: "namespaceObject == null || namespaceObject.metadata.labels.team == 'a'"}
)yaml";

// nullptr where the text is no policy that can be asked.
std::shared_ptr<const plan::policy_plan> load(const std::string& text) {
  auto documents = std::make_shared<rules::loaded_documents>();
  std::vector<diagnostic> problems;
  rules::load_kubernetes(std::make_shared<const source_text>("policy.yaml", text), *documents, problems);
  rules::join_bindings(*documents, problems);
  for (auto& one : problems) render(one);
  if (!problems.empty()) return nullptr;
  auto model = rules::check_documents(documents);
  for (auto& one : model.diagnostics()) render(one);
  return model ? plan::make_plan(model.value()) : nullptr;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::shared_ptr<const plan::policy_plan> fixed = load(everything);
  if (fixed == nullptr) std::abort();
  std::string text(reinterpret_cast<const char*>(data), size);
  std::shared_ptr<const plan::policy_plan> plan = fixed;
  if (const std::size_t line = text.find("#### manifest\n"); line != std::string::npos) {
    plan = load(text.substr(0, line));
    text.erase(0, line + 14);
  }
  if (plan == nullptr) return 0;
  check_options options;
  options.namespace_name = "here";
  options.include = {verdict::pass, verdict::not_applicable};
  options.limits.steps = 50'000;
  report made = check::run_check(*plan, nullptr, {}, {input::text("manifest.yaml", text)}, options);
  // Nothing that was not examined is "all is well".
  if (made.outcome.exit_code == 0 && made.summary.examined.mapped == 0) std::abort();
  return 0;
}
