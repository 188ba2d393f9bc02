// inventory: see terraform_sources.hpp.
#include "inventory/terraform_sources.hpp"

#include <map>
#include <set>
#include <string>

#include <fmt/format.h>

#include "base/cloud_types.hpp"
#include "inventory/inner_json.hpp"
#include "inventory/json_pointer.hpp"
#include "inventory/reading.hpp"
#include "value/values.hpp"

namespace sekimori::inventory {
namespace {

constexpr int deepest_module = 100;   // deeper ones are no plan of Terraform's

std::string quoted(std::string_view text) { return to_json(value::string(text)); }

class source_reading {
 public:
  explicit source_reading(reading& into) : into_(into) {}

  void read(const document_node& configuration) {
    providers(configuration.field("provider_config"));
    modules(configuration.field("root_module"), "", "/configuration/root_module", 0);
  }

 private:
  struct provider {
    std::string name, full_name, pointer;
    std::set<std::string> constraints;
  };

  resource& add(std::string_view type, std::string_view address, std::string_view name, std::string_view pointer) {
    resource& one = into_.resources.emplace_back();
    one.type = type_without_cloud(type);
    one.address = into_.memory.copy(address);
    one.name = into_.memory.copy(name);
    one.pointer = into_.memory.copy(pointer);
    one.input = into_.input;
    return one;
  }

  void providers(const document_node& all) {
    if (!all.is_map()) return;
    std::map<std::string, provider> found;   // by full name, or the local name where there is none
    all.each_entry([&](std::string_view key, const document_node& one) {
      const std::string_view name = text_field(one, "name"), full = text_field(one, "full_name");
      const std::string_view called = full.empty() ? name : full;
      if (called.empty()) return;
      provider& to = found[std::string(called)];
      if (to.pointer.empty()) to = {std::string(name), std::string(full), "/configuration/provider_config/" + pointer_part(key), {}};
      const std::string_view constraint = text_field(one, "version_constraint");
      if (!constraint.empty()) to.constraints.emplace(constraint);
    });
    inner_json texts(into_);
    for (auto& [called, one] : found) {
      std::string constraints;
      for (auto& text : one.constraints) constraints += (constraints.empty() ? "" : ",") + quoted(text);
      texts.add(fmt::format(R"({{"name":{}{},"version_constraints":[{}]}})", quoted(one.name),
                            one.full_name.empty() ? "" : ",\"full_name\":" + quoted(one.full_name), constraints), one.pointer);
    }
    const auto attributes = texts.parse([](std::size_t) {});
    std::size_t index = 0;
    for (auto& [called, one] : found) {
      if (index >= attributes.size()) break;
      add("terraform:provider", "provider[\"" + called + "\"]", one.name, one.pointer).known = attributes[index++];
    }
  }

  void modules(const document_node& module, const std::string& address, const std::string& pointer, int depth) {
    const document_node calls = module.field("module_calls");
    if (!calls.is_map() || depth > deepest_module) return;
    calls.each_entry([&](std::string_view name, const document_node& call) {
      if (!call.is_map()) return;
      const std::string own = address + (address.empty() ? "" : ".") + "module." + std::string(name);
      const std::string place = pointer + "/module_calls/" + pointer_part(name);
      resource& one = add("terraform:module", own, name, place);
      one.module = into_.memory.copy(std::string_view(address));
      one.known = call;
      modules(call.field("module"), own, place + "/module", depth + 1);
    });
  }

  reading& into_;
};

}  // namespace

void add_sources(const document_node& configuration, reading& into) {
  if (configuration.is_map()) source_reading(into).read(configuration);
}

}  // namespace sekimori::inventory
