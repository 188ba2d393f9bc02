// plan: what a provider type alone decides of a condition. Entry point: decided_by_type.
#include "plan/program.hpp"
#include "value/values.hpp"

namespace sekimori::plan {
namespace {

using cel::flat::answer;
using cel::flat::instruction;
using cel::flat::opcode;
using cel::flat::source;

class deciding {
 public:
  deciding(const cel::flat::program& of, std::string_view type) : of_(of), type_(type) {}

  answer test(std::uint32_t index) const {
    const instruction& at = of_.code[index];
    const answer given = plain(at, index);
    if (given == answer::open || !at.negated) return given;
    return given == answer::yes ? answer::no : answer::yes;
  }

 private:
  static answer of(bool holds) { return holds ? answer::yes : answer::no; }

  bool reads_type(const instruction& at) const {
    if (at.from != source::slot) return false;
    const cel::flat::slot& path = of_.shared->slots[at.index];
    return path.parent == cel::flat::no_slot && path.variable == rules::slot_meta && path.key.as_text() == "type";
  }

  answer plain(const instruction& at, std::uint32_t index) const {
    switch (at.what) {
      case opcode::fixed: return of(at.index != 0);
      case opcode::equal_text: return reads_type(at) ? of(at.constant.as_text() == type_) : answer::open;
      case opcode::starts_with: return reads_type(at) ? of(type_.starts_with(at.constant.as_text())) : answer::open;
      case opcode::one_of: return reads_type(at) ? of(of_.shared->sets[at.index2()].has(type_)) : answer::open;
      case opcode::all_of:
      case opcode::any_of: {
        // A part that stands behind one that is open could be hidden by a limit that the first one hits.
        const answer decides = at.what == opcode::all_of ? answer::no : answer::yes;
        for (std::uint32_t next = index + 1; next < at.end; next = of_.code[next].end) {
          const answer given = test(next);
          if (given == decides || given == answer::open) return given;
        }
        return at.what == opcode::all_of ? answer::yes : answer::no;
      }
      default: return answer::open;
    }
  }

  const cel::flat::program& of_;
  std::string_view type_;
};

}  // namespace

answer decided_by_type(const cel::flat::program& condition, std::string_view type) {
  return condition.lowered() && condition.is_test ? deciding(condition, type).test(0) : answer::open;
}

}  // namespace sekimori::plan
