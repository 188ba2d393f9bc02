// inventory: see azure_ids.hpp.
#include "inventory/azure_ids.hpp"

#include <algorithm>

namespace sekimori::inventory {
namespace {

constexpr std::string_view subscriptions = "/subscriptions/", providers = "/providers/";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same(char a, char b) { return lower(a) == lower(b); }

bool begins(std::string_view text, std::string_view with) {
  return text.size() >= with.size() && std::equal(with.begin(), with.end(), text.begin(), same);
}

}  // namespace

bool is_azure_id(std::string_view text) {
  return (begins(text, subscriptions) && text.size() > subscriptions.size()) || (begins(text, providers) && text.size() > providers.size());
}

std::string_view azure_subscription(std::string_view id) {
  if (!begins(id, subscriptions)) return {};
  id.remove_prefix(subscriptions.size());
  return id.substr(0, id.find('/'));
}

std::string azure_type(std::string_view id) {
  const auto at = std::find_end(id.begin(), id.end(), providers.begin(), providers.end(), same);
  if (at == id.end()) {
    const auto slashes = std::count(id.begin(), id.end(), '/');
    if (!begins(id, subscriptions)) return {};
    return slashes == 2 ? "microsoft.resources/subscriptions" : slashes == 4 ? "microsoft.resources/subscriptions/resourcegroups" : "";
  }
  std::string_view rest = id.substr(static_cast<std::size_t>(at - id.begin()) + providers.size());
  std::string made;
  for (std::size_t part = 0; !rest.empty(); ++part) {     // provider, type, name, type, name ...
    const std::size_t stop = rest.find('/');
    if (part == 0 || part % 2 == 1) made += (part == 0 ? "" : "/") + lower_ascii(rest.substr(0, stop));
    rest = stop == std::string_view::npos ? std::string_view() : rest.substr(stop + 1);
  }
  return made.find('/') == std::string::npos ? std::string() : made;
}

std::string lower_ascii(std::string_view text) {
  std::string made(text);
  std::transform(made.begin(), made.end(), made.begin(), lower);
  return made;
}

std::string_view compared_id(std::string_view text, arena& memory) {
  if (text.empty() || text.front() != '/' || !is_azure_id(text)) return text;
  return std::any_of(text.begin(), text.end(), [](char c) { return lower(c) != c; }) ? memory.copy(std::string_view(lower_ascii(text))) : text;
}

}  // namespace sekimori::inventory
