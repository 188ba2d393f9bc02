// rules: the environments that our expressions are compiled in. Entry points: the functions here.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cel/environment.hpp"
#include "rules/checked.hpp"

namespace sekimori::rules {

// A field of a declared object in an environment under construction: name and CEL type text.
struct named_type { std::string name; std::string type; };

// The packs of every expression of ours, without variables.
std::unique_ptr<cel::environment> make_packs();

// The kinds as object types "kind.NAME", for rules that ask for objects of other kinds.
class kind_types final : public cel::type_provider {
 public:
  void add(std::string_view kind, const std::vector<named_type>& fields);
  const cel::object_type* find_object(std::string_view name) const override;
  void add_names(std::vector<std::string_view>& to) const override;

 private:
  std::map<std::string, cel::object_type, std::less<>> types_;
};

// Declares the variables in the order of variable_slot, over the packs. `resource_fields` empty: resource is dyn.
// `parameters` null: params is dyn (mappings have none). `registers`: `data` has those of register_fields.hpp, else it has no field.
std::unique_ptr<cel::environment> make_environment(const cel::environment& packs, std::string_view resource_type,
                                                   const std::vector<named_type>& resource_fields, const std::vector<named_type>* parameters, bool registers = false);

// A type text of a document as a type of that environment; nullptr where it is none.
const cel::type* read_type(cel::environment& names, std::string_view text);

}  // namespace sekimori::rules
