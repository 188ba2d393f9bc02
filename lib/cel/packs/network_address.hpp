// cel: IP addresses and networks: text, arithmetic, and what IANA set apart. Entry points:
// parse_address, parse_network, is_public. Knows no CEL values.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace sekimori::cel {

// An IPv4 address stands in the lowest 32 bits. An IPv4-mapped IPv6 address is the IPv4 address.
struct address {
  bool v6 = false;
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  auto operator<=>(const address&) const = default;
  bool operator==(const address&) const = default;
};

struct network {
  address base;        // as written: host bits may be set
  unsigned prefix = 0;
  bool operator==(const network&) const = default;
};

enum class address_problem : std::uint8_t { none, malformed, zone, mapped };

// Strict: no leading zeros in IPv4, no zone, and no IPv4-mapped IPv6 in dotted form.
address_problem parse_address(std::string_view text, address& parsed);
address_problem parse_network(std::string_view text, network& parsed);
// The same, but no form of an IPv4-mapped IPv6 address is taken, as Kubernetes has it.
address_problem parse_plain_address(std::string_view text, address& parsed);
address_problem parse_plain_network(std::string_view text, network& parsed);
std::string to_string(const address& shown);   // RFC 5952
std::string to_string(const network& shown);

address first_of(const network& of);
address last_of(const network& of);
bool contains(const network& outer, const address& inner);
bool contains(const network& outer, const network& inner);  // every address of inner

bool is_unspecified(const address& of);
bool is_loopback(const address& of);
bool is_link_local_unicast(const address& of);
bool is_link_local_multicast(const address& of);
bool is_global_unicast(const address& of);  // as Go's net/netip: private ones included

// Whether any address from `first` to `last` (one family) is reachable from the internet.
bool is_public(const address& first, const address& last);

}  // namespace sekimori::cel
