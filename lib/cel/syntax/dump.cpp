// cel: a tree as one line of parentheses. Entry point: dump. Knows no syntax.
#include <string>

#include "cel/ast.hpp"
#include "cel/syntax/literal.hpp"

namespace sekimori::cel {
namespace {

std::string_view macro_name(macro_kind kind) {
  switch (kind) {
    case macro_kind::all: return "all";
    case macro_kind::exists: return "exists";
    case macro_kind::exists_one: return "exists_one";
    case macro_kind::map: return "map";
    case macro_kind::filter: return "filter";
    case macro_kind::transform_list: return "transformList";
    case macro_kind::transform_map: return "transformMap";
    case macro_kind::transform_map_entry: return "transformMapEntry";
    case macro_kind::bind: return "bind";
    case macro_kind::opt_map: return "optMap";
    case macro_kind::opt_flat_map: return "optFlatMap";
    case macro_kind::sort_by: return "sortBy";
  }
  return {};
}

// The tree's height is bounded by the parser, so that recursion is safe.
class dumper {
 public:
  explicit dumper(bool with_types) : with_types_(with_types) {}

  void write(const expression& node) {
    switch (node.kind) {
      case expression_kind::literal:
        if (node.constant.is(value_kind::type)) {
          text_ += "(type " + literal_text(node.constant) + ")";
        } else {
          text_ += literal_text(node.constant);
        }
        break;
      case expression_kind::identifier: text_ += "(ident " + std::string(node.name) + ")"; break;
      case expression_kind::select: select(node); break;
      case expression_kind::call: call(node); break;
      case expression_kind::list: list(node); break;
      case expression_kind::map: map(node); break;
      case expression_kind::object: object(node); break;
      case expression_kind::comprehension: comprehension(node); break;
    }
    if (with_types_ && node.checked_type != nullptr) text_ += ":" + to_string(*node.checked_type);
  }

  std::string take() { return std::move(text_); }

 private:
  void part(const expression& node) {
    text_ += ' ';
    write(node);
  }

  static bool optional_entry(const expression& node, std::size_t i) {
    return !node.optional_at.empty() && node.optional_at[i];
  }

  void select(const expression& node) {
    text_ += node.test_only ? "(has" : node.optional ? "(select?" : "(select";
    part(*node.operand);
    text_ += ' ';
    text_ += node.name;
    text_ += ')';
  }

  void call(const expression& node) {
    text_ += node.operand != nullptr ? "(method " : "(call ";
    text_ += node.name;
    if (node.operand != nullptr) part(*node.operand);
    for (const expression* argument : node.arguments) part(*argument);
    text_ += ')';
  }

  void list(const expression& node) {
    text_ += "(list";
    for (std::size_t i = 0; i < node.arguments.size(); ++i) {
      text_ += optional_entry(node, i) ? " ?" : " ";
      write(*node.arguments[i]);
    }
    text_ += ')';
  }

  void map(const expression& node) {
    text_ += "(map";
    for (std::size_t i = 0; i + 1 < node.arguments.size(); i += 2) {
      text_ += optional_entry(node, i / 2) ? " (?" : " (";
      write(*node.arguments[i]);
      part(*node.arguments[i + 1]);
      text_ += ')';
    }
    text_ += ')';
  }

  void object(const expression& node) {
    text_ += "(object " + std::string(node.name);
    for (std::size_t i = 0; i < node.arguments.size(); ++i) {
      text_ += optional_entry(node, i) ? " (?" : " (";
      text_ += node.fields[i];
      part(*node.arguments[i]);
      text_ += ')';
    }
    text_ += ')';
  }

  void comprehension(const expression& node) {
    text_ += '(';
    text_ += macro_name(node.macro);
    text_ += ' ';
    text_ += node.variable;
    if (!node.variable2.empty()) text_ += " " + std::string(node.variable2);
    part(*node.operand);
    if (node.condition != nullptr) {
      text_ += " (where";
      part(*node.condition);
      text_ += ')';
    }
    part(*node.body);
    text_ += ')';
  }

  bool with_types_;
  std::string text_;
};

}  // namespace

std::string dump(const expression& shown, bool with_types) {
  dumper writer(with_types);
  writer.write(shown);
  return writer.take();
}

}  // namespace sekimori::cel
