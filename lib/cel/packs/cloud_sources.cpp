// cel: which sources of a network rule mean the internet. Entry points: the bodies. Knows how clouds
// write sources (an address, a range, a word), not their resources.
#include <string_view>

#include "cel/packs/network_address.hpp"
#include "cel/packs/cloud.hpp"
#include "cel/packs/support.hpp"

namespace sekimori::cel::cloud {
namespace {

bool equal_ascii(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
    if (c != lower[i]) return false;
  }
  return true;
}

// "0.0.0.0/0" and "::/0" in every spelling, 10.0.0.0/0 too: a prefix of length 0 is every address.
bool any_source(std::string_view text) {
  if (text.empty() || text == "*" || equal_ascii(text, "any") || equal_ascii(text, "internet")) return true;
  network parsed;
  return parse_network(text, parsed) == address_problem::none && parsed.prefix == 0;
}

// Digits, dots, colons and slashes only: meant as an address, not as a name.
bool looks_like_address(std::string_view text) {
  bool separated = false;
  bool colon = text.find(':') != std::string_view::npos;
  for (char c : text) {
    const bool digit = c >= '0' && c <= '9';
    const bool hex = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (c == '.' || c == ':' || c == '/') separated = true;
    else if (!digit && c != '-' && c != '%' && !(hex && colon)) return false;
  }
  return separated;
}

bool parse_range(std::string_view text, address& first, address& last) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return false;
  return parse_address(pack_support::trim_ascii(text.substr(0, dash)), first) == address_problem::none &&
         parse_address(pack_support::trim_ascii(text.substr(dash + 1)), last) == address_problem::none && first.v6 == last.v6 && first <= last;
}

}  // namespace

value is_any_source(call_context&, arguments given) {
  return value::boolean(any_source(pack_support::trim_ascii(given[0].as_text())));
}

value is_public_source(call_context& context, arguments given) {
  const std::string_view text = pack_support::trim_ascii(given[0].as_text());
  if (any_source(text)) return value::boolean(true);
  network block;
  if (parse_network(text, block) == address_problem::none) {
    return value::boolean(is_public(first_of(block), last_of(block)));
  }
  address first;
  address last;
  if (parse_address(text, first) == address_problem::none) return value::boolean(is_public(first, first));
  if (parse_range(text, first, last)) return value::boolean(is_public(first, last));
  // Calling a mistyped address "not public" would pass a rule that nobody checked.
  if (looks_like_address(text)) {
    return context.fail(evaluation_error_code::invalid_argument, "the source looks like an address but is none");
  }
  return value::boolean(false);
}

}  // namespace sekimori::cel::cloud
