// inventory: see exported.hpp.
#include "inventory/exported.hpp"

#include <algorithm>

#include "base/cloud_types.hpp"
#include "inventory/reading.hpp"
#include "rules/register_fields.hpp"
#include "value/values.hpp"

namespace sekimori::inventory {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

std::string lower(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == ' ') continue;      // Azure: "Japan East" is japaneast
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

// "asia-northeast1-a", "ap-northeast-1a" -> the region; anything else stays.
std::string without_zone(std::string text) {
  if (text.size() > 3 && is_letter(text.back())) {
    if (text[text.size() - 2] == '-') text.resize(text.size() - 2);
    else if (is_digit(text[text.size() - 2]) && std::count(text.begin(), text.end(), '-') >= 2) text.pop_back();
  }
  return text;
}

class exports final : public link_source {
 public:
  named_resources named(const resource&, std::string_view, std::string_view) const override { return {}; }
  const std::vector<const resource*>* group_of(const resource&) const override { return nullptr; }
  bool configures(const resource&, std::string_view) const override { return true; }
  bool provider_sets(const resource&, std::string_view) const override { return false; }
  region_found region(const resource& of, arena&) const override { return {of.says->region}; }
  std::string_view account(const resource& of, arena&) const override { return of.says->account; }
  std::string_view native_id(const resource& of, arena&) const override { return of.says->native_id; }
  void collect_secrets(std::vector<std::string>&) const override {}   // they stand in the resources
};

}  // namespace

std::string normal_region(std::string_view cloud, std::string_view text) {
  const auto slash = text.rfind('/');
  std::string region = lower(slash == std::string_view::npos ? text : text.substr(slash + 1));
  return cloud == "sakura" || cloud == "azure" ? region : without_zone(std::move(region));
}

std::string_view arn_field(std::string_view arn, int which) {
  if (arn.substr(0, 4) != "arn:") return {};
  std::size_t at = 0;
  for (int i = 0; i < which; ++i) {
    at = arn.find(':', at);
    if (at == std::string_view::npos) return {};
    ++at;
  }
  auto end = arn.find(':', at);
  return end == std::string_view::npos ? std::string_view() : arn.substr(at, end - at);
}

std::string_view path_part(std::string_view id, std::string_view after) {
  auto at = id.find(after);
  if (at == std::string_view::npos) return {};
  auto rest = id.substr(at + after.size());
  return rest.substr(0, rest.find('/'));
}

resource& add_exported(reading& into, const exported_resource& given) {
  resource& one = into.resources.emplace_back();
  one.address = given.address;
  one.type = given.type;
  one.name = given.name;
  one.cloud = type_without_cloud(given.type).empty() ? cloud_of_type(given.type) : text_field(given.attributes, "cloud");
  one.what = given.deleted ? action::remove : action::no_op;
  one.evaluated = !given.deleted;
  one.input = into.input;
  one.pointer = given.pointer;
  one.known = given.attributes;
  one.says = into.memory.make<exported>(given.says);
  return one;
}

std::unique_ptr<link_source> export_links() { return std::make_unique<exports>(); }

}  // namespace sekimori::inventory
