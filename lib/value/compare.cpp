// value: equality and order. Entry points: equals, compare, key_less of values.hpp. Knows no
// documents and no expressions.
#include "value/compare.hpp"

#include <cmath>

#include "value/containers.hpp"
#include "value/undecided_parts.hpp"
#include "value/values.hpp"

namespace sekimori {

namespace {

constexpr int unordered = 2;

template <class T>
int three_way(T a, T b) { return a < b ? -1 : b < a ? 1 : 0; }

int compare_doubles(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return unordered;
  return three_way(a, b);
}

// Order of map keys: exact, by the whole part first, so that keys keep one order among themselves.
int exact_integer_double(std::int64_t a, double b) {
  if (std::isnan(b)) return unordered;
  if (b >= 9223372036854775808.0) return -1;
  if (b < -9223372036854775808.0) return 1;
  double whole = std::trunc(b);
  int order = three_way(a, static_cast<std::int64_t>(whole));
  return order != 0 ? order : three_way(whole, b);
}

int exact_unsigned_double(std::uint64_t a, double b) {
  if (std::isnan(b)) return unordered;
  if (b >= 18446744073709551616.0) return -1;
  if (b < 0) return 1;
  double whole = std::trunc(b);
  int order = three_way(a, static_cast<std::uint64_t>(whole));
  return order != 0 ? order : three_way(whole, b);
}

// CEL's own order and equality round an integer beside a double (the conformance suite asks for it at
// 2^63, and every engine does it everywhere).
int compare_integer_double(std::int64_t a, double b) { return compare_doubles(static_cast<double>(a), b); }
int compare_unsigned_double(std::uint64_t a, double b) { return compare_doubles(static_cast<double>(a), b); }

int compare_integers(std::int64_t a, std::uint64_t b) {
  if (a < 0) return -1;
  return three_way(static_cast<std::uint64_t>(a), b);
}

bool is_number(value v) {
  return v.is(value_kind::integer) || v.is(value_kind::unsigned_integer) || v.is(value_kind::floating);
}

int reversed(int order) { return order == unordered ? unordered : -order; }

int compare_numbers(value a, value b, bool exact) {
  auto signed_double = exact ? exact_integer_double : compare_integer_double;
  auto unsigned_double = exact ? exact_unsigned_double : compare_unsigned_double;
  switch (a.kind()) {
    case value_kind::integer:
      if (b.is(value_kind::integer)) return three_way(a.as_integer(), b.as_integer());
      if (b.is(value_kind::unsigned_integer)) return compare_integers(a.as_integer(), b.as_unsigned());
      return signed_double(a.as_integer(), b.as_floating());
    case value_kind::unsigned_integer:
      if (b.is(value_kind::integer)) return reversed(compare_integers(b.as_integer(), a.as_unsigned()));
      if (b.is(value_kind::unsigned_integer)) return three_way(a.as_unsigned(), b.as_unsigned());
      return unsigned_double(a.as_unsigned(), b.as_floating());
    default:
      if (b.is(value_kind::integer)) return reversed(signed_double(b.as_integer(), a.as_floating()));
      if (b.is(value_kind::unsigned_integer)) return reversed(unsigned_double(b.as_unsigned(), a.as_floating()));
      return compare_doubles(a.as_floating(), b.as_floating());
  }
}

int compare_instants(value a, value b) {
  int order = three_way(a.seconds(), b.seconds());
  return order != 0 ? order : three_way(a.nanos(), b.nanos());
}

// Bytes compare as unsigned, which for UTF-8 is the order of code points.
int compare_texts(value a, value b) {
  int order = a.as_text().compare(b.as_text());
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

// Equality of containers, deep. false wins over unknown, unknown over error, error over true; a
// limit stops everything.
class equality {
 public:
  equality(arena& memory, std::uint64_t& visited) : memory_(memory), visited_(visited) {}

  value of(value a, value b, int depth) {
    if (++visited_ > equality_budget || depth > 2'000) {
      return make_error(memory_, evaluation_error_code::limit, "comparing two values takes more steps than the limits allow");
    }
    if (a.is_unknown() || b.is_unknown()) {
      if (a.is_unknown() && b.is_unknown()) return merge_unknowns(memory_, a, b);
      return a.is_unknown() ? a : b;
    }
    if (a.is_error()) return a;
    if (b.is_error()) return b;
    if (is_number(a) && is_number(b)) return value::boolean(compare_numbers(a, b, false) == 0);
    if (a.kind() != b.kind()) return value::boolean(false);
    switch (a.kind()) {
      case value_kind::null: return value::boolean(true);
      case value_kind::boolean: return value::boolean(a.as_boolean() == b.as_boolean());
      case value_kind::string:
      case value_kind::bytes:
      case value_kind::type: return value::boolean(a.as_text() == b.as_text());
      case value_kind::timestamp:
      case value_kind::duration: return value::boolean(compare_instants(a, b) == 0);
      case value_kind::list: return lists(a.as_list(), b.as_list(), depth);
      case value_kind::map: return maps(a.as_map(), b.as_map(), depth);
      case value_kind::optional:
        if (a.some() == nullptr || b.some() == nullptr) return value::boolean(a.some() == b.some());
        return of(*a.some(), *b.some(), depth + 1);
      case value_kind::opaque:
        return value::boolean(a.as_opaque().type_name() == b.as_opaque().type_name() && a.as_opaque().equals(b.as_opaque()));
      default: return value::boolean(false);
    }
  }

 private:
  value unsure(const relation_shape* shape) {
    if (shape != nullptr && shape->why != nullptr) return value::unknown(shape->why);
    return make_unknown(memory_, {}, {}, unknown_reason::open_set);
  }

  static bool is_unsure(const list_view& list, std::size_t& certain) {
    const relation_shape* shape = list.relation();
    certain = list.size();
    if (shape == nullptr) return false;
    bool possible = false;
    if (shape->certain != nullptr) {
      certain = 0;
      for (std::size_t i = 0; i < list.size(); ++i) certain += shape->certain[i];
      possible = certain != list.size();
    }
    return possible || shape->open;
  }

  value lists(const list_view& a, const list_view& b, int depth) {
    std::size_t certain_a = 0;
    std::size_t certain_b = 0;
    bool unsure_a = is_unsure(a, certain_a);
    bool unsure_b = is_unsure(b, certain_b);
    if (unsure_a || unsure_b) {
      // More certain members than the other can ever have: no completion is equal.
      bool b_bounded = b.relation() == nullptr || !b.relation()->open;
      bool a_bounded = a.relation() == nullptr || !a.relation()->open;
      if ((b_bounded && certain_a > b.size()) || (a_bounded && certain_b > a.size())) return value::boolean(false);
      value left = unsure_a ? unsure(a.relation()) : unsure(b.relation());
      return unsure_a && unsure_b ? merge_unknowns(memory_, left, unsure(b.relation())) : left;
    }
    if (a.size() != b.size()) return value::boolean(false);
    undecided_parts parts(memory_);
    for (std::size_t i = 0; i < a.size(); ++i) {
      const value same = of(a.at(i), b.at(i), depth + 1);
      if (same.is_false() || parts.add(same)) return same;
    }
    return parts.or_else(value::boolean(true));
  }

  value maps(const map_view& a, const map_view& b, int depth) {
    // Of a register that may hold more than it lists nothing is asked as a whole.
    for (const map_view* one : {&a, &b}) {
      if (const relation_shape* shape = one->relation(); shape != nullptr && (shape->open || shape->certain != nullptr)) return unsure(shape);
    }
    if (a.size() != b.size() || a.type_name() != b.type_name()) return value::boolean(false);
    undecided_parts parts(memory_);
    const map_entry* entries = a.entries();
    for (std::size_t i = 0; i < a.size(); ++i) {
      value other;
      if (!b.find(entries[i].key, other)) return value::boolean(false);
      const value same = of(entries[i].mapped, other, depth + 1);
      if (same.is_false() || parts.add(same)) return same;
    }
    return parts.or_else(value::boolean(true));
  }

  arena& memory_;
  std::uint64_t& visited_;
};

}  // namespace

value equals(arena& memory, value a, value b, std::uint64_t& visited) { return equality(memory, visited).of(a, b, 0); }

value equals(arena& memory, value a, value b) {
  std::uint64_t visited = 0;
  return equality(memory, visited).of(a, b, 0);
}

std::optional<int> compare(value a, value b) {
  int order = unordered;
  if (is_number(a) && is_number(b)) {
    order = compare_numbers(a, b, false);
  } else if (a.kind() == b.kind()) {
    switch (a.kind()) {
      case value_kind::boolean: order = three_way(a.as_boolean(), b.as_boolean()); break;
      case value_kind::string:
      case value_kind::bytes: order = compare_texts(a, b); break;
      case value_kind::timestamp:
      case value_kind::duration: order = compare_instants(a, b); break;
      default: break;
    }
  }
  if (order == unordered) return std::nullopt;
  return order;
}

bool key_less(value a, value b) {
  auto rank = [](value key) { return key.is(value_kind::boolean) ? 0 : is_number(key) ? 1 : 2; };
  int rank_a = rank(a);
  int rank_b = rank(b);
  if (rank_a != rank_b) return rank_a < rank_b;
  if (rank_a == 1) return compare_numbers(a, b, true) == -1;
  std::optional<int> order = compare(a, b);
  return order && *order < 0;
}

}  // namespace sekimori
