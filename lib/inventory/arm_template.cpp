// inventory: ARM templates, and what Bicep compiles to: resources as a list or (languageVersion 2.0) as a map, nested ones, loops,
// conditions and nested deployments. Entry point: arm_template_reader. They have the types and attributes that the same
// resources have in an inventory (azure_resources.cpp).
// https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax
//
// A deployment adds to what stands already, so that nothing is known to be absent that the template does not mention.
#include <algorithm>
#include <array>
#include <unordered_map>

#include "inventory/arm_expressions.hpp"
#include "inventory/arm_parameters.hpp"
#include "inventory/azure_ids.hpp"
#include "inventory/exported.hpp"
#include "inventory/reading.hpp"
#include "value/values.hpp"

namespace sekimori::inventory {
namespace {

constexpr std::size_t most_resources = 20'000;
constexpr std::size_t most_values = 4'000'000;

// What a template says about how to deploy, and an inventory has not.
bool is_of_deployment(std::string_view key) {
  static constexpr std::array<std::string_view, 10> keys = {"resources", "copy", "condition", "dependsOn", "comments", "existing", "metadata", "import", "extension", "asserts"};
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

// Where an attribute is unknown, and what it stands for.
struct unknown_leaf { std::string path, text; };

// Links through resourceId() and the like.
class template_links final : public link_source {
 public:
  std::unordered_map<const resource*, std::vector<unknown_leaf>> leaves;
  std::unordered_map<std::string, std::vector<const resource*>> by_text;

  named_resources named(const resource& from, std::string_view path, std::string_view type) const override {
    named_resources made;
    const auto known = leaves.find(&from);
    if (known == leaves.end()) return made;
    for (const unknown_leaf& one : known->second) {
      if (path.starts_with(one.path) && path.size() > one.path.size() && path[one.path.size()] == '.') made.anything = true;
      if (one.path != path) continue;
      const auto found = by_text.find(one.text);
      if (found == by_text.end() || one.text.empty()) {
        made.anything = made.anything || !one.text.starts_with("{id of ") || one.text.starts_with("{id of " + std::string(type) + " ");
        continue;
      }
      for (const resource* target : found->second) {
        if (target->type != type) continue;
        (found->second.size() == 1 ? made.exact : made.possible).push_back(target);
      }
    }
    return made;
  }
  const std::vector<const resource*>* group_of(const resource&) const override { return nullptr; }
  bool configures(const resource&, std::string_view) const override { return true; }
  bool provider_sets(const resource&, std::string_view) const override { return false; }
  region_found region(const resource& of, arena& memory) const override {
    return {memory.copy(std::string_view(normal_region("azure", plain_attribute(of, "location"))))};
  }
  std::string_view account(const resource&, arena&) const override { return {}; }
  std::string_view native_id(const resource&, arena&) const override { return {}; }
  void collect_secrets(std::vector<std::string>&) const override {}    // they stand in the resources
};

// A value as a document with its masks.
struct masked {
  std::string known, unknown, secret;
  void all(std::string_view text) { for (std::string* one : {&known, &unknown, &secret}) *one += text; }
};

class template_reading {
 public:
  explicit template_reading(reading& into) : into_(into), links_(std::make_unique<template_links>()) {}

  void read(const document_node& root) {
    into_.looks_at_all_of(root);
    arm_expressions in(scratch_, root, "", complaint());
    give_parameters(into_.parameters, root, scratch_, in);
    resources_of(root, in, "", {});
    took_defaults_ = took_defaults_ || in.took_defaults();
    into_.tell_more_shapes("more places do not have the form of a template");
    notes();
    into_.links = std::move(links_);
  }

 private:
  // What a resource is nested in.
  struct parent { std::string type, prefix, shown; value name; };

  void wrong(const std::string& pointer, const std::string& message, std::string expected = "a resource of a template with `type` and `name`") {
    into_.wrong_shape((pointer.empty() ? std::string("the template") : pointer) + " " + message, {std::move(expected), ""});
  }

  arm_expressions::complaint complaint() {
    return [this](const std::string& pointer, const std::string& message) { wrong(pointer, message, "an expression such as [parameters('name')]"); };
  }

  std::string_view kept(const std::string& text) { return into_.memory.copy(std::string_view(text)); }

  void resources_of(const document_node& within, arm_expressions& in, const std::string& pointer, const parent& of) {
    const document_node all = within.field("resources");
    if (all.is_null() && !of.type.empty()) return;
    if (!all.is_list() && !all.is_map()) return wrong(pointer + "/resources", "is neither a list nor an object", "resources of a template");
    std::size_t index = 0;
    all.each_element([&](const document_node& one) { each(one, in, pointer + "/resources/" + std::to_string(index++), of); });
    all.each_entry([&](std::string_view key, const document_node& one) { each(one, in, pointer + "/resources/" + std::string(key), of); });
  }

  void each(const document_node& one, arm_expressions& in, const std::string& pointer, const parent& of) {
    if (full_) return;
    if (!one.is_map()) return wrong(pointer, "is no object");
    if (!one.field("import").is_null() || !one.field("extension").is_null()) {
      ++of_extensions_;
      return;
    }
    document_node loop;
    if (!one.find("copy", loop)) return deployed(one, in, pointer, of);
    const std::string_view name = loop.field("name").text();
    if (name.empty()) return wrong(pointer + "/copy", "is a loop without a name");
    const std::int64_t count = in.times(in.resolve(loop.field("count"), pointer + "/copy/count"));
    if (count < 0) ++open_loops_;
    for (std::int64_t i = 0; i < (count < 0 ? 1 : count) && !full_; ++i) {
      in.enter_loop(name, count < 0 ? value::null() : value::integer(i));
      deployed(one, in, pointer, of);
      in.leave_loop();
    }
  }

  void deployed(const document_node& one, arm_expressions& in, const std::string& pointer, const parent& of) {
    document_node condition;
    if (one.find("condition", condition)) {
      const value holds = in.resolve(condition, pointer + "/condition");
      if (holds.is_false()) {
        ++left_out_;
        return;
      }
      if (!holds.is_true()) ++maybe_;
    }
    const value written = in.resolve(one.field("type"), pointer + "/type"), own = in.resolve(one.field("name"), pointer + "/name");
    if (!written.is(value_kind::string) || written.as_text().empty()) return wrong(pointer, "has no `type`");
    if (!own.is(value_kind::string) && !own.is_unknown()) return wrong(pointer, "has no `name`");
    parent made;
    made.prefix = of.prefix;
    const bool nested = !of.type.empty() && !lower_ascii(written.as_text()).starts_with(lower_ascii(of.type) + "/");
    made.type = nested ? of.type + "/" + std::string(written.as_text()) : std::string(written.as_text());
    if (made.type.find('/') == std::string::npos) return wrong(pointer, "has no `type` such as Microsoft.Storage/storageAccounts");
    const bool shows = own.is(value_kind::string) && !own.sensitive();
    made.shown = (nested ? of.shown + "/" : "") + std::string(shows ? own.as_text() : one.field("name").text());
    made.name = own;
    if (nested) made.name = joined(of.name, own);
    if (lower_ascii(made.type) == "microsoft.resources/deployments") return deployment(one, in, pointer, made);
    if (into_.resources.size() - first_ >= most_resources) {
      if (!full_) into_.problem(diagnostic_code::limit_exceeded, "the template has more than " + std::to_string(most_resources) + " resources");
      full_ = true;
      return;
    }
    add(one, in, pointer, made);
    resources_of(one, in, pointer, made);
  }

  value joined(value before, value after) {
    const std::string a = arm_text_of(before), b = arm_text_of(after), both = a.empty() || b.empty() ? std::string() : a + "/" + b;
    if (before.is_unknown() || after.is_unknown()) return make_unknown(scratch_, {}, scratch_.copy(std::string_view(both)), unknown_reason::computed);
    return make_string(scratch_, both).marked_sensitive(before.sensitive() || after.sensitive());
  }

  // A template in a template: with what it is given, or as if its resources stood outside.
  void deployment(const document_node& one, arm_expressions& in, const std::string& pointer, const parent& of) {
    const document_node properties = one.field("properties"), inner = properties.field("template");
    if (!inner.is_map()) {
      ++linked_;
      return;
    }
    const std::string place = pointer + "/properties/template";
    parent within;
    within.prefix = of.prefix + of.type + "/" + of.shown + "/";
    if (lower_ascii(properties.field("expressionEvaluationOptions").field("scope").text()) != "inner") return resources_of(inner, in, place, within);
    arm_expressions own(scratch_, inner, place, complaint());
    properties.field("parameters").each_entry([&](std::string_view name, const document_node& given) {
      const std::string at = pointer + "/properties/parameters/" + std::string(name);
      document_node plain;
      own.give(name, given.find("value", plain) ? in.resolve(plain, at + "/value") : make_unknown(scratch_, {}, {}, unknown_reason::computed));
    });
    resources_of(inner, own, place, within);
    took_defaults_ = took_defaults_ || own.took_defaults();
  }

  void add(const document_node& one, arm_expressions& in, const std::string& pointer, const parent& of) {
    std::vector<map_entry> attributes;
    one.each_entry([&](std::string_view key, const document_node& under) {
      if (!is_of_deployment(key)) attributes.push_back({value::string(key), in.resolve(under, pointer + "/" + std::string(key))});
    });
    // As an inventory has it: the name is that of the resource itself, without those that it is in.
    for (map_entry& entry : attributes) {
      if (entry.key.as_text() != "name" || !entry.mapped.is(value_kind::string)) continue;
      const std::string_view name = entry.mapped.as_text();
      entry.mapped = value::string(name.substr(name.rfind('/') + 1)).marked_sensitive(entry.mapped.sensitive());
    }
    masked text;
    std::vector<unknown_leaf> leaves;
    text.all("{");
    for (const map_entry& entry : attributes) member(entry, text, leaves, "");
    text.all("}");

    resource& made = into_.resources.emplace_back();
    const std::string type = lower_ascii(of.type);
    std::string address = of.prefix + of.type + "/" + of.shown;
    // Copies of one name: all are judged, and a finding says which.
    const std::size_t times = ++addresses_[address];
    if (times > 1) address += "~" + std::to_string(times);
    made.address = kept(address);
    made.type = kept(type);
    made.name = kept(of.shown.substr(of.shown.rfind('/') + 1));
    made.cloud = "azure";
    made.data_source = one.field("existing").is_true();
    made.what = made.data_source ? action::read : action::create;
    made.evaluated = !made.data_source;
    made.input = into_.input;
    made.pointer = kept(pointer);
    made.known = from_json(into_.memory, text.known);
    made.unknown_mask = from_json(into_.memory, text.unknown);
    made.sensitive_mask = from_json(into_.memory, text.secret);
    const std::string stands_for = arm_resource_text(type, arm_text_of(of.name));
    if (!stands_for.empty()) links_->by_text[stands_for].push_back(&made);
    links_->leaves.emplace(&made, std::move(leaves));
  }

  void member(const map_entry& entry, masked& to, std::vector<unknown_leaf>& leaves, const std::string& path) {
    const std::string_view key = entry.key.as_text();
    if (to.known.back() != '{') to.all(",");
    std::string name;
    append_json_string(name, key);
    to.all(name + ":");
    put(entry.mapped, to, leaves, path.empty() ? std::string(key) : path + "." + std::string(key));
  }

  void put(value one, masked& to, std::vector<unknown_leaf>& leaves, const std::string& path) {
    if (++values_ > most_values) {
      if (!full_) into_.problem(diagnostic_code::limit_exceeded, "the resources of the template have more than " + std::to_string(most_values) + " values");
      full_ = true;
    }
    const bool marked = one.sensitive();
    if (one.is_unknown() || full_) {
      to.known += "null";
      to.unknown += "true";
      to.secret += marked ? "true" : "null";
      leaves.push_back({path, std::string(arm_text(one))});
    } else if (one.is(value_kind::list) && !marked) {
      to.all("[");
      for (std::size_t i = 0; i < one.as_list().size(); ++i) {
        if (i > 0) to.all(",");
        put(one.as_list().at(i), to, leaves, path);
      }
      to.all("]");
    } else if (one.is(value_kind::map) && !marked) {
      to.all("{");
      for (std::size_t i = 0; i < one.as_map().size(); ++i) member(one.as_map().entries()[i], to, leaves, path);
      to.all("}");
    } else {
      to.known += to_json(one);
      to.unknown += "null";
      to.secret += marked ? "true" : "null";
    }
  }

  void note(bool holds, std::size_t count, const char* ja, const char* en) {
    if (!holds) return;
    const std::string number = count > 0 ? std::to_string(count) : std::string();
    into_.record.notes.push_back({number + ja, number + en});
  }

  void notes() {
    note(took_defaults_, 0, "パラメーターの値が与えられていないため、テンプレートの既定値を使いました。", "parameters have the default values of the template: a deployment may give others");
    note(open_loops_ > 0, open_loops_, " 件の繰り返しは回数が分かりません。1件で代表させます。", " loops run an unknown number of times: one resource stands for all of each");
    note(maybe_ > 0, maybe_, " 件の資源は条件が分かりません。配置されるものとして調べます。", " resources have a condition that is not known: they are judged as if they were deployed");
    note(left_out_ > 0, left_out_, " 件の資源は条件により配置されません。", " resources are not deployed, by their conditions");
    note(linked_ > 0, linked_, " 件の配置は別のテンプレートを参照しており、その中身は調べていません。", " deployments name templates that are not in this input: what they deploy is not examined");
    note(of_extensions_ > 0, of_extensions_, " 件は Azure Resource Manager 以外の拡張の資源で、調べていません。", " resources of extensions are none of Azure Resource Manager, and are not examined");
  }

  reading& into_;
  arena scratch_;                                // of values while the template is read
  std::unique_ptr<template_links> links_;
  std::unordered_map<std::string, std::size_t> addresses_;
  std::size_t first_ = into_.resources.size();
  std::size_t values_ = 0;
  std::size_t open_loops_ = 0, maybe_ = 0, left_out_ = 0, linked_ = 0, of_extensions_ = 0;
  bool took_defaults_ = false, full_ = false;
};

bool is_schema(const document_node& root, std::string_view word) { return lower_ascii(text_field(root, "$schema")).find(word) != std::string::npos; }

class template_reader final : public format_reader {
 public:
  std::string_view name() const override { return "arm-template"; }
  std::string_view stage() const override { return "plan"; }
  std::string_view cloud() const override { return "azure"; }
  std::string_view title() const override { return "an ARM template, as Bicep compiles to"; }
  // deploymentTemplate.json, subscriptionDeploymentTemplate.json ...
  bool recognises(const document_node& root) const override { return is_schema(root, "deploymenttemplate.json"); }
  void read(const document_node& root, reading& into) const override { template_reading(into).read(root); }
  std::string_view guess(const document_node& root) const override {
    if (is_schema(root, "deploymentparameters.json")) return "this is a file of parameters: give it together with its template";
    return {};
  }
};

}  // namespace

const format_reader& arm_template_reader() {
  static const template_reader reader;
  return reader;
}

}  // namespace sekimori::inventory
