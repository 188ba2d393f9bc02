// oracle: values of the naive evaluator: owned, copied freely, without views, arenas or sharing. Entry
// points: undecided, equal, order, find. Knows nothing of the library but how to read a value in and
// write it out (convert.cpp).
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace sekimori::cel { struct object_type; }

namespace oracle {

__extension__ using wide = __int128;

struct value;
struct entry;
using paths = std::set<std::pair<std::string, std::string>>;  // resource and attribute path

struct error {};
struct unknown { paths of; };
struct null {};
struct bytes { std::string octets; };
struct type { std::string name; };
struct timestamp {
  wide nanos;                                                  // since 1970-01-01T00:00:00Z
  int offset = 0;                                              // seconds: for another engine that keeps what it read
};
struct duration { wide nanos; };
// A relation where some member is only possible, or where there may be more of them.
struct list {
  std::vector<value> elements;
  std::vector<bool> certain;                                   // one per element; empty: all
  bool open = false;
  paths why;
  bool is_certain(std::size_t i) const { return certain.empty() || certain[i]; }
  bool whole() const;
};
// In key order; or an object: what is set of its fields, by name.
struct map {
  std::vector<entry> entries;
  std::string object;                                          // the name of its type
  const sekimori::cel::object_type* declared = nullptr;
};
struct optional { std::vector<value> held; };                  // none or one
struct ip { std::string octets; };                             // 4 or 16
struct cidr { std::string octets; int prefix; };

struct value {
  std::variant<null, error, unknown, bool, std::int64_t, std::uint64_t, double, std::string, bytes, type, timestamp, duration, list, map, optional, ip, cidr> held;

  value() = default;
  template <class T>
    requires(!std::is_same_v<std::decay_t<T>, value>)
  value(T given) : held(std::move(given)) {}

  template <class T>
  bool is() const { return std::holds_alternative<T>(held); }
  template <class T>
  const T& as() const { return std::get<T>(held); }
  bool undecided() const { return is<error>() || is<unknown>(); }
  bool is_true() const { return is<bool>() && as<bool>(); }
  bool is_false() const { return is<bool>() && !as<bool>(); }
  bool is_number() const { return is<std::int64_t>() || is<std::uint64_t>() || is<double>(); }
};

struct entry {
  value key;
  value mapped;
};

// What operands that are not decided make of a strict operation: unknowns merge and outrank an error.
// Nothing where all are decided.
std::optional<value> undecided(const std::vector<value>& operands);
// The same for everything in a value, at any depth, relations included.
std::optional<value> undecided_inside(const value& searched);
value why_of(const list& relation);

// CEL equality: false once known parts differ, else unknown, else an error, else true.
value equal(const value& a, const value& b);
// -1, 0, 1; nothing where CEL defines no order of the two, or one is NaN.
std::optional<int> order(const value& a, const value& b);
// Order of keys: bool, numbers by their exact value, strings.
bool key_before(const value& a, const value& b);
bool is_key(const value& v);       // what a map may have as a key
const value* find(const map& in, const value& key);
// Sorts; an error for a key of another kind, or one that is there twice.
value make_map(std::vector<entry> entries, bool any_key = false);

std::string type_name(const value& v);
// For people: what differs must look different.
std::string show(const value& v);
// One answer: kinds agree, NaN is NaN, -0.0 is not 0.0, any error is any error.
bool same_answer(const value& a, const value& b);

}  // namespace oracle
