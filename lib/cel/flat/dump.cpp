// cel: flat code as text. Entry points: dump, head_of.
#include <fmt/format.h>

#include "cel/evaluate/arithmetic.hpp"
#include "cel/flat/program.hpp"
#include "value/values.hpp"

namespace sekimori::cel::flat {
namespace {

std::string_view name_of(opcode what) {
  static constexpr std::string_view names[] = {
      "is-true", "present", "equal", "equal", "equal", "equal", "order", "starts-with", "ends-with", "contains", "one-of", "holds", "pattern", "regex", "fused",
      "fixed", "all-of", "any-of", "choose", "equal-values", "order-values", "contained", "all", "exists", "exists-one", "bind", "shared", "invariant", "per-element",
      "read", "field", "element", "call", "concatenate", "arithmetic", "choose-value", "or-else", "list", "map", "filter", "bind-value", "boolean", "evaluate"};
  return names[static_cast<std::size_t>(what)];
}

std::string_view sign_of(std::uint8_t detail) {
  switch (static_cast<operation>(detail)) {
    case operation::less: return "<";
    case operation::less_equal: return "<=";
    case operation::greater: return ">";
    case operation::greater_equal: return ">=";
    case operation::add: return "+";
    case operation::subtract: return "-";
    case operation::multiply: return "*";
    case operation::divide: return "/";
    case operation::modulo: return "%";
    default: return "?";
  }
}

class writer {
 public:
  writer(const program& of, std::span<const std::string_view> variables) : of_(of), pool_(*of.shared), variables_(variables) {}

  std::string run(std::uint32_t index) {
    write(index);
    return std::move(text_);
  }
  std::string head(std::uint32_t index) {
    write_head(index);
    return std::move(text_);
  }

 private:
  std::string variable(std::uint32_t slot) const { return slot < variables_.size() ? std::string(variables_[slot]) : fmt::format("${}", slot); }

  std::string path_of(std::uint32_t index) const {
    const slot& at = pool_.slots[index];
    std::string above = at.parent == no_slot ? variable(at.variable) : path_of(at.parent);
    return fmt::format("{}.{}{}", above, at.optional ? "?" : "", at.key.as_text());
  }

  void source_of(const instruction& at) {
    switch (at.from) {
      case source::slot: text_ += " " + path_of(at.index); break;
      case source::column: text_ += fmt::format(" %{}.{}", at.local, pool_.columns[at.index].key); break;
      case source::local: text_ += fmt::format(" %{}", at.local); break;
      case source::variable: text_ += " " + variable(at.local); break;
      case source::constant: text_ += " " + to_json(at.constant); break;
      case source::child: break;
    }
  }

  void write(std::uint32_t index) {
    const instruction& at = of_.code[index];
    text_ += at.negated ? "(not (" : "(";
    write_head(index);
    for (std::uint32_t next = index + 1; next < at.end; next = of_.code[next].end) {
      text_ += ' ';
      write(next);
    }
    text_ += at.negated ? "))" : ")";
  }

  void write_head(std::uint32_t index) {
    const instruction& at = of_.code[index];
    const bool loop = at.what == opcode::all || at.what == opcode::exists || at.what == opcode::exists_one || at.what == opcode::map_list || at.what == opcode::filter;
    const std::size_t begin = text_.size();
    if (at.what != opcode::read) text_ += name_of(at.what);
    if (loop) text_ += fmt::format(" %{}", at.local);
    if (!loop || at.from == source::slot) source_of(at);
    if (at.what == opcode::read) text_.erase(begin, 1);   // the space before a source
    switch (at.what) {
      case opcode::fixed: text_ += at.index != 0 ? " yes" : " no"; break;
      case opcode::equal_text: case opcode::equal_integer: case opcode::equal_boolean: case opcode::equal:
      case opcode::starts_with: case opcode::ends_with: case opcode::contains: case opcode::holds_text: case opcode::field:
        text_ += " " + to_json(at.constant);
        break;
      case opcode::order: text_ += fmt::format(" {} {}", sign_of(at.detail), to_json(at.constant)); break;
      case opcode::order_values: case opcode::arithmetic: text_ += fmt::format(" {}", sign_of(at.detail)); break;
      case opcode::one_of:
        for (auto one : pool_.sets[at.index2()].texts()) text_ += " " + to_json(value::string(one));
        break;
      case opcode::regex: case opcode::fused_regex: text_ += " " + to_json(value::string(pool_.regexes[at.index2()].pattern)); break;
      case opcode::pattern: text_ += " " + to_json(value::string(pool_.patterns[at.index2()].source)); break;
      case opcode::call: text_ += fmt::format(" {}", pool_.calls[at.index].rows.front().target->id); break;
      case opcode::general: text_ += " " + unparse(*pool_.expressions[at.index]); break;
      case opcode::shared: text_ += fmt::format(" #{}", at.index); break;
      case opcode::bind_test: case opcode::bind: text_ += fmt::format(" %{}", at.local); break;
      default: break;
    }
  }

  const program& of_;
  const pool& pool_;
  std::span<const std::string_view> variables_;
  std::string text_;
};

}  // namespace

std::string dump(const program& shown, std::span<const std::string_view> variables) { return writer(shown, variables).run(0); }
std::string dump(const program& shown, std::uint32_t index, std::span<const std::string_view> variables) { return writer(shown, variables).run(index); }
std::string head_of(const program& shown, std::uint32_t index, std::span<const std::string_view> variables) { return writer(shown, variables).head(index); }

}  // namespace sekimori::cel::flat
