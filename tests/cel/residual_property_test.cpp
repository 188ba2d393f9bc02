// Residuals against the evaluator: generated expressions over variables of which some, or some parts, are hidden.
// What is left must give the answer of the original once everything is given; so must what is known already.
// SEKIMORI_RESIDUAL_CASES and SEKIMORI_RESIDUAL_SEED ask for more than the run of every day.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <set>

#include "cel/residual.hpp"
#include "value/values.hpp"

using namespace sekimori;
using namespace sekimori::cel;

namespace {

// The same everywhere: no distribution of the standard library is.
class random_source {
 public:
  explicit random_source(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15ull + 1) {}
  std::uint64_t below(std::uint64_t limit) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_ % limit;
  }
  bool one_in(std::uint64_t n) { return below(n) == 0; }
  template <class T, std::size_t n>
  const T& pick(const T (&from)[n]) { return from[below(n)]; }

 private:
  std::uint64_t state_;
};

struct declared {
  const char* name;
  const char* type;
};
constexpr declared variables_of_tests[] = {
    {"a", "bool"},        {"b", "bool"},          {"i", "int"},           {"j", "int"},          {"s", "string"},       {"t", "string"},
    {"d", "double"},      {"y", "dyn"},           {"z", "dyn"},           {"l", "list(int)"},    {"k", "list(dyn)"},    {"m", "map(string, int)"},
    {"n", "map(string, dyn)"}, {"o", "optional_type(int)"}, {"w", "google.protobuf.Timestamp"}, {"g", "net.IP"}, {"x.q", "int"},
    {"c", "net.CIDR"},    {"u", "kubernetes.Quantity"}, {"v", "kubernetes.Semver"}, {"h", "kubernetes.URL"}, {"r", "ports"},
};
constexpr std::size_t variable_count = std::size(variables_of_tests);

// Texts of expressions, mostly well typed: what does not compile is left out.
class generator {
 public:
  explicit generator(random_source& random) : random_(random) {}

  std::string make(std::string_view type, int depth) {
    if (depth <= 0 || random_.one_in(6)) return leaf(type);
    if (random_.one_in(9)) return generic(type, depth - 1);
    if (type == "bool") return boolean(depth - 1);
    if (type == "int") return integer(depth - 1);
    if (type == "string") return string(depth - 1);
    if (type == "double") return number(depth - 1);
    if (type == "list") return list(depth - 1);
    if (type == "map") return map(depth - 1);
    if (type == "optional") return optional(depth - 1);
    return dynamic(depth - 1);
  }

 private:
  struct local {
    std::string name;
    std::string type;
  };

  std::string any(int depth) {
    static constexpr const char* types[] = {"bool", "int", "string", "double", "list", "map", "dyn"};
    return make(random_.pick(types), depth);
  }

  std::string leaf(std::string_view type) {
    std::vector<std::string> fits;
    for (const local& one : locals_) {
      if (one.type == type || one.type == "dyn") fits.push_back(one.name);
    }
    if (!fits.empty() && random_.one_in(2)) return fits[random_.below(fits.size())];
    if (type == "bool") { static constexpr const char* of[] = {"true", "false", "a", "b", "a", "b", "n.on", "z.on"}; return random_.pick(of); }
    if (type == "int") { static constexpr const char* of[] = {"0", "1", "2", "-1", "i", "j", "m.p", "l[0]", "l[1]", "x.q", "n.p"}; return random_.pick(of); }
    if (type == "string") { static constexpr const char* of[] = {"''", "'p'", "'q'", "'ab'", "s", "t", "n.s", "\"\\u3042\""}; return random_.pick(of); }
    if (type == "double") { static constexpr const char* of[] = {"0.5", "-1.5", "d", "d", "double('NaN')", "1e300"}; return random_.pick(of); }
    if (type == "list") { static constexpr const char* of[] = {"[]", "[1, 2]", "[0, 1, 2, 3]", "l", "l", "k", "n.l", "k[0]"}; return random_.pick(of); }
    if (type == "map") { static constexpr const char* of[] = {"{'p': 1, 'q': 0}", "m", "m", "n", "n.m", "k[1]"}; return random_.pick(of); }
    if (type == "optional") { static constexpr const char* of[] = {"o", "o", "optional.none()", "optional.of(1)", "m.?p", "l[?1]", "n.?p"}; return random_.pick(of); }
    static constexpr const char* of[] = {"y", "z", "n.p", "n['q']", "k[0]", "y.p", "z.q", "z[0]", "null", "1", "'p'", "w", "g", "c", "u", "v", "h", "r", "b'x'", "type(y)", "int"};
    return random_.pick(of);
  }

  std::string generic(std::string_view type, int depth) {
    switch (random_.below(6)) {
      case 0: return "(" + make("bool", depth) + " ? " + make(type, depth) + " : " + make(type, depth) + ")";
      case 1: {
        std::string name = new_name();
        std::string bound_type = random_.one_in(2) ? "dyn" : "int";
        std::string bound = make(bound_type, depth);
        locals_.push_back({name, bound_type});
        std::string body = make(type, depth);
        locals_.pop_back();
        return "cel.bind(" + name + ", " + bound + ", " + body + ")";
      }
      case 2: return "dyn(" + make(type, depth) + ")";
      case 5: {
        std::string bound = "[" + make("int", depth) + ", " + make("dyn", depth) + "]";
        locals_.push_back({"cel.index(0)", "int"});
        locals_.push_back({"cel.index(1)", "dyn"});
        std::string body = make(type, depth);
        locals_.resize(locals_.size() - 2);
        return "cel.block(" + bound + ", " + body + ")";
      }
      case 3: return "[" + make(type, depth) + ", " + make(type, depth) + "][" + make("int", depth) + "]";
      default: return "{'p': " + make(type, depth) + "}." + (random_.one_in(4) ? "q" : "p");
    }
  }

  // Few names, so that macros hide each other's variables and the environment's.
  std::string new_name() { static constexpr const char* of[] = {"e", "f", "a", "l", "y", "int", "x", "optional"}; return random_.pick(of); }

  std::string over(const std::string& range, const char* name, std::string_view body_type, int depth, const char* element) {
    std::string variable = new_name();
    locals_.push_back({variable, element});
    std::string body = make(body_type, depth);
    locals_.pop_back();
    return range + "." + name + "(" + variable + ", " + body + ")";
  }

  std::string over_two(const std::string& range, const char* name, std::string_view body_type, int depth, const char* key) {
    std::string first = new_name();
    std::string second = new_name();
    if (first == second) second += "2";
    locals_.push_back({first, key});
    locals_.push_back({second, "dyn"});
    std::string body = make(body_type, depth);
    std::string filter = random_.one_in(3) && std::string_view(name).starts_with("transform") ? make("bool", depth) + ", " : "";
    locals_.resize(locals_.size() - 2);
    return range + "." + name + "(" + first + ", " + second + ", " + filter + body + ")";
  }

  std::string boolean(int depth) {
    switch (random_.below(25)) {
      case 0: case 1: case 2: return "(" + make("bool", depth) + " && " + make("bool", depth) + ")";
      case 3: case 4: case 5: return "(" + make("bool", depth) + " || " + make("bool", depth) + ")";
      case 6: return "!" + make("bool", 0);
      case 7: return "!(" + make("bool", depth) + ")";
      case 8: return "(" + make("int", depth) + " == " + make("int", depth) + ")";
      case 9: return "(" + make("dyn", depth) + " != " + make("dyn", depth) + ")";
      case 10: return "(" + make("int", depth) + " < " + make("int", depth) + ")";
      case 11: return "(" + make("int", depth) + " in " + make("list", depth) + ")";
      case 12: return "(" + make("string", depth) + " in " + make("map", depth) + ")";
      case 13: { static constexpr const char* of[] = {"n.p", "z.p", "n.m.p", "m.q", "y.p"}; return std::string("has(") + random_.pick(of) + ")"; }
      case 14: return over(make("list", depth), "all", "bool", depth, "dyn");
      case 15: return over(make("list", depth), "exists", "bool", depth, "int");
      case 16: return over(make("list", depth), "exists_one", "bool", depth, "dyn");
      case 17: return over(make("map", depth), random_.one_in(2) ? "all" : "exists", "bool", depth, "string");
      case 18: return over_two(make("list", depth), random_.one_in(2) ? "all" : "exists", "bool", depth, "int");
      case 19: return over_two(make("map", depth), random_.one_in(2) ? "existsOne" : "exists", "bool", depth, "string");
      case 20: return make("optional", depth) + ".hasValue()";
      case 21: case 22: case 23: return of_packs(depth);
      default: return make("string", depth) + ".startsWith(" + make("string", depth) + ")";
    }
  }

  // Functions of the network, Kubernetes, regular expression and port packs.
  std::string of_packs(int depth) {
    switch (random_.below(14)) {
      case 0: return "(g == ip(" + make("string", depth) + "))";
      case 1: return "c.containsIP(" + make("dyn", depth) + ")";
      case 2: return "(cidr('192.0.2.0/24').containsIP(g) || c.prefixLength() < " + make("int", depth) + ")";
      case 3: return "isIP(" + make("string", depth) + ")";
      case 4: return "u.isGreaterThan(quantity(" + make("string", depth) + "))";
      case 5: return "(u.add(quantity('1')).compareTo(u) > " + make("int", depth) + ")";
      case 6: return "v.isLessThan(semver(" + make("string", depth) + "))";
      case 7: return "(v.major() == " + make("int", depth) + " && isSemver(" + make("string", depth) + "))";
      case 8: return "(h.getHost() == " + make("string", depth) + ")";
      case 9: return "(url('http://p.q/' + " + make("string", depth) + ") == h)";
      case 10: return "r.contains(" + make("int", depth) + ")";
      case 11: return "(r == ports.parse(" + make("string", depth) + ") || r.isAll())";
      case 12: return make("string", depth) + ".matches('^[pq]b?$')";
      default: return "(" + make("string", depth) + ".find('[a-z]') == " + make("string", depth) + ")";
    }
  }

  std::string integer(int depth) {
    switch (random_.below(8)) {
      case 0: return "(" + make("int", depth) + " + " + make("int", depth) + ")";
      case 1: return "(" + make("int", depth) + " / " + make("int", depth) + ")";
      case 2: return "-(" + make("int", depth) + ")";
      case 3: return "size(" + make(random_.one_in(2) ? "list" : "map", depth) + ")";
      case 4: return make("optional", depth) + ".orValue(" + make("int", depth) + ")";
      case 5: return make("list", depth) + "[" + make("int", depth) + "]";
      case 6: return make("map", depth) + "[" + make("string", depth) + "]";
      default: return "int(" + make(random_.one_in(2) ? "string" : "double", depth) + ")";
    }
  }

  std::string string(int depth) {
    switch (random_.below(3)) {
      case 0: return "(" + make("string", depth) + " + " + make("string", depth) + ")";
      case 1: return "string(" + any(depth) + ")";
      default: return make("string", depth) + ".upperAscii()";
    }
  }

  std::string number(int depth) { return random_.one_in(2) ? "double(" + any(depth) + ")" : "(" + make("double", depth) + " / " + make("double", depth) + ")"; }

  std::string list(int depth) {
    switch (random_.below(11)) {
      case 0: case 1: return "[" + make("int", depth) + ", " + make("int", depth) + "]";
      case 2: return "[" + any(depth) + ", ?" + make("optional", depth) + "]";
      case 3: return "(" + make("list", depth) + " + " + make("list", depth) + ")";
      case 4: return over(make("list", depth), "map", "int", depth, "dyn");
      case 5: return over(make("list", depth), "filter", "bool", depth, "int");
      case 6: return over(make("map", depth), "map", "dyn", depth, "string");
      case 7: return over_two(make("list", depth), "transformList", "dyn", depth, "int");
      case 8: return over(make("list", depth), "sortBy", "int", depth, "int");
      case 9: return make("list", depth) + ".reverse()";
      default: return over(make("map", depth), "filter", "bool", depth, "string");
    }
  }

  std::string map(int depth) {
    switch (random_.below(5)) {
      case 0: return "{'p': " + make("int", depth) + ", 'q': " + any(depth) + "}";
      case 1: return "{" + make("string", depth) + ": " + any(depth) + "}";
      case 2: return "{?'p': " + make("optional", depth) + ", 'r': 1}";
      case 3: return over_two(make("map", depth), "transformMap", "dyn", depth, "string");
      default: return over_two(make("list", depth), "transformMap", "dyn", depth, "int");
    }
  }

  std::string optional(int depth) {
    switch (random_.below(7)) {
      case 0: return "optional.of(" + make("int", depth) + ")";
      case 1: return make("map", depth) + ".?p";
      case 2: return make("list", depth) + "[?" + make("int", depth) + "]";
      case 3: return make("optional", depth) + ".or(" + make("optional", depth) + ")";
      case 4: return over(make("optional", depth), "optMap", "int", depth, "int");
      case 5: return over(make("optional", depth), "optFlatMap", "optional", depth, "int");
      default: return "optional.ofNonZeroValue(" + make("int", depth) + ")";
    }
  }

  std::string dynamic(int depth) {
    switch (random_.below(5)) {
      case 0: return make("map", depth) + ".p";
      case 1: return make("list", depth) + "[" + make("int", depth) + "]";
      case 2: return make("dyn", depth) + ".q";
      default: return any(depth);
    }
  }

  random_source& random_;
  std::vector<local> locals_;
};

class property {
 public:
  property() {
    for (const pack& one : packs()) names_.add_pack(one);
    for (const declared& one : variables_of_tests) {
      const type* read = names_.types().parse(one.type);
      for (const char* kind : {"net.IP", "net.CIDR", "kubernetes.Quantity", "kubernetes.Semver", "kubernetes.URL", "ports"}) {
        if (std::string_view(one.type) == kind) read = names_.types().abstract(kind);
      }
      names_.declare_variable(one.name, read);
    }
  }

  // Empty: fine; else what went wrong.
  std::string check(const std::string& text, const std::vector<value>& given, const std::vector<value>& hidden) {
    auto compiled_text = names_.compile(plain_text(text));
    if (!compiled_text.ok()) return {};
    const compiled_ptr program = compiled_text.value();
    ++compiled_cases;
    arena memory;
    evaluator run(memory, {});
    const value wanted = run.evaluate(*program, given);
    const residual left = residual_of(names_, program, hidden, run);
    const value early = run.evaluate(*program, hidden);
    if (!early.is_unknown() && !early.is_error() && !has_unknown(early) && !wanted.is_error() && !same(early, wanted)) {
      return "the evaluator knew " + shown(early) + ", it is " + shown(wanted);
    }
    if (left.program == nullptr) {
      if (left.known.is_unknown()) return "neither a value nor a residual";
      return same(left.known, wanted) ? "" : "known as " + shown(left.known) + ", it is " + shown(wanted);
    }
    ++residuals;
    if (left.program == program) ++unreduced;
    for (const char* secret : {"4242", "2121", "canary", "CANARY"}) {
      if (left.text.find(secret) != std::string::npos) return left.text + "   tells a secret";
    }
    const value got = run.evaluate(*left.program, given);
    if (!same(got, wanted)) return left.text + "   gives " + shown(got) + ", not " + shown(wanted);
    if (left.program != program) {
      std::set<std::int32_t> named;
      collect(*left.program->root, named);
      for (std::int32_t slot : named) {
        // Of what has a type that can be written nothing is named; a dyn may be, where a read of it fails.
        const std::string_view type = variables_of_tests[slot].type;
        const bool written = type == "bool" || type == "int" || type == "string" || type == "double" || type.ends_with("Timestamp");
        if (written && !hidden[static_cast<std::size_t>(slot)].is_unknown() && !hidden[static_cast<std::size_t>(slot)].sensitive()) return left.text + "   names " + variables_of_tests[slot].name + ", which is known";
      }
    }
    return {};
  }

  arena values;
  environment& names() { return names_; }
  std::size_t compiled_cases = 0;
  std::size_t residuals = 0;
  std::size_t unreduced = 0;

  std::string shown(value v) {
    if (v.is_error()) return "error " + std::string(v.as_error().message);
    if (v.is_unknown()) return "unknown";
    return std::string(kind_name(v.kind())) + " " + display(v);
  }

 private:
  static bool same(value a, value b) {
    if (a.is_error() || b.is_error()) return a.is_error() && b.is_error();
    if (a.kind() != b.kind()) return false;
    switch (a.kind()) {
      case value_kind::floating: return a.as_floating() == b.as_floating() || (std::isnan(a.as_floating()) && std::isnan(b.as_floating()));
      case value_kind::list: {
        if (a.as_list().size() != b.as_list().size()) return false;
        for (std::size_t i = 0; i < a.as_list().size(); ++i) {
          if (!same(a.as_list().at(i), b.as_list().at(i))) return false;
        }
        return true;
      }
      case value_kind::map: {
        if (a.as_map().size() != b.as_map().size()) return false;
        for (std::size_t i = 0; i < a.as_map().size(); ++i) {
          if (!same(a.as_map().entries()[i].key, b.as_map().entries()[i].key)) return false;
          if (!same(a.as_map().entries()[i].mapped, b.as_map().entries()[i].mapped)) return false;
        }
        return true;
      }
      case value_kind::optional:
        if (a.some() == nullptr || b.some() == nullptr) return a.some() == b.some();
        return same(*a.some(), *b.some());
      default: {
        arena memory;
        return equals(memory, a, b).is_true();
      }
    }
  }

  static bool has_unknown(value v) {
    if (v.is_unknown()) return true;
    if (v.is(value_kind::list)) {
      for (std::size_t i = 0; i < v.as_list().size(); ++i) if (has_unknown(v.as_list().at(i))) return true;
    } else if (v.is(value_kind::map)) {
      for (std::size_t i = 0; i < v.as_map().size(); ++i) if (has_unknown(v.as_map().entries()[i].mapped)) return true;
    } else if (v.is(value_kind::optional) && v.some() != nullptr) {
      return has_unknown(*v.some());
    }
    return false;
  }

  static void collect(const expression& e, std::set<std::int32_t>& named) {
    if (e.kind == expression_kind::identifier && !e.local && e.slot >= 0) named.insert(e.slot);
    if (e.operand != nullptr) collect(*e.operand, named);
    if (e.condition != nullptr) collect(*e.condition, named);
    if (e.body != nullptr) collect(*e.body, named);
    for (const expression* argument : e.arguments) collect(*argument, named);
  }

  environment names_;
};

class inputs {
 public:
  inputs(property& on, random_source& random) : on_(on), random_(random) {
    for (const declared& one : variables_of_tests) given.push_back(make(one.type));
    for (value v : given) hidden.push_back(hide(v, 0));
  }
  std::vector<value> given;
  std::vector<value> hidden;

 private:
  // Some are secrets: they and what is computed of them may not be in a residual.
  value integer() {
    if (random_.one_in(8)) return value::integer(424'242).marked_sensitive(true);
    static constexpr std::int64_t of[] = {0, 1, 2, 3, -1, INT64_MAX};
    return value::integer(random_.pick(of));
  }
  value text() {
    if (random_.one_in(8)) return value::string("canary").marked_sensitive(true);
    static constexpr const char* of[] = {"", "p", "q", "ab", "1"};
    return value::string(random_.pick(of));
  }
  value boolean() { return value::boolean(random_.one_in(2)); }

  value make(std::string_view type) {
    if (type == "bool") return boolean();
    if (type == "int") return integer();
    if (type == "string") return text();
    if (type == "double") { static const double of[] = {0.0, -0.5, 1.0, NAN, INFINITY, 1e18}; return value::floating(random_.pick(of)); }
    if (type == "google.protobuf.Timestamp") return value::timestamp(static_cast<std::int64_t>(random_.below(2'000'000'000)), 500);
    if (type == "net.IP") { static constexpr const char* of[] = {"ip('192.0.2.1')", "ip('2001:db8::1')"}; return made_by(random_.pick(of)); }
    if (type == "net.CIDR") { static constexpr const char* of[] = {"cidr('192.0.2.0/24')", "cidr('::/0')"}; return made_by(random_.pick(of)); }
    if (type == "kubernetes.Quantity") { static constexpr const char* of[] = {"quantity('1.5Gi')", "quantity('100m')"}; return made_by(random_.pick(of)); }
    if (type == "kubernetes.Semver") { static constexpr const char* of[] = {"semver('1.2.3-rc.1')", "semver('0.0.1')"}; return made_by(random_.pick(of)); }
    if (type == "kubernetes.URL") { static constexpr const char* of[] = {"url('http://p.q/ab?x=1')", "url('/p')"}; return made_by(random_.pick(of)); }
    if (type == "ports") { static constexpr const char* of[] = {"ports.parse('22,80-90')", "ports.all()", "ports.none()"}; return made_by(random_.pick(of)); }
    if (type == "optional_type(int)") return random_.one_in(3) ? value::optional(nullptr) : value::optional(on_.values.make<value>(integer()));
    if (type == "list(int)") return list("int");
    if (type == "list(dyn)") return list("dyn");
    if (type == "map(string, int)") return map("int");
    if (type == "map(string, dyn)") return map("dyn");
    return dynamic(2);
  }

  value made_by(const char* call) {
    auto made = on_.names().compile(plain_text(call));
    evaluator run(on_.values, {});
    return run.evaluate(*made.value(), {});
  }

  value list(std::string_view of) {
    std::vector<value> elements;
    for (std::uint64_t n = random_.below(4); n > 0; --n) elements.push_back(of == "int" ? integer() : dynamic(1));
    return make_list(on_.values, elements);
  }

  value map(std::string_view of) {
    std::vector<map_entry> entries;
    static constexpr const char* keys[] = {"l", "m", "on", "p", "q", "s"};
    for (const char* key : keys) {
      if (random_.one_in(3)) continue;
      std::string_view name = key;
      value mapped = of == "int" ? integer() : name == "on" ? boolean() : name == "s" ? text() : name == "l" ? list("int") : name == "m" ? map("int") : dynamic(1);
      entries.push_back({value::string(key), mapped});
    }
    return make_map(on_.values, entries);
  }

  value dynamic(int depth) {
    switch (random_.below(depth > 0 ? 9 : 7)) {
      case 0: return boolean();
      case 1: case 2: return integer();
      case 3: return text();
      case 4: return value::null();
      case 5: return value::unsigned_integer(random_.below(3));
      case 6: return value::floating(static_cast<double>(random_.below(3)));
      case 7: return depth > 1 ? map("dyn") : map("int");
      default: return depth > 1 ? list("dyn") : list("int");
    }
  }

  // The value, a part of it, or nothing of it hidden.
  value hide(value v, int depth) {
    const value unknown = make_unknown(on_.values, {}, "p" + std::to_string(random_.below(5)), unknown_reason::computed);
    if (random_.one_in(depth == 0 ? 3 : 4)) return unknown;
    if (v.is(value_kind::list)) {
      std::vector<value> elements;
      for (std::size_t i = 0; i < v.as_list().size(); ++i) elements.push_back(hide(v.as_list().at(i), depth + 1));
      return make_list(on_.values, elements);
    }
    if (v.is(value_kind::map)) {
      std::vector<map_entry> entries;
      for (std::size_t i = 0; i < v.as_map().size(); ++i) entries.push_back({v.as_map().entries()[i].key, hide(v.as_map().entries()[i].mapped, depth + 1)});
      return make_map(on_.values, entries);
    }
    return v;
  }

  property& on_;
  random_source& random_;
};

void parts_of(const expression& e, std::vector<std::string>& texts) {
  std::vector<const expression*> children(e.arguments.begin(), e.arguments.end());
  for (const expression* child : {e.operand, e.condition, e.body}) {
    if (child != nullptr) children.push_back(child);
  }
  for (const expression* child : children) {
    texts.push_back(unparse(*child));
    parts_of(*child, texts);
  }
}

// The smallest part of it that fails, with as little hidden as that takes.
std::string shrunk(property& on, std::string text, inputs& with) {
  for (bool smaller = true; smaller;) {
    smaller = false;
    auto program = on.names().compile(plain_text(text));
    std::vector<std::string> parts;
    parts_of(*program.value()->root, parts);
    for (const std::string& part : parts) {
      if (part.size() < text.size() && !on.check(part, with.given, with.hidden).empty()) {
        text = part;
        smaller = true;
        break;
      }
    }
  }
  for (std::size_t i = 0; i < variable_count; ++i) {
    const value before = with.hidden[i];
    with.hidden[i] = with.given[i];
    if (on.check(text, with.given, with.hidden).empty()) with.hidden[i] = before;
  }
  std::string told = text + "\n  " + on.check(text, with.given, with.hidden) + "\n";
  for (std::size_t i = 0; i < variable_count; ++i) {
    if (text.find(variables_of_tests[i].name) == std::string::npos) continue;
    told += std::string("  ") + variables_of_tests[i].name + " = " + on.shown(with.given[i]) + ", seen as " + on.shown(with.hidden[i]) + "\n";
  }
  return told;
}

std::uint64_t asked_for(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

}  // namespace

TEST_CASE("what is left of an expression gives its answer once the unknown is given") {
  const std::uint64_t cases = asked_for("SEKIMORI_RESIDUAL_CASES", 6'000);
  const std::uint64_t seed = asked_for("SEKIMORI_RESIDUAL_SEED", 1);
  std::size_t compiled_cases = 0;
  std::size_t residuals = 0;
  std::size_t unreduced = 0;
  int failures = 0;
  for (std::uint64_t i = 0; i < cases && failures < 5; ++i) {
    random_source random(seed * 1'000'003 + i);
    property on;
    inputs with(on, random);
    generator make(random);
    const std::string text = make.make(random.one_in(3) ? "dyn" : "bool", 4);
    if (on.check(text, with.given, with.hidden).empty()) {
      compiled_cases += on.compiled_cases;
      residuals += on.residuals;
      unreduced += on.unreduced;
      continue;
    }
    ++failures;
    FAIL_CHECK("case " << i << " of seed " << seed << ": " << shrunk(on, text, with));
  }
  MESSAGE(cases << " cases, " << compiled_cases << " compile, " << residuals << " residuals, " << unreduced << " of them the expression as it was");
  CHECK(residuals * 10 > cases);
  CHECK(unreduced * 100 < residuals);
}
