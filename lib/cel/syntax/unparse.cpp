// cel: a tree as CEL text that parses to the same tree. Entry point: unparse. Knows neither types nor functions.
#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "cel/ast.hpp"
#include "cel/syntax/lexer.hpp"
#include "cel/syntax/literal.hpp"
#include "cel/syntax/macros.hpp"

namespace sekimori::cel {
namespace {

// How tightly a node binds: a node stands in parentheses where its place asks for more.
enum precedence : int { conditional, disjunction, conjunction, relation, sum, product, prefix, member };

struct binary_operator {
  std::string_view name;
  std::string_view text;
  precedence binds;
};

constexpr std::array binary_operators = {
    binary_operator{"_||_", " || ", disjunction}, binary_operator{"_&&_", " && ", conjunction},
    binary_operator{"_==_", " == ", relation},    binary_operator{"_!=_", " != ", relation},
    binary_operator{"_<_", " < ", relation},      binary_operator{"_<=_", " <= ", relation},
    binary_operator{"_>_", " > ", relation},      binary_operator{"_>=_", " >= ", relation},
    binary_operator{"@in", " in ", relation},     binary_operator{"_+_", " + ", sum},
    binary_operator{"_-_", " - ", sum},           binary_operator{"_*_", " * ", product},
    binary_operator{"_/_", " / ", product},       binary_operator{"_%_", " % ", product},
};

const binary_operator* find_binary(const expression& node) {
  if (node.kind != expression_kind::call || node.operand != nullptr || node.arguments.size() != 2) return nullptr;
  for (const binary_operator& o : binary_operators) {
    if (o.name == node.name) return &o;
  }
  return nullptr;
}

bool is_call(const expression& node, std::string_view name) {
  return node.kind == expression_kind::call && node.operand == nullptr && node.name == name;
}

bool is_negative_number(const expression& node) {
  return node.kind == expression_kind::literal &&
         (node.constant.is(value_kind::integer) || node.constant.is(value_kind::floating)) &&
         literal_text(node.constant).front() == '-';
}

precedence binding_of(const expression& node) {
  if (is_negative_number(node)) return prefix;
  if (is_call(node, "_?_:_")) return conditional;
  if (is_call(node, "!_") || is_call(node, "-_")) return prefix;
  const binary_operator* binary = find_binary(node);
  return binary != nullptr ? binary->binds : member;
}

// The tree's height is bounded by the parser, so that recursion is safe.
class unparser {
 public:
  void write(const expression& node, precedence at_least = conditional) {
    bool parentheses = binding_of(node) < at_least;
    if (parentheses) text_ += '(';
    write_bare(node);
    if (parentheses) text_ += ')';
  }

  std::string take() { return std::move(text_); }

 private:
  void write_bare(const expression& node) {
    switch (node.kind) {
      case expression_kind::literal: text_ += literal_text(node.constant); break;
      case expression_kind::identifier: identifier(node.name); break;
      case expression_kind::select: select(node); break;
      case expression_kind::call: call(node); break;
      case expression_kind::list: list(node); break;
      case expression_kind::map: map(node); break;
      case expression_kind::object: object(node); break;
      case expression_kind::comprehension: comprehension(node); break;
    }
  }

  static bool optional_entry(const expression& node, std::size_t i) {
    return !node.optional_at.empty() && node.optional_at[i];
  }

  // Names that macros made are written as the macros.
  void identifier(std::string_view name) {
    if (name.rfind(block_variable_prefix, 0) == 0) {
      text_ += "cel.index(" + std::string(name.substr(block_variable_prefix.size())) + ")";
    } else if (name.rfind(iteration_variable_prefix, 0) == 0) {
      std::string_view rest = name.substr(iteration_variable_prefix.size());
      std::size_t colon = rest.find(':');
      text_ += "cel.iterVar(" + std::string(rest.substr(0, colon)) + ", " + std::string(rest.substr(colon + 1)) + ")";
    } else {
      text_ += name;
    }
  }

  void field(std::string_view name) {
    if (is_identifier(name)) {
      text_ += name;
    } else {
      text_ += "`" + std::string(name) + "`";
    }
  }

  void select(const expression& node) {
    if (node.test_only) text_ += "has(";
    write(*node.operand, member);
    text_ += node.optional ? ".?" : ".";
    field(node.name);
    if (node.test_only) text_ += ')';
  }

  void arguments(const expression& node) {
    text_ += '(';
    for (std::size_t i = 0; i < node.arguments.size(); ++i) {
      if (i > 0) text_ += ", ";
      write(*node.arguments[i]);
    }
    text_ += ')';
  }

  void call(const expression& node) {
    if (node.operand != nullptr) {
      write(*node.operand, member);
      text_ += ".";
      text_ += node.name;
      return arguments(node);
    }
    if (const binary_operator* binary = find_binary(node)) return write_binary(node, *binary);
    if (node.name == "_?_:_") {
      write(*node.arguments[0], disjunction);
      text_ += " ? ";
      write(*node.arguments[1], disjunction);
      text_ += " : ";
      return write(*node.arguments[2], conditional);
    }
    if (node.name == "!_" || node.name == "-_") {
      text_ += node.name.front();
      std::size_t begin = text_.size();
      // Prefix operators of two kinds stand apart: !(-x).
      const expression& inner = *node.arguments[0];
      bool mixed = is_call(inner, node.name == "!_" ? "-_" : "!_");
      write(inner, mixed ? member : prefix);
      // -(1) and -(1.f()) are calls; without parentheses the minus would belong to the literal.
      if (node.name == "-_" && text_[begin] >= '0' && text_[begin] <= '9') {
        text_.insert(begin, 1, '(');
        text_ += ')';
      }
      return;
    }
    if (node.name == "_[_]" || node.name == "_[?_]") {
      write(*node.arguments[0], member);
      text_ += node.optional ? "[?" : "[";
      write(*node.arguments[1]);
      text_ += ']';
      return;
    }
    text_ += node.name;
    arguments(node);
  }

  void write_binary(const expression& node, const binary_operator& binary) {
    auto tighter = static_cast<precedence>(binary.binds + 1);
    if (binary.binds <= conjunction) return write_chain(node, binary, most_terms(node, binary.name), tighter);
    write(*node.arguments[0], binary.binds);
    text_ += binary.text;
    write(*node.arguments[1], tighter);
  }

  // A chain of && or || is written flat: the parser balances n terms again in the same way, with (n + 1) / 2 of them
  // on the left.
  void write_chain(const expression& node, const binary_operator& binary, std::size_t terms, precedence at_least) {
    if (terms == 1) return write(node, at_least);
    write_chain(*node.arguments[0], binary, (terms + 1) / 2, at_least);
    text_ += binary.text;
    write_chain(*node.arguments[1], binary, terms / 2, at_least);
  }

  // The most terms of flat text that give this very tree; parentheses in the source make other shapes, and a term may
  // be a call of the operator itself. Where a side can be 1 to a terms and the other 1 to b, n terms fit while
  // (n + 1) / 2 <= a and n / 2 <= b: again all numbers from 1 to a largest one.
  std::size_t most_terms(const expression& node, std::string_view name) {
    if (!is_call(node, name)) return 1;
    auto [known, is_new] = most_terms_.try_emplace(&node, 0);
    std::size_t& most = known->second;
    if (is_new) most = std::min(2 * most_terms(*node.arguments[0], name), 2 * most_terms(*node.arguments[1], name) + 1);
    return most;
  }

  void list(const expression& node) {
    text_ += '[';
    for (std::size_t i = 0; i < node.arguments.size(); ++i) {
      if (i > 0) text_ += ", ";
      if (optional_entry(node, i)) text_ += '?';
      write(*node.arguments[i]);
    }
    text_ += ']';
  }

  void map(const expression& node) {
    text_ += '{';
    for (std::size_t i = 0; i + 1 < node.arguments.size(); i += 2) {
      if (i > 0) text_ += ", ";
      if (optional_entry(node, i / 2)) text_ += '?';
      write(*node.arguments[i]);
      text_ += ": ";
      write(*node.arguments[i + 1]);
    }
    text_ += '}';
  }

  void object(const expression& node) {
    text_ += node.name;
    text_ += '{';
    for (std::size_t i = 0; i < node.arguments.size(); ++i) {
      if (i > 0) text_ += ", ";
      if (optional_entry(node, i)) text_ += '?';
      field(node.fields[i]);
      text_ += ": ";
      write(*node.arguments[i]);
    }
    text_ += '}';
  }

  static std::string_view macro_name(const expression& node) {
    switch (node.macro) {
      case macro_kind::all: return "all";
      case macro_kind::exists: return "exists";
      case macro_kind::exists_one: return node.variable2.empty() ? "exists_one" : "existsOne";
      case macro_kind::map: return "map";
      case macro_kind::filter: return "filter";
      case macro_kind::transform_list: return "transformList";
      case macro_kind::transform_map: return "transformMap";
      case macro_kind::transform_map_entry: return "transformMapEntry";
      case macro_kind::opt_map: return "optMap";
      case macro_kind::opt_flat_map: return "optFlatMap";
      case macro_kind::sort_by: return "sortBy";
      case macro_kind::bind: break;
    }
    return "bind";
  }

  // The slots of cel.block are binds of @index0, @index1 ... around each other.
  void block(const expression& node) {
    text_ += "cel.block([";
    const expression* at = &node;
    std::size_t index = 0;
    while (at->kind == expression_kind::comprehension && at->macro == macro_kind::bind &&
           at->variable == std::string(block_variable_prefix) + std::to_string(index)) {
      if (index++ > 0) text_ += ", ";
      write(*at->operand);
      at = at->body;
    }
    text_ += "], ";
    write(*at);
    text_ += ')';
  }

  void comprehension(const expression& node) {
    if (node.macro == macro_kind::bind) {
      if (node.variable.rfind(block_variable_prefix, 0) == 0) return block(node);
      text_ += "cel.bind(";
      identifier(node.variable);
      text_ += ", ";
      write(*node.operand);
    } else {
      write(*node.operand, member);
      text_ += '.';
      text_ += macro_name(node);
      text_ += '(';
      identifier(node.variable);
      if (!node.variable2.empty()) {
        text_ += ", ";
        identifier(node.variable2);
      }
    }
    if (node.condition != nullptr) {
      text_ += ", ";
      write(*node.condition);
    }
    text_ += ", ";
    write(*node.body);
    text_ += ')';
  }

  std::string text_;
  std::unordered_map<const expression*, std::size_t> most_terms_;  // counted once, however chains nest
};

}  // namespace

std::string unparse(const expression& shown) {
  unparser writer;
  writer.write(shown);
  return writer.take();
}

}  // namespace sekimori::cel
