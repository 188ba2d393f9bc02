// inventory: reads `terraform show -json` of a plan, format versions 0.1 to 1.2 (Terraform 0.12 and
// newer, OpenTofu). Entry point: terraform_plan_reader. Knows no rules.
#include <array>
#include <charconv>

#include "base/cloud_types.hpp"
#include "inventory/format.hpp"
#include "inventory/reading.hpp"
#include "inventory/terraform_configuration.hpp"
#include "inventory/terraform_sources.hpp"

namespace sekimori::inventory {

namespace {

constexpr int module_depth_limit = 64;

class plan_reader final : public format_reader {
 public:
  std::string_view name() const override { return "terraform-plan"; }
  std::string_view stage() const override { return "plan"; }
  std::string_view title() const override { return "a Terraform plan as terraform show -json writes it"; }

  bool recognises(const document_node& root) const override {
    if (field_of(root, "format_version").is_null()) return false;
    for (std::string_view key : {"resource_changes", "planned_values", "configuration"}) {
      if (!field_of(root, key).is_null()) return true;
    }
    return false;
  }

  std::string_view guess(const document_node& root) const override {
    if (!field_of(root, "resource_changes").is_null() || !field_of(root, "planned_values").is_null()) {
      return "this looks like a Terraform plan without `format_version`; write it with terraform show -json PLANFILE";
    }
    return {};
  }

  void read(const document_node& root, reading& into) const override;
};

// The required shape is checked first, so that what is built afterwards can rely on it.
class plan_reading {
 public:
  plan_reading(const document_node& root, reading& into) : root_(root), into_(into) {}

  void read();

 private:
  void shape(const std::string& pointer, const std::string& message, std::string expected = {}) {
    diagnostic_details details;
    details.expected = std::move(expected);
    into_.wrong_shape(pointer + " " + message, std::move(details));
  }
  bool version();
  bool is_mask(const document_node& mask) const { return mask.is_null() || mask.is_boolean() || mask.is_map(); }
  void change(const document_node& entry, std::size_t index, const terraform_configuration& configuration);
  bool actions_of(const document_node& actions, action& what) const;
  void completeness();
  bool has_planned_resources() const;
  std::size_t planned_instances(const document_node& module, int depth) const;
  bool has_all_changes(std::size_t first) const;

  document_node root_;
  reading& into_;
  module_block* module_ = nullptr;           // of the resource before
  std::string_view module_address_;
  std::size_t block_hint_ = 0;
};

bool plan_reading::version() {
  const document_node given = root_.field("format_version");
  if (!given.is_string()) {
    shape("/format_version", "is no string", "\"1.2\"");
    return false;
  }
  into_.record.format_version = given.text().substr(0, 20);
  for (std::string_view known : {"0.1", "0.2", "1.0", "1.1", "1.2"}) {
    if (given.text() == known) return true;
  }
  diagnostic_details details;
  details.expected = "0.1, 0.2, 1.0, 1.1 or 1.2";
  into_.problem(diagnostic_code::unsupported_version, "the plan has a format_version that is not read", std::move(details));
  return false;
}

bool plan_reading::has_planned_resources() const {
  const document_node planned = root_.field("planned_values"), module = planned.field("root_module");
  into_.looks_at(planned);
  into_.looks_at(module);
  return size_of(module.field("resources")) > 0 || size_of(module.field("child_modules")) > 0;
}

// Managed instances in a module of planned_values and in those inside it.
std::size_t plan_reading::planned_instances(const document_node& module, int depth) const {
  std::size_t found = 0;
  if (depth > module_depth_limit) return found;
  into_.looks_at(module);
  module.field("resources").each_element([&](const document_node& one) { found += text_field(one, "mode") == "managed"; });
  module.field("child_modules").each_element([&](const document_node& one) { found += planned_instances(one, depth + 1); });
  return found;
}

// Whether the list of changes has whatever will be there: nothing was put off, and no change was taken out of the list.
bool plan_reading::has_all_changes(std::size_t first) const {
  std::size_t kept = 0;
  for (std::size_t i = first; i < into_.resources.size(); ++i) kept += into_.resources[i].evaluated;
  return into_.complete && kept == planned_instances(root_.field("planned_values").field("root_module"), 0);
}

bool plan_reading::actions_of(const document_node& actions, action& what) const {
  std::array<std::string_view, 3> said;
  std::size_t count = 0;
  if (actions.is_list()) {
    actions.each_element([&](const document_node& one) {
      if (count < said.size()) said[count] = one.text();
      ++count;
    });
  }
  struct row { std::string_view first, second; action what; };
  static constexpr std::array<row, 10> rows = {{{"create", "", action::create}, {"no-op", "", action::no_op}, {"update", "", action::update},
                                                {"delete", "create", action::replace}, {"create", "delete", action::replace},
                                                {"delete", "", action::remove}, {"read", "", action::read}, {"forget", "", action::forget},
                                                {"create", "forget", action::replace}, {"forget", "create", action::replace}}};
  for (const row& known : rows) {
    if (known.first != said[0] || known.second != said[1] || count != (known.second.empty() ? 1u : 2u)) continue;
    what = known.what;
    return true;
  }
  return false;
}

// The members of an entry and of its change, each met once on the way along it; of two of one name the first.
struct change_members {
  document_node address, module_address, mode, type, name, index, provider_name, deposed, previous_address, change;
  document_node actions, before, after, after_unknown, before_sensitive, after_sensitive, importing;

  struct member { std::string_view name; document_node change_members::* at; };

  template <std::size_t count>
  void take(const document_node& from, const member (&members)[count]) {
    std::uint32_t met = 0;
    std::size_t next = 0;      // Terraform writes them in this order, and leaves some out
    from.each_entry([&](std::string_view key, const document_node& held) {
      for (std::size_t tried = 0, i = next; tried < count; ++tried, i = i + 1 == count ? 0 : i + 1) {
        if (members[i].name != key) continue;
        if ((met & 1u << i) == 0) this->*members[i].at = held;
        met |= 1u << i;
        next = i + 1 == count ? 0 : i + 1;
        return;
      }
    });
  }
  explicit change_members(const document_node& entry) {
    static constexpr member outer[] = {{"address", &change_members::address}, {"previous_address", &change_members::previous_address},
                                       {"module_address", &change_members::module_address}, {"mode", &change_members::mode},
                                       {"type", &change_members::type}, {"name", &change_members::name}, {"index", &change_members::index},
                                       {"provider_name", &change_members::provider_name}, {"deposed", &change_members::deposed},
                                       {"change", &change_members::change}};
    static constexpr member inner[] = {{"actions", &change_members::actions}, {"before", &change_members::before}, {"after", &change_members::after},
                                       {"after_unknown", &change_members::after_unknown}, {"before_sensitive", &change_members::before_sensitive},
                                       {"after_sensitive", &change_members::after_sensitive}, {"importing", &change_members::importing}};
    take(entry, outer);
    take(change, inner);
  }
};

void plan_reading::change(const document_node& entry, std::size_t index, const terraform_configuration& configuration) {
  char digits[24];
  auto pointer = [&]() {
    const auto end = std::to_chars(digits, digits + sizeof digits, index).ptr;
    return "/resource_changes/" + std::string(digits, end);
  };
  if (!entry.is_map()) return shape(pointer(), "is no object");
  const std::size_t before = into_.shape_problems();
  const change_members said(entry);
  if (said.address.text().empty()) shape(pointer() + "/address", "is no string");
  if (said.type.text().empty()) shape(pointer() + "/type", "is no string");
  if (said.name.text().empty()) shape(pointer() + "/name", "is no string");
  action what = action::no_op;
  if (!said.change.is_map()) {
    shape(pointer() + "/change", "is no object");
  } else if (!actions_of(said.actions, what)) {
    shape(pointer() + "/change/actions", "is no list of actions that is known",
          "create, update, delete, no-op, read, forget, or create and delete together");
  }
  // What goes away is known from before; everything else by what it will be.
  const bool gone = what == action::remove || what == action::forget;
  const document_node& known = gone ? said.before : said.after;
  if (!known.is_null() && !known.is_map()) shape(pointer() + (gone ? "/change/before" : "/change/after"), "is neither an object nor null");
  const document_node unknown = gone ? document_node() : said.after_unknown;
  const document_node& sensitive = gone ? said.before_sensitive : said.after_sensitive;
  if (!is_mask(unknown)) shape(pointer() + "/change/after_unknown", "is neither an object nor a boolean");
  if (!is_mask(sensitive)) shape(pointer() + "/change/after_sensitive", "is neither an object nor a boolean");
  if (into_.shape_problems() != before) return;

  resource& one = into_.resources.emplace_back();
  one.address = said.address.text();
  one.type = said.type.text();
  one.name = said.name.text();
  one.module = said.module_address.text();
  one.provider = provider_source(said.provider_name.text());
  one.cloud = cloud_of_type(one.type);
  one.data_source = said.mode.text() == "data";
  one.what = what;
  one.deposed = !said.deposed.text().empty();
  const bool stays = what == action::create || what == action::replace || what == action::update || what == action::no_op;
  one.evaluated = stays && !one.data_source && !one.deposed;
  if (!said.index.is_map() && !said.index.is_list()) one.key = said.index.scalar();
  one.previous_address = said.previous_address.text();
  one.input = into_.input;
  one.pointer = into_.memory.copy(std::string_view(pointer()));
  one.known = known;
  one.unknown_mask = unknown;
  one.sensitive_mask = sensitive;
  one.imported_id = said.importing.field("id").text();
  // Resources of one module stand together.
  if (module_ == nullptr || module_address_ != one.module) {
    module_ = configuration.module_at(one.module);
    module_address_ = one.module;
    block_hint_ = 0;
  }
  one.configuration = configuration.block_of(module_, one, block_hint_);
  if (one.configuration == nullptr) return;
  one.provider_key = one.configuration->provider_key;
  // Who takes the literals out of a plan takes `expressions` out; that a block has none then says nothing.
  const bool told = one.configuration->expressions.is_map();
  one.made_as_configured = told && one.evaluated && (what == action::create || what == action::replace) && said.importing.is_null();
}

void plan_reading::completeness() {
  std::vector<localized_text>& notes = into_.record.notes;
  std::size_t before = notes.size();
  if (field_of(root_, "errored").is_true()) notes.push_back({"計画の作成がエラーで止まったため、計画の一部しかありません。", "planning stopped with an error, so the plan is not all of it"});
  if (field_of(root_, "complete").is_false()) notes.push_back({"この計画を適用しても、次の計画に回る変更が残ります。", "applying this plan will leave changes for another one"});
  root_.field("deferred_changes").each_element([&](const document_node& one) {
    std::string_view address = text_field(field_of(one, "resource_change"), "address");
    std::string_view reason = text_field(one, "reason");
    std::string what = std::string(address.empty() ? "(no address)" : address) + (reason.empty() ? "" : " (" + std::string(reason) + ")");
    notes.push_back({"先送りされた変更: " + what, "deferred change: " + what});
  });
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
    const document_node part = root_.field(key);
    if (!part.is_null() && !part.is_map()) shape("/" + std::string(key), "is no object");
  }
  for (std::string_view key : {"errored", "complete"}) {
    const document_node part = root_.field(key);
    if (!part.is_null() && !part.is_boolean()) shape("/" + std::string(key), "is no boolean");
  }
  const document_node deferred = root_.field("deferred_changes");
  if (!deferred.is_null() && !deferred.is_list()) shape("/deferred_changes", "is no list");
  const document_node changes = root_.field("resource_changes");
  // Of the rest nothing is read.
  into_.looks_at(root_);
  for (std::string_view key : {"configuration", "variables", "deferred_changes"}) into_.looks_at_all_of(root_.field(key));
  if (!changes.is_null() && !changes.is_list()) shape("/resource_changes", "is no list");
  if (changes.is_null() && has_planned_resources()) {
    diagnostic_details details;
    details.help = "planned_values does not say what is unknown, secret or changed; give the whole output of terraform show -json PLANFILE";
    into_.problem(diagnostic_code::input_shape, "the plan has planned_values with resources but no resource_changes", std::move(details));
    return;
  }
  auto configuration = std::make_unique<terraform_configuration>(root_);
  std::size_t first = into_.resources.size();
  if (into_.shape_problems() == 0) {
    std::size_t index = 0;
    changes.each_element([&](const document_node& entry) {
      into_.looks_at_all_of(entry);
      change(entry, index++, *configuration);
    });
  }
  into_.tell_more_shapes("more places do not have the form of a plan");
  if (into_.shape_problems() > 0) return;
  completeness();
  configuration->links_among(into_.resources, first, has_all_changes(first));
  if (into_.resources.size() == first) into_.record.notes.push_back({"計画に資源がありません。", "the plan has no resource"});
  add_sources(root_.field("configuration"), into_);
  into_.links = std::move(configuration);
}

void plan_reader::read(const document_node& root, reading& into) const { plan_reading(root, into).read(); }

}  // namespace

const format_reader& terraform_plan_reader() {
  static const plan_reader reader;
  return reader;
}

}  // namespace sekimori::inventory
