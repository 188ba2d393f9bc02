// inventory: CloudFormation templates: the resources that deploying one makes, with the values that are known before.
// Entry point: cloudformation_reader. The values are cloudformation_values.hpp's.
#include <algorithm>
#include <unordered_map>

#include "base/cloud_types.hpp"
#include "inventory/cloudformation_values.hpp"
#include "inventory/exported.hpp"
#include "inventory/inner_json.hpp"
#include "inventory/json_pointer.hpp"
#include "inventory/reading.hpp"

namespace sekimori::inventory {
namespace {


// What the values of a resource come from, by the path of each that is not known, without indexes.
struct origin { std::string path; std::vector<std::string> names; bool anything; };

void collect(const template_value& of, const std::string& path, std::vector<origin>& to) {
  if (of.is == template_value::sort::unknown) to.push_back({path, of.names, of.anything});
  for (const auto& [key, part] : of.parts) collect(part, key.empty() ? path : path.empty() ? key : path + "." + key, to);
}

class template_links final : public link_source {
 public:
  struct held { std::vector<origin> origins; };

  std::unordered_map<std::string, const resource*> by_name;
  std::unordered_map<const resource*, held> of;

  named_resources named(const resource& from, std::string_view path, std::string_view type) const override {
    named_resources made;
    const auto found = of.find(&from);
    if (found == of.end()) return made;
    for (const origin& one : found->second.origins) {
      const bool within = path == one.path || one.path.empty() || path.starts_with(one.path + ".");
      if (!within) continue;
      made.anything = made.anything || one.anything || path != one.path;
      for (const std::string& name : one.names) {
        const auto target = by_name.find(name);
        if (target == by_name.end() || target->second->type != type) continue;
        (one.anything ? made.possible : made.exact).push_back(target->second);
      }
    }
    return made;
  }
  const std::vector<const resource*>* group_of(const resource&) const override { return nullptr; }
  bool configures(const resource&, std::string_view) const override { return true; }
  bool provider_sets(const resource&, std::string_view) const override { return false; }
  region_found region(const resource&, arena&) const override { return {}; }     // where it is deployed
  std::string_view account(const resource&, arena&) const override { return {}; }
  std::string_view native_id(const resource&, arena&) const override { return {}; }
  void collect_secrets(std::vector<std::string>&) const override {}
};

class template_reading {
 public:
  template_reading(const document_node& root, reading& into) : root_(root), into_(into), values_(root), texts_(into) {}

  void read() {
    into_.looks_at_all_of(root_);
    if (into_.duplicates) return;       // told by who asked
    const document_node resources = root_.field("Resources");
    if (!resources.is_map()) return wrong("/Resources", "is no object");
    resources.each_entry([&](std::string_view name, const document_node& one) { declared(name, one); });
    if (values_.too_large()) into_.problem(diagnostic_code::limit_exceeded, "the template's functions make too much text");
    const auto made = texts_.parse([&](std::size_t index) { wrong(texts_.pointer(index), "has values that are no JSON"); });
    auto links = std::make_unique<template_links>();
    for (std::size_t i = 0; i < pending_.size() && into_.shape_problems() == 0 && 2 * i + 1 < made.size(); ++i) add(pending_[i], made[2 * i], made[2 * i + 1], *links);
    into_.tell_more_shapes("more resources do not have the form of one");
    tell();
    into_.links = std::move(links);
  }

 private:
  struct pending {
    std::string_view name, type;
    std::string pointer;
    std::vector<origin> origins;
    bool unknown = false;
  };

  void wrong(const std::string& pointer, const std::string& message) {
    into_.wrong_shape(pointer + " " + message, {"a resource with `Type` and `Properties`", ""});
  }

  void leave_out(std::string name) { left_out_.push_back(std::move(name)); }

  void declared(std::string_view name, const document_node& one) {
    const std::string place = "/Resources/" + pointer_part(name);
    if (name.starts_with("Fn::")) return leave_out(std::string(name));     // Fn::ForEach, Fn::Transform: more than is written here
    if (!one.is_map()) return wrong(place, "is no object");
    const std::string_view type = one.field("Type").text();
    if (type.empty()) return wrong(place, "has no `Type`");
    if (!type.starts_with("AWS::") || !is_resource_type(type)) return leave_out(std::string(name) + " (" + std::string(type) + ")");
    const document_node properties = one.field("Properties");
    if (!properties.is_null() && !properties.is_map()) return wrong(place + "/Properties", "is no object");
    if (const document_node condition = one.field("Condition"); condition.is_string()) {
      const auto holds = values_.holds(condition.text());
      if (holds && !*holds) return;                                        // it is not made
      if (!holds) conditional_.emplace_back(name);
    }
    template_value value = properties.is_map() ? values_.value_of(properties) : template_value{template_value::sort::map, {}, {}, {}, false};
    pending made;
    made.name = name;
    made.type = type;
    made.pointer = place;
    collect(value, "", made.origins);
    std::string known, mask;
    if (value.is == template_value::sort::unknown) known = "{}";
    else write_known(value, known);
    made.unknown = write_unknown(value, mask);
    texts_.add(known, place + "/Properties");
    texts_.add(mask, place + "/Properties");
    pending_.push_back(std::move(made));
  }

  void add(const pending& from, const document_node& known, const document_node& mask, template_links& links) {
    resource& one = into_.resources.emplace_back();
    one.address = one.name = from.name;
    one.type = from.type;
    one.cloud = cloud_of_type(from.type);
    one.what = action::create;
    one.input = into_.input;
    one.pointer = into_.memory.copy(std::string_view(from.pointer));
    if (const line_column place = into_.place_of("/Resources/" + std::string(from.name)); place.line > 0) {
      one.line = place.line;
      one.column = place.column;
    }
    one.known = known;
    if (from.unknown) one.unknown_mask = mask;
    exported says;
    const std::string_view member = from.type == "AWS::EFS::FileSystem" ? "FileSystemTags" : "Tags";
    says.tags = known.field(member);
    // The stack's own tags come on top; where a resource has none, nothing can be said.
    says.tags_told = !says.tags.is_null() && std::none_of(from.origins.begin(), from.origins.end(), [&](const origin& where) { return where.path.empty() || where.path.starts_with(member); });
    one.says = into_.memory.make<exported>(says);
    links.by_name.emplace(from.name, &one);
    if (!from.origins.empty()) links.of.emplace(&one, template_links::held{from.origins});
  }

  void tell() {
    auto note = [&](const std::string& ja, const std::string& en) { into_.record.notes.push_back({ja, en}); };
    for (const std::string& name : left_out_) note("読まない資源があります: " + name, "a resource that is not read: " + name);
    for (const std::string& name : conditional_) note("作られるかどうか分からない資源があります: " + name, "it is not known whether this is made: " + name);
    into_.complete = left_out_.empty() && conditional_.empty() && root_.field("Transform").is_null();
    if (!root_.field("Transform").is_null()) note("変換(Transform)を適用する前のテンプレートです。", "the template is not transformed yet");
  }

  document_node root_;
  reading& into_;
  template_values values_;
  inner_json texts_;
  std::vector<pending> pending_;
  std::vector<std::string> left_out_, conditional_;
};

class template_reader final : public format_reader {
 public:
  std::string_view name() const override { return "cloudformation"; }
  std::string_view stage() const override { return "plan"; }
  std::string_view cloud() const override { return "aws"; }
  std::string_view title() const override { return "a CloudFormation template in JSON or YAML"; }
  bool recognises(const document_node& root) const override {
    if (!root.field("AWSTemplateFormatVersion").is_null()) return true;
    bool typed = false;
    root.field("Resources").each_entry([&](std::string_view, const document_node& one) { typed = typed || one.field("Type").text().find("::") != std::string_view::npos; });
    return typed;
  }
  void read(const document_node& root, reading& into) const override { template_reading(root, into).read(); }
};

}  // namespace

const format_reader& cloudformation_reader() {
  static const template_reader reader;
  return reader;
}

}  // namespace sekimori::inventory
