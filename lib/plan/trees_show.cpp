// plan: predicate trees as text, expressions and graph. Entry points: show_text, show_expressions, show_graph.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "plan/trees.hpp"

namespace sekimori::plan {
namespace {

namespace flat = cel::flat;
using flat::opcode;

std::string expression_of(const flat::program& of) {
  return of.lowered() ? flat::dump(of, rules::variable_names) : fmt::format("(evaluate {})", cel::unparse(*of.text->root));
}

// Instructions that stand on lines of their own, with what belongs to them below.
bool branches(opcode what) {
  switch (what) {
    case opcode::all_of: case opcode::any_of: case opcode::choose_test: case opcode::all: case opcode::exists: case opcode::exists_one:
    case opcode::shared: case opcode::bind_test: return true;
    default: return false;
  }
}

void add_tree(const flat::program& of, std::uint32_t index, std::size_t indent, std::string& to) {
  const flat::instruction& at = of.code[index];
  to.append(indent, ' ');
  if (!branches(at.what)) {
    to += flat::dump(of, index, rules::variable_names) + "\n";
    return;
  }
  to += (at.negated ? "not " : "") + flat::head_of(of, index, rules::variable_names) + "\n";
  for (std::uint32_t next = index + 1; next < at.end; next = of.code[next].end) add_tree(of, next, indent + 2, to);
}

void add_condition(const flat::program& of, std::string& to) {
  if (of.lowered()) add_tree(of, 0, 4, to);
  else to += "    " + expression_of(of) + "\n";
}

std::string quoted(std::string_view text) {
  std::string made = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') made += '\\';
    if (c == '\n') made += "\\n";
    else made += c;
  }
  return made + "\"";
}

class graph {
 public:
  std::string run(const policy_plan& of) {
    text_ = "digraph trees {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n";
    std::set<std::pair<std::string, std::uint32_t>> edges;
    for (auto& [type, entries] : of.by_type) {
      for (auto& entry : entries) {
        for (auto& one : entry.programs) edges.insert({type, one.program});
      }
    }
    for (std::uint32_t i = 0; i < of.programs.size(); ++i) {
      auto& program = of.programs[i];
      line("r{} [label={}, style=bold];", i, quoted(program.rule->full_id + "\n" + subject_of(program)));
      if (program.when.text) condition(program.when, fmt::format("r{}", i), "when");
      for (std::size_t k = 0; k < program.asserts.size(); ++k) condition(program.asserts[k], fmt::format("r{}", i), program.variant->asserts[k].id);
    }
    for (auto& [type, program] : edges) line("{} -> r{};", quoted(type), program);
    return text_ + "}\n";
  }

 private:
  template <class... Args>
  void line(fmt::format_string<Args...> text, Args&&... arguments) {
    text_ += "  ";
    fmt::format_to(std::back_inserter(text_), text, std::forward<Args>(arguments)...);
    text_ += '\n';
  }

  void condition(const flat::program& of, const std::string& from, std::string_view label) {
    if (of.lowered()) return node(of, 0, from, label);
    const auto number = ++nodes_;
    line("n{} [label={}];", number, quoted(expression_of(of)));
    line("{} -> n{} [label={}];", from, number, quoted(label));
  }

  void node(const flat::program& of, std::uint32_t index, const std::string& from, std::string_view label) {
    const flat::instruction& at = of.code[index];
    const bool shared = at.what == opcode::shared;
    const std::string name = shared ? fmt::format("s{}", at.index) : fmt::format("n{}", ++nodes_);
    line("{} -> {} [label={}];", from, name, quoted(label));
    if (shared && !drawn_.insert(at.index).second) return;
    std::string shown = branches(at.what) ? flat::head_of(of, index, rules::variable_names) : flat::dump(of, index, rules::variable_names);
    line("{} [label={}{}];", name, quoted((at.negated && branches(at.what) ? "not " : "") + shown), shared ? ", style=filled" : "");
    if (!branches(at.what)) return;
    for (std::uint32_t next = index + 1; next < at.end; next = of.code[next].end) node(of, next, name, "");
  }

  std::string text_;
  std::size_t nodes_ = 0;
  std::set<std::uint32_t> drawn_;
};

}  // namespace

std::string subject_of(const rule_program& of) {
  if (of.variant->kind != nullptr) return of.variant->kind->name;
  std::string subject;
  for (auto& type : of.variant->types) subject += (subject.empty() ? "" : ",") + type;
  return subject.empty() ? "objects" : subject;   // of a policy without types: what it matches is asked of each
}

std::string show_text(const policy_plan& shown) {
  const tree_statistics found = examine(shown);
  std::string text = fmt::format("{} rules, {} conditions: {} are flat code, {} have a part for the evaluator; {} paths are read\n", shown.programs.size(),
                                 found.conditions, found.lowered, found.conditions - found.lowered, found.slots);
  text += fmt::format("dispatch: {} provider types; a resource of one is asked {:.1f} rules, {:.1f} % are pruned\n", found.types, found.asked, found.pruned * 100);
  for (auto& [number, uses] : found.shared) text += fmt::format("shared: #{} is asked by {} conditions\n", number, uses);
  if (found.fused > 0) text += fmt::format("fused: {} patterns are matched with others over the same path\n", found.fused);
  for (auto& warning : found.warnings) text += "warning: " + warning + "\n";
  for (std::size_t i = 0; i < shown.programs.size(); ++i) {
    auto& program = shown.programs[i];
    text += fmt::format("\n{}  {}  cost {}\n", program.rule->full_id, subject_of(program), found.programs[i].cost);
    if (program.when.text) {
      text += "  when\n";
      add_condition(program.when, text);
    }
    for (std::size_t k = 0; k < program.asserts.size(); ++k) {
      text += fmt::format("  assert {}\n", program.variant->asserts[k].id);
      add_condition(program.asserts[k], text);
    }
  }
  return text;
}

std::string show_expressions(const policy_plan& shown) {
  const tree_statistics found = examine(shown);
  std::string text;
  for (std::size_t i = 0; i < shown.programs.size(); ++i) {
    auto& program = shown.programs[i];
    text += fmt::format("(rule {} {} (cost {})", program.rule->full_id, subject_of(program), found.programs[i].cost);
    if (program.when.text) text += fmt::format(" (when {})", expression_of(program.when));
    for (std::size_t k = 0; k < program.asserts.size(); ++k) {
      text += fmt::format(" (assert {} {})", program.variant->asserts[k].id, expression_of(program.asserts[k]));
    }
    text += ")\n";
  }
  return text;
}

std::string show_graph(const policy_plan& shown) { return graph().run(shown); }

}  // namespace sekimori::plan
