// oracle: the network pack over octets. Entry points: network.hpp. Reading is left to inet_pton, which is as strict as CEL.
#include "network.hpp"

#include <arpa/inet.h>

#include <cstdio>

namespace oracle {

namespace {

const std::string mapped_prefix = std::string(10, '\0') + "\xff\xff";

bool is_mapped(const std::string& octets) { return octets.size() == 16 && octets.starts_with(mapped_prefix); }

// The octets of a text; empty: it is no address. An IPv4-mapped one may only be written with groups of digits.
std::string read_octets(const std::string& text, bool mapped_too) {
  char octets[16];
  if (text.find('\0') != std::string::npos) return {};
  if (inet_pton(AF_INET, text.c_str(), octets) == 1) return std::string(octets, 4);
  if (inet_pton(AF_INET6, text.c_str(), octets) != 1) return {};
  std::string read(octets, 16);
  if (is_mapped(read) && (!mapped_too || text.find('.') != std::string::npos)) return {};
  return read;
}

// An IPv4-mapped address is the IPv4 address.
value read_ip(const std::string& text, bool mapped_too) {
  std::string octets = read_octets(text, mapped_too);
  if (octets.empty()) return error{};
  return ip{is_mapped(octets) ? octets.substr(12) : octets};
}

value read_cidr(const std::string& text, bool mapped_too) {
  std::size_t slash = text.rfind('/');
  if (slash == std::string::npos) return error{};
  std::string octets = read_octets(text.substr(0, slash), mapped_too);
  if (octets.empty()) return error{};
  int bits = static_cast<int>(octets.size()) * 8;
  for (int prefix = 0; prefix <= bits; ++prefix) {
    if (text.substr(slash + 1) != std::to_string(prefix)) continue;
    if (is_mapped(octets) && prefix >= 96) return cidr{octets.substr(12), prefix - 96};
    return cidr{octets, prefix};
  }
  return error{};
}

// RFC 5952: groups without leading zeros, the first of the longest runs of two or more zeros left out.
std::string written(const std::string& octets) {
  auto octet = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(octets[i])); };
  std::string text;
  if (octets.size() == 4) {
    for (std::size_t i = 0; i < 4; ++i) text += (i > 0 ? "." : "") + std::to_string(octet(i));
    return text;
  }
  std::size_t gap = 8;
  std::size_t length = 1;
  for (std::size_t i = 0; i < 8; ++i) {
    std::size_t zeros = 0;
    while (i + zeros < 8 && octet(2 * (i + zeros)) == 0 && octet(2 * (i + zeros) + 1) == 0) ++zeros;
    if (zeros <= length) continue;
    gap = i;
    length = zeros;
  }
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == gap) {
      text += "::";
      i += length - 1;
      continue;
    }
    char group[8];
    std::snprintf(group, sizeof group, "%x", octet(2 * i) << 8 | octet(2 * i + 1));
    text += (text.empty() || text.back() == ':' ? "" : ":") + std::string(group);
  }
  return text;
}

std::string masked(std::string octets, int prefix) {
  for (int bit = prefix; bit < static_cast<int>(octets.size()) * 8; ++bit) {
    octets[static_cast<std::size_t>(bit / 8)] = static_cast<char>(octets[static_cast<std::size_t>(bit / 8)] & ~(0x80 >> bit % 8));
  }
  return octets;
}

value has_network(const cidr& outer, const std::string& octets, int prefix) {
  return octets.size() == outer.octets.size() && prefix >= outer.prefix && masked(octets, outer.prefix) == masked(outer.octets, outer.prefix);
}

value of_ip(std::string_view name, const std::string& octets) {
  const bool four = octets.size() == 4;
  auto within = [&](const char* network) { return has_network(read_cidr(network, true).as<cidr>(), octets, four ? 32 : 128).is_true(); };
  const bool unspecified = octets.find_first_not_of('\0') == std::string::npos;
  const bool loopback = within("127.0.0.0/8") || within("::1/128");
  const bool local = within("169.254.0.0/16") || within("fe80::/10");
  if (name == "string") return written(octets);
  if (name == "family") return std::int64_t{four ? 4 : 6};
  if (name == "isUnspecified") return unspecified;
  if (name == "isLoopback") return loopback;
  if (name == "isLinkLocalUnicast") return local;
  if (name == "isLinkLocalMulticast") return within("224.0.0.0/24") || (!four && octets[0] == '\xff' && (octets[1] & 0x0f) == 2);
  if (name == "isGlobalUnicast") {
    return !unspecified && !loopback && !local && !within("224.0.0.0/4") && !within("ff00::/8") && !within("255.255.255.255/32");
  }
  return error{};
}

}  // namespace

value network_call(std::string_view name, const std::vector<value>& given, dialect spoken) {
  const bool mapped_too = !spoken.has(habit::no_mapped_addresses);
  const value& v = given[0];
  if (given.size() == 1 && v.is<ip>()) return of_ip(name, v.as<ip>().octets);
  if (given.size() == 1 && v.is<std::string>()) {
    value address = read_ip(v.as<std::string>(), mapped_too);
    value network = read_cidr(v.as<std::string>(), mapped_too);
    if (name == "ip") return address;
    if (name == "isIP") return !address.is<error>();
    if (name == "ip.isCanonical") return address.is<error>() ? address : value(written(address.as<ip>().octets) == v.as<std::string>());
    if (name == "cidr") return network;
    if (name == "isCIDR") return !network.is<error>();
  }
  if (!v.is<cidr>()) return error{};
  const cidr& whole = v.as<cidr>();
  if (given.size() == 2) {
    value other = given[1];
    if (other.is<std::string>()) other = name == "containsIP" ? read_ip(other.as<std::string>(), mapped_too) : read_cidr(other.as<std::string>(), mapped_too);
    if (name == "containsIP" && other.is<ip>()) return has_network(whole, other.as<ip>().octets, static_cast<int>(other.as<ip>().octets.size()) * 8);
    if (name == "containsCIDR" && other.is<cidr>()) return has_network(whole, other.as<cidr>().octets, other.as<cidr>().prefix);
    return error{};
  }
  if (name == "string") return written(whole.octets) + "/" + std::to_string(whole.prefix);
  if (name == "ip") return ip{whole.octets};
  if (name == "prefixLength") return std::int64_t{whole.prefix};
  if (name == "masked") return cidr{masked(whole.octets, whole.prefix), whole.prefix};
  if (name == "isMask") return masked(whole.octets, whole.prefix) == whole.octets;
  return error{};
}

value address_of(const std::string& type_name, const std::string& text) {
  if (type_name == "net.CIDR") return read_cidr(text, true);
  return type_name == "net.IP" ? value(ip{read_octets(text, true)}) : value(type{"opaque " + text});
}

}  // namespace oracle
