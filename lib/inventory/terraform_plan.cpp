// inventory: reads `terraform show -json` of a plan, format versions 0.1 to 1.2 (Terraform 0.12 and
// newer, OpenTofu). Entry point: terraform_plan_reader. Knows no rules.
#include <array>

#include "inventory/format.hpp"
#include "inventory/placement.hpp"
#include "inventory/reading.hpp"
#include "inventory/terraform_configuration.hpp"

namespace sekimori::inventory {

namespace {

constexpr std::size_t shape_problems_told = 20;

class plan_reader final : public format_reader {
 public:
  std::string_view name() const override { return "terraform-plan"; }
  std::string_view stage() const override { return "plan"; }

  bool recognises(value root) const override {
    if (field_of(root, "format_version").is_null()) return false;
    for (std::string_view key : {"resource_changes", "planned_values", "configuration"}) {
      if (!field_of(root, key).is_null()) return true;
    }
    return false;
  }

  std::string_view guess(value root) const override {
    if (!field_of(root, "format_version").is_null() && !field_of(root, "values").is_null()) {
      return "this looks like a Terraform state; give the plan: terraform show -json PLANFILE";
    }
    if (!field_of(root, "resource_changes").is_null() || !field_of(root, "planned_values").is_null()) {
      return "this looks like a Terraform plan without `format_version`; write it with terraform show -json PLANFILE";
    }
    if (!field_of(root, "serial").is_null() && !field_of(root, "lineage").is_null()) {
      return "this looks like a Terraform state file; give the plan: terraform show -json PLANFILE";
    }
    return {};
  }

  void read(value root, reading& into) const override;
};

// The required shape is checked first, so that what is built afterwards can rely on it.
class plan_reading {
 public:
  plan_reading(value root, reading& into) : root_(root), into_(into) {}

  void read();

 private:
  void shape(const std::string& pointer, const std::string& message, std::string expected = {}) {
    if (++problems_ > shape_problems_told) return;
    diagnostic_details details;
    details.expected = std::move(expected);
    into_.problem(diagnostic_code::input_shape, pointer + " " + message, std::move(details));
  }
  bool version();
  bool mask_shape(value mask, const std::string& pointer);
  void change(value entry, std::size_t index, terraform_configuration& configuration);
  bool actions_of(value actions, action& what, const std::string& pointer);
  void completeness();
  bool has_planned_resources() const;

  value root_;
  reading& into_;
  std::size_t problems_ = 0;
};

bool plan_reading::version() {
  value given = field_of(root_, "format_version");
  if (!given.is(value_kind::string)) {
    shape("/format_version", "is no string", "\"1.2\"");
    return false;
  }
  into_.record.format_version = given.as_text().substr(0, 20);
  for (std::string_view known : {"0.1", "0.2", "1.0", "1.1", "1.2"}) {
    if (given.as_text() == known) return true;
  }
  diagnostic_details details;
  details.expected = "0.1, 0.2, 1.0, 1.1 or 1.2";
  into_.problem(diagnostic_code::unsupported_version, "the plan has a format_version that is not read", std::move(details));
  return false;
}

bool plan_reading::has_planned_resources() const {
  value module = field_of(field_of(root_, "planned_values"), "root_module");
  return size_of(field_of(module, "resources")) > 0 || size_of(field_of(module, "child_modules")) > 0;
}

bool plan_reading::mask_shape(value mask, const std::string& pointer) {
  if (mask.is_null() || mask.is(value_kind::boolean) || mask.is(value_kind::map)) return true;
  shape(pointer, "is neither an object nor a boolean");
  return false;
}

bool plan_reading::actions_of(value actions, action& what, const std::string& pointer) {
  std::string joined;
  for (std::size_t i = 0; i < size_of(actions) && i < 3; ++i) {
    if (i > 0) joined += ',';
    joined += text_of(actions.as_list().at(i));
  }
  struct row { std::string_view actions; action what; };
  static constexpr std::array<row, 10> rows = {{{"create", action::create}, {"delete,create", action::replace},
                                                {"create,delete", action::replace}, {"update", action::update},
                                                {"no-op", action::no_op}, {"delete", action::remove}, {"read", action::read},
                                                {"forget", action::forget}, {"create,forget", action::replace},
                                                {"forget,create", action::replace}}};
  for (const row& known : rows) {
    if (known.actions != joined) continue;
    what = known.what;
    return true;
  }
  shape(pointer, "is no list of actions that is known",
        "create, update, delete, no-op, read, forget, or create and delete together");
  return false;
}

std::string without_host(std::string_view provider) {
  auto first = provider.find('/');
  if (first == std::string_view::npos || provider.find('/', first + 1) == std::string_view::npos) return std::string(provider);
  return std::string(provider.substr(first + 1));
}

void plan_reading::change(value entry, std::size_t index, terraform_configuration& configuration) {
  std::string pointer = "/resource_changes/" + std::to_string(index);
  if (!entry.is(value_kind::map)) return shape(pointer, "is no object");
  std::size_t before = problems_;
  for (std::string_view key : {"address", "type", "name"}) {
    if (text_field(entry, key).empty()) shape(pointer + "/" + std::string(key), "is no string");
  }
  value change = field_of(entry, "change");
  action what = action::no_op;
  if (!change.is(value_kind::map)) shape(pointer + "/change", "is no object");
  else actions_of(field_of(change, "actions"), what, pointer + "/change/actions");
  // What goes away is known from before; everything else by what it will be.
  bool gone = what == action::remove || what == action::forget;
  std::string_view side = gone ? "before" : "after";
  value known = field_of(change, side);
  if (!known.is_null() && !known.is(value_kind::map)) shape(pointer + "/change/" + std::string(side), "is neither an object nor null");
  value unknown = gone ? value::null() : field_of(change, "after_unknown");
  value sensitive = field_of(change, gone ? "before_sensitive" : "after_sensitive");
  mask_shape(unknown, pointer + "/change/after_unknown");
  mask_shape(sensitive, pointer + "/change/after_sensitive");
  if (problems_ != before) return;

  resource& one = into_.resources.emplace_back();
  one.address = text_field(entry, "address");
  one.type = text_field(entry, "type");
  one.name = text_field(entry, "name");
  one.module = text_field(entry, "module_address");
  one.provider = without_host(text_field(entry, "provider_name"));
  one.cloud = cloud_of_type(one.type);
  one.data_source = text_field(entry, "mode") == "data";
  one.what = what;
  one.deposed = !text_field(entry, "deposed").empty();
  bool stays = what == action::create || what == action::replace || what == action::update || what == action::no_op;
  one.evaluated = stays && !one.data_source && !one.deposed;
  one.key = field_of(entry, "index");
  one.previous_address = text_field(entry, "previous_address");
  one.input = into_.input;
  one.pointer = std::move(pointer);
  one.known = known;
  one.unknown_mask = unknown;
  one.sensitive_mask = sensitive;
  one.configuration = configuration.block_of(one.module, object_of(one));
  if (one.configuration != nullptr) one.provider_key = text_field(one.configuration->block, "provider_config_key");
  place_resource(one, field_of(change, "importing"), configuration);
}

void plan_reading::completeness() {
  std::vector<localized_text>& notes = into_.record.notes;
  std::size_t before = notes.size();
  if (field_of(root_, "errored").is_true()) notes.push_back({"計画の作成がエラーで止まったため、計画の一部しかありません。", "planning stopped with an error, so the plan is not all of it"});
  if (field_of(root_, "complete").is_false()) notes.push_back({"この計画を適用しても、次の計画に回る変更が残ります。", "applying this plan will leave changes for another one"});
  value deferred = field_of(root_, "deferred_changes");
  for (std::size_t i = 0; i < size_of(deferred); ++i) {
    value one = deferred.as_list().at(i);
    std::string_view address = text_field(field_of(one, "resource_change"), "address");
    std::string_view reason = text_field(one, "reason");
    std::string what = std::string(address.empty() ? "(no address)" : address) + (reason.empty() ? "" : " (" + std::string(reason) + ")");
    notes.push_back({"先送りされた変更: " + what, "deferred change: " + what});
  }
  into_.complete = notes.size() == before;
  into_.record.incomplete = !into_.complete;
  if (into_.complete) return;
  diagnostic_details details;
  details.level = diagnostic_level::warning;
  details.help = "what is missing from the plan was not examined; see the notes of the input";
  into_.problem(diagnostic_code::plan_incomplete, "the plan does not hold all changes", std::move(details));
}

void plan_reading::read() {
  if (!version()) return;
  for (std::string_view key : {"planned_values", "configuration", "variables", "prior_state"}) {
    value part = field_of(root_, key);
    if (!part.is_null() && !part.is(value_kind::map)) shape("/" + std::string(key), "is no object");
  }
  for (std::string_view key : {"errored", "complete"}) {
    value part = field_of(root_, key);
    if (!part.is_null() && !part.is(value_kind::boolean)) shape("/" + std::string(key), "is no boolean");
  }
  value deferred = field_of(root_, "deferred_changes");
  if (!deferred.is_null() && !deferred.is(value_kind::list)) shape("/deferred_changes", "is no list");
  value changes = field_of(root_, "resource_changes");
  if (!changes.is_null() && !changes.is(value_kind::list)) shape("/resource_changes", "is no list");
  if (changes.is_null() && has_planned_resources()) {
    diagnostic_details details;
    details.help = "planned_values does not say what is unknown, secret or changed; give the whole output of terraform show -json PLANFILE";
    into_.problem(diagnostic_code::input_shape, "the plan has planned_values with resources but no resource_changes", std::move(details));
    return;
  }
  auto configuration = std::make_unique<terraform_configuration>(root_);
  std::size_t first = into_.resources.size();
  if (problems_ == 0) {
    for (std::size_t i = 0; i < size_of(changes); ++i) change(changes.as_list().at(i), i, *configuration);
  }
  if (problems_ > shape_problems_told) {
    into_.problem(diagnostic_code::input_shape, std::to_string(problems_ - shape_problems_told) + " more places do not have the form of a plan");
  }
  if (problems_ > 0) return;
  for (std::size_t i = first; i < into_.resources.size(); ++i) {
    const resource& one = into_.resources[i];
    if (one.what != action::remove && !one.deposed) configuration->add_instance(&one);
  }
  completeness();
  if (into_.resources.size() == first) into_.record.notes.push_back({"計画に資源がありません。", "the plan has no resource"});
  into_.links = std::move(configuration);
}

void plan_reader::read(value root, reading& into) const { plan_reading(root, into).read(); }

}  // namespace

const format_reader& terraform_plan_reader() {
  static const plan_reader reader;
  return reader;
}

}  // namespace sekimori::inventory
