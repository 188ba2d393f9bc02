// differential: expressions grown from the productions, and inputs. Entry points: generate.hpp.
#include "generate.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include "grammar.hpp"

namespace differential {

namespace {

// A type as the productions write it. One upper-case letter: a variable.
struct type {
  std::string name;
  std::vector<type> of;
  bool operator==(const type&) const = default;
  bool is_variable() const { return name.size() == 1; }
};

bool read_type(std::string_view& text, type& to) {
  while (!text.empty() && text[0] == ' ') text.remove_prefix(1);
  std::size_t end = 0;
  while (end < text.size() && (std::isalpha(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_')) ++end;
  to.name = text.substr(0, end);
  text.remove_prefix(end);
  static const char* const known[] = {"bool", "int", "uint", "double", "string", "bytes", "timestamp", "duration", "null_type", "type", "dyn",
                                      "list", "map", "optional_type", "wrapper", "ip", "cidr", "Thing", "A", "B", "C", "D"};
  if (std::find(std::begin(known), std::end(known), to.name) == std::end(known)) return false;
  if (text.empty() || text[0] != '(') return true;
  do {
    text.remove_prefix(1);
    to.of.emplace_back();
    if (!read_type(text, to.of.back())) return false;
  } while (!text.empty() && text[0] == ',');
  if (text.empty() || text[0] != ')') return false;
  text.remove_prefix(1);
  return true;
}

type type_of(std::string_view text) {
  type made;
  read_type(text, made);
  return made;
}

// A hole of a production, or a variable that it declares.
struct hole {
  enum class sort { expression, named_expression, variable, variable_after_next } what;
  type of;
  std::string name;
};

struct template_text {
  type result;
  int weight;
  bool ours;
  std::vector<std::string> texts;  // one more than holes
  std::vector<hole> holes;
  std::string keys;                // type variables that are keys of a map
};

template_text read_production(const production& p) {
  template_text made{type_of(p.type), p.weight == seldom ? 1 : p.weight * 5, p.ours, {""}, {}, {}};
  std::string_view text = p.text;
  for (std::string_view all : {std::string_view(p.type), text}) {
    for (std::size_t at = all.find("map("); at != std::string_view::npos; at = all.find("map(", at + 1)) {
      if (at + 5 < all.size() && all[at + 5] == ',') made.keys += all[at + 4];
    }
  }
  while (!text.empty()) {
    std::string_view rest = text.substr(1);
    hole found{hole::sort::expression, {}, {}};
    bool after = rest.starts_with("=");
    if (text[0] == '<') {
      found.what = after ? hole::sort::variable_after_next : hole::sort::variable;
      if (after) rest.remove_prefix(1);
    }
    bool is_hole = (text[0] == '{' || text[0] == '<') && read_type(rest, found.of);
    if (is_hole && rest.starts_with(text[0] == '<' ? ":" : "~")) {
      std::size_t end = rest.find(text[0] == '<' ? '>' : '}');
      if (text[0] == '{') found.what = hole::sort::named_expression;
      found.name = rest.substr(1, end - 1);
      rest.remove_prefix(end);
    }
    if (is_hole && !rest.empty() && rest[0] == (text[0] == '{' ? '}' : '>')) {
      made.holes.push_back(found);
      made.texts.emplace_back();
      text = rest.substr(1);
    } else {
      made.texts.back() += text[0];
      text.remove_prefix(1);
    }
  }
  return made;
}

struct grammar {
  std::vector<template_text> all;
  std::map<std::string, std::vector<const template_text*>> by_name;  // those that can make such a type
  std::map<std::string, std::vector<const template_text*>> leaves;

  grammar() {
    for (const production& p : productions()) all.push_back(read_production(p));
    for (const char* name : {"bool", "int", "uint", "double", "string", "bytes", "timestamp", "duration", "null_type", "type", "dyn", "list", "map", "optional_type", "ip", "cidr", "Thing"}) {
      for (const template_text& t : all) {
        if (t.result.name == name) by_name[name].push_back(&t);
        if (t.result.is_variable()) by_name[name].push_back(&t);
        if (t.result.name == name && t.holes.empty()) leaves[name].push_back(&t);
      }
    }
  }
};

const grammar& rules() {
  static const grammar made;
  return made;
}

class random {
 public:
  random(std::uint64_t seed, std::uint64_t number) : state_(seed * 0x9e3779b97f4a7c15ull ^ (number + 1) * 0xbf58476d1ce4e5b9ull) { next(); }
  std::uint64_t next() {
    std::uint64_t x = state_ += 0x9e3779b97f4a7c15ull;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ull;
    x = (x ^ x >> 27) * 0x94d049bb133111ebull;
    return x ^ x >> 31;
  }
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }
  bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }
  template <class T, std::size_t count>
  const T& one_of(const T (&from)[count]) { return from[below(count)]; }

 private:
  std::uint64_t state_;
};

using oracle::value;

class maker {
 public:
  maker(std::uint64_t seed, std::uint64_t number, wishes wanted) : dice_(seed, number), wanted_(wanted) {}

  generated make() {
    generated made;
    static const char* const results[] = {"list(string)", "bool", "bool", "bool", "dyn", "int", "string", "list(int)", "list(dyn)", "map(string, dyn)", "double", "optional_type(dyn)", "timestamp"};
    int depth = dice_.chance(4) ? 15 + static_cast<int>(dice_.below(25)) : 2 + static_cast<int>(dice_.below(4));
    made.expression = expression(type_of(dice_.one_of(results)), depth);
    unknowns_ = dice_.chance(50);
    for (const variable& v : variables()) {
      if (dice_.chance(10)) unknowns_ = unknowns_ && dice_.chance(80);
      made.inputs.push_back(input(type_of(v.type), v.name, 0));
      if (std::string_view(v.name) == "e" && !wanted_.peer && dice_.chance(40)) made.inputs.back() = oracle::error{};
      if (std::string_view(v.name).starts_with("rel") && !wanted_.peer) made.inputs.back() = relation(made.inputs.back(), v.name);
    }
    return made;
  }

 private:
  struct local {
    std::string name;
    type of;
  };

  static node text(std::string shown) { return {{std::move(shown)}, {}}; }

  type any_type(bool key) {
    static const char* const keys[] = {"string", "string", "int", "uint", "bool"};
    static const char* const types[] = {"int", "int", "int", "string", "string", "string", "bool", "bool", "uint", "uint", "double", "double", "bytes", "timestamp", "duration", "dyn", "dyn", "null_type",
                                        "list(int)", "list(string)", "list(dyn)", "map(string, int)", "map(string, dyn)", "optional_type(int)", "type", "ip", "cidr"};
    if (!key && !wanted_.peer && dice_.chance(4)) return type_of("Thing");
    return type_of(key ? dice_.one_of(keys) : dice_.one_of(types));
  }

  static bool unify(const type& pattern, const type& wanted, std::map<std::string, type>& bound) {
    if (pattern.is_variable()) {
      auto [at, fresh] = bound.emplace(pattern.name, wanted);
      return fresh || at->second == wanted;
    }
    if (pattern.name != wanted.name || pattern.of.size() != wanted.of.size()) return false;
    for (std::size_t i = 0; i < pattern.of.size(); ++i) {
      if (!unify(pattern.of[i], wanted.of[i], bound)) return false;
    }
    return true;
  }

  type filled(const type& pattern, std::map<std::string, type>& bound, const std::string& keys) {
    if (pattern.is_variable()) {
      auto found = bound.find(pattern.name);
      if (found == bound.end()) found = bound.emplace(pattern.name, any_type(keys.find(pattern.name[0]) != std::string::npos)).first;
      return found->second;
    }
    type made{pattern.name, {}};
    for (const type& one : pattern.of) made.of.push_back(filled(one, bound, keys));
    return made;
  }

  // A variable of the wanted type, declared here or for the whole case.
  bool name_of(const type& wanted, node& made) {
    std::vector<std::string> fit;
    for (std::size_t i = 0; i < locals_.size(); ++i) {
      bool shadowed = false;
      for (std::size_t k = i + 1; k < locals_.size(); ++k) shadowed = shadowed || locals_[k].name == locals_[i].name;
      if (!shadowed && locals_[i].of == wanted) fit.insert(fit.end(), 3, locals_[i].name);
    }
    for (const variable& v : variables()) {
      bool shadowed = false;
      for (const local& l : locals_) shadowed = shadowed || l.name == v.name;
      type declared = type_of(v.type);
      if (declared.name == "wrapper") declared = declared.of[0];
      if (!shadowed && (declared == wanted || (declared.name == "dyn" && dice_.chance(4)))) fit.push_back(v.name);
    }
    if (fit.empty()) return false;
    made = text(fit[dice_.below(fit.size())]);
    return true;
  }

  static constexpr int broad = 6;  // beyond this depth an expression is a chain

  node expression(const type& wanted, int depth) {
    if (depth > 0 && dice_.chance(2)) {
      node inner = expression(any_type(false), depth - 1);
      if (dice_.chance(15)) return inner;  // most likely no expression that the checker takes
      return {{"dyn(", ")"}, {inner}};
    }
    if (wanted.name == "dyn" && dice_.chance(70)) return expression(any_type(false), depth);
    node made;
    if (dice_.chance(depth <= 0 ? 65 : 25) && name_of(wanted, made)) return made;
    std::map<std::string, type> bound;
    const template_text& chosen = choose(wanted, depth, bound);
    return grown(chosen, bound, depth);
  }

  const template_text& choose(const type& wanted, int depth, std::map<std::string, type>& bound) {
    const auto& leaves = rules().leaves.find(wanted.name);
    const auto& from = depth <= 0 && leaves != rules().leaves.end() ? leaves->second : rules().by_name.at(wanted.name);
    std::vector<const template_text*> fit;
    int sum = 0;
    for (const template_text* t : from) {
      bound.clear();
      if ((t->ours && wanted_.peer) || !unify(t->result, wanted, bound)) continue;
      fit.push_back(t);
      sum += t->weight;
    }
    int at = static_cast<int>(dice_.below(static_cast<std::size_t>(sum)));
    std::size_t i = 0;
    while ((at -= fit[i]->weight) >= 0) ++i;
    bound.clear();
    unify(fit[i]->result, wanted, bound);
    return *fit[i];
  }

  node grown(const template_text& chosen, std::map<std::string, type>& bound, int depth) {
    node made{{chosen.texts[0]}, {}};
    std::size_t outer = locals_.size();
    std::optional<local> later;
    std::vector<std::string> declared;
    // Of a deep expression one part is deep, and the body of no macro: what loops in loops takes too long.
    std::size_t spine = 0;
    bool loops = !chosen.holes.empty() && std::any_of(chosen.holes.begin(), chosen.holes.end(), [](const hole& h) { return h.what == hole::sort::variable; });
    if (!loops && !chosen.holes.empty()) spine = dice_.below(chosen.holes.size());
    for (std::size_t i = 0; i < chosen.holes.size(); ++i) {
      const hole& h = chosen.holes[i];
      type of = filled(h.of, bound, chosen.keys);
      if (h.what == hole::sort::expression || h.what == hole::sort::named_expression) {
        made.parts.push_back(expression(of, i == spine || depth <= broad ? depth - 1 : static_cast<int>(dice_.below(2))));
        made.texts.push_back(chosen.texts[i + 1]);
        if (later) locals_.push_back(*later);
        later.reset();
        if (h.what == hole::sort::named_expression) locals_.push_back({h.name, of});
        continue;
      }
      // Few names, so that they shadow one another and the inputs.
      static const char* const names[] = {"x", "y", "v", "w", "k", "i", "s", "m"};
      std::string name = h.name;
      while (name.empty() || std::find(declared.begin(), declared.end(), name) != declared.end()) name = dice_.one_of(names);
      declared.push_back(name);
      if (h.what == hole::sort::variable) locals_.push_back({name, of});
      else later = local{name, of};
      made.texts.back() += name + chosen.texts[i + 1];
    }
    locals_.resize(outer);
    return made;
  }

  static value whole(std::int64_t number) { return number; }

  value simple(const std::string& name) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    static const std::int64_t ints[] = {0, 1, 2, -1, 3, 7, 63, -7, INT64_MAX, INT64_MIN, INT64_MAX - 1, 9007199254740992, 9007199254740993, 1700000000};
    static const std::uint64_t uints[] = {0, 1, 2, 3, 64, UINT64_MAX, 9223372036854775807u, 9223372036854775808u, 9007199254740993u};
    static const double doubles[] = {0.0, -0.0, 1.0, 2.0, -1.0, 1.5, 0.5, -2.5, infinity, -infinity, std::nan(""), 9007199254740992.0, 9223372036854775808.0, 18446744073709551616.0, 1e300, 1e-7, 123456789.0};
    static const char* const strings[] = {"", "a", "k", "ab", "b", "abcab", "key", "日本", "a\u00e9b", "\U0001F600", "1", "-7", "true", "2024-01-01T00:00:00Z", "1h", "a,b,c", " x\t", "%s", "A.B", "e\u0301", "日本語テキスト", "\u00fc\U0001F468\u200d\U0001F469k", "１２３", "10.1.2.3", "10.0.0.0/8"};
    static const char* const octets[] = {"", "abc", "\xff", "\xe3\x81", "\xc3\xa9", "YWJj"};
    static const std::int64_t instants[] = {0, 1709251199, -62135596800, 253402300799, 1798761600, -1, 951782400, 1743300000};
    static const char* const types[] = {"int", "string", "list", "null_type"};
    static const int days[] = {0, 1, -1, 57'600, 7};
    if (name == "bool") return dice_.chance(50);
    if (name == "int") return dice_.one_of(ints);
    if (name == "uint") return dice_.one_of(uints);
    if (name == "double") return dice_.one_of(doubles);
    if (name == "string") return std::string(dice_.one_of(strings));
    if (name == "bytes") return oracle::bytes{dice_.one_of(octets)};
    if (name == "timestamp") return oracle::timestamp{oracle::wide{dice_.one_of(instants)} * 1'000'000'000 + (dice_.chance(30) ? 999'999'999 : 0)};
    if (name == "duration") return oracle::duration{dice_.chance(50) ? oracle::wide{dice_.one_of(ints)} : oracle::wide{1'500'000'000} * dice_.one_of(days)};
    if (name == "type") return oracle::type{dice_.one_of(types)};
    return oracle::null{};
  }

  value input(type of, const std::string& path, int depth) {
    if (unknowns_ && dice_.chance(depth == 0 ? 15 : 20)) return oracle::unknown{{{"r", path}}};
    if (of.name == "wrapper") return dice_.chance(30) ? value(oracle::null{}) : input(of.of[0], path, depth + 1);
    if (of.name == "dyn") {
      static const char* const flat[] = {"bool", "int", "uint", "double", "string", "bytes", "timestamp", "duration", "null_type", "int", "string"};
      static const char* const deep[] = {"list(dyn)", "map(string, dyn)", "list(int)", "map(int, dyn)", "map(bool, int)", "map(dyn, int)"};
      of = type_of(depth < 2 && dice_.chance(40) ? dice_.one_of(deep) : dice_.one_of(flat));
    }
    if (of.name == "list") {
      oracle::list made;
      for (std::size_t count = dice_.below(4); made.elements.size() < count;) {
        made.elements.push_back(input(of.of[0], path + "[" + std::to_string(made.elements.size()) + "]", depth + 1));
      }
      return made;
    }
    if (of.name == "map") {
      std::vector<oracle::entry> entries;
      static const char* const keys[] = {"k", "a", "key", "b", ""};
      for (std::size_t count = dice_.below(4); count > 0; --count) {
        value key = of.of[0].name == "string" ? value(std::string(dice_.one_of(keys)))
                                              : simple(of.of[0].name == "dyn" ? any_type(true).name : of.of[0].name);
        bool repeated = false;
        for (const oracle::entry& e : entries) repeated = repeated || oracle::equal(e.key, key).is_true();
        // Another engine is told where the unknown stands by names and whole numbers only.
        std::string at = key.is<std::string>() ? "." + key.as<std::string>() : "[" + oracle::show(key) + "]";
        if (!repeated) entries.push_back({key, input(of.of[1], path + at, depth + 1)});
      }
      return oracle::make_map(std::move(entries));
    }
    if (of.name == "optional_type") return dice_.chance(40) ? value(oracle::optional{}) : some(input(of.of[0], path, depth + 1));
    return simple(of.name);
  }

  static value some(value v) { return v.undecided() ? v : value(oracle::optional{{std::move(v)}}); }

  value relation(value given, const std::string& name) {
    if (!given.is<oracle::list>()) return given;
    oracle::list made = given.as<oracle::list>();
    for (std::size_t i = 0; i < made.elements.size(); ++i) made.certain.push_back(dice_.chance(60));
    made.open = dice_.chance(40);
    if (!made.whole()) made.why = {{"r", name + " tail"}};
    return made;
  }

  random dice_;
  wishes wanted_;
  bool unknowns_ = false;
  std::vector<local> locals_;
};

}  // namespace

const std::vector<variable>& variables() {
  static const std::vector<variable> all = {
      {"b", "bool"},       {"i", "int"},         {"j", "int"},           {"u", "uint"},
      {"d", "double"},     {"s", "string"},      {"q", "string"},        {"o8", "bytes"},
      {"t", "timestamp"},  {"r", "duration"},    {"li", "list(int)"},    {"ls", "list(string)"},
      {"ld", "list(dyn)"}, {"m", "map(string, int)"}, {"md", "map(string, dyn)"}, {"mi", "map(int, string)"},
      {"mm", "map(string, map(string, int))"}, {"opt", "optional_type(int)"}, {"wr", "wrapper(int)"}, {"dx", "dyn"},
      {"dz", "dyn"},       {"e", "dyn"},         {"rel", "list(int)"},   {"reld", "list(dyn)"},
  };
  return all;
}

std::string write(const node& n) {
  std::string shown = n.texts[0];
  for (std::size_t i = 0; i < n.parts.size(); ++i) shown += write(n.parts[i]) + n.texts[i + 1];
  return shown;
}

generated generate(std::uint64_t seed, std::uint64_t number, wishes wanted) { return maker(seed, number, wanted).make(); }

}  // namespace differential
