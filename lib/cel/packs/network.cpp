// cel: the network pack: ip and cidr as cel-spec has them, and isPublic on both; and k8s.network, which takes no IPv4-mapped
// address in any form. Entry points: network_pack, kubernetes_network_pack. Arithmetic and ranges are network_address.hpp's.
#include <array>
#include <iterator>

#include "cel/cost/rules.hpp"
#include "cel/packs/network_address.hpp"
#include "cel/packs/support.hpp"

namespace sekimori::cel {
namespace {

constexpr std::string_view ip_type = "net.IP";
constexpr std::string_view cidr_type = "net.CIDR";

class ip_value final : public opaque_view {
 public:
  ip_value(address held, std::string_view text) : held_(held), text_(text) {}
  std::string_view type_name() const override { return ip_type; }
  bool equals(const opaque_view& other) const override { return static_cast<const ip_value&>(other).held_ == held_; }
  std::string_view to_string() const override { return text_; }
  std::uint64_t size() const override { return held_.v6 ? 16 : 4; }
  const address& held() const { return held_; }

 private:
  address held_;
  std::string_view text_;
};

class cidr_value final : public opaque_view {
 public:
  cidr_value(network held, std::string_view text) : held_(held), text_(text) {}
  std::string_view type_name() const override { return cidr_type; }
  bool equals(const opaque_view& other) const override { return static_cast<const cidr_value&>(other).held_ == held_; }
  std::string_view to_string() const override { return text_; }
  std::uint64_t size() const override { return (held_.prefix + 7) / 8; }
  const network& held() const { return held_; }

 private:
  network held_;
  std::string_view text_;
};

using arguments = std::span<const value>;

// Which texts a pack takes.
using address_parser = address_problem (*)(std::string_view text, address& parsed);
using network_parser = address_problem (*)(std::string_view text, network& parsed);

const address& ip_of(value given) { return static_cast<const ip_value&>(given.as_opaque()).held(); }
const network& cidr_of(value given) { return static_cast<const cidr_value&>(given.as_opaque()).held(); }

value make_ip(call_context& context, const address& held) {
  return value::opaque(context.memory.make<ip_value>(held, context.memory.copy(std::string_view(to_string(held)))));
}

value make_cidr(call_context& context, const network& held) {
  return value::opaque(context.memory.make<cidr_value>(held, context.memory.copy(std::string_view(to_string(held)))));
}

value refuse(call_context& context, address_problem problem, bool whole_network) {
  if (problem == address_problem::zone) {
    return context.fail(evaluation_error_code::invalid_argument,
                        whole_network ? "a CIDR with a zone is not allowed" : "an IP address with a zone is not allowed");
  }
  if (problem == address_problem::mapped) {
    return context.fail(evaluation_error_code::invalid_argument, "an IPv4-mapped IPv6 address is not allowed");
  }
  return context.fail(evaluation_error_code::invalid_argument, whole_network ? "the string is no CIDR" : "the string is no IP address");
}

template <address_parser parse>
value ip(call_context& context, arguments given) {
  address parsed;
  const address_problem problem = parse(given[0].as_text(), parsed);
  return problem == address_problem::none ? make_ip(context, parsed) : refuse(context, problem, false);
}

template <address_parser parse>
value is_ip(call_context&, arguments given) {
  address parsed;
  return value::boolean(parse(given[0].as_text(), parsed) == address_problem::none);
}

template <address_parser parse>
value is_canonical(call_context& context, arguments given) {
  address parsed;
  const address_problem problem = parse(given[0].as_text(), parsed);
  if (problem != address_problem::none) return refuse(context, problem, false);
  return value::boolean(to_string(parsed) == given[0].as_text());
}

value family(call_context&, arguments given) { return value::integer(ip_of(given[0]).v6 ? 6 : 4); }
value unspecified(call_context&, arguments given) { return value::boolean(is_unspecified(ip_of(given[0]))); }
value loopback(call_context&, arguments given) { return value::boolean(is_loopback(ip_of(given[0]))); }
value link_local_unicast(call_context&, arguments given) {
  return value::boolean(is_link_local_unicast(ip_of(given[0])));
}
value link_local_multicast(call_context&, arguments given) {
  return value::boolean(is_link_local_multicast(ip_of(given[0])));
}
value global_unicast(call_context&, arguments given) { return value::boolean(is_global_unicast(ip_of(given[0]))); }
value ip_is_public(call_context&, arguments given) {
  return value::boolean(is_public(ip_of(given[0]), ip_of(given[0])));
}

template <network_parser parse>
value cidr(call_context& context, arguments given) {
  network parsed;
  const address_problem problem = parse(given[0].as_text(), parsed);
  return problem == address_problem::none ? make_cidr(context, parsed) : refuse(context, problem, true);
}

template <network_parser parse>
value is_cidr(call_context&, arguments given) {
  network parsed;
  return value::boolean(parse(given[0].as_text(), parsed) == address_problem::none);
}

value contains_ip(call_context&, arguments given) {
  return value::boolean(contains(cidr_of(given[0]), ip_of(given[1])));
}

template <address_parser parse>
value contains_ip_text(call_context& context, arguments given) {
  address parsed;
  const address_problem problem = parse(given[1].as_text(), parsed);
  if (problem != address_problem::none) return refuse(context, problem, false);
  return value::boolean(contains(cidr_of(given[0]), parsed));
}

value contains_cidr(call_context&, arguments given) {
  return value::boolean(contains(cidr_of(given[0]), cidr_of(given[1])));
}

template <network_parser parse>
value contains_cidr_text(call_context& context, arguments given) {
  network parsed;
  const address_problem problem = parse(given[1].as_text(), parsed);
  if (problem != address_problem::none) return refuse(context, problem, true);
  return value::boolean(contains(cidr_of(given[0]), parsed));
}

value cidr_ip(call_context& context, arguments given) { return make_ip(context, cidr_of(given[0]).base); }
value prefix_length(call_context&, arguments given) { return value::integer(cidr_of(given[0]).prefix); }

value masked(call_context& context, arguments given) {
  const network& held = cidr_of(given[0]);
  return make_cidr(context, {first_of(held), held.prefix});
}

value is_mask(call_context&, arguments given) {
  const network& held = cidr_of(given[0]);
  return value::boolean(first_of(held) == held.base);
}

value cidr_is_public(call_context&, arguments given) {
  return value::boolean(is_public(first_of(cidr_of(given[0])), last_of(cidr_of(given[0]))));
}

value text_of(call_context& context, arguments given) {
  return make_string(context.memory, given[0].as_opaque().to_string());
}

using text = std::string_view;
constexpr text string[] = {"string"};
constexpr text an_ip[] = {ip_type};
constexpr text a_cidr[] = {cidr_type};
constexpr text cidr_string[] = {cidr_type, "string"};
constexpr text cidr_and_ip[] = {cidr_type, ip_type};
constexpr text cidr_and_cidr[] = {cidr_type, cidr_type};

constexpr overload ip_overloads[] = {
    {"string_to_ip", false, string, ip_type, ip<parse_address>, 0, &cost::address_parse},
    {"cidr_ip", true, a_cidr, ip_type, cidr_ip, 0, &cost::address_part},
};
constexpr overload is_ip_overloads[] = {{"is_ip", false, string, "bool", is_ip<parse_address>, 0, &cost::address_test}};
constexpr overload canonical_overloads[] = {{"ip_is_canonical", false, string, "bool", is_canonical<parse_address>, 0, &cost::address_canonical}};
constexpr overload family_overloads[] = {{"ip_family", true, an_ip, "int", family}};
constexpr overload unspecified_overloads[] = {{"ip_is_unspecified", true, an_ip, "bool", unspecified}};
constexpr overload loopback_overloads[] = {{"ip_is_loopback", true, an_ip, "bool", loopback}};
constexpr overload local_unicast_overloads[] = {{"ip_is_link_local_unicast", true, an_ip, "bool", link_local_unicast}};
constexpr overload local_multicast_overloads[] = {
    {"ip_is_link_local_multicast", true, an_ip, "bool", link_local_multicast},
};
constexpr overload global_overloads[] = {{"ip_is_global_unicast", true, an_ip, "bool", global_unicast}};
constexpr overload public_overloads[] = {
    {"ip_is_public", true, an_ip, "bool", ip_is_public},
    {"cidr_is_public", true, a_cidr, "bool", cidr_is_public},
};
constexpr overload string_overloads[] = {
    {"ip_to_string", false, an_ip, "string", text_of, 0, &cost::address_to_text},
    {"cidr_to_string", false, a_cidr, "string", text_of, 0, &cost::address_to_text},
};
constexpr overload cidr_overloads[] = {{"string_to_cidr", false, string, cidr_type, cidr<parse_network>, 0, &cost::address_parse}};
constexpr overload is_cidr_overloads[] = {{"is_cidr", false, string, "bool", is_cidr<parse_network>, 0, &cost::address_test}};
constexpr overload contains_ip_overloads[] = {
    {"cidr_contains_ip_string", true, cidr_string, "bool", contains_ip_text<parse_address>, 0, &cost::network_has_address_text},
    {"cidr_contains_ip_ip", true, cidr_and_ip, "bool", contains_ip, 0, &cost::network_has_address},
};
constexpr overload contains_cidr_overloads[] = {
    {"cidr_contains_cidr_string", true, cidr_string, "bool", contains_cidr_text<parse_network>, 0, &cost::network_has_network_text},
    {"cidr_contains_cidr", true, cidr_and_cidr, "bool", contains_cidr, 0, &cost::network_has_network},
};
constexpr overload prefix_overloads[] = {{"cidr_prefix_length", true, a_cidr, "int", prefix_length}};
constexpr overload is_mask_overloads[] = {{"cidr_is_mask", true, a_cidr, "bool", is_mask}};
constexpr overload masked_overloads[] = {{"cidr_masked", true, a_cidr, cidr_type, masked, 0, &cost::address_part}};

constexpr function_row rows[] = {
    {"ip", "network", ip_overloads, 2,
     "The IP address that a text names, or the address of a network as it was written.",
     "文字列が示すIPアドレス。CIDRに対しては、書かれたとおりのアドレス部分。"},
    {"isIP", "network", is_ip_overloads, 2, "Whether a text is an IP address.", "文字列がIPアドレスか。"},
    {"ip.isCanonical", "network", canonical_overloads, 2,
     "Whether an address is written in its canonical form (RFC 5952).",
     "IPアドレスが正規の表記(RFC 5952)で書かれているか。"},
    {"family", "network", family_overloads, 1, "4 or 6.", "IPの版。4又は6。"},
    {"isUnspecified", "network", unspecified_overloads, 1,
     "Whether the address is 0.0.0.0 or ::.", "未指定アドレス(0.0.0.0又は::)か。"},
    {"isLoopback", "network", loopback_overloads, 1, "Whether the address is a loopback address.", "ループバックアドレスか。"},
    {"isLinkLocalUnicast", "network", local_unicast_overloads, 1,
     "Whether the address is a link-local unicast address.",
     "リンクローカルユニキャストアドレスか。"},
    {"isLinkLocalMulticast", "network", local_multicast_overloads, 1,
     "Whether the address is a link-local multicast address.",
     "リンクローカルマルチキャストアドレスか。"},
    {"isGlobalUnicast", "network", global_overloads, 1,
     "Whether the address is a unicast address that is neither loopback nor link-local; private addresses are.",
     "ループバックでもリンクローカルでもないユニキャストアドレスか(プライベートアドレスを含む)。"},
    {"isPublic", "network", public_overloads, 1,
     "Whether the address, or any address of the network, can be reached from the internet: not private, shared, loopback, link-local, "
     "multicast, documentation or reserved.",
     "インターネットから到達できるアドレスか。CIDRに対しては、そのようなアドレスを1つでも含むか(プライベート、共有、ループバック、"
     "リンクローカル、マルチキャスト、文書用、予約済みを除く)。"},
    {"string", "network", string_overloads, 1,
     "The address or network as text, in canonical form.", "IPアドレス又はCIDRの正規の表記。"},
    {"cidr", "network", cidr_overloads, 2,
     "The network that a text like 192.0.2.0/24 names.", "192.0.2.0/24 のような文字列が示すネットワーク。"},
    {"isCIDR", "network", is_cidr_overloads, 2, "Whether a text names a network.", "文字列がCIDRか。"},
    {"containsIP", "network", contains_ip_overloads, 2,
     "Whether the address is in the network.", "ネットワークがそのIPアドレスを含むか。"},
    {"containsCIDR", "network", contains_cidr_overloads, 2,
     "Whether every address of the second network is in the first.",
     "ネットワークがもう一方のネットワーク全体を含むか。"},
    {"prefixLength", "network", prefix_overloads, 1, "The length of the network's prefix in bits.", "ネットワークのプレフィックス長。"},
    {"isMask", "network", is_mask_overloads, 1, "Whether the host bits of the network are zero.", "ホスト部が0か。"},
    {"masked", "network", masked_overloads, 1, "The network with its host bits set to zero.", "ホスト部を0にしたネットワーク。"},
};

constexpr overload plain_ip_overloads[] = {{"string_to_ip", false, string, ip_type, ip<parse_plain_address>, 0, &cost::address_parse}, ip_overloads[1]};
constexpr overload plain_is_ip_overloads[] = {{"is_ip", false, string, "bool", is_ip<parse_plain_address>, 0, &cost::address_test}};
constexpr overload plain_canonical_overloads[] = {{"ip_is_canonical", false, string, "bool", is_canonical<parse_plain_address>, 0, &cost::address_canonical}};
constexpr overload plain_cidr_overloads[] = {{"string_to_cidr", false, string, cidr_type, cidr<parse_plain_network>, 0, &cost::address_parse}};
constexpr overload plain_is_cidr_overloads[] = {{"is_cidr", false, string, "bool", is_cidr<parse_plain_network>, 0, &cost::address_test}};
constexpr overload plain_contains_ip_overloads[] = {
    {"cidr_contains_ip_string", true, cidr_string, "bool", contains_ip_text<parse_plain_address>, 0, &cost::network_has_address_text}, contains_ip_overloads[1]};
constexpr overload plain_contains_cidr_overloads[] = {
    {"cidr_contains_cidr_string", true, cidr_string, "bool", contains_cidr_text<parse_plain_network>, 0, &cost::network_has_network_text}, contains_cidr_overloads[1]};

// The rows of the network pack that Kubernetes has, with its parsers.
constexpr auto kubernetes_rows = [] {
  std::array<function_row, std::size(rows) - 2> made{};
  std::size_t count = 0;
  for (function_row row : rows) {
    if (row.name == "isPublic" || row.name == "isMask") continue;
    row.pack = "k8s.network";
    if (row.name == "ip") row.overloads = plain_ip_overloads;
    if (row.name == "isIP") row.overloads = plain_is_ip_overloads;
    if (row.name == "ip.isCanonical") row.overloads = plain_canonical_overloads;
    if (row.name == "cidr") row.overloads = plain_cidr_overloads;
    if (row.name == "isCIDR") row.overloads = plain_is_cidr_overloads;
    if (row.name == "containsIP") row.overloads = plain_contains_ip_overloads;
    if (row.name == "containsCIDR") row.overloads = plain_contains_cidr_overloads;
    made[count++] = row;
  }
  return made;
}();

}  // namespace

std::span<const function_row> network_pack() { return rows; }
std::span<const function_row> kubernetes_network_pack() { return kubernetes_rows; }

}  // namespace sekimori::cel
