// cel: see mutants.hpp.
#include "cel/mutation/mutants.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <set>

#include "base/arena.hpp"
#include "cel/mutation/parts.hpp"
#include "cel/syntax/literal.hpp"

namespace sekimori::cel {
namespace {

struct flip { std::string_view name; std::array<std::string_view, 2> others; };
// A comparison becomes its opposite, and one of order that with the other bound.
constexpr flip flips[] = {
    {"_==_", {"_!=_", ""}},     {"_!=_", {"_==_", ""}},     {"_<_", {"_<=_", "_>=_"}},
    {"_<=_", {"_<_", "_>_"}},   {"_>_", {"_>=_", "_<=_"}},  {"_>=_", {"_>_", "_<_"}},
};

const flip* flip_of(const expression& node) {
  for (const flip& one : flips) {
    if (is_operator(node, one.name) && node.arguments.size() == 2) return &one;
  }
  return nullptr;
}

std::string symbol(std::string_view name) { return "`" + std::string(name.substr(1, name.size() - 2)) + "`"; }

// Copies of a tree with one node exchanged.
class copier {
 public:
  using exchange = std::function<const expression*(copier&, const expression&)>;

  const expression* copy(const expression& root, const expression& at, const exchange& change) {
    at_ = &at;
    change_ = &change;
    return of(root);
  }
  // A node as it is, what is below it copied.
  expression* same(const expression& node) {
    auto* made = memory_.make<expression>(node);
    made->operand = below(node.operand);
    made->condition = below(node.condition);
    made->body = below(node.body);
    made->body2 = below(node.body2);
    auto arguments = memory_.make_array<expression*>(node.arguments.size());
    for (std::size_t i = 0; i < arguments.size(); ++i) arguments[i] = of(*node.arguments[i]);
    made->arguments = arguments;
    return made;
  }
  expression* call(std::string_view name, std::initializer_list<expression*> arguments) {
    auto* made = memory_.make<expression>();
    made->kind = expression_kind::call;
    made->name = name;
    auto kept = memory_.make_array<expression*>(arguments.size());
    std::copy(arguments.begin(), arguments.end(), kept.begin());
    made->arguments = kept;
    return made;
  }
  // Terms with an operator before each but the first, from the left.
  expression* joined(std::string_view name, const std::vector<const expression*>& terms) {
    expression* made = same(*terms.front());
    for (std::size_t i = 1; i < terms.size(); ++i) made = call(name, {made, same(*terms[i])});
    return made;
  }
  arena& memory() { return memory_; }

 private:
  expression* of(const expression& node) { return &node == at_ ? const_cast<expression*>((*change_)(*this, node)) : same(node); }
  const expression* below(const expression* node) { return node != nullptr ? of(*node) : nullptr; }

  arena memory_;
  const expression* at_ = nullptr;
  const exchange* change_ = nullptr;
};

class maker {
 public:
  maker(const expression& root, std::string_view source) : root_(root), source_(source) { seen_.insert(unparse(root)); }

  std::vector<mutant> run() {
    for (const expression* part : boolean_parts(root_, true)) {
      // The opposite of a comparison is among its flips.
      if (flip_of(*part) == nullptr) negate(*part);
    }
    walk(root_, nullptr);
    std::stable_sort(made_.begin(), made_.end(), [](const mutant& a, const mutant& b) { return a.where.begin < b.where.begin; });
    return std::move(made_);
  }

 private:
  void walk(const expression& node, const expression* above) {
    const bool inside_chain = above != nullptr && is_chain(node) && is_operator(*above, node.name);
    if (is_chain(node) && !inside_chain) chain(node);
    if (const flip* one = flip_of(node)) compare(node, *one);
    if (node.kind == expression_kind::literal) constant(node);
    for (const expression* below : {node.operand, node.condition, node.body, node.body2}) {
      if (below != nullptr) walk(*below, &node);
    }
    for (const expression* argument : node.arguments) walk(*argument, &node);
  }

  std::string quoted(span where) const { return "`" + shown_text(source_, where) + "`"; }

  void add(mutation kind, const expression& at, span where, std::string change, const copier::exchange& exchange) {
    copier copies;
    std::string text = unparse(*copies.copy(root_, at, exchange));
    if (seen_.insert(text).second) made_.push_back({kind, where, std::move(change), std::move(text)});
  }

  void negate(const expression& part) {
    add(mutation::negated, part, part.where, quoted(part.where) + " was negated",
        [](copier& copies, const expression& node) { return copies.call("!_", {copies.same(node)}); });
  }

  void chain(const expression& node) {
    const chain_terms terms = terms_of(node);
    for (std::size_t i = 0; i < terms.operands.size(); ++i) {
      auto left = terms.operands;
      left.erase(left.begin() + static_cast<std::ptrdiff_t>(i));
      add(mutation::dropped, node, terms.operands[i]->where, quoted(terms.operands[i]->where) + " was left out",
          [&](copier& copies, const expression& whole) { return copies.joined(whole.name, left); });
    }
    const std::string_view other = node.name == "_&&_" ? "_||_" : "_&&_";
    for (std::size_t i = 0; i < terms.operators.size(); ++i) {
      const auto middle = terms.operands.begin() + static_cast<std::ptrdiff_t>(i) + 1;
      const std::vector<const expression*> before(terms.operands.begin(), middle), after(middle, terms.operands.end());
      add(mutation::swapped, node, terms.operators[i]->anchor, symbol(node.name) + " became " + symbol(other),
          [&](copier& copies, const expression& whole) { return copies.call(other, {copies.joined(whole.name, before), copies.joined(whole.name, after)}); });
    }
  }

  void compare(const expression& node, const flip& one) {
    for (std::string_view other : one.others) {
      if (other.empty()) continue;
      add(mutation::comparison, node, node.anchor, symbol(node.name) + " became " + symbol(other), [&](copier& copies, const expression& whole) {
        auto* made = copies.same(whole);
        made->name = other;
        return made;
      });
    }
  }

  void exchange(const expression& node, value other) {
    const std::string was = literal_text(node.constant), becomes = literal_text(other);
    add(mutation::constant, node, node.where, "`" + was + "` became `" + becomes + "`", [&](copier& copies, const expression& whole) {
      auto* made = copies.same(whole);
      made->constant = other;
      return made;
    });
  }

  void constant(const expression& node) {
    const value given = node.constant;
    switch (given.kind()) {
      case value_kind::boolean: exchange(node, value::boolean(!given.as_boolean())); break;
      case value_kind::integer:
        if (given.as_integer() < std::numeric_limits<std::int64_t>::max()) exchange(node, value::integer(given.as_integer() + 1));
        if (given.as_integer() > std::numeric_limits<std::int64_t>::min()) exchange(node, value::integer(given.as_integer() - 1));
        break;
      case value_kind::unsigned_integer:
        if (given.as_unsigned() < std::numeric_limits<std::uint64_t>::max()) exchange(node, value::unsigned_integer(given.as_unsigned() + 1));
        if (given.as_unsigned() > 0) exchange(node, value::unsigned_integer(given.as_unsigned() - 1));
        break;
      case value_kind::floating:
        exchange(node, value::floating(given.as_floating() + 1));
        exchange(node, value::floating(given.as_floating() - 1));
        break;
      case value_kind::string: {
        const std::string other = std::string(given.as_text()) + "~";
        exchange(node, value::string(other));
        break;
      }
      default: break;   // null and types have no neighbour
    }
  }

  const expression& root_;
  std::string_view source_;
  std::set<std::string> seen_;
  std::vector<mutant> made_;
};

}  // namespace

std::string_view name_of(mutation kind) {
  switch (kind) {
    case mutation::negated: return "negated";
    case mutation::dropped: return "dropped";
    case mutation::swapped: return "swapped";
    case mutation::constant: return "constant";
    case mutation::comparison: break;
  }
  return "comparison";
}

std::vector<mutant> mutants_of(const expression& root, std::string_view source) { return maker(root, source).run(); }

}  // namespace sekimori::cel
