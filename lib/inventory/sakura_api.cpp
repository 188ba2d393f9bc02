// inventory: what Sakura Cloud's API answers: lists with From, Count and Total, and single objects. Entry point:
// sakura_api_reader.
// https://manual.sakura.ad.jp/cloud-api/1.1/ and the types of github.com/sacloud/iaas-api-go
#include <algorithm>

#include "inventory/exported.hpp"
#include "inventory/reading.hpp"
#include "value/values.hpp"

namespace sekimori::inventory {
namespace {

constexpr int nested_responses = 4;

// Members of an answer that hold resources: a list, one, and the type of what is in them. Without a type the class of
// each tells it: "sakura-api:database", "sakura-api:proxylb".
struct group { std::string_view list, one, type; };
constexpr group groups[] = {
    {"Servers", "Server", "Server"},
    {"Disks", "Disk", "Disk"},
    {"Switches", "Switch", "Switch"},
    {"Internet", "Internet", "Internet"},
    {"PacketFilters", "PacketFilter", "PacketFilter"},
    {"Archives", "Archive", "Archive"},
    {"CDROMs", "CDROM", "CDROM"},
    {"Bridges", "Bridge", "Bridge"},
    {"Interfaces", "Interface", "Interface"},
    {"PrivateHosts", "PrivateHost", "PrivateHost"},
    {"Notes", "Note", "Note"},
    {"Icons", "Icon", "Icon"},
    {"SSHKeys", "SSHKey", "SSHKey"},
    {"Licenses", "License", "License"},
    {"Keys", "Key", "kms"},
    {"Appliances", "Appliance", {}},
    {"CommonServiceItems", "CommonServiceItem", {}},
    {"items", {}, {}},      // of services with an API of their own: told by their members
};
constexpr std::string_view type_begins = "sakura-api:";
constexpr const group& by_members = groups[std::size(groups) - 1];

// Of the API itself, beside resources.
constexpr std::string_view envelope[] = {"From", "Count", "Total", "is_ok", "Success", "ResponseInfo", "Index", "serial", "nextPageToken"};

// iaas-api-go, types/zone.go: appliances name their zone by its number alone.
struct zone { std::int64_t number; std::string_view name; };
constexpr zone zones[] = {{21001, "tk1a"}, {21002, "tk1b"}, {31001, "is1a"}, {31002, "is1b"}, {31003, "is1c"}, {29001, "tk1v"}};

// Ids are texts, and numbers in old answers.
std::string id_of(const document_node& one) {
  const document_node said = one.field("ID");
  if (said.is_map() || said.is_list()) return {};
  const value id = said.scalar();
  if (id.is(value_kind::string)) return std::string(id.as_text());
  return id.is(value_kind::integer) ? std::to_string(id.as_integer()) : std::string();
}

std::string_view evaluation_rule(const document_node& one) { return text_field(one.field("rule"), "evaluationRuleId"); }

// What has no id of twelve digits: security-control-api-go, EvaluationRule; iam-api-go, PasswordPolicy and IamPolicy.
std::string_view type_by_members(const document_node& one) {
  if (one.field("isEnabled").is_boolean() && !evaluation_rule(one).empty()) return "evaluationrule";
  if (!one.field("min_length").is_null() && one.field("require_symbols").is_boolean()) return "passwordpolicy";
  const document_node binding = one.field("bindings").at(0);
  return !text_field(binding.field("role"), "id").empty() && binding.field("principals").is_list() ? "iampolicy" : std::string_view();
}

// Ids of resources have twelve digits; those of zones and plans are shorter.
bool is_resource(const document_node& one, const group& of) {
  if (&of == &by_members) return !type_by_members(one).empty();
  const std::string id = id_of(one);
  return id.size() == 12 && std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::int64_t number_of(const document_node& from, std::string_view name, std::int64_t otherwise) {
  const document_node found = from.field(name);
  if (found.is_map() || found.is_list()) return otherwise;
  const value plain = found.scalar();
  return plain.is(value_kind::integer) ? plain.as_integer() : otherwise;
}

const group* group_of(std::string_view member, const document_node& held) {
  for (const group& row : groups) {
    if ((row.list == member && held.is_list()) || (row.one == member && held.is_map())) return &row;
  }
  return nullptr;
}

// Whether an answer has resources, or is an empty list of them.
bool is_answer(const document_node& one, int depth = 0) {
  if (one.is_list()) {
    bool found = false;
    if (depth < nested_responses) one.each_element([&](const document_node& element) { found = found || is_answer(element, depth + 1); });
    return found;
  }
  bool found = !type_by_members(one).empty();
  const bool counted = !one.field("Total").is_null() && !one.field("Count").is_null();
  one.each_entry([&](std::string_view member, const document_node& held) {
    const group* of = group_of(member, held);
    if (found || of == nullptr) return;
    found = held.is_list() ? is_resource(held.at(0), *of) || (held.size() == 0 && counted && of != &by_members) : is_resource(held, *of);
  });
  return found;
}

class api_reading {
 public:
  explicit api_reading(reading& into) : into_(into) {}

  void read(const document_node& root) {
    walk(root, "", 0);
    into_.tell_more_shapes("more places hold no resource of Sakura Cloud");
    tell();
    into_.links = export_links();
  }

 private:
  struct page { std::string_view list; std::int64_t from, count, total; };

  void wrong(const std::string& pointer, const std::string& message) {
    into_.wrong_shape((pointer.empty() ? std::string("the answer") : pointer) + " " + message,
                  {"an answer of the API such as {\"Servers\": [...], \"From\": 0, \"Count\": 1, \"Total\": 1}", ""});
  }

  std::string_view kept(const std::string& text) { return into_.memory.copy(std::string_view(text)); }

  void walk(const document_node& one, const std::string& pointer, int depth) {
    if (depth > nested_responses) return wrong(pointer, "is nested more deeply than answers are");
    if (one.is_list()) {
      std::size_t index = 0;
      one.each_element([&](const document_node& element) {
        walk(element, pointer.empty() ? into_.element(index) : pointer + "/" + std::to_string(index), depth + 1);
        ++index;
      });
      return;
    }
    if (!one.is_map()) return wrong(pointer, "is no object");
    if (!type_by_members(one).empty()) return resource(one, by_members, pointer);
    into_.looks_at(one);
    if (!text_field(one, "nextPageToken").empty()) into_.goes_on("nextPageToken");
    bool any = false;
    one.each_entry([&](std::string_view member, const document_node& held) {
      const std::string place = pointer + "/" + std::string(member);
      const group* of = group_of(member, held);
      if (of == nullptr) {
        if (std::find(std::begin(envelope), std::end(envelope), member) == std::end(envelope)) left_.push_back(std::string(member));
        return;
      }
      any = true;
      if (held.is_map()) return resource(held, *of, place);
      std::size_t index = 0;
      held.each_element([&](const document_node& element) { resource(element, *of, place + "/" + std::to_string(index++)); });
      pages_.push_back({of->list, number_of(one, "From", 0), static_cast<std::int64_t>(held.size()), number_of(one, "Total", 0)});
    });
    if (!any) wrong(pointer, "holds no resources");
  }

  void resource(const document_node& one, const group& of, const std::string& pointer) {
    into_.looks_at_all_of(one);
    if (!one.is_map()) return wrong(pointer, "is no object");
    if (!is_resource(one, of)) return wrong(pointer, &of == &by_members ? "is nothing that is known by its members" : "has no `ID` of a resource");
    std::string type(&of == &by_members ? type_by_members(one) : of.type);
    if (type.empty()) {
      const std::string_view of_appliance = text_field(one, "Class");
      for (char c : of_appliance.empty() ? text_field(one.field("Provider"), "Class") : of_appliance) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) type += c;
      }
      if (type.empty()) return wrong(pointer, "has no `Class`, and no `Provider.Class`");
    }
    exported_resource made;
    made.type = kept(std::string(type_begins) + type);
    const std::string id = &of == &by_members ? std::string(evaluation_rule(one)) : id_of(one);
    if (!id.empty()) made.says.native_id = kept(std::string(type_begins) + type + ":" + id);
    made.address = id.empty() ? kept(std::string(type_begins) + type + ":" + pointer) : made.says.native_id;
    made.name = &of == &by_members ? evaluation_rule(one) : text_field(one, "Name");
    made.says.region = kept(normal_region("sakura", place_of(one)));
    made.says.tags = one.field("Tags");
    made.says.tags_told = one.field("Tags").is_list();
    made.attributes = one;
    made.pointer = kept(pointer);
    add_exported(into_, made);
  }

  // The zone of what stands in one; services of a region have that in their status.
  static std::string_view place_of(const document_node& one) {
    for (const document_node& zone : {one.field("Zone"), one.field("Storage").field("Zone"), one.field("Remark").field("Zone"), one.field("Switch").field("Zone")}) {
      if (const std::string_view name = text_field(zone, "Name"); !name.empty()) return name;
      for (const auto& row : zones) {
        if (id_of(zone) == std::to_string(row.number)) return row.name;
      }
    }
    for (std::string_view name : {"Region", "region"}) {
      if (const std::string_view region = text_field(one.field("Status"), name); !region.empty()) return region;
    }
    return {};
  }

  // What is not there, and what was not read.
  void tell() {
    for (const page& one : pages_) {
      const std::int64_t next = one.from + one.count;
      const bool more = next < one.total && std::none_of(pages_.begin(), pages_.end(), [&](const page& other) {
        return other.list == one.list && other.total == one.total && other.from == next;
      });
      if (!more) continue;
      into_.record.incomplete = true;
      const std::string list(one.list), of = std::to_string(one.total), there = std::to_string(next);
      into_.record.notes.push_back({list + " は全 " + of + " 件のうち " + there + " 件目までです。", list + " end at " + there + " of " + of + " in all"});
    }
    std::sort(left_.begin(), left_.end());
    left_.erase(std::unique(left_.begin(), left_.end()), left_.end());
    for (const std::string& name : left_) into_.record.notes.push_back({name + " は資源として読まれません。", name + " is not read as resources"});
  }

  reading& into_;
  std::vector<page> pages_;
  std::vector<std::string> left_;
};

class api_reader final : public format_reader {
 public:
  std::string_view name() const override { return "sakura-api"; }
  std::string_view stage() const override { return "inventory"; }
  std::string_view cloud() const override { return "sakura"; }
  std::string_view title() const override { return "answers of Sakura Cloud's API"; }
  bool recognises(const document_node& root) const override { return is_answer(root); }
  void read(const document_node& root, reading& into) const override { api_reading(into).read(root); }
  // Those of lists with a name of their own, in capitals; others are classes that an answer names.
  std::optional<std::vector<std::string>> types_like(std::string_view type) const override {
    if (!type.starts_with(type_begins) || type.size() == type_begins.size() || type[type_begins.size()] < 'A' || type[type_begins.size()] > 'Z') return std::nullopt;
    std::vector<std::string> made;
    for (const group& row : groups) {
      if (!row.type.empty()) made.push_back(std::string(type_begins) + std::string(row.type));
    }
    return made;
  }
};

}  // namespace

const format_reader& sakura_api_reader() {
  static const api_reader reader;
  return reader;
}

}  // namespace sekimori::inventory
