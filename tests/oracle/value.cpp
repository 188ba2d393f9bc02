// oracle: equality, order and look-up of plain values. Entry points: value.hpp.
#include "value.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace oracle {

bool list::whole() const { return !open && std::find(certain.begin(), certain.end(), false) == certain.end(); }

std::optional<value> undecided(const std::vector<value>& operands) {
  std::optional<value> found;
  for (const value& v : operands) {
    if (v.is<unknown>()) {
      paths merged = v.as<unknown>().of;
      if (found && found->is<unknown>()) merged.insert(found->as<unknown>().of.begin(), found->as<unknown>().of.end());
      found = unknown{merged};
    } else if (v.is<error>() && !found) {
      found = v;
    }
  }
  return found;
}

value why_of(const list& relation) {
  return unknown{relation.why.empty() ? paths{{"", ""}} : relation.why};
}

std::optional<value> undecided_inside(const value& searched) {
  if (searched.undecided()) return searched;
  std::vector<value> parts;
  auto look = [&](const value& part) {
    if (auto found = undecided_inside(part)) parts.push_back(*found);
  };
  if (searched.is<list>()) {
    if (!searched.as<list>().whole()) parts.push_back(why_of(searched.as<list>()));
    for (const value& v : searched.as<list>().elements) look(v);
  } else if (searched.is<map>()) {
    for (const entry& e : searched.as<map>().entries) look(e.mapped);
  } else if (searched.is<optional>()) {
    for (const value& v : searched.as<optional>().held) look(v);
  }
  return undecided(parts);
}

namespace {

// Conjunction of what the parts of two containers answer.
value conjunction(const std::vector<value>& parts) {
  for (const value& v : parts) {
    if (v.is_false()) return false;
  }
  return undecided(parts).value_or(true);
}

std::size_t certain_members(const list& l) {
  return l.certain.empty() ? l.elements.size() : static_cast<std::size_t>(std::count(l.certain.begin(), l.certain.end(), true));
}

value equal_lists(const list& a, const list& b) {
  if (!a.whole() || !b.whole()) {
    bool never = (!b.open && certain_members(a) > b.elements.size()) || (!a.open && certain_members(b) > a.elements.size());
    if (never) return false;
    std::vector<value> why;
    if (!a.whole()) why.push_back(why_of(a));
    if (!b.whole()) why.push_back(why_of(b));
    return *undecided(why);
  }
  if (a.elements.size() != b.elements.size()) return false;
  std::vector<value> parts;
  for (std::size_t i = 0; i < a.elements.size(); ++i) parts.push_back(equal(a.elements[i], b.elements[i]));
  return conjunction(parts);
}

value equal_maps(const map& a, const map& b) {
  if (a.object != b.object || a.entries.size() != b.entries.size()) return false;
  std::vector<value> parts;
  for (const entry& e : a.entries) {
    const value* other = find(b, e.key);
    if (other == nullptr) return false;
    parts.push_back(equal(e.mapped, *other));
  }
  return conjunction(parts);
}

// An integer beside a double is rounded to a double, as the suite asks for at 2^63.
double rounded(const value& v) {
  if (v.is<std::int64_t>()) return static_cast<double>(v.as<std::int64_t>());
  if (v.is<std::uint64_t>()) return static_cast<double>(v.as<std::uint64_t>());
  return v.as<double>();
}

wide whole(const value& v) { return v.is<std::int64_t>() ? wide{v.as<std::int64_t>()} : wide{v.as<std::uint64_t>()}; }

template <class T>
int sign(const T& a, const T& b) { return a < b ? -1 : b < a ? 1 : 0; }

}  // namespace

std::optional<int> order(const value& a, const value& b) {
  if (a.is_number() && b.is_number()) {
    if (!a.is<double>() && !b.is<double>()) return sign(whole(a), whole(b));
    double x = rounded(a);
    double y = rounded(b);
    if (std::isnan(x) || std::isnan(y)) return std::nullopt;
    return sign(x, y);
  }
  if (a.held.index() != b.held.index()) return std::nullopt;
  if (a.is<bool>()) return sign(a.as<bool>(), b.as<bool>());
  if (a.is<std::string>()) return sign(a.as<std::string>(), b.as<std::string>());
  if (a.is<bytes>()) return sign(a.as<bytes>().octets, b.as<bytes>().octets);
  if (a.is<timestamp>()) return sign(a.as<timestamp>().nanos, b.as<timestamp>().nanos);
  if (a.is<duration>()) return sign(a.as<duration>().nanos, b.as<duration>().nanos);
  return std::nullopt;
}

value equal(const value& a, const value& b) {
  if (auto open = undecided({a, b})) return *open;
  if (a.is_number() && b.is_number()) return order(a, b) == 0;
  if (a.held.index() != b.held.index()) return false;
  if (a.is<null>()) return true;
  if (a.is<type>()) return a.as<type>().name == b.as<type>().name;
  if (a.is<ip>()) return a.as<ip>().octets == b.as<ip>().octets;
  if (a.is<cidr>()) return a.as<cidr>().octets == b.as<cidr>().octets && a.as<cidr>().prefix == b.as<cidr>().prefix;
  if (a.is<list>()) return equal_lists(a.as<list>(), b.as<list>());
  if (a.is<map>()) return equal_maps(a.as<map>(), b.as<map>());
  if (a.is<optional>()) {
    const optional& x = a.as<optional>();
    const optional& y = b.as<optional>();
    if (x.held.size() != y.held.size()) return false;
    return x.held.empty() ? value(true) : equal(x.held[0], y.held[0]);
  }
  return order(a, b) == 0;
}

bool is_key(const value& v) { return v.is<bool>() || v.is<std::int64_t>() || v.is<std::uint64_t>() || v.is<std::string>(); }

// 1, 1u and 1.0 are one key; here a double stands for a whole number or for none.
bool key_before(const value& a, const value& b) {
  auto rank = [](const value& key) { return key.is<bool>() ? 0 : key.is<double>() ? 3 : key.is_number() ? 1 : key.is<std::string>() ? 2 : 3; };
  if (rank(a) != rank(b)) return rank(a) < rank(b);
  if (rank(a) == 3) return show(a) < show(b);
  if (rank(a) == 1) return whole(a) < whole(b);
  return order(a, b) == -1;
}

const value* find(const map& in, const value& key) {
  for (const entry& e : in.entries) {
    if (e.key.is<double>() && equal(e.key, key).is_true()) return &e.mapped;  // a key of another engine
  }
  value sought = key;
  if (key.is<double>()) {
    double d = key.as<double>();
    if (!(d >= -9223372036854775808.0 && d < 18446744073709551616.0) || d != std::floor(d)) return nullptr;
    if (d < 0) sought = static_cast<std::int64_t>(d);
    else sought = static_cast<std::uint64_t>(d);
  }
  for (const entry& e : in.entries) {
    if (!key_before(e.key, sought) && !key_before(sought, e.key)) return &e.mapped;
  }
  return nullptr;
}

value make_map(std::vector<entry> entries, bool any_key) {
  for (const entry& e : entries) {
    if (!any_key && !is_key(e.key)) return error{};
  }
  std::stable_sort(entries.begin(), entries.end(), [](const entry& a, const entry& b) { return key_before(a.key, b.key); });
  for (std::size_t i = 1; i < entries.size(); ++i) {
    if (!key_before(entries[i - 1].key, entries[i].key)) return error{};
  }
  return map{std::move(entries), {}, nullptr};
}

std::string type_name(const value& v) {
  static const char* const names[] = {"null_type", "error", "unknown", "bool", "int", "uint", "double", "string", "bytes", "type",
                                      "google.protobuf.Timestamp", "google.protobuf.Duration", "list", "map", "optional_type", "net.IP", "net.CIDR"};
  if (v.is<map>() && !v.as<map>().object.empty()) return v.as<map>().object;
  return names[v.held.index()];
}

namespace {

std::string show_wide(wide number) {
  if (number < 0) return "-" + show_wide(-number);
  std::string digits;
  do {
    digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(number % 10)));
    number /= 10;
  } while (number != 0);
  return digits;
}

std::string show_text(const std::string& text) {
  std::string shown = "\"";
  for (char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\' || c == 0x7f) {
      char buffer[8];
      std::snprintf(buffer, sizeof buffer, "\\x%02x", static_cast<unsigned char>(c));
      shown += buffer;
    } else {
      shown += c;
    }
  }
  return shown + "\"";
}

std::string show_octets(const std::string& octets) {
  std::string shown;
  for (char c : octets) {
    char buffer[4];
    std::snprintf(buffer, sizeof buffer, "%02x", static_cast<unsigned char>(c));
    shown += buffer;
  }
  return shown;
}

std::string show_paths(const paths& of) {
  std::string shown;
  for (const auto& [resource, path] : of) shown += (shown.empty() ? "" : ", ") + resource + ":" + path;
  return shown;
}

}  // namespace

std::string show(const value& v) {
  if (v.is<null>()) return "null";
  if (v.is<error>()) return "error";
  if (v.is<unknown>()) return "unknown{" + show_paths(v.as<unknown>().of) + "}";
  if (v.is<bool>()) return v.as<bool>() ? "true" : "false";
  if (v.is<std::int64_t>()) return std::to_string(v.as<std::int64_t>());
  if (v.is<std::uint64_t>()) return std::to_string(v.as<std::uint64_t>()) + "u";
  if (v.is<double>()) {
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "double %.17g", v.as<double>());
    return buffer;
  }
  if (v.is<std::string>()) return show_text(v.as<std::string>());
  if (v.is<bytes>()) return "bytes " + show_octets(v.as<bytes>().octets);
  if (v.is<ip>()) return "ip " + show_octets(v.as<ip>().octets);
  if (v.is<cidr>()) return "cidr " + show_octets(v.as<cidr>().octets) + "/" + std::to_string(v.as<cidr>().prefix);
  if (v.is<type>()) return "type " + v.as<type>().name;
  if (v.is<timestamp>()) return "timestamp " + show_wide(v.as<timestamp>().nanos) + "ns";
  if (v.is<duration>()) return "duration " + show_wide(v.as<duration>().nanos) + "ns";
  std::string shown;
  if (v.is<list>()) {
    const list& l = v.as<list>();
    for (std::size_t i = 0; i < l.elements.size(); ++i) {
      shown += (i > 0 ? ", " : "") + show(l.elements[i]) + (l.is_certain(i) ? "" : " (possible)");
    }
    return "[" + shown + "]" + (l.open ? "..." : "") + (l.why.empty() ? "" : " {" + show_paths(l.why) + "}");
  }
  if (v.is<map>()) {
    for (const entry& e : v.as<map>().entries) shown += (shown.empty() ? "" : ", ") + show(e.key) + ": " + show(e.mapped);
    return v.as<map>().object + "{" + shown + "}";
  }
  return v.as<optional>().held.empty() ? "none" : "some(" + show(v.as<optional>().held[0]) + ")";
}

bool same_answer(const value& a, const value& b) {
  if (a.held.index() != b.held.index()) return false;
  if (a.is<error>()) return true;
  if (a.is<double>() && std::isnan(a.as<double>())) return std::isnan(b.as<double>());
  if (a.is<list>()) {
    const list& x = a.as<list>();
    const list& y = b.as<list>();
    if (x.elements.size() != y.elements.size() || x.whole() != y.whole()) return false;
    for (std::size_t i = 0; i < x.elements.size(); ++i) {
      if (!same_answer(x.elements[i], y.elements[i])) return false;
    }
    return true;
  }
  if (a.is<map>()) {
    const map& x = a.as<map>();
    const map& y = b.as<map>();
    if (x.object != y.object || x.entries.size() != y.entries.size()) return false;
    for (std::size_t i = 0; i < x.entries.size(); ++i) {
      if (!same_answer(x.entries[i].key, y.entries[i].key) || !same_answer(x.entries[i].mapped, y.entries[i].mapped)) return false;
    }
    return true;
  }
  if (a.is<optional>()) {
    const optional& x = a.as<optional>();
    const optional& y = b.as<optional>();
    return x.held.size() == y.held.size() && (x.held.empty() || same_answer(x.held[0], y.held[0]));
  }
  return show(a) == show(b);
}

}  // namespace oracle
