// rules: environments for mappings, derived fields, rules and messages.
#include "rules/checked_names.hpp"

#include "cel/profiles.hpp"
#include "rules/host.hpp"
#include "rules/register_fields.hpp"

namespace sekimori::rules {

namespace {

// A day is its text, 2027-03-31: days then compare as texts do, and are shown as they are.
std::string_view type_of(const register_field& field) {
  switch (field.type) {
    case field_type::number: return "int";
    case field_type::timestamp: return "google.protobuf.Timestamp";
    case field_type::boolean: return "bool";
    case field_type::list: return "list(string)";
    default: return "string";
  }
}

// The rows' types, and the fields of `data` by register.
std::vector<named_type> declare_registers(cel::environment& names) {
  std::vector<named_type> fields;
  for (const register_declaration* one : register_declarations) {
    cel::object_type row;
    row.name = row_type(*one);
    for (const register_field& field : one->fields) row.fields.push_back({std::string(field.name), std::string(type_of(field))});
    fields.push_back({std::string(one->name), key_fields(*one) == 1 ? "map(string, " + row.name + ")" : "map(string, list(" + row.name + "))"});
    names.declare_object(std::move(row));
  }
  return fields;
}

}  // namespace

const cel::type* read_type(cel::environment& names, std::string_view text) { return names.read_type(text); }

std::unique_ptr<cel::environment> make_packs() {
  auto packs = std::make_unique<cel::environment>();
  cel::add_profile(*packs, *cel::find_profile("sekimori"));
  packs->add_pack(relations_pack());
  return packs;
}

void kind_types::add(std::string_view kind, const std::vector<named_type>& fields) {
  cel::object_type made;
  made.name = "kind." + std::string(kind);
  for (auto& field : fields) made.fields.push_back({field.name, field.type});
  types_.insert_or_assign(made.name, std::move(made));
}

const cel::object_type* kind_types::find_object(std::string_view name) const {
  const auto found = types_.find(name);
  return found == types_.end() ? nullptr : &found->second;
}

void kind_types::add_names(std::vector<std::string_view>& to) const {
  for (auto& [name, type] : types_) to.push_back(name);
}

std::unique_ptr<cel::environment> make_environment(const cel::environment& packs, std::string_view resource_type,
                                                   const std::vector<named_type>& resource_fields, const std::vector<named_type>* parameters, bool registers) {
  auto names = std::make_unique<cel::environment>(&packs);
  auto& types = names->types();
  auto* dyn = types.simple(cel::type_kind::dyn);
  auto* text = types.simple(cel::type_kind::string);

  auto declare = [&](std::string_view name, const std::vector<named_type>& fields) {
    cel::object_type made;
    made.name = std::string(name);
    for (auto& field : fields) {
      made.fields.push_back({field.name, names->read_type(field.type) != nullptr ? field.type : "dyn"});
    }
    names->declare_object(std::move(made));
    return types.object(name);
  };

  std::vector<named_type> meta, scope;
  for (auto field : meta_fields) meta.push_back({std::string(field), field == "tags" ? "map(string, string)" : "string"});
  for (auto field : scope_fields) scope.push_back({std::string(field), "string"});

  const cel::type* resource = resource_fields.empty() ? dyn : declare(resource_type, resource_fields);
  names->declare_variable("resource", resource);
  names->declare_variable("meta", declare("meta", meta));
  names->declare_variable("params", parameters == nullptr ? dyn : declare("params", *parameters));
  names->declare_variable("scope", declare("scope", scope));
  names->declare_variable("now", types.simple(cel::type_kind::timestamp));
  names->declare_variable("part", types.map(text, dyn));
  names->declare_variable("each", declare("each", {{"key", "string"}, {"value", "dyn"}, {"index", "int"}}));
  names->declare_variable("data", declare("data", registers ? declare_registers(*names) : std::vector<named_type>()));
  return names;
}

}  // namespace sekimori::rules
