// cel: see parts.hpp. The tree's height is bounded by the parser, so that recursion is safe.
#include "cel/mutation/parts.hpp"

namespace sekimori::cel {
namespace {

class collector {
 public:
  // `asked`: the place takes a bool, whatever the checker knows of the type.
  void visit(const expression& node, bool asked) {
    if (node.kind == expression_kind::literal) return;
    if (is_operator(node, "!_")) return visit(*node.arguments[0], true);
    if (node.kind == expression_kind::comprehension) return comprehension(node, asked);
    if (asked || gives_bool(node)) parts_.push_back(&node);
    if (is_chain(node)) {
      for (const expression* operand : terms_of(node).operands) visit(*operand, true);
    } else if (is_operator(node, "_?_:_")) {
      const bool results = asked || is_bool(node);
      visit(*node.arguments[0], true);
      visit(*node.arguments[1], results);
      visit(*node.arguments[2], results);
    } else {
      if (node.operand != nullptr) visit(*node.operand, false);
      for (const expression* argument : node.arguments) visit(*argument, false);
    }
  }

  std::vector<const expression*> take() { return std::move(parts_); }

 private:
  static bool is_bool(const expression& node) { return node.checked_type != nullptr && node.checked_type->kind == type_kind::boolean; }

  // A field or a name that nothing asks for a truth is a value like others.
  static bool gives_bool(const expression& node) { return is_bool(node) && (node.kind == expression_kind::call || node.test_only); }

  void comprehension(const expression& node, bool asked) {
    const bool bind = node.macro == macro_kind::bind;
    const bool predicate = node.macro == macro_kind::all || node.macro == macro_kind::exists || node.macro == macro_kind::exists_one || node.macro == macro_kind::filter;
    if (!bind && (asked || is_bool(node))) parts_.push_back(&node);
    visit(*node.operand, false);
    if (node.condition != nullptr) visit(*node.condition, true);
    visit(*node.body, predicate || (bind && asked));
  }

  std::vector<const expression*> parts_;
};

void add_terms(const expression& node, std::string_view name, chain_terms& to) {
  if (!is_operator(node, name)) {
    to.operands.push_back(&node);
    return;
  }
  add_terms(*node.arguments[0], name, to);
  to.operators.push_back(&node);
  add_terms(*node.arguments[1], name, to);
}

}  // namespace

std::string shown_text(std::string_view source, span where) {
  std::string made;
  for (char c : source.substr(where.begin, where.end - where.begin)) {
    const bool blank = c == ' ' || c == '\n' || c == '\t';
    if (!blank) made += c;
    else if (!made.empty() && made.back() != ' ') made += ' ';
  }
  return made;
}

bool is_operator(const expression& node, std::string_view name) {
  return node.kind == expression_kind::call && node.operand == nullptr && node.name == name;
}

bool is_chain(const expression& node) { return is_operator(node, "_&&_") || is_operator(node, "_||_"); }

chain_terms terms_of(const expression& chain) {
  chain_terms made;
  add_terms(chain, chain.name, made);
  return made;
}

std::vector<const expression*> boolean_parts(const expression& root, bool asked) {
  collector all;
  all.visit(root, asked);
  return all.take();
}

}  // namespace sekimori::cel
