// cel: a checked expression as flat code, for evaluation that only has to be fast. Entry point: lower. What flat code
// cannot say is `open`: the evaluator then decides in source order, so flat code answers the usual case and no other.
// Knows no documents.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/arena.hpp"
#include "cel/environment.hpp"
#include "cel/evaluate/arithmetic.hpp"
#include "cel/flat/pattern.hpp"
#include "sekimori/value.hpp"
#include "value/text_set.hpp"

namespace sekimori::cel::flat {

// Kleene's three: `open` is whatever is no bool, an unknown or an error, and what only the evaluator can tell.
enum class answer : std::uint8_t { no, yes, open };

// Where an instruction takes its first operand from.
enum class source : std::uint8_t {
  child,      // the code that follows it
  constant,
  variable,   // variables[local]
  slot,       // a path from a variable, read once for each begin()
  local,      // a variable of a loop or of cel.bind
  column,     // a field of the elements that a loop goes over, read once for each begin()
};

enum class opcode : std::uint8_t {
  // Tests: they give an answer. First those of one value, which the source gives.
  is_true,         // a bool
  present,         // whether the path leads to a value: has(), hasValue()
  equal_text, equal_integer, equal_boolean, equal,      // with the constant
  order,           // `detail` with the constant
  starts_with, ends_with, contains,                     // the constant text
  one_of,          // in sets[index2()]
  holds_text,      // the constant text is an element of the list, or a key of the map
  pattern,         // patterns[index2()]
  regex,           // regexes[index2()]
  fused_regex,     // the same, one of fused[weight] at bit `detail`
  fixed,           // answer(index)
  all_of, any_of,  // the tests that follow, up to `end`
  choose_test,     // three tests: the first chooses
  equal_values,    // two values follow
  order_values,    // two values follow
  contained,       // two values follow: element, container
  all, exists, exists_one,   // a range by its source, then a test
  bind_test,       // a value, then a test
  shared,          // the test that follows, asked once for each begin(): memos[index]
  invariant,       // the test that follows, which does not read the variable of the loop around it
  per_element,     // the test that follows, which reads no variable but that of the inner loop around it: asked once for each element, kept[index]
  // Values.
  read,            // the source
  field,           // a value follows; the constant is the key, `index` where it was last time; with `detail` of nothing nothing
  element,         // two values follow: container, key
  call,            // calls[index], its arguments follow
  concatenate,     // `local` texts follow
  arithmetic,      // `detail`; two values follow
  choose,          // a test and two values follow
  or_else,         // the slot, or the value that follows, where it is there; else the next value
  list,            // `local` values follow
  map_list,        // a range, [a test], a value
  filter,          // a range, a test
  bind,            // a value, then a value
  boolean,         // the test that follows, as a value
  general,         // expressions[index], by the evaluator
};

inline bool tests_value(opcode what) { return what <= opcode::fused_regex; }

// 32 bytes. What belongs to an instruction stands behind it, up to `end`.
struct instruction {
  opcode what;
  source from = source::child;
  bool negated = false;          // tests: the other answer
  std::uint8_t detail = 0;       // an operation; loops: what is bound; map_list: whether there is a condition
  std::uint16_t local = 0;       // variable, local, or a count
  std::uint16_t weight = 0;      // loops: nodes that the evaluator would visit for one element
  std::uint32_t end = 0;         // index of the next instruction that does not belong to this one
  std::uint32_t index = 0;       // slot, column, call ...
  value constant;
  std::uint32_t index2() const { return static_cast<std::uint32_t>(constant.as_integer()); }
};
static_assert(sizeof(instruction) == 32);

// `detail` of loops: the element is read by itself; index or key, and element; map() with a condition; a range that is not
// there is empty; parts of the condition are asked of many elements at once.
enum : std::uint8_t { binds_element = 1, binds_both = 2, has_condition = 4, empty_if_absent = 8, in_blocks = 16 };

// The comparison with its sides exchanged.
inline operation backward(operation of) {
  switch (of) {
    case operation::less: return operation::greater;
    case operation::less_equal: return operation::greater_equal;
    case operation::greater: return operation::less;
    default: return operation::less_equal;
  }
}

// The local that a loop's element is.
inline std::uint32_t element_of(const instruction& loop) { return loop.local + ((loop.detail & binds_both) != 0 ? 1u : 0u); }

inline constexpr std::uint32_t no_slot = UINT32_MAX;

// One step of a path: `key` of the value of slot `parent`, or of variable `variable`.
struct slot {
  std::uint32_t parent = no_slot;
  std::uint32_t variable = 0;
  value key;
  std::int32_t field = -1;       // of a declared type: its index there
  bool optional = false;         // .?key, and what follows such a step: nothing of it is there where this is not
  bool presence = false;         // has() asks for it
  std::uint32_t hint = 0;
};

struct column {
  std::uint32_t list;            // slot
  std::string_view key;
  bool presence = false;         // has() or .? asks for it
  std::uint32_t hint = 0;
};

// A function's overloads with what each parameter takes as bits of value_kind.
struct call_target {
  struct row {
    const overload* target;
    std::uint32_t kinds[4];      // 0: of an extension's or an object's type, told by its name
  };
  std::vector<row> rows;
  std::uint8_t count;
};

struct constant_regex {
  std::string_view pattern;
  std::uint64_t size;            // regex_size()
};

struct program;

// Regular expressions over one slot that are matched together: one look at the text answers all.
struct fused_regexes {
  std::uint32_t slot;
  std::vector<std::uint32_t> regexes;
};

// What the programs share that are run with the same variables: a path that two of them read is one slot.
struct pool {
  // `alone`: of one program, which runs in turn with programs of other pools.
  explicit pool(bool alone = false);

  const std::uint64_t serial;    // no other pool's
  const bool alone;
  // What an executor has for each of these.
  std::uint32_t hints = 0;       // where a key was found last
  std::uint32_t memos = 0;
  std::uint32_t kept = 0;
  std::vector<slot> slots;
  std::vector<column> columns;
  std::vector<constant_regex> regexes;
  std::vector<pattern> patterns;
  std::vector<fused_regexes> fused;
  std::vector<text_set> sets;
  std::vector<call_target> calls;
  std::vector<const expression*> expressions;

  // While programs are added: what is there already.
  std::map<std::pair<std::uint64_t, std::string_view>, std::uint32_t> slot_names;
  std::map<std::pair<std::uint32_t, std::string_view>, std::uint32_t> column_names;
  std::map<std::string, std::uint32_t, std::less<>> memo_names;
  std::unordered_map<std::string_view, std::pair<opcode, std::uint32_t>> regex_names;
  std::map<std::pair<std::string_view, std::size_t>, std::uint32_t> call_names;   // by the bytes of the overloads' addresses
  std::vector<std::uint32_t> memo_uses;
  // The hint for look-ups of a key at one place of the code. Programs of many pools that ask for one key share it.
  std::uint32_t hint_of(std::string_view key);
  // After the last program. What only one program asks is no longer kept for others.
  void close(std::span<program*> programs);
  // Matches together what these programs, which are asked of the same resources, match one by one on the same slot.
  void fuse(std::span<program*> programs);
};

// What differs between programs of one pool.
struct placement {
  // By variable: equal numbers are equal values, for all programs between two begin(). Missing: 0.
  std::span<const std::uint32_t> spaces;
  bool shares = false;           // other programs may have the same parts
};

struct program {
  compiled_ptr text;             // what it was made of
  std::shared_ptr<const pool> shared;
  std::vector<instruction> code;
  std::unique_ptr<arena> folded; // values of constant parts
  bool is_test = false;          // the root is a test
  bool lowered() const { return !code.empty(); }
};

// The code of `source`; without code where there is nothing to win. Its constants point into `source`.
program lower(compiled_ptr source, std::shared_ptr<pool> shared, const limits& bounds, const placement& where = {});

// One line: (all-of (equal resource.direction "ingress") (is-true resource.public)). `variables`: their names, by slot.
std::string dump(const program& shown, std::span<const std::string_view> variables);
// The same of one instruction and what belongs to it.
std::string dump(const program& shown, std::uint32_t index, std::span<const std::string_view> variables);
// What `index` is called, with its source and operand and without what follows it.
std::string head_of(const program& shown, std::uint32_t index, std::span<const std::string_view> variables);

}  // namespace sekimori::cel::flat
