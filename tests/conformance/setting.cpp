// conformance: reads what a test declares into an environment. Entry point: setting::read.
#include "setting.hpp"

#include <map>
#include <utility>

#include "value/values.hpp"

namespace conformance {

using namespace sekimori;

std::size_t setting::declare(std::string_view name, const cel::type* type) {
  const std::size_t slot = environment_.declare_variable(name, type);
  variables_.resize(slot + 1, make_error(memory_, evaluation_error_code::no_such_member, "the variable has no value"));
  return slot;
}

void setting::declare_function(json declaration) {
  auto& made = overloads_.emplace_back();
  for (json one : declaration["function"].get_array()) {
    auto& types = parameters_.emplace_back();
    for (json parameter : one["params"].get_array()) types.push_back(keep(type_text(parameter)));
    made.push_back({keep(std::string(text_of(one, "id"))), flag_of(one, "instance"), types, keep(type_text(one["result"])), nullptr});
  }
  rows_.push_back({keep(std::string(text_of(declaration, "name"))), "test", made, 1, "", ""});
  environment_.add_pack(std::span<const cel::function_row>(&rows_.back(), 1));
}

bool setting::read(json test, std::shared_ptr<const cel::type_provider> types) {
  simdjson::dom::array extensions;
  if (test["extensions"].get(extensions) == simdjson::SUCCESS) {
    for (json extension : extensions) {
      const std::string_view name = extension.get_string();
      const cel::pack* found = cel::find_pack(name);
      if (found == nullptr) {
        missing_ = name;
        return false;
      }
      environment_.add_pack(*found);
    }
  }
  environment_.set_container(text_of(test, "container"));
  if (types != nullptr) environment_.add_types(types);
  std::map<std::string, std::size_t, std::less<>> slots;
  simdjson::dom::array declarations;
  if (test["type_env"].get(declarations) == simdjson::SUCCESS) {
    for (json declaration : declarations) {
      json ident;
      if (declaration["ident"].get(ident) != simdjson::SUCCESS) {
        declare_function(declaration);
        continue;
      }
      const std::string_view name = text_of(declaration, "name");
      slots[std::string(name)] = declare(name, read_type(environment_, ident));
    }
  }
  simdjson::dom::object bindings;
  if (test["bindings"].get(bindings) == simdjson::SUCCESS) {
    for (auto binding : bindings) {
      auto known = slots.find(binding.key);
      const std::size_t slot = known != slots.end() ? known->second : declare(binding.key, environment_.types().simple(cel::type_kind::dyn));
      variables_[slot] = read_value(memory_, binding.value, types.get());
    }
  }
  return true;
}

result<cel::compiled_ptr> setting::compile(json test) const {
  cel::environment::compile_options options;
  options.check = !flag_of(test, "disable_check");
  options.macros = !flag_of(test, "disable_macros");
  const std::string_view expression = test["expr"].get_string();   // throws where there is none: no test of the suite
  return environment_.compile(cel::plain_text(std::string(expression)), options);
}

}  // namespace conformance
