// cel: IP addresses and networks. Entry points: network_address.hpp. Knows no CEL values.
#include "cel/packs/network_address.hpp"

#include <array>

#include "base/text.hpp"

namespace sekimori::cel {
namespace {

constexpr unsigned width_of(bool v6) { return v6 ? 128 : 32; }

bool parse_v4(std::string_view text, std::uint64_t& bits) {
  bits = 0;
  for (int part = 0; part < 4; ++part) {
    std::size_t length = 0;
    unsigned number = 0;
    while (length < text.size() && text[length] >= '0' && text[length] <= '9') {
      number = number * 10 + static_cast<unsigned>(text[length] - '0');
      if (++length > 3) return false;
    }
    if (length == 0 || number > 255 || (length > 1 && text[0] == '0')) return false;
    bits = (bits << 8) | number;
    text.remove_prefix(length);
    if (part < 3) {
      if (text.empty() || text[0] != '.') return false;
      text.remove_prefix(1);
    }
  }
  return text.empty();
}

// `dotted`: the last 32 bits were written as IPv4.
bool parse_v6(std::string_view text, address& parsed, bool& dotted) {
  std::array<std::uint16_t, 8> groups{};
  int count = 0;
  int gap = -1;
  dotted = false;
  if (text.substr(0, 2) == "::") {
    gap = 0;
    text.remove_prefix(2);
  }
  while (!text.empty()) {
    if (count == 8) return false;
    std::size_t length = 0;
    unsigned group = 0;
    while (length < text.size() && hex_value(text[length]) >= 0) {
      group = group * 16 + static_cast<unsigned>(hex_value(text[length]));
      if (++length > 4) return false;
    }
    if (length < text.size() && text[length] == '.') {
      std::uint64_t v4 = 0;
      if (count > 6 || !parse_v4(text, v4)) return false;
      groups[static_cast<std::size_t>(count++)] = static_cast<std::uint16_t>(v4 >> 16);
      groups[static_cast<std::size_t>(count++)] = static_cast<std::uint16_t>(v4);
      dotted = true;
      break;
    }
    if (length == 0) return false;
    groups[static_cast<std::size_t>(count++)] = static_cast<std::uint16_t>(group);
    text.remove_prefix(length);
    if (text.empty()) break;
    if (text[0] != ':') return false;
    text.remove_prefix(1);
    if (text.empty()) return false;
    if (text[0] == ':') {
      if (gap >= 0) return false;
      gap = count;
      text.remove_prefix(1);
    }
  }
  if (gap < 0 ? count != 8 : count > 7) return false;
  std::array<std::uint16_t, 8> all{};
  for (int i = 0; i < count; ++i) {
    const int at = gap >= 0 && i >= gap ? i + 8 - count : i;
    all[static_cast<std::size_t>(at)] = groups[static_cast<std::size_t>(i)];
  }
  parsed.v6 = true;
  parsed.high = parsed.low = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    parsed.high = (parsed.high << 16) | all[i];
    parsed.low = (parsed.low << 16) | all[i + 4];
  }
  return true;
}

bool is_mapped(const address& of) { return of.v6 && of.high == 0 && of.low >> 32 == 0xffff; }

address unmapped(const address& of) { return {false, 0, of.low & 0xffffffffull}; }

// The address as written, not yet unmapped.
address_problem parse_written(std::string_view text, address& parsed) {
  if (text.find(':') == std::string_view::npos) {
    parsed = {};
    return parse_v4(text, parsed.low) ? address_problem::none : address_problem::malformed;
  }
  if (text.find('%') != std::string_view::npos) return address_problem::zone;
  bool dotted = false;
  if (!parse_v6(text, parsed, dotted)) return address_problem::malformed;
  return dotted && is_mapped(parsed) ? address_problem::mapped : address_problem::none;
}

struct host_mask { std::uint64_t high, low; };

host_mask hosts(const network& of) {
  const unsigned bits = width_of(of.base.v6) - of.prefix;  // of the host part
  const auto ones = [](unsigned count) { return count == 0 ? 0 : count >= 64 ? ~0ull : (1ull << count) - 1; };
  return {bits > 64 ? ones(bits - 64) : 0, ones(bits)};
}

address next(address of) {
  if (++of.low == 0) ++of.high;
  return of;
}

constexpr network v4(unsigned a, unsigned b, unsigned c, unsigned d, unsigned prefix) {
  return {{false, 0, (std::uint64_t{a} << 24) | (b << 16) | (c << 8) | d}, prefix};
}

constexpr network v6(std::uint64_t a, std::uint64_t b, std::uint64_t c, std::uint64_t d, std::uint64_t low, unsigned prefix) {
  return {{true, (a << 48) | (b << 32) | (c << 16) | d, low}, prefix};
}

// Who can be reached from the internet; the longest prefix decides. IANA's IPv4 and IPv6 special-purpose
// registries (RFC 6890 and later), multicast, and for IPv6 all that is not handed out as global unicast.
struct range {
  network of;
  bool reachable;
};
constexpr range special[] = {
    {v4(0, 0, 0, 0, 0), true},
    {v4(0, 0, 0, 0, 8), false},          // this network
    {v4(10, 0, 0, 0, 8), false},         // private
    {v4(100, 64, 0, 0, 10), false},      // shared between a carrier and its customers
    {v4(127, 0, 0, 0, 8), false},        // loopback
    {v4(169, 254, 0, 0, 16), false},     // link-local
    {v4(172, 16, 0, 0, 12), false},      // private
    {v4(192, 0, 0, 0, 24), false},       // IETF protocols
    {v4(192, 0, 0, 9, 32), true},        // port control protocol anycast
    {v4(192, 0, 0, 10, 32), true},       // TURN anycast
    {v4(192, 0, 2, 0, 24), false},       // documentation
    {v4(192, 168, 0, 0, 16), false},     // private
    {v4(198, 18, 0, 0, 15), false},      // benchmarks
    {v4(198, 51, 100, 0, 24), false},    // documentation
    {v4(203, 0, 113, 0, 24), false},     // documentation
    {v4(224, 0, 0, 0, 4), false},        // multicast
    {v4(240, 0, 0, 0, 4), false},        // reserved, limited broadcast
    {v6(0, 0, 0, 0, 0, 0), false},       // unspecified, loopback, fc00::/7, fe80::/10, ff00::/8, 100::/64, 5f00::/16, never handed out
    {v6(0x64, 0xff9b, 0, 0, 0, 96), true},     // IPv4 by translation; 64:ff9b:1::/48 is for local use
    {v6(0x2000, 0, 0, 0, 0, 3), true},         // global unicast
    {v6(0x2001, 0, 0, 0, 0, 23), false},       // IETF protocols
    {v6(0x2001, 0, 0, 0, 0, 32), true},        // Teredo: hosts behind IPv4
    {v6(0x2001, 1, 0, 0, 1, 128), true},       // port control protocol anycast
    {v6(0x2001, 1, 0, 0, 2, 128), true},       // TURN anycast
    {v6(0x2001, 3, 0, 0, 0, 32), true},        // AMT
    {v6(0x2001, 4, 0x112, 0, 0, 48), true},    // AS112
    {v6(0x2001, 0x20, 0, 0, 0, 28), true},     // ORCHIDv2
    {v6(0x2001, 0x30, 0, 0, 0, 28), true},     // drone remote identification
    {v6(0x2001, 0xdb8, 0, 0, 0, 32), false},   // documentation
    {v6(0x3fff, 0, 0, 0, 0, 20), false},       // documentation
};

}  // namespace

address_problem parse_address(std::string_view text, address& parsed) {
  const address_problem problem = parse_written(text, parsed);
  if (problem == address_problem::none && is_mapped(parsed)) parsed = unmapped(parsed);
  return problem;
}

namespace {

bool writes_mapped(std::string_view text) {
  address written;
  return parse_written(text, written) == address_problem::none && is_mapped(written);
}

}  // namespace

address_problem parse_plain_address(std::string_view text, address& parsed) {
  return writes_mapped(text) ? address_problem::mapped : parse_address(text, parsed);
}

address_problem parse_plain_network(std::string_view text, network& parsed) {
  return writes_mapped(text.substr(0, text.rfind('/'))) ? address_problem::mapped : parse_network(text, parsed);
}

address_problem parse_network(std::string_view text, network& parsed) {
  const std::size_t slash = text.rfind('/');
  if (slash == std::string_view::npos) return address_problem::malformed;
  const address_problem problem = parse_written(text.substr(0, slash), parsed.base);
  if (problem != address_problem::none) return problem;
  const std::string_view digits = text.substr(slash + 1);
  if (digits.empty() || digits.size() > 3 || (digits.size() > 1 && digits[0] == '0')) return address_problem::malformed;
  parsed.prefix = 0;
  for (char c : digits) {
    if (c < '0' || c > '9') return address_problem::malformed;
    parsed.prefix = parsed.prefix * 10 + static_cast<unsigned>(c - '0');
  }
  if (parsed.prefix > width_of(parsed.base.v6)) return address_problem::malformed;
  if (is_mapped(parsed.base) && parsed.prefix >= 96) {
    parsed.base = unmapped(parsed.base);
    parsed.prefix -= 96;
  }
  return address_problem::none;
}

std::string to_string(const address& shown) {
  std::string text;
  if (!shown.v6) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      if (!text.empty()) text += '.';
      text += std::to_string((shown.low >> shift) & 255);
    }
    return text;
  }
  std::array<unsigned, 8> groups{};
  for (std::size_t i = 0; i < 8; ++i) {
    const std::uint64_t half = i < 4 ? shown.high : shown.low;
    groups[i] = static_cast<unsigned>((half >> (48 - 16 * (i % 4))) & 0xffff);
  }
  std::size_t gap = 8;
  std::size_t gap_length = 1;  // one group of zeros is written out
  for (std::size_t i = 0; i < 8; ++i) {
    std::size_t length = 0;
    while (i + length < 8 && groups[i + length] == 0) ++length;
    if (length > gap_length) {
      gap = i;
      gap_length = length;
    }
  }
  constexpr char hex[] = "0123456789abcdef";
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == gap) {
      text += "::";
      i += gap_length - 1;
      continue;
    }
    if (!text.empty() && text.back() != ':') text += ':';
    bool begun = false;
    for (int shift = 12; shift >= 0; shift -= 4) {
      const unsigned digit = (groups[i] >> shift) & 15;
      if (digit == 0 && !begun && shift > 0) continue;
      begun = true;
      text += hex[digit];
    }
  }
  return text;
}

std::string to_string(const network& shown) { return to_string(shown.base) + '/' + std::to_string(shown.prefix); }

address first_of(const network& of) {
  const host_mask mask = hosts(of);
  return {of.base.v6, of.base.high & ~mask.high, of.base.low & ~mask.low};
}

address last_of(const network& of) {
  const host_mask mask = hosts(of);
  return {of.base.v6, of.base.high | mask.high, of.base.low | mask.low};
}

bool contains(const network& outer, const address& inner) {
  return outer.base.v6 == inner.v6 && first_of(outer) <= inner && inner <= last_of(outer);
}

bool contains(const network& outer, const network& inner) {
  return contains(outer, first_of(inner)) && contains(outer, last_of(inner));
}

bool is_unspecified(const address& of) { return of.high == 0 && of.low == 0; }

bool is_loopback(const address& of) { return of.v6 ? of.high == 0 && of.low == 1 : of.low >> 24 == 127; }

bool is_link_local_unicast(const address& of) { return of.v6 ? of.high >> 54 == 0xfe80u >> 6 : of.low >> 16 == 0xa9fe; }

bool is_link_local_multicast(const address& of) {
  return of.v6 ? (of.high >> 48 & 0xff0f) == 0xff02 : of.low >> 8 == 0xe00000;
}

bool is_global_unicast(const address& of) {
  const bool multicast = of.v6 ? of.high >> 56 == 0xff : of.low >> 28 == 0xe;
  const bool broadcast = !of.v6 && of.low == 0xffffffff;
  return !multicast && !broadcast && !is_unspecified(of) && !is_loopback(of) && !is_link_local_unicast(of);
}

// Walks from one border of the table to the next: between two borders one entry decides.
bool is_public(const address& first, const address& last) {
  address at = first;
  while (true) {
    const range* deciding = nullptr;
    const address* border = nullptr;  // the nearest beginning of an entry after `at`
    std::array<address, std::size(special)> begins{};
    for (std::size_t i = 0; i < std::size(special); ++i) {
      const range& entry = special[i];
      if (entry.of.base.v6 != at.v6) continue;
      begins[i] = first_of(entry.of);
      if (contains(entry.of, at) && (deciding == nullptr || entry.of.prefix > deciding->of.prefix)) deciding = &entry;
      if (begins[i] > at && (border == nullptr || begins[i] < *border)) border = &begins[i];
    }
    if (deciding == nullptr || deciding->reachable) return true;
    const address end = last_of(deciding->of);
    if (end >= last && (border == nullptr || *border > last)) return false;
    at = border != nullptr && *border <= end ? *border : next(end);
    if (at > last) return false;
  }
}

}  // namespace sekimori::cel
