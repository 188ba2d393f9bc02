// inventory: items of AWS Config: snapshots and delivered history, results of GetResourceConfigHistory, BatchGetResourceConfig
// and SelectResourceConfig (and of their forms for aggregators), events of rules, and items alone. Entry point:
// aws_config_reader. https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationItem.html
#include <algorithm>

#include "base/cloud_types.hpp"
#include "base/digest.hpp"
#include "base/percent.hpp"
#include "inventory/exported.hpp"
#include "inventory/inner_json.hpp"
#include "inventory/reading.hpp"
#include "value/values.hpp"

namespace sekimori::inventory {
namespace {

constexpr std::string_view columns =
    "SELECT resourceId, resourceName, resourceType, arn, accountId, awsRegion, tags, configuration, supplementaryConfiguration";

// The first of several names that is there.
document_node any_of(const document_node& from, std::initializer_list<std::string_view> names) {
  document_node found;
  for (std::string_view name : names) {
    if (from.find(name, found) && !found.is_null()) return found;
  }
  return {};
}

// A number as the API writes it, or as rules get it: as text.
std::string digits(const document_node& of) {
  if (of.is_string()) return std::string(of.text());
  const value plain = of.is_map() || of.is_list() ? value::null() : of.scalar();
  return plain.is(value_kind::integer) ? std::to_string(plain.as_integer()) : std::string();
}

bool is_later(std::string_view a, std::string_view b) { return a.size() != b.size() ? a.size() > b.size() : a > b; }

std::string_view arn_of(const document_node& item) { return any_of(item, {"arn", "ARN"}).text(); }

// What is one resource over all its items, cut short: exports have hundreds of thousands. Empty where it has no name.
std::string name_of_item(const document_node& item) {
  std::string name;
  const document_node id = any_of(item, {"resourceId", "arn", "ARN"});
  if (id.text().empty()) return name;
  for (const document_node& part : {item.field("resourceType"), any_of(item, {"accountId", "awsAccountId"}), item.field("awsRegion"), id}) {
    name.append(part.text()).append("\n");
  }
  const auto digest = sha256(name);
  return {digest.begin(), digest.begin() + 15};
}

// IAM's policies stand in its items percent-encoded: "%7B%22Version%22...". What is no such encoding stays as it is, and no
// function that reads policies takes it.
std::string plain_policy(std::string_view key, std::string_view text) {
  std::string made(text);
  if (!(key == "document" || key == "policyDocument" || key == "assumeRolePolicyDocument") || !text.starts_with('%')) return made;
  if (const auto size = decode_percent(text, made.data())) made.resize(*size);
  else made = text;
  return made;
}

constexpr std::string_view item_lists[] = {"configurationItems", "baseConfigurationItems", "BaseConfigurationItems"};
constexpr std::string_view single_items[] = {"configurationItem", "ConfigurationItem"};

// Finds the items of a document in whatever they are wrapped. `Taker` has item, text_item, text_event, message and no_object.
constexpr int most_wrappings = 4;
template <class Taker>
void unwrap(const document_node& given, const std::string& pointer, Taker& to, int depth = 0) {
  if (!given.is_map()) return to.no_object(pointer);
  for (std::string_view name : item_lists) {
    const document_node listed = given.field(name);
    if (!listed.is_list()) continue;
    to.list(given);
    std::size_t index = 0;
    return listed.each_element([&](const document_node& one) { to.item(one, pointer + "/" + std::string(name) + "/" + std::to_string(index++)); });
  }
  for (std::string_view name : single_items) {
    if (const document_node one = given.field(name); one.is_map()) return to.item(one, pointer + "/" + std::string(name));
  }
  if (const document_node results = given.field("Results"); results.is_list()) {
    to.list(given);
    std::size_t index = 0;
    return results.each_element([&](const document_node& one) { to.text_item(one.text(), pointer + "/Results/" + std::to_string(index++)); });
  }
  if (given.field("invokingEvent").is_string()) return to.text_event(given.field("invokingEvent").text(), pointer + "/invokingEvent");
  if (given.field("messageType").is_string()) return to.message(given, pointer);
  for (std::string_view name : {std::string_view("data"), std::string_view("detail")}) {
    if (depth < most_wrappings && given.field("resourceType").is_null() && given.field(name).is_map()) {
      return unwrap(given.field(name), pointer + "/" + std::string(name), to, depth + 1);
    }
  }
  to.item(given, pointer);
}

bool is_item(const document_node& one) {
  return one.field("resourceType").text().find("::") != std::string_view::npos &&
         !any_of(one, {"configuration", "configurationItemStatus", "awsRegion", "resourceId"}).is_null();
}

class items_reading {
 public:
  explicit items_reading(reading& into) : into_(into), items_(into), events_(into), attributes_(into) {}

  void read(const document_node& root) {
    if (root.is_list()) {
      std::size_t index = 0;
      root.each_element([&](const document_node& one) {
        into_.looks_at_all_of(one);
        element_ = index;
        unwrap(one, into_.element(index++), *this);
      });
    } else {
      into_.looks_at_all_of(root);
      unwrap(root, "", *this);
    }
    inner(events_, element_of_event_, [&](const document_node& one, const std::string& pointer) { unwrap(one, pointer, *this); });
    inner(items_, element_of_item_, [&](const document_node& one, const std::string& pointer) { item(one, pointer); });
    const std::vector<document_node> made = attributes_.parse([&](std::size_t index) { wrong(attributes_.pointer(index), "is no JSON text"); });
    std::stable_sort(pending_.begin(), pending_.end(), [](const pending& a, const pending& b) { return a.element < b.element; });   // those in texts come last
    for (pending& one : pending_) {
      if (one.text < made.size()) one.resource.attributes = made[one.text];
      if (into_.shape_problems() == 0) add_exported(into_, one.resource);
    }
    tell();
    into_.links = export_links();
  }

  // What unwrap found.
  void no_object(const std::string& pointer) { wrong(pointer, "is no object"); }
  void text_item(std::string_view text, const std::string& pointer) {
    add(items_, element_of_item_, text, pointer);
  }
  void text_event(std::string_view text, const std::string& pointer) {
    add(events_, element_of_event_, text, pointer);
  }
  void message(const document_node& given, const std::string& pointer) {
    wrong(pointer, "is a " + std::string(given.field("messageType").text()) + " without a configurationItem",
          "an oversized item is had with GetResourceConfigHistory; a scheduled notification tells of no resource");
  }
  void list(const document_node& of) {
    if (!any_of(of, {"nextToken", "NextToken"}).text().empty()) into_.goes_on("nextToken");
    unprocessed_ += any_of(of, {"unprocessedResourceKeys", "UnprocessedResourceIdentifiers"}).size();
  }

  void item(const document_node& given, const std::string& pointer) {
    if (!given.is_map()) return wrong(pointer, "is no object");
    const std::string_view type = given.field("resourceType").text();
    if (type.empty()) return wrong(pointer, "has no `resourceType`", selected_help());
    const std::string own_type = "aws-config:" + std::string(type);
    if (!is_resource_type(own_type)) {
      foreign_.emplace_back(type);
      return;
    }
    const std::string_view status = given.field("configurationItemStatus").text();
    if (status == "ResourceNotRecorded") {
      ++not_recorded_;
      return;
    }
    pending made;
    made.element = element_;
    const auto newest = into_.names.find(name_of_item(given));
    const bool former = newest != into_.names.end() && is_later(newest->second, digits(given.field("configurationStateId")));
    made.resource.deleted = former || status.starts_with("ResourceDeleted");   // history: what was stands no longer
    former_ = former_ || former;
    made.resource.type = kept(own_type);
    says(given, made.resource);
    if (!configuration(given, pointer, made)) return;
    made.resource.pointer = kept(pointer + "/configuration");
    tags(given, made);
    pending_.push_back(made);
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  struct pending {
    exported_resource resource;
    std::size_t text = none;       // among attributes_
    std::size_t element = 0;       // of a list at the top
  };

  void wrong(const std::string& pointer, const std::string& message, std::string help = {}) {
    into_.wrong_shape((pointer.empty() ? std::string("the item") : pointer) + " " + message,
                  {"a configuration item with `resourceType`, `resourceId` or `arn`, and `configuration`", std::move(help)});
  }
  static std::string selected_help() { return "if it was selected, select the columns that are needed: " + std::string(columns); }
  std::string_view kept(const std::string& text) { return into_.memory.copy(std::string_view(text)); }

  void add(inner_json& to, std::vector<std::size_t>& elements, std::string_view text, const std::string& pointer) {
    if (!is_one_object(text) || !to.add(text, pointer)) return wrong(pointer, "is no text with a JSON object");
    elements.push_back(element_);
  }
  template <class Take>
  void inner(inner_json& texts, const std::vector<std::size_t>& elements, Take take) {
    const auto found = texts.parse([&](std::size_t index) { wrong(texts.pointer(index), "is no JSON text"); });
    for (std::size_t i = 0; i < found.size(); ++i) {
      element_ = elements[i];
      take(found[i], texts.pointer(i));
    }
    for (std::size_t i = found.size(); i < texts.size() && !found.empty(); ++i) wrong(texts.pointer(i), "stands within another text of its kind");
  }

  void says(const document_node& given, exported_resource& to) {
    const std::string_view id = given.field("resourceId").text();
    to.says.native_id = arn_of(given);
    if (to.says.native_id.empty() && id.starts_with("arn:")) to.says.native_id = id;
    if (to.says.native_id.empty()) to.says.native_id = any_of(given.field("configuration"), {"arn", "Arn"}).text();
    to.says.account = any_of(given, {"accountId", "awsAccountId"}).text();
    if (to.says.account.empty()) to.says.account = arn_field(to.says.native_id, 4);
    to.says.region = given.field("awsRegion").text();
    if (to.says.region.empty()) to.says.region = arn_field(to.says.native_id, 3);
    to.name = given.field("resourceName").text();
    if (to.name.empty()) to.name = id;
    to.address = to.says.native_id;
    if (!to.address.empty()) return;
    std::string address = std::string(to.type.substr(to.type.find(':') + 1)) + "/" + std::string(id);
    for (std::string_view place : {to.says.region, to.says.account}) {
      if (!place.empty()) address = std::string(place) + "/" + address;
    }
    to.address = kept(address);
  }

  // False: it was wrong.
  bool configuration(const document_node& given, const std::string& pointer, pending& to) {
    const std::string place = pointer + "/configuration";
    if (to.resource.says.native_id.empty() && given.field("resourceId").text().empty()) return fails(pointer, "has neither `arn` nor `resourceId`", selected_help());
    const document_node held = given.field("configuration"), more = given.field("supplementaryConfiguration");
    const bool empty = held.is_null() || (held.is_string() && (held.text().empty() || held.text() == "null"));
    if (empty && to.resource.deleted) return true;
    if (empty) return fails(pointer, "has no `configuration`", selected_help());
    if (!held.is_map() && !is_one_object(held.text())) return fails(place, "is neither an object nor a text with a JSON object");
    if (!more.is_null() && !more.is_map() && !(more.is_string() && is_one_object(more.text()))) return fails(pointer + "/supplementaryConfiguration", "is no object");
    const bool beside = more.is_map() ? more.size() > 0 : more.is_string();
    const bool policies = to.resource.type.starts_with("aws-config:AWS::IAM::");
    if (held.is_map() && !beside && !policies) {
      to.resource.attributes = held;
      return true;
    }
    std::string text;
    if (!policies && held.is_string()) {
      text = held.text();
    } else {
      const auto inside = json_document::parse(into_.record.file, held.is_string() ? held.text() : std::string_view("{}"));
      if (!inside) return fails(place, "is no JSON text");
      if (!append_json(held.is_map() ? held : inside.value().root(), text, policies ? plain_policy : nullptr)) return fails(place, "is nested too deeply");
    }
    if (beside && !splice(more, pointer + "/supplementaryConfiguration", text)) return false;
    to.text = attributes_.size();
    return attributes_.add(text, place) || fails(place, "is no text with a JSON object");
  }
  bool fails(const std::string& pointer, const std::string& message, std::string help = {}) {
    wrong(pointer, message, std::move(help));
    return false;
  }

  // One member more in the text of an object.
  bool splice(const document_node& more, const std::string& pointer, std::string& object) {
    object.resize(object.rfind('}'));
    const bool first = object.find_first_not_of(" \t\r\n", object.find('{') + 1) == std::string::npos;
    object += first ? "\"supplementaryConfiguration\":" : ",\"supplementaryConfiguration\":";
    if (more.is_string()) {
      object.append(more.text()).append("}");
      return true;
    }
    object += '{';
    bool good = true;
    more.each_entry([&](std::string_view key, const document_node& one) {
      if (object.back() != '{') object += ',';
      append_json_string(object, key);
      object += ':';
      if (!append_unwrapped(one, object, 0)) good = fails(pointer + "/" + std::string(key), "is no JSON text");
    });
    object += "}}";
    return good;
  }

  // A member's JSON may stand in a text, and that in a text again. What has another form stays a text.
  bool append_unwrapped(const document_node& of, std::string& to, int depth) {
    constexpr int texts_in_texts = 4;
    constexpr std::string_view scalars[] = {"true", "false", "null"};
    const std::string_view text = of.text();
    if (!of.is_string() || depth == texts_in_texts) return append_json(of, to);
    if (text.starts_with('{') || text.starts_with('[')) {
      if (!is_one_value(text)) return false;
      to += text;
    } else if (text.starts_with('"') && is_one_value(text)) {
      const auto inside = json_document::parse(into_.record.file, text);
      return inside && append_unwrapped(inside.value().root(), to, depth + 1);
    } else if (std::find(std::begin(scalars), std::end(scalars), text) != std::end(scalars)) {
      to += text;
    } else {
      append_json_string(to, text);
    }
    return true;
  }

  // Columns that were not selected leave tags to the configuration, which has them for some types.
  void tags(const document_node& given, pending& to) {
    document_node found;
    if (given.find("tags", found)) {
      to.resource.says.tags = found;
      return;
    }
    found = any_of(given.field("supplementaryConfiguration"), {"Tags"});
    if (!found.is_list()) found = any_of(given.field("configuration"), {"tags", "Tags", "tagList"});
    to.resource.says.tags = found;
    to.resource.says.tags_told = found.is_list() || found.is_map();
  }

  void tell() {
    into_.tell_more_shapes("more places do not have the form of a configuration item");
    auto note = [&](const std::string& ja, const std::string& en) { into_.record.notes.push_back({ja, en}); };
    auto count = [](std::size_t of) { return std::to_string(of); };
    if (not_recorded_ > 0) note("記録されていない資源の項目を除きました: " + count(not_recorded_), "items of resources that are not recorded were passed over: " + count(not_recorded_));
    // Not how many: of a stream's first pieces it is not known yet.
    if (former_) note("同じ資源の過去の状態を示す項目があり、最新のものだけを検査します。", "some items tell of former states of a resource; the newest one is judged");
    into_.record.incomplete = into_.record.incomplete || unprocessed_ > 0;
    if (unprocessed_ > 0) note("取得できなかった資源があります: " + count(unprocessed_), "resources that were asked for and not given: " + count(unprocessed_));
    std::sort(foreign_.begin(), foreign_.end());
    foreign_.erase(std::unique(foreign_.begin(), foreign_.end()), foreign_.end());
    for (const std::string& type : foreign_) note("AWS の資源でない項目を除きました: " + type, "items that are no resources of AWS were passed over: " + type);
  }

  reading& into_;
  inner_json items_, events_, attributes_;
  std::vector<std::size_t> element_of_item_, element_of_event_;
  std::size_t element_ = 0;
  std::vector<pending> pending_;
  std::size_t not_recorded_ = 0, unprocessed_ = 0;
  bool former_ = false;
  std::vector<std::string> foreign_;
};

// Which of the items of a resource is the newest one.
class newest_items {
 public:
  newest_items(known_names& names) : names_(names) {}

  void item(const document_node& one, const std::string&) {
    std::string state = digits(one.field("configurationStateId"));
    std::string name = name_of_item(one);
    if (state.empty() || name.empty()) return;
    auto [at, fresh] = names_.try_emplace(std::move(name), state);
    if (!fresh && is_later(state, at->second)) at->second = std::move(state);
  }
  void text_event(std::string_view text, const std::string& pointer) {
    if (!is_one_object(text)) return;
    if (const auto parsed = json_document::parse("", text)) unwrap(parsed.value().root(), pointer, *this);
  }
  void text_item(std::string_view, const std::string&) {}   // selected: a resource has one
  void list(const document_node&) {}
  void message(const document_node&, const std::string&) {}
  void no_object(const std::string&) {}

 private:
  known_names& names_;
};

class items_reader final : public format_reader {
 public:
  std::string_view name() const override { return "aws-config"; }
  std::string_view stage() const override { return "inventory"; }
  std::string_view cloud() const override { return "aws"; }
  std::string_view title() const override { return "configuration items of AWS Config"; }
  bool recognises(const document_node& root) const override { return is_ours(root.is_list() ? root.at(0) : root); }
  void read(const document_node& root, reading& into) const override { items_reading(into).read(root); }
  void prepare(const document_node& root, known_names& names) const override {
    newest_items newest(names);
    if (!root.is_list()) return unwrap(root, "", newest);
    root.each_element([&](const document_node& one) { unwrap(one, "", newest); });
  }
  std::string_view guess(const document_node& root) const override {
    if (root.field("detail").field("eventSource").is_string() || root.field("detail-type").text() == "AWS API Call via CloudTrail") {
      return "an event of CloudTrail tells of a call, not of a resource: export the resources from AWS Config";
    }
    return {};
  }

 private:
  static bool is_ours(const document_node& one, int depth = 0) {
    for (std::string_view name : item_lists) {
      if (one.field(name).is_list()) return true;
    }
    for (std::string_view name : single_items) {
      if (is_item(one.field(name))) return true;
    }
    if (const document_node results = one.field("Results"); results.is_list()) return one.field("QueryInfo").is_map() || is_one_object(results.at(0).text());
    if (one.field("invokingEvent").is_string()) return true;
    if (is_item(one)) return true;
    if (one.field("messageType").is_string() && one.field("recordVersion").is_string()) return true;
    return depth < most_wrappings && (is_ours(one.field("data"), depth + 1) || is_ours(one.field("detail"), depth + 1));
  }
};

}  // namespace

const format_reader& aws_config_reader() {
  static const items_reader reader;
  return reader;
}

}  // namespace sekimori::inventory
