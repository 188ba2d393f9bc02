#include "exec_shapes/instances.hpp"

#include <cstdio>
#include <cstdlib>
#include <variant>

#include "check/builtin.hpp"
#include "rules/documents.hpp"

namespace sekimori::exec_shapes {
namespace {

template <class T>
T taken(result<T> loaded) {
  if (!loaded) {
    std::fputs(render(loaded.diagnostics()).c_str(), stderr);
    std::exit(2);
  }
  return std::move(loaded).value();
}

rules::loaded_documents shipped() {
  rules::loaded_documents made;
  for (auto& document : check::builtin_documents()) {
    auto one = taken(rules::load_document(std::make_shared<const source_text>(std::string(document.path), std::string(document.text))));
    if (auto* ruleset = std::get_if<rules::ruleset_document>(&one)) made.rulesets.push_back(std::move(*ruleset));
    else if (auto* kinds = std::get_if<rules::kinds_document>(&one)) made.kinds.push_back(std::move(*kinds));
    else if (auto* standards = std::get_if<rules::standards_document>(&one)) made.standards.push_back(std::move(*standards));
  }
  return made;
}

class builder {
 public:
  explicit builder(cases& to) : to_(to), scope_(to.scopes->view({})), variables_(rules::variable_count) {}

  void add(const inventory::resource& one) {
    auto found = to_.plan->by_type.find(std::string(one.type));
    if (!one.evaluated || one.manifest != nullptr || found == to_.plan->by_type.end()) return;
    to_.access.at(one);
    auto& meta = to_.metas.emplace_back(to_.inventory, to_.memory);
    meta.at(one, "plan.json");
    variables_[rules::slot_meta] = value::map(&meta);
    variables_[rules::slot_scope] = value::map(scope_.scope.get());
    variables_[rules::slot_now] = to_.now;
    for (auto& entry : found->second) {
      if (entry.programs.empty()) continue;
      variables_[rules::slot_part] = variables_[rules::slot_each] = value::null();
      if (entry.mapping != nullptr) {
        add_kind(one, entry);
      } else {
        variables_[rules::slot_resource] = to_.access.attributes(nullptr, to_.memory);
        put(one, entry);
      }
    }
  }

 private:
  void add_kind(const inventory::resource& one, const plan::dispatch_entry& entry) {
    auto& mapping = *entry.mapping->mapping;
    const value attributes = to_.access.attributes(&mapping.facts, to_.memory);
    variables_[rules::slot_resource] = attributes;
    variables_[rules::slot_part] = value::map(&to_.parts.emplace_back(mapping, to_.access, to_.memory));
    const check::instance whole{};
    exec::record_object one_each("each", {"key", "value", "index"}, {});
    const auto instances = mapping.each.empty() ? std::span(&whole, 1) : check::instances_of(mapping, *to_.evaluator, variables_, one_each);
    for (auto& item : instances) {
      auto& each = to_.each.emplace_back("each", std::vector<std::string_view>{"key", "value", "index"}, std::vector<value>{item.key, item.element, item.index});
      variables_[rules::slot_each] = value::map(&each);
      variables_[rules::slot_resource] = attributes;
      if (mapping.when != nullptr && to_.evaluator->evaluate(*mapping.when, variables_).is_false()) continue;
      auto& object = to_.objects.emplace_back(*entry.kind, *entry.mapping, *to_.evaluator, *to_.executor);
      object.begin(variables_);
      variables_[rules::slot_resource] = value::map(&object);
      to_.executor->begin(variables_);
      value ignored;
      for (std::uint32_t i = 0; i < object.size(); ++i) object.field(i, ignored);
      put(one, entry);
    }
  }

  void put(const inventory::resource& one, const plan::dispatch_entry& entry) {
    to_.instances.push_back({&one, &entry, variables_, scope_.parameters});
    to_.asked += entry.programs.size();
  }

  cases& to_;
  const check::scope_view& scope_;
  std::vector<value> variables_;
};

}  // namespace

std::unique_ptr<cases> load_cases(const std::string& name, const std::vector<std::string>& rules, const std::vector<std::string>& plans) {
  auto made = std::make_unique<cases>();
  made->name = name;
  auto documents = rules.empty() ? shipped() : taken(rules::load_documents(rules));
  made->plan = plan::make_plan(taken(rules::check_documents(std::make_shared<const rules::loaded_documents>(std::move(documents)))));
  std::vector<input> inputs;
  for (auto& plan : plans) inputs.push_back(input::file(plan));
  made->records = check::input_reading(inputs, {}, made->inventory).finish(*made->plan->model).records;
  made->scopes = std::make_unique<check::scope_table>(*made->plan->model, nullptr, std::map<std::string, std::string>());
  made->evaluator = std::make_unique<cel::evaluator>(made->memory, cel::limits{});
  made->evaluator->set_host(static_cast<rules::relation_host*>(&made->access));
  made->evaluator->set_now(made->now);
  made->evaluator->set_metering(false);
  made->executor = std::make_unique<exec::executor>(*made->evaluator, cel::limits{});
  builder build(*made);
  for (auto& one : made->inventory.resources()) build.add(one);
  if (made->asked == 0) {
    std::fprintf(stderr, "%s: no rule is asked of anything\n", name.c_str());
    std::exit(2);
  }
  return made;
}

}  // namespace sekimori::exec_shapes
